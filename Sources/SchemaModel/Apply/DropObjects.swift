// DROP of every kind of object.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func drop(_ statement: Drop) throws(Refused) {
    if statement.concurrently {
      try forbidTransaction("DROP INDEX CONCURRENTLY")
      if statement.objects.count > 1 || statement.cascade {
        try fail(
          "0A000", .notSupported("DROP INDEX CONCURRENTLY of several indexes or with CASCADE"))
      }
    }
    for object in statement.objects { dropping.insert(resolved(object)) }
    for object in statement.objects { try drop(object, statement) }
    dropping.removeAll()
  }

  private func resolved(_ object: ObjectReference) -> QualifiedName {
    switch object.kind {
    case .type, .domain: catalog.resolveType(object.name)
    case .function, .procedure, .routine, .aggregate: catalog.resolveRoutine(object.name)
    case .trigger, .policy, .rule, .schema, .extension: object.name
    case .table, .foreignTable, .view, .materializedView, .sequence, .index:
      catalog.resolveRelation(object.name)
    // They have names of their own.
    default: QualifiedName(schema: object.kind.rawValue, object.name.name)
    }
  }

  private mutating func drop(_ object: ObjectReference, _ statement: Drop) throws(Refused) {
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence, .index:
      try dropRelation(object, statement)
    case .type, .domain:
      let name = catalog.resolveType(object.name)
      guard let type = catalog.type(name) else {
        return try dropMissing(object.kind, name, statement)
      }
      try dropType(type, cascade: statement.cascade, isDirect: true)
    case .function, .procedure, .routine, .aggregate: try dropRoutines(object, statement)
    case .schema: try dropSchema(object.name.name, statement)
    case .extension: try dropExtension(object.name.name, statement)
    case .trigger, .policy, .rule: try dropPart(object, statement)
    default: try dropOther(object, statement)
    }
  }

  /// An object that the catalog does not have: skipped, refused or taken as given.
  private mutating func dropMissing(
    _ kind: ObjectKind, _ name: QualifiedName, _ statement: Drop, of owner: QualifiedName? = nil
  ) throws(Refused) {
    if statement.ifExists, catalog.isComplete { return skipMissing(kind, name) }
    if statement.ifExists || !catalog.isComplete { doubtMissing(kind, name) }
    if !statement.ifExists {
      try fail(
        kind == .table || kind == .view || kind == .sequence || kind == .materializedView
          ? "42P01" : "42704", .missing(kind, name, of: owner), ifCertain: catalog.isComplete)
    }
    outcome.assumptions.append(.object(kind, name))
    switch kind {
    case .type, .domain:
      let type = UserType(id: 0, name: name, kind: .unknown)
      if !statement.ifExists { breaks(.typeGone(name)) }
      return effect(.typeDropped(type, cascade: statement.cascade))
    case .view, .materializedView:
      if !statement.ifExists { breaks(.relationGone(kind, reference(to: name))) }
    case .sequence: if !statement.ifExists { breaks(.sequenceGone(name)) }
    default: break
    }
    effect(.otherDropped(ObjectKey(kind, name, owner: owner), isDirect: true))
  }

  /// What is dropped without being known is not known to be the same where it is made again; of a
  /// sequence the position is lost too, if it was there.
  private mutating func doubtMissing(_ kind: ObjectKind, _ name: QualifiedName) {
    doubt(kind == .sequence ? [.data, .schema] : .schema, .notCompared(kind, name))
  }

  private mutating func dropRelation(
    _ object: ObjectReference, _ statement: Drop
  ) throws(Refused) {
    let name = catalog.resolveRelation(object.name)
    switch (object.kind, catalog.relations[name]) {
    case (.table, .table(let table)), (.foreignTable, .table(let table)):
      try dropTable(table.value, cascade: statement.cascade, isDirect: true)
    case (.view, .view(let view)), (.materializedView, .view(let view)):
      if view.value.isMaterialized != (object.kind == .materializedView), view.value.isKnown {
        try fail("42809", .wrongKind(name, expected: object.kind))
      }
      try dropView(view.value, cascade: statement.cascade, isDirect: true)
    case (.sequence, .sequence(let sequence)):
      try dropSequence(sequence.value, cascade: statement.cascade, isDirect: true)
    case (.index, .index(on: let owner)): try dropIndex(name, on: owner, statement)
    case (.table, nil):
      if statement.ifExists, catalog.isComplete { return skipMissing(.table, name) }
      try dropTable(table(object.name), cascade: statement.cascade, isDirect: true)
    case (_, nil): try dropMissingRelation(object.kind, name, statement)
    default: try fail("42809", .wrongKind(name, expected: object.kind))
    }
  }

  private mutating func dropMissingRelation(
    _ kind: ObjectKind, _ name: QualifiedName, _ statement: Drop
  ) throws(Refused) {
    // An index or view of a table that is not all known may well be there.
    if kind == .index, !catalog.isComplete || catalog.tables.contains(where: { !knowsAll(of: $0) })
    {
      if !statement.ifExists { mayFail("42704", .missing(kind, name, of: nil)) }
      outcome.assumptions.append(.index(table: nil, name: name.name))
      doubtMissing(kind, name)
      return effect(.otherDropped(ObjectKey(kind, name), isDirect: true))
    }
    try dropMissing(kind, name, statement)
  }

  private mutating func dropIndex(
    _ name: QualifiedName, on owner: QualifiedName, _ statement: Drop
  ) throws(Refused) {
    let mode: LockMode = statement.concurrently ? .shareUpdateExclusive : .accessExclusive
    lock(named: owner, mode)
    lock(index: name, mode)
    if var view = catalog.view(owner) {
      guard let place = view.indexes.firstIndex(where: { $0.name == name.name }) else { return }
      let index = view.indexes.remove(at: place)
      set(nil, for: name)
      store(view)
      return effect(
        .indexDropped(
          reference(to: owner), index, isDirect: true, concurrently: statement.concurrently))
    }
    guard var table = catalog.table(owner), let index = table.index(name.name) else { return }
    if statement.concurrently, table.isPartitioned {
      try fail("0A000", .notSupported("DROP INDEX CONCURRENTLY of a partitioned table"))
    }
    if let constraint = index.constraint {
      try fail(
        "2BP01",
        .hasDependents(
          .index, name,
          dependents: [Dependent(.tableConstraint, QualifiedName(constraint), of: owner)]))
    }
    if let parent = index.parent {
      try fail("2BP01", .hasDependents(.index, name, dependents: [Dependent(.index, parent)]))
    }
    if index.isUnique {
      try settle(
        foreignKeys(onKey: index.elements.flatMap(\.columns), index: index.name, of: table),
        of: .index, name, cascade: statement.cascade)
      table = catalog.table(owner) ?? table
    }
    removeIndex(
      name.name, from: &table, isDirect: true, concurrently: statement.concurrently)
    store(table)
    dropPartitionIndexes(of: name, on: table)
  }

  private mutating func dropPartitionIndexes(of parent: QualifiedName, on table: Table) {
    for child in descendants(of: table.name) {
      guard var partition = catalog.table(child) else { continue }
      let own = partition.indexes.filter { $0.parent == parent }
      guard !own.isEmpty else { continue }
      lock(partition, .accessExclusive)
      for index in own {
        lock(index: QualifiedName(schema: child.schema, index.name), .accessExclusive)
        removeIndex(index.name, from: &partition, isDirect: false)
      }
      store(partition)
    }
  }

  // MARK: Types, routines

  mutating func dropType(_ type: UserType, cascade: Bool, isDirect: Bool) throws(Refused) {
    let dependents = dependents(ofType: type.name)
    mayBeMentioned(type.name, .type, known: dependents, former: type.formerNames)
    if cascade {
      for dependent in dependents {
        if let owner = dependent.owner { lock(named: owner, .accessExclusive) }
      }
    }
    try settle(dependents, of: .type, type.name, id: type.id, cascade: cascade)
    effect(.typeDropped(type, cascade: cascade && !dependents.isEmpty))
    if !isNew(type.origin) { breaks(.typeGone(type.name)) }
    if let domain = type.domain {
      for constraint in domain.constraints {
        countConstraint(constraint.name, of: type.name, by: -1)
      }
    }
    catalog.types[type.name] = nil
  }

  private mutating func dropRoutines(
    _ object: ObjectReference, _ statement: Drop
  ) throws(Refused) {
    let name = catalog.resolveRoutine(object.name)
    var arguments: [DataType]?
    if let written = object.arguments {
      arguments = []
      for type in written { arguments?.append(try dataType(type)) }
    }
    let overloads = catalog.routines[name]?.value ?? []
    let matching = overloads.filter { routine in
      arguments.map { sameArguments($0, routine.arguments) } ?? true
    }
    guard let routine = matching.first else {
      if statement.ifExists, catalog.isComplete || !overloads.isEmpty {
        return skipMissing(object.kind, name)
      }
      doubtMissing(object.kind, name)
      if !statement.ifExists {
        try fail("42883", .missing(object.kind, name, of: nil), ifCertain: catalog.isComplete)
      }
      outcome.assumptions.append(.object(object.kind, name))
      if !statement.ifExists {
        breaks(
          .routineGone(
            Routine(id: 0, name: name, kind: object.kind, arguments: arguments ?? [])))
      }
      return effect(.otherDropped(ObjectKey(object.kind, name), isDirect: true))
    }
    if object.kind != .routine, (object.kind == .aggregate) != (routine.kind == .aggregate) {
      try fail("42809", .wrongKind(name, expected: object.kind), ifCertain: isSettled(routine.id))
    }
    if matching.count > 1 { try fail("42725", .invalidDefinition("\(name.name) is not unique")) }
    try dropRoutine(routine, cascade: statement.cascade, isDirect: true)
  }

  /// Types identify a routine by themselves, without modifiers.
  func sameArguments(_ left: [DataType], _ right: [DataType]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { $0.base == $1.base && $0.isArray == $1.isArray }
  }

  mutating func dropRoutine(
    _ routine: Routine, cascade: Bool, isDirect: Bool
  ) throws(Refused) {
    let others = (catalog.routines[routine.name]?.value ?? []).filter { $0.id != routine.id }
    mayBeMentioned(
      routine.name, .function, known: others.isEmpty ? dependents(ofRoutine: routine.name) : [],
      former: routine.formerNames)
    if others.isEmpty {
      let dependents = dependents(ofRoutine: routine.name)
      if cascade {
        for dependent in dependents {
          if let owner = dependent.owner { lock(named: owner, .accessExclusive) }
        }
      }
      try settle(dependents, of: .function, routine.name, id: routine.id, cascade: cascade)
    } else if !cascade, !isSettled(routine.id) {
      mayFail("2BP01", .hasDependents(.function, routine.name, dependents: []))
    }
    effect(.routineDropped(routine, isDirect: isDirect))
    if !isNew(routine.origin) { breaks(.routineGone(routine)) }
    catalog.routines[routine.name] = others.isEmpty ? nil : Shared(others)
  }

  // MARK: Schemas and extensions

  private mutating func dropSchema(_ name: String, _ statement: Drop) throws(Refused) {
    guard let schema = catalog.schemas[name] else {
      if statement.ifExists, catalog.isComplete {
        return skipMissing(.schema, QualifiedName(name))
      }
      doubtContents(ofSchema: name, statement)
      try fail(
        "3F000", .missing(.schema, QualifiedName(name), of: nil),
        ifCertain: catalog.isComplete && !statement.ifExists)
      outcome.assumptions.append(.object(.schema, QualifiedName(name)))
      if !statement.ifExists { breaks(.schemaGone(name)) }
      return effect(.schemaDropped(Schema(name: name), cascade: statement.cascade))
    }
    if schema.origin == nil, !catalog.isComplete { doubtContents(ofSchema: name, statement) }
    try settle(
      contents(ofSchema: name), of: .schema, QualifiedName(name), cascade: statement.cascade)
    effect(.schemaDropped(schema, cascade: statement.cascade))
    for key in catalog.others.keys where key.name.schema == name { catalog.others[key] = nil }
    if !isNew(schema.origin) { breaks(.schemaGone(name)) }
    catalog.schemas[name] = nil
    for key in catalog.privileges.keys where key.name.schema == name {
      catalog.privileges[key] = nil
    }
  }

  /// A schema that the history did not make may hold what it does not know either.
  private mutating func doubtContents(ofSchema name: String, _ statement: Drop) {
    doubt(
      statement.cascade ? [.data, .schema] : .schema, .notCompared(.schema, QualifiedName(name)))
  }

  private func contents(ofSchema schema: String) -> [Dependent] {
    var found: [Dependent] = []
    for (name, relation) in catalog.relations where name.schema == schema {
      switch relation {
      case .table: found.append(Dependent(.table, name))
      case .view(let view):
        found.append(Dependent(view.value.isMaterialized ? .materializedView : .view, name))
      case .sequence(let sequence):
        if sequence.value.ownedBy == nil { found.append(Dependent(.sequence, name)) }
      case .index: break
      }
    }
    for name in catalog.types.keys where name.schema == schema {
      found.append(Dependent(.type, name))
    }
    for name in catalog.routines.keys where name.schema == schema {
      found.append(Dependent(.function, name))
    }
    for (name, installed) in catalog.extensions where installed.schema == schema {
      found.append(Dependent(.extension, QualifiedName(name)))
    }
    for key in catalog.others.keys
    where key.name.schema == schema && key.kind != .defaultPrivilege {
      found.append(Dependent(key.kind, key.name, of: key.owner))
    }
    return found.sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
  }

  private mutating func dropExtension(_ name: String, _ statement: Drop) throws(Refused) {
    guard let installed = catalog.extensions[name] else {
      if statement.ifExists, catalog.isComplete {
        return skipMissing(.extension, QualifiedName(name))
      }
      doubtMissing(.extension, QualifiedName(name))
      // Extensions are often installed by an administrator, outside of the history.
      if !statement.ifExists {
        mayFail("42704", .missing(.extension, QualifiedName(name), of: nil))
      }
      if !statement.ifExists {
        outcome.assumptions.append(.object(.extension, QualifiedName(name)))
      }
      if !statement.ifExists { breaks(.extensionGone(name)) }
      return effect(
        .extensionDropped(InstalledExtension(name: name), cascade: statement.cascade))
    }
    let dependents = dependents(ofExtension: name)
    if dependents.isEmpty, !statement.cascade { mayBeUsed(name) }
    try settle(dependents, of: .extension, QualifiedName(name), cascade: statement.cascade)
    effect(.extensionDropped(installed, cascade: statement.cascade))
    if !isNew(installed.origin) { breaks(.extensionGone(name)) }
    catalog.extensions[name] = nil
  }

  // MARK: Parts of tables, other objects

  private mutating func dropPart(
    _ object: ObjectReference, _ statement: Drop
  ) throws(Refused) {
    guard let owner = object.owner else { return try dropOther(object, statement) }
    let ownerName = catalog.resolveRelation(owner)
    if var view = catalog.view(ownerName) {
      lock(named: ownerName, .accessExclusive)
      view.triggers.removeAll { $0.name == object.name.name }
      view.rules.removeAll { $0.name == object.name.name }
      store(view)
      return effect(.ruleDropped(relation: ownerName, name: object.name.name))
    }
    if statement.ifExists, catalog.isComplete, catalog.relations[ownerName] == nil {
      return skipMissing(.table, ownerName)
    }
    var table = try table(owner)
    lock(table, .accessExclusive)
    guard try takePart(object, from: &table) else {
      if statement.ifExists, knowsAll(of: table) {
        if isNew(table.origin) { return effect(.skipped(object.kind, object.name)) }
        return skipMissing(object.kind, object.name)
      }
      doubtMissing(object.kind, object.name)
      if !statement.ifExists {
        try fail(
          "42704", .missing(object.kind, object.name, of: table.name),
          ifCertain: knowsAll(of: table))
      }
      outcome.assumptions.append(.object(object.kind, object.name))
      if object.kind == .policy { tightened(table) }
      return effect(
        .otherDropped(ObjectKey(object.kind, object.name, owner: table.name), isDirect: true))
    }
    store(table)
  }

  private mutating func takePart(
    _ object: ObjectReference, from table: inout Table
  ) throws(Refused) -> Bool {
    let name = object.name.name
    table.settings.partComments[ObjectKey(object.kind, QualifiedName(name))] = nil
    switch object.kind {
    case .trigger:
      guard let place = table.triggers.firstIndex(where: { $0.name == name }) else { return false }
      effect(.triggerDropped(table.reference, table.triggers.remove(at: place), isDirect: true))
    case .policy:
      guard let place = table.policies.firstIndex(where: { $0.name == name }) else { return false }
      let policy = table.policies.remove(at: place)
      effect(.policyDropped(table.reference, policy, isDirect: true))
      if policy.isPermissive { tightened(table) }
    default:
      guard let place = table.rules.firstIndex(where: { $0.name == name }) else { return false }
      table.rules.remove(at: place)
      table.settings.ruleStates[name] = nil
      effect(.ruleDropped(relation: table.name, name: name))
    }
    return true
  }
}

// Relations under another name, and all that speaks of them.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func renameRelation(_ statement: Rename) throws(Refused) {
    let kind = statement.object.kind
    let from = catalog.resolveRelation(statement.object.name)
    let to = QualifiedName(schema: from.schema, truncatedIdentifier(statement.newName))
    // An index may be any relation here.
    if kind != .index { try requireKind(kind, of: from) }
    guard catalog.relations[from] != nil || kind == .table else {
      if statement.ifExists, catalog.isComplete { return skipMissing(kind, from) }
      try fail("42P01", .missing(kind, from, of: nil), ifCertain: catalog.isComplete)
      outcome.assumptions.append(
        kind == .index ? .index(table: nil, name: from.name) : .relation(from))
      return renamed(kind, from, to, origin: nil)
    }
    if kind == .table {
      guard try tableOrSkip(statement) else { return }
    }
    _ = try claimRelation(to, kind == .index ? .index : kind)
    switch catalog.relations[from] {
    case .table(let table): try renameTable(table.value, to: to)
    case .view(let view): renameView(view.value, to: to)
    case .sequence(let sequence): renameSequence(sequence.value, to: to)
    case .index(on: let owner):
      lock(index: from, lockOfRenaming(as: kind))
      renameIndex(from, to: to, on: owner)
    case nil: break
    }
  }

  private mutating func tableOrSkip(_ statement: Rename) throws(Refused) -> Bool {
    let name = catalog.resolveRelation(statement.object.name)
    if catalog.relations[name] != nil { return true }
    return try table(statement.object.name, ifExists: statement.ifExists) != nil
  }

  private mutating func renameTable(_ table: Table, to name: QualifiedName) throws(Refused) {
    lock(table, .accessExclusive)
    renamed(.table, table.name, name, origin: table.origin, table: table.reference)
    if !isNew(table.origin) { breaks(.relationRenamed(.table, table.reference, to: name)) }
    move(table, to: name)
  }

  /// Gives a table another name or schema, and tells everything that refers to it.
  mutating func move(_ table: Table, to name: QualifiedName) {
    let old = table.name
    var table = table
    for index in table.indexes {
      set(nil, for: QualifiedName(schema: old.schema, index.name))
    }
    for constraint in table.constraints { countConstraint(constraint.name, of: old, by: -1) }
    set(nil, for: old)
    table.name = name
    for index in table.indexes {
      set(.index(on: name), for: QualifiedName(schema: name.schema, index.name))
    }
    for constraint in table.constraints { countConstraint(constraint.name, of: name, by: 1) }
    for place in table.constraints.indices {
      retarget(&table.constraints[place], from: old, to: name)
    }
    store(table)
    for user in users(of: old) { retarget(user, from: old, to: name) }
    catalog.users[name] = catalog.users[old]
    catalog.users[old] = nil
    noteAllUses(of: table)
    for (key, other) in catalog.others where other.relations.contains(old) {
      catalog.others[key]?.relations = other.relations.map { $0 == old ? name : $0 }
    }
  }

  /// Under its new name the table uses what it used before.
  private mutating func noteAllUses(of table: Table) {
    for column in table.columns { noteUses(of: column, by: table.name) }
    for constraint in table.constraints {
      if let reference = constraint.reference { note(table.name, uses: reference.table) }
      if case .check(let expression, _) = constraint.kind {
        noteUses(of: expression, by: table.name)
      }
    }
    for index in table.indexes {
      let expressions = index.elements.map(\.expression) + [index.predicate]
      for expression in expressions.compactMap(\.self) { noteUses(of: expression, by: table.name) }
    }
    for policy in table.policies {
      for expression in [policy.using, policy.check].compactMap(\.self) {
        noteUses(of: expression, by: table.name)
      }
    }
    for parent in table.inherits { note(table.name, uses: parent) }
    if let parent = table.partitionOf?.parent { note(table.name, uses: parent) }
    for trigger in table.triggers { note(table.name, uses: trigger.function) }
    if let type = table.settings.ofType { note(table.name, uses: type) }
    for user in users(of: table.name) where catalog.sequence(user) != nil {
      note(table.name, uses: user)
    }
  }

  func retarget(_ constraint: inout Constraint, from: QualifiedName, to: QualifiedName) {
    guard case .foreignKey(var reference) = constraint.kind, reference.table == from else { return }
    reference.table = to
    constraint.kind = .foreignKey(reference)
  }

  mutating func retarget(_ user: QualifiedName, from: QualifiedName, to: QualifiedName) {
    switch catalog.relations[user] {
    case .table(let shared):
      var table = shared.value
      for place in table.constraints.indices {
        retarget(&table.constraints[place], from: from, to: to)
      }
      table.inherits = table.inherits.map { $0 == from ? to : $0 }
      if table.partitionOf?.parent == from { table.partitionOf?.parent = to }
      for place in table.columns.indices {
        retarget(&table.columns[place], from: from, to: to)
      }
      store(table)
    case .view(let shared):
      var view = shared.value
      view.relations = view.relations.map { $0 == from ? to : $0 }
      view.types = view.types.map { $0 == from ? to : $0 }
      view.reads = view.reads.map { use in
        use.relation == from ? .init(relation: to, column: use.column) : use
      }
      store(view)
    case .sequence(let shared):
      var sequence = shared.value
      if sequence.ownedBy?.table == from { sequence.ownedBy?.table = to }
      store(sequence)
    case .index, nil: retargetType(user, from: from, to: to)
    }
  }

  func retarget(_ column: inout Column, from: QualifiedName, to: QualifiedName) {
    if column.type?.userType == from { column.type?.base = .user(to) }
    // A default holds a sequence by its oid: it follows the sequence's name.
    if case .expression(let expression) = column.default,
      sequences(in: expression).contains(from)
    {
      column.default = .expression(nextval(of: to))
    }
  }

  mutating func retargetType(
    _ user: QualifiedName, from: QualifiedName, to: QualifiedName
  ) {
    guard var type = catalog.type(user) else { return }
    switch type.kind {
    case .domain(var domain):
      if domain.type.userType == from { domain.type.base = .user(to) }
      type.kind = .domain(domain)
    case .composite(var columns):
      for place in columns.indices { retarget(&columns[place], from: from, to: to) }
      type.kind = .composite(columns)
    default: return
    }
    store(type)
  }

  private mutating func renameView(_ view: View, to name: QualifiedName) {
    let kind: ObjectKind = view.isMaterialized ? .materializedView : .view
    lock(named: view.name, .accessExclusive)
    renamed(kind, view.name, name, origin: view.origin)
    if !isNew(view.origin) {
      breaks(.relationRenamed(kind, reference(to: view.name), to: name))
    }
    moveView(view, to: name)
  }

  mutating func moveView(_ view: View, to name: QualifiedName) {
    let old = view.name
    var view = view
    for index in view.indexes {
      set(nil, for: QualifiedName(schema: old.schema, index.name))
      set(.index(on: name), for: QualifiedName(schema: name.schema, index.name))
    }
    set(nil, for: old)
    view.name = name
    store(view)
    for relation in view.relations { note(name, uses: relation) }
    for used in view.functions + view.types { note(name, uses: used) }
    for user in users(of: old) { retarget(user, from: old, to: name) }
    catalog.users[name] = catalog.users[old]
    catalog.users[old] = nil
  }

  private mutating func renameSequence(_ sequence: SequenceObject, to name: QualifiedName) {
    renamed(.sequence, sequence.name, name, origin: sequence.origin)
    if !isNew(sequence.origin), sequence.ownedBy == nil {
      breaks(.relationRenamed(.sequence, reference(to: sequence.name), to: name))
    }
    moveSequence(sequence, to: name)
  }

  mutating func moveSequence(_ sequence: SequenceObject, to name: QualifiedName) {
    let old = sequence.name
    // Resolved while the old name is still there.
    for user in users(of: old) { retarget(user, from: old, to: name) }
    var sequence = sequence
    set(nil, for: old)
    sequence.name = name
    store(sequence)
    catalog.users[name] = catalog.users[old]
    catalog.users[old] = nil
    if let owner = sequence.ownedBy?.table { note(name, uses: owner) }
  }

  private mutating func renameIndex(
    _ from: QualifiedName, to: QualifiedName, on owner: QualifiedName
  ) {
    set(nil, for: from)
    set(.index(on: owner), for: to)
    if var table = catalog.table(owner) {
      guard let place = table.indexes.firstIndex(where: { $0.name == from.name }) else { return }
      renamed(.index, from, to, origin: table.indexes[place].origin, table: table.reference)
      table.indexes[place].name = to.name
      table.renameIndex(from.name, to: to.name)
      if let constraint = table.indexes[place].constraint,
        let own = table.constraints.firstIndex(where: { $0.name == constraint })
      {
        table.constraints[own].name = to.name
        table.indexes[place].constraint = to.name
        countConstraint(from.name, of: owner, by: -1)
        countConstraint(to.name, of: owner, by: 1)
      }
      store(table)
      renameParentIndex(from, to: to, of: owner)
    } else if var view = catalog.view(owner),
      let place = view.indexes.firstIndex(where: { $0.name == from.name })
    {
      view.indexes[place].name = to.name
      store(view)
      renamed(.index, from, to, origin: view.indexes[place].origin)
    }
  }

  private mutating func renameParentIndex(
    _ from: QualifiedName, to: QualifiedName, of owner: QualifiedName
  ) {
    for child in descendants(of: owner) {
      guard var partition = catalog.table(child) else { continue }
      for place in partition.indexes.indices where partition.indexes[place].parent == from {
        partition.indexes[place].parent = to
      }
      store(partition)
    }
  }
}

// RENAME and SET SCHEMA, with everything that refers to the old name.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func rename(_ statement: Rename) throws(Refused) {
    let object = statement.object
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence, .index:
      try renameRelation(statement)
    case .column: try renameColumn(statement)
    case .attribute: try renameAttribute(statement)
    case .tableConstraint: try renameConstraint(statement)
    case .type, .domain: try renameType(statement)
    case .trigger, .policy, .rule: try renamePart(statement)
    case .function, .procedure, .routine, .aggregate: try renameRoutine(statement)
    case .schema: try renameSchema(statement)
    default: renameOther(statement)
    }
  }

  private mutating func renamed(
    _ kind: ObjectKind, _ from: QualifiedName, _ to: QualifiedName, origin: Origin?,
    of owner: QualifiedName? = nil, table: TableReference? = nil
  ) {
    effect(
      .renamed(
        Renaming(kind: kind, owner: owner, from: from, to: to, origin: origin, table: table)))
  }

  // MARK: Relations

  private mutating func renameRelation(_ statement: Rename) throws(Refused) {
    let kind = statement.object.kind
    let from = catalog.resolveRelation(statement.object.name)
    let to = QualifiedName(schema: from.schema, truncatedIdentifier(statement.newName))
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
    case .index(on: let owner): renameIndex(from, to: to, on: owner)
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
    for parent in table.inherits { note(table.name, uses: parent) }
    if let parent = table.partitionOf?.parent { note(table.name, uses: parent) }
    for trigger in table.triggers { note(table.name, uses: trigger.function) }
    if let type = table.settings.ofType { note(table.name, uses: type) }
    for user in users(of: table.name) where catalog.sequence(user) != nil {
      note(table.name, uses: user)
    }
  }

  private func retarget(_ constraint: inout Constraint, from: QualifiedName, to: QualifiedName) {
    guard case .foreignKey(var reference) = constraint.kind, reference.table == from else { return }
    reference.table = to
    constraint.kind = .foreignKey(reference)
  }

  private mutating func retarget(_ user: QualifiedName, from: QualifiedName, to: QualifiedName) {
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

  private func retarget(_ column: inout Column, from: QualifiedName, to: QualifiedName) {
    if column.type?.userType == from { column.type?.base = .user(to) }
    // A default holds a sequence by its oid: it follows the sequence's name.
    if case .expression(let expression) = column.default,
      sequences(in: expression).contains(from)
    {
      column.default = .expression(nextval(of: to))
    }
  }

  private mutating func retargetType(
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

  // MARK: Parts of tables

  private mutating func renameColumn(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner else { return }
    let ownerName = catalog.resolveRelation(owner)
    let from = statement.object.name.name
    let to = truncatedIdentifier(statement.newName)
    if var view = catalog.view(ownerName) {
      lock(named: ownerName, .accessExclusive)
      if let place = view.columns.firstIndex(where: { $0.name == from }) {
        view.columns[place].name = to
      }
      store(view)
      if !isNew(view.origin) { breaks(.viewChanged(ownerName)) }
      return renamed(
        .column, QualifiedName(from), QualifiedName(to), origin: view.origin, of: ownerName)
    }
    guard var table = try table(owner, ifExists: statement.ifExists) else { return }
    lock(table, .accessExclusive)
    let place = try column(from, in: &table)
    if table.column(to) != nil {
      try fail(
        "42701", .alreadyExists(.column, QualifiedName(to), of: table.name),
        ifCertain: isSettled(table.id))
    }
    let column = table.columns[place]
    if column.inheritedFrom > 0 {
      try fail("42P16", .invalidDefinition("inherited column \(from)"))
    }
    renamed(
      .column, QualifiedName(from), QualifiedName(to), origin: column.origin, of: table.name,
      table: table.reference)
    if !isNew(table.origin), !isNew(column.origin) {
      breaks(.columnRenamed(referent(table, column), to: to))
    }
    renameColumn(from, to: to, in: &table)
    store(table)
    renameColumnElsewhere(from, to: to, of: table)
  }

  private mutating func renameColumn(_ from: String, to: String, in table: inout Table) {
    func new(_ name: String) -> String { name == from ? to : name }
    for place in table.columns.indices {
      table.columns[place].name = new(table.columns[place].name)
      if case .generated(let expression) = table.columns[place].default {
        table.columns[place].default = .generated(expression.renaming(column: from, to: to))
      }
    }
    for place in table.constraints.indices {
      rename(from, to: to, in: &table.constraints[place], of: table.name)
    }
    for place in table.indexes.indices {
      table.indexes[place].elements = table.indexes[place].elements.map {
        renamed($0, from, to)
      }
      table.indexes[place].including = table.indexes[place].including.map(new)
      table.indexes[place].predicate = table.indexes[place].predicate?.renaming(
        column: from, to: to)
    }
    for place in table.triggers.indices {
      table.triggers[place].definition.updateColumns =
        table.triggers[place].definition.updateColumns.map(new)
      table.triggers[place].definition.condition =
        table.triggers[place].definition.condition?.renaming(column: from, to: to)
    }
    for place in table.policies.indices {
      table.policies[place].using = table.policies[place].using?.renaming(column: from, to: to)
      table.policies[place].check = table.policies[place].check?.renaming(column: from, to: to)
    }
    if case .partitioned(var key) = table.kind {
      key.elements = key.elements.map { renamed($0, from, to) }
      table.kind = .partitioned(key)
    }
  }

  private func renamed(_ element: IndexElement, _ from: String, _ to: String) -> IndexElement {
    var element = element
    switch element.key {
    case .column(let name): if name == from { element.key = .column(to) }
    case .expression(let expression):
      element.key = .expression(expression.renaming(column: from, to: to))
    }
    return element
  }

  private func rename(
    _ from: String, to: String, in constraint: inout Constraint, of table: QualifiedName
  ) {
    func new(_ name: String) -> String { name == from ? to : name }
    switch constraint.kind {
    case .check(let expression, let noInherit):
      constraint.kind = .check(expression.renaming(column: from, to: to), noInherit: noInherit)
    case .unique(var key):
      key.columns = key.columns.map(new)
      key.including = key.including.map(new)
      constraint.kind = .unique(key)
    case .primaryKey(var key):
      key.columns = key.columns.map(new)
      key.including = key.including.map(new)
      constraint.kind = .primaryKey(key)
    case .foreignKey(var reference):
      reference.columns = reference.columns.map(new)
      reference.setColumns = reference.setColumns.map(new)
      if reference.table == table {
        reference.referencedColumns = reference.referencedColumns.map(new)
      }
      constraint.kind = .foreignKey(reference)
    case .exclusion(var exclusion):
      exclusion.elements = exclusion.elements.map { renamed($0, from, to) }
      constraint.kind = .exclusion(exclusion)
    case .unknown: break
    }
  }

  private mutating func renameColumnElsewhere(_ from: String, to: String, of table: Table) {
    for user in users(of: table.name) {
      switch catalog.relations[user] {
      case .table(let shared): renameColumn(from, to: to, of: table.name, in: shared.value)
      case .view(let shared):
        var view = shared.value
        view.reads = view.reads.map { use in
          use.relation == table.name && use.column == from
            ? .init(relation: use.relation, column: to) : use
        }
        store(view)
      case .sequence(let shared):
        var sequence = shared.value
        if sequence.ownedBy?.table == table.name, sequence.ownedBy?.column == from {
          sequence.ownedBy?.column = to
          store(sequence)
        }
      case .index, nil: break
      }
    }
  }

  private mutating func renameColumn(
    _ from: String, to: String, of parent: QualifiedName, in user: Table
  ) {
    var user = user
    for place in user.constraints.indices {
      guard case .foreignKey(var reference) = user.constraints[place].kind,
        reference.table == parent
      else { continue }
      reference.referencedColumns = reference.referencedColumns.map { $0 == from ? to : $0 }
      user.constraints[place].kind = .foreignKey(reference)
    }
    let isChild = user.inherits.contains(parent) || user.partitionOf?.parent == parent
    guard isChild, depth < Self.maximumDepth else { return store(user) }
    lock(user, .accessExclusive)
    renameColumn(from, to: to, in: &user)
    store(user)
    depth += 1
    renameColumnElsewhere(from, to: to, of: user)
    depth -= 1
  }

  private mutating func renameConstraint(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner else { return renameOther(statement) }
    guard var table = try table(owner, ifExists: statement.ifExists) else { return }
    lock(table, .accessExclusive)
    let from = statement.object.name.name
    let to = truncatedIdentifier(statement.newName)
    guard let place = table.constraints.firstIndex(where: { $0.name == from }) else {
      try fail(
        "42704", .missing(.tableConstraint, QualifiedName(from), of: table.name),
        ifCertain: knowsAll(of: table))
      outcome.assumptions.append(.constraint(table: table.name, name: from))
      table.constraints.append(Constraint(name: to, kind: .unknown))
      store(table)
      return renamed(
        .tableConstraint, QualifiedName(from), QualifiedName(to), origin: nil, of: table.name,
        table: table.reference)
    }
    if table.constraint(to) != nil {
      try fail(
        "42710", .alreadyExists(.tableConstraint, QualifiedName(to), of: table.name),
        ifCertain: isSettled(table.id))
    }
    renamed(
      .tableConstraint, QualifiedName(from), QualifiedName(to),
      origin: table.constraints[place].origin, of: table.name, table: table.reference)
    if let own = table.indexes.firstIndex(where: { $0.constraint == from }) {
      let schema = table.name.schema
      _ = try claimRelation(QualifiedName(schema: schema, to), .index)
      set(nil, for: QualifiedName(schema: schema, from))
      set(.index(on: table.name), for: QualifiedName(schema: schema, to))
      table.indexes[own].name = to
      table.indexes[own].constraint = to
    }
    table.constraints[place].name = to
    countConstraint(from, of: table.name, by: -1)
    countConstraint(to, of: table.name, by: 1)
    store(table)
  }

  private mutating func renamePart(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner, catalog.view(catalog.resolveRelation(owner)) == nil
    else { return renameOther(statement) }
    var table = try table(owner)
    lock(table, .accessExclusive)
    let from = statement.object.name.name
    if let place = table.triggers.firstIndex(where: { $0.name == from }),
      statement.object.kind == .trigger
    {
      table.triggers[place].definition.name = statement.newName
    } else if let place = table.policies.firstIndex(where: { $0.name == from }),
      statement.object.kind == .policy
    {
      table.policies[place].name = statement.newName
    } else if let place = table.rules.firstIndex(where: { $0.name == from }),
      statement.object.kind == .rule
    {
      table.rules[place].name = statement.newName
    } else {
      try fail(
        "42704", .missing(statement.object.kind, QualifiedName(from), of: table.name),
        ifCertain: knowsAll(of: table))
    }
    store(table)
    renamed(
      statement.object.kind, QualifiedName(from), QualifiedName(statement.newName),
      origin: table.origin, of: table.name, table: table.reference)
  }

  // MARK: Types, routines, schemas, others

  private mutating func renameType(_ statement: Rename) throws(Refused) {
    let from = catalog.resolveType(statement.object.name)
    let to = QualifiedName(schema: from.schema, truncatedIdentifier(statement.newName))
    guard let type = catalog.type(from) else {
      try fail("42704", .missing(.type, from, of: nil), ifCertain: catalog.isComplete)
      outcome.assumptions.append(.type(from))
      store(UserType(id: newID(), name: to, kind: .unknown))
      return renamed(.type, from, to, origin: nil)
    }
    try claimType(to)
    renamed(statement.object.kind, from, to, origin: type.origin)
    if !isNew(type.origin) { breaks(.typeRenamed(from: from, to: to)) }
    moveType(type, to: to)
  }

  mutating func moveType(_ type: UserType, to name: QualifiedName) {
    let from = type.name
    var type = type
    catalog.types[from] = nil
    type.name = name
    store(type)
    for user in users(of: from) { retarget(user, from: from, to: name) }
    for user in users(of: from) { retargetType(user, from: from, to: name) }
    for user in users(of: from) { retargetRoutines(user, from: from, to: name) }
    catalog.users[name] = catalog.users[from]
    catalog.users[from] = nil
    catalog.unusableLabels = catalog.unusableLabels.map { label in
      label.type == from
        ? .init(type: name, label: label.label, transaction: label.transaction) : label
    }
  }

  private mutating func retargetRoutines(
    _ user: QualifiedName, from: QualifiedName, to: QualifiedName
  ) {
    guard var routines = catalog.routines[user]?.value else { return }
    for place in routines.indices {
      for argument in routines[place].arguments.indices
      where routines[place].arguments[argument].userType == from {
        routines[place].arguments[argument].base = .user(to)
      }
    }
    catalog.routines[user] = Shared(routines)
  }

  private mutating func renameAttribute(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner else { return }
    let name = catalog.resolveType(owner)
    let from = statement.object.name.name
    guard var type = catalog.type(name), case .composite(var columns) = type.kind,
      let place = columns.firstIndex(where: { $0.name == from })
    else {
      try fail("42703", .missing(.attribute, QualifiedName(from), of: name), ifCertain: false)
      return
    }
    columns[place].name = statement.newName
    type.kind = .composite(columns)
    store(type)
    effect(.compositeChanged(name))
  }

  private mutating func renameRoutine(_ statement: Rename) throws(Refused) {
    let from = catalog.resolveRoutine(statement.object.name)
    let to = QualifiedName(schema: from.schema, statement.newName)
    guard let routines = catalog.routines[from]?.value, routines.count == 1 else {
      try fail(
        "42883", .missing(statement.object.kind, from, of: nil),
        ifCertain: catalog.isComplete && catalog.routines[from] == nil)
      outcome.assumptions.append(.object(statement.object.kind, from))
      return renamed(statement.object.kind, from, to, origin: nil)
    }
    var routine = routines[0]
    routine.name = to
    catalog.routines[from] = nil
    catalog.routines[to] = Shared((catalog.routines[to]?.value ?? []) + [routine])
    for user in users(of: from) {
      guard var table = catalog.table(user) else { continue }
      for place in table.triggers.indices where table.triggers[place].function == from {
        table.triggers[place].function = to
      }
      store(table)
      note(user, uses: to)
    }
    renamed(statement.object.kind, from, to, origin: routine.origin)
    if !isNew(routine.origin) { breaks(.routineGone(routines[0])) }
  }

  private mutating func renameSchema(_ statement: Rename) throws(Refused) {
    let from = statement.object.name.name
    let to = statement.newName
    guard var schema = catalog.schemas[from] else {
      try fail(
        "3F000", .missing(.schema, QualifiedName(from), of: nil), ifCertain: catalog.isComplete)
      return renamed(.schema, QualifiedName(from), QualifiedName(to), origin: nil)
    }
    if catalog.schemas[to] != nil {
      try fail("42P06", .alreadyExists(.schema, QualifiedName(to), of: nil))
    }
    schema.name = to
    catalog.schemas[from] = nil
    catalog.schemas[to] = schema
    renamed(.schema, QualifiedName(from), QualifiedName(to), origin: schema.origin)
    breaks(.schemaRenamed(from: from, to: to))
    let moved = catalog.relations.filter { $0.key.schema == from }
    for (name, relation) in moved {
      let target = QualifiedName(schema: to, name.name)
      switch relation {
      case .table(let table): move(catalog.table(name) ?? table.value, to: target)
      case .view(let view): moveView(catalog.view(name) ?? view.value, to: target)
      case .sequence(let sequence):
        moveSequence(catalog.sequence(name) ?? sequence.value, to: target)
      case .index: break
      }
    }
    for (name, type) in catalog.types.filter({ $0.key.schema == from }) {
      moveType(type.value, to: QualifiedName(schema: to, name.name))
    }
    for (name, routines) in catalog.routines.filter({ $0.key.schema == from }) {
      let target = QualifiedName(schema: to, name.name)
      catalog.routines[name] = nil
      catalog.routines[target] = Shared(
        routines.value.map { routine in
          var routine = routine
          routine.name = target
          return routine
        })
    }
  }

  private mutating func renameOther(_ statement: Rename) {
    let key = otherKey(statement.object)
    var target = key
    target.name.name = statement.newName
    if let other = catalog.others[key] {
      catalog.others[key] = nil
      catalog.others[target] = other
    }
    renamed(statement.object.kind, key.name, target.name, origin: catalog.others[target]?.origin)
  }

  // MARK: SET SCHEMA

  mutating func setSchema(_ statement: SetSchema) throws(Refused) {
    try requireSchema(statement.newSchema)
    let kind = statement.object.kind
    switch kind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      try moveRelation(statement)
    case .type, .domain:
      let from = catalog.resolveType(statement.object.name)
      let to = QualifiedName(schema: statement.newSchema, from.name)
      guard let type = catalog.type(from) else {
        try fail("42704", .missing(.type, from, of: nil), ifCertain: catalog.isComplete)
        return
      }
      if from != to {
        try claimType(to)
        moveType(type, to: to)
      }
      effect(.movedToSchema(kind, from: from, to: to))
    default:
      let from = catalog.resolveNew(statement.object.name)
      effect(
        .movedToSchema(
          kind, from: from, to: QualifiedName(schema: statement.newSchema, from.name)))
      effect(.otherChanged(otherKey(statement.object)))
      doubt(.schema, .notCompared(kind, from))
    }
  }

  private mutating func moveRelation(_ statement: SetSchema) throws(Refused) {
    var from = catalog.resolveRelation(statement.object.name)
    if catalog.relations[from] == nil {
      guard let table = try table(statement.object.name, ifExists: statement.ifExists) else {
        return
      }
      from = table.name
    }
    let to = QualifiedName(schema: statement.newSchema, from.name)
    lock(named: from, .accessExclusive)
    effect(.movedToSchema(statement.object.kind, from: from, to: to))
    guard from != to else { return }
    _ = try claimRelation(to, statement.object.kind)
    breaks(.relationRenamed(statement.object.kind, reference(to: from), to: to))
    switch catalog.relations[from] {
    case .table(let table):
      move(table.value, to: to)
      moveOwnedSequences(of: to)
    case .view(let view): moveView(view.value, to: to)
    case .sequence(let sequence): moveSequence(sequence.value, to: to)
    case .index, nil: break
    }
  }

  private mutating func moveOwnedSequences(of table: QualifiedName) {
    for user in users(of: table) {
      guard let sequence = catalog.sequence(user), sequence.ownedBy?.table == table else {
        continue
      }
      moveSequence(sequence, to: QualifiedName(schema: table.schema, user.name))
    }
  }
}

// Tables, views, sequences and their parts dropped, with what goes along.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func dropTable(_ table: Table, cascade: Bool, isDirect: Bool) throws(Refused) {
    lock(table, .accessExclusive)
    try requireIdle(table)
    if let parent = table.partitionOf?.parent, isDirect {
      lock(named: parent, .accessExclusive)
      lockDefaultPartition(of: parent, scanning: false)
    }
    let dependents = dependents(ofTable: table.name)
    mayBeMentioned(table.name, .table, known: dependents)
    try settle(dependents, of: .table, table.name, id: table.id, cascade: cascade)
    if table.origin == nil, isSettled(table.id), !cascade, isDirect {
      // Nobody knows what else depends on a table that the history did not create.
      mayFail("2BP01", .hasDependents(.table, table.name, dependents: []))
    }
    try dropPartitions(of: table, cascade: cascade)
    // Views and foreign keys that went along may have changed it.
    let table = catalog.table(table.name) ?? table
    for constraint in table.constraints { lockParent(of: constraint, table) }
    try dropOwnedSequences(of: table, column: nil, cascade: cascade)
    effect(.tableDropped(TableDrop(table: table, cascade: cascade, isDirect: isDirect)))
    if !isNew(table.origin) { breaks(.relationGone(.table, table.reference)) }
    remove(table)
  }

  private mutating func dropPartitions(of table: Table, cascade: Bool) throws(Refused) {
    guard table.isPartitioned, depth < Self.maximumDepth else { return }
    depth += 1
    defer { depth -= 1 }
    for partition in partitions(of: table.name) {
      try dropTable(partition, cascade: cascade, isDirect: false)
    }
  }

  /// Extended statistics go with their table, and with each column that they are about.
  private mutating func dropStatistics(of table: Table, column: String?) {
    if catalog.others.isEmpty { return }
    for (key, other) in catalog.others
    where key.kind == .statistics && other.relations.contains(table.name) {
      if let column, !other.columns.contains(column) { continue }
      catalog.others[key] = nil
    }
  }

  /// Takes a table and the names of what belongs to it out of the catalog.
  mutating func remove(_ table: Table) {
    dropStatistics(of: table, column: nil)
    for index in table.indexes {
      set(nil, for: QualifiedName(schema: table.name.schema, index.name))
    }
    for constraint in table.constraints {
      countConstraint(constraint.name, of: table.name, by: -1)
    }
    set(nil, for: table.name)
  }

  private mutating func lockParent(of constraint: Constraint, _ table: Table) {
    guard let parent = constraint.reference?.table, parent != table.name else { return }
    lock(named: parent, .accessExclusive)
  }

  mutating func dropOwnedSequences(
    of table: Table, column: String?, cascade: Bool
  ) throws(Refused) {
    for user in users(of: table.name) {
      guard let sequence = catalog.sequence(user), let owner = sequence.ownedBy,
        owner.table == table.name, column == nil || owner.column == column
      else { continue }
      let others = dependents(
        ofSequence: user, exceptColumn: owner.column, of: table.name
      ).filter { column != nil || $0.owner != table.name }
      try settle(others, of: .table, table.name, cascade: cascade)
      if !sequence.isIdentity { effect(.sequenceDropped(sequence, isDirect: false)) }
      set(nil, for: user)
    }
  }

  mutating func dropColumn(
    _ name: String, of table: inout Table, cascade: Bool, isDirect: Bool, only: Bool = false
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    try refuseFixedColumn(column, of: table, isDirect: isDirect)
    mayBeMentioned(QualifiedName(name), .column, known: [])
    let along = try settleColumn(column, of: &table, cascade: cascade)
    store(table)
    try dropOwnedSequences(of: table, column: name, cascade: cascade)
    // Objects that went along may have taken parts of the table with them.
    table = catalog.table(table.name) ?? table
    for constraint in along.constraints {
      lockParent(of: constraint, table)
      countConstraint(constraint.name, of: table.name, by: -1)
      table.constraints.removeAll { $0.name == constraint.name }
    }
    for index in along.indexes {
      table.forgetIndex(index.name)
      set(nil, for: QualifiedName(schema: table.name.schema, index.name))
      table.indexes.removeAll { $0.name == index.name }
    }
    table.columns.removeAll { $0.name == name }
    table.settings.dropGrants(onColumn: name)
    table.droppedColumns += 1
    store(table)
    dropStatistics(of: table, column: name)
    effect(
      .columnDropped(
        ColumnDrop(
          table: table.reference, column: column, cascade: cascade, isDirect: isDirect,
          indexes: along.indexes, constraints: along.constraints)))
    if !isNew(table.origin), !isNew(column.origin) { breaks(.columnGone(referent(table, column))) }
    if only {
      if table.isPartitioned { try refuseOnly(table, "column \(name)") }
      releaseColumn(name, of: table)
    } else {
      try dropColumnFromDescendants(name, of: table, cascade: cascade)
    }
  }

  private mutating func refuseFixedColumn(
    _ column: Column, of table: Table, isDirect: Bool
  ) throws(Refused) {
    if isDirect { try requireOwnColumns(of: table) }
    if column.inheritedFrom > 0, isDirect {
      try fail("42P16", .invalidDefinition("inherited column \(column.name)"))
    }
    if case .partitioned(let key) = table.kind,
      key.elements.contains(where: { $0.columns.contains(column.name) })
    {
      try fail("42P16", .invalidDefinition("partition key column \(column.name)"))
    }
  }

  /// What goes with a column, after what blocks it is settled.
  private mutating func settleColumn(
    _ column: Column, of table: inout Table, cascade: Bool
  ) throws(Refused) -> (indexes: [Index], constraints: [Constraint]) {
    let name = column.name
    let constraints = table.constraints.filter { $0.columns.contains(name) }
    let indexes = table.indexes.filter { $0.columns.contains(name) }
    let readers = views(reading: name, of: table.name)
    var dependents = readers.certain + ownDependents(ofColumn: name, in: table)
    for constraint in constraints {
      guard let key = constraint.key else { continue }
      dependents += foreignKeys(onKey: key.columns, index: constraint.name, of: table)
        .filter { dependent in !constraints.contains { $0.name == dependent.name.name } }
    }
    for index in indexes where index.constraint == nil && index.isUnique {
      dependents += foreignKeys(
        onKey: index.elements.flatMap(\.columns), index: index.name, of: table)
    }
    dependents += publications(naming: name, of: table.name)
    let qualified = QualifiedName(name)
    if !readers.possible.isEmpty, !cascade {
      mayFail("2BP01", .hasDependents(.column, qualified, dependents: readers.possible))
    }
    store(table)
    try settle(dependents, of: .column, qualified, id: column.id, cascade: cascade)
    table = catalog.table(table.name) ?? table
    return (indexes, constraints)
  }

  private mutating func dropColumnFromDescendants(
    _ name: String, of table: Table, cascade: Bool
  ) throws(Refused) {
    guard depth < Self.maximumDepth else { return }
    depth += 1
    defer { depth -= 1 }
    for user in users(of: table.name) {
      guard var child = catalog.table(user),
        child.inherits.contains(table.name) || child.partitionOf?.parent == table.name,
        let place = child.columns.firstIndex(where: { $0.name == name })
      else { continue }
      child.columns[place].inheritedFrom -= 1
      store(child)
      if child.columns[place].inheritedFrom <= 0, !child.columns[place].isLocal {
        try dropColumn(name, of: &child, cascade: cascade, isDirect: false)
      } else {
        child.columns[place].isLocal = true
        store(child)
      }
    }
  }

  mutating func dropConstraint(
    _ name: String, of table: inout Table, ifExists: Bool = false, cascade: Bool,
    isDirect: Bool = true, only: Bool = false
  ) throws(Refused) {
    lock(table, .accessExclusive)
    guard let constraint = table.constraint(name) else {
      if ifExists, knowsAll(of: table) {
        if isNew(table.origin) { return effect(.skipped(.tableConstraint, QualifiedName(name))) }
        return skipMissing(.tableConstraint, QualifiedName(name))
      }
      try fail(
        "42704", .missing(.tableConstraint, QualifiedName(name), of: table.name),
        ifCertain: knowsAll(of: table) && !ifExists)
      let unknown = Constraint(name: name, kind: .unknown)
      outcome.assumptions.append(.constraint(table: table.name, name: name))
      return effect(.constraintDropped(table.reference, unknown, isDirect: isDirect))
    }
    if constraint.isInherited, isDirect {
      try fail("42P16", .invalidDefinition("inherited constraint \(name)"))
    }
    if let key = constraint.key {
      store(table)
      try settle(
        foreignKeys(onKey: key.columns, index: name, of: table), of: .tableConstraint,
        QualifiedName(name), id: isOlder(constraint.origin) ? table.id : nil, cascade: cascade)
      table = catalog.table(table.name) ?? table
    }
    if constraint.isPrimaryKey, let view = grouped(by: table.name) {
      mayFail(
        "2BP01", .hasDependents(.tableConstraint, QualifiedName(name), dependents: [view]))
    }
    lockParent(of: constraint, table)
    removeConstraint(constraint, from: &table)
    effect(.constraintDropped(table.reference, constraint, isDirect: isDirect))
    if constraint.key != nil, isDirect, !isNew(table.origin), !isNew(constraint.origin) {
      breaks(.uniquenessGone(table.reference, name: name))
    }
    guard only, case .check(_, let noInherit) = constraint.kind else {
      return try dropInheritedConstraint(constraint, of: table)
    }
    if table.isPartitioned, !noInherit { try refuseOnly(table, "constraint \(name)") }
    releaseConstraint(name, of: table)
  }

  private mutating func removeConstraint(_ constraint: Constraint, from table: inout Table) {
    countConstraint(constraint.name, of: table.name, by: -1)
    table.constraints.removeAll { $0.name == constraint.name }
    if constraint.hasIndex {
      table.indexes.removeAll { $0.constraint == constraint.name }
      table.forgetIndex(constraint.name)
      set(nil, for: QualifiedName(schema: table.name.schema, constraint.name))
    }
  }

  private mutating func dropInheritedConstraint(
    _ constraint: Constraint, of table: Table
  ) throws(Refused) {
    guard depth < Self.maximumDepth else { return }
    depth += 1
    defer { depth -= 1 }
    for user in users(of: table.name) {
      guard var child = catalog.table(user),
        child.inherits.contains(table.name) || child.partitionOf?.parent == table.name
      else { continue }
      let own = child.constraints.first { candidate in
        guard candidate.isInherited else { return false }
        if candidate.name == constraint.name { return true }
        if constraint.reference != nil { return candidate.kind == constraint.kind }
        let parent = QualifiedName(schema: table.name.schema, constraint.name)
        return child.indexes.contains { $0.constraint == candidate.name && $0.parent == parent }
      }
      guard let own else { continue }
      lock(child, .accessExclusive)
      removeConstraint(own, from: &child)
      store(child)
      try dropInheritedConstraint(own, of: child)
    }
  }

  /// Takes an index out of its table, without asking who needs it.
  mutating func removeIndex(
    _ name: String, from table: inout Table, isDirect: Bool, concurrently: Bool = false
  ) {
    guard let place = table.indexes.firstIndex(where: { $0.name == name }) else { return }
    let index = table.indexes.remove(at: place)
    table.forgetIndex(name)
    set(nil, for: QualifiedName(schema: table.name.schema, name))
    effect(
      .indexDropped(table.reference, index, isDirect: isDirect, concurrently: concurrently))
    if index.isUnique, isDirect, !isNew(table.origin), !isNew(index.origin) {
      breaks(.uniquenessGone(table.reference, name: name))
    }
  }

  mutating func dropView(_ view: View, cascade: Bool, isDirect: Bool) throws(Refused) {
    let kind: ObjectKind = view.isMaterialized ? .materializedView : .view
    lock(named: view.name, .accessExclusive)
    let dependents = dependents(ofView: view.name)
    mayBeMentioned(view.name, .view, known: dependents)
    try settle(dependents, of: kind, view.name, id: view.id, cascade: cascade)
    effect(.viewDropped(view, isDirect: isDirect))
    if !isNew(view.origin) { breaks(.relationGone(kind, reference(to: view.name))) }
    for index in view.indexes {
      set(nil, for: QualifiedName(schema: view.name.schema, index.name))
    }
    set(nil, for: view.name)
  }

  mutating func dropSequence(
    _ sequence: SequenceObject, cascade: Bool, isDirect: Bool
  ) throws(Refused) {
    if sequence.isIdentity, let owner = sequence.ownedBy, isDirect {
      try fail(
        "2BP01",
        .hasDependents(
          .sequence, sequence.name,
          dependents: [Dependent(.column, QualifiedName(owner.column), of: owner.table)]))
    }
    let dependents = dependents(ofSequence: sequence.name)
    mayBeMentioned(sequence.name, .sequence, known: dependents)
    try settle(
      dependents, of: .sequence, sequence.name, id: sequence.id, cascade: cascade)
    effect(.sequenceDropped(sequence, isDirect: isDirect))
    if !isNew(sequence.origin) { breaks(.sequenceGone(sequence.name)) }
    set(nil, for: sequence.name)
  }
}

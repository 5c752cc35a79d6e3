// The partitions and inheriting tables of a table: what ALTER TABLE does to them, what ONLY spares them, and how
// they come and go.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses ONLY where the tables beneath must be changed along (42P16).
  mutating func refuseOnly(_ table: Table, _ part: String) throws(Refused) {
    guard !descendants(of: table.name).isEmpty else { return }
    try fail(
      "42P16", .invalidDefinition("\(part) is not to be changed with ONLY, as tables inherit it"),
      ifCertain: isSettled(table.id))
  }

  /// Changes a column in the tables beneath too.
  mutating func changeDescendants(
    of table: Table, _ name: String, _ change: (inout Column) -> Void
  ) {
    for child in descendants(of: table.name) {
      guard var childTable = catalog.table(child),
        let place = childTable.columns.firstIndex(where: { $0.name == name })
      else { continue }
      lock(childTable, .accessExclusive)
      change(&childTable.columns[place])
      noteUses(of: childTable.columns[place], by: child)
      store(childTable)
    }
  }

  /// A table and the tables beneath it.
  func family(of table: Table) -> [Table] {
    [table] + descendants(of: table.name).compactMap(catalog.table)
  }

  /// A change of a column writes the rows of the tables beneath anew, too. A partitioned table has none itself,
  /// and stands for its partitions where none is known.
  mutating func rewriteAll(_ table: Table, _ cause: TableRewrite.Cause) {
    let all = family(of: table)
    for member in all where !member.isPartitioned || all.count == 1 { rewrite(member, cause) }
  }

  /// The inheriting tables keep a column that ONLY the parent loses, as their own.
  mutating func releaseColumn(_ name: String, of table: Table) {
    for user in users(of: table.name) {
      guard var child = catalog.table(user), child.inherits.contains(table.name),
        let place = child.columns.firstIndex(where: { $0.name == name })
      else { continue }
      child.columns[place].inheritedFrom -= 1
      child.columns[place].isLocal = true
      store(child)
    }
  }

  /// The inheriting tables keep a constraint that ONLY the parent loses, as their own.
  mutating func releaseConstraint(_ name: String, of table: Table) {
    for user in users(of: table.name) {
      guard var child = catalog.table(user), child.inherits.contains(table.name),
        let place = child.constraints.firstIndex(where: { $0.name == name && $0.isInherited })
      else { continue }
      child.constraints[place].isInherited = false
      child.constraints[place].isReleased = true
      store(child)
    }
  }

  // MARK: Attached and detached

  mutating func attach(
    _ partition: QualifiedName, _ bound: PartitionBound?, to parent: inout Table
  ) throws(Refused) {
    lock(parent, .shareUpdateExclusive)
    var child = try table(partition)
    if let bound { try requireBound(bound, of: child.name, in: parent) }
    lock(child, .accessExclusive)
    lockDefaultPartition(of: parent.name, scanning: true, for: bound)
    let isImplied = bound.map { implies(child, $0, of: parent) } ?? false
    if !isImplied { scan(child, .partitionBound) }
    if !isKnownEmpty(child), !isImplied {
      mayFail(
        "23514", .partitionBoundViolated(table: child.name),
        when: settled(
          .outsideBound(child.reference, bound, parent.partitionKey), on: child,
          parent.partitionKey?.elements.flatMap(\.columns) ?? []))
    }
    for column in parent.columns where child.column(column.name) == nil {
      try fail(
        "42804", .missing(.column, QualifiedName(column.name), of: child.name),
        ifCertain: knowsAll(of: child))
    }
    child.partitionOf = .init(parent: parent.name, bound: bound)
    for place in child.columns.indices
    where parent.column(child.columns[place].name) != nil {
      child.columns[place].inheritedFrom = 1
      child.columns[place].isLocal = false
    }
    note(child.name, uses: parent.name)
    for index in parent.indexes where !attachIndex(index, of: parent, in: &child) {
      if !isKnownEmpty(child),
        index.isUnique
          || index.elements.contains(where: {
            if case .expression = $0.key { true } else { false }
          })
      {
        mayFail(
          "23505", .duplicatesExist(table: child.name, key: index.columns),
          when: .unknown(child.reference))
      }
      let constraint = index.constraint.flatMap { parent.constraint($0) }
      try addPartitionIndex(index, constraint, of: parent, to: &child)
    }
    if !isKnownEmpty(child) {
      for constraint in parent.constraints
      where constraint.reference != nil
        && !child.constraints.contains(where: { $0.reference == constraint.reference })
      {
        mayFail(
          "23503", .orphansExist(table: child.name, constraint: constraint.name),
          when: .unknown(child.reference))
      }
    }
    try requireRestrictions(of: parent, in: child)
    takeOverForeignKeys(of: parent, into: &child)
    store(child)
    effect(.partitionAttached(child.reference, parent: parent.name))
  }

  /// NOT NULL and checks of a parent have to be there already (MergeAttributesIntoExisting and
  /// MergeConstraintsIntoExisting in tablecmds.c).
  private mutating func requireRestrictions(of parent: Table, in child: Table) throws(Refused) {
    for column in parent.columns
    where column.isNullable == false && child.column(column.name)?.isNullable == true {
      try fail(
        "42804",
        .invalidDefinition("\(child.name.name).\(column.name) takes NULL, unlike the parent"),
        ifCertain: isSettled(child.id))
    }
    for constraint in parent.constraints {
      guard case .check(_, noInherit: false) = constraint.kind,
        child.constraint(constraint.name) == nil
      else { continue }
      try fail(
        "42804",
        .invalidDefinition(
          "\(child.name.name) has no constraint \(constraint.name), unlike the parent"),
        ifCertain: knowsAll(of: child))
    }
  }

  /// An equal index that the table has already becomes the partition's.
  mutating func attachIndex(
    _ index: Index, of parent: Table, in child: inout Table
  ) -> Bool {
    guard
      let place = child.indexes.firstIndex(where: {
        $0.parent == nil && $0.elements == index.elements && $0.including == index.including
          && $0.isUnique == index.isUnique
          && $0.method == index.method && $0.predicate == index.predicate
          && ($0.constraint == nil) == (index.constraint == nil)
      })
    else { return false }
    child.indexes[place].parent = QualifiedName(schema: parent.name.schema, index.name)
    if let name = child.indexes[place].constraint,
      let own = child.constraints.firstIndex(where: { $0.name == name })
    {
      child.constraints[own].isInherited = true
    }
    return true
  }

  /// - Parameter isFinal: it ends a DETACH CONCURRENTLY that was interrupted.
  mutating func detach(
    _ partition: QualifiedName, from parent: inout Table, concurrently: Bool, isFinal: Bool = false
  ) throws(Refused) {
    if concurrently {
      try forbidTransaction("ALTER TABLE ... DETACH CONCURRENTLY")
      if partitions(of: parent.name).contains(where: { $0.partitionOf?.bound?.isDefault == true }) {
        try fail("55000", .notSupported("DETACH CONCURRENTLY next to a default partition"))
      }
    }
    var child = try table(partition)
    if child.partitionOf?.parent != parent.name {
      try fail(
        "42P01", .invalidDefinition("\(child.name.name) is not a partition of \(parent.name.name)"),
        ifCertain: knowsAll(of: child))
    }
    lock(parent, concurrently ? .shareUpdateExclusive : .accessExclusive)
    lock(child, .accessExclusive)
    lockDefaultPartition(of: parent.name, scanning: false)
    // The copies of its parent's triggers go, with what was set at them.
    if catalog.uncompared.contains(child.name), hasCopy(of: nil, child) {
      doubt(.schema, .notCompared(.table, child.name))
    }
    child.partitionOf = nil
    for place in child.columns.indices {
      child.columns[place].inheritedFrom = 0
      child.columns[place].isLocal = true
    }
    for place in child.indexes.indices { child.indexes[place].parent = nil }
    for place in child.constraints.indices { child.constraints[place].isInherited = false }
    if concurrently || isFinal {
      // A CHECK with the bound as its condition stays, unless the table's own constraints imply it.
      child.isComplete = false
      doubt(.schema, .notCompared(.table, child.name))
    }
    store(child)
    effect(
      .partitionDetached(child.reference, parent: parent.name, concurrently: concurrently))
    if !isNew(child.origin) { breaks(.viewChanged(parent.name)) }
  }

  mutating func inherit(_ parentName: QualifiedName, table: inout Table) throws(Refused) {
    let parent = try self.table(parentName)
    try requireInheritable(parent, by: table)
    lock(table, .accessExclusive)
    lock(parent, .shareUpdateExclusive)
    for column in parent.columns {
      guard let place = table.columns.firstIndex(where: { $0.name == column.name }) else {
        try fail(
          "42804", .missing(.column, QualifiedName(column.name), of: table.name),
          ifCertain: knowsAll(of: table))
        continue
      }
      table.columns[place].inheritedFrom += 1
    }
    table.inherits.append(parent.name)
    note(table.name, uses: parent.name)
    effect(.inheritanceChanged(table.reference, parent: parent.name, inherits: true))
  }

  /// Refuses parents that a table cannot have (`ATPrepAddInherit` and `ATExecAddInherit` in tablecmds.c).
  private mutating func requireInheritable(_ parent: Table, by table: Table) throws(Refused) {
    let areKnown = isSettled(parent.id) && isSettled(table.id)
    if parent.isPartitioned || table.isPartitioned || table.partitionOf != nil
      || parent.partitionOf != nil || table.settings.ofType != nil
    {
      try fail(
        "42809",
        .notSupported("inheritance between \(parent.name.name) and \(table.name.name)"),
        ifCertain: areKnown)
    }
    if parent.id == table.id || table.inherits.contains(parent.name)
      || descendants(of: table.name).contains(parent.name)
    {
      try fail(
        "42P07", .alreadyExists(.table, parent.name, of: table.name), ifCertain: areKnown)
    }
    for column in parent.columns {
      guard let own = table.column(column.name)?.type, let type = column.type, own != type else {
        continue
      }
      try fail(
        "42804", .invalidDefinition("column \(column.name) has another type in the parent"),
        ifCertain: areKnown)
    }
  }

  /// Refuses a change of the columns of a table that has them from a type.
  mutating func requireOwnColumns(of table: Table) throws(Refused) {
    if table.settings.ofType != nil {
      try fail(
        "42809", .notSupported("a change of the columns of a typed table"),
        ifCertain: isSettled(table.id))
    }
  }

  mutating func noInherit(_ parentName: QualifiedName, table: inout Table) throws(Refused) {
    let parent = try self.table(parentName)
    lock(table, .accessExclusive)
    lock(parent, .accessShare)
    if !table.inherits.contains(parent.name) {
      try fail(
        "42P01",
        .invalidDefinition("\(parent.name.name) is not a parent of \(table.name.name)"),
        ifCertain: knowsAll(of: table))
    }
    table.inherits.removeAll { $0 == parent.name }
    for place in table.columns.indices
    where parent.column(table.columns[place].name) != nil {
      table.columns[place].inheritedFrom = max(0, table.columns[place].inheritedFrom - 1)
      if table.columns[place].inheritedFrom == 0 { table.columns[place].isLocal = true }
    }
    if table.inherits.isEmpty {
      for place in table.constraints.indices { table.constraints[place].isInherited = false }
    }
    effect(.inheritanceChanged(table.reference, parent: parent.name, inherits: false))
  }
}

extension Column {
  /// Another type comes with its own storage and compression, whatever was set before; without COLLATE also
  /// with its own collation (`ATExecAlterColumnType` in tablecmds.c).
  mutating func take(_ newType: DataType, collation newCollation: QualifiedName?) {
    type = newType
    collation = newCollation
    settings["storage"] = nil
    settings["compression"] = nil
  }
}

// Constraints added to a table, at its creation or later.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// SET CONSTRAINTS of one name.
  mutating func setConstraint(_ name: QualifiedName, deferred: Bool) throws(Refused) {
    guard catalog.constraintNames.keys.contains(where: { $0.name == name.name }) else {
      return mayFail("42704", .missing(.tableConstraint, name, of: nil))
    }
    guard deferred else { return }
    for table in catalog.tables where name.schema == nil || name.schema == table.name.schema {
      guard let constraint = table.constraint(name.name), constraint.kind != .unknown,
        !constraint.isDeferrable
      else { continue }
      try fail(
        "42809", .invalidDefinition("constraint \(name.name) is not deferrable"),
        ifCertain: isSettled(table.id))
    }
  }

  /// Adds a constraint and all that comes with it. On an existing table this locks, scans and may
  /// fail on rows; on one that is being created only other tables are concerned.
  mutating func addConstraint(
    _ written: TableConstraint, to table: inout Table, isCreating: Bool = false, only: Bool = false
  ) throws(Refused) {
    try limitParts(of: table)
    switch written.kind {
    case .check(let expression, let noInherit):
      if only, !noInherit { try refuseOnly(table, "a check") }
      try addCheck(written, expression, noInherit: noInherit, to: &table, isCreating)
    case .unique(let key):
      try addKey(written, key, isPrimary: false, to: &table, isCreating, only: only)
    case .primaryKey(let key):
      try addKey(written, key, isPrimary: true, to: &table, isCreating, only: only)
    case .foreignKey(let key):
      if only, table.isPartitioned {
        try fail("0A000", .notSupported("ONLY for a foreign key of a partitioned table"))
      }
      try addForeignKey(written, key, to: &table, isCreating)
    case .exclusion(let exclusion):
      try addExclusion(written, exclusion, to: &table, isCreating)
    }
  }

  private mutating func claimConstraint(_ name: String, in table: Table) throws(Refused) {
    if let taken = table.constraint(name) {
      try fail(
        "42710", .alreadyExists(.tableConstraint, QualifiedName(name), of: table.name),
        ifCertain: isSettled(table.id) && taken.kind != .unknown)
    }
  }

  mutating func append(
    _ constraint: Constraint, to table: inout Table, isCreating: Bool, usingIndex: String? = nil
  ) {
    table.constraints.append(constraint)
    countConstraint(constraint.name, of: table.name, by: 1)
    guard !isCreating else { return }
    effect(.constraintAdded(table.reference, constraint, usingIndex: usingIndex))
    if !isNew(table.origin) { breaks(.constraintAdded(table.reference, constraint)) }
  }

  private func make(
    _ name: String, _ kind: Constraint.Kind, _ written: TableConstraint, isValidated: Bool = true
  ) -> Constraint {
    Constraint(
      name: name, kind: kind, isDeferrable: written.isDeferrable,
      isInitiallyDeferred: written.isInitiallyDeferred, isValidated: isValidated,
      origin: context.origin)
  }

  // MARK: CHECK

  private mutating func addCheck(
    _ written: TableConstraint, _ expression: SQLExpression, noInherit: Bool,
    to table: inout Table, _ isCreating: Bool
  ) throws(Refused) {
    var columns: [String] = []
    for reference in expression.columns {
      guard let name = reference.column, !columns.contains(name) else { continue }
      // The table's own name is the whole row.
      if isSystemColumn(name) || name == table.name.name && table.column(name) == nil { continue }
      _ = try column(name, in: &table)
      columns.append(name)
    }
    try requireComparable(expression, in: table)
    try requireNames(of: expression)
    try requireRoutines(expression.functions)
    try requireTypes(of: expression, as: .condition, in: table)
    let name: String
    if let given = written.name {
      name = truncatedIdentifier(given)
      try claimConstraint(name, in: table)
    } else {
      name = chooseConstraintName(
        table.name.name, columns.count == 1 ? columns[0] : nil, "check",
        schema: table.name.schema, taken: table.constraints)
    }
    noteUses(of: expression, by: table.name)
    let isValidated = !written.isNotValid || isCreating
    let constraint = make(
      name, .check(expression.unqualified(in: table.name), noInherit: noInherit), written,
      isValidated: isValidated)
    if !isCreating {
      lock(table, .accessExclusive)
      if isValidated { checkRows(of: table, constraint, expression, columns) }
      try addToDescendants(of: table, constraint, unless: noInherit)
    }
    append(constraint, to: &table, isCreating: isCreating)
  }

  private mutating func checkRows(
    of table: Table, _ constraint: Constraint, _ expression: SQLExpression, _ columns: [String]
  ) {
    scan(table, .check(constraint: constraint.name))
    guard !isKnownEmpty(table) else { return }
    noteCalls(of: expression)
    if holdsOnlyNull(columns, in: table), !mentionsNull(expression) { return }
    if isMetByDefaults(expression, in: table) { return }
    mayFail(
      "23514", .checkViolated(table: table.name, constraint: constraint.name),
      when: settled(
        .violates(table.reference, expression: expression), on: table, columns))
  }

  /// Whether NULL may make the condition false; comparisons with NULL are NULL, which passes.
  func mentionsNull(_ expression: SQLExpression) -> Bool {
    expression.text.uppercased().contains("NULL") || !expression.functions.isEmpty
      || expression.containsSubquery || expression.text.uppercased().contains("COALESCE")
      || expression.text.uppercased().contains(" IS ")
  }

  /// Whether every condition names a new column and allows the default that its rows got.
  private func isMetByDefaults(_ expression: SQLExpression, in table: Table) -> Bool {
    !expression.conjuncts.isEmpty
      && expression.conjuncts.allSatisfy { conjunct in
        switch conjunct {
        case .equals(let reference, let values):
          guard let name = reference.column, let column = table.column(name),
            isNew(column.origin), contents(column)?.isChanged == false,
            let constant = column.default.expression?.constant
          else { return false }
          return values.contains(constant)
        case .isNotNull(let reference):
          return reference.column.flatMap { table.column($0) }.flatMap { contents($0) }?.hasNoNull
            ?? false
        case .isNull, .other: return false
        }
      }
  }

  /// Whether one of the columns has nothing but NULL, from this step's own statements.
  func holdsOnlyNull(_ columns: [String], in table: Table) -> Bool {
    !columns.isEmpty
      && columns.allSatisfy { name in
        table.column(name).flatMap { contents($0)?.isOnlyNull } ?? false
      }
  }

  /// The condition as a live database can be asked it before the step: nothing where the columns are new or
  /// the step changed the rows.
  func settled(
    _ condition: DataCondition, on table: Table, _ columns: [String]
  ) -> DataCondition {
    let isNewColumn = columns.contains { name in
      table.column(name).map { isNew($0.origin) } ?? false
    }
    let isChanged = columns.contains { name in
      table.column(name).flatMap { contents($0) }?.isChanged ?? false
    }
    return isNewColumn || isChanged || areRowsChanged(table)
      ? .unknown(table.reference) : condition
  }

  private mutating func addToDescendants(
    of table: Table, _ constraint: Constraint, unless noInherit: Bool
  ) throws(Refused) {
    guard !noInherit else { return }
    for child in descendants(of: table.name) {
      guard var childTable = catalog.table(child) else { continue }
      if let place = childTable.constraints.firstIndex(where: { $0.name == constraint.name }) {
        merge(constraint, into: &childTable, place)
        continue
      }
      lock(childTable, .accessExclusive)
      if constraint.isValidated { scan(childTable, .check(constraint: constraint.name)) }
      var copy = constraint
      copy.isInherited = true
      childTable.constraints.append(copy)
      countConstraint(copy.name, of: child, by: 1)
      store(childTable)
    }
  }

  /// A child's constraint of the same name becomes one with that of its parent: a partition's is inherited from
  /// then on, and goes with it (`MergeWithExistingConstraint` in heap.c).
  private mutating func merge(_ constraint: Constraint, into child: inout Table, _ place: Int) {
    let own = child.constraints[place]
    if own.kind != constraint.kind {
      mayFail(
        "42710",
        .alreadyExists(.tableConstraint, QualifiedName(constraint.name), of: child.name))
    }
    if own.isReleased {
      doubt(
        .schema,
        .notCompared(.tableConstraint, QualifiedName(schema: child.name.schema, own.name)))
    }
    guard child.partitionOf != nil else { return }
    child.constraints[place].isInherited = true
    store(child)
  }

  // MARK: UNIQUE and PRIMARY KEY

  private mutating func addKey(
    _ written: TableConstraint, _ key: KeyConstraint, isPrimary: Bool, to table: inout Table,
    _ isCreating: Bool, only: Bool
  ) throws(Refused) {
    if isPrimary, let present = table.primaryKey, !isCreating || present.origin != nil {
      try fail("42P16", .secondPrimaryKey(table: table.name), ifCertain: isSettled(table.id))
    }
    if let index = key.usingIndex {
      return try addKey(written, usingIndex: index, isPrimary: isPrimary, to: &table)
    }
    for name in key.columns + key.including where !isSystemColumn(name) {
      _ = try column(name, in: &table)
    }
    try requireTablespace(key.tablespace)
    for name in key.columns {
      try requireClass(nil, for: table.column(name)?.type, "btree", of: table)
    }
    try requirePartitionKey(in: key.columns, of: table)
    if isCreating, !isPrimary, written.name == nil, isRedundant(key, in: table) { return }
    let name = try keyName(written, key, isPrimary: isPrimary, table: table)
    if !isCreating { try requireNoConflict(named: name, in: table) }
    if isPrimary {
      for column in key.columns { try forceNotNull(column, in: &table, isCreating, only: only) }
    }
    let stored = Constraint.Key(
      columns: key.columns, including: key.including, nullsNotDistinct: key.nullsNotDistinct)
    let constraint = make(name, isPrimary ? .primaryKey(stored) : .unique(stored), written)
    let index = Index(
      id: newID(), name: name, isUnique: true, method: "btree",
      elements: key.columns.map { IndexElement(column: $0) },
      columnNames: toldApart(key.columns + key.including), including: key.including,
      predicate: nil, nullsNotDistinct: key.nullsNotDistinct, options: key.options,
      tablespace: key.tablespace,
      constraint: name, parent: nil, origin: context.origin, isKnown: true)
    if !isCreating {
      lock(table, .accessExclusive)
      scan(table, .index(name: name))
      uniqueMayFail(table, index)
    }
    insert(index, into: &table)
    append(constraint, to: &table, isCreating: isCreating)
    if !isCreating, !only { try addToPartitions(of: table, index, constraint) }
  }

  /// A unique key of a partitioned table has every column of the partition key (manual 5.11.2.3).
  mutating func requirePartitionKey(in columns: [String], of table: Table) throws(Refused) {
    for element in table.partitionKey?.elements ?? [] {
      if case .column(let name) = element.key, columns.contains(name) { continue }
      try fail(
        "0A000", .notSupported("a unique key of \(table.name.name) without its partition key"),
        ifCertain: isSettled(table.id))
    }
  }

  /// An equal key that was written before takes the place of this one (`transformIndexConstraints`).
  private func isRedundant(_ key: KeyConstraint, in table: Table) -> Bool {
    table.constraints.contains {
      $0.key?.columns == key.columns && $0.key?.including == key.including
        && $0.key?.nullsNotDistinct == key.nullsNotDistinct
    }
  }

  private func keyName(
    _ written: TableConstraint, _ key: KeyConstraint, isPrimary: Bool, table: Table
  ) throws(Refused) -> String {
    if let given = written.name { return truncatedIdentifier(given) }
    return chooseRelationName(
      table.name.name, isPrimary ? nil : nameAddition(toldApart(key.columns + key.including)),
      isPrimary ? "pkey" : "key", schema: table.name.schema, isConstraint: true)
  }

  private mutating func requireNoConflict(named name: String, in table: Table) throws(Refused) {
    _ = try claimRelation(QualifiedName(schema: table.name.schema, name), .index)
    try claimConstraint(name, in: table)
  }

  /// A primary key makes its columns NOT NULL.
  private mutating func forceNotNull(
    _ name: String, in table: inout Table, _ isCreating: Bool, only: Bool
  ) throws(Refused) {
    let place = try column(name, in: &table)
    guard table.columns[place].isNullable != false else { return }
    table.columns[place].isNullable = false
    if !isCreating, !only { changeDescendants(of: table, name) { $0.isNullable = false } }
    guard !isCreating, !isKnownEmpty(table) else { return }
    scan(table, .notNull(column: name))
    nullsMayFail(table, table.columns[place])
    breaks(.nullRefused(referent(table, table.columns[place])))
  }

  /// SET NOT NULL and PRIMARY KEY fail where a row has NULL.
  mutating func nullsMayFail(_ table: Table, _ column: Column) {
    let known = contents(column)
    if isKnownEmpty(table) || known?.hasNoNull == true { return }
    var condition = DataCondition.hasNulls(table.reference, [referent(table, column)])
    if areRowsChanged(table) || known?.isChanged == true {
      condition = .unknown(table.reference)
    } else if isNew(column.origin) {
      condition =
        known?.isOnlyNull == true ? .hasRows(table.reference) : .unknown(table.reference)
    }
    mayFail("23502", .nullsExist(table: table.name, column: column.name), when: condition)
  }

  mutating func uniqueMayFail(_ table: Table, _ index: Index) {
    guard !isKnownEmpty(table) else { return }
    var names: [String]? = []
    for element in index.elements {
      if case .column(let name) = element.key { names?.append(name) } else { names = nil }
    }
    if let names, !index.nullsNotDistinct,
      names.contains(where: { holdsOnlyNull([$0], in: table) })
    {
      return
    }
    if let names, !areRowsChanged(table),
      names.contains(where: { table.column($0).flatMap { contents($0) }?.isDistinct == true })
    {
      return
    }
    let key = DataCondition.DuplicateKey(
      columns: names.map { referents(table, $0) }, elements: index.elements,
      predicate: index.predicate, nullsNotDistinct: index.nullsNotDistinct)
    mayFail(
      "23505", .duplicatesExist(table: table.name, key: names ?? index.columns),
      when: settled(.hasDuplicates(table.reference, key: key), on: table, index.columns))
  }

  private mutating func addKey(
    _ written: TableConstraint, usingIndex indexName: String, isPrimary: Bool,
    to table: inout Table
  ) throws(Refused) {
    guard let place = table.indexes.firstIndex(where: { $0.name == indexName }) else {
      try fail(
        "42704", .missing(.index, QualifiedName(indexName), of: table.name),
        ifCertain: knowsAll(of: table))
      outcome.assumptions.append(.index(table: table.name, name: indexName))
      return
    }
    lock(table, .accessExclusive)
    let index = table.indexes[place]
    if index.constraint != nil {
      try fail(
        "55000", .invalidDefinition("index \(indexName), which belongs to a constraint"),
        ifCertain: isSettled(table.id))
    }
    if !index.isUnique || index.predicate != nil {
      try fail("42809", .wrongKind(QualifiedName(indexName), expected: .index))
    }
    let name = written.name.map(truncatedIdentifier) ?? indexName
    if name != indexName { try requireNoConflict(named: name, in: table) }
    let columns = index.elements.flatMap(\.columns)
    if isPrimary {
      for column in columns { try forceNotNull(column, in: &table, false, only: false) }
    }
    if name != indexName {
      set(nil, for: QualifiedName(schema: table.name.schema, indexName))
      set(.index(on: table.name), for: QualifiedName(schema: table.name.schema, name))
      table.indexes[place].name = name
      table.renameIndex(indexName, to: name)
    }
    table.indexes[place].constraint = name
    let key = Constraint.Key(
      columns: columns, including: index.including, nullsNotDistinct: index.nullsNotDistinct)
    append(
      make(name, isPrimary ? .primaryKey(key) : .unique(key), written), to: &table,
      isCreating: false, usingIndex: indexName)
  }

  // MARK: EXCLUDE

  private mutating func addExclusion(
    _ written: TableConstraint, _ exclusion: Exclusion, to table: inout Table, _ isCreating: Bool
  ) throws(Refused) {
    for name in exclusion.elements.flatMap(\.columns) { _ = try column(name, in: &table) }
    try requireIndexMethod(exclusion.method)
    try requireTablespace(exclusion.tablespace)
    try requireOperators(of: exclusion, in: table)
    try requireClasses(of: exclusion.elements, method: exclusion.method, in: table)
    try requireNames(of: exclusion.elements.map(\.expression) + [exclusion.predicate])
    let columnNames = indexColumnNames(exclusion.elements, including: exclusion.including)
    var exclusion = exclusion
    exclusion.elements = exclusion.elements.map { $0.stored(in: table.name) }
    let name =
      written.name.map(truncatedIdentifier)
      ?? chooseRelationName(
        table.name.name, nameAddition(columnNames), "excl",
        schema: table.name.schema, isConstraint: true)
    if !isCreating { try requireNoConflict(named: name, in: table) }
    let index = Index(
      id: newID(), name: name, isUnique: false, method: exclusion.method,
      elements: exclusion.elements,
      columnNames: columnNames, including: exclusion.including,
      predicate: exclusion.predicate, nullsNotDistinct: false, options: exclusion.options,
      tablespace: exclusion.tablespace,
      constraint: name, parent: nil, origin: context.origin, isKnown: true)
    if !isCreating {
      lock(table, .accessExclusive)
      scan(table, .index(name: name))
      if !isKnownEmpty(table) {
        mayFail(
          "23P01", .exclusionViolated(table: table.name, constraint: name),
          when: settled(
            .exclusionConflict(table.reference, exclusion), on: table, index.columns))
      }
    }
    insert(index, into: &table)
    append(make(name, .exclusion(exclusion), written), to: &table, isCreating: isCreating)
  }

  func isSystemColumn(_ name: String) -> Bool { systemColumns.contains(name) }
}

// Indexes: created, attached to constraints, built on each partition.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func insert(_ index: Index, into table: inout Table) {
    table.indexes.append(index)
    set(.index(on: table.name), for: QualifiedName(schema: table.name.schema, index.name))
  }

  mutating func createIndex(_ statement: CreateIndex) throws(Refused) {
    if statement.concurrently { try forbidTransaction("CREATE INDEX CONCURRENTLY") }
    let owner = catalog.resolveRelation(statement.table)
    if let view = catalog.view(owner) { return try createIndex(statement, on: view) }
    var table = try table(statement.table)
    if statement.concurrently, table.isPartitioned {
      try fail("0A000", .notSupported("CREATE INDEX CONCURRENTLY on a partitioned table"))
    }
    try requireForm(of: statement)
    let mode: LockMode = statement.concurrently ? .shareUpdateExclusive : .share
    lock(table, mode)
    try requireIdle(table)
    try limitParts(of: table)
    for name in indexColumns(statement) where !isSystemColumn(name) {
      // The table's own name is the whole row.
      if name == table.name.name, table.column(name) == nil { continue }
      _ = try column(name, in: &table)
    }
    if statement.isUnique {
      try requirePartitionKey(in: statement.elements.flatMap(\.columns), of: table)
    }
    try requireElements(of: statement, in: table)
    guard let index = try makeIndex(statement, on: table.name) else { return }
    scan(table, .index(name: index.name))
    if index.isUnique { uniqueMayFail(table, index) }
    for expression in index.elements.compactMap(\.expression) + [index.predicate].compactMap({ $0 })
    {
      rowsMayRaise(expression, of: table)
    }
    insert(index, into: &table)
    store(table)
    for element in index.elements {
      if case .expression(let expression) = element.key { noteUses(of: expression, by: table.name) }
    }
    if let predicate = index.predicate { noteUses(of: predicate, by: table.name) }
    effect(.indexCreated(table.reference, index, concurrently: statement.concurrently))
    if index.isUnique, !isNew(table.origin) { breaks(.uniqueIndexAdded(table.reference, index)) }
    if !statement.only { try addToPartitions(of: table, index, nil) }
  }

  /// Refuses expressions, conditions and operator classes that an index of the table cannot have.
  private mutating func requireElements(
    of statement: CreateIndex, in table: Table
  ) throws(Refused) {
    if let predicate = statement.predicate { try requireComparable(predicate, in: table) }
    for expression in statement.elements.compactMap(\.expression) {
      try requireComparable(expression, in: table)
      try requireTypes(of: expression, as: .value, in: table)
      try requireImmutable(expression, in: table, "an index")
    }
    if let predicate = statement.predicate {
      try requireTypes(of: predicate, as: .condition, in: table)
      try requireImmutable(predicate, in: table, "the condition of an index")
    }
    try requireClasses(of: statement.elements, method: statement.method, in: table)
    try requireNames(of: statement.elements.map(\.expression) + [statement.predicate])
  }

  private func indexColumns(_ statement: CreateIndex) -> [String] {
    var names = statement.elements.flatMap(\.columns) + statement.including
    if let predicate = statement.predicate { names += predicate.columns.compactMap(\.column) }
    return names
  }

  private mutating func createIndex(_ statement: CreateIndex, on view: View) throws(Refused) {
    var view = view
    if !view.isMaterialized {
      try fail("42809", .wrongKind(view.name, expected: .table), ifCertain: view.isKnown)
    }
    lock(named: view.name, statement.concurrently ? .shareUpdateExclusive : .share)
    try requireForm(of: statement)
    var columns = Table(
      id: view.id, name: view.name, origin: view.origin, isComplete: view.isKnown)
    columns.columns = view.columns
    for name in indexColumns(statement) where columns.column(name) == nil {
      if isSystemColumn(name) || name == view.name.name { continue }
      try fail(
        "42703", .missing(.column, QualifiedName(name), of: view.name),
        ifCertain: knowsAll(of: columns))
    }
    try requireElements(of: statement, in: columns)
    guard let index = try makeIndex(statement, on: view.name) else { return }
    if index.isUnique {
      mayFail(
        "23505", .duplicatesExist(table: view.name, key: index.columns),
        when: .unknown(reference(to: view.name)))
    }
    view.indexes.append(index)
    set(.index(on: view.name), for: QualifiedName(schema: view.name.schema, index.name))
    store(view)
    effect(
      .indexCreated(
        reference(to: view.name), index, concurrently: statement.concurrently))
  }

  /// Nil where IF NOT EXISTS finds the name taken.
  private mutating func makeIndex(
    _ statement: CreateIndex, on table: QualifiedName
  ) throws(Refused) -> Index? {
    let columnNames = indexColumnNames(statement.elements, including: statement.including)
    let name: String
    if let given = statement.name {
      name = truncatedIdentifier(given)
      let free = try claimRelation(
        QualifiedName(schema: table.schema, name), .index, ifNotExists: statement.ifNotExists)
      if !free { return nil }
      if statement.ifNotExists, !isNew(reference(to: table).origin) {
        doubtAbsence(of: .index, QualifiedName(schema: table.schema, name))
      }
    } else {
      name = chooseIndexName(table, columnNames)
    }
    return Index(
      id: newID(), name: name, isUnique: statement.isUnique, method: statement.method,
      elements: statement.elements.map { $0.stored(in: table) }, columnNames: columnNames,
      including: statement.including,
      predicate: statement.predicate?.unqualified(in: table),
      nullsNotDistinct: statement.nullsNotDistinct,
      options: statement.options, tablespace: statement.tablespace, constraint: nil, parent: nil,
      origin: context.origin, isKnown: true)
  }

  /// An expression that is computed for each row may raise an error on one of them.
  mutating func rowsMayRaise(_ expression: SQLExpression, of table: Table) {
    guard !isKnownEmpty(table) else { return }
    let readsViews = expression.relations.contains {
      catalog.table(catalog.resolveRelation($0.name)) == nil
    }
    guard expression.mayRaise || readsViews else { return }
    mayFail(
      "22000", .invalidDefinition("\(expression.text) raises an error on a row"),
      when: .unknown(table.reference))
  }

  /// A query that is run may raise an error on one of the rows that it reads, or without any.
  mutating func rowsMayRaise(_ query: Query, in relations: [QualifiedName]) {
    if query.mayRaise || relations.contains(where: { catalog.view($0)?.raisesWhenRead == true }) {
      rowsMayRaise(in: relations)
    }
  }

  mutating func rowsMayRaise(in relations: [QualifiedName]) {
    let reason = FailureReason.invalidDefinition("the query raises an error on a row")
    let tables = relations.map { catalog.table($0) }
    if let table = tables.compactMap(\.self).first(where: { !isKnownEmpty($0) }) {
      mayFail("22000", reason, when: .unknown(table.reference))
    } else if tables.isEmpty || tables.contains(where: { $0 == nil }) {
      mayFail("22000", reason)
    }
  }

  /// Refuses an index that does not tell rows apart (manual, ALTER TABLE, REPLICA IDENTITY).
  mutating func requireIdentity(_ name: String, of table: Table) throws(Refused) {
    guard knowsAll(of: table) else { return }
    guard let index = table.index(name) else {
      return try fail("42704", .missing(.index, QualifiedName(name), of: table.name))
    }
    let constraint = index.constraint.flatMap(table.constraint)
    let isWhole =
      index.predicate == nil && index.elements.allSatisfy { $0.expression == nil }
      && constraint?.isDeferrable != true
    if index.isUnique, !isWhole {
      try fail("0A000", .invalidDefinition("index \(name) as replica identity"))
    }
    let isNullable = index.elements.flatMap(\.columns).contains { column in
      table.column(column)?.isNullable == true
    }
    if !index.isUnique || isNullable {
      try fail("42809", .invalidDefinition("index \(name) as replica identity"))
    }
  }

  mutating func forbidTransaction(_ command: String) throws(Refused) {
    if context.isInTransaction { try fail("25001", .notInTransaction(command: command)) }
  }

  /// The partitions and inheriting tables, parents first.
  func descendants(of name: QualifiedName) -> [QualifiedName] {
    var found: [QualifiedName] = []
    var seen: Set<QualifiedName> = []
    var pending = [name]
    while let next = pending.popLast() {
      for user in users(of: next) {
        guard let child = catalog.table(user),
          child.partitionOf?.parent == next || child.inherits.contains(next),
          seen.insert(user).inserted
        else { continue }
        found.append(user)
        pending.append(user)
      }
    }
    return found
  }

  /// The direct partitions of a table.
  func partitions(of name: QualifiedName) -> [Table] {
    users(of: name).compactMap { catalog.table($0) }.filter { $0.partitionOf?.parent == name }
  }

  /// An index on a partitioned table is also one on each partition (manual 5.11.2.1).
  mutating func addToPartitions(
    of table: Table, _ index: Index, _ constraint: Constraint?
  ) throws(Refused) {
    guard table.isPartitioned else { return }
    for partition in partitions(of: table.name) {
      var partition = partition
      lock(partition, constraint == nil ? .share : .accessExclusive)
      if !attachIndex(index, of: table, in: &partition) {
        scan(partition, .index(name: index.name))
        try addPartitionIndex(index, constraint, of: table, to: &partition)
      }
      store(partition)
    }
  }

  mutating func addPartitionIndex(
    _ index: Index, _ constraint: Constraint?, of parent: Table, to partition: inout Table
  ) throws(Refused) {
    var copy = index
    copy.id = newID()
    copy.parent = QualifiedName(schema: parent.name.schema, index.name)
    copy.origin = context.origin
    if let constraint {
      let columns = constraint.isPrimaryKey ? nil : nameAddition(index.columnNames)
      copy.name = chooseRelationName(
        partition.name.name, columns, constraint.isPrimaryKey ? "pkey" : "key",
        schema: partition.name.schema, isConstraint: true)
      copy.constraint = copy.name
      var own = constraint
      own.name = copy.name
      own.isInherited = true
      own.origin = context.origin
      partition.constraints.append(own)
      countConstraint(own.name, of: partition.name, by: 1)
      if constraint.isPrimaryKey {
        for name in constraint.columns {
          if let place = partition.columns.firstIndex(where: { $0.name == name }) {
            partition.columns[place].isNullable = false
          }
        }
      }
    } else {
      copy.name = chooseIndexName(partition.name, index.columnNames)
    }
    insert(copy, into: &partition)
    if partition.isPartitioned, depth < Self.maximumDepth {
      depth += 1
      defer { depth -= 1 }
      store(partition)
      for child in partitions(of: partition.name) {
        var child = child
        if !attachIndex(copy, of: partition, in: &child) {
          try addPartitionIndex(copy, constraint, of: partition, to: &child)
        }
        store(child)
      }
    }
  }
}

extension IndexElement {
  /// Without the name that the index was given for it; `((a))` is the column `a`.
  func stored(in table: QualifiedName) -> IndexElement {
    var element = self
    element.impliedName = nil
    guard let expression = expression?.unqualified(in: table) else { return element }
    element.key = .expression(expression)
    guard expression.columns.count == 1, let name = expression.columns[0].column,
      expression.text == quoteIdentifier(name)
    else { return element }
    element.key = .column(name)
    return element
  }

  var expression: SQLExpression? {
    if case .expression(let expression) = key { expression } else { nil }
  }
}

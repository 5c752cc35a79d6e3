// CREATE TABLE in all its forms.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func createTable(_ statement: CreateTable) throws(Refused) {
    if statement.persistence == .temporary, let schema = statement.name.schema, schema != "pg_temp"
    {
      try fail("42P16", .invalidDefinition("a temporary table in schema \(schema)"))
    }
    let name = newRelationName(statement.name, statement.persistence)
    guard try claimRelation(name, .table, ifNotExists: statement.ifNotExists) else { return }
    var table = Table(id: newID(), name: name, origin: context.origin, isComplete: true)
    table.persistence = statement.persistence
    table.settings.tablespace = statement.tablespace
    table.settings.isDroppedOnCommit = statement.onCommit == .drop
    for option in statement.options { table.settings.options[option.name] = option.value ?? "" }
    if let key = statement.partitionBy { table.kind = .partitioned(key) }
    if let server = statement.server { table.kind = .foreign(server: server) }
    lock(table, .accessExclusive)
    if statement.server == nil {
      try requireParameters(
        statement.options, of: statement.partitionBy == nil ? .table : .partitionedTable)
    }
    try requireTableMethod(statement.accessMethod)
    try requireTablespace(statement.tablespace)
    if statement.onCommit != nil, statement.persistence != .temporary {
      try fail("42P16", .invalidDefinition("ON COMMIT of a table that is not temporary"))
    }

    var pending: [TableConstraint] = []
    var copiedIndexes: [(Table, Set<TableLike.Part>)] = []
    try addElements(statement.elements, to: &table, &pending, &copiedIndexes)
    for parent in statement.inherits { try inherit(from: parent, into: &table) }
    if let place = statement.partitionOf { try becomePartition(place, &table, &pending) }
    if let type = statement.ofType { try takeColumns(ofType: type, into: &table) }
    for column in table.columns where column.isGenerated {
      try requireGenerated(column, in: table)
    }
    if let key = statement.partitionBy { try requirePartitionKey(key, of: table) }
    store(table)
    try addConstraints(pending, to: &table)
    for (source, parts) in copiedIndexes { copyIndexes(of: source, parts, into: &table) }
    store(table)
    effect(.tableCreated(table))
  }

  private func newRelationName(
    _ written: QualifiedName, _ persistence: Persistence
  ) -> QualifiedName {
    if persistence == .temporary { return QualifiedName(schema: "pg_temp", written.name) }
    var name = catalog.resolveNew(written)
    if written.name.utf8.count > 63 { name.name = truncatedIdentifier(written.name) }
    return name
  }

  private mutating func addElements(
    _ elements: [CreateTable.Element], to table: inout Table, _ pending: inout [TableConstraint],
    _ copiedIndexes: inout [(Table, Set<TableLike.Part>)]
  ) throws(Refused) {
    if table.persistence == .temporary { catalog.hasTemporaryObjects = true }
    for element in elements {
      switch element {
      case .column(let definition):
        try limitColumns(of: table)
        let column = try makeColumn(definition, in: table)
        table.columns.append(column)
        pending += definition.constraints
      case .constraint(let constraint): pending.append(constraint)
      case .like(let like):
        if let columns = columns(ofViewOrType: like.table) {
          for column in columns {
            var copy = Column(
              id: newID(), name: column.name, type: column.type, isNullable: true,
              collation: column.collation, origin: context.origin)
            copy.settings = like.including.contains(.storage) ? column.settings : [:]
            table.columns.append(copy)
          }
          continue
        }
        let source = try self.table(like.table)
        lock(source, .accessShare)
        try copyColumns(of: source, like.including, into: &table)
        if !source.isComplete { table.isComplete = false }
        if like.including.contains(.constraints) { copyChecks(of: source, into: &table) }
        if like.including.contains(.indexes) { copiedIndexes.append((source, like.including)) }
      }
    }
  }

  /// What LIKE takes of a view or composite type.
  private func columns(ofViewOrType written: QualifiedName) -> [Column]? {
    let name = catalog.resolveRelation(written)
    if let view = catalog.view(name) { return view.isKnown ? view.columns : nil }
    guard catalog.relations[name] == nil,
      case .composite(let attributes)? = catalog.type(catalog.resolveType(written))?.kind
    else { return nil }
    return attributes
  }

  /// In PostgreSQL's order: checks, then the primary key and the other indexes, then foreign keys.
  private mutating func addConstraints(
    _ pending: [TableConstraint], to table: inout Table
  ) throws(Refused) {
    for phase in 0..<4 {
      for constraint in pending where Self.phase(of: constraint) == phase {
        try addConstraint(constraint, to: &table, isCreating: true)
        if phase == 3 { store(table) }
      }
    }
  }

  private static func phase(of constraint: TableConstraint) -> Int {
    switch constraint.kind {
    case .check: 0
    case .primaryKey: 1
    case .unique, .exclusion: 2
    case .foreignKey: 3
    }
  }

  private mutating func inherit(
    from parentName: QualifiedName, into table: inout Table
  ) throws(Refused) {
    let parent = try self.table(parentName)
    try requireParent(parent, of: table)
    lock(parent, .shareUpdateExclusive)
    // Inherited columns come first.
    let own = table.columns
    table.columns = []
    inheritColumns(of: parent, into: &table)
    for column in own {
      if let place = table.columns.firstIndex(where: { $0.name == column.name }) {
        table.columns[place].isLocal = true
        if column.isNullable == false { table.columns[place].isNullable = false }
        if column.default != .none { table.columns[place].default = column.default }
      } else {
        table.columns.append(column)
      }
    }
    if !parent.isComplete { table.isComplete = false }
    copyInheritedChecks(of: parent, into: &table)
    table.inherits.append(parent.name)
    note(table.name, uses: parent.name)
  }

  /// Refuses parents that a new table cannot have (`MergeAttributes` in tablecmds.c).
  private mutating func requireParent(_ parent: Table, of table: Table) throws(Refused) {
    let isKnown = isSettled(parent.id)
    if parent.isPartitioned || parent.partitionOf != nil {
      try fail(
        "42809", .notSupported("inheritance from the partitioned \(parent.name.name)"),
        ifCertain: isKnown)
    }
    if table.inherits.contains(parent.name) {
      try fail("42P07", .alreadyExists(.table, parent.name, of: table.name))
    }
    for column in parent.columns {
      guard let own = table.column(column.name)?.type, let type = column.type, own != type else {
        continue
      }
      try fail(
        "42804", .invalidDefinition("column \(column.name) has another type in the parent"),
        ifCertain: isKnown)
    }
  }

  private mutating func copyChecks(of source: Table, into table: inout Table) {
    for constraint in source.constraints {
      guard case .check = constraint.kind else { continue }
      var copy = constraint
      copy.origin = context.origin
      copy.isInherited = false
      copy.isValidated = true
      table.constraints.append(copy)
      countConstraint(copy.name, of: table.name, by: 1)
    }
  }

  mutating func copyInheritedChecks(of parent: Table, into table: inout Table) {
    for constraint in parent.constraints {
      guard case .check(_, noInherit: false) = constraint.kind,
        table.constraint(constraint.name) == nil
      else { continue }
      var copy = constraint
      copy.origin = context.origin
      copy.isInherited = true
      // The new table has no rows that might be otherwise.
      copy.isValidated = true
      table.constraints.append(copy)
      countConstraint(copy.name, of: table.name, by: 1)
    }
  }

  private mutating func becomePartition(
    _ place: CreateTable.PartitionOf, _ table: inout Table, _ pending: inout [TableConstraint]
  ) throws(Refused) {
    let parent = try self.table(place.parent)
    if !parent.isPartitioned {
      try fail("42809", .wrongKind(parent.name, expected: .table), ifCertain: parent.isComplete)
    }
    try requireBound(place.bound, of: table.name, in: parent)
    lock(parent, .accessExclusive)
    lockDefaultPartition(of: parent.name, scanning: true, for: place.bound)
    let own = table.columns
    table.columns = []
    inheritColumns(of: parent, into: &table)
    for column in own {
      guard let index = table.columns.firstIndex(where: { $0.name == column.name }) else {
        continue
      }
      if column.isNullable == false { table.columns[index].isNullable = false }
      if column.default != .none { table.columns[index].default = column.default }
    }
    if !parent.isComplete { table.isComplete = false }
    table.partitionOf = .init(parent: parent.name, bound: place.bound)
    note(table.name, uses: parent.name)
    store(table)
    copyInheritedChecks(of: parent, into: &table)
    try takeOverIndexes(of: parent, into: &table)
    takeOverForeignKeys(of: parent, into: &table)
  }

  /// The partition gets what the partitioned table has.
  mutating func takeOverIndexes(of parent: Table, into table: inout Table) throws(Refused) {
    for index in parent.indexes {
      let constraint = index.constraint.flatMap { parent.constraint($0) }
      try addPartitionIndex(index, constraint, of: parent, to: &table)
    }
  }

  mutating func takeOverForeignKeys(of parent: Table, into table: inout Table) {
    for constraint in parent.constraints where constraint.reference != nil {
      takeOver(constraint, into: &table)
    }
  }

  /// - Parameter bound: of a partition that is added: what belongs into it must not be in the default one.
  mutating func lockDefaultPartition(
    of parent: QualifiedName, scanning: Bool, for bound: PartitionBound? = nil
  ) {
    guard let table = catalog.table(parent), case let id = table.id,
      let name = catalog.defaultPartitions[id],
      let partition = catalog.table(name), partition.partitionOf?.parent == parent,
      partition.partitionOf?.bound?.isDefault == true
    else { return }
    lock(partition, .accessExclusive)
    guard scanning else { return }
    scan(partition, .partitionBound)
    guard !isKnownEmpty(partition) else { return }
    mayFail(
      "23514", .defaultPartitionHolds(table: partition.name),
      when: settled(
        .insideBound(partition.reference, bound, table.partitionKey), on: partition,
        table.partitionKey?.elements.flatMap(\.columns) ?? []))
  }

  private mutating func takeColumns(
    ofType written: QualifiedName, into table: inout Table
  ) throws(Refused) {
    let name = catalog.resolveType(written)
    table.settings.ofType = name
    note(table.name, uses: name)
    guard let type = catalog.type(name), case .composite(let attributes) = type.kind else {
      table.isComplete = false
      try fail(
        "42704", .missing(.type, name, of: nil),
        ifCertain: catalog.isComplete && catalog.type(name) == nil)
      return
    }
    let own = table.columns
    table.columns = []
    for attribute in attributes {
      var column = own.first { $0.name == attribute.name } ?? attribute
      column.type = attribute.type
      column.id = newID()
      column.origin = context.origin
      table.columns.append(column)
    }
  }

  private mutating func copyIndexes(
    of source: Table, _ parts: Set<TableLike.Part>, into table: inout Table
  ) {
    for index in source.indexes {
      var copy = index
      copy.id = newID()
      copy.origin = context.origin
      copy.parent = nil
      if !parts.contains(.comments) { copy.comment = nil }
      if let name = index.constraint, let constraint = source.constraint(name) {
        copy.name = copiedConstraintName(constraint, index, table)
        copy.constraint = copy.name
        var own = constraint
        own.name = copy.name
        own.origin = context.origin
        own.isInherited = false
        table.constraints.append(own)
        countConstraint(own.name, of: table.name, by: 1)
      } else {
        copy.name = chooseIndexName(table.name, index.columnNames)
      }
      insert(copy, into: &table)
    }
  }

  private func copiedConstraintName(
    _ constraint: Constraint, _ index: Index, _ table: Table
  ) -> String {
    let label: String
    switch constraint.kind {
    case .primaryKey: label = "pkey"
    case .exclusion: label = "excl"
    default: label = "key"
    }
    return chooseRelationName(
      table.name.name, constraint.isPrimaryKey ? nil : nameAddition(index.columnNames), label,
      schema: table.name.schema, isConstraint: true)
  }

  mutating func createTableAs(_ statement: CreateTableAs) throws(Refused) {
    let name = newRelationName(statement.name, statement.persistence)
    guard try claimRelation(name, .table, ifNotExists: statement.ifNotExists) else { return }
    if statement.persistence == .temporary { catalog.hasTemporaryObjects = true }
    catalog.copies += 1
    var table = Table(id: newID(), name: name, origin: context.origin, isComplete: true)
    table.persistence = statement.persistence
    table.settings.isDroppedOnCommit = statement.onCommit == .drop
    table.settings.tablespace = statement.tablespace
    for option in statement.options { table.settings.options[option.name] = option.value ?? "" }
    try requireTablespace(statement.tablespace)
    let reads = try read(statement.query)
    try requireTypes(of: statement.query)
    if statement.withData {
      scan(reads)
      rowsMayRaise(statement.query, in: reads)
    }
    try requireParameters(statement.options, of: .table)
    if let columns = outputColumns(of: statement.query, named: statement.columnNames, reads) {
      try requireOutput(columns, named: statement.columnNames, of: statement.query, name)
      table.columns = columns.map { column in
        var column = column
        column.default = .none
        column.identity = nil
        column.isNullable = true
        return column
      }
    } else {
      table.isComplete = false
    }
    if statement.withData {
      table.rows = .init(origin: context.origin, areAdded: true, areChanged: true)
    }
    for column in table.columns { noteUses(of: column, by: name) }
    lock(table, .accessExclusive)
    store(table)
    effect(.tableCreated(table))
    if statement.withData {
      effect(
        .rowsInserted(
          RowsInserted(
            table: table.reference, columns: table.columns.map(\.name), rows: nil, reads: reads,
            onConflict: nil)))
    }
  }
}

// LOCK TABLE, VACUUM, REINDEX and CLUSTER: rows and definitions stay, locks are taken.

import PostgresSyntax

extension Replay {
  mutating func lockTables(_ statement: LockTables) throws(Refused) {
    if !context.isInTransaction { try fail("25P01", .needsTransaction(command: "LOCK TABLE")) }
    for name in statement.tables {
      if let view = catalog.view(catalog.resolveRelation(name)) {
        if view.isMaterialized {
          try fail("42809", .wrongKind(view.name, expected: .table), ifCertain: isSettled(view.id))
        }
        lock(named: catalog.resolveRelation(name), statement.mode)
      } else {
        lock(try table(name), statement.mode)
      }
    }
    effect(.maintenance(.lock))
  }

  mutating func vacuum(_ statement: Vacuum) throws(Refused) {
    if statement.isVacuum { try forbidTransaction("VACUUM") }
    let isFull = statement.options.contains { $0.name == "full" && $0.value != "false" }
    for name in statement.tables {
      guard catalog.view(catalog.resolveRelation(name)) == nil else { continue }
      var table = try table(name)
      if statement.tables.count == 1 {
        for column in statement.columns { _ = try self.column(column, in: &table) }
      }
      lock(table, isFull ? .accessExclusive : .shareUpdateExclusive)
      if isFull { rewrite(table, .vacuumFull) }
    }
    effect(.maintenance(statement.isVacuum ? .vacuum(full: isFull) : .analyze))
  }

  mutating func reindex(_ statement: Reindex) throws(Refused) {
    if statement.concurrently { try forbidTransaction("REINDEX CONCURRENTLY") }
    if statement.kind == .database || statement.kind == .schema || statement.kind == .other {
      try forbidTransaction("REINDEX \(statement.kind.rawValue.uppercased())")
    }
    if let name = statement.name, statement.kind == .table || statement.kind == .index {
      try reindex(catalog.resolveRelation(name), written: name, statement)
    }
    effect(.maintenance(.reindex(concurrently: statement.concurrently)))
  }

  /// - Parameter written: the name as it stands in the statement.
  private mutating func reindex(
    _ relation: QualifiedName, written name: QualifiedName, _ statement: Reindex
  ) throws(Refused) {
    let mode: LockMode = statement.concurrently ? .shareUpdateExclusive : .share
    let indexMode: LockMode = statement.concurrently ? .shareUpdateExclusive : .accessExclusive
    if case .index(on: let owner) = catalog.relations[relation] {
      if statement.kind == .table { try fail("42809", .wrongKind(relation, expected: .table)) }
      lock(named: owner, mode)
      if let table = catalog.table(owner) { try refuseParts(of: table, "REINDEX INDEX", since: 14) }
      if let index = catalog.index(relation)?.index {
        reindex([index], of: reference(to: owner), indexMode)
      }
    } else if let view = catalog.view(relation), view.isMaterialized, statement.kind == .table {
      lock(named: relation, mode)
      reindex(view.indexes, of: reference(to: relation), indexMode)
    } else if statement.kind == .table {
      let table = try table(name)
      try refuseParts(of: table, "REINDEX TABLE", since: 14)
      lock(table, mode)
      reindex(table.indexes, of: table.reference, indexMode)
    } else {
      try fail("42P01", .missing(.index, relation, of: nil), ifCertain: catalog.isComplete)
    }
  }

  /// The table is read for each of its indexes.
  private mutating func reindex(
    _ indexes: [Index], of owner: TableReference, _ mode: LockMode
  ) {
    let hasRows = catalog.table(owner.name)?.isPartitioned != true
    for index in indexes {
      lock(index, QualifiedName(schema: owner.name.schema, index.name), mode)
      rebuild(index.name, of: owner)
      if hasRows { scan(owner, .index(name: index.name)) }
    }
  }

  /// What commits after each partition runs outside of transactions; versions before do not run it, or refuse it.
  private mutating func refuseParts(
    of table: Table, _ command: String, since version: Int
  ) throws(Refused) {
    guard table.isPartitioned else { return }
    if context.serverVersion >= version {
      try forbidTransaction("\(command) of a partitioned table")
    } else if command != "REINDEX TABLE" {
      try fail("0A000", .notSupported("\(command) of a partitioned table"))
    }
  }

  mutating func cluster(_ statement: Cluster) throws(Refused) {
    if let name = statement.table {
      var table = try table(name)
      try refuseParts(of: table, "CLUSTER", since: 15)
      try requireIdle(table)
      lock(table, .accessExclusive)
      rewrite(table, .cluster)
      let index = statement.index ?? table.settings.clusteredOn
      if index.flatMap(table.index) == nil {
        try fail(
          "42704", .missing(.index, QualifiedName(index ?? ""), of: table.name),
          ifCertain: knowsAll(of: table))
      }
      if let index = statement.index { table.settings.clusteredOn = index }
      store(table)
    } else {
      try forbidTransaction("CLUSTER")
    }
    effect(.maintenance(.cluster))
  }
}

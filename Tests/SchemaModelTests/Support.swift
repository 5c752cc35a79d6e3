// Short ways to replay SQL text in tests.

import PostgresSyntax
import SchemaModel
import Testing

/// A catalog that statements are replayed on, step by step.
struct History {
  var catalog: Catalog
  var origin = 1
  var transaction = 1
  var isInTransaction = true
  var timeZoneIsUTC = true
  var version = 15

  init(isComplete: Bool = true) {
    catalog = Catalog(isComplete: isComplete)
  }

  init(_ sql: String) {
    self.init()
    run(sql)
    next()
  }

  /// Another step, in another transaction.
  mutating func next() {
    origin += 1
    transaction += 1
  }

  @discardableResult
  mutating func run(_ sql: String, sourceLocation: SourceLocation = #_sourceLocation)
    -> StatementOutcome
  {
    var last = StatementOutcome()
    switch parseStatements(sql) {
    case .failure(let error):
      Issue.record("\(error.message): \(sql)", sourceLocation: sourceLocation)
    case .success(let statements):
      for statement in statements {
        last = catalog.apply(
          statement.statement,
          context: ApplyContext(
            origin: origin, isInTransaction: isInTransaction, transaction: transaction,
            serverVersion: version, timeZoneIsUTC: timeZoneIsUTC))
      }
    }
    return last
  }

  func table(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Table {
    try #require(
      catalog.table(QualifiedName(schema: "public", name)), sourceLocation: sourceLocation)
  }
}

extension StatementOutcome {
  /// The SQLSTATE of the failure that is certain.
  var certainState: String? { failures.first { $0.certainty == .certain }?.sqlState }

  /// The SQLSTATEs of the failures that depend on rows.
  var dependentStates: [String] {
    failures.compactMap { failure in
      if case .dependsOnData = failure.certainty { failure.sqlState } else { nil }
    }
  }

  /// `table:ModeLock` for each lock, sorted.
  var lockWords: [String] {
    locks.map { "\($0.relation.name.name):\($0.mode.catalogName.dropLast(4))" }.sorted()
  }

  var rewrittenTables: [String] { Set(rewrites.map(\.table.name.name)).sorted() }

  var scannedTables: [String] {
    Set(scans.map(\.table.name.name)).union(rewrittenTables).sorted()
  }
}

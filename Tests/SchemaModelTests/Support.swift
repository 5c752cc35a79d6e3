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
  /// As `isInTransaction` where it is nil.
  var isInBlock: Bool?
  var timeZoneIsUTC = true
  var version = 15
  var allowance: Allowance?

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
    runAll(sql, sourceLocation: sourceLocation).last ?? StatementOutcome()
  }

  /// The outcome of each statement.
  mutating func runAll(_ sql: String, sourceLocation: SourceLocation = #_sourceLocation)
    -> [StatementOutcome]
  {
    switch parseStatements(sql) {
    case .failure(let error):
      Issue.record("\(error.message): \(sql)", sourceLocation: sourceLocation)
      return []
    case .success(let statements):
      return statements.map { statement in
        // Outside of a block each statement is a transaction of its own.
        if !isInTransaction { transaction += 1 }
        return catalog.apply(
          statement.statement,
          context: ApplyContext(
            origin: origin, isInTransaction: isInTransaction, isInBlock: isInBlock,
            transaction: transaction,
            serverVersion: version, timeZoneIsUTC: timeZoneIsUTC, allowance: allowance))
      }
    }
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

extension StatementOutcome {
  /// Locks, rewrites and scans of the relations that are older than the step.
  var ofOlder: OfOlder {
    let locks = locks.filter { !$0.isNew }
    let rewritten = rewrites.filter { !$0.isNew }
    let read = rewritten.filter { $0.cause != .truncate }.map(\.table.name.name)
    let scans = Set(scans.filter { !$0.isNew }.map(\.table.name.name))
    return OfOlder(
      locks: strongestLocks(locks.map { lockWord($0.relation.name, $0.mode) }),
      indexLocks: strongestLocks(
        indexLocks.filter { !$0.isNew }.map { lockWord($0.name, $0.mode) }),
      rewrites: Set(rewritten.map(\.table.name.name)).sorted(), scans: scans.union(read).sorted(),
      rebuilds: Set(indexRebuilds.filter { !$0.isNew }.map(\.index)).sorted())
  }

  struct OfOlder {
    var locks, indexLocks, rewrites, scans, rebuilds: [String]
  }

  private func lockWord(_ name: QualifiedName, _ mode: LockMode) -> String {
    "\(name.name):\(mode.catalogName.dropLast(4))"
  }
}

/// Of `table:Mode` the strongest mode for each table, sorted.
func strongestLocks(_ words: [String]) -> [String] {
  var strongest: [String: LockMode] = [:]
  for word in words {
    let parts = word.split(separator: ":").map(String.init)
    guard parts.count == 2, let mode = LockMode(word: parts[1]) else { continue }
    strongest[parts[0]] = max(strongest[parts[0]] ?? mode, mode)
  }
  return strongest.map { "\($0.key):\($0.value.catalogName.dropLast(4))" }.sorted()
}

extension LockMode {
  /// The mode as `pg_locks` has it, without `Lock`.
  init?(word: String) {
    guard let mode = Self.allCases.first(where: { $0.catalogName == word + "Lock" }) else {
      return nil
    }
    self = mode
  }
}

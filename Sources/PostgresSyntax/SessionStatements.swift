// The statements about transactions, locks, settings and maintenance, as values.

package enum TransactionCommand: Hashable, Sendable {
  case begin
  case commit
  case rollback
  case savepoint(String)
  case release(String)
  case rollbackTo(String)
  case prepare(String)
  case commitPrepared(String)
  case rollbackPrepared(String)

  /// Whether a transaction block is open behind it; nil where it leaves that as it was.
  package var opensBlock: Bool? {
    switch self {
    case .begin: true
    case .commit, .rollback, .prepare: false
    case .savepoint, .release, .rollbackTo, .commitPrepared, .rollbackPrepared: nil
    }
  }
}

/// SET and RESET.
package struct SetVariable: Hashable, Sendable {
  /// In lower case; nil for RESET ALL. `SET TIME ZONE` is `timezone`, `SET TRANSACTION …` is
  /// `TRANSACTION`.
  package var name: String?
  /// Empty for SET … TO DEFAULT and RESET.
  package var values: [SQLConstant] = []
  /// Until the end of the transaction.
  package var isLocal = false
}

/// The table lock modes (PostgreSQL manual 13.3.1), from the weakest to the strongest; the raw
/// value is the number in PostgreSQL's lockdefs.h.
package enum LockMode: Int, Hashable, Sendable, Comparable, CaseIterable {
  case accessShare = 1
  case rowShare
  case rowExclusive
  case shareUpdateExclusive
  case share
  case shareRowExclusive
  case exclusive
  case accessExclusive

  package static func < (left: LockMode, right: LockMode) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension LockMode: CustomStringConvertible {
  /// As in the manual and in LOCK TABLE.
  package var description: String {
    switch self {
    case .accessShare: "ACCESS SHARE"
    case .rowShare: "ROW SHARE"
    case .rowExclusive: "ROW EXCLUSIVE"
    case .shareUpdateExclusive: "SHARE UPDATE EXCLUSIVE"
    case .share: "SHARE"
    case .shareRowExclusive: "SHARE ROW EXCLUSIVE"
    case .exclusive: "EXCLUSIVE"
    case .accessExclusive: "ACCESS EXCLUSIVE"
    }
  }
}

package struct LockTables: Hashable, Sendable {
  package var tables: [QualifiedName]
  package var mode: LockMode
  package var noWait = false
}

/// VACUUM and ANALYZE.
package struct Vacuum: Hashable, Sendable {
  /// Empty for the whole database.
  package var tables: [QualifiedName] = []
  /// VACUUM, else ANALYZE alone.
  package var isVacuum: Bool
  package var options: [Option] = []
  /// Those of all tables.
  package var columns: [String] = []
}

package struct Reindex: Hashable, Sendable {
  /// `index`, `table`, `schema`, `database` or `other` for SYSTEM.
  package var kind: ObjectKind
  package var name: QualifiedName?
  package var concurrently = false
}

package struct Cluster: Hashable, Sendable {
  /// Nil: all tables clustered before.
  package var table: QualifiedName?
  package var index: String?
}

package struct DoBlock: Hashable, Sendable {
  /// In lower case; `plpgsql` where none is written.
  package var language: String
  package var body: String
}

// Which table-level lock modes block which.

package import PostgresSyntax

extension LockMode {
  /// The mode as `pg_locks.mode` holds it: `ShareRowExclusiveLock`.
  package var catalogName: String {
    switch self {
    case .accessShare: "AccessShareLock"
    case .rowShare: "RowShareLock"
    case .rowExclusive: "RowExclusiveLock"
    case .shareUpdateExclusive: "ShareUpdateExclusiveLock"
    case .share: "ShareLock"
    case .shareRowExclusive: "ShareRowExclusiveLock"
    case .exclusive: "ExclusiveLock"
    case .accessExclusive: "AccessExclusiveLock"
    }
  }

  /// Whether a session that holds one makes another wait for the other (manual, Table 13.2).
  package func conflicts(with other: LockMode) -> Bool {
    switch self {
    case .accessShare: other == .accessExclusive
    case .rowShare: other >= .exclusive
    case .rowExclusive: other >= .share
    case .shareUpdateExclusive: other >= .shareUpdateExclusive
    case .share: other >= .rowExclusive && other != .share
    case .shareRowExclusive: other >= .rowExclusive
    case .exclusive: other >= .rowShare
    case .accessExclusive: true
    }
  }

  /// Whether SELECT has to wait.
  package var blocksReads: Bool { conflicts(with: .accessShare) }
  /// Whether INSERT, UPDATE and DELETE have to wait.
  package var blocksWrites: Bool { conflicts(with: .rowExclusive) }
}

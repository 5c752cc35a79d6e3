// advisory-lock-released: a lock of the transaction ends before the migration does.

import PostgresSyntax
import SchemaModel

enum AdvisoryLockReleased: StepRule {
  static let name = "advisory-lock-released"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    for (position, statement) in step.statements.enumerated() where statement.takesAdvisoryLock {
      let later = step.statements.indices.dropFirst(position + 1)
      let end =
        statement.isInTransaction
        ? later.first { !step.statements[$0].isInTransaction || step.endsTransactionByHand(at: $0) }
        : later.first
      guard end != nil else { continue }
      let remark = Remark(
        .warning,
        statement.isInTransaction
          ? "the advisory lock is of the transaction, which ends before the step does: what follows "
            + "runs without it"
          : "outside of a transaction the advisory lock ends with this statement",
        help: "pg_advisory_lock() and, at the end, pg_advisory_unlock(); or take it in env.py")
      return [(remark, at: position)]
    }
    return []
  }
}

extension StatementRecord {
  /// `pg_advisory_xact_lock` and its variants (manual 9.27.10), called by a query of the step.
  fileprivate var takesAdvisoryLock: Bool {
    guard case .select(let query)? = statement else { return false }
    return query.functions.contains { $0.name.name.contains("advisory_xact_lock") }
  }
}

// concurrently-in-transaction: a command that cannot run in a transaction stands in one.

import SchemaModel

struct ConcurrentlyInTransaction: StatementRule {
  static let name = "concurrently-in-transaction"

  func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade else { return nil }
    for failure in statement.outcome.failures where failure.certainty == .certain {
      guard case .notInTransaction(let command) = failure.reason else { continue }
      return Remark(
        .error, "\(command) cannot run inside the migration's transaction (\(failure.sqlState))",
        help: "put it inside `with op.get_context().autocommit_block():`")
    }
    return nil
  }
}

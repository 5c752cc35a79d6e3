// lock-table: LOCK TABLE keeps others out until the transaction ends.

import PostgresSyntax
import SchemaModel

enum LockTable: StatementRule {
  static let name = "lock-table"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .maintenance(.lock) in statement.outcome.effects {
      guard let lock = context.lock(by: statement, in: step, where: \.blocksWrites) else {
        continue
      }
      return Remark(
        .warning,
        "\(displayed(lock.relation.name)) is locked by hand, under "
          + statement.waiting(under: lock.mode),
        help:
          "leave locking to the statements that need it; where a lock is right, SET lock_timeout "
          + "first and keep the transaction short")
    }
    return nil
  }
}

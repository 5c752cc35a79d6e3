// create-trigger-lock: CREATE TRIGGER keeps writers out.

import PostgresSyntax
import SchemaModel

enum CreateTriggerLock: StatementRule {
  static let name = "create-trigger-lock"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .triggerCreated(let table, let trigger, _) in statement.outcome.effects
    where context.isInUse(table, in: step) {
      return Remark(
        .info,
        "creating trigger \(trigger.name) locks \(displayed(table.name)) under "
          + statement.waiting(under: .shareRowExclusive),
        help: "SET lock_timeout before it, and keep long statements out of its transaction")
    }
    return nil
  }
}

// lock-timeout-too-late: a limit for waiting is set after the first lock was waited for.

import PostgresSyntax
import SchemaModel

enum LockTimeoutTooLate: StepRule {
  static let name = "lock-timeout-too-late"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    var waited: TableLock?
    for (position, statement) in step.statements.enumerated() {
      if statement.setsLockTimeout {
        guard let waited else { return [] }
        let remark = Remark(
          .warning,
          "lock_timeout is set when \(displayed(waited.relation.name)) is locked already: waiting for "
            + "that lock had no limit",
          help: "set it first")
        return [(remark, at: position)]
      }
      waited = waited ?? context.lock(by: statement, in: step, where: \.blocksWrites)
    }
    return []
  }
}

// missing-lock-timeout: a statement waits for its lock without limit, and everything else behind it.

import PostgresSyntax
import SchemaModel

enum MissingLockTimeout: StepRule {
  static let name = "missing-lock-timeout"
  static let isOn = false

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    for (position, statement) in step.statements.enumerated() {
      if statement.setsLockTimeout { return [] }
      guard let lock = context.lock(by: statement, in: step, where: \.blocksWrites) else {
        continue
      }
      let remark = Remark(
        .info,
        "nothing limits how long this waits for \(lock.mode) on \(displayed(lock.relation.name)), and "
          + "whoever comes after it waits too",
        help: "op.execute(\"SET LOCAL lock_timeout = '5s'\") before it, or for the migrations' role"
      )
      return [(remark, at: position)]
    }
    return []
  }
}

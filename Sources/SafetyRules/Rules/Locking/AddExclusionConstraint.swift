// add-exclusion-constraint: the index of an exclusion constraint is built under the strongest lock.

import PostgresSyntax
import SchemaModel

enum AddExclusionConstraint: StatementRule {
  static let name = "add-exclusion-constraint"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    context.remark(
      onIndexOf: \.isExclusion, builtBy: statement, in: step,
      help:
        "there is no way that does not lock: run it when nobody uses the table, with a lock_timeout, "
        + "or add it to a new table that rows are copied to")
  }
}

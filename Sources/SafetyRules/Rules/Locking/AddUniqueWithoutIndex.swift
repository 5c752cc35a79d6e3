// add-unique-without-index: the index of a UNIQUE constraint is built under the strongest lock.

import PostgresSyntax
import SchemaModel

enum AddUniqueWithoutIndex: StatementRule {
  static let name = "add-unique-without-index"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    context.remark(
      onIndexOf: \.isUniqueKey, builtBy: statement, in: step,
      help:
        "build a unique index with postgresql_concurrently=True in autocommit_block(), then ALTER "
        + "TABLE … ADD CONSTRAINT … UNIQUE USING INDEX … in a later revision")
  }
}

// add-primary-key-without-index: the index of a primary key is built under the strongest lock.

import PostgresSyntax
import SchemaModel

enum AddPrimaryKeyWithoutIndex: StatementRule {
  static let name = "add-primary-key-without-index"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    context.remark(
      onIndexOf: \.isPrimaryKey, builtBy: statement, in: step,
      help:
        "build a unique index with postgresql_concurrently=True in autocommit_block(), then ALTER "
        + "TABLE … ADD CONSTRAINT … PRIMARY KEY USING INDEX … in a later revision")
  }
}

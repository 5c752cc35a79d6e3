// add-primary-key-without-index: the index of a primary key is built under the strongest lock.

import PostgresSyntax
import SchemaModel

struct AddPrimaryKeyWithoutIndex: StatementRule {
  static let name = "add-primary-key-without-index"

  func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for addition in context.constraints(addedBy: statement, in: step)
    where addition.constraint.isPrimaryKey && addition.usingIndex == nil && !addition.isInline {
      return Remark(
        .warning,
        "the index of \(addition.constraint.name) is built from all of \(displayed(addition.table.name)) "
          + "under "
          + statement.waiting(under: .accessExclusive),
        help:
          "build a unique index with postgresql_concurrently=True in autocommit_block(), then ALTER "
          + "TABLE … ADD CONSTRAINT … PRIMARY KEY USING INDEX … in a later revision")
    }
    return nil
  }
}

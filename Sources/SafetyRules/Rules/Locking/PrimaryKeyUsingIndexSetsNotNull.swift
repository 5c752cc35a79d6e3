// primary-key-using-index-sets-not-null: a primary key from a ready index still reads the rows for NULLs.

import PostgresSyntax
import SchemaModel

enum PrimaryKeyUsingIndexSetsNotNull: StatementRule {
  static let name = "primary-key-using-index-sets-not-null"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for addition in context.constraints(addedBy: statement, in: step)
    where addition.constraint.isPrimaryKey && addition.usingIndex != nil && addition.isScanning {
      return Remark(
        .warning,
        "the columns of \(addition.constraint.name) are not NOT NULL yet: all rows of "
          + "\(displayed(addition.table.name)) are read under "
          + statement.waiting(under: .accessExclusive),
        help: "make the columns NOT NULL before, by way of a validated CHECK (… IS NOT NULL)")
    }
    return nil
  }
}

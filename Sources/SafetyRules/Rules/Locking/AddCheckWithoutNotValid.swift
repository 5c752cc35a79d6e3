// add-check-without-not-valid: a CHECK is verified on every row under the strongest lock.

import PostgresSyntax
import SchemaModel

enum AddCheckWithoutNotValid: StatementRule {
  static let name = "add-check-without-not-valid"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for addition in context.constraints(addedBy: statement, in: step)
    where addition.constraint.isCheck && addition.isScanning && !addition.isInline {
      return Remark(
        .warning,
        "\(addition.constraint.name) is verified on all rows of \(displayed(addition.table.name)) under "
          + statement.waiting(under: .accessExclusive),
        help:
          "op.create_check_constraint(…, postgresql_not_valid=True), and op.execute(\"ALTER TABLE … "
          + "VALIDATE CONSTRAINT …\") in a later revision")
    }
    return nil
  }
}

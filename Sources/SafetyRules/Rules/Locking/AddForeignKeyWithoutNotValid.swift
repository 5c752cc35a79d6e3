// add-foreign-key-without-not-valid: a foreign key is verified on every row while writes to both tables wait.

import PostgresSyntax
import SchemaModel

enum AddForeignKeyWithoutNotValid: StatementRule {
  static let name = "add-foreign-key-without-not-valid"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for addition in context.constraints(addedBy: statement, in: step)
    where addition.isScanning && !addition.isInline {
      guard let reference = addition.constraint.reference else { continue }
      let table = displayed(addition.table.name)
      return Remark(
        .warning,
        "\(addition.constraint.name) is verified on all rows of \(table); it and "
          + "\(displayed(reference.table)) are locked under "
          + statement.waiting(under: .shareRowExclusive),
        help: "op.create_foreign_key(…, postgresql_not_valid=True), and op.execute(\"ALTER TABLE … "
          + "VALIDATE CONSTRAINT …\") in a later revision")
    }
    return nil
  }
}

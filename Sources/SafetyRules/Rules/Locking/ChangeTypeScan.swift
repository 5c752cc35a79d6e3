// change-type-scan: the rows are kept, but read for a CHECK on the column.

import PostgresSyntax
import SchemaModel

enum ChangeTypeScan: StatementRule {
  static let name = "change-type-scan"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .columnTypeChanged(let change) in statement.outcome.effects
    where change.change.rewritesTable == false && change.change.scansTable {
      let column = change.column
      guard context.isInUse(column.table, in: step) else { continue }
      return Remark(
        .warning,
        "the rows of \(displayed(column.table.name)) stay as they are, but a CHECK on \(column.name) is "
          + "verified on all of them under \(statement.waiting(under: .accessExclusive))",
        help:
          "drop the CHECK before, add it again with NOT VALID, and validate it in a later revision")
    }
    return nil
  }
}

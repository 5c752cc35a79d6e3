// add-generated-column: a stored generated column is computed for every row at once.

import PostgresSyntax
import SchemaModel

enum AddGeneratedColumn: StatementRule {
  static let name = "add-generated-column"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, name) = context.rewrite(
        by: statement, in: step,
        {
          if case .generated(let column) = $0 { column } else { nil }
        })
    else { return nil }
    return Remark(
      .warning,
      "\(displayed(table.name)).\(name) is computed for each row: the table and its indexes are "
        + "rewritten under \(statement.waiting(under: .accessExclusive))",
      help: "add a plain column, keep it up to date by a trigger, and fill old rows in batches; or "
        + "compute the value in a view")
  }
}

// add-column-volatile-default: a default that differs from row to row makes PostgreSQL write every row.

import PostgresSyntax
import SchemaModel

enum AddColumnVolatileDefault: StatementRule {
  static let name = "add-column-volatile-default"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, name) = context.rewrite(
        by: statement, in: step,
        {
          if case .columnDefault(let column) = $0 { column } else { nil }
        }), let column = statement.addedColumn(name)
    else { return nil }
    let text = column.default.expression?.text ?? ""
    let value = text.isEmpty || text.count > 40 ? "the default" : "the default \(text)"
    return Remark(
      .warning,
      "\(value) of \(displayed(table.name)).\(name) is computed for each row: the table and "
        + "its indexes are rewritten under \(statement.waiting(under: .accessExclusive))",
      help:
        "add the column without a default, set the default in a second statement, and fill old rows "
        + "in batches")
  }
}

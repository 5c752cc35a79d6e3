// add-serial-column: every row gets a number from a sequence at once.

import PostgresSyntax
import SchemaModel

enum AddSerialColumn: StatementRule {
  static let name = "add-serial-column"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, name) = context.rewrite(
        by: statement, in: step,
        {
          if case .identity(let column) = $0 { column } else { nil }
        }), statement.addedColumn(name)?.identity == nil
    else { return nil }
    return Remark(
      .warning,
      "each row of \(displayed(table.name)) gets its number for \(name): the table and its indexes are "
        + "rewritten under \(statement.waiting(under: .accessExclusive))",
      help:
        "add a nullable column and a sequence, set nextval() as its default in a second statement, "
        + "and number old rows in batches")
  }
}

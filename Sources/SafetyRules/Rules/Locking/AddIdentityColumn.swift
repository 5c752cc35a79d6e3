// add-identity-column: every row gets the number of an identity column at once.

import PostgresSyntax
import SchemaModel

enum AddIdentityColumn: StatementRule {
  static let name = "add-identity-column"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, name) = context.rewrite(
        by: statement, in: step,
        {
          if case .identity(let column) = $0 { column } else { nil }
        }), statement.addedColumn(name)?.identity != nil
    else { return nil }
    return Remark(
      .warning,
      "each row of \(displayed(table.name)) gets its number for \(name): the table and its indexes are "
        + "rewritten under \(statement.waiting(under: .accessExclusive))",
      help:
        "add a nullable column with a sequence's nextval() set as its default afterwards, number old "
        + "rows in batches, and make it an identity column then")
  }
}

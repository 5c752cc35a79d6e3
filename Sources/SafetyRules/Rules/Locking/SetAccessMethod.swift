// set-access-method: SET ACCESS METHOD writes the whole table anew.

import PostgresSyntax
import SchemaModel

enum SetAccessMethod: StatementRule {
  static let name = "set-access-method"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, _) = context.rewrite(
        by: statement, in: step, { $0 == .accessMethod ? true : nil })
    else { return nil }
    return Remark(
      .warning,
      "the other access method makes PostgreSQL write \(displayed(table.name)) anew under "
        + statement.waiting(under: .accessExclusive),
      help: "do it when nobody uses the table, or create a new table with it and copy in batches")
  }
}

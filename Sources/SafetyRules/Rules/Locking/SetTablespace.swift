// set-tablespace: SET TABLESPACE copies the whole table.

import PostgresSyntax
import SchemaModel

enum SetTablespace: StatementRule {
  static let name = "set-tablespace"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, _) = context.rewrite(by: statement, in: step, { $0 == .tablespace ? true : nil })
    else { return nil }
    return Remark(
      .warning,
      "the files of \(displayed(table.name)) are copied to the other tablespace under "
        + statement.waiting(under: .accessExclusive),
      help: "do it when nobody uses the table; indexes stay behind and are moved one by one")
  }
}

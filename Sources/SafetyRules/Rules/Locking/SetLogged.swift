// set-logged: SET LOGGED and UNLOGGED write the whole table anew.

import PostgresSyntax
import SchemaModel

enum SetLogged: StatementRule {
  static let name = "set-logged"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, _) = context.rewrite(by: statement, in: step, { $0 == .persistence ? true : nil })
    else { return nil }
    return Remark(
      .warning,
      "changing between LOGGED and UNLOGGED writes \(displayed(table.name)) and its indexes anew under "
        + statement.waiting(under: .accessExclusive),
      help: "do it when nobody uses the table; an unlogged table is empty after a crash")
  }
}

// add-required-column: INSERTs of running code do not name a new column that needs a value.

import SchemaModel

enum AddRequiredColumn: CodeBreakRule {
  static let name = "add-required-column"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .columnRequired(let column) = codeBreak else { return nil }
    let isAddition = statement.contains { effect in
      if case .columnAdded = effect { true } else { false }
    }
    return Remark(
      .warning,
      "\(codeBreak.words), as running code leaves it out (23502)"
        + (isAddition
          ? "; this statement itself fails if \(displayed(column.table.name)) holds rows" : ""),
      help: "give it a server_default, and take that away in a later release")
  }
}

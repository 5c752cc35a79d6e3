// add-foreign-key: rows that running code writes or deletes may be refused.

import SchemaModel

enum AddForeignKey: CodeBreakRule {
  static let name = "add-foreign-key"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .constraintAdded(let table, let constraint) = codeBreak,
      let reference = constraint.reference
    else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): running code fails (23503) that writes to \(displayed(table.name)) before "
        + "\(displayed(reference.table)), or deletes there what is referred to",
      help: "release code that keeps to the order first, and this revision after it")
  }
}

// rename-column: running code asks for a column by its old name.

import SchemaModel

enum RenameColumn: CodeBreakRule {
  static let name = "rename-column"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .columnRenamed(let column, _) = codeBreak,
      context.frame.after(column.table)?.column(column.name) == nil
    else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): running code that names it fails (42703)",
      help:
        "add the new column beside the old one, write both, and drop the old one in a later release"
    )
  }
}

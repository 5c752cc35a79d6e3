// rename-table: running code asks for a table, view or sequence by its old name.

import PostgresSyntax
import SchemaModel

enum RenameTable: CodeBreakRule {
  static let name = "rename-table"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .relationRenamed(_, let relation, let to) = codeBreak,
      relation.name.schema == to.schema
    else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): running code that names it fails (42P01)",
      help:
        "create a view of the old name over the new one in the same revision, and drop it in a later "
        + "release")
  }
}

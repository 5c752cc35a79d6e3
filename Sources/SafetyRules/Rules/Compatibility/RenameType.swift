// rename-type: running code casts to a type by its old name.

import PostgresSyntax
import SchemaModel

enum RenameType: CodeBreakRule {
  static let name = "rename-type"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .typeRenamed(let from, let to) = codeBreak, from.schema == to.schema else {
      return nil
    }
    return Remark(
      .warning, "\(codeBreak.words): running code that casts to the old name fails (42704)",
      help: "keep the name; what is called by it in Python need not be called so in the database")
  }
}

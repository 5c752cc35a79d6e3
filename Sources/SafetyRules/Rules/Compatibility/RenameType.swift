// rename-type: running code casts to a type by its old name.

import SchemaModel

enum RenameType: CodeBreakRule {
  static let name = "rename-type"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .typeRenamed = codeBreak else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): running code that casts to the old name fails (42704)",
      help: "keep the name; what is called by it in Python need not be called so in the database")
  }
}

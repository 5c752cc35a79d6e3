// rename-schema: running code names a schema as it was called.

import SchemaModel

enum RenameSchema: CodeBreakRule {
  static let name = "rename-schema"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .schemaRenamed = codeBreak else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): running code that names it fails (3F000, 42P01)",
      help:
        "create the new schema beside the old one, with views, and move the tables release by release"
    )
  }
}

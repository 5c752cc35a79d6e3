// rename-enum-value: running code writes a label that is not there any more.

import SchemaModel

enum RenameEnumValue: CodeBreakRule {
  static let name = "rename-enum-value"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .enumValueRenamed = codeBreak else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): running code that writes or compares the old label fails (22P02)",
      help: "add the new label, let the code know both, move the rows, and leave the old label")
  }
}

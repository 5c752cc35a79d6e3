// drop-not-null: running code meets NULL where there was none.

import SchemaModel

enum DropNotNull: CodeBreakRule {
  static let name = "drop-not-null"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .nullAllowed = codeBreak else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): running code may read NULL, and the downgrade fails (23502) once there is one",
      help: "release code that reads NULL first; write none before that release is sure to stay")
  }
}

// change-composite-type: running code that names or fills its attributes fails.

import SchemaModel

enum ChangeCompositeType: CodeBreakRule {
  static let name = "change-composite-type"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .compositeChanged = codeBreak else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): running code that names an attribute or writes whole values fails",
      help: "make a new type and a new column of it, and move the values in a later revision")
  }
}

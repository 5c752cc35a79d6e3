// instead-rule-added: what running code writes goes another way.

import SchemaModel

enum InsteadRuleAdded: CodeBreakRule {
  static let name = "instead-rule-added"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .ruleAdded = codeBreak else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): running code is told that nothing was written, or that something else was",
      help: "write through a view or a trigger, which the code that is deployed with it knows")
  }
}

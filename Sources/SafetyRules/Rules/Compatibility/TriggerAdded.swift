// trigger-added: a trigger acts on what running code writes.

import SchemaModel

enum TriggerAdded: CodeBreakRule {
  static let name = "trigger-added"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .triggerAdded = codeBreak else { return nil }
    return Remark(
      .info, "\(codeBreak.words) from now on, also for what running code writes",
      help: "make sure that running code expects what it does")
  }
}

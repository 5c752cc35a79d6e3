// tighten-policy: policies hide rows from running code, or refuse what it writes.

import SchemaModel

enum TightenPolicy: CodeBreakRule {
  static let name = "tighten-policy"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .policiesTightened = codeBreak else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): running code may see less, and what it writes may be refused (42501)",
      help: "add the policy that takes the place of the old one in the same revision")
  }
}

// tighten-domain: values that running code writes may be refused.

import SchemaModel

enum TightenDomain: CodeBreakRule {
  static let name = "tighten-domain"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .domainTightened(let name) = codeBreak,
      context.isOld(context.frame.after.type(name)?.origin)
    else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): rows of every table that uses it are checked, and running code that writes "
        + "other values fails (23502, 23514)",
      help: "release code that keeps to it first, and this revision after it")
  }
}

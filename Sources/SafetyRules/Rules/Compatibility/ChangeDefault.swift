// change-default: INSERTs of running code get another value.

import SchemaModel

enum ChangeDefault: CodeBreakRule {
  static let name = "change-default"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .defaultChanged = codeBreak else { return nil }
    return Remark(
      .info,
      "\(codeBreak.words) now: INSERTs of running code that leave it out write the new value",
      help: "make sure that running code understands the new value")
  }
}

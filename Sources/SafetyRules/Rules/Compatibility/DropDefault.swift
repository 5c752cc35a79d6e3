// drop-default: INSERTs of running code rely on a default that is gone.

import SchemaModel

enum DropDefault: CodeBreakRule {
  static let name = "drop-default"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .defaultGone = codeBreak else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): the column is NOT NULL and has no default any more (23502)",
      help: "release code that always writes a value first, and this revision after it")
  }
}

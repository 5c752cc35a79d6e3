// publish-without-identity: running code can neither update nor delete rows.

import SchemaModel

enum PublishWithoutIdentity: CodeBreakRule {
  static let name = "publish-without-identity"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .publishedWithoutIdentity = codeBreak else { return nil }
    return Remark(
      .warning, "\(codeBreak.words) (55000)",
      help: "add a primary key, or ALTER TABLE … REPLICA IDENTITY, before the table is published")
  }
}

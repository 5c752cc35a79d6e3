// revoke-privileges: running code is not allowed any more what it does.

import SchemaModel

enum RevokePrivileges: CodeBreakRule {
  static let name = "revoke-privileges"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .privilegesRevoked = codeBreak else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): running code that needs them fails (42501)",
      help: "make sure that no running code uses them, and grant them again in the downgrade")
  }
}

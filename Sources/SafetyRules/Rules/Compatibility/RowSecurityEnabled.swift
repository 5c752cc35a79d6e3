// row-security-enabled: policies hide rows from running code.

import SchemaModel

enum RowSecurityEnabled: CodeBreakRule {
  static let name = "row-security-enabled"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .rowSecurityEnabled(let table) = codeBreak else { return nil }
    return Remark(
      .warning,
      "row-level security of \(displayed(table.name)) is enabled: without a policy for its role running "
        + "code sees no row, and its INSERTs fail (42501)",
      help: "create the policies in the same revision, for the roles that running code uses")
  }
}

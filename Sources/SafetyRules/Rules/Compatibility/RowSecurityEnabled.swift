// row-security-enabled: policies hide rows from running code.

import PostgresSyntax
import SchemaModel

enum RowSecurityEnabled: CodeBreakRule {
  static let name = "row-security-enabled"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .rowSecurityEnabled(let table) = codeBreak else { return nil }
    let isForced = statement.contains {
      if case .tableSettingChanged(_, .rowSecurity(.force)) = $0 { true } else { false }
    }
    return Remark(
      .warning,
      "row-level security of \(displayed(table.name)) "
        + (isForced ? "holds for its owner too" : "is enabled")
        + ": without a policy for its role running code sees no row, and its INSERTs fail (42501)",
      help: "create the policies in the same revision, for the roles that running code uses")
  }
}

// drop-index-of-unique: what kept duplicates out is gone.

import SchemaModel

enum DropIndexOfUnique: CodeBreakRule {
  static let name = "drop-index-of-unique"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .uniquenessGone(let table, let name) = codeBreak else { return nil }
    return Remark(
      .warning,
      "nothing keeps duplicates out of \(displayed(table.name)) as \(name) did: once there are any it "
        + "cannot be created again (23505), and ON CONFLICT on its columns fails (42P10)",
      help: "create what takes its place first; or be sure that the code keeps duplicates out")
  }
}

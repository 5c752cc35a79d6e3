// python-side-default-only: a default= of SQLAlchemy never reaches the database.

import SchemaModel

enum PythonSideDefaultOnly: CodeBreakRule {
  static let name = "python-side-default-only"
  static let speaksFor: Set<String> = [AddRequiredColumn.name]

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .columnRequired(let column) = codeBreak,
      statement.pythonDefaults.contains(column.name)
    else { return nil }
    return Remark(
      .warning,
      "the default= of \(column.words) stays in Python: the rows that are there get no value, so that "
        + "this fails (23502) if there are any, and so do INSERTs of running code",
      help: "say server_default=, which is part of the SQL")
  }
}

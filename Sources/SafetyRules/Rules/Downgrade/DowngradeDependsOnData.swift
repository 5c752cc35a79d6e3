// downgrade-depends-on-data: whether a statement succeeds is decided by the rows.

import SchemaModel

enum DowngradeDependsOnData: FailureRule {
  static let name = "downgrade-depends-on-data"

  static func remark(
    on failure: Failure, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .dependsOnData = failure.certainty else { return nil }
    return Remark(
      .warning, "this statement fails (\(failure.sqlState)) if \(failure.reason.words)",
      help: "mend or move such rows in the downgrade first",
      question: "whether there are any")
  }
}

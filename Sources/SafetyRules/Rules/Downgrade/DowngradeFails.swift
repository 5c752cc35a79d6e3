// downgrade-fails: a statement of the downgrade is certain to fail.

import SchemaModel

enum DowngradeFails: FailureRule {
  static let name = "downgrade-fails"

  static func remark(
    on failure: Failure, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard failure.certainty == .certain else { return nil }
    return Remark(
      .error, "this statement fails (\(failure.sqlState)): \(failure.reason.words)",
      help: "run the downgrade once on a copy of the database, and mend the name or the order")
  }
}

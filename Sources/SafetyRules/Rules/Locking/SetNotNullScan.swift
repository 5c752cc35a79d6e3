// set-not-null-scan: SET NOT NULL reads every row, unless a valid CHECK spares it.

import PostgresSyntax
import SchemaModel

enum SetNotNullScan: StatementRule {
  static let name = "set-not-null-scan"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .nullabilityChanged(let column, isNullable: false, _) in statement.outcome.effects {
      guard
        context.scan(
          by: statement, in: step,
          {
            $0 == .notNull(column: column.name) ? true : nil
          }) != nil
      else { continue }
      return Remark(
        .warning,
        "SET NOT NULL on \(column.words) reads all rows under "
          + statement.waiting(under: .accessExclusive),
        help:
          "add CHECK (\(column.name) IS NOT NULL) with NOT VALID, validate it in a later revision, "
          + "then SET NOT NULL (which reads nothing) and drop the CHECK")
    }
    return nil
  }
}

// enum-value-used-in-same-transaction: a new value of an enum is used before its transaction ended.

import SchemaModel

enum EnumValueUsedInSameTransaction: StatementRule {
  static let name = "enum-value-used-in-same-transaction"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade else { return nil }
    for failure in statement.outcome.failures where failure.certainty == .certain {
      guard case .enumValueNotUsableYet = failure.reason else { continue }
      return Remark(
        .error, "this statement fails (\(failure.sqlState)): \(failure.reason.words)",
        help: "add the value inside `with op.get_context().autocommit_block():`, which commits it")
    }
    return nil
  }
}

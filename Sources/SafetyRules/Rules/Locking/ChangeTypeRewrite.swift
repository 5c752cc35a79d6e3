// change-type-rewrite: a new type makes PostgreSQL write every row.

import PostgresSyntax
import SchemaModel

enum ChangeTypeRewrite: StatementRule {
  static let name = "change-type-rewrite"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .columnTypeChanged(let change) in statement.outcome.effects {
      // narrowing-type-change says it for those.
      let column = change.column
      guard !change.change.isNarrowing,
        context.rewrite(
          by: statement, in: step,
          {
            $0 == .typeChange(column: column.name) ? true : nil
          }) != nil
      else { continue }
      let certainty = change.change.rewritesTable == nil ? "may be" : "are"
      let from = change.from?.description ?? "its type"
      return Remark(
        .warning,
        "\(column.words) goes from \(from) to \(change.to.description): the table and its indexes "
          + "\(certainty) rewritten\(Self.exception(change)) under \(statement.waiting(under: .accessExclusive))",
        help:
          "add a column of the new type, fill it in batches while a trigger keeps it up to date, "
          + "and let the code change over to it")
    }
    return nil
  }

  /// Where TimeZone is UTC, `timestamp` and `timestamptz` hold the same bytes.
  private static func exception(_ change: ColumnTypeChange) -> String {
    let pair = [change.from?.base, change.to.base]
    let isTimestamp = pair.contains(.builtin(.timestamp)) && pair.contains(.builtin(.timestamptz))
    return isTimestamp ? " (unless TimeZone is UTC)" : ""
  }
}

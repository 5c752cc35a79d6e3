// cluster-table: CLUSTER writes a table anew in the order of an index.

import PostgresSyntax
import SchemaModel

enum ClusterTable: StatementRule {
  static let name = "cluster-table"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, _) = context.rewrite(by: statement, in: step, { $0 == .cluster ? true : nil })
    else { return nil }
    return Remark(
      .warning,
      "CLUSTER writes \(displayed(table.name)) and its indexes anew under "
        + statement.waiting(under: .accessExclusive),
      help:
        "pg_repack orders a table with a short lock at the end; or do it when nobody uses the table"
    )
  }
}

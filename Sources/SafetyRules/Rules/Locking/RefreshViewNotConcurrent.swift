// refresh-view-not-concurrent: nothing reads a materialised view while it is computed anew.

import PostgresSyntax
import SchemaModel

enum RefreshViewNotConcurrent: StatementRule {
  static let name = "refresh-view-not-concurrent"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .viewRefreshed(let view, concurrently: false) in statement.outcome.effects {
      let lock = statement.outcome.locks.first { $0.relation.name == view }
      if let lock, !context.isInUse(lock.relation, in: step) { continue }
      return Remark(
        .warning,
        "\(displayed(view)) is computed anew under \(statement.waiting(under: .accessExclusive))",
        help:
          "give it a unique index and REFRESH MATERIALIZED VIEW CONCURRENTLY, which lets reads go on"
      )
    }
    return nil
  }
}

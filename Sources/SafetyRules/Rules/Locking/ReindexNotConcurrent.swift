// reindex-not-concurrent: indexes of a table in use are built anew while it is locked.

import PostgresSyntax
import SchemaModel

enum ReindexNotConcurrent: StatementRule {
  static let name = "reindex-not-concurrent"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .maintenance(.reindex(concurrently: false)) in statement.outcome.effects {
      guard let lock = context.lock(by: statement, in: step, where: \.blocksWrites) else {
        continue
      }
      return Remark(
        .warning,
        "REINDEX locks \(displayed(lock.relation.name)) under \(statement.waiting(under: lock.mode)); "
          + "reads that need an index that is being built wait too",
        help: "REINDEX … CONCURRENTLY inside `with op.get_context().autocommit_block():`")
    }
    return nil
  }
}

// detach-partition-not-concurrent: a partition goes, and the whole partitioned table is locked.

import PostgresSyntax
import SchemaModel

enum DetachPartitionNotConcurrent: StatementRule {
  static let name = "detach-partition-not-concurrent"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .partitionDetached(_, let parent, concurrently: false) in statement.outcome.effects {
      guard context.lock(by: statement, in: step, where: { $0 == .accessExclusive }) != nil else {
        continue
      }
      return Remark(
        .info,
        "detaching the partition locks all of \(displayed(parent)) under "
          + statement.waiting(under: .accessExclusive),
        help: "ALTER TABLE … DETACH PARTITION … CONCURRENTLY inside "
          + "`with op.get_context().autocommit_block():`")
    }
    return nil
  }
}

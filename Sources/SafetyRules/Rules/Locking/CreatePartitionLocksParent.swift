// create-partition-locks-parent: CREATE TABLE … PARTITION OF locks the partitioned table.

import PostgresSyntax
import SchemaModel

enum CreatePartitionLocksParent: StatementRule {
  static let name = "create-partition-locks-parent"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .tableCreated(let table) in statement.outcome.effects {
      guard let place = table.partitionOf,
        let lock = context.lock(by: statement, in: step, where: { $0 == .accessExclusive })
      else { continue }
      let scan = context.scan(by: statement, in: step) { $0 == .partitionBound ? true : nil }
      let also = scan.map {
        "; all rows of the default partition \(displayed($0.table.name)) are read"
      }
      return Remark(
        scan == nil ? .info : .warning,
        "creating the partition locks \(displayed(lock.relation.name == table.name ? place.parent : lock.relation.name)) under "
          + statement.waiting(under: .accessExclusive) + (also ?? ""),
        help:
          "CREATE TABLE … (LIKE … INCLUDING ALL), then ALTER TABLE … ATTACH PARTITION, which lets "
          + "reads and writes of the partitioned table go on")
    }
    return nil
  }
}

// attach-partition-scan: the rows of a new partition are read to see that they belong there.

import PostgresSyntax
import SchemaModel

enum AttachPartitionScan: StatementRule {
  static let name = "attach-partition-scan"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .partitionAttached(let partition, let parent) in statement.outcome.effects {
      guard
        let (table, _) = context.scan(
          by: statement, in: step, { $0 == .partitionBound ? true : nil }),
        !hasCheck(on: table, likeKeyOf: parent, step)
      else { continue }
      let which = table.name == partition.name ? "" : ", the default partition,"
      return Remark(
        .warning,
        "all rows of \(displayed(table.name))\(which) are read to see whether they belong into the "
          + "partition, under \(statement.waiting(under: .accessExclusive))",
        help: "add a CHECK that says the same as the bound with NOT VALID and validate it before; "
          + "PostgreSQL then reads nothing")
    }
    return nil
  }

  /// Whether a valid CHECK is about the partition key: it is taken to imply the bound.
  private static func hasCheck(
    on table: TableReference, likeKeyOf parent: QualifiedName, _ step: StepRecord
  ) -> Bool {
    guard case .partitioned(let key)? = step.after.table(parent)?.kind else { return false }
    let columns = Set(key.elements.flatMap(\.columns))
    return step.after.table(table.name)?.constraints.contains { constraint in
      constraint.isCheck && constraint.isValidated && columns.isSubset(of: constraint.columns)
    } ?? false
  }
}

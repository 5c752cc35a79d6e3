// create-table-locks-parent: a table with several foreign keys locks all tables that it refers to.

import PostgresSyntax
import SchemaModel

enum CreateTableLocksParent: StatementRule {
  static let name = "create-table-locks-parent"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .tableCreated(let table) in statement.outcome.effects where table.partitionOf == nil {
      let parents = Set(table.constraints.compactMap(\.reference?.table))
      let locked = statement.outcome.locks.filter {
        parents.contains($0.relation.name) && $0.mode.blocksWrites
          && context.isInUse($0.relation, in: step)
      }
      guard locked.count > 1 else { continue }
      return Remark(
        .info,
        "the foreign keys lock \(list(locked.map { displayed($0.relation.name) })) together, under "
          + statement.waiting(under: .shareRowExclusive),
        help: "create the table without them, and add each foreign key in a revision of its own")
    }
    return nil
  }
}

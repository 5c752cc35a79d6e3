// drop-foreign-key-locks-parent: with a foreign key the table that it refers to is locked.

import PostgresSyntax
import SchemaModel

struct DropForeignKeyLocksParent: StatementRule {
  static let name = "drop-foreign-key-locks-parent"

  func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    var parents: [String] = []
    for parent in statement.parentsOfDroppedKeys {
      let isLocked = statement.outcome.locks.contains {
        $0.relation.name == parent && $0.mode == .accessExclusive
          && context.isInUse($0.relation, in: step)
      }
      if isLocked, !parents.contains(displayed(parent)) { parents.append(displayed(parent)) }
    }
    guard !parents.isEmpty, !statement.outcome.failsForCertain else { return nil }
    let foreignKey =
      statement.outcome.effects.contains { if case .tableDropped = $0 { true } else { false } }
      ? "the table's foreign keys" : "the foreign key"
    return Remark(
      .info,
      "with \(foreignKey) goes a lock on \(list(parents)), which it refers to: "
        + statement.waiting(under: .accessExclusive),
      help:
        "SET lock_timeout before it, and drop foreign keys to busy tables one by one, each in a "
        + "revision of its own")
  }
}

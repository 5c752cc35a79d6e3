// drop-foreign-key-locks-parent: with a foreign key the table that it refers to is locked.

import PostgresSyntax
import SchemaModel

enum DropForeignKeyLocksParent: StatementRule {
  static let name = "drop-foreign-key-locks-parent"

  static func remark(
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
    let dropsTable = statement.outcome.effects.contains {
      if case .tableDropped = $0 { true } else { false }
    }
    let what = dropsTable ? "a table with foreign keys" : "the foreign key"
    return Remark(
      .info,
      "dropping \(what) locks \(list(parents)) too, under "
        + statement.waiting(under: .accessExclusive),
      help:
        "SET lock_timeout before it, and drop foreign keys to busy tables one by one, each in a "
        + "revision of its own")
  }
}

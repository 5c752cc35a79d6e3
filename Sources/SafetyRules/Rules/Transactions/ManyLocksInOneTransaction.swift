// many-locks-in-one-transaction: two tables are kept from everybody until the transaction ends.

import PostgresSyntax
import SchemaModel

enum ManyLocksInOneTransaction: StepRule {
  static let name = "many-locks-in-one-transaction"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    context.transactions(of: step).compactMap { positions in
      var first: TableReference?
      for position in positions {
        let statement = step.statements[position]
        // The first lock is that of the statement's own table, others follow from it.
        guard let lock = statement.outcome.locks.first, lock.mode == .accessExclusive,
          context.isInUse(lock.relation, in: step), !statement.outcome.failsForCertain
        else { continue }
        guard let known = first, known.name != lock.relation.name else {
          first = lock.relation
          continue
        }
        let names = "\(displayed(known.name)) and \(displayed(lock.relation.name))"
        return (Self.remark(names), at: position)
      }
      return nil
    }
  }

  private static func remark(_ names: String) -> Remark {
    Remark(
      .info,
      "\(names) are locked in ACCESS EXCLUSIVE mode together until the transaction ends; a session "
        + "that takes them in the other order deadlocks with it",
      help: "one revision for each table, with transaction_per_migration=True in env.py")
  }
}

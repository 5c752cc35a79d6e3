// validate-in-same-transaction: a constraint is validated while the lock that NOT VALID kept short is still held.

import PostgresSyntax
import SchemaModel

enum ValidateInSameTransaction: StepRule {
  static let name = "validate-in-same-transaction"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    context.transactions(of: step).flatMap { positions -> [(Remark, at: Int)] in
      var held: [QualifiedName: LockMode] = [:]
      var found: [(Remark, at: Int)] = []
      for position in positions {
        let statement = step.statements[position]
        if statement.outcome.failsForCertain { continue }
        for case .constraintValidated(let table, let constraint) in statement.outcome.effects {
          guard let mode = held[table.name], !statement.outcome.scans.isEmpty else { continue }
          found.append((Self.remark(table, constraint, mode), at: position))
        }
        for lock in statement.outcome.locks
        where lock.mode.blocksWrites && context.isInUse(lock.relation, in: step) {
          held[lock.relation.name] = max(held[lock.relation.name] ?? lock.mode, lock.mode)
        }
      }
      return found
    }
  }

  private static func remark(
    _ table: TableReference, _ constraint: Constraint, _ mode: LockMode
  ) -> Remark {
    Remark(
      .warning,
      "\(constraint.name) is verified on all rows of \(displayed(table.name)) while the transaction "
        + "still holds \(mode) on it: \(mode.delays) wait, as without NOT VALID",
      help: "VALIDATE CONSTRAINT in a later revision, with transaction_per_migration=True in env.py"
    )
  }
}

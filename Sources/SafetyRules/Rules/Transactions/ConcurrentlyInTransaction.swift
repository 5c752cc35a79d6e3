// concurrently-in-transaction: a command that cannot run in a transaction stands in one.

import PostgresSyntax
import SchemaModel

enum ConcurrentlyInTransaction: StepRule {
  static let name = "concurrently-in-transaction"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    guard step.direction == .upgrade else { return [] }
    var isOpen = true
    var found: [(Remark, at: Int)] = []
    for (position, statement) in step.statements.enumerated() {
      if statement.beginsTransaction { isOpen = true }
      // Whether the driver begins a new transaction after a COMMIT by hand depends on the driver.
      if step.endsTransactionByHand(at: position) { isOpen = false }
      guard isOpen else { continue }
      for failure in statement.outcome.failures where failure.certainty == .certain {
        guard case .notInTransaction(let command) = failure.reason else { continue }
        let remark = Remark(
          .error, "\(command) cannot run inside the migration's transaction (\(failure.sqlState))",
          help: "put it inside `with op.get_context().autocommit_block():`")
        found.append((remark, at: position))
      }
    }
    return found
  }
}

// Which statements of a step ROLLBACK TO SAVEPOINT undoes.

import PostgresSyntax
import SchemaModel

extension StepRecord {
  /// The places of statements of which nothing is left but the positions of sequences.
  package var undone: Set<Int> {
    var undone: Set<Int> = []
    var savepoints: [(name: String, place: Int)] = []
    for (place, statement) in statements.enumerated() {
      guard case .transactionControl(let command)? = statement.outcome.effects.first,
        statement.outcome.isUnderstood, !statement.outcome.failsForCertain
      else { continue }
      switch command {
      case .savepoint(let name): savepoints.append((name, place))
      case .release(let name):
        guard let last = savepoints.lastIndex(where: { $0.name == name }) else { continue }
        savepoints.removeSubrange(last...)
      case .rollbackTo(let name):
        guard let last = savepoints.lastIndex(where: { $0.name == name }) else { continue }
        savepoints.removeSubrange((last + 1)...)
        // It may not run.
        if !statement.isConditional { undone.formUnion((savepoints[last].place + 1)..<place) }
      default: savepoints = []
      }
    }
    return undone
  }
}

extension Effect {
  /// Whether it stays where its transaction is rolled back (manual, 9.17).
  package var outlivesRollback: Bool {
    switch self {
    case .sequenceSet, .notUnderstood: true
    default: false
    }
  }
}

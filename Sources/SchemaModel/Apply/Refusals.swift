// Statements that PostgreSQL refuses by their text alone.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Applies a statement for what else stands against it, and refuses it unless IF EXISTS or IF NOT EXISTS made
  /// nothing of it.
  mutating func refuse(_ statement: Statement, _ refusal: Refusal) throws(Refused) {
    let done = outcome.effects.count
    try apply(statement)
    if outcome.effects.dropFirst(done).contains(where: \.isSkipped) { return }
    try refuse(refusal)
  }

  mutating func refuse(_ refusal: Refusal) throws(Refused) {
    let isCertain =
      !refusal.isUncertain && refusal.function.map { !isOwnRoutine($0) } ?? true
    try fail(refusal.sqlState, .invalidDefinition(refusal.reason), ifCertain: isCertain)
  }

  /// Whether the history made a routine of this name, in any schema.
  private func isOwnRoutine(_ name: String) -> Bool {
    catalog.routines.keys.contains { $0.name == name }
  }
}

extension Effect {
  fileprivate var isSkipped: Bool { if case .skipped = self { true } else { false } }
}

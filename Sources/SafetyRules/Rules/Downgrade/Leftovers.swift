// Differences of a schema sorted by the rule that speaks of them.

import PostgresSyntax
import SchemaModel

/// What is different after a downgrade that does something and comes to its end.
struct Leftovers {
  private(set) var enumTypes: [String] = []
  private(set) var enumValues: [String] = []
  private(set) var sequences: [String] = []
  /// One line each.
  private(set) var others: [String] = []
  let downgrade: StepRecord

  /// Nil where another rule speaks of the downgrade as a whole, or nothing is different.
  init?(_ trip: RoundTrip, _ differences: [SchemaDifference]) {
    guard let downgrade = trip.downgrades.first, !differences.isEmpty, !downgrade.isMissing,
      !downgrade.isEmptyBody, downgrade.raises == nil, !downgrade.isCutShort
    else { return nil }
    self.downgrade = downgrade
    for difference in differences { add(difference, trip) }
  }

  private mutating func add(_ difference: SchemaDifference, _ trip: RoundTrip) {
    let name = difference.object.name
    let made = Set(trip.upgrades.map(\.origin))
    func isMade(_ origin: Origin?) -> Bool { origin.map(made.contains) ?? false }
    switch (difference.object.kind, difference.kind) {
    case (.type, .extra)
    where trip.after.type(name)?.labels != nil && isMade(trip.after.type(name)?.origin):
      enumTypes.append(displayed(name))
    case (.type, .changed(.labels, _, _)):
      let before = trip.before.type(name)?.labels ?? []
      let after = trip.after.type(name)?.labels ?? []
      if Set(after).isSuperset(of: before), after.count > before.count {
        let new = after.filter { !before.contains($0) }.map { "'\($0)'" }
        enumValues.append("\(list(new)) of \(displayed(name))")
      } else {
        others.append(difference.line)
      }
    case (.sequence, .extra) where isMade(trip.after.sequence(name)?.origin):
      sequences.append(displayed(name))
    default: others.append(difference.line)
    }
  }
}

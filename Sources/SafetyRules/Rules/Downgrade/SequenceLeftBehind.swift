// sequence-left-behind: a sequence that the upgrade created stays.

import SchemaModel

enum SequenceLeftBehind: TripRule {
  static let name = "sequence-left-behind"

  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)? {
    guard let leftovers = Leftovers(trip, differences), !leftovers.sequences.isEmpty else {
      return nil
    }
    return (
      Remark(
        .error,
        "the downgrade leaves sequence \(list(leftovers.sequences)) behind: the next upgrade fails "
          + "(42P07), as it is there already",
        help: "end the downgrade with DROP SEQUENCE, or let a column own the sequence (OWNED BY)"),
      leftovers.downgrade
    )
  }
}

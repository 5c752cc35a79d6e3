// downgrade-not-inverse: the schema after the downgrade is not the one before the upgrade.

import SchemaModel

enum DowngradeNotInverse: TripRule {
  static let name = "downgrade-not-inverse"

  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)? {
    guard let leftovers = Leftovers(trip, differences), !leftovers.others.isEmpty else {
      return nil
    }
    return (
      Remark(
        .error,
        "the schema after the downgrade is not the one before the upgrade: \(list(leftovers.others))",
        help: "take back in reverse order what the upgrade did"), leftovers.downgrade
    )
  }
}

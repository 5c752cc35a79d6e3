// enum-value-stays: the downgrade leaves in an enum what the upgrade added to it.

import SchemaModel

enum EnumValueStays: TripRule {
  static let name = "enum-value-stays"

  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)? {
    guard let leftovers = Leftovers(trip, differences), !leftovers.enumValues.isEmpty else {
      return nil
    }
    return (
      Remark(
        .error,
        "the downgrade leaves \(list(leftovers.enumValues)) in place: the next upgrade fails (42710), "
          + "unless it says ADD VALUE IF NOT EXISTS",
        help:
          "say IF NOT EXISTS in the upgrade; or rebuild the type in the downgrade, after moving the "
          + "rows away from the value"), leftovers.downgrade
    )
  }
}

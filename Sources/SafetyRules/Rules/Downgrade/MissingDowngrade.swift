// missing-downgrade: the file has no downgrade function.

import SchemaModel

enum MissingDowngrade: TripRule {
  static let name = "missing-downgrade"

  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)? {
    guard let downgrade = trip.downgrades.first, downgrade.isMissing else { return nil }
    return (
      Remark(
        .error, "the file has no downgrade(): alembic downgrade ends here with an AttributeError",
        help: "define downgrade(); where there is no way back, let it raise with the reason"),
      downgrade
    )
  }
}

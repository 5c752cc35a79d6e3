// empty-downgrade: the version goes back, the schema does not.

import SchemaModel

enum EmptyDowngrade: TripRule {
  static let name = "empty-downgrade"

  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)? {
    guard let downgrade = trip.downgrades.first, downgrade.isEmptyBody, !downgrade.isMissing,
      trip.upgrades.contains(where: \.hasEffects)
    else { return nil }
    return (
      Remark(
        .error,
        "the downgrade does nothing: alembic_version goes back while everything that the upgrade "
          + "made stays",
        help: "write the inverse; where there is none, raise with the reason"), downgrade
    )
  }
}

// downgrade-not-inverse: the schema after the downgrade is not the one before the upgrade.

struct DowngradeNotInverse: TripRule {
  static let name = "downgrade-not-inverse"

  func remark(on trip: RoundTrip, differences: [String]) -> (Remark, StepRecord)? {
    guard let downgrade = trip.downgrades.first, !differences.isEmpty, !downgrade.isMissing,
      !downgrade.isEmptyBody, downgrade.raises == nil
    else { return nil }
    return (
      Remark(
        .error,
        "the schema after the downgrade is not the one before the upgrade: \(list(differences))",
        help: "take back in reverse order what the upgrade did, types included"), downgrade
    )
  }
}

// downgrade-raises: the author declares that there is no way back.

import SchemaModel

enum DowngradeRaises: TripRule {
  static let name = "downgrade-raises"

  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)? {
    guard let downgrade = trip.downgrades.first, let raise = downgrade.raises else { return nil }
    let message = raise.message.map { $0.isEmpty ? "" : ": \"\($0)\"" } ?? ""
    var place = downgrade
    place.location = raise.location
    return (
      Remark(
        .error, "the downgrade is declared impossible: it raises \(raise.type)\(message)",
        help: "nothing goes further back than this revision; fix forward, or restore a backup"),
      place
    )
  }
}

// enum-type-left-behind: a table is dropped, the enum type that was created for it is not.

import SchemaModel

enum EnumTypeLeftBehind: TripRule {
  static let name = "enum-type-left-behind"

  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)? {
    guard let leftovers = Leftovers(trip, differences), let first = leftovers.enumTypes.first else {
      return nil
    }
    return (
      Remark(
        .error,
        "the downgrade leaves enum type \(list(leftovers.enumTypes)) behind: the next upgrade fails "
          + "(42710), as the type is there already",
        help:
          "end the downgrade with sa.Enum(name=\"\(first)\").drop(op.get_bind()), or DROP TYPE \(first)"
      ), leftovers.downgrade
    )
  }
}

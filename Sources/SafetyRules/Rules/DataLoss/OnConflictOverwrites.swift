// on-conflict-overwrites: INSERT … ON CONFLICT DO UPDATE replaces values from before the upgrade.

import PostgresSyntax
import SchemaModel

enum OnConflictOverwrites: EffectRule {
  static let name = "on-conflict-overwrites"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .rowsInserted = effect, let loss = context.loss(by: effect, of: step),
      loss.age == .old, case .values(let table, let column) = loss.what
    else { return nil }
    return Remark(
      .warning,
      "where the row is there already, ON CONFLICT DO UPDATE overwrites \(table).\(column); the old "
        + "value is gone",
      help: "use ON CONFLICT DO NOTHING; or copy the rows that it meets to a table first")
  }
}

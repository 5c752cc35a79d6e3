// update-rows: values from before the upgrade are overwritten.

import PostgresSyntax
import SchemaModel

enum UpdateRows: EffectRule {
  static let name = "update-rows"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .rowsUpdated = effect, let loss = context.loss(by: effect, of: step),
      loss.age == .old, case .values(let table, let column) = loss.what
    else { return nil }
    let way =
      step.direction == .upgrade
      ? "the old values are gone; no downgrade can compute them back unless nothing was lost in it"
      : "also values that the upgrade did not touch, if the condition matches them"
    return Remark(
      .error, "values of \(table).\(column) are overwritten: \(way)",
      help: "write the new form to a new column, and drop the old one in a later release")
  }
}

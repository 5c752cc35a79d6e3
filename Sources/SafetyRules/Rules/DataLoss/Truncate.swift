// truncate: every row of a table is gone.

import SchemaModel

enum Truncate: EffectRule {
  static let name = "truncate"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .truncated(let tables, _, cascade: false) = effect,
      let loss = context.loss(by: effect, of: step)
    else { return nil }
    let names = list(tables.map { displayed($0.name) })
    return Remark(
      loss.age == .new ? .info : .error, "all rows of \(names) are gone",
      help: "copy what must come back to a table that the downgrade reads")
  }
}

// truncate-cascade: every row of a table is gone, and of every table that refers to it.

import SchemaModel

enum TruncateCascade: EffectRule {
  static let name = "truncate-cascade"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .truncated(let tables, _, cascade: true) = effect,
      let loss = context.loss(by: effect, of: step)
    else { return nil }
    let names = list(tables.map { displayed($0.name) })
    return Remark(
      loss.age == .new ? .info : .error,
      "CASCADE empties every table that refers to those named: all rows of \(names) are gone",
      help: "name the tables that must be emptied, and leave CASCADE out")
  }
}

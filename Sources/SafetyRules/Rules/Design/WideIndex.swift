// wide-index: an index over more than three columns.

import SchemaModel

enum WideIndex: EffectRule {
  static let name = "wide-index"
  static let isOn = false

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, case .indexCreated(_, let index, _) = effect,
      !index.isUnique, index.elements.count > 3
    else { return nil }
    return Remark(
      .info,
      "index \(index.name) has \(index.elements.count) columns: more than three rarely help unless the "
        + "queries always ask for the same ones",
      help: "index the columns that select most, or each by itself")
  }
}

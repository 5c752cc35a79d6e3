// enum-value-without-position: a new label goes to the end of the order.

import PostgresSyntax
import SchemaModel

enum EnumValueWithoutPosition: EffectRule {
  static let name = "enum-value-without-position"
  static let isOn = false

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, case .enumValueAdded(let addition) = effect,
      addition.position == .last
    else { return nil }
    return Remark(
      .info,
      "'\(addition.value)' goes to the end of \(displayed(addition.type)), which is how it sorts and "
        + "compares",
      help: "say BEFORE or AFTER, so that the order is meant")
  }
}

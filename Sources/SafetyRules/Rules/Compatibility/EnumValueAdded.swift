// enum-value-added: PostgreSQL has no way to take a value out of an enum again.

import SchemaModel

enum EnumValueAdded: EffectRule {
  static let name = "enum-value-added"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .enumValueAdded(let addition) = effect, context.isOld(addition.origin) else {
      return nil
    }
    return Remark(
      .warning,
      "'\(addition.value)' cannot be taken out of \(displayed(addition.type)) again: there is no "
        + "DROP VALUE, and building the type anew fails while a row uses it",
      help:
        "leave it behind if the old code never reads it; else rebuild the type in the downgrade "
        + "after moving the rows away from the value")
  }
}

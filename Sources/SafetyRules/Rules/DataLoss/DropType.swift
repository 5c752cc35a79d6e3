// drop-type: a type from before goes.

import SchemaModel

enum DropType: EffectRule {
  static let name = "drop-type"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .typeDropped(let type, _) = effect, context.isOld(type.origin),
      context.frame.after.type(type.name) == nil || step.direction == .downgrade,
      !context.frame.newNames.contains(type.name)
    else { return nil }
    let name = displayed(type.name)
    return Remark(
      .warning,
      "type \(name), which was there before, is dropped; while a column uses it this fails",
      help: "make sure that the other direction creates the type again, with the same labels")
  }
}

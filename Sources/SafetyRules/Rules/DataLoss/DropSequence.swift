// drop-sequence: the numbers that were given out are forgotten.

import SchemaModel

enum DropSequence: EffectRule {
  static let name = "drop-sequence"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .sequenceDropped(let sequence, isDirect: true) = effect,
      context.loss(by: effect, of: step) != nil
    else { return nil }
    return Remark(
      .error,
      "the position of sequence \(displayed(sequence.name)) is gone; created again it starts over, and "
        + "the next INSERT meets a key that exists (23505)",
      help:
        "keep the sequence; or set it by setval() from the highest key where it is created again")
  }
}

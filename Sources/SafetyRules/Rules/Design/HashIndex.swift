// hash-index: an index that serves equality only.

import SchemaModel

enum HashIndex: EffectRule {
  static let name = "hash-index"
  static let isOn = false

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, case .indexCreated(_, let index, _) = effect,
      index.method == "hash"
    else { return nil }
    return Remark(
      .info,
      "index \(index.name) is a hash index: it serves = only, of one column, and cannot be unique",
      help: "leave postgresql_using away: a B-tree serves = too")
  }
}

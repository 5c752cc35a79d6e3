// mixed-case-identifier: a name that must be quoted wherever it is written.

import SchemaModel

enum MixedCaseIdentifier: EffectRule {
  static let name = "mixed-case-identifier"
  static let isOn = false

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade else { return nil }
    let names = effect.givenNames.filter { $0.name.contains(where: \.isUppercase) }
      .map { "\($0.kind) \"\($0.name)\"" }
    guard !names.isEmpty else { return nil }
    return Remark(
      .info, "\(list(names)): a name with upper-case letters must be quoted in every statement",
      help: "say it in lower case, with underscores")
  }
}

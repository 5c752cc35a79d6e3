// The rules about good design, off by default: tastes that a project may share.

enum DesignRules {
  static let effects: [any EffectRule] = [
    AvoidChar(), AvoidMoney(), EnumValueWithoutPosition(), HashIndex(), MixedCaseIdentifier(),
    NoPrimaryKey(), PreferBigintKey(), PreferIdentity(), PreferJsonb(), PreferText(),
    PreferTimestamptz(), RedundantIndex(), WideIndex(),
  ]
  static let statements: [any StatementRule] = [IdentifierTooLong()]
}

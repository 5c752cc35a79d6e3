// The rules about good design, off by default: tastes that a project may share.

enum DesignRules {
  static let effects: [any EffectRule.Type] = [
    AvoidChar.self, AvoidMoney.self, EnumValueWithoutPosition.self, HashIndex.self,
    MixedCaseIdentifier.self,
    NoPrimaryKey.self, PreferBigintKey.self, PreferIdentity.self, PreferJsonb.self, PreferText.self,
    PreferTimestamptz.self, RedundantIndex.self, WideIndex.self,
  ]
  static let statements: [any StatementRule.Type] = [IdentifierTooLong.self]
}

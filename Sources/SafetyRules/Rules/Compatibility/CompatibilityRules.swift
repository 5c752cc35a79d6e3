// The rules about code from before the upgrade that runs on the schema after it.

enum CompatibilityRules {
  static let effects: [any EffectRule] = [EnumValueAdded()]
  static let codeBreaks: [any CodeBreakRule] = [
    AddCheck(), AddConstraintOnNewColumnWithoutDefault(), AddForeignKey(), AddRequiredColumn(),
    AddUnique(), ChangeColumnType(), ChangeDefault(), DropDefault(), DropFunction(),
    DropIndexOfUnique(), DropNotNull(), DropView(), IdentityAlways(), MoveToSchema(),
    PythonSideDefaultOnly(), RenameColumn(), RenameEnumValue(), RenameSchema(), RenameTable(),
    RenameType(), RevokePrivileges(), RowSecurityEnabled(), SetNotNullBreaksWriters(),
    TightenDomain(), TriggerAdded(), ViewChanged(),
  ]
}

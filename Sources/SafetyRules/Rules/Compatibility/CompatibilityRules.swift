// The rules about code from before the upgrade that runs on the schema after it.

enum CompatibilityRules {
  static let effects: [any EffectRule.Type] = [EnumValueAdded.self]
  static let statements: [any StatementRule.Type] = [SelectStar.self]
  static let codeBreaks: [any CodeBreakRule.Type] = [
    AddCheck.self, AddConstraintOnNewColumnWithoutDefault.self, AddForeignKey.self,
    AddRequiredColumn.self,
    AddUnique.self, ChangeColumnType.self, ChangeCompositeType.self, ChangeDefault.self,
    DropDefault.self, DropFunction.self,
    DropIndexOfUnique.self, DropNotNull.self, DropView.self, IdentityAlways.self,
    InsteadRuleAdded.self, MoveToSchema.self, PublishWithoutIdentity.self,
    PythonSideDefaultOnly.self, RenameColumn.self, RenameEnumValue.self, RenameSchema.self,
    RenameTable.self,
    RenameType.self, RevokePrivileges.self, RowSecurityEnabled.self, SetNotNullBreaksWriters.self,
    TightenDomain.self, TightenPolicy.self, TriggerAdded.self, ViewChanged.self,
  ]
}

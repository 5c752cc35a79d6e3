// The rules about the way back: whether it runs to its end, and where it ends.

enum DowngradeRules {
  static let statements: [any StatementRule.Type] = [VersionTableTouched.self]
  static let places: [any PlaceRule.Type] = [
    EnvironmentDependentMigration.self, SchemaDependentMigration.self,
  ]
  static let failures: [any FailureRule.Type] = [
    DowngradeDependsOnData.self, DowngradeFails.self, UnnamedConstraint.self,
  ]
  static let trips: [any TripRule.Type] = [
    DowngradeNotInverse.self, DowngradeRaises.self, EmptyDowngrade.self, EnumTypeLeftBehind.self,
    EnumValueStays.self, MissingDowngrade.self, SequenceLeftBehind.self,
  ]
}

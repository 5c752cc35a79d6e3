// The rules about the way back: whether it runs to its end, and where it ends.

enum DowngradeRules {
  static let statements: [any StatementRule] = [VersionTableTouched()]
  static let failures: [any FailureRule] = [
    DowngradeDependsOnData(), DowngradeFails(), UnnamedConstraint(),
  ]
  static let trips: [any TripRule] = [
    DowngradeNotInverse(), DowngradeRaises(), EmptyDowngrade(), EnumTypeLeftBehind(),
    EnumValueStays(), MissingDowngrade(), SequenceLeftBehind(),
  ]
}

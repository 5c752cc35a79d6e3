// What a rule is: a name, and what it says of an effect or of a step as a whole.

package import SchemaModel

/// What a rule says, before it is given its place.
package struct Remark: Sendable, Hashable {
  package var severity: Severity
  /// What was seen, and what PostgreSQL does.
  package var message: String
  /// What to do instead.
  package var help: String

  package init(_ severity: Severity, _ message: String, help: String) {
    self.severity = severity
    self.message = message
    self.help = help
  }
}

/// A rule that looks at each effect of a statement.
package protocol EffectRule: Sendable {
  /// The name of its page in `Rules/`.
  static var name: String { get }
  func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark?
}

/// A rule that looks at each failure of a statement of a downgrade.
package protocol FailureRule: Sendable {
  static var name: String { get }
  func remark(on failure: Failure) -> Remark?
}

/// A rule that looks at a revision as a whole.
package protocol TripRule: Sendable {
  static var name: String { get }
  /// The remark, and whether it is about the upgrade or the downgrade.
  func remark(on trip: RoundTrip, differences: [String]) -> (Remark, StepRecord)?
}

/// Every rule, in the order of the catalogue.
package enum RuleBook {
  package static let effectRules: [any EffectRule] = [
    DeleteRows(), DropColumn(), DropTable(), DropType(), EnumValueAdded(), NarrowingTypeChange(),
    Truncate(), UpdateRows(),
  ]
  package static let failureRules: [any FailureRule] = [DowngradeDependsOnData(), DowngradeFails()]
  package static let tripRules: [any TripRule] = [
    DowngradeNotInverse(), DowngradeRaises(), EmptyDowngrade(), MissingDowngrade(),
  ]

  /// The names of all rules, sorted.
  package static var names: [String] {
    (effectRules.map { type(of: $0).name } + failureRules.map { type(of: $0).name }
      + tripRules.map { type(of: $0).name }).sorted()
  }
}

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

package protocol Rule: Sendable {
  /// The name of its page in `Rules/`.
  static var name: String { get }
  /// False for a rule that speaks only where a project switches it on; its page says `default: off`.
  static var isOn: Bool { get }
}

extension Rule {
  package static var isOn: Bool { true }
}

/// A rule that looks at each effect of a statement.
package protocol EffectRule: Rule {
  func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark?
}

/// A rule that looks at a statement as a whole: its locks, rewrites and scans together.
package protocol StatementRule: Rule {
  func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark?
}

/// A rule that looks at the statements of a step in their order: what one of them does after, or in
/// the same transaction as, another.
package protocol StepRule: Rule {
  /// Each remark with the position of the statement that it is about.
  func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)]
}

/// A rule that looks at each failure of a statement of a downgrade.
package protocol FailureRule: Rule {
  func remark(on failure: Failure) -> Remark?
}

/// A rule that looks at a revision as a whole.
package protocol TripRule: Rule {
  /// The remark, and whether it is about the upgrade or the downgrade.
  func remark(on trip: RoundTrip, differences: [String]) -> (Remark, StepRecord)?
}

/// Every rule, group by group in the order of the catalogue.
package enum RuleBook {
  package static let effectRules: [any EffectRule] = [
    DeleteRows(), DropColumn(), DropTable(), DropType(), EnumValueAdded(), NarrowingTypeChange(),
    Truncate(), UpdateRows(),
  ]
  package static let statementRules: [any StatementRule] =
    LockingRules.statements + TransactionRules.statements
  package static let stepRules: [any StepRule] = LockingRules.steps + TransactionRules.steps
  package static let failureRules: [any FailureRule] = [DowngradeDependsOnData(), DowngradeFails()]
  package static let tripRules: [any TripRule] = [
    DowngradeNotInverse(), DowngradeRaises(), EmptyDowngrade(), MissingDowngrade(),
  ]

  private static let all: [any Rule] =
    effectRules + statementRules + stepRules + failureRules + tripRules

  /// The names of all rules, sorted.
  package static let names: [String] = all.map { type(of: $0).name }.sorted()

  /// The rules that speak only where a project switches them on.
  package static let optional = Set(all.map { type(of: $0) }.filter { !$0.isOn }.map { $0.name })
}

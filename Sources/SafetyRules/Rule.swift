// What a rule is: a name, and what it says of an effect or of a step as a whole.

package import SchemaModel

/// What a rule says, before it is given its place.
package struct Remark: Sendable, Hashable {
  package var severity: Severity
  /// What was seen, and what PostgreSQL does.
  package var message: String
  /// What to do instead.
  package var help: String
  /// What only a database tells, such as "whether the table holds rows": `backout check` asks it.
  package var question: String?

  package init(
    _ severity: Severity, _ message: String, help: String = "", question: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.help = help
    self.question = question
  }

  /// What to do, for a reader who has asked no database yet.
  var advice: String {
    let asking = question.map { "backout check tells \($0)" } ?? ""
    return help.isEmpty || asking.isEmpty ? help + asking : "\(help); \(asking)"
  }
}

package protocol Rule: Sendable {
  /// The name of its page in `Rules/`.
  static var name: String { get }
  /// False for a rule that speaks only where a project switches it on; its page says `default: off`.
  static var isOn: Bool { get }
  /// More general rules that are silent about a statement of which this one speaks.
  static var speaksFor: Set<String> { get }
}

extension Rule {
  package static var isOn: Bool { true }
  package static var speaksFor: Set<String> { [] }
}

/// A rule that looks at each effect of a statement.
package protocol EffectRule: Rule {
  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark?
}

/// A rule that looks at a statement as a whole: its locks, rewrites and scans together.
package protocol StatementRule: Rule {
  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark?
}

/// A rule that looks at the statements of a step in their order: what one of them does after, or in
/// the same transaction as, another.
package protocol StepRule: Rule {
  /// Each remark with the position of the statement that it is about.
  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)]
}

/// A rule that looks at what a statement of an upgrade does to code that was written before it.
package protocol CodeBreakRule: Rule {
  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark?
}

/// A rule that looks at what of a step depends on more than its files.
package protocol PlaceRule: Rule {
  static func remark(on place: OutsidePlace) -> Remark?
}

/// A rule that looks at each failure of a statement of a downgrade.
package protocol FailureRule: Rule {
  static func remark(
    on failure: Failure, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark?
}

/// A rule that looks at a revision as a whole.
package protocol TripRule: Rule {
  /// The remark, and whether it is about the upgrade or the downgrade.
  static func remark(on trip: RoundTrip, differences: [SchemaDifference]) -> (Remark, StepRecord)?
}

/// A rule that looks at the upgrades of a project one after the other.
package protocol HistoryRule: Rule {
  init()
  /// Each remark with the position of the statement that it is about.
  mutating func remarks(on upgrade: StepRecord) -> [(Remark, at: Int)]
}

/// A rule that speaks of what is wrong with the files of a project and with their graph, by the topic
/// of a diagnostic, which is the rule's name.
package protocol GraphRule: Rule {
  static var severity: Severity { get }
  static var help: String { get }
}

/// Every rule, group by group in the order of the catalogue.
package enum RuleBook {
  package static let effectRules: [any EffectRule.Type] =
    DataLossRules.effects + CompatibilityRules.effects + DesignRules.effects
  package static let statementRules: [any StatementRule.Type] =
    DataLossRules.statements + DowngradeRules.statements + LockingRules.statements
    + TransactionRules.statements + DesignRules.statements + CompatibilityRules.statements
  package static let stepRules: [any StepRule.Type] = LockingRules.steps + TransactionRules.steps
  package static let placeRules: [any PlaceRule.Type] = DowngradeRules.places
  package static let codeBreakRules: [any CodeBreakRule.Type] = CompatibilityRules.codeBreaks
  package static let failureRules: [any FailureRule.Type] = DowngradeRules.failures
  package static let tripRules: [any TripRule.Type] = DowngradeRules.trips
  package static let historyRules: [any HistoryRule.Type] = DataLossRules.histories
  package static let graphRules: [any GraphRule.Type] = GraphRules.all

  private static let all: [any Rule.Type] = {
    // Not by a cast of the whole array, which asks the runtime for the conformance of each.
    var all = effectRules.map { $0 as any Rule.Type }
    all += statementRules.map { $0 as any Rule.Type }
    all += stepRules.map { $0 as any Rule.Type }
    all += placeRules.map { $0 as any Rule.Type }
    all += codeBreakRules.map { $0 as any Rule.Type }
    all += failureRules.map { $0 as any Rule.Type }
    all += tripRules.map { $0 as any Rule.Type }
    all += historyRules.map { $0 as any Rule.Type }
    return all + graphRules.map { $0 as any Rule.Type }
  }()

  /// The names of all rules, sorted.
  package static let names: [String] = all.map { $0.name }.sorted()

  /// The rules that speak only where a project switches them on.
  package static let optional = Set(all.filter { !$0.isOn }.map { $0.name })

  /// The rules about loss and about a downgrade that fails: what a live database says of its rows
  /// belongs to them, and not to a rule about locks at the same place.
  package static let aboutData: Set<String> = {
    let rules: [any Rule.Type] =
      DataLossRules.effects + DataLossRules.statements + DowngradeRules.statements
      + DowngradeRules.failures + DowngradeRules.trips
    return Set(rules.map { $0.name })
  }()

  /// The rules about what one statement makes others wait for.
  static let aboutLocks = Set(LockingRules.statements.map { $0.name })

  /// For each rule those that are silent about the same statement.
  static let spokenFor: [String: Set<String>] = Dictionary(
    uniqueKeysWithValues: all.filter { !$0.speaksFor.isEmpty }.map { ($0.name, $0.speaksFor) })
}

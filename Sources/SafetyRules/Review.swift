// A round trip, a history and a project's files through every rule: findings with their places.

import PostgresSyntax
package import SchemaModel
package import SourceText

/// The rules that speak, chosen once for all revisions: those that are off are not asked at all.
package final class ActiveRules: Sendable {
  private let effects: [any EffectRule.Type]
  private let statements: [any StatementRule.Type]
  private let steps: [any StepRule.Type]
  private let places: [any PlaceRule.Type]
  private let codeBreaks: [any CodeBreakRule.Type]
  private let failures: [any FailureRule.Type]
  private let trips: [any TripRule.Type]
  private let histories: [any HistoryRule.Type]
  private let ownRules: [ProjectRule]
  private let smallTables: [Glob]

  /// - Parameters:
  ///   - enabled: the rules that are off by default and that the project switches on.
  ///   - ownRules: those that the project wrote itself.
  ///   - smallTables: the names of tables on which no lock is long, with or without their schema.
  ///   - isSilent: whether no rule speaks at all, for those who want verdicts only.
  package init(
    enabling enabled: Set<String> = [], ownRules: [ProjectRule] = [], smallTables: [Glob] = [],
    isSilent: Bool = false
  ) {
    self.ownRules = ownRules
    self.smallTables = smallTables
    func isOn(_ rule: any Rule.Type) -> Bool {
      !isSilent && (rule.isOn || enabled.contains(rule.name))
    }
    effects = RuleBook.effectRules.filter(isOn)
    statements = RuleBook.statementRules.filter(isOn)
    steps = RuleBook.stepRules.filter(isOn)
    places = RuleBook.placeRules.filter(isOn)
    codeBreaks = RuleBook.codeBreakRules.filter(isOn)
    failures = RuleBook.failureRules.filter(isOn)
    trips = RuleBook.tripRules.filter(isOn)
    histories = RuleBook.historyRules.filter(isOn)
  }

  /// Applies the rules to a round trip.
  /// - Parameters:
  ///   - differences: what of the schema is not as before.
  ///   - isAsked: whether a database is being asked: then nobody is sent to do so.
  package func findings(
    in context: RoundTripContext, differences: [SchemaDifference], isAsked: Bool = false
  ) -> [Finding] {
    let trip = context.trip
    var findings: [Finding] = []
    for step in trip.steps {
      var spoken: [[NamedRemark]] = step.statements.map { remarks(on: $0, of: step, context) }
      for rule in steps {
        for (remark, position) in rule.remarks(on: step, in: context) {
          spoken[position].append(NamedRemark(rule.name, remark))
        }
      }
      for (statement, remarks) in zip(step.statements, spoken) {
        for var remark in settled(remarks) {
          if isAsked { remark.remark.question = nil }
          findings.append(Finding(remark, step, statement))
        }
      }
      findings += findingsOfPlaces(of: step)
    }
    for rule in trips {
      guard let (remark, step) = rule.remark(on: trip, differences: differences) else { continue }
      findings.append(
        Finding(
          rule: rule.name, severity: remark.severity, revision: step.revision,
          direction: step.direction, location: step.location, message: remark.message,
          help: remark.help))
    }
    return findings
  }

  /// What a step depends on is told once, at the first place that does; of the schema, once for all its questions.
  private func findingsOfPlaces(of step: StepRecord) -> [Finding] {
    var told: Set<String> = []
    return step.outside.filter { place in
      told.insert(place.source == .schema ? "" : place.detail).inserted
    }.flatMap { place in
      places.compactMap { rule in
        guard let remark = rule.remark(on: place) else { return nil }
        return Finding(
          rule: rule.name, severity: remark.severity, revision: step.revision,
          direction: step.direction, location: place.location, message: remark.message,
          help: remark.help)
      }
    }
  }

  /// The rules about a whole history.
  package var historyReview: HistoryReview { HistoryReview(rules: histories.map { $0.init() }) }

  /// Whether all that others would wait for is small.
  private func isOnSmallTables(_ statement: StatementRecord) -> Bool {
    guard !smallTables.isEmpty else { return false }
    let outcome = statement.outcome
    let tables =
      outcome.locks.filter { !$0.isNew }.map(\.relation) + outcome.rewrites.map(\.table)
      + outcome.scans.map(\.table)
    return !tables.isEmpty
      && tables.allSatisfy { table in
        let names = [table.name.name, "\(table.name.schema ?? "public").\(table.name.name)"]
        return smallTables.contains { glob in names.contains(where: glob.matches) }
      }
  }

  private func remarks(
    on statement: StatementRecord, of step: StepRecord, _ context: RoundTripContext
  ) -> [NamedRemark] {
    var remarks: [NamedRemark] = []
    func add(_ rule: any Rule.Type, _ remark: Remark?) {
      if let remark { remarks.append(NamedRemark(rule.name, remark)) }
    }
    for effect in statement.outcome.effects {
      for rule in effects { add(rule, rule.remark(on: effect, of: step, in: context)) }
    }
    let isSmall = isOnSmallTables(statement)
    for rule in statements {
      guard var remark = rule.remark(on: statement, of: step, in: context) else { continue }
      if isSmall, RuleBook.aboutLocks.contains(rule.name) {
        remark.severity = .info
        remark.message += "; the project calls its tables small"
      }
      add(rule, remark)
    }
    for rule in ownRules {
      for remark in rule.remarks(on: statement, of: step, in: context) {
        remarks.append(NamedRemark(rule.page.name, remark))
      }
    }
    if step.direction == .upgrade {
      for codeBreak in context.codeBreaks(of: statement) {
        for rule in codeBreaks {
          add(rule, rule.remark(on: codeBreak, of: statement, in: context))
        }
      }
    } else {
      for failure in statement.outcome.failures {
        for rule in failures {
          add(rule, rule.remark(on: failure, of: statement, in: context))
        }
      }
    }
    return remarks
  }
}

/// Is shown the upgrades of a history in their order.
package struct HistoryReview: Sendable {
  private var rules: [any HistoryRule]
  package private(set) var findings: [Finding] = []

  fileprivate init(rules: [any HistoryRule]) {
    self.rules = rules
  }

  package mutating func add(_ upgrade: StepRecord) {
    for index in rules.indices {
      for (remark, position) in rules[index].remarks(on: upgrade) {
        findings.append(
          Finding(
            NamedRemark(type(of: rules[index]).name, remark), upgrade,
            upgrade.statements[position]))
      }
    }
  }
}

/// What the rules about files say of a diagnostic; nil where none is about its topic.
/// - Parameter revision: of the file, empty where it has none.
package func finding(for diagnostic: Diagnostic, revision: String) -> Finding? {
  guard let rule = RuleBook.graphRules.first(where: { $0.name == diagnostic.topic }) else {
    return nil
  }
  return Finding(
    rule: rule.name, severity: rule.severity, revision: revision, direction: .upgrade,
    location: diagnostic.location, message: diagnostic.message, help: rule.help)
}

private struct NamedRemark: Equatable {
  var rule: String
  var remark: Remark

  init(_ rule: String, _ remark: Remark) {
    self.rule = rule
    self.remark = remark
  }
}

extension Finding {
  fileprivate init(_ named: NamedRemark, _ step: StepRecord, _ statement: StatementRecord) {
    self.init(
      rule: named.rule, severity: named.remark.severity, revision: step.revision,
      direction: step.direction, location: statement.location, message: named.remark.message,
      help: named.remark.advice, sql: statement.sql.isEmpty ? nil : statement.sql)
  }
}

/// Without what a more specific rule says of the same statement, and each only once.
private func settled(_ remarks: [NamedRemark]) -> [NamedRemark] {
  guard remarks.count > 1 else { return remarks }
  let silent = remarks.compactMap { RuleBook.spokenFor[$0.rule] }.reduce(into: Set<String>()) {
    $0.formUnion($1)
  }
  // They are few: comparing them is less than a set of them.
  return remarks.enumerated().filter { place, remark in
    !silent.contains(remark.rule) && !remarks[..<place].contains(remark)
  }.map(\.element)
}

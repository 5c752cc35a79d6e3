// A round trip through every rule: findings with their places.

import SchemaModel

/// Applies every rule to a round trip.
/// - Parameters:
///   - differences: what of the schema is not as before, one line each.
///   - enabled: the rules that are off by default and that the project switches on.
package func findings(
  in trip: RoundTrip, differences: [String], enabled: Set<String> = []
) -> [Finding] {
  let context = RoundTripContext(trip)
  var findings: [Finding] = []
  for step in trip.steps {
    func add(_ name: String, _ remark: Remark, to statement: StatementRecord) {
      findings.append(
        Finding(
          rule: name, severity: remark.severity, revision: step.revision,
          direction: step.direction, location: statement.location, message: remark.message,
          help: remark.help, sql: statement.sql))
    }
    for statement in step.statements {
      for (name, remark) in remarks(on: statement, of: step, context) {
        add(name, remark, to: statement)
      }
    }
    for rule in RuleBook.stepRules {
      for (remark, position) in rule.remarks(on: step, in: context) {
        add(type(of: rule).name, remark, to: step.statements[position])
      }
    }
  }
  for rule in RuleBook.tripRules {
    guard let (remark, step) = rule.remark(on: trip, differences: differences) else { continue }
    findings.append(
      Finding(
        rule: type(of: rule).name, severity: remark.severity, revision: step.revision,
        direction: step.direction, location: step.location, message: remark.message,
        help: remark.help))
  }
  let off = RuleBook.optional.subtracting(enabled)
  if !off.isEmpty { findings.removeAll { off.contains($0.rule) } }
  return findings
}

private func remarks(
  on statement: StatementRecord, of step: StepRecord, _ context: RoundTripContext
) -> [(String, Remark)] {
  var remarks: [(String, Remark)] = []
  for effect in statement.outcome.effects {
    for rule in RuleBook.effectRules {
      guard let remark = rule.remark(on: effect, of: step, in: context) else { continue }
      let name = type(of: rule).name
      // What a statement does to several columns or tables of the same kind is said once each.
      if !remarks.contains(where: { $0 == (name, remark) }) { remarks.append((name, remark)) }
    }
  }
  for rule in RuleBook.statementRules {
    if let remark = rule.remark(on: statement, of: step, in: context) {
      remarks.append((type(of: rule).name, remark))
    }
  }
  guard step.direction == .downgrade else { return remarks }
  for failure in statement.outcome.failures {
    for rule in RuleBook.failureRules {
      if let remark = rule.remark(on: failure) { remarks.append((type(of: rule).name, remark)) }
    }
  }
  return remarks
}

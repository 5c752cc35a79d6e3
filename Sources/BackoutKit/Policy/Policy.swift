// How strictly a project wants to be judged: which rules speak and how loudly, what was acknowledged.

import Alembic
import PythonSyntax
import Reports
import SafetyRules
import SourceText
import Verdicts

/// The settings of a project that concern findings, checked.
struct Policy {
  /// Rules that are off by default and that the project switches on.
  private(set) var enabled: Set<String> = []
  private var off: Set<String> = []
  private var severities: [String: Severity] = [:]
  private var waivers: [Acknowledgement] = []
  private let catalogue: RuleNames

  /// - Parameters:
  ///   - ownRules: what the project wrote itself.
  ///   - enabling: rules that the command line switches on.
  init(
    _ settings: PolicySettings, ownRules: [ProjectRule], enabling: [String]
  ) throws(BackoutFailure) {
    catalogue = RuleNames(ownRules)
    let place = settings.place.map { "\($0.file): rules" } ?? "rules"
    for (rule, word) in settings.rules.sorted(by: { $0.key < $1.key }) {
      try Self.check(rule, catalogue, place)
      switch word {
      case "off": off.insert(rule)
      case "on": enabled.insert(rule)
      default:
        guard let severity = Severity(rawValue: word) else {
          throw BackoutFailure("\(place): '\(rule)' is to be off, on, info, warning or error")
        }
        severities[rule] = severity
        enabled.insert(rule)
      }
    }
    for rule in enabling {
      try Self.check(rule, catalogue, "--enable")
      enabled.insert(rule)
    }
    for waiver in settings.waivers { waivers.append(try Acknowledgement(waiver, catalogue)) }
  }

  private static func check(
    _ rule: String, _ catalogue: RuleNames, _ place: String
  ) throws(BackoutFailure) {
    if let complaint = catalogue.complaint(about: rule) {
      throw BackoutFailure("\(place): \(complaint)")
    }
  }

  /// Rates and acknowledges the findings of an analysis, and the revisions whose verdict they explain.
  /// - Parameter isPartial: findings were left out, for which an acknowledgement may be.
  func apply(
    to analysis: inout Analysis, modules: [PythonModule], baseline: Baseline, today: Day?,
    isPartial: Bool = false
  ) {
    acknowledge(&analysis, modules, today, isPartial: isPartial)
    baseline.suppress(in: &analysis)
    let isRated =
      !off.isEmpty || !severities.isEmpty || analysis.findings.contains { $0.suppressed != nil }
      || analysis.opaque.contains { $0.suppressed != nil }
    // Without any of these nothing explains a verdict away.
    if isRated { explain(&analysis) }
    analysis.findings.removeAll { off.contains($0.rule) }
    for index in analysis.findings.indices {
      if let severity = severities[analysis.findings[index].rule] {
        analysis.findings[index].severity = severity
      }
    }
  }

  /// Acknowledges the revisions whose verdict does not count.
  private func explain(_ analysis: inout Analysis) {
    let byRevision = Dictionary(grouping: analysis.findings, by: \.revision)
    let opaque = Dictionary(grouping: analysis.opaque, by: \.revision)
    for index in analysis.revisions.indices where analysis.revisions[index].acknowledged == nil {
      let revision = analysis.revisions[index]
      analysis.revisions[index].acknowledged = reason(
        to: revision.verdict, byRevision[revision.revision] ?? [], opaque[revision.revision] ?? [])
    }
  }

  /// The reason why a verdict does not count: everything that explains it is acknowledged, switched
  /// off, or rated lower by the project.
  private func reason(
    to verdict: Verdict, _ findings: [Finding], _ opaque: [OpaqueNote]
  ) -> String? {
    let errors = findings.filter { $0.severity == .error }
    switch verdict {
    case .unsafe where !errors.isEmpty: break
    case .unknown where !opaque.isEmpty: break
    default: return nil
    }
    var reasons: [String] = []
    for finding in errors {
      guard let reason = finding.suppressed ?? demotion(of: finding.rule) else { return nil }
      if !reasons.contains(reason) { reasons.append(reason) }
    }
    if verdict == .unknown {
      for note in opaque {
        guard let reason = note.suppressed else { return nil }
        if !reasons.contains(reason) { reasons.append(reason) }
      }
    }
    return reasons.joined(separator: "; ")
  }

  private func demotion(of rule: String) -> String? {
    if off.contains(rule) { return "\(rule) is off" }
    guard let severity = severities[rule], severity < .error else { return nil }
    return "\(rule) is rated \(severity.rawValue)"
  }

  // MARK: - Acknowledgements

  private func acknowledge(
    _ analysis: inout Analysis, _ modules: [PythonModule], _ today: Day?, isPartial: Bool
  ) {
    var remarks: [Diagnostic] = []
    var known = waivers
    for module in modules { known += Acknowledgement.inComments(of: module, catalogue, &remarks) }
    for acknowledgement in known {
      let isOver = acknowledgement.until.flatMap { until in today.map { until < $0 } } ?? false
      let used = mark(acknowledgement, isOver: isOver, in: &analysis)
      let rules = acknowledgement.rules.joined(separator: ", ")
      if isOver {
        remarks.append(
          Diagnostic(
            location: acknowledgement.place,
            message: "the acknowledgement of \(rules) is over; what it covers counts again",
            isRemark: true))
      } else if !used, !isPartial {
        remarks.append(
          Diagnostic(
            location: acknowledgement.place,
            message: "nothing here needs the acknowledgement of \(rules); take it out",
            isRemark: true))
      }
    }
    analysis.diagnostics += remarks
  }

  /// Whether anything is covered.
  private func mark(
    _ acknowledgement: Acknowledgement, isOver: Bool, in analysis: inout Analysis
  ) -> Bool {
    var isUsed = false
    for index in analysis.findings.indices {
      let finding = analysis.findings[index]
      guard acknowledgement.rules.contains(finding.rule), acknowledgement.covers(finding.location)
      else { continue }
      isUsed = true
      if !isOver, finding.suppressed == nil {
        analysis.findings[index].suppressed = acknowledgement.reason
      }
    }
    guard acknowledgement.rules.contains(Acknowledgement.unknownWord) else { return isUsed }
    for index in analysis.opaque.indices
    where acknowledgement.covers(analysis.opaque[index].location) {
      isUsed = true
      if !isOver, analysis.opaque[index].suppressed == nil {
        analysis.opaque[index].suppressed = acknowledgement.reason
      }
    }
    return isUsed
  }
}

// The result of `backout analyze`, in all its forms.

import Alembic
import PythonSyntax
import Reports
import SafetyRules
import SourceText
import Verdicts

/// How much the text says, and in which order.
public struct TextDetail: Sendable {
  public enum Grouping: String, CaseIterable, Sendable {
    case revision, rule
  }

  public var grouping = Grouping.revision
  /// Only how often each rule speaks.
  public var hasStatistics = false
  /// Only what decides, a line each.
  public var isQuiet = false
  /// Every revision and all that is said of it.
  public var isVerbose = false
  /// Whether the terminal makes links of addresses that it is told (OSC 8).
  public var hasLinks = false

  public init() {}
}

/// The result of `backout analyze`, or of `backout lint`.
public struct AnalysisReport: Sendable {
  /// Nil for plain SQL, which is judged going forward only.
  let project: Project?
  let analysis: Analysis
  /// What the project's settings say of the exit code.
  let failOn: String?
  /// The range that was given, where both of its ends are the same.
  let emptyRange: String?
  /// What the analysis was made of. A program that prints it and ends never frees it.
  let outcomes: [Trial.Outcome]

  public func rendered(
    as format: ReportFormat, style: ReportStyle
  ) throws(BackoutFailure) -> String {
    switch format {
    case .text:
      TextReport(analysis, style: style.text.terminal, options: options(style.detail)).rendered()
    case .json: analysisJSON(analysis)
    case .sarif: sarifReport(analysis, try context(style))
    case .github: githubAnnotations(analysis, try context(style))
    case .gitlab: codeQualityReport(analysis, try context(style))
    case .junit: junitReport(analysis, try context(style))
    case .markdown: markdownReport(analysis)
    case .html: try page()
    }
  }

  private func page() throws(BackoutFailure) -> String {
    guard let project else {
      throw BackoutFailure("--format html shows the way back of revisions; plain SQL has none")
    }
    return HTMLReport(
      analysis, lines: GraphReport(alembic: project.alembic, analysis: analysis).lines,
      steps: StepTexts.byRevision(outcomes)
    ).rendered()
  }

  private func options(_ detail: TextDetail) -> TextOptions {
    var options = TextOptions()
    options.grouping = detail.grouping == .rule ? .rule : .revision
    options.hasStatistics = detail.hasStatistics
    options.isQuiet = detail.isQuiet
    options.isVerbose = detail.isVerbose
    if project == nil { options.headline = plainHeadline }
    if detail.hasLinks {
      for rule in Set(analysis.findings.map(\.rule)) {
        options.links[rule] = RulePage(named: rule)?.reference
      }
    }
    return options
  }

  /// How much there is to say of plain SQL.
  private var plainHeadline: String {
    let statements = counted(analysis.coverage.statements + analysis.coverage.opaque, "statement")
    let counts = Severity.allCases.sorted(by: >).compactMap { severity in
      let count = analysis.findings.count { $0.suppressed == nil && $0.severity == severity }
      return count == 0
        ? nil : severity == .info ? "\(count) info" : counted(count, severity.rawValue)
    }
    return (counts.isEmpty ? "nothing to say" : counts.joined(separator: ", "))
      + " in \(statements)"
  }

  private func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  private func context(_ style: ReportStyle) throws(BackoutFailure) -> ReportContext {
    let failOn = try self.failOn(style.failOn)
    let ownPages = try project?.ownRules().map(\.page) ?? []
    return style.context(failOn) { name in
      RulePage(named: name) ?? ownPages.first { $0.name == name }
    }
  }

  /// One line where there is nothing to judge; or where Alembic would not load the project, and the
  /// report does not begin with it.
  public func complaint(as format: ReportFormat) -> String? {
    if let emptyRange {
      return "backout: --range: there is no revision in '\(emptyRange.harmless)'; "
        + "both ends are the same"
    }
    return format == .text ? nil : analysis.refusal.map(AlembicProject.complaint)
  }

  /// 2 where Alembic would not load the project; 1 for `unsafe` or a finding, 3 for `unknown`, 5 for
  /// `depends`, each if it is asked for and not acknowledged; else 0.
  /// - Parameter given: nil: as the settings say, else `FailOn.defaultText`.
  public func exitCode(failOn given: FailOn?) throws(BackoutFailure) -> Int32 {
    if analysis.refusal != nil { return 2 }
    let failOn = try failOn(given)
    var verdicts = Set(analysis.revisions.filter { $0.acknowledged == nil }.map(\.verdict))
    if !analysis.isComplete { verdicts.insert(.unknown) }
    if project == nil, analysis.opaque.contains(where: { $0.suppressed == nil }) {
      verdicts.insert(.unknown)
    }
    if verdicts.contains(.unsafe), failOn.verdicts.contains(.unsafe) { return 1 }
    if analysis.findings.contains(where: {
      $0.suppressed == nil && failOn.severities.contains($0.severity)
    }) {
      return 1
    }
    if verdicts.contains(.unknown), failOn.verdicts.contains(.unknown) { return 3 }
    if verdicts.contains(.depends), failOn.verdicts.contains(.depends) { return 5 }
    return 0
  }

  private func failOn(_ given: FailOn?) throws(BackoutFailure) -> FailOn {
    if let given { return given }
    return try FailOn(parsing: failOn ?? FailOn.defaultText)
  }
}

extension StepTexts {
  /// Of what was judged.
  static func byRevision(_ outcomes: [Trial.Outcome]) -> [String: StepTexts] {
    let steps = outcomes.filter { $0.assessment != nil }.map { outcome in
      (outcome.trial.steps.revision.id, StepTexts(outcome.trial.steps))
    }
    return Dictionary(steps, uniquingKeysWith: { first, _ in first })
  }

  fileprivate init(_ steps: RevisionSteps) {
    let source = steps.revision.module.source
    self.init(
      upgrade: SQLStep(steps.upgrade.step, in: source),
      downgrade: SQLStep(steps.downgrade.step, in: source))
  }
}

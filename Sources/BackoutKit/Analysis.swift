// A static analysis: every revision replayed upwards, and back down again by itself.

import Alembic
import PythonSyntax
import Reports
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

extension Project {
  /// Judges the way back of every revision, or of those in a range.
  /// - Parameter range: `a:b` as Alembic spells it, the revisions after `a` up to `b`; nil: all, or
  ///   those in the files that were named.
  public func analyze(range: String? = nil) throws(BackoutFailure) -> AnalysisReport {
    let selected =
      try range.map { range throws(BackoutFailure) in try revisions(in: range) }
      ?? alembic.selection
    let history = History(alembic)
    var replayer = Replayer(isTransactional: history.isTransactional)
    var catalog = history.emptyCatalog
    var trials: [Trial] = []
    for (index, steps) in history.steps.enumerated() {
      var trial = Trial(
        steps: steps, origin: 2 * index + 2, before: catalog, replayer: replayer.branch,
        isRefused: alembic.refusal != nil)
      trial.upgrade = trial.replayer.replay(
        steps.upgrade, of: steps.revision, origin: 2 * index + 1, on: &catalog)
      replayer = trial.replayer.branch
      if selected?.contains(steps.revision.id) == false { trial.isSelected = false }
      trials.append(trial)
    }
    var analysis = Analysis(
      refusal: alembic.refusal, isComplete: alembic.isComplete, diagnostics: alembic.diagnostics)
    for outcome in concurrentMap(trials, \.outcome) { analysis.add(outcome) }
    analysis.findings.sort(by: Finding.ordered)
    return AnalysisReport(analysis: analysis)
  }

  /// The revisions of a range, whichever way it points.
  private func revisions(in range: String) throws(BackoutFailure) -> Set<String> {
    let ends = range.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    do throws(RevisionFailure) {
      let graph = alembic.graph
      guard ends.count == 2 else { return Set(try graph.resolve(range)) }
      let low = ends[0].isEmpty ? [] : try graph.resolve(ends[0])
      let high = try graph.resolve(ends[1].isEmpty ? "heads" : ends[1])
      let lower = graph.ancestors(of: low).union(low)
      return graph.ancestors(of: high).union(high).subtracting(lower)
    } catch {
      throw BackoutFailure(error)
    }
  }
}

/// One revision, replayed upwards; going back down and judging it needs nothing of the others.
private struct Trial: Sendable {
  let steps: RevisionSteps
  let origin: Origin
  let before: Catalog
  var replayer: Replayer
  let isRefused: Bool
  var upgrade: StepRecord?
  var isSelected = true

  struct Outcome: Sendable {
    var assessment: RevisionAssessment?
    var findings: [Finding] = []
    var notes: [OpaqueNote] = []
    var coverage: Coverage
    var source: SourceFile
  }

  var outcome: Outcome {
    let revision = steps.revision
    let source = revision.module.source
    guard isSelected, let upgrade else {
      return Outcome(coverage: replayer.coverage, source: source)
    }
    var replayer = replayer
    var after = upgrade.after
    let downgrade = replayer.replay(steps.downgrade, of: revision, origin: origin, on: &after)
    let trip = RoundTrip(before: before, upgrades: [upgrade], downgrades: [downgrade])
    var judgement = Judge().judge(trip)
    if isRefused { judgement.doubt("alembic does not load these migrations") }
    return Outcome(
      assessment: RevisionAssessment(
        revision: revision.id, message: revision.message, file: source.path,
        answers: judgement.answers, schemaDifferences: judgement.schemaDifferences,
        codeBreaks: judgement.codeBreaks, reasons: judgement.reasons),
      findings: SafetyRules.findings(in: trip, differences: judgement.schemaDifferences),
      notes: replayer.notes, coverage: replayer.coverage, source: source)
  }
}

extension Analysis {
  fileprivate mutating func add(_ outcome: Trial.Outcome) {
    coverage = coverage + outcome.coverage
    guard let assessment = outcome.assessment else { return }
    revisions.append(assessment)
    findings += outcome.findings
    opaque += outcome.notes
    sources[outcome.source.path] = outcome.source
  }
}

/// The revisions of a project with their steps, in the order of upgrading from base.
struct History {
  let steps: [RevisionSteps]
  let isTransactional: Bool
  private let isComplete: Bool

  /// - Parameter only: the revisions to evaluate; nil: all.
  init(_ project: AlembicProject, only: Set<String>? = nil) {
    let order = Self.order(of: project.graph) ?? project.revisions.map(\.id)
    let revisions = order.filter { only?.contains($0) != false }.compactMap(project.revision)
    let evaluated = project.evaluate(revisions)
    let parsed = ParsedStep.parse(evaluated.flatMap { [$0.upgrade, $0.downgrade] })
    steps = revisions.enumerated().map { index, revision in
      RevisionSteps(
        revision: revision, upgrade: parsed[2 * index], downgrade: parsed[2 * index + 1])
    }
    isTransactional = project.environment.online.transactionalDDL.value != .some(false)
    // A file that could not be read may have made anything.
    isComplete = project.isComplete
  }

  var emptyCatalog: Catalog { Catalog(isComplete: isComplete) }

  /// Nil for a graph that Alembic would not load.
  private static func order(of graph: RevisionGraph) -> [String]? {
    guard graph.loadFailure == nil else { return nil }
    let path = try? graph.upgradePath(from: [], to: "heads")
    guard let path, path.steps.count == graph.identifiers.count else { return nil }
    return path.steps.map(\.id)
  }
}

/// The result of `backout analyze`.
public struct AnalysisReport: Sendable {
  let analysis: Analysis

  public func rendered(as format: ReportFormat, style: TextStyle) -> String {
    switch format {
    case .text: TextReport(analysis, style: style.terminal).rendered()
    case .json: analysisJSON(analysis)
    }
  }

  /// One line where Alembic would not load the project; nil where it would, or where the report
  /// begins with it.
  public func complaint(as format: ReportFormat) -> String? {
    guard format == .json, let refusal = analysis.refusal else { return nil }
    return "backout: alembic does not load these migrations: \(refusal.harmless)"
  }

  /// 2 where Alembic would not load the project; 1 for `unsafe` or a finding, 3 for `unknown`, 5 for
  /// `depends`, each if it is asked for; else 0.
  public func exitCode(failOn: FailOn) -> Int32 {
    if analysis.refusal != nil { return 2 }
    let verdict = analysis.verdict ?? .safe
    if verdict == .unsafe, failOn.verdicts.contains(.unsafe) { return 1 }
    if analysis.findings.contains(where: {
      $0.suppressed == nil && failOn.severities.contains($0.severity)
    }) {
      return 1
    }
    let verdicts = Set(analysis.revisions.map(\.verdict) + [verdict])
    if verdicts.contains(.unknown), failOn.verdicts.contains(.unknown) { return 3 }
    if verdicts.contains(.depends), failOn.verdicts.contains(.depends) { return 5 }
    return 0
  }
}

// `backout involved`: is a migration between the deployment that worked and the one that does not?

import Alembic
import GitHistory
import Reports
import SafetyRules
import Verdicts

/// The result of `backout involved`.
public struct Involvement: Sendable {
  let result: MigrationsBetween
  /// The project of the second commit.
  private let alembic: AlembicProject
  /// Kept until the end; see `AnalysisReport`.
  private let outcomes: [Trial.Outcome]

  /// Reads both commits and judges what the second has more.
  /// - Parameters:
  ///   - range: `good..bad`, of git revisions; an empty end is `HEAD`.
  ///   - paths, section, settings: as those of `Project`.
  public init(
    range: String, paths: [String] = [], section: String = "alembic", settings: String? = nil
  ) throws(BackoutFailure) {
    let request = ProjectRequest(paths: paths, section: section, settings: settings)
    let ends = try Self.ends(of: range)
    let repository = try request.repository(because: "involved")
    let good = try Self.commit(ends.good, repository)
    let bad = try Self.commit(ends.bad, repository)
    let before = try Snapshot(good, named: ends.good, of: repository)
    let project = try request.project(in: try Snapshot(bad, named: ends.bad, of: repository))
    let changes = try Changes(
      project, since: before, RevisionChanges(base: before.name, commit: good.id))
    let settings = project.alembic.settings.policy
    let (analysis, outcomes) = try project.judged(
      changes.judged, by: Self.rules(project),
      serverVersion: try AnalysisOptions().version(settings),
      changes: changes)
    self.outcomes = outcomes
    alembic = project.alembic
    result = MigrationsBetween(
      good: .init(
        name: before.name, commit: good.id, heads: changes.earlierHeads,
        count: changes.earlierCount),
      bad: .init(
        name: project.snapshot?.name ?? ends.bad, commit: bad.id,
        heads: project.alembic.graph.realHeads.withoutRepetition(),
        count: project.alembic.revisions.count),
      changes: changes.list, analysis: analysis)
  }

  private static func ends(of range: String) throws(BackoutFailure) -> (good: String, bad: String) {
    guard let dots = range.firstRange(of: ".."), !range.contains("...") else {
      throw BackoutFailure(
        "'\(range)' is not good..bad, two revisions of git, such as v1.4..v1.5")
    }
    let ends = (String(range[..<dots.lowerBound]), String(range[dots.upperBound...]))
    return (ends.0.isEmpty ? "HEAD" : ends.0, ends.1.isEmpty ? "HEAD" : ends.1)
  }

  private static func commit(
    _ name: String, _ repository: GitRepository
  ) throws(BackoutFailure) -> GitCommit {
    do {
      return try repository.commit(name)
    } catch {
      throw BackoutFailure(error.message)
    }
  }

  /// An error in the project's own rules keeps no one from a verdict during an incident.
  private static func rules(_ project: Project) -> ActiveRules {
    (try? project.policy().1) ?? ActiveRules()
  }

  public func rendered(
    as format: ReportFormat, style: ReportStyle
  ) throws(BackoutFailure) -> String {
    switch format {
    case .text: return InvolvedText(result, style: style.text.terminal).rendered()
    case .json: return involvedJSON(result)
    case .github:
      return githubAnnotations(
        result.analysis, style.context(.anyDoubt), document: InvolvedText.document(result))
    case .junit: return junitReport(result.analysis, style.context(.anyDoubt))
    case .markdown:
      return markdownReport(result.analysis, document: InvolvedText.document(result))
    case .html:
      return HTMLReport(
        result.analysis, lines: GraphReport(alembic: alembic, analysis: result.analysis).lines,
        steps: StepTexts.byRevision(outcomes), document: InvolvedText.document(result)
      ).rendered()
    case .sarif, .gitlab: throw format.refusal(by: "involved")
    }
  }

  /// One line where Alembic would not load the files of the second commit.
  public var complaint: String? { result.analysis.refusal.map(AlembicProject.complaint) }

  /// That of the verdict, 0 where no migration is involved; 2 where Alembic would not load the files.
  public var exitCode: Int32 {
    complaint != nil ? 2 : result.verdict.exitCode
  }
}

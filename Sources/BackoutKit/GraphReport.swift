// `backout graph`: the revisions in the order from the heads to the bases.

import Alembic
import DatabaseFacts
import PythonSyntax
import Reports
import SafetyRules
import SourceText
import Verdicts

extension Project {
  /// - Parameters:
  ///   - isJudged: whether verdicts are wanted, which takes an analysis.
  ///   - database: the database that is to be found in the graph; nil: none is asked.
  public func graph(
    isJudged: Bool, database: CheckOptions? = nil
  ) throws(BackoutFailure) -> GraphReport {
    var report = GraphReport(alembic: alembic)
    if let database {
      let opening = try versionTable(of: database)
      var current: [String]?
      if case .rows(let rows) = opening.versionTable { current = rows }
      report.database = GraphDatabase(server: opening.server, current: current)
      report.obstacle = obstacle(opening.versionTable)?.text
    }
    if isJudged {
      let settings = alembic.settings.policy
      // Verdicts take no rules.
      (report.analysis, report.outcomes) = try judged(
        try selection(startAfter: settings.startAfter), by: ActiveRules(isSilent: true),
        serverVersion: try AnalysisOptions().version(settings))
    }
    return report
  }
}

/// The forms of the graph.
public enum GraphFormat: String, CaseIterable, Sendable {
  case text, json, svg, dot, mermaid
}

/// The result of `backout graph`.
public struct GraphReport: Sendable {
  let alembic: AlembicProject
  var analysis: Analysis?
  /// Kept until the end; see `AnalysisReport`.
  fileprivate var outcomes: [Trial.Outcome] = []
  fileprivate var database: GraphDatabase?
  /// Why the database is nowhere in the graph.
  fileprivate var obstacle: String?

  init(alembic: AlembicProject, analysis: Analysis? = nil) {
    self.alembic = alembic
    self.analysis = analysis
  }

  /// One line where Alembic would not load the project, so that the graph is not the whole one.
  public var complaint: String? { alembic.complaint }

  /// One line where the graph does not show where the database is.
  public var gap: String? { obstacle.map { "backout: \($0.harmless)" } }

  public func rendered(as format: GraphFormat, style: TextStyle) -> String {
    switch format {
    case .text:
      graphText(
        lines, database: database, diagnostics: alembic.diagnostics, style: style.terminal)
    case .json: graphJSON(lines, database: database?.current)
    case .svg: graphSVG(lines)
    case .dot: graphDOT(lines)
    case .mermaid: graphMermaid(lines)
    }
  }

  /// The heads first.
  var lines: [GraphLine] {
    let graph = alembic.graph
    let order = graph.upgradeOrder ?? graph.identifiers
    let labels = graph.effectiveBranchLabels()
    let verdicts = Dictionary(
      (analysis?.revisions ?? []).map { ($0.revision, $0.verdict) }, uniquingKeysWith: max)
    let current = Set(database?.current ?? [])
    return order.reversed().compactMap { id in
      alembic.revision(id).map { revision in
        GraphLine(
          revision: id, parents: revision.downRevisions, dependsOn: revision.dependencies,
          labels: labels[id] ?? [], message: revision.message, file: revision.module.source.path,
          isHead: graph.isHead(id), isBranchPoint: graph.isBranchPoint(id), verdict: verdicts[id],
          isCurrent: current.contains(id))
      }
    }
  }
}

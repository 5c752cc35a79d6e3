// `backout graph`: the revisions in the order from the heads to the bases.

import Alembic
import PythonSyntax
import Reports
import SourceText
import Verdicts

extension Project {
  /// - Parameter isJudged: whether verdicts are wanted, which takes an analysis.
  public func graph(isJudged: Bool) throws(BackoutFailure) -> GraphReport {
    let analysis = isJudged ? try analyze().analysis : nil
    return GraphReport(alembic: alembic, analysis: analysis)
  }
}

/// The forms of the graph.
public enum GraphFormat: String, CaseIterable, Sendable {
  case text, json, svg, dot, mermaid
}

/// The result of `backout graph`.
public struct GraphReport: Sendable {
  let alembic: AlembicProject
  let analysis: Analysis?

  /// One line where Alembic would not load the project, so that the graph is not the whole one.
  public var complaint: String? { alembic.complaint }

  public func rendered(as format: GraphFormat, style: TextStyle) -> String {
    switch format {
    case .text: graphText(lines, diagnostics: alembic.diagnostics, style: style.terminal)
    case .json: graphJSON(lines)
    case .svg: graphSVG(lines)
    case .dot: graphDOT(lines)
    case .mermaid: graphMermaid(lines)
    }
  }

  /// The heads first.
  var lines: [GraphLine] {
    let graph = alembic.graph
    let order =
      (try? graph.upgradePath(from: [], to: "heads").steps.map(\.id)) ?? graph.identifiers
    let labels = graph.effectiveBranchLabels()
    let verdicts = Dictionary(
      (analysis?.revisions ?? []).map { ($0.revision, $0.verdict) }, uniquingKeysWith: max)
    return order.reversed().compactMap { id in
      alembic.revision(id).map { revision in
        GraphLine(
          revision: id, parents: revision.downRevisions, dependsOn: revision.dependencies,
          labels: labels[id] ?? [], message: revision.message, file: revision.module.source.path,
          isHead: graph.isHead(id), isBranchPoint: graph.isBranchPoint(id), verdict: verdicts[id])
      }
    }
  }
}

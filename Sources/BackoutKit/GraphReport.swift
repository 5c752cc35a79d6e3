// `backout graph`: the revisions in the order from the heads to the bases.

import Alembic
import PythonSyntax
import Reports
import SourceText

extension Project {
  public func graph() throws(BackoutFailure) -> GraphReport {
    GraphReport(alembic: alembic)
  }
}

/// The result of `backout graph`.
public struct GraphReport: Sendable {
  let alembic: AlembicProject

  /// One line where Alembic would not load the project, so that the graph is not the whole one.
  public var complaint: String? { alembic.complaint }

  public func rendered(as format: ReportFormat, style: TextStyle) -> String {
    let graph = alembic.graph
    let order =
      (try? graph.upgradePath(from: [], to: "heads").steps.map(\.id)) ?? graph.identifiers
    let labels = graph.effectiveBranchLabels()
    let lines = order.reversed().compactMap { id in
      alembic.revision(id).map { revision in
        GraphLine(
          revision: id, parents: revision.downRevisions, dependsOn: revision.dependencies,
          labels: labels[id] ?? [], message: revision.message, file: revision.module.source.path,
          isHead: graph.isHead(id), isBranchPoint: graph.isBranchPoint(id))
      }
    }
    switch format {
    case .text:
      return graphText(lines, diagnostics: alembic.diagnostics, style: style.terminal)
    case .json: return graphJSON(lines)
    }
  }
}

// `backout sql`: the text of Alembic's offline mode, or every revision as JSON.

import Alembic
import PythonSyntax
import Reports
import SourceText

extension Project {
  /// The SQL of a range, or of all revisions.
  /// - Parameter range: a revision to upgrade to from base, `a:b` in either direction, or a relative
  ///   revision such as `-1`, which goes down from the heads; nil: from base to the heads.
  public func sql(range: String? = nil) throws(BackoutFailure) -> SQLScript {
    let path = try range.map { range throws(BackoutFailure) in try self.path(of: range) }
    return SQLScript(alembic: alembic, path: path)
  }

  private func path(of range: String) throws(BackoutFailure) -> RevisionPath {
    let graph = alembic.graph
    do throws(RevisionFailure) {
      guard let colon = range.firstIndex(of: ":") else {
        return range.hasPrefix("-")
          ? try graph.downgradePath(from: graph.realHeads, to: range)
          : try graph.upgradePath(from: [], to: range)
      }
      let start = range[..<colon].isEmpty ? "base" : String(range[..<colon])
      let end = String(range[range.index(after: colon)...])
      let rows =
        start == "heads"
        ? graph.realHeads
        : start == "head" ? try graph.resolve("head") : try graph.offlineRows(start)
      let target = end.isEmpty ? "heads" : end
      return try isUpgrade(from: rows, to: target)
        ? graph.upgradePath(from: rows, to: target)
        : graph.downgradePath(from: rows, to: target)
    } catch {
      throw BackoutFailure(error, in: graph)
    }
  }

  /// Up, unless the end is below the start.
  private func isUpgrade(
    from rows: [String], to target: String
  ) throws(RevisionFailure) -> Bool {
    if rows.isEmpty || target.hasPrefix("+") { return true }
    if target == "base" || target.hasPrefix("-") || target.hasSuffix("@base") { return false }
    let ends = try alembic.graph.resolve(target)
    return !alembic.graph.ancestors(of: rows).isSuperset(of: ends) || ends == rows
  }
}

/// The result of `backout sql`.
public struct SQLScript: Sendable {
  let alembic: AlembicProject
  /// Nil: all revisions, upwards.
  let path: RevisionPath?

  /// The script, or the JSON of the revisions in the range; and one line where the script is not all
  /// that Alembic would print.
  public func rendered(as format: PlainFormat) throws(BackoutFailure) -> (
    text: String, gap: String?
  ) {
    switch format {
    case .text:
      let script = try offline()
      return (script.text, gap(in: script))
    case .json: return (try json(), nil)
    }
  }

  private func gap(in script: OfflineScript) -> String? {
    if let raises = script.raises {
      return "backout: a migration raises \(raises.type.harmless); alembic would end there"
    }
    if let setting = script.unknownSettings.first {
      return "backout: \(setting.location.file.harmless):\(setting.location.start.line): "
        + "\(setting.name) is not known without running env.py (\(setting.reason.harmless)); the text "
        + "has Alembic's default"
    }
    guard let first = script.gaps.first else { return nil }
    let count = script.gaps.count
    return "backout: \(count == 1 ? "one place" : "\(count) places") of the SQL cannot be known "
      + "without running the migrations, first: \(first.reason.detail.harmless)"
  }

  /// One line where Alembic would not load the project, so that these are not all revisions.
  public var complaint: String? { alembic.complaint }

  private func offline() throws(BackoutFailure) -> OfflineScript {
    let path: RevisionPath
    if let given = self.path { path = given } else { path = try upgradeOfAll() }
    let revisions = path.steps.compactMap { alembic.revision($0.id) }
    let evaluated = try alembic.evaluated(revisions, for: .offline) { ($0.id, $1) }
    let byID = Dictionary(evaluated, uniquingKeysWith: { first, _ in first })
    return OfflineScript(path: path, settings: alembic.environment.offline) { id, direction in
      let steps = byID[id]
      return (direction == .upgrade ? steps?.upgrade : steps?.downgrade)
        ?? Step(direction: direction, isMissing: true)
    }
  }

  private func upgradeOfAll() throws(BackoutFailure) -> RevisionPath {
    do {
      return try alembic.graph.upgradePath(from: [], to: "heads")
    } catch {
      throw BackoutFailure(error, in: alembic.graph)
    }
  }

  private func json() throws(BackoutFailure) -> String { sqlJSON(try revisions()) }

  /// Each revision as JSON.
  func revisions() throws(BackoutFailure) -> [JSONDocument] {
    let selected = path.map { Set($0.steps.map(\.id)) } ?? alembic.selection
    let revisions = alembic.revisions.filter { selected?.contains($0.id) != false }
    return try alembic.evaluated(revisions, for: .offline) { revision, steps in
      SQLRevision(
        revision: revision.id, file: revision.path, downRevisions: revision.downRevisions,
        upgrade: SQLStep(steps.upgrade, in: revision.module.source),
        downgrade: SQLStep(steps.downgrade, in: revision.module.source)
      ).json
    }
  }
}

extension SQLStep {
  init(_ step: Step, in source: SourceFile) {
    func line(_ range: SourceRange) -> Int { source.position(of: range.start).line }
    self.init(
      isComplete: step.isComplete && step.offlineFailures.isEmpty,
      statements: step.statements.map {
        Statement(sql: $0.sql, line: line($0.range), autocommit: $0.autocommit)
      },
      opaque: (step.opaque + step.offlineFailures).map {
        Note(line: line($0.range), text: "\($0.reason.kind.rawValue): \($0.reason.detail)")
      },
      raises: step.raises.map { Note(line: line($0.range), text: $0.message ?? nil) })
  }
}

// A project on disk into the values that are analysed: located, read and evaluated once.

import Alembic
import SourceText

/// An Alembic project, read without running it.
public struct Project: Sendable {
  let alembic: AlembicProject

  /// Finds and reads the project.
  /// - Parameters:
  ///   - paths: a directory of migration files, an Alembic environment, an alembic.ini or
  ///     pyproject.toml, or single files; empty: found from the current directory, as alembic does.
  ///   - section: the section of alembic.ini.
  ///   - settings: our own settings: a backout.toml or pyproject.toml; nil: found beside the project.
  public init(
    paths: [String] = [], section: String = "alembic", settings: String? = nil
  ) throws(BackoutFailure) {
    do {
      alembic = try AlembicProject.load(paths: paths, section: section, settings: settings)
    } catch {
      throw BackoutFailure(error)
    }
  }
}

extension Project {
  /// What can be typed for a revision, the latest first.
  public var revisionNames: [String] {
    let labels = Set(alembic.revisions.flatMap(\.branchLabels)).sorted()
    return ["-1", "head", "base"] + labels.map { $0 + "@head" }
      + alembic.revisions.map(\.id).reversed()
  }
}

extension BackoutFailure {
  init(_ failure: ProjectFailure) {
    guard let location = failure.location else {
      self.init(failure.message)
      return
    }
    let place = "\(location.file):\(location.start.line):\(location.start.column)"
    self.init("\(place): \(failure.message)")
  }

  /// - Parameter graph: whose names may have been meant.
  init(_ failure: RevisionFailure, in graph: RevisionGraph) {
    let near = failure.unknownName.flatMap(graph.nearest).map { "; perhaps '\($0)'" } ?? ""
    self.init(
      (failure.detail.isEmpty ? failure.message : "\(failure.message) (\(failure.detail))") + near)
  }
}

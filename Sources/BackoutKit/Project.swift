// A project on disk into the values that are analysed: located, read and evaluated once.

import Alembic
import Reports
import SourceText

/// An Alembic project, read without running it.
public struct Project: Sendable {
  private(set) var alembic: AlembicProject
  let request: ProjectRequest
  /// Where the files were read from; nil for the disk.
  let snapshot: Snapshot?

  /// Finds and reads the project.
  /// - Parameters:
  ///   - paths: a directory of migration files, an Alembic environment, an alembic.ini or
  ///     pyproject.toml, or single files; empty: found from the current directory, as alembic does.
  ///   - section: the section of alembic.ini.
  ///   - settings: our own settings: a backout.toml or pyproject.toml; nil: found beside the project.
  ///   - version: which files are read.
  public init(
    paths: [String] = [], section: String = "alembic", settings: String? = nil,
    version: ProjectVersion = .files
  ) throws(BackoutFailure) {
    let request = ProjectRequest(paths: paths, section: section, settings: settings)
    self = try request.project(in: request.snapshot(version))
  }

  init(alembic: AlembicProject, request: ProjectRequest, snapshot: Snapshot?) {
    self.alembic = alembic
    self.request = request
    self.snapshot = snapshot
  }

  /// As it is for a database: its URL may tell the driver.
  func reaching(_ url: String?) -> Project {
    var result = self
    result.alembic.environment.drivers = alembic.environment.drivers.narrowed(
      to: url.flatMap { Drivers(url: $0) })
    return result
  }
}

/// What was asked for, so that the same can be read from other files.
struct ProjectRequest: Sendable {
  var paths: [String]
  var section: String
  var settings: String?

  /// - Parameter paths: empty: those that the settings of the current directory name, if they do.
  init(paths: [String], section: String, settings: String?) {
    // What is wrong with the settings is said where the project reads them.
    self.paths =
      paths.isEmpty ? (try? ProjectSettings(found: settings))?.paths ?? [] : paths
    self.section = section
    self.settings = settings
  }

  /// Nil for the files on disk.
  func snapshot(_ version: ProjectVersion) throws(BackoutFailure) -> Snapshot? {
    if version == .files { return nil }
    return try Snapshot(version, of: repository(because: version.option))
  }

  /// A request for each path, where they are projects of their own; nil where they make up one.
  func several(in snapshot: Snapshot?) -> [ProjectRequest]? {
    guard AlembicProject.areSeveral(places(in: snapshot), tree: snapshot?.tree) else { return nil }
    return paths.map { ProjectRequest(paths: [$0], section: section, settings: settings) }
  }

  private func places(in snapshot: Snapshot?) -> [String] {
    snapshot.map { paths.map($0.path(of:)) } ?? paths
  }

  /// - Parameter shared: what other projects of the same files know of them.
  func project(
    in snapshot: Snapshot?, shared: SharedModules? = nil
  ) throws(BackoutFailure) -> Project {
    do throws(ProjectFailure) {
      let alembic = try AlembicProject.load(
        paths: places(in: snapshot), section: section, settings: settings, tree: snapshot?.tree,
        shared: shared)
      return Project(alembic: alembic, request: self, snapshot: snapshot)
    } catch {
      let failure = BackoutFailure(error)
      throw snapshot.map { BackoutFailure("in \($0.name): \(failure.message)") } ?? failure
    }
  }
}

extension Project {
  /// One line for a project without migrations.
  public var notice: String? {
    alembic.emptyPlace.map { "backout: there is no migration yet in \($0.harmless)" }
  }

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

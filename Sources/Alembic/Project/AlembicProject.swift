// An Alembic project read without running it: configuration, env.py, revisions and their graph.

import PythonSyntax
package import SourceText

/// Everything that is known of a project before its revisions are evaluated.
package struct AlembicProject: Sendable {
  package var configuration: ProjectConfiguration
  package var settings: ProjectSettings
  package var environment: EnvironmentSettings
  /// Absolute paths of the directories that hold revision files, in Alembic's order.
  package var versionDirectories: [String]
  /// In the order in which Alembic reads the files.
  package var revisions: [Revision]
  /// Its nodes refer to `revisions` by identifier; the last file of a duplicate identifier counts.
  package var graph: RevisionGraph
  /// The project's Python files by dotted name, as its imports would find them.
  package var modules: ProjectModules
  /// Identifiers of the revisions in the files that were named one by one; nil: all.
  package var selection: Set<String>?
  /// In the order of files and places.
  package var diagnostics: [Diagnostic]
  /// Where the first migration will be, by a path for people; nil where there are files already.
  package var emptyPlace: String?
  /// What loading the migrations registers with the libraries.
  package let hooks: Lookup<Registrations>
  private let indices: [String: Int]

  package init(
    configuration: ProjectConfiguration, settings: ProjectSettings = ProjectSettings(),
    environment: EnvironmentSettings, versionDirectories: [String], revisions: [Revision],
    graph: RevisionGraph,
    modules: ProjectModules, selection: Set<String>?, diagnostics: [Diagnostic]
  ) {
    self.configuration = configuration
    self.settings = settings
    self.environment = environment
    self.versionDirectories = versionDirectories
    self.revisions = revisions
    self.graph = graph
    self.modules = modules
    self.selection = selection
    self.diagnostics = diagnostics
    hooks = Lookup { HookSearch(configuration, revisions, project: modules).found }
    indices = Dictionary(
      revisions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { _, last in last })
  }

  /// The drivers that migrations may run by.
  package var drivers: Drivers { settings.driver ?? environment.drivers }

  /// Why Alembic would not load these files, with the place of it where one is known; nil where it
  /// would.
  package var refusal: String? {
    guard let failure = graph.loadFailure else { return nil }
    guard let first = diagnostics.first(where: { !$0.isRemark }) else { return failure.message }
    let place = "\(first.location.file):\(first.location.start.line)"
    return "\(place): \(first.message)"
  }

  /// Whether every file and setting was read.
  package var isComplete: Bool {
    graph.loadFailure == nil && diagnostics.allSatisfy(\.isRemark)
  }

  /// The revision that a file says it is, were it one of the project's; nil for any other file.
  package func identifier(in bytes: [UInt8], at path: String) -> String? {
    guard let source = try? decodePython(bytes, path: path) else { return nil }
    return RevisionHeader(parsePython(source), path: path, project: modules).revision?.id
  }

  /// The revision with exactly this identifier; of duplicates the one that Alembic uses, the last.
  package func revision(_ id: String) -> Revision? {
    indices[id].map { revisions[$0] }
  }
}

/// Why a project cannot be read at all: one line with its place.
package struct ProjectFailure: Error, Hashable, Sendable {
  /// Nil where no file is at fault, such as a path that does not exist.
  package var location: SourceLocation?
  package var message: String

  package init(_ message: String, at location: SourceLocation? = nil) {
    self.location = location
    self.message = message
  }
}

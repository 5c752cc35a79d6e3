// What is known of the naming convention that operations work with.

import SourceText
import Synchronization
import Threads

/// The `naming_convention` of `target_metadata`: Alembic's operations name constraints by it
/// (`alembic.operations.schemaobj.SchemaObjects.metadata`).
package enum MetadataConvention: Sendable, Hashable {
  package enum Entry: Sendable, Hashable {
    case template(String)
    /// A token of the project's own: a function of a module.
    case function(path: String, name: String)
    case other
  }
  /// SQLAlchemy's default.
  case standard
  case known([String: Entry])
  case unknown(String)
}

/// Something about a project that is worked out when it is first asked for.
package final class Lookup<Value: Sendable>: Sendable {
  private let find: @Sendable () -> Value
  private let found = Mutex<Value?>(nil)

  package init(_ find: @escaping @Sendable () -> Value) { self.find = find }

  package convenience init(_ value: Value) { self.init { value } }

  package var value: Value {
    found.withLock { known in
      if let known { return known }
      let result = find()
      known = result
      return result
    }
  }
}

/// The convention of a project, found when a constraint first asks for its name.
package typealias ConventionSource = Lookup<MetadataConvention>

/// All conventions that the files of a project give to their metadata.
struct ConventionSearch {
  fileprivate static let fileLimit = 20_000
  fileprivate static let byteLimit = 256 << 20
  /// Directories that hold other people's code, or none.
  fileprivate static let skipped: Set<String> = [
    "__pycache__", "node_modules", "site-packages", "venv", "env", "build", "dist",
  ]

  /// What a file holds that makes a metadata or gives it a convention.
  fileprivate static let marks: [StaticString] = [
    "naming_convention", "MetaData(", "SQLAlchemy(", "declarative_base(",
  ]

  private(set) var values: [MetadataConvention] = []
  /// There are more files than are read.
  private(set) var isCut = false

  /// The files of a directory, without those below it.
  struct Directory: Sendable {
    var values: [MetadataConvention] = []
    var files = 0
    var bytes = 0
    var subdirectories: [String] = []
  }

  /// - Parameter migrations: the directories of revision files, whose metadata is their own.
  init(_ root: String, without migrations: [String], project: ProjectModules) {
    var todo = [root]
    var files = 0
    var bytes = 0
    while let path = todo.popLast() {
      let directory = project.cache.conventions(path) { Directory(path, of: project) }
      files += directory.files
      bytes += directory.bytes
      guard files <= Self.fileLimit, bytes <= Self.byteLimit else {
        isCut = true
        return
      }
      for value in directory.values where !values.contains(value) { values.append(value) }
      todo += directory.subdirectories.filter { !migrations.contains($0) }
    }
  }

  /// The one that all agree on.
  func convention(otherwise reason: String) -> MetadataConvention {
    if isCut { return .unknown("\(reason), and the project is too large to be searched") }
    guard let first = values.first else { return .standard }
    if values.count == 1 { return first }
    return .unknown("\(reason), and the project has \(values.count) naming conventions")
  }
}

extension ConventionSearch.Directory {
  fileprivate init(_ path: String, of project: ProjectModules) {
    let reader = MetadataReader(project: project)
    for name in project.entries(of: path) ?? [] where !name.hasPrefix(".") {
      let inner = "\(path)/\(name)"
      if name.hasSuffix(".py") {
        files += 1
        guard files <= ConventionSearch.fileLimit, bytes <= ConventionSearch.byteLimit else {
          return
        }
        let contents = project.contents(of: inner) ?? []
        bytes += contents.count
        if ConventionSearch.marks.contains(where: { contents.contains($0) }),
          let place = reader.place(inner)
        {
          values += place.conventions
        }
      } else if !ConventionSearch.skipped.contains(name),
        project.fileSystem.isPlainDirectory(inner)
      {
        subdirectories.append(inner)
      }
    }
  }
}

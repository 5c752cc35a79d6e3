// The files of a project that make a metadata or change one, and what they say together.

import Glibc
import PythonSyntax
import SourceText
import Threads

/// The files below a directory that hold what makes a metadata or gives it a convention.
struct ConventionFiles {
  fileprivate static let fileLimit = 20_000
  fileprivate static let byteLimit = 256 << 20
  /// Directories that hold other people's code, what the application does not load, or none.
  fileprivate static let skipped: Set<String> = [
    "__pycache__", "node_modules", "site-packages", "venv", "env", "build", "dist",
    "test", "tests", "doc", "docs", "static",
  ]

  /// Whether a file holds what makes a metadata or gives it a convention.
  fileprivate static func makesMetadata(_ contents: [UInt8]) -> Bool {
    contents.contains(
      anyOf: ["naming_convention", "declarative_base(", "DeclarativeBase"], at: "v")
      || contents.contains("MetaData(") || contents.contains("SQLAlchemy(")
  }

  private(set) var paths: [String] = []
  /// Those of them that may assign to an attribute of a metadata, or to that of a class.
  private(set) var assigning: [String] = []
  /// There are more files than are read.
  private(set) var isCut = false

  /// The files of a directory, without those below it.
  struct Directory: Sendable {
    var paths: [String] = []
    var assigning: [String] = []
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
      let directory = project.cache.conventions(path) {
        Directory(path, isListed: path != root, of: project)
      }
      files += directory.files
      bytes += directory.bytes
      guard files <= Self.fileLimit, bytes <= Self.byteLimit else {
        isCut = true
        return
      }
      paths += directory.paths
      assigning += directory.assigning
      todo += directory.subdirectories.filter { !migrations.contains($0) }
    }
  }
}

extension ConventionFiles.Directory {
  fileprivate init(_ path: String, isListed: Bool, of project: ProjectModules) {
    for entry in project.listing(of: path, isListed: isListed) where !entry.name.hasPrefix(".") {
      let inner = "\(path)/\(entry.name)"
      if entry.kind == S_IFDIR {
        if !ConventionFiles.skipped.contains(entry.name) { subdirectories.append(inner) }
      } else if entry.name.hasSuffix(".py") {
        files += 1
        guard files <= ConventionFiles.fileLimit, bytes <= ConventionFiles.byteLimit else {
          return
        }
        let contents =
          entry.kind == S_IFREG
          ? project.contents(ofListed: inner) : project.contents(of: inner) ?? []
        bytes += contents.count
        guard ConventionFiles.makesMetadata(contents) else { continue }
        paths.append(inner)
        if contents.contains("naming_convention") || contents.contains(".metadata") {
          assigning.append(inner)
        }
      }
    }
  }
}

/// All conventions that the files of a project give to their metadata.
struct ConventionSearch {
  private var values: [MetadataConvention] = []
  private let isCut: Bool

  init(_ files: ConventionFiles, project: ProjectModules) {
    isCut = files.isCut
    if isCut { return }
    for path in files.paths {
      let found = project.cache.moduleConventions(path) {
        MetadataReader(project: project).place(path)?.conventions ?? []
      }
      for value in found where !values.contains(value) { values.append(value) }
    }
  }

  /// The one that all agree on.
  /// - Parameter none: where the project makes no metadata.
  func convention(
    otherwise reason: String, orIfNone none: MetadataConvention = .standard
  ) -> MetadataConvention {
    if isCut { return .unknown("\(reason), and the project is too large to be searched") }
    guard let first = values.first else { return none }
    if values.count == 1 { return first }
    return .unknown("\(reason), and the project has \(values.count) naming conventions")
  }
}

/// What the files of a project assign to the `naming_convention` of a metadata after it was made: any of its files
/// to that of a library, else env.py, what it imports, and the files that led to the metadata.
struct NamingAssignments {
  private let files: () -> ConventionFiles
  private let reader: MetadataReader
  private let environment: String

  /// - Parameters:
  ///   - environment: the path of env.py.
  ///   - files: searches the project, which takes long where it is large.
  init(reader: MetadataReader, environment: String, _ files: @escaping () -> ConventionFiles) {
    self.files = files
    self.reader = reader
    self.environment = environment
  }

  /// The convention of a metadata after all assignments that concern it.
  func convention(after found: FollowedMetadata) -> MetadataConvention {
    var result = found.convention
    var imports: ImportClosure?
    let known = reader.trail.paths
    // A metadata that is none has no attributes; what is `None` is not assigned to.
    guard found.maker != nil || found.convention != .standard else { return result }
    var paths = [environment]
    if case .library(let library)? = found.maker {
      let files = files()
      if files.isCut {
        return .unknown(
          "the metadata is that of '\(library)', and the project is too large to be searched")
      }
      paths += files.assigning
      if isReplaced(library, in: paths) {
        return .unknown("the metadata of '\(library)' is assigned")
      }
    } else {
      let imported = ImportClosure(environment, reader: reader, depth: 1).paths.filter {
        reader.project.contents(of: $0)?.contains("naming_convention") == true
      }
      paths += imported.sorted() + known.sorted()
    }
    for path in paths.withoutRepetition() {
      guard let place = reader.place(path) else { continue }
      for assignment in place.namingAssignments {
        let scope = place.inside(assignment.scope)
        let target = scope.metadata(assignment.base, depth: 0)
        let isOther = target.maker != nil && found.maker != nil && target.maker != found.maker
        if isOther || isNoMetadata(target) { continue }
        let value = scope.entries(assignment.value, depth: 0)
        if value == result, !value.isUnknown { continue }
        let isCertain =
          target.maker != nil && target.maker == found.maker
          && (place.isAlwaysRun(assignment.value) || isInMaker(assignment, place, found))
        guard isCertain else {
          return .unknown(
            "'\(place.module.excerpt(of: assignment.base)).naming_convention' is assigned")
        }
        if !known.contains(path) {
          imports = imports ?? ImportClosure(environment, reader: reader)
          guard imports?.paths.contains(path) == true else {
            return .unknown(
              "the naming convention is assigned in a file that env.py does not import")
          }
        }
        result = value
      }
    }
    return result
  }

  /// `SQLModel.metadata = MetaData(…)`, in another file than those that led to it.
  private func isReplaced(_ library: Substring, in paths: [String]) -> Bool {
    paths.contains { path in
      guard let place = reader.place(path) else { return false }
      return place.outline.attributeAssignments("metadata").contains { assignment in
        place.inside(assignment.scope).resolved(assignment.base, depth: 0).contains { target in
          if case .library(let path) = target {
            path.firstPart == library
          } else {
            false
          }
        }
      }
    }
  }

  private func isNoMetadata(_ target: FollowedMetadata) -> Bool {
    target.maker == nil && target.convention == .standard
  }

  /// In the function that makes the metadata.
  private func isInMaker(
    _ assignment: AttributeAssignment, _ place: MetadataReader.Place, _ found: FollowedMetadata
  ) -> Bool {
    guard assignment.scope != 0, case .call(let path, let call)? = found.maker,
      path == place.path
    else { return false }
    return place.outline.calls.contains { $0.id == call && $0.scope == assignment.scope }
  }
}

/// The files that a module imports when it is loaded, and those that they import.
struct ImportClosure {
  private static let fileLimit = 2_000

  private(set) var paths: Set<String> = []

  /// - Parameter depth: how many imports lead from the first file to the last.
  init(_ start: String, reader: MetadataReader, depth: Int = .max) {
    var todo = [(start, 0)]
    while let (path, level) = todo.popLast(), paths.count < Self.fileLimit {
      guard paths.insert(path).inserted, level < depth,
        let module = reader.project.module(at: path)
      else { continue }
      for statement in module.statements(in: module.body) {
        for name in module.importedModules(by: statement) {
          for beginning in name.beginnings {
            if level + 1 == depth, !beginning.hasPrefix(".") {
              // It need not be read.
              if let file = reader.project.file(of: beginning[...]) { paths.insert(file) }
            } else if let located = reader.project.locate(beginning, importer: path),
              located.module != nil
            {
              todo.append((located.path, level + 1))
            }
          }
        }
      }
    }
  }
}

extension PythonModule {
  /// The dotted names that a statement may load, those of imported names among them.
  fileprivate func importedModules(by statement: StatementID) -> [String] {
    switch self[statement] {
    case .import(let names): return self[names].map { text(of: $0.name) }
    case .importFrom(let source, let level, let names):
      let path = dottedName(of: source, level)
      let separator = source == nil ? "" : "."
      return self[names].map { "\(path)\(separator)\(text(of: $0.name))" }
    default: return []
    }
  }
}

extension String {
  /// `a.b.c`: `a`, `a.b`, `a.b.c`; the dots of a relative name stay together.
  fileprivate var beginnings: [String] {
    let dots = prefix { $0 == "." }
    var found: [String] = dots.isEmpty ? [] : [String(dots)]
    var current = String(dots)
    for part in dropFirst(dots.count).parts {
      current += current.isEmpty || current.hasSuffix(".") ? part : ".\(part)"
      found.append(current)
    }
    return found
  }
}

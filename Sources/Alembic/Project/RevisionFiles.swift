// The files of the version directories that Alembic takes for revisions, in its order.

import Glibc
import SourceText

/// What Alembic's patterns make of a file's name.
enum RevisionFileName {
  /// `(?!\.\#|__init__)(.*\.py)$`
  static func isSource(_ name: String) -> Bool { name.hasSuffix(".py") && !isExcluded(name) }

  /// `(?!\.\#|__init__)(.*\.py)(c|o)$`
  static func isCompiled(_ name: String) -> Bool {
    (name.hasSuffix(".pyc") || name.hasSuffix(".pyo")) && !isExcluded(name)
  }

  private static func isExcluded(_ name: String) -> Bool {
    name.hasPrefix(".#") || name.hasPrefix("__init__")
  }
}

/// Lists version directories (`Script._list_py_dir`).
struct RevisionFiles {
  private(set) var paths: [String] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Compiled files without their source, which Alembic would load with `sourceless`.
  private(set) var compiled: [String] = []
  /// Why there may be more files than these; nil where all are known.
  private(set) var gap: String?
  /// Whether it is certain that there is none.
  var isEmpty: Bool { paths.isEmpty && compiled.isEmpty && gap == nil }
  private let isRecursive: Bool
  private let isSourceless: Bool
  private let working: String
  private let fileSystem: FileSystem
  private var seen: Set<String> = []

  init(
    directories: [String], isRecursive: Bool, isSourceless: Bool, working: String,
    fileSystem: FileSystem
  ) {
    self.isRecursive = isRecursive
    self.isSourceless = isSourceless
    self.working = working
    self.fileSystem = fileSystem
    for directory in directories where fileSystem.isDirectory(directory) { list(directory) }
  }

  /// Single files in the order given, each once.
  init(files: [String], working: String, fileSystem: FileSystem) {
    self.init(
      directories: [], isRecursive: false, isSourceless: false, working: working,
      fileSystem: fileSystem)
    for file in files { add(file) }
  }

  /// What is looked at of one version location: far more than any has, and a moment's work where it
  /// is `/` by mistake.
  private static let entryLimit = 20_000
  private static let depthLimit = 100

  private struct Directory {
    var path: String
    /// Without symbolic links.
    var real: String
    var depth: Int
  }

  /// From the top down; symbolic links to directories are not entered, so that there is an end.
  private mutating func list(_ root: String) {
    var todo = [Directory(path: root, real: fileSystem.resolved(root) ?? root, depth: 0)]
    var room = Self.entryLimit
    var isTooDeep = false
    while let directory = todo.popLast() {
      room -= 1
      guard room > 0 else {
        return report(
          root, "there are too many files and directories in it; not all were looked at")
      }
      guard directory.depth < Self.depthLimit else {
        isTooDeep = true
        continue
      }
      guard let entries = entries(in: directory.path) else { continue }
      if isRecursive { room -= entries.count }
      let real = directory.real
      let all = isSourceless ? Set(entries.map(\.name)) : []
      var inside: [Directory] = []
      for entry in entries {
        let (name, kind) = (entry.name, entry.kind)
        let path = "\(directory.path)/\(name)"
        if kind == S_IFDIR {
          inside.append(
            Directory(path: path, real: "\(real)/\(name)", depth: directory.depth + 1))
        } else if RevisionFileName.isSource(name) {
          add(path, real: kind == S_IFLNK ? nil : "\(real)/\(name)")
        } else if isSourceless, RevisionFileName.isCompiled(name),
          !all.contains(String(name.dropLast()))
        {
          addCompiled(path)
        }
      }
      if !isRecursive { break }
      todo += inside.filter { !$0.path.hasSuffix("__pycache__") }.reversed()
    }
    if isTooDeep {
      report(root, "directories in it are nested too deep; not all were looked at")
    }
  }

  private mutating func entries(in directory: String) -> [FileSystem.Entry]? {
    do {
      let (entries, undecodable) = try fileSystem.listing(of: directory)
      // Below such a name there may be a directory.
      let lost = undecodable.filter { isRecursive || RevisionFileName.isSource($0) }
      if let first = lost.first {
        let count = lost.count == 1 ? "" : " and \(lost.count - 1) more"
        reportGap(
          directory,
          "the name of the file '\(first)'\(count) is not UTF-8, so it is not read; rename it")
      }
      return entries
    } catch {
      reportGap(
        directory,
        "the directory cannot be read: \(error.reason); let the user that runs backout list and "
          + "enter it")
      return nil
    }
  }

  private mutating func reportGap(_ directory: String, _ message: String) {
    report(directory, message)
    if gap == nil { gap = "\(Path.shown(directory, from: working)): \(message)" }
  }

  private mutating func add(_ path: String, real: String? = nil) {
    let real = real ?? fileSystem.resolved(path) ?? path
    if seen.insert(real).inserted {
      paths.append(path)
    } else {
      report(
        path, "this file is found twice; the version locations should be different", isRemark: true)
    }
  }

  private mutating func addCompiled(_ path: String) {
    compiled.append(path)
    report(path, "a compiled file cannot be read; the source file is needed")
  }

  private mutating func report(_ path: String, _ message: String, isRemark: Bool = false) {
    let location = SourceLocation(file: Path.shown(path, from: working))
    diagnostics.append(Diagnostic(location: location, message: message, isRemark: isRemark))
  }
}

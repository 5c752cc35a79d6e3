// Finds the project's Python modules by their dotted names, as its imports would.

import Glibc
package import PythonSyntax
import SourceText
import Threads

/// The project's files by dotted module name: what Alembic would find on `sys.path`, as far as it
/// lies inside the project. Nothing else is read.
package struct ProjectModules: ProjectAccess, Sendable {
  /// Larger files are no modules that a migration imports.
  private static let sizeLimit = 10 << 20
  private static let importDepthLimit = 8

  /// Absolute directories; the first that has a module wins.
  package let roots: [String]
  /// The directories in which files are read, links followed.
  private let bounds: [String]
  private let working: String
  let fileSystem: FileSystem
  let cache: ModuleCache

  /// - Parameters:
  ///   - roots: absolute directories; files are read in them.
  ///   - working: the directory that shown paths are relative to.
  package init(roots: [String], working: String) {
    self.init(roots: roots, bounds: roots, working: working, fileSystem: FileSystem())
  }

  init(
    roots: [String], bounds: [String], working: String, fileSystem: FileSystem,
    cache: ModuleCache = ModuleCache()
  ) {
    self.roots = roots
    self.bounds = bounds
    self.working = working
    self.fileSystem = fileSystem
    self.cache = cache
  }

  package func locate(_ dottedName: String, importer: String) -> LocatedModule? {
    let dots = dottedName.utf8.prefix { $0 == UInt8(ascii: ".") }.count
    let parts = dottedName.utf8.dropFirst(dots)
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .compactMap { dots == 0 || !$0.isEmpty ? Substring($0) : nil }
    // A component is a name; anything else could lead out of the project.
    guard parts.allSatisfy({ !$0.isEmpty && !$0.contains("/") }) else { return nil }
    if dots == 0 {
      return cache.locations(dottedName) {
        find(parts, in: parts.first.map(roots(holding:)) ?? roots)
      }
    }
    let levels = Path.ancestors(Path.parent(Path.join(working, importer)) ?? "/")
    guard dots <= levels.count else { return nil }
    return find(parts, in: [levels[dots - 1]])
  }

  /// The file of an absolute dotted name, without reading it; nil if the project has none.
  func file(of dottedName: Substring) -> String? {
    let path = String(
      decoding: dottedName.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "/") : $0 },
      as: UTF8.self)
    for root in roots(holding: dottedName.firstPart) {
      let base = Path.join(root, path)
      for file in [base + "/__init__.py", base + ".py"] where fileSystem.isFile(file) {
        return file
      }
    }
    return nil
  }

  /// The module of a file; nil if it cannot be read.
  package func module(at path: String) -> PythonModule? {
    fileSystem.isFile(path) ? module(path) : nil
  }

  package func contents(of path: String) -> [UInt8]? {
    guard isInside(file: path) else { return nil }
    return try? fileSystem.read(path, limit: Self.sizeLimit)
  }

  /// What is in a directory, links as such.
  /// - Parameter isListed: a listing told of it, as no link.
  func listing(of directory: String, isListed: Bool) -> [FileSystem.Entry] {
    guard isListed || isInside(directory) else { return [] }
    return (try? fileSystem.listing(of: directory).entries) ?? []
  }

  /// The contents of a file that `listing` told of and that is no link.
  func contents(ofListed path: String) -> [UInt8] {
    (try? fileSystem.read(path, limit: Self.sizeLimit)) ?? []
  }

  package func entries(of directory: String) -> [String]? {
    guard isInside(directory) else { return nil }
    return try? fileSystem.entries(of: directory).names
  }

  /// As `isInside`, asked once for the directory of files that are no links.
  private func isInside(file path: String) -> Bool {
    guard let directory = Path.parent(path), fileSystem.linkKind(path) != S_IFLNK else {
      return isInside(path)
    }
    return cache.insiders(directory) { isInside(directory) }
  }

  /// Links are followed first: nothing outside the bounds is read through one.
  private func isInside(_ path: String) -> Bool {
    guard Path.isAbsolute(path), let real = fileSystem.resolved(path) else { return false }
    let known = cache.bounds("") { bounds.compactMap(fileSystem.resolved).filter { $0 != "/" } }
    return known.contains { Path.contains($0, real) }
  }

  /// The roots in which a name without dots is a module, a package or another directory.
  private func roots(holding name: Substring) -> [String] {
    cache.holders(name) {
      roots.filter { root in
        let base = Path.join(root, String(name))
        return fileSystem.isDirectory(base) || fileSystem.isFile(base + ".py")
      }
    }
  }

  /// A module or package in any root goes before a directory without `__init__.py` (PEP 420); such
  /// a directory is not taken for the library of its name.
  private func find(_ parts: [Substring], in roots: [String]) -> LocatedModule? {
    let path = parts.joined(separator: "/")
    let bases = roots.map { Path.join($0, path) }
    for base in bases {
      if let found = file(base + "/__init__.py", isPackage: true) { return found }
      if !parts.isEmpty, let found = file(base + ".py", isPackage: false) { return found }
    }
    if let first = parts.first, ["alembic", "sqlalchemy"].contains(first) { return nil }
    return bases.first { fileSystem.isDirectory($0) && isInside($0) }
      .map { LocatedModule(path: $0, isPackage: true, module: nil) }
  }

  private func file(_ path: String, isPackage: Bool) -> LocatedModule? {
    guard fileSystem.isFile(path) else { return nil }
    return LocatedModule(path: path, isPackage: isPackage, module: module(path))
  }

  private func module(_ path: String) -> PythonModule? {
    cache.modules(path) {
      guard let bytes = contents(of: path) else { return nil }
      let shown = Path.shown(path, from: working)
      return (try? decodePython(bytes, path: shown)).map(parsePython)
    }
  }
}

// MARK: - Constants of other files

extension ProjectModules {
  /// The constant that an imported name stands for, followed through the project's files; nil if it
  /// leads out of the project.
  func constant(_ binding: ModuleBinding, importer: String) -> ConstantValue? {
    constant(binding, importer: importer, trace: ImportTrace())
  }

  private func constant(
    _ binding: ModuleBinding, importer: String, trace: ImportTrace
  ) -> ConstantValue? {
    guard case .imported(let source, let name?, _) = binding,
      let located = locate(source, importer: importer), let module = located.module
    else { return nil }
    guard let names = names(of: module, path: located.path, trace: trace) else { return nil }
    // Only what is asked for is followed further: a package imports all of itself sooner or later.
    let asked = "\(located.path) \(name)"
    guard trace.asked.count < Self.importDepthLimit, trace.asked.insert(asked).inserted else {
      return nil
    }
    defer { trace.asked.remove(asked) }
    return names.value(of: name)
  }

  /// Nil for a module that is being read already: the import leads back to it.
  private func names(
    of module: PythonModule, path: String, trace: ImportTrace
  ) -> ModuleNames? {
    if let known = trace.names[path] { return known }
    guard trace.open.count < Self.importDepthLimit, trace.open.insert(path).inserted else {
      return nil
    }
    defer { trace.open.remove(path) }
    let names = ModuleNames(module) { [unowned trace] in
      constant($0, importer: path, trace: trace)
    }
    trace.names[path] = names
    return names
  }
}

/// The modules that one look-up came through. It is not shared, so that what is found does not
/// depend on which look-up came first.
private final class ImportTrace {
  var names: [String: ModuleNames] = [:]
  /// The modules that are being read.
  var open: Set<String> = []
  /// The names that are being followed.
  var asked: Set<String> = []
}

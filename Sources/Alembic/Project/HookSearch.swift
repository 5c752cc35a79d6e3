// The files of a project that register something with SQLAlchemy or Alembic when they are loaded,
// found by what the migrations import.

import PythonSyntax
import SourceText
import Threads

/// What a project registers with the libraries, or changes of them, while its migrations are loaded.
package struct Registrations: Sendable {
  /// Absolute paths of the files that register something, in the order in which they are loaded.
  package var files: [String] = []
  /// The files that replace something of Alembic or SQLAlchemy themselves, as they are shown, such as
  /// `op.drop_index = …`: from then on no operation is what it says.
  package var patches: [String] = []

  package init() {}
}

/// Alembic loads every migration before it runs one, and each loads what it imports: a listener or
/// compiler of SQLAlchemy, or an operation, that is registered on the way concerns all of them.
struct HookSearch {
  /// Files that are looked at; an application that is larger is not followed to its end.
  private static let fileLimit = 200
  /// How far imports are followed from a migration.
  private static let depthLimit = 2

  private(set) var found = Registrations()
  private var seen: Set<String> = []
  private var queue: [Item] = []
  /// The file of each dotted name that was looked for.
  private var located: [String: File?] = [:]
  private let project: ProjectModules

  private struct File {
    var path: String
    var isPackage: Bool
  }

  private struct Item {
    var file: File
    var name: String
    var depth: Int
  }

  init(_ configuration: ProjectConfiguration, _ revisions: [Revision], project: ProjectModules) {
    self.project = project
    for revision in revisions {
      let code = revision.module
      var registers = false
      for statement in code[code.body] { registers = follow(statement, of: code) || registers }
      if registers { found.files.append(revision.path) }
      if revision.replacesLibraryParts { found.patches.append(code.source.path) }
    }
    if let environment = configuration.scriptLocation.map({ Path.join($0, "env.py") }) {
      queue.append(
        Item(file: File(path: environment, isPackage: false), name: "", depth: 0))
    }
    var position = 0
    while position < queue.count, position < Self.fileLimit {
      read(queue[position])
      position += 1
    }
  }

  private mutating func read(_ item: Item) {
    let path = item.file.path
    var package: [Substring]?
    if item.depth < Self.depthLimit {
      let parts = item.name.parts
      package = item.file.isPackage ? parts : Array(parts.dropLast())
    }
    // No package is called `.`.
    let scan = project.cache.hooks([path] + (package ?? ["."]).map(String.init)) {
      project.contents(of: path).map { HookScan($0, in: package) }
    }
    guard let scan else { return }
    if scan.mayRegister { found.files.append(path) }
    if scan.replacesLibraryParts { found.patches.append(Path.name(path)) }
    for found in scan.imports { follow(found.module, names: found.names, depth: item.depth + 1) }
  }

  /// Follows a statement at the top of a migration; whether it imports what registers.
  private mutating func follow(_ statement: StatementID, of code: PythonModule) -> Bool {
    switch code[statement] {
    case .import(let names):
      for name in code[names] { follow(code.text(of: name.name), names: [], depth: 1) }
      return false
    case .importFrom(let module?, level: 0, let names):
      let imported = code[names].map { code.text(of: $0.name) }
      follow(code.text(of: module), names: imported, depth: 1)
      return imported.contains { Self.registering.contains($0) }
    default: return false
    }
  }

  private static let registering: Set<String> = [
    "event", "listens_for", "listen", "compiles", "Operations", "compiler",
  ]

  private mutating func follow(_ module: String, names: [String], depth: Int) {
    // A module is loaded behind the packages around it.
    for end in module.utf8.indices where module.utf8[end] == UInt8(ascii: ".") {
      let package = String(module[..<end])
      if let file = file(of: package) { add(file, package, depth) }
    }
    guard let file = file(of: module) else { return }
    add(file, module, depth)
    guard file.isPackage, let directory = Path.parent(file.path) else { return }
    for name in names where listing(of: directory).contains(name) {
      let inner = "\(module).\(name)"
      if let file = self.file(of: inner) { add(file, inner, depth) }
    }
  }

  private mutating func add(_ file: File, _ name: String, _ depth: Int) {
    guard queue.count < Self.fileLimit, seen.insert(file.path).inserted else { return }
    queue.append(Item(file: file, name: name, depth: depth))
  }

  /// The modules and packages in a directory by name.
  private func listing(of directory: String) -> Set<String> {
    project.cache.listings(directory) {
      Set(
        (project.entries(of: directory) ?? []).map {
          $0.hasSuffix(".py") ? String($0.dropLast(3)) : $0
        })
    }
  }

  private mutating func file(of name: String) -> File? {
    if let known = located[name] { return known }
    let top = name.firstPart
    let isOwn =
      top.endIndex == name.endIndex
      ? !SQLAlchemyLibrary.owns(name) && !StandardLibrary.owns(LibraryName(name))
      : file(of: String(top)) != nil
    let found = isOwn ? project.file(of: name[...]) : nil
    let file = found.map { File(path: $0, isPackage: $0.hasSuffix("/__init__.py")) }
    located[name] = .some(file)
    return file
  }
}

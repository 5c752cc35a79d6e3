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
      let parts = item.name.split(separator: ".")
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
    for end in module.indices where module[end] == "." {
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
    let top = name.prefix { $0 != "." }
    let isOwn =
      top.count == name.count
      ? !SQLAlchemyLibrary.owns(name) && !StandardLibrary.owns(LibraryName(name))
      : file(of: String(top)) != nil
    let found = isOwn ? project.file(of: name[...]) : nil
    let file = found.map { File(path: $0, isPackage: $0.hasSuffix("/__init__.py")) }
    located[name] = .some(file)
    return file
  }
}

/// What a file may register that concerns a migration, and what it imports.
struct HookScan: Sendable {
  let mayRegister: Bool
  /// It replaces something of Alembic or SQLAlchemy themselves.
  let replacesLibraryParts: Bool
  let imports: [(module: String, names: [String])]

  /// - Parameter package: what relative imports start from; nil: no import is asked for.
  init(_ bytes: [UInt8], in package: [Substring]?) {
    // Most files are settled by the first pass.
    mayRegister =
      bytes.contains(
        anyOf: ["listens_for(", "compiles(", "event.listen(", "implementation_for("], at: "(")
      && (bytes.contains(anyOf: ["compiles(", "implementation_for("], at: "(")
        || bytes.contains(anyOf: Hooks.events, at: "_"))
    replacesLibraryParts =
      LibraryPatches.mayBe(in: bytes)
      && LibraryPatches.isFound(in: parsePython(SourceFile(path: "", bytes: bytes)))
    imports = package.map { ImportScan(bytes, in: $0).imports } ?? []
  }
}

/// The modules that a file names in its import statements, read line by line without parsing it: some
/// may be named in a string or a function, none is missed.
struct ImportScan {
  private(set) var imports: [(module: String, names: [String])] = []

  init(_ bytes: [UInt8], in package: [Substring]) {
    bytes.withUnsafeBufferPointer { bytes in
      var position = 0
      while position < bytes.count {
        var start = position
        while start < bytes.count, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
        var end = bytes.firstPlace(of: 10, from: start) ?? bytes.count
        position = end + 1
        guard end - start > 8 else { continue }
        if bytes[start] == UInt8(ascii: "i"), bytes[start..<end].starts(with: "import ".utf8) {
          add(imported: String(decoding: bytes[(start + 7)..<end], as: UTF8.self))
        } else if bytes[start] == UInt8(ascii: "f"), bytes[start..<end].starts(with: "from ".utf8) {
          if bytes[start..<end].contains(UInt8(ascii: "(")) {
            end = bytes.firstPlace(of: UInt8(ascii: ")"), from: end) ?? bytes.count
          }
          add(from: bytes[(start + 5)..<end], in: package)
        }
      }
    }
  }

  private mutating func add(imported list: String) {
    for part in list.split(separator: ",") {
      if let name = part.split(separator: " ").first { imports.append((String(name), [])) }
    }
  }

  private mutating func add(
    from statement: Slice<UnsafeBufferPointer<UInt8>>, in package: [Substring]
  ) {
    let words = statement.split { byte in
      switch byte {
      case 9, 10, 13, 32, UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: ";"), UInt8(ascii: "\\"):
        true
      default: false
      }
    }
    guard words.count > 2, words[1].elementsEqual("import".utf8) else { return }
    let module = words[0].drop { $0 == UInt8(ascii: ".") }
    let dots = words[0].count - module.count
    guard dots == 0 || dots <= package.count else { return }
    var name = String(decoding: module, as: UTF8.self)
    if dots > 0 {
      name = (package.dropLast(dots - 1) + name.split(separator: ".")).joined(separator: ".")
    }
    guard !name.isEmpty else { return }
    imports.append(
      (
        name,
        words[2...].filter { !$0.elementsEqual("as".utf8) && !$0.elementsEqual("*".utf8) }.map {
          String(decoding: $0, as: UTF8.self)
        }
      ))
  }
}

/// Whether a file sets attributes of Alembic's or SQLAlchemy's objects when it is loaded.
enum LibraryPatches {
  /// Whether a line begins like one that does, which few files have: `name.name = …`, `setattr(…`, or a
  /// class for Alembic's dialects.
  static func mayBe(in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var position = 0
      while position < bytes.count {
        let end = bytes.firstPlace(of: 10, from: position) ?? bytes.count
        if isSuspect(bytes[position..<end]) { return true }
        position = end + 1
      }
      return false
    }
  }

  private static func isSuspect(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = line.first, first == UInt8(ascii: "_") || (0x61...0x7A).contains(first | 0x20)
    else {
      return false
    }
    if line.starts(with: "class ".utf8) {
      return line.contains("Impl".utf8)
    }
    if line.starts(with: "setattr(".utf8) || line.starts(with: "delattr(".utf8) { return true }
    guard let sign = line.firstIndex(of: UInt8(ascii: "=")),
      let dot = line.firstIndex(of: UInt8(ascii: ".")), dot < sign
    else { return false }
    return !line[..<sign].contains(UInt8(ascii: "(")) && !line[..<sign].contains(UInt8(ascii: "["))
  }

  static func isFound(in code: PythonModule) -> Bool {
    var libraries: Set<UInt32> = []
    var functions: [UInt32: Block] = [:]
    for statement in code[code.body] {
      switch code[statement] {
      case .import(let names):
        for name in code[names] where isLibrary(code.text(of: name.name)) {
          libraries.insert((name.alias ?? name.name).index)
          let top = code.text(of: name.name).prefix { $0 != "." }
          if name.alias == nil, let index = spelled(top, in: code) { libraries.insert(index) }
        }
      case .importFrom(let module?, level: 0, let names) where isLibrary(code.text(of: module)):
        // What env.py sets of the context are settings.
        for name in code[names] where code.text(of: name.name) != "context" {
          libraries.insert((name.alias ?? name.name).index)
        }
      case .class(let id): if isDialect(code[id], in: code) { return true }
      case .function(let id): functions[code[id].name.index] = code[id].body
      case .assign: if assigns(statement, to: libraries, code) { return true }
      case .expression(let value):
        guard case .call(let callee, let arguments) = code[value] else { continue }
        if case .name(let name) = code[callee], let body = functions[name.index],
          code[body].contains(where: { assigns($0, to: libraries, code) })
        {
          return true
        }
        guard ["setattr", "delattr"].contains(code.lastName(of: callee) ?? ""),
          let first = code[arguments].first
        else { continue }
        if isPart(first.value, of: libraries, code) || isName(first.value, libraries, code) {
          return true
        }
      default: continue
      }
    }
    return false
  }

  private static func assigns(
    _ statement: StatementID, to libraries: Set<UInt32>, _ code: PythonModule
  ) -> Bool {
    guard case .assign(let targets, _) = code[statement] else { return false }
    return code[targets].contains { isPart($0, of: libraries, code) }
  }

  /// A class that Alembic takes for PostgreSQL instead of its own (`ImplMeta`).
  private static func isDialect(_ definition: Definition, in code: PythonModule) -> Bool {
    guard
      code[definition.arguments].contains(where: {
        code.lastName(of: $0.value)?.hasSuffix("Impl") == true
      })
    else { return false }
    return code[definition.body].contains { statement in
      guard case .assign(let targets, let value) = code[statement] else { return false }
      return code[targets].contains { code.lastName(of: $0) == "__dialect__" }
        && code.plainString(value) ?? "postgresql" == "postgresql"
    }
  }

  private static func isLibrary(_ path: String) -> Bool {
    let top = path.prefix { $0 != "." }
    return top == "alembic" || top == "sqlalchemy"
  }

  private static func spelled(_ name: Substring, in code: PythonModule) -> UInt32? {
    (0..<UInt32(code.nameCount)).first { code.text(of: Identifier(index: $0)) == name }
  }

  private static func isName(
    _ id: ExpressionID, _ libraries: Set<UInt32>, _ code: PythonModule
  ) -> Bool {
    if case .name(let name) = code[id] { libraries.contains(name.index) } else { false }
  }

  /// `library.a`, `library.a.b`
  private static func isPart(
    _ id: ExpressionID, of libraries: Set<UInt32>, _ code: PythonModule
  ) -> Bool {
    var id = id
    while case .attribute(let base, _) = code[id] {
      if isName(base, libraries, code) { return true }
      id = base
    }
    return false
  }
}

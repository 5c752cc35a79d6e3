// The files of a project that register something with SQLAlchemy when they are loaded, found by what
// the migrations import.

import PythonSyntax
import SourceText

/// Alembic loads every migration before it runs one, and each loads what it imports: a listener or
/// compiler of SQLAlchemy that is registered on the way changes what all operations emit.
struct HookSearch {
  /// Files that are looked at; an application that is larger is not followed to its end.
  private static let fileLimit = 300

  /// Absolute paths, in the order in which they are loaded.
  private(set) var files: [String] = []
  private var seen: Set<String> = []
  private var packages: [Substring: Bool] = [:]
  private let project: ProjectModules

  private struct Item {
    var path: String
    var bytes: [UInt8]
    /// What relative imports start from.
    var package: [Substring]
  }

  init(_ configuration: ProjectConfiguration, _ revisions: [Revision], project: ProjectModules) {
    self.project = project
    var queue = revisions.map { Item(path: $0.path, bytes: $0.module.source.bytes, package: []) }
    if let environment = configuration.scriptLocation.map({ Path.join($0, "env.py") }),
      let bytes = project.contents(of: environment)
    {
      queue.append(Item(path: environment, bytes: bytes, package: []))
    }
    let limit = queue.count + Self.fileLimit
    var position = 0
    while position < queue.count {
      let item = queue[position]
      position += 1
      if Self.mayRegister(item.bytes) { files.append(item.path) }
      for name in ImportScan(item.bytes, in: item.package).names where queue.count < limit {
        if let next = next(name) { queue.append(next) }
      }
    }
  }

  private static func mayRegister(_ bytes: [UInt8]) -> Bool {
    bytes.contains("listens_for(") || bytes.contains("compiles(") || bytes.contains("event.listen(")
      || bytes.contains("implementation_for(")
  }

  private mutating func next(_ name: Substring) -> Item? {
    guard seen.insert(String(name)).inserted else { return nil }
    let top = name.prefix { $0 != "." }
    if packages[top] == nil {
      packages[top] =
        !SQLAlchemyLibrary.owns(String(top)) && !StandardLibrary.owns(LibraryName(String(top)))
        && project.file(of: top) != nil
    }
    guard packages[top] == true, let path = project.file(of: name),
      let bytes = project.contents(of: path)
    else { return nil }
    var package = name.split(separator: ".")
    if !path.hasSuffix("/__init__.py") { package.removeLast() }
    return Item(path: path, bytes: bytes, package: package)
  }
}

/// The modules that a file names in its import statements, read line by line without parsing it:
/// some may be named in a string or a function, none is missed.
struct ImportScan {
  private(set) var names: [Substring] = []

  init(_ bytes: [UInt8], in package: [Substring]) {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let start = bytes[position...].firstIndex { $0 != 32 && $0 != 9 } ?? bytes.endIndex
      var end = bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.endIndex
      defer { position = end + 1 }
      guard start < end, bytes[start] == UInt8(ascii: "i") || bytes[start] == UInt8(ascii: "f")
      else { continue }
      if bytes[start...].starts(with: "import ".utf8) {
        add(imported: Self.text(bytes[(start + 7)..<end]))
      } else if bytes[start...].starts(with: "from ".utf8) {
        let line = bytes[start..<end]
        if line.contains(UInt8(ascii: "(")), !line.contains(UInt8(ascii: ")")) {
          end = bytes[end...].firstIndex(of: UInt8(ascii: ")")) ?? bytes.endIndex
        }
        add(from: Self.text(bytes[(start + 5)..<end]), in: package)
      }
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> Substring {
    Substring(String(decoding: bytes, as: UTF8.self))
  }

  private mutating func add(imported list: Substring) {
    for part in list.split(separator: ",") {
      if let name = part.split(separator: " ").first { names.append(name) }
    }
  }

  private mutating func add(from statement: Substring, in package: [Substring]) {
    let words = statement.split { " \t\r\n,();\\".contains($0) }
    guard words.count > 2, words[1] == "import" else { return }
    let dots = words[0].prefix { $0 == "." }.count
    guard dots == 0 || dots <= package.count else { return }
    let base = (dots == 0 ? [] : package.dropLast(dots - 1)) + words[0].split(separator: ".")
    guard !base.isEmpty else { return }
    let module = base.joined(separator: ".")
    names.append(Substring(module))
    for word in words.dropFirst(2) where word != "as" && word != "*" {
      names.append(Substring("\(module).\(word)"))
    }
  }
}

// What one file registers with SQLAlchemy or Alembic and imports, told by its bytes.

import PythonSyntax
import SourceText

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
        || bytes.contains(anyOf: Hooks.events, at: "_")
        || bytes.contains(anyOf: ListenerSearch.targets, at: ","))
    let lines = LineScan(bytes, in: package)
    replacesLibraryParts =
      lines.mayReplaceLibraryParts
      && LibraryPatches.isFound(in: parsePython(SourceFile(path: "", bytes: bytes)))
    imports = lines.imports
  }
}

/// What the lines of a file tell without parsing it.
struct LineScan {
  /// The modules that import statements name: some may be named in a string or a function, none is
  /// missed.
  private(set) var imports: [(module: String, names: [String])] = []
  /// A line begins like one of those that `LibraryPatches` finds, which few files have.
  private(set) var mayReplaceLibraryParts = false
  /// What is imported of the libraries so far, under any name, with some words around it.
  private var libraryNames: Set<Substring> = []

  /// - Parameter package: what relative imports start from; nil: no import is asked for.
  init(_ bytes: [UInt8], in package: [Substring]?) {
    bytes.withUnsafeBufferPointer { bytes in
      var position = 0
      while position < bytes.count {
        let start = position
        var end = bytes.firstPlace(of: 10, from: start) ?? bytes.count
        position = end + 1
        let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
        guard let indent = line.firstIndex(where: { $0 != 32 && $0 != 9 }) else { continue }
        // A statement may stand behind an import in its line.
        defer {
          if !mayReplaceLibraryParts {
            mayReplaceLibraryParts = isSuspect(UnsafeBufferPointer(rebasing: line[indent...]))
          }
        }
        if line.holds("import ", at: indent) {
          add(imported: words(of: line[(indent + 7)...]), package != nil)
        } else if line.holds("from ", at: indent) {
          if line.firstPlace(of: UInt8(ascii: "("), from: indent) != nil {
            end = bytes.firstPlace(of: UInt8(ascii: ")"), from: end) ?? bytes.count
          }
          add(from: words(of: bytes[(start + indent + 5)..<end]), in: package)
        }
      }
    }
  }

  /// `name.name = …` and `name.name[…] = …` of an imported name, what names the table of Alembic's
  /// operations, `setattr(…`, or a class for Alembic's dialects.
  private func isSuspect(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = line.first, first == UInt8(ascii: "_") || (0x61...0x7A).contains(first | 0x20)
    else { return false }
    if line.holds("class ", at: 0) { return line.contains("Impl") }
    let isCall = line.holds("setattr(", at: 0) || line.holds("delattr(", at: 0)
    if isCall || line.holds("del ", at: 0) {
      let words = words(of: line[(isCall ? 8 : 4)...])
      return words.isEmpty || words.contains { libraryNames.contains($0.firstPart) }
    }
    guard let dot = line.firstPlace(of: UInt8(ascii: "."), from: 0) else { return false }
    if line.contains("_to_impl") { return true }
    guard let sign = line.firstPlace(of: UInt8(ascii: "="), from: dot) else { return false }
    // The keyword of a call is none.
    let target = line[dot..<sign].prefix { $0 != UInt8(ascii: "[") }
    if target.contains(UInt8(ascii: "(")) { return false }
    let name = line[..<dot].lastIndex { $0 == 32 || $0 == 9 || $0 == UInt8(ascii: ";") }
    return libraryNames.contains(
      Substring(decoding: line[(name.map { $0 + 1 } ?? 0)..<dot], as: UTF8.self))
  }

  private func words(of statement: Slice<UnsafeBufferPointer<UInt8>>) -> [Substring] {
    statement.split { byte in
      switch byte {
      case 9, 10, 13, 32, UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: ";"), UInt8(ascii: "\\"):
        true
      default: false
      }
    }.map { Substring(decoding: $0, as: UTF8.self) }
  }

  /// - Parameter isAsked: imports are asked for.
  private mutating func add(imported words: [Substring], _ isAsked: Bool) {
    if words.contains(where: LibraryPatches.isLibrary) {
      for word in words { libraryNames.insert(word.firstPart) }
    }
    guard isAsked else { return }
    var isName = true
    for word in words.prefix(while: { !$0.hasPrefix("#") }) {
      if isName, word != "as" { imports.append((String(word), [])) }
      isName = word != "as"
    }
  }

  private mutating func add(from words: [Substring], in package: [Substring]?) {
    guard words.count > 2, words[1] == "import" else { return }
    if LibraryPatches.isLibrary(words[0]) { libraryNames.formUnion(words[2...]) }
    guard let package else { return }
    let dots = words[0].utf8.prefix { $0 == UInt8(ascii: ".") }.count
    guard dots == 0 || dots <= package.count else { return }
    var name = String(words[0].utf8.dropFirst(dots)) ?? ""
    if dots > 0 {
      name = (package.dropLast(dots - 1) + name.parts).joined(separator: ".")
    }
    guard !name.isEmpty else { return }
    imports.append((name, words[2...].filter { $0 != "as" && $0 != "*" }.map(String.init)))
  }
}

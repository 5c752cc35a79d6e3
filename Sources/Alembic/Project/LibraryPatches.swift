// Finds what replaces parts of Alembic and SQLAlchemy themselves.

import PythonSyntax

/// Whether a file sets attributes of Alembic's or SQLAlchemy's objects when it is loaded.
enum LibraryPatches {
  static func isFound(in code: PythonModule) -> Bool {
    var libraries: Set<UInt32> = []
    var functions: [UInt32: Block] = [:]
    for statement in code[code.body] {
      switch code[statement] {
      case .import(let names):
        for name in code[names] where isLibrary(code.text(of: name.name)) {
          libraries.insert((name.alias ?? name.name).index)
          let top = code.text(of: name.name).firstPart
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

  /// Whether a dotted name is Alembic's or SQLAlchemy's.
  static func isLibrary(_ path: some StringProtocol) -> Bool {
    let top = path.firstPart
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

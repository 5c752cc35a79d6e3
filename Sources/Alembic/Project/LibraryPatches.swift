// Finds what replaces parts of Alembic and SQLAlchemy themselves.

import PythonSyntax

/// Whether a file sets attributes of Alembic's or SQLAlchemy's objects when it is loaded.
enum LibraryPatches {
  static func isFound(in code: PythonModule) -> Bool {
    var walk = PatchWalk(code)
    return walk.isFound
  }

  /// A class that Alembic takes for PostgreSQL instead of its own (`ImplMeta`).
  fileprivate static func isDialect(_ definition: Definition, in code: PythonModule) -> Bool {
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
}

/// Walks what a file runs when it is loaded: its statements, those within others, and the functions that
/// they call.
private struct PatchWalk {
  private let code: PythonModule
  private var libraries: Set<UInt32> = []
  private var functions: [UInt32: Block] = [:]
  private var waiting: [Block] = []

  init(_ code: PythonModule) {
    self.code = code
    waiting = [code.body]
  }

  var isFound: Bool {
    mutating get {
      while let block = waiting.popLast() {
        for statement in code[block] where replaces(statement) { return true }
      }
      return false
    }
  }

  /// Whether a statement itself replaces something; what is to be looked at behind it waits.
  private mutating func replaces(_ statement: StatementID) -> Bool {
    switch code[statement] {
    case .import(let names):
      for name in code[names] where LibraryPatches.isLibrary(code.text(of: name.name)) {
        if name.alias == nil || !isOfMapper(code.text(of: name.name)) {
          libraries.insert((name.alias ?? name.name).index)
        }
        let top = code.text(of: name.name).firstPart
        if name.alias == nil, let index = spelled(top) { libraries.insert(index) }
      }
    case .importFrom(let module?, level: 0, let names)
    where LibraryPatches.isLibrary(code.text(of: module)):
      // What is changed of another database's dialect does not matter.
      let path = code.text(of: module)
      if path.hasPrefix("sqlalchemy.dialects."), !path.contains("postgresql") { return false }
      let isOfMapper = isOfMapper(path)
      for name in code[names] {
        let spelling = code.text(of: name.name)
        // What env.py sets of the context are settings.
        if spelling == "context" || isOfMapper && !Self.sessions.contains(spelling) { continue }
        libraries.insert((name.alias ?? name.name).index)
      }
    case .class(let id): return LibraryPatches.isDialect(code[id], in: code)
    case .function(let id): functions[code[id].name.index] = code[id].body
    case .assign(let targets, _), .delete(let targets):
      return code[targets].contains { isPart($0) }
    case .expression(let value): return replaces(byCalling: value)
    case .if, .for, .while, .with, .try, .match:
      // Later ones first: they may call what the earlier ones define.
      waiting += code.blocks(of: statement).reversed()
    default: break
    }
    return false
  }

  private mutating func replaces(byCalling value: ExpressionID) -> Bool {
    guard case .call(let callee, let arguments) = code[value] else { return false }
    switch code[callee] {
    case .name(let name):
      if let body = functions.removeValue(forKey: name.index) {
        waiting.append(body)
        return false
      }
    case .attribute(let base, _): if isTable(base) { return true }
    case .call(let inner, _): if isTable(inner) { return true }
    default: return false
    }
    guard ["setattr", "delattr"].contains(code.lastName(of: callee) ?? ""),
      let first = code[arguments].first
    else { return false }
    return isPart(first.value) || isName(first.value)
  }

  /// What of the mapper migrations send statements by.
  private static let sessions: Set<String> = ["Session", "sessionmaker", "scoped_session"]

  private func isOfMapper(_ path: String) -> Bool {
    path == "sqlalchemy.orm" || path.hasPrefix("sqlalchemy.orm.")
  }

  private func spelled(_ name: Substring) -> UInt32? {
    (0..<UInt32(code.nameCount)).first { code.text(of: Identifier(index: $0)) == name }
  }

  private func isName(_ id: ExpressionID) -> Bool {
    if case .name(let name) = code[id] { libraries.contains(name.index) } else { false }
  }

  /// `library.a`, `library.a.b`, `library.a[b]`; not the types that only reflection asks for.
  private func isPart(_ id: ExpressionID) -> Bool {
    var id = id
    while true {
      switch code[id] {
      case .attribute(let base, let name):
        if isName(base) { return !["ischema_names", "orm"].contains(code.text(of: name)) }
        id = base
      case .subscript(let base, _):
        if case .attribute(_, let name) = code[base], code.text(of: name) == "ischema_names" {
          return false
        }
        id = base
      default: return false
      }
    }
  }

  /// `Operations._to_impl`, the table of Alembic's own operations, or something of it.
  private func isTable(_ id: ExpressionID) -> Bool {
    var id = id
    while case .attribute(let base, let name) = code[id] {
      if code.text(of: name) == "_to_impl" { return true }
      id = base
    }
    return false
  }
}

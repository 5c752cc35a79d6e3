// Listeners of SQLAlchemy's connections, which may send statements of their own or other ones: what tells
// that one of them does neither.

import PythonSyntax
import SourceText

enum ListenerSearch {
  /// The classes that a file gives such a listener to, as they stand before the event's name.
  static let targets: [StaticString] = ["Engine,", "Connection,", "Pool,", "Dialect,"]

  /// Of `ConnectionEvents`, `PoolEvents` and `DialectEvents` (SQLAlchemy, "Core Events").
  private static let events: Set<String> = [
    "before_execute", "after_execute", "before_cursor_execute", "after_cursor_execute",
    "handle_error", "engine_connect", "set_connection_execution_options",
    "set_engine_execution_options", "begin", "commit", "rollback", "savepoint",
    "release_savepoint", "rollback_savepoint", "begin_twophase", "prepare_twophase",
    "commit_twophase", "rollback_twophase", "connect", "first_connect", "checkout", "checkin",
    "reset", "do_connect", "do_execute", "do_executemany", "do_execute_no_params",
  ]

  /// Whether an event is one of connections, engines, pools or dialects.
  static func isOfConnections(_ event: String) -> Bool { events.contains(event) }

  /// Whether a function of a file only takes notes of what it is given.
  /// - Parameter name: that of the function; nil for what has none.
  static func isHarmless(_ name: UInt32?, _ event: String, in code: PythonModule) -> Bool {
    guard let name else { return false }
    for statement in code[code.body] {
      guard case .function(let id) = code[statement], code[id].name.index == name else { continue }
      return isHarmless(code[id], event, in: code)
    }
    return false
  }

  /// Whether a function raises nothing, returns nothing but what it was given, and neither hands on nor uses what it is given but
  /// for reading and for notes in `info`. Walked without recursion.
  static func isHarmless(
    _ definition: Definition, _ event: String, in code: PythonModule
  ) -> Bool {
    guard let id = definition.parameters else { return false }
    if isOfSQLite(definition, in: code) || asksForSQLite(definition, in: code) { return true }
    let list = code[id]
    let parameters = Set(
      (Array(code[list.positionalOnly]) + code[list.regular] + code[list.keywordOnly]
        + [list.variadic, list.keywordVariadic].compactMap(\.self)).map(\.name.index))
    var blocks = [definition.body]
    var expressions: [ExpressionID] = []
    while let block = blocks.popLast() {
      for statement in code[block] {
        switch code[statement] {
        case .raise, .function, .class, .with, .delete, .import, .importFrom, .global, .nonlocal,
          .damaged:
          return false
        case .return(let value?):
          switch code[value] {
          case .none: continue
          case .tuple(let parts) where event.hasPrefix("before_"):
            if !code[parts].allSatisfy({ isParameter($0, parameters, code) }) { return false }
          default: return false
          }
        case .if(let test, _, let otherwise) where isOfOthers(test, code):
          blocks.append(otherwise)
          expressions.append(test)
          continue
        case .assign(let targets, let value):
          if isHandle(value, parameters, code) { return false }
          for target in code[targets] where !isNote(target, parameters, code) { return false }
        case .augmentedAssign(let target, _, _), .annotatedAssign(let target, _, _):
          if !isNote(target, parameters, code) { return false }
        case .for(let loop) where isHandle(code[loop].iterable, parameters, code): return false
        default: break
        }
        blocks += code.blocks(of: statement)
        expressions += code.parts(of: statement)
      }
    }
    while let expression = expressions.popLast() {
      switch code[expression] {
      case .call(let callee, let arguments):
        if !isReading(callee, code[arguments], parameters, code) { return false }
      case .lambda, .assignment, .await, .yield, .yieldFrom, .damaged: return false
      default: break
      }
      expressions += code.parts(of: expression)
    }
    return true
  }

  /// `connection.dialect.name == "oracle"`, also with more conditions.
  private static func isOfOthers(_ test: ExpressionID, _ code: PythonModule) -> Bool {
    switch code[test] {
    case .boolean(.and, let operands): return code[operands].contains { isOfOthers($0, code) }
    case .comparison(let left, let rest):
      guard code[rest].count == 1, let right = code[rest].first, right.comparison == .equal,
        code.lastName(of: left) == "name", let name = code.plainString(right.operand)
      else { return false }
      return ["sqlite", "mysql", "mariadb", "oracle", "mssql"].contains(name)
    default: return false
    }
  }

  /// Whether a function is one of the usual ones for SQLite, which PostgreSQL would refuse.
  private static func isOfSQLite(_ definition: Definition, in code: PythonModule) -> Bool {
    guard let last = code[definition.body].last else { return false }
    let range = SourceRange(start: definition.nameRange.start, end: code.range(of: last).end)
    let text = code.source.bytes(in: range).inSmallLetters
    return (text.contains("sqlite") || text.contains("pragma"))
      && !text.contains("postgres") && !text.contains("set ") && !text.contains("else")
  }

  /// Whether all that a function does stands under `if isinstance(connection, sqlite3.Connection)` or the like.
  private static func asksForSQLite(_ definition: Definition, in code: PythonModule) -> Bool {
    code[definition.body].allSatisfy { statement in
      switch code[statement] {
      case .pass: return true
      case .expression(let value):
        if case .string = code[value] { return true } else { return false }
      case .if(let test, _, let otherwise):
        let text = code.source.bytes(in: code.range(of: test)).inSmallLetters
        return code[otherwise].isEmpty && text.contains("sqlite") && !text.contains("not ")
          && !text.contains("!=") && !text.contains(" or ")
      default: return false
      }
    }
  }

  private static func isParameter(
    _ id: ExpressionID, _ parameters: Set<UInt32>, _ code: PythonModule
  ) -> Bool {
    if case .name(let name) = code[id] { parameters.contains(name.index) } else { false }
  }

  /// The parameter at the root of `name.attribute[index]`, and the attribute nearest to it.
  private static func root(
    _ id: ExpressionID, _ parameters: Set<UInt32>, _ code: PythonModule
  ) -> (isParameter: Bool, attribute: String?) {
    var id = id
    var attribute: String?
    while true {
      switch code[id] {
      case .name(let name): return (parameters.contains(name.index), attribute)
      case .attribute(let base, let name):
        attribute = code.text(of: name)
        id = base
      case .subscript(let base, _), .call(let base, _): id = base
      default: return (false, nil)
      }
    }
  }

  /// A name, an item of `info`, or an attribute that is nobody else's.
  private static func isNote(
    _ target: ExpressionID, _ parameters: Set<UInt32>, _ code: PythonModule
  ) -> Bool {
    switch code[target] {
    case .name(let name): return !parameters.contains(name.index)
    case .attribute, .subscript:
      let (isParameter, attribute) = root(target, parameters, code)
      return isParameter && (attribute == "info" || attribute?.hasPrefix("_") == true)
    default: return false
    }
  }

  private static let readers: Set<String> = [
    "len", "str", "repr", "print", "isinstance", "hasattr", "getattr", "id", "bool", "type",
  ]
  private static let loggers: Set<String> = [
    "debug", "info", "warning", "error", "exception", "log",
  ]
  private static let textMethods: Set<String> = [
    "lower", "upper", "strip", "lstrip", "split", "startswith", "endswith", "join", "format",
    "replace", "get",
  ]

  private static func isReading(
    _ callee: ExpressionID, _ arguments: ArraySlice<Argument>, _ parameters: Set<UInt32>,
    _ code: PythonModule
  ) -> Bool {
    let name = code.lastName(of: callee) ?? ""
    let (isParameter, attribute) = root(callee, parameters, code)
    if isParameter, attribute != "info", !textMethods.contains(name) { return false }
    if readers.contains(name) || loggers.contains(name) || textMethods.contains(name) {
      return true
    }
    return !senders.contains(name)
      && !arguments.contains { isHandle($0.value, parameters, code) }
  }

  /// Whether an expression is what a function is given, or a part of it by which statements may be
  /// sent, under any name: what it then does is not seen.
  private static func isHandle(
    _ id: ExpressionID, _ parameters: Set<UInt32>, _ code: PythonModule
  ) -> Bool {
    let (isParameter, attribute) = root(id, parameters, code)
    guard isParameter else {
      if case .starred(let inner) = code[id] { return isHandle(inner, parameters, code) }
      return false
    }
    if let attribute { return !plainParts.contains(attribute) }
    guard case .subscript(_, let key) = code[id], let key = code.plainString(key) else {
      return true
    }
    return !plainArguments.contains(key)
  }

  /// Attributes that hold values alone: `info` and those of Alembic's `MigrationInfo`.
  private static let plainParts: Set<String> = [
    "info", "is_upgrade", "is_stamp", "is_migration", "up_revision_id", "up_revision_ids",
    "down_revision_ids", "source_revision_ids", "destination_revision_ids", "up_revision",
    "up_revisions", "down_revisions", "source_revisions", "destination_revisions", "rowcount",
    "dialect",
  ]
  /// What `on_version_apply` is given besides the context.
  private static let plainArguments: Set<String> = ["step", "heads", "run_args"]
  private static let senders: Set<String> = [
    "execute", "exec_driver_sql", "executemany", "scalar", "scalars", "callproc", "begin", "commit",
    "rollback", "close", "invalidate", "run_callable",
  ]
}

// The statements of a file that register something with SQLAlchemy or Alembic.

import PythonSyntax

/// What a statement at the top of a file registers: `@compiles(Class, "dialect", …)` and
/// `@event.listens_for(Class, "event")` above a function, `event.listen(Class, "event", function)`,
/// `@Operations.register_operation("name", "method")` above a class, and
/// `@Operations.implementation_for(Class)` above a function.
struct Registration {
  enum Kind { case compiles, listens, operation, implementation }
  let kind: Kind
  /// The first argument.
  let target: ExpressionID
  /// What follows it.
  let arguments: [ExpressionID]
  /// The name of the function or class; nil for what has none.
  let name: UInt32?

  static func all(in code: PythonModule) -> [Registration] {
    var result: [Registration] = []
    for statement in code[code.body] {
      switch code[statement] {
      case .function(let id), .class(let id):
        for decorator in code[code[id].decorators] {
          guard case .call(let callee, let list) = code[decorator],
            let kind = kinds[code.lastName(of: callee) ?? ""], let target = code[list].first
          else { continue }
          result.append(
            Registration(
              kind: kind, target: target.value,
              arguments: code[list].dropFirst().map(\.value), name: code[id].name.index))
        }
      case .expression(let expression):
        guard case .call(let callee, let list) = code[expression] else { continue }
        if case .call(let decorator, let arguments) = code[callee], code[list].count == 1,
          let kind = kinds[code.lastName(of: decorator) ?? ""], let target = code[arguments].first,
          let decorated = code[list].first
        {
          // A decorator that is called like a function.
          result.append(
            Registration(
              kind: kind, target: target.value,
              arguments: code[arguments].dropFirst().map(\.value),
              name: code.index(ofName: decorated.value)))
          continue
        }
        guard code.lastName(of: callee) == "listen", code[list].count >= 3,
          let target = code[list].first
        else { continue }
        let rest = code[list].dropFirst().map(\.value)
        result.append(
          Registration(
            kind: .listens, target: target.value, arguments: [rest[0]],
            name: code.index(ofName: rest[1])))
      default: continue
      }
    }
    return result
  }

  private static let kinds: [String: Kind] = [
    "compiles": .compiles, "listens_for": .listens, "register_operation": .operation,
    "implementation_for": .implementation,
  ]
}

extension PythonModule {
  /// `name` of `name` and of `a.name`.
  func lastName(of id: ExpressionID) -> String? {
    switch self[id] {
    case .name(let name): text(of: name)
    case .attribute(_, let name): text(of: name)
    default: nil
    }
  }

  /// The name that an expression is, and nothing else.
  fileprivate func index(ofName id: ExpressionID) -> UInt32? {
    if case .name(let name) = self[id] { name.index } else { nil }
  }

  /// The text of a string literal.
  func plainString(_ id: ExpressionID) -> String? {
    if case .string(let literal) = self[id] { return string(literal) }
    return nil
  }
}

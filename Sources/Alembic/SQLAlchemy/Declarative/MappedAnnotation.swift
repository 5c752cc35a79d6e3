// `Mapped[…]`: what an annotation says of a column's type, and whether it takes NULL.

import PythonSyntax
import SourceText

/// The annotation of an attribute of a declarative class.
struct MappedAnnotation {
  private let content: Content
  private let isOptional: Bool
  private let name: String

  private enum Content {
    case value(Value)
    case other(String)
  }

  /// Nil where the annotation is not `Mapped[…]`.
  init?(_ annotation: ExpressionID, in scope: Scope, _ interpreter: Interpreter) {
    let code = scope.code
    guard case .subscript(let outer, let inner) = code[annotation],
      Self.name(outer, code) == "Mapped"
    else { return nil }
    let (expression, isOptional) = Self.withoutNone(inner, code)
    let text = code.source.text(in: code.range(of: inner))
    name = text
    self.isOptional = isOptional
    switch code[expression] {
    case .name, .attribute:
      content =
        (try? interpreter.evaluate(expression, in: scope)).map { .value($0) } ?? .other(text)
    default: content = .other(text)
    }
  }

  private static func name(_ id: ExpressionID, _ code: PythonModule) -> String? {
    switch code[id] {
    case .name(let name), .attribute(_, let name): code.text(of: name)
    default: nil
    }
  }

  /// `X` of `Optional[X]`, `X | None` and `Union[X, None]`.
  private static func withoutNone(
    _ id: ExpressionID, _ code: PythonModule
  ) -> (ExpressionID, isOptional: Bool) {
    switch code[id] {
    case .subscript(let outer, let inner) where name(outer, code) == "Optional":
      return (inner, true)
    case .subscript(let outer, let inner) where name(outer, code) == "Union":
      guard case .tuple(let list) = code[inner], list.count == 2 else { return (id, false) }
      let parts = Array(code[list])
      if case .none = code[parts[1]] { return (parts[0], true) }
      if case .none = code[parts[0]] { return (parts[1], true) }
    case .binary(.bitOr, let left, let right):
      if case .none = code[right] { return (left, true) }
      if case .none = code[left] { return (right, true) }
    default: break
    }
    return (id, false)
  }

  /// The `nullable` of a column whose call does not say it.
  func nullable(_ call: CallArguments) -> Value {
    if case .boolean(true)? = call.keyword("primary_key") { return .boolean(false) }
    return .boolean(isOptional)
  }

  /// SQLAlchemy's `type_annotation_map`, as it is without one of the project.
  private static let types = [
    "builtins.int": "Integer", "builtins.str": "String", "builtins.float": "Float",
    "builtins.bool": "Boolean", "builtins.bytes": "LargeBinary", "datetime.datetime": "DateTime",
    "datetime.date": "Date", "datetime.time": "Time", "datetime.timedelta": "Interval",
    "decimal.Decimal": "Numeric", "uuid.UUID": "Uuid",
  ]

  /// The type of a column whose call names none.
  func type() throws(NotRenderable) -> Value {
    if case .value(.library(let name)) = content, let type = Self.types[name.path] {
      return .library(LibraryName("sqlalchemy.\(type)"))
    }
    if case .value(.unknown(let unknown)) = content { throw NotRenderable(unknown.reason) }
    throw NotRenderable("Mapped[\(name)]")
  }
}

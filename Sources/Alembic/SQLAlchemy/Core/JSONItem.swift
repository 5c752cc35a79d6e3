// Items of JSON in expressions.

/// `column["key"]` and `column[("path", "to")]` of JSON; as text with `.astext`, as another type with
/// `.as_string()` and the like. By itself it is not modelled.
final class JSONItem: ModelObject, SQLElement {
  private enum Form {
    case json, text
    case cast(SQLType)
  }
  private let column: any SQLElement
  private let key: Value
  private let form: Form
  let size: ElementSize

  convenience init(_ column: any SQLElement, _ key: Value) { self.init(column, key, .json) }

  private init(_ column: any SQLElement, _ key: Value, _ form: Form) {
    self.column = column
    self.key = key
    self.form = form
    size = ElementSize([column])
  }

  var typeName: String { "BinaryExpression" }
  var tables: [TableModel] { column.tables }
  var elementType: SQLType? {
    switch form {
    case .json: nil
    case .text: SQLType("Text", "TEXT", .string)
    case .cast(let type): type
    }
  }
  var topOperator: SQLOperator? {
    if case .json = form { nil } else { .custom("->>", precedence: 0) }
  }

  private static func conversion(_ name: String) -> SQLType? {
    switch name {
    case "as_string": SQLType("Unicode", "VARCHAR", .string)
    case "as_integer": SQLType("Integer", "INTEGER", .integer, integerSize: 4)
    case "as_float": SQLType("Float", "FLOAT", .numeric, integerSize: 4)
    case "as_boolean": SQLType("Boolean", "BOOLEAN", .boolean)
    default: nil
    }
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    if case .json = form {
      if name == "astext" { return .model(JSONItem(column, key, .text)) }
      if Self.conversion(name) != nil {
        return .method(receiver: Box(.model(self)), name: name)
      }
    }
    return ElementMethods.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if let type = Self.conversion(name), arguments.values.isEmpty, arguments.unknownRest == nil {
      return .model(JSONItem(column, key, .cast(type)))
    }
    return try ElementMethods.call(name, on: self, arguments, interpreter)
  }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    let text = "\(try column.sql(rendering)) \(try accessor(rendering))"
    switch form {
    case .json: throw NotRenderable("an item of JSON")
    case .text: return text
    case .cast(let type): return "CAST(\(text) AS \(try type.text()))"
    }
  }

  /// `->> 'key'`, or `#>> '{a, b}'` of a path.
  private func accessor(_ rendering: Rendering) throws(NotRenderable) -> String {
    guard let path = ElementMethods.elements(of: key) else {
      return "->> " + (try Literals.render(key, as: nil, rendering))
    }
    var parts: [String] = []
    for part in path {
      switch part {
      case .string(let text): parts.append(text)
      case .integer(let number): parts.append(String(number))
      default: throw NotRenderable("a path into JSON")
      }
    }
    return "#>> " + Literals.string("{\(parts.joined(separator: ", "))}")
  }

  /// The parentheses come with the operators that SQLAlchemy writes in the general way
  /// (`_generate_generic_binary`), inside of the cast; others write what they are given.
  func inParentheses(_ text: String, inside other: SQLOperator?) -> String {
    guard let other, !other.isWrapped || !other.sql.hasSuffix("LIKE") else { return "(\(text))" }
    if other.sql.hasSuffix("LIKE") || ["/", "%", "DESC"].contains(other.sql)
      || other.precedence == SQLOperator.negative.precedence && other == .negative
    {
      return text
    }
    guard case .cast(let type) = form, let ddl = type.ddl else { return "(\(text))" }
    let end = " AS \(ddl))"
    return "CAST((\(text.dropFirst("CAST(".count).dropLast(end.count)))\(end)"
  }
}

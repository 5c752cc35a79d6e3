// `func.name(…)` and `extract(…)`.

/// `func.name(…)`.
final class FunctionElement: ModelObject, FunctionExpression {
  let name: String
  let arguments: [any SQLElement]
  private let givenType: SQLType?
  let size: ElementSize
  init(_ name: String, _ arguments: [any SQLElement], type: SQLType? = nil) {
    self.name = name
    self.arguments = arguments
    givenType = type
    size = ElementSize(arguments)
  }
  var typeName: String { "Function" }
  var tables: [TableModel] { arguments.flatMap(\.tables) }
  var columnName: ColumnName {
    .anonymous(name.lastComponent)
  }

  /// The functions that SQL writes without parentheses (`ANSIFunction` in SQLAlchemy).
  private static let bare: Set<String> = [
    "current_date", "current_time", "current_timestamp", "current_user", "localtime",
    "localtimestamp", "session_user", "user",
  ]

  /// Whether `sqlalchemy.sql.functions` has it.
  static func hasClass(_ name: String) -> Bool { bare.contains(name) || own.contains(name) }

  /// The types that SQLAlchemy knows (`sqlalchemy.sql.functions`).
  var elementType: SQLType? {
    if let givenType { return givenType }
    switch name.lowercased() {
    case "count", "char_length": return SQLType("Integer", "INTEGER", .integer)
    case "concat": return SQLType("String", "VARCHAR", .string)
    case "now", "current_timestamp", "localtimestamp":
      return SQLType("DateTime", "TIMESTAMP WITHOUT TIME ZONE", .timestamp)
    case "coalesce", "max", "min", "sum": return arguments.first?.elementType
    default: return nil
    }
  }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    if Self.bare.contains(name.lowercased()), arguments.isEmpty { return name.uppercased() }
    var texts: [String] = []
    for argument in arguments { texts.append(try argument.sql(rendering)) }
    if texts.isEmpty, name.lowercased() == "count" { texts = ["*"] }
    let parts = name.split(separator: ".")
    if parts.count == 1, name.lowercased() == "substring", (2...3).contains(texts.count) {
      let length = texts.count == 3 ? " FOR \(texts[2])" : ""
      return "SUBSTRING(\(texts[0]) FROM \(texts[1])\(length))"
    }
    // The library's own functions are found in any case; other names are written as they are, and
    // quoted only where a character asks for it (`SQLCompiler.visit_function`).
    let isOwn = parts.count == 1 && Self.own.contains(name.lowercased())
    let path = parts.map { part in
      Identifiers.hasIllegalCharacters(String(part))
        ? Identifiers.quoted(String(part)) : String(part)
    }
    return (isOwn ? name.lowercased() : path.joined(separator: ".")) + "("
      + texts.joined(separator: ", ") + ")"
  }

  /// The functions that have a class of their own (`sqlalchemy.sql.functions`).
  private static let own: Set<String> = [
    "array_agg", "char_length", "coalesce", "concat", "count", "max", "min", "now", "random", "sum",
  ]
}

/// `EXTRACT(field FROM x)`
final class ExtractElement: ModelObject, SQLElement {
  private let field: String
  private let operand: any SQLElement
  let size: ElementSize
  init(_ field: String, _ operand: any SQLElement) {
    self.field = field
    self.operand = operand
    size = ElementSize([operand])
  }
  var typeName: String { "Extract" }
  var tables: [TableModel] { operand.tables }
  var elementType: SQLType? { SQLType("Integer", "INTEGER", .integer) }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    "EXTRACT(\(field) FROM \(try operand.sql(rendering)))"
  }
}

/// `func`: any attribute is a function, `func.schema.name` too.
final class FunctionNamespace: ModelObject {
  let path: String
  init(_ path: String) { self.path = path }
  var typeName: String { "_FunctionGenerator" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    let name = name.hasSuffix("_") ? String(name.dropLast()) : name
    return .model(FunctionNamespace(path.isEmpty ? name : path + "." + name))
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do throws(NotRenderable) {
      guard name == "__call__", !path.isEmpty else { throw NotRenderable("func.\(path)") }
      var reader = try ArgumentReader(arguments, "func.\(path)")
      let type = try reader.value("type_").map { value throws(NotRenderable) in
        try TypeTable.type(of: value)
      }
      try reader.finish()
      var elements: [any SQLElement] = []
      for value in arguments.positional {
        elements.append(try ElementMethods.element(value, like: nil))
      }
      let function = FunctionElement(path, elements, type: type)
      try function.size.check()
      return .model(function)
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }
}

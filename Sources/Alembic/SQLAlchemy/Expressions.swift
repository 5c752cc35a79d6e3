// Expressions of SQLAlchemy Core: text, functions, operators, literals.

/// Ready text that stands for itself.
final class TextElement: ModelObject, SQLElement {
  let body: String
  let typeName: String
  let elementType: SQLType?
  let precedence: Int
  init(
    _ body: String, typeName: String, type: SQLType? = nil, precedence: Int = 100
  ) {
    self.body = body
    self.typeName = typeName
    elementType = type
    self.precedence = precedence
  }
  func sql(_ style: RenderStyle) throws(NotRenderable) -> String { body }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    Operators.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    try Operators.call(name, on: self, arguments, interpreter)
  }
}

/// `text("… :name …")` with the values of its parameters.
final class TextClause: ModelObject, SQLElement {
  let source: String
  var parameters: [(name: String, value: Value)]
  init(_ source: String, _ parameters: [(name: String, value: Value)] = []) {
    self.source = source
    self.parameters = parameters
  }

  var typeName: String { "TextClause" }

  /// SQLAlchemy writes `:name` as a parameter unless a word, a colon or a backslash stands before it,
  /// and `\:` as a colon (`BIND_PARAMS`, `BIND_PARAMS_ESC` of its compiler).
  func sql(_ style: RenderStyle) throws(NotRenderable) -> String {
    guard source.utf8.contains(UInt8(ascii: ":")) else { return source }
    var result = ""
    let scalars = Array(source.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if scalar == "\\", next == ":" {
        result += ":"
        index += 2
        while index < scalars.count, scalars[index].isWord || scalars[index] == "$" {
          result.unicodeScalars.append(scalars[index])
          index += 1
        }
        continue
      }
      let previous = index > 0 ? scalars[index - 1] : nil
      if scalar == ":", let next, next.isWord, previous != ":", previous.map(\.isWord) != true {
        var end = index + 1
        while end < scalars.count, scalars[end].isWord { end += 1 }
        if end >= scalars.count || scalars[end] != ":" {
          result += try parameter(String(String.UnicodeScalarView(scalars[(index + 1)..<end])))
          index = end
          continue
        }
      }
      result.unicodeScalars.append(scalar)
      index += 1
    }
    return result
  }

  private func parameter(_ name: String) throws(NotRenderable) -> String {
    guard let value = parameters.last(where: { $0.name == name })?.value else {
      throw NotRenderable(OpaqueReason(.unsupportedSQL, "the parameter :\(name) has no value"))
    }
    return try Literals.render(value, as: nil)
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "text": .string(source)
    case "bindparams", "columns", "execution_options":
      .method(receiver: Box(.model(self)), name: name)
    default: Operators.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "bindparams":
      let clause = TextClause(source, parameters + arguments.keywords)
      for value in arguments.positional {
        guard case .model(let parameter as BindParameter) = value else {
          return interpreter.unknown(.unsupportedCall, "text().bindparams()", at: arguments.range)
        }
        clause.parameters.append((parameter.name, parameter.value))
      }
      return .model(clause)
    case "columns", "execution_options": return .model(self)
    default: return try Operators.call(name, on: self, arguments, interpreter)
    }
  }
}

extension Unicode.Scalar {
  /// `\w` of Python's regular expressions.
  fileprivate var isWord: Bool {
    self == "_" || properties.isAlphabetic || properties.numericType != nil
  }
}

/// `bindparam("name", value, type)`.
final class BindParameter: ModelObject, SQLElement {
  let name: String
  let value: Value
  let elementType: SQLType?
  init(_ name: String, _ value: Value, _ type: SQLType?) {
    self.name = name
    self.value = value
    elementType = type
  }
  var typeName: String { "BindParameter" }
  func sql(_ style: RenderStyle) throws(NotRenderable) -> String {
    try Literals.render(value, as: elementType)
  }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    try Operators.call(name, on: self, arguments, interpreter)
  }
}

/// `func.name(…)`.
final class FunctionElement: ModelObject, SQLElement {
  let name: String
  let arguments: [Value]
  init(_ name: String, _ arguments: [Value]) {
    self.name = name
    self.arguments = arguments
  }
  var typeName: String { "Function" }

  /// The functions that SQL writes without parentheses (`ANSIFunction` in SQLAlchemy).
  private static let bare: Set<String> = [
    "current_date", "current_time", "current_timestamp", "current_user", "localtime",
    "localtimestamp", "session_user", "user",
  ]

  func sql(_ style: RenderStyle) throws(NotRenderable) -> String {
    if Self.bare.contains(name.lowercased()), arguments.isEmpty { return name.uppercased() }
    var texts: [String] = []
    for argument in arguments {
      if case .model(let element as any SQLElement) = argument {
        texts.append(try element.sql(style))
      } else {
        texts.append(try Literals.render(argument, as: nil))
      }
    }
    let path = name.split(separator: ".").map { Identifiers.quoted(String($0)) }
    return path.joined(separator: ".") + "(" + texts.joined(separator: ", ") + ")"
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    Operators.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    try Operators.call(name, on: self, arguments, interpreter)
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
    guard name == "__call__", arguments.unknownRest == nil, arguments.keywords.isEmpty,
      !path.isEmpty
    else { return interpreter.unknown(.unsupportedCall, "func.\(path)", at: arguments.range) }
    return .model(FunctionElement(path, arguments.positional))
  }
}

/// Operators and methods that columns and expressions share.
enum Operators {
  /// Python's operator, SQL's, and how tightly it binds (SQLAlchemy's `_PRECEDENCE`).
  private static let binary: [String: (sql: String, precedence: Int)] = [
    "__eq__": ("=", 5), "__ne__": ("!=", 5), "__lt__": ("<", 5), "__le__": ("<=", 5),
    "__gt__": (">", 5), "__ge__": (">=", 5), "like": ("LIKE", 5), "ilike": ("ILIKE", 5),
    "__add__": ("+", 7), "__sub__": ("-", 7), "__mul__": ("*", 8), "__truediv__": ("/", 8),
  ]
  private static let others: Set<String> = [
    "in_", "notin_", "not_in", "is_", "is_not", "isnot", "desc", "asc", "label", "cast",
    "__and__", "__or__", "__invert__", "op", "between", "collate",
  ]

  static func exists(_ name: String) -> Bool {
    binary[name] != nil || others.contains(name)
  }

  static func call(
    _ name: String, on element: any SQLElement, _ arguments: CallArguments,
    _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do {
      if let result = try apply(name, element, arguments) { return .model(result) }
    } catch {
      return .unknown(Unknown(error.reason, range: arguments.range))
    }
    return interpreter.unknown(
      .unsupportedCall, "\(element.typeName).\(name)()", at: arguments.range)
  }

  private static func apply(
    _ name: String, _ element: any SQLElement, _ arguments: CallArguments
  ) throws(NotRenderable) -> (any SQLElement)? {
    let other = arguments.positional.first
    if let (sql, precedence) = binary[name], let other {
      if case .none = other, name == "__eq__" || name == "__ne__" {
        return Operation(element, name == "__eq__" ? "IS" : "IS NOT", nil, "NULL", 5)
      }
      if sql == "+", element.elementType?.affinity == .string { return nil }
      return Operation(element, sql, other, nil, precedence)
    }
    switch name {
    case "is_", "is_not", "isnot":
      guard let other else { return nil }
      let sql = name == "is_" ? "IS" : "IS NOT"
      return Operation(element, sql, nil, try Literals.render(other, as: nil), 5)
    case "in_", "notin_", "not_in":
      guard let other, let values = elements(of: other), !values.isEmpty else { return nil }
      var texts: [String] = []
      for value in values { texts.append(try Literals.render(value, as: element.elementType)) }
      // SQLAlchemy puts NOT IN into parentheses of its own.
      let list = "(\(texts.joined(separator: ", ")))"
      if name == "in_" { return Operation(element, "IN", nil, list, 5) }
      return Operation(element, "NOT IN", nil, list, 5, isWrapped: true)
    case "desc": return Operation(element, "DESC", nil, "", 4)
    case "asc": return Operation(element, "ASC", nil, "", 4)
    case "__and__": return other.flatMap { junction("AND", [.model(element), $0]) }
    case "__or__": return other.flatMap { junction("OR", [.model(element), $0]) }
    default: return nil
    }
  }

  static func elements(of value: Value) -> [Value]? {
    switch value {
    case .tuple(let elements): elements
    case .list(let list) where list.taint == nil: list.elements
    default: nil
    }
  }

  /// `and_(…)`, `or_(…)`.
  static func junction(_ word: String, _ parts: [Value]) -> (any SQLElement)? {
    var elements: [any SQLElement] = []
    for part in parts {
      guard case .model(let element as any SQLElement) = part else { return nil }
      elements.append(element)
    }
    return Junction(word, elements)
  }
}

/// `left OPERATOR right`.
final class Operation: ModelObject, SQLElement {
  private let left: any SQLElement
  private let symbol: String
  private let right: Value?
  private let rightText: String?
  private let isWrapped: Bool
  let precedence: Int

  init(
    _ left: any SQLElement, _ symbol: String, _ right: Value?, _ rightText: String?,
    _ precedence: Int, isWrapped: Bool = false
  ) {
    self.left = left
    self.symbol = symbol
    self.right = right
    self.rightText = rightText
    self.precedence = precedence
    self.isWrapped = isWrapped
  }

  var typeName: String { "BinaryExpression" }

  func sql(_ style: RenderStyle) throws(NotRenderable) -> String {
    var leftText = try left.sql(style)
    if left.precedence <= precedence, left.precedence < 100 { leftText = "(\(leftText))" }
    var text = "\(leftText) \(symbol)"
    if let rightText {
      text += rightText.isEmpty ? "" : " \(rightText)"
    } else if case .model(let element as any SQLElement)? = right {
      let inner = try element.sql(style)
      let wraps = element.precedence <= precedence && element.precedence < 100
      text += " " + (wraps ? "(\(inner))" : inner)
    } else if let right {
      text += " " + (try Literals.render(right, as: left.elementType))
    }
    return isWrapped ? "(\(text))" : text
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    Operators.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    try Operators.call(name, on: self, arguments, interpreter)
  }
}

/// `a AND b AND c`.
final class Junction: ModelObject, SQLElement {
  private let word: String
  private let elements: [any SQLElement]
  init(_ word: String, _ elements: [any SQLElement]) {
    self.word = word
    self.elements = elements
  }
  var typeName: String { "BooleanClauseList" }
  var precedence: Int { word == "AND" ? 3 : 2 }
  func sql(_ style: RenderStyle) throws(NotRenderable) -> String {
    var texts: [String] = []
    for element in elements {
      let text = try element.sql(style)
      let wraps = element.precedence < precedence && elements.count > 1
      texts.append(wraps ? "(\(text))" : text)
    }
    return texts.joined(separator: " \(word) ")
  }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    Operators.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    try Operators.call(name, on: self, arguments, interpreter)
  }
}

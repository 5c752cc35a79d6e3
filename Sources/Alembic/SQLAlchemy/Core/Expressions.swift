// Expressions of SQLAlchemy Core: values, operators, CASE, CAST, labels.

/// Ready text that stands for itself: `true()`, `null()`, `literal_column(…)`.
final class TextElement: ModelObject, SQLElement {
  let body: String
  let typeName: String
  let elementType: SQLType?
  init(_ body: String, typeName: String, type: SQLType? = nil) {
    self.body = body
    self.typeName = typeName
    elementType = type
  }
  var columnName: ColumnName { typeName == "ColumnClause" ? .none : .anonymous("anon") }
  var negation: (any SQLElement)? {
    switch typeName {
    case "True_": TextElement.boolean(false)
    case "False_": TextElement.boolean(true)
    default: UnaryElement("NOT ", self)
    }
  }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String { body }

  static func boolean(_ value: Bool) -> TextElement {
    TextElement(
      value ? "true" : "false", typeName: value ? "True_" : "False_",
      type: SQLType("Boolean", "BOOLEAN", .boolean))
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "compile": .method(receiver: Box(.model(self)), name: name)
    default: ElementMethods.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
    }
  }
}

/// A Python value inside of an expression, of the type of what stands beside it.
final class LiteralElement: ModelObject, SQLElement {
  let value: Value
  let elementType: SQLType?
  /// Always written into the text (`op.inline_literal`).
  private let isInline: Bool
  init(_ value: Value, _ type: SQLType?, isInline: Bool = false) {
    self.value = value
    self.isInline = isInline
    elementType = type ?? LiteralElement.inferred(value)
  }

  /// Beside an expression of a type: of that type, unless the value's own is another kind
  /// (`TypeEngine.coerce_compared_value`).
  convenience init(_ value: Value, besides type: SQLType?) {
    let own = Self.inferred(value)
    // Enum is a String there.
    let isLabel = own?.affinity == .string && type?.affinity == .enumeration
    let isOther =
      own != nil && type?.bind == nil && own?.affinity != type?.affinity && !isLabel
    self.init(value, isOther ? own : type)
  }
  var typeName: String { "BindParameter" }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    if isInline, case .string(let text) = value, elementType?.affinity == .string {
      return try rendering.written(Literals.string(text))
    }
    return try Literals.render(value, as: elementType, rendering)
  }

  static func inferred(_ value: Value) -> SQLType? {
    switch value {
    case .string: SQLType("String", "VARCHAR", .string)
    case .integer: SQLType("Integer", "INTEGER", .integer)
    case .boolean: SQLType("Boolean", "BOOLEAN", .boolean)
    case .float: SQLType("Float", "FLOAT", .numeric)
    case .model(is DecimalObject): SQLType("Numeric", "NUMERIC", .numeric)
    case .model(is DateTimeObject):
      SQLType("DateTime", "TIMESTAMP WITHOUT TIME ZONE", .timestamp)
    case .model(is DateObject): SQLType("Date", "DATE", .date)
    case .model(is UUIDObject): SQLType("Uuid", "UUID", .uuid)
    default: nil
    }
  }
}

/// `bindparam("name", value, type)`; `execute()` may give it another value.
final class BindParameter: ModelObject, SQLElement {
  let name: String
  let value: Value?
  let elementType: SQLType?
  /// It stands for as many values as there are, in parentheses.
  let isExpanding: Bool

  init(_ name: String, _ value: Value?, _ type: SQLType?, isExpanding: Bool = false) {
    self.name = name
    self.value = value
    self.isExpanding = isExpanding
    elementType = type
  }

  var typeName: String { "BindParameter" }

  /// The same with a value that is told later (`_with_value`).
  func with(_ value: Value) -> BindParameter {
    BindParameter(name, value, elementType, isExpanding: isExpanding)
  }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    if let value = rendering.parameters[name] {
      if elementType == nil { rendering.noteUntyped(value) }
      return try isExpanding
        ? expanded(value, rendering) : Literals.render(value, as: elementType, rendering)
    }
    guard let value else { return try rendering.unset(name) }
    return try isExpanding
      ? expanded(value, rendering)
      : Literals.render(value, as: elementType ?? LiteralElement.inferred(value), rendering)
  }

  /// `(1, 2)`; offline mode knows no type of values that are told later.
  private func expanded(_ value: Value, _ rendering: Rendering) throws(NotRenderable) -> String {
    if case .unknown(let unknown) = value { return "(\(try rendering.missing(unknown.reason)))" }
    guard let values = ElementMethods.elements(of: value), let first = values.first,
      let type = elementType ?? LiteralElement.inferred(first)
    else { throw NotRenderable("the values of bindparam(expanding=True)") }
    var texts: [String] = []
    for value in values {
      if let own = LiteralElement.inferred(value), own.affinity != type.affinity {
        throw NotRenderable("the values of bindparam(expanding=True)")
      }
      texts.append(try Literals.render(value, as: type, rendering))
    }
    if elementType == nil { rendering.offlineFailure = "a literal without a type" }
    return "(\(texts.joined(separator: ", ")))"
  }
}

/// `left OPERATOR right`.
final class BinaryElement: ModelObject, SQLElement {
  let left: any SQLElement
  let symbol: SQLOperator
  let right: any SQLElement
  let elementType: SQLType?

  let size: ElementSize
  init(
    _ left: any SQLElement, _ symbol: SQLOperator, _ right: any SQLElement, type: SQLType? = nil
  ) {
    self.left = left
    self.symbol = symbol
    self.right = right
    elementType =
      type ?? (symbol.isComparison ? SQLType("Boolean", "BOOLEAN", .boolean) : left.elementType)
    size = ElementSize([left, right])
  }

  var typeName: String { "BinaryExpression" }
  var topOperator: SQLOperator? { symbol }
  var tables: [TableModel] { left.tables + right.tables }

  var negation: (any SQLElement)? {
    if left is AnyElement || right is AnyElement { return UnaryElement("NOT ", self) }
    guard let word = symbol.negated, var negated = SQLOperator.named(word) else {
      return UnaryElement("NOT ", self)
    }
    if symbol.sql.hasSuffix("LIKE") { negated.isWrapped = symbol.isWrapped }
    return BinaryElement(left, negated, right)
  }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    let isInside = rendering.isInsideOperator
    defer { rendering.isInsideOperator = isInside }
    // These are not written in the general way.
    if !symbol.sql.hasSuffix("LIKE"), symbol.sql != "/", symbol.sql != "%" {
      rendering.isInsideOperator = true
    }
    let first = try left.grouped(rendering, against: symbol)
    var second = try right.grouped(rendering, against: symbol)
    if symbol.sql == "/" {
      // PostgreSQL divides integers without a rest (`visit_truediv_binary`).
      let type = right.elementType?.affinity == .numeric ? try right.elementType?.text() : "NUMERIC"
      second = "CAST(\(try right.sql(rendering)) AS \(type ?? "NUMERIC"))"
    }
    let text = "\(first) \(symbol.sql) \(second)"
    return symbol.isWrapped || symbol.isEager && isInside ? "(\(text))" : text
  }

  /// `bool(a == b)` tells whether the two are the same object.
  func truth(_ interpreter: Interpreter) -> Bool? {
    switch symbol {
    case .equal: left === right
    case .unequal: left !== right
    default: nil
    }
  }
}

/// `NOT x`, `-x`, `DISTINCT x`, `x DESC`.
final class UnaryElement: ModelObject, SQLElement {
  private let prefix: String
  private let suffix: String
  let operand: any SQLElement

  let size: ElementSize
  init(_ prefix: String, _ operand: any SQLElement, suffix: String = "") {
    self.prefix = prefix
    self.suffix = suffix
    self.operand = operand
    size = ElementSize([operand])
  }

  var typeName: String { "UnaryExpression" }
  var tables: [TableModel] { operand.tables }
  var elementType: SQLType? { operand.elementType }
  var columnName: ColumnName {
    switch prefix {
    case "DISTINCT ": operand.columnName
    case "-": operand is ColumnModel ? .none : .anonymous("anon")
    default: .none
    }
  }
  var topOperator: SQLOperator? { prefix == "-" ? .negative : nil }
  var negation: (any SQLElement)? { prefix == "NOT " ? operand : UnaryElement("NOT ", self) }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    if suffix.isEmpty, prefix == "NOT " {
      if operand is TextClause { throw NotRenderable("NOT of a text()") }
      let text = try operand.sql(rendering)
      return operand.topOperator != nil ? "NOT (\(text))" : "NOT \(text)"
    }
    return prefix
      + (try operand.grouped(rendering, against: prefix == "-" ? .negative : .descending))
      + suffix
  }
}

/// `a AND b AND c`.
final class Junction: ModelObject, SQLElement {
  private let symbol: SQLOperator
  private let elements: [any SQLElement]

  /// Elements of the same kind become one; `true()` and `false()` go as SQLAlchemy drops them. Nil:
  /// there is no condition.
  static func of(_ symbol: SQLOperator, _ parts: [any SQLElement]) -> (any SQLElement)? {
    let isAnd = symbol == .and
    var elements: [any SQLElement] = []
    for part in parts {
      if let text = part as? TextElement, text.typeName == "True_" || text.typeName == "False_" {
        if (text.typeName == "True_") == isAnd { continue }
        return text
      }
      if let inner = part as? Junction, inner.symbol == symbol {
        elements += inner.elements
      } else {
        elements.append(part)
      }
    }
    switch elements.count {
    case 0: return parts.first
    case 1: return elements[0]
    default: return Junction(symbol, elements)
    }
  }

  let size: ElementSize
  private init(_ symbol: SQLOperator, _ elements: [any SQLElement]) {
    self.symbol = symbol
    self.elements = elements
    size = ElementSize(elements)
  }

  var typeName: String { "BooleanClauseList" }
  var topOperator: SQLOperator? { symbol }
  var tables: [TableModel] { elements.flatMap(\.tables) }
  var elementType: SQLType? { SQLType("Boolean", "BOOLEAN", .boolean) }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    let isInside = rendering.isInsideOperator
    defer { rendering.isInsideOperator = isInside }
    rendering.isInsideOperator = true
    return try Self.text(symbol, elements, rendering)
  }

  private static func text(
    _ symbol: SQLOperator, _ elements: [any SQLElement], _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    var texts: [String] = []
    for element in elements { texts.append(try element.grouped(rendering, against: symbol)) }
    return texts.joined(separator: " \(symbol.sql) ")
  }

  /// What follows WHERE or HAVING; nil where there is no condition. The AND between the conditions of a
  /// clause is not an operator that the conditions are inside of.
  static func clause(
    _ conditions: [any SQLElement], _ rendering: Rendering
  ) throws(NotRenderable) -> String? {
    let kept = conditions.filter { ($0 as? TextElement)?.typeName != "True_" }
    let isFalse = kept.contains { ($0 as? TextElement)?.typeName == "False_" }
    if kept.count > 1, !isFalse { return try text(.and, kept, rendering) }
    return try of(.and, conditions)?.sql(rendering)
  }
}

/// `(a, b, c)`: of IN, and of a row.
final class ListElement: ModelObject, SQLElement {
  private let elements: [any SQLElement]
  let size: ElementSize
  init(_ elements: [any SQLElement]) {
    self.elements = elements
    size = ElementSize(elements)
  }
  var typeName: String { "ClauseList" }
  var tables: [TableModel] { elements.flatMap(\.tables) }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    var texts: [String] = []
    for element in elements { texts.append(try element.sql(rendering)) }
    return "(" + texts.joined(separator: ", ") + ")"
  }
}

/// `x IN (NULL) AND (1 != 1)`: what SQLAlchemy writes for an empty list.
final class EmptyMembership: ModelObject, SQLElement {
  private let element: any SQLElement
  private let isNegated: Bool
  let size: ElementSize
  init(_ element: any SQLElement, isNegated: Bool) {
    self.element = element
    self.isNegated = isNegated
    size = ElementSize([element])
  }
  var typeName: String { "BinaryExpression" }
  var tables: [TableModel] { element.tables }
  var topOperator: SQLOperator? { isNegated ? .notIn : .in }
  var negation: (any SQLElement)? { EmptyMembership(element, isNegated: !isNegated) }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    let text = try element.grouped(rendering, against: .in)
    return isNegated ? "(\(text) NOT IN (NULL) OR (1 = 1))" : "\(text) IN (NULL) AND (1 != 1)"
  }
}

/// `CASE WHEN … THEN … ELSE … END`
final class CaseElement: ModelObject, SQLElement {
  private let subject: (any SQLElement)?
  private let branches: [(condition: any SQLElement, result: any SQLElement)]
  private let otherwise: (any SQLElement)?

  let size: ElementSize
  init(
    _ subject: (any SQLElement)?,
    _ branches: [(condition: any SQLElement, result: any SQLElement)],
    _ otherwise: (any SQLElement)?
  ) {
    self.subject = subject
    self.branches = branches
    self.otherwise = otherwise
    size = ElementSize(
      [subject, otherwise].compactMap { $0 } + branches.flatMap { [$0.condition, $0.result] })
  }

  var typeName: String { "Case" }
  var elementType: SQLType? {
    (branches.map(\.result) + [otherwise].compactMap { $0 }).last?.elementType
  }
  var tables: [TableModel] {
    (subject?.tables ?? []) + branches.flatMap { $0.condition.tables + $0.result.tables }
      + (otherwise?.tables ?? [])
  }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    var text = "CASE"
    if let subject { text += " " + (try subject.grouped(rendering, against: nil)) }
    for branch in branches {
      text += " WHEN " + (try branch.condition.grouped(rendering, against: nil))
      text += " THEN " + (try branch.result.sql(rendering))
    }
    if let otherwise { text += " ELSE " + (try otherwise.sql(rendering)) }
    return text + " END"
  }
}

/// `CAST(x AS TYPE)`, and `type_coerce`, which writes nothing.
final class CastElement: ModelObject, SQLElement {
  private let operand: any SQLElement
  private let isWritten: Bool
  let elementType: SQLType?

  let size: ElementSize
  init(_ operand: any SQLElement, _ type: SQLType, isWritten: Bool = true) {
    self.operand = operand
    self.isWritten = isWritten
    elementType = type
    size = ElementSize([operand])
  }

  var typeName: String { isWritten ? "Cast" : "TypeCoerce" }
  var tables: [TableModel] { operand.tables }
  var columnName: ColumnName {
    guard case .own(let name) = operand.columnName else { return .anonymous("anon") }
    return .label(name)
  }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    guard isWritten else { return try operand.grouped(rendering, against: nil) }
    return "CAST(\(try operand.sql(rendering)) AS \(try elementType?.text() ?? "NULL"))"
  }
}

/// `x.label("name")`
final class LabelElement: ModelObject, SQLElement {
  let name: String
  let operand: any SQLElement
  let size: ElementSize
  init(_ name: String, _ operand: any SQLElement) {
    self.name = name
    self.operand = operand
    size = ElementSize([operand])
  }
  var typeName: String { "Label" }
  var tables: [TableModel] { operand.tables }
  var elementType: SQLType? { operand.elementType }
  var topOperator: SQLOperator? { operand.topOperator }
  var columnName: ColumnName { .label(name) }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String { try operand.sql(rendering) }
}

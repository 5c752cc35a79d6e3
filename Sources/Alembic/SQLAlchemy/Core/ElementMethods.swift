// The operators and methods that columns and expressions share (`ColumnOperators` of SQLAlchemy).

import SourceText

enum ElementMethods {
  private static let others: Set<String> = [
    "in_", "notin_", "not_in", "is_", "is_not", "isnot", "desc", "asc", "label", "cast",
    "__and__", "__or__", "__invert__", "__neg__", "op", "bool_op", "between", "collate", "contains",
    "startswith", "endswith", "icontains", "istartswith", "iendswith", "distinct", "any", "has_key",
    "__getitem__", "nulls_first",
    "nulls_last", "nullsfirst", "nullslast", "self_group", "overlap", "contained_by", "__radd__",
    "__rsub__", "__rmul__",
  ]

  static func exists(_ name: String) -> Bool {
    SQLOperator.byMethod[name] != nil || others.contains(name)
  }

  static func call(
    _ name: String, on element: any SQLElement, _ arguments: CallArguments,
    _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do throws(NotRenderable) {
      if let rest = arguments.unknownRest { throw NotRenderable(rest.reason) }
      if name == "compile", element is TextElement {
        return .string(try element.sql(Rendering()))
      }
      if let result = try apply(name, element, arguments) {
        try result.size.check()
        return .model(result)
      }
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
    return interpreter.unknown(
      .unsupportedCall, "\(element.typeName).\(name)()", at: arguments.range)
  }

  /// A Python value as an element, of the type of what stands beside it.
  static func element(_ value: Value, like type: SQLType?) throws(NotRenderable) -> any SQLElement {
    switch value {
    case .model(let element as any SQLElement): return element
    // It is a value as a rule; where it is none, too, it is not written.
    case .unknown: return LiteralElement(value, type)
    case .none: return TextElement("NULL", typeName: "Null")
    case .model(let conv as ConventionName): return LiteralElement(.string(conv.name), type)
    case .model(is any ConstantObject), .string, .integer, .float, .boolean, .bytes, .list, .tuple,
      .dictionary, .instance:
      return LiteralElement(value, besides: type)
    default: throw NotRenderable("a value in an expression")
    }
  }

  /// Elements of a list of conditions or columns.
  static func elements(_ values: [Value]) throws(NotRenderable) -> [any SQLElement] {
    var result: [any SQLElement] = []
    for value in values { result.append(try element(value, like: nil)) }
    return result
  }

  static func elements(of value: Value) -> [Value]? {
    switch value {
    case .tuple(let elements): elements
    case .list(let list) where list.taint == nil: list.elements
    case .set(let set) where set.taint == nil && set.elements.count < 2: set.elements
    default: nil
    }
  }

  /// What is written the same for every type.
  private static let independentOfType: Set<String> = [
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "is_", "is_not", "isnot", "in_",
    "notin_", "not_in", "label", "cast", "desc", "asc", "nulls_first", "nullsfirst", "nulls_last",
    "nullslast", "distinct", "self_group",
  ]

  private static func apply(
    _ name: String, _ element: any SQLElement, _ arguments: CallArguments
  ) throws(NotRenderable) -> (any SQLElement)? {
    let other = arguments.positional.first
    if !independentOfType.contains(name) {
      for case .model(let operand as any SQLElement) in [.model(element)] + arguments.positional {
        if let doubt = operand.elementType?.doubt { throw NotRenderable(doubt) }
      }
    }
    if let symbol = SQLOperator.byMethod[name], let other {
      guard arguments.keywords.isEmpty, arguments.positional.count == 1 else { return nil }
      return try binary(element, symbol, other)
    }
    switch (name, other) {
    case ("__radd__", let other?): return try reflected(other, .add, element)
    case ("__rsub__", let other?):
      return try SQLOperator.byMethod["__sub__"].map { symbol throws(NotRenderable) in
        try reflected(other, symbol, element)
      }
    case ("__rmul__", let other?):
      return try SQLOperator.byMethod["__mul__"].map { symbol throws(NotRenderable) in
        try reflected(other, symbol, element)
      }
    case ("in_", let other?): return try membership(element, other, isNegated: false)
    case ("notin_", let other?), ("not_in", let other?):
      return try membership(element, other, isNegated: true)
    case ("is_", let other?): return try identity(element, .is, other)
    case ("is_not", let other?), ("isnot", let other?): return try identity(element, .isNot, other)
    case ("__and__", let other?):
      return Junction.of(.and, [element, try self.element(other, like: nil)])
    case ("__or__", let other?):
      return Junction.of(.or, [element, try self.element(other, like: nil)])
    case ("__invert__", nil): return element.negation
    case ("__neg__", nil): return UnaryElement("-", element)
    case ("self_group", _): return element
    case ("label", let name?):
      return LabelElement(try ArgumentReader.string(name, "label()"), element)
    case ("cast", let type?): return CastElement(element, try TypeTable.type(of: type))
    case ("collate", let name?):
      return collation(element, try ArgumentReader.string(name, "collate()"))
    default: return try special(name, element, arguments)
    }
  }

  static func collation(_ element: any SQLElement, _ name: String) -> any SQLElement {
    BinaryElement(
      element, .collate, TextElement("\"\(name.doubling("\""))\"", typeName: "CollationClause"),
      type: element.elementType)
  }

  private static func special(
    _ name: String, _ element: any SQLElement, _ arguments: CallArguments
  ) throws(NotRenderable) -> (any SQLElement)? {
    let other = arguments.positional.first
    let isPlain = arguments.keywords.isEmpty && arguments.positional.count <= 1
    switch (name, other) {
    case ("desc", nil): return UnaryElement("", element, suffix: " DESC")
    case ("asc", nil): return UnaryElement("", element, suffix: " ASC")
    case ("nulls_first", nil), ("nullsfirst", nil):
      return UnaryElement("", element, suffix: " NULLS FIRST")
    case ("nulls_last", nil), ("nullslast", nil):
      return UnaryElement("", element, suffix: " NULLS LAST")
    case ("distinct", nil): return UnaryElement("DISTINCT ", element)
    case ("between", let low?):
      guard arguments.positional.count == 2, arguments.keywords.isEmpty else { return nil }
      return BinaryElement(
        element, .between,
        RangeElement(
          try self.element(low, like: element.elementType),
          try self.element(arguments.positional[1], like: element.elementType)))
    case ("op", let symbol?), ("bool_op", let symbol?):
      guard let precedence = precedence(of: arguments) else { return nil }
      return OperatorCall(
        element, .custom(try ArgumentReader.string(symbol, "op()"), precedence: precedence))
    case ("contains", let other?) where isPlain:
      if element.elementType?.isGenericArray == true {
        throw NotRenderable(
          raising: "NotImplementedError",
          "ARRAY.contains() not implemented for the base ARRAY type; please use the "
            + "dialect-specific ARRAY type")
      }
      switch element.elementType?.affinity {
      case .array?, .json?:
        return BinaryElement(
          element, .containment("@>"),
          try self.element(other, like: element.elementType))
      default: return try pattern(element, "'%' || ", other, " || '%'")
      }
    case ("startswith", let other?) where isPlain: return try pattern(element, "", other, " || '%'")
    case ("endswith", let other?) where isPlain: return try pattern(element, "'%' || ", other, "")
    case ("icontains", let other?) where isPlain:
      return try pattern(element, "'%' || ", other, " || '%'", "ILIKE")
    case ("istartswith", let other?) where isPlain:
      return try pattern(element, "", other, " || '%'", "ILIKE")
    case ("iendswith", let other?) where isPlain:
      return try pattern(element, "'%' || ", other, "", "ILIKE")
    case ("overlap", let other?) where isPlain && isArray(element):
      return BinaryElement(
        element, .custom("&&", precedence: 5, isComparison: true),
        try self.element(other, like: element.elementType))
    case ("contained_by", let other?) where isPlain && isArray(element):
      return BinaryElement(
        element, .containment("<@"),
        try self.element(other, like: element.elementType))
    case ("has_key", let other?) where isPlain:
      return BinaryElement(
        element, .containment("?"),
        try self.element(other, like: nil))
    case ("any", let other?) where isPlain && element.elementType?.affinity == .array:
      return BinaryElement(try self.element(other, like: nil), .equal, AnyElement(element))
    case ("__getitem__", let key?) where element.elementType?.affinity == .json:
      return JSONItem(element, key)
    default: return nil
    }
  }

  /// An array with the operators of PostgreSQL's own type.
  private static func isArray(_ element: any SQLElement) -> Bool {
    guard let type = element.elementType else { return false }
    return type.affinity == .array && !type.isGenericArray
  }

  private static func precedence(of arguments: CallArguments) -> Int? {
    for keyword in arguments.keywords
    where !["precedence", "is_comparison", "return_type"].contains(keyword.name) {
      return nil
    }
    switch arguments.argument(1, "precedence") {
    case nil: return 0
    case .integer(let value)?: return value
    default: return nil
    }
  }

  static func binary(
    _ element: any SQLElement, _ symbol: SQLOperator, _ other: Value
  ) throws(NotRenderable) -> any SQLElement {
    var right = try self.element(other, like: element.elementType)
    if case .boolean(let flag) = other, symbol == .equal || symbol == .unequal {
      right = TextElement.boolean(flag)
    }
    if symbol == .equal || symbol == .unequal, (right as? TextElement)?.typeName == "Null" {
      return BinaryElement(element, symbol == .equal ? .is : .isNot, right)
    }
    if element is AnyElement {
      // It is written on the right.
      guard symbol == .equal || symbol == .unequal else { throw NotRenderable("ANY on the left") }
      return BinaryElement(right, symbol, element)
    }
    return combined(element, symbol, right)
  }

  /// `a + b`, of strings `a || b`, which is a string then.
  private static func combined(
    _ left: any SQLElement, _ symbol: SQLOperator, _ right: any SQLElement
  ) -> BinaryElement {
    let symbol = adapted(symbol, left, right)
    let isText =
      symbol == .concatenation
      && (left.elementType == nil || left.elementType?.affinity == .inferred)
    return BinaryElement(left, symbol, right, type: isText ? right.elementType : nil)
  }

  private static func reflected(
    _ other: Value, _ symbol: SQLOperator, _ element: any SQLElement
  ) throws(NotRenderable) -> any SQLElement {
    let left = try self.element(other, like: element.elementType)
    return combined(left, symbol, element)
  }

  /// `+` of strings, lists and documents is `||` (`Concatenable.Comparator`, `NullType.Comparator`).
  private static func adapted(
    _ symbol: SQLOperator, _ left: any SQLElement, _ right: any SQLElement
  ) -> SQLOperator {
    guard symbol == .add else { return symbol }
    func isOpen(_ type: SQLType?) -> Bool { type == nil || type?.affinity == .inferred }
    func isConcatenable(_ type: SQLType?) -> Bool {
      switch type?.affinity {
      case .string, .enumeration, .array, .json: true
      default: false
      }
    }
    let (first, second) = (left.elementType, right.elementType)
    let isJoined =
      isConcatenable(first) && (isConcatenable(second) || isOpen(second))
      || isOpen(first) && isConcatenable(second)
    return isJoined ? .concatenation : symbol
  }

  private static func identity(
    _ element: any SQLElement, _ symbol: SQLOperator, _ other: Value
  ) throws(NotRenderable) -> (any SQLElement)? {
    if case .boolean(let flag) = other {
      return BinaryElement(element, symbol, TextElement.boolean(flag))
    }
    guard let text = try self.element(other, like: nil) as? TextElement else { return nil }
    return BinaryElement(element, symbol, text)
  }

  private static func membership(
    _ element: any SQLElement, _ other: Value, isNegated: Bool
  ) throws(NotRenderable) -> (any SQLElement)? {
    let symbol = isNegated ? SQLOperator.notIn : .in
    if case .model(let select as SelectStatement) = other {
      return BinaryElement(element, symbol, select)
    }
    if case .unknown(let unknown) = other { throw NotRenderable(unknown.reason) }
    guard let values = elements(of: other) else { return nil }
    if values.isEmpty { return EmptyMembership(element, isNegated: isNegated) }
    try checkKinds(values, besides: element.elementType)
    var items: [any SQLElement] = []
    for value in values {
      if let row = elements(of: value), element is ListElement {
        items.append(ListElement(try elements(row)))
      } else {
        items.append(try self.element(value, like: element.elementType))
      }
    }
    return BinaryElement(element, symbol, ListElement(items))
  }

  /// SQLAlchemy writes all values of a list as ones of the first one's type, whatever they are.
  private static func checkKinds(
    _ values: [Value], besides type: SQLType?
  ) throws(NotRenderable) {
    let hasExpression = values.contains {
      if case .model(let model) = $0 { model is any SQLElement } else { false }
    }
    guard let first = values.first, type?.bind == nil, !hasExpression else { return }
    let isUntyped = type == nil || type?.affinity == .inferred
    if first.isNone, !isUntyped { return }
    let kind = LiteralElement.inferred(first)?.affinity
    for value in values where !value.isNone {
      let other = LiteralElement.inferred(value)?.affinity
      if other != kind, kind != .numeric || other != .integer {
        throw NotRenderable("a list of values of different types")
      }
    }
  }

  private static func pattern(
    _ element: any SQLElement, _ prefix: String, _ other: Value, _ suffix: String,
    _ word: String = "LIKE"
  ) throws(NotRenderable) -> any SQLElement {
    let right = try self.element(other, like: element.elementType)
    return BinaryElement(
      element,
      SQLOperator(
        sql: word, precedence: 5, negated: "NOT \(word)", isWrapped: true, isComparison: true),
      AffixedElement(prefix, right, suffix))
  }
}

/// `low AND high` of BETWEEN.
private final class RangeElement: ModelObject, SQLElement {
  private let low: any SQLElement
  private let high: any SQLElement
  let size: ElementSize
  init(_ low: any SQLElement, _ high: any SQLElement) {
    self.low = low
    self.high = high
    size = ElementSize([low, high])
  }
  var typeName: String { "ExpressionClauseList" }
  var tables: [TableModel] { low.tables + high.tables }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    (try low.grouped(rendering, against: .and)) + " AND "
      + (try high.grouped(rendering, against: .and))
  }
}

/// `'%' || x || '%'`
private final class AffixedElement: ModelObject, SQLElement {
  private let prefix: String
  private let element: any SQLElement
  private let suffix: String
  let size: ElementSize
  init(_ prefix: String, _ element: any SQLElement, _ suffix: String) {
    self.prefix = prefix
    self.element = element
    self.suffix = suffix
    size = ElementSize([element])
  }
  var typeName: String { "BinaryExpression" }
  var tables: [TableModel] { element.tables }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    prefix + (try element.grouped(rendering, against: .concatenation)) + suffix
  }
}

/// `x.op("~")`, waiting for the other side.
private final class OperatorCall: ModelObject, SQLElement {
  private let left: any SQLElement
  private let symbol: SQLOperator
  init(_ left: any SQLElement, _ symbol: SQLOperator) {
    self.left = left
    self.symbol = symbol
  }
  var typeName: String { "custom_op" }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    throw NotRenderable("op() without an operand")
  }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do throws(NotRenderable) {
      guard name == "__call__", let other = arguments.positional.first else {
        throw NotRenderable("op()")
      }
      let result = BinaryElement(
        left, symbol, try ElementMethods.element(other, like: nil), type: left.elementType)
      try result.size.check()
      return .model(result)
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }
}

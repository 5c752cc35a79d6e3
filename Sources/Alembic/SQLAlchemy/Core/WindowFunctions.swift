// `func.name(…).over(…)` and `.filter(…)`.

/// A function that can be narrowed by `.filter(…)` or taken over a window.
protocol FunctionExpression: SQLElement {}

extension FunctionExpression {
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "over" || name == "filter" || ElementMethods.exists(name)
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard name == "over" || name == "filter" else {
      return try ElementMethods.call(name, on: self, arguments, interpreter)
    }
    do throws(NotRenderable) {
      let result: any SQLElement =
        name == "over" ? try WindowElement(self, arguments) : try FilteredElement(self, arguments)
      try result.size.check()
      return .model(result)
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }
}

/// `f(…) OVER (PARTITION BY … ORDER BY …)`
private final class WindowElement: ModelObject, SQLElement {
  private let function: any SQLElement
  private let partition: [any SQLElement]
  private let order: [any SQLElement]
  let size: ElementSize

  init(_ function: any SQLElement, _ call: CallArguments) throws(NotRenderable) {
    // The frames of `rows`, `range_` and `groups` are left open.
    var reader = try ArgumentReader(call, "over")
    guard call.positional.isEmpty else { throw NotRenderable("over(…) with arguments by position") }
    self.function = function
    partition = try Self.elements(reader.value("partition_by"))
    order = try Self.elements(reader.value("order_by"))
    try reader.finish()
    size = ElementSize([function] + partition + order)
  }

  private static func elements(_ value: Value?) throws(NotRenderable) -> [any SQLElement] {
    guard let value, !value.isNone else { return [] }
    let elements = try ElementMethods.elements(ElementMethods.elements(of: value) ?? [value])
    // A string is the name of another column, which may be a label.
    guard elements.allSatisfy({ !($0 is LiteralElement || $0 is LabelElement) }) else {
      throw NotRenderable("over() of a name")
    }
    return elements
  }

  var typeName: String { "Over" }
  var elementType: SQLType? { function.elementType }
  var tables: [TableModel] { function.tables + (partition + order).flatMap(\.tables) }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    var parts: [String] = []
    for (word, elements) in [("PARTITION BY", partition), ("ORDER BY", order)] {
      var texts: [String] = []
      for element in elements { texts.append(try element.sql(rendering)) }
      if !texts.isEmpty { parts.append("\(word) \(texts.joined(separator: ", "))") }
    }
    return "\(try function.sql(rendering)) OVER (\(parts.joined(separator: " ")))"
  }
}

/// `f(…) FILTER (WHERE …)`
private final class FilteredElement: ModelObject, FunctionExpression {
  private let function: any SQLElement
  private let condition: any SQLElement
  let size: ElementSize

  init(_ function: any SQLElement, _ call: CallArguments) throws(NotRenderable) {
    let reader = try ArgumentReader(call, "filter")
    try reader.finish()
    guard let condition = Junction.of(.and, try ElementMethods.elements(call.positional)) else {
      throw NotRenderable("filter() without a condition")
    }
    self.function = function
    self.condition = condition
    size = ElementSize([function, condition])
  }

  var typeName: String { "FunctionFilter" }
  var topOperator: SQLOperator? { .custom("FILTER", precedence: 6) }
  var elementType: SQLType? { function.elementType }
  var tables: [TableModel] { function.tables + condition.tables }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    "\(try function.sql(rendering)) FILTER (WHERE \(try condition.sql(rendering)))"
  }
}

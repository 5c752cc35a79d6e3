// Expressions over arrays and rows: `ARRAY[…]`, `ANY (…)`, `ALL (…)`.

/// `array([…])` of PostgreSQL's dialect.
final class ArrayElement: ModelObject, SQLElement {
  private let elements: [any SQLElement]
  let elementType: SQLType?
  let size: ElementSize

  init(_ call: CallArguments) throws(NotRenderable) {
    var reader = try ArgumentReader(call, "array", ["clauses"])
    guard let values = reader.value("clauses").flatMap(ElementMethods.elements) else {
      throw NotRenderable("array(…)")
    }
    let given = try reader.value("type_").map { value throws(NotRenderable) in
      try TypeTable.type(of: value)
    }
    try reader.finish()
    // Arrays of arrays are written in another way, and values as the type says.
    guard given == nil || values.isEmpty else { throw NotRenderable("array(type_=…)") }
    elements = try ElementMethods.elements(values)
    if elements.contains(where: { $0.elementType?.affinity == .array }) {
      throw NotRenderable("an array of arrays")
    }
    elementType = SQLType("ARRAY", try given.map(Self.text), .array)
    size = ElementSize(elements)
  }

  private static func text(_ item: SQLType) throws(NotRenderable) -> String {
    try item.text() + "[]"
  }

  var typeName: String { "array" }
  var tables: [TableModel] { elements.flatMap(\.tables) }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    var texts: [String] = []
    for element in elements { texts.append(try element.sql(rendering)) }
    let text = "ARRAY[\(texts.joined(separator: ", "))]"
    // An empty array says its type, where it has one.
    return elementType?.ddl.map { "\(text)::\($0)" } ?? text
  }
}

/// `ANY (array)` or `ALL (SELECT …)`
final class AnyElement: ModelObject, SQLElement {
  private let operand: any SQLElement
  private let word: String
  let size: ElementSize
  init(_ operand: any SQLElement, word: String = "ANY") {
    self.operand = operand
    self.word = word
    size = ElementSize([operand])
  }
  var typeName: String { "CollectionAggregate" }
  var tables: [TableModel] { operand.tables }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    let text = try operand.sql(rendering)
    return operand is SelectStatement ? "\(word) \(text)" : "\(word) (\(text))"
  }
}

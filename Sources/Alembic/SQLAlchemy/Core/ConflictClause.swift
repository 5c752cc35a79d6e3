// `ON CONFLICT` of PostgreSQL's INSERT (`sqlalchemy.dialects.postgresql.Insert`).

/// What an INSERT does where a row is there already.
struct ConflictClause {
  private enum Target {
    case any
    case constraint(String)
    case columns([any SQLElement], condition: (any SQLElement)?)
  }
  private let target: Target
  /// What DO UPDATE sets; nil: DO NOTHING.
  private var assignments: [(name: String, value: Value)]?
  private var condition: (any SQLElement)?

  /// Of `on_conflict_do_nothing(…)` or `on_conflict_do_update(…)`.
  init(_ call: CallArguments, updates: Bool) throws(NotRenderable) {
    let name = updates ? "on_conflict_do_update" : "on_conflict_do_nothing"
    var reader = try ArgumentReader(
      call, name,
      ["constraint", "index_elements", "index_where"] + (updates ? ["set_", "where"] : []))
    let constraint = try reader.string("constraint")
    let indexCondition = try Self.element(reader.value("index_where"))
    switch (constraint, reader.value("index_elements")) {
    case (nil, nil), (nil, .none?): target = .any
    case (let constraint?, nil), (let constraint?, .none?):
      // A longer name is an error.
      guard constraint.unicodeScalars.count <= 63 else {
        throw NotRenderable("\(name)(constraint=…)")
      }
      target = .constraint(constraint)
    case (nil, let columns?):
      target = .columns(try Self.columns(columns), condition: indexCondition)
    default:
      throw NotRenderable(
        raising: "ValueError", "'constraint' and 'index_elements' are mutually exclusive")
    }
    if updates {
      if case .any = target {
        throw NotRenderable(
          raising: "ValueError",
          "Either constraint or index_elements, but not both, must be specified unless DO NOTHING")
      }
      assignments = try Self.assignments(reader.value("set_"))
      condition = try Self.element(reader.value("where"))
    }
    try reader.finish()
  }

  /// All that it holds, for its size.
  var elements: [any SQLElement] {
    var result = [condition].compactMap { $0 }
    if case .columns(let columns, let condition) = target {
      result += columns + [condition].compactMap { $0 }
    }
    for assignment in assignments ?? [] {
      if case .model(let element as any SQLElement) = assignment.value { result.append(element) }
    }
    return result
  }

  private static func element(_ value: Value?) throws(NotRenderable) -> (any SQLElement)? {
    guard let value, !value.isNone else { return nil }
    return try ElementMethods.element(value, like: nil)
  }

  private static func columns(_ value: Value) throws(NotRenderable) -> [any SQLElement] {
    if case .unknown(let unknown) = value { throw NotRenderable(unknown.reason) }
    guard let values = ElementMethods.elements(of: value), !values.isEmpty else {
      throw NotRenderable("index_elements of ON CONFLICT")
    }
    var result: [any SQLElement] = []
    for value in values {
      if case .string(let name) = value {
        result.append(TextElement(Identifiers.quoted(name), typeName: "ColumnClause"))
      } else {
        result.append(try ElementMethods.element(value, like: nil))
      }
    }
    return result
  }

  private static func assignments(
    _ value: Value?
  ) throws(NotRenderable) -> [(name: String, value: Value)] {
    switch value {
    case .model(let columns as ColumnCollection)?:
      return columns.table.columns.map { ($0.key, .model($0)) }
    case let value?:
      let row = try DataStatement.row(value)
      if row.isEmpty {
        throw NotRenderable(raising: "ValueError", "set parameter dictionary must not be empty")
      }
      return row
    case nil: throw NotRenderable("on_conflict_do_update() without set_")
    }
  }

  /// With a blank in front. What is set stands in the order of the table's columns.
  func text(of table: TableModel, _ rendering: Rendering) throws(NotRenderable) -> String {
    let start = " ON CONFLICT" + (try targetText(rendering))
    guard let assignments else { return start + " DO NOTHING" }
    for assignment in assignments where table.column(assignment.name) == nil {
      throw NotRenderable("a column \(assignment.name) that the table() does not name")
    }
    rendering.allowsSubqueries = false
    defer { rendering.allowsSubqueries = true }
    var parts: [String] = []
    for column in table.columns {
      guard let value = assignments.last(where: { $0.name == column.key })?.value else { continue }
      parts.append(
        "\(Identifiers.quoted(column.name)) = \(try DataStatement.text(value, column, rendering))")
    }
    let ending = try condition.map { element throws(NotRenderable) in
      " WHERE " + (try element.sql(rendering))
    }
    return start + " DO UPDATE SET " + parts.joined(separator: ", ") + (ending ?? "")
  }

  private func targetText(_ rendering: Rendering) throws(NotRenderable) -> String {
    switch target {
    case .any: return ""
    case .constraint(let name): return " ON CONSTRAINT \(Identifiers.quoted(name))"
    case .columns(let columns, let condition):
      let plain = Rendering(includesTable: false)
      var texts: [String] = []
      for column in columns { texts.append(try column.sql(plain)) }
      var text = " (\(texts.joined(separator: ", ")))"
      if let condition { text += " WHERE " + (try condition.sql(plain)) }
      rendering.offlineFailure = rendering.offlineFailure ?? plain.offlineFailure
      return try rendering.written(text)
    }
  }
}

// INSERT, UPDATE and DELETE of SQLAlchemy Core.

/// A statement that is being put together by `.values()` and `.where()`.
final class CoreStatement: ModelObject, SQLElement {
  enum Kind { case insert, update, delete }
  let kind: Kind
  let table: TableModel
  private(set) var assignments: [(name: String, value: Value)] = []
  private(set) var conditions: [any SQLElement] = []

  init(_ kind: Kind, _ table: TableModel) {
    self.kind = kind
    self.table = table
  }

  var typeName: String {
    switch kind {
    case .insert: "Insert"
    case .update: "Update"
    case .delete: "Delete"
    }
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "values", "where", "execution_options": .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    let next = CoreStatement(kind, table)
    next.assignments = assignments
    next.conditions = conditions
    switch name {
    case "values":
      if arguments.unknownRest == nil, next.assign(arguments) { return .model(next) }
    case "where":
      let elements = arguments.positional.compactMap { value -> (any SQLElement)? in
        if case .model(let element as any SQLElement) = value { element } else { nil }
      }
      guard elements.count == arguments.positional.count, arguments.unknownRest == nil else {
        break
      }
      next.conditions += elements
      return .model(next)
    case "execution_options": return .model(self)
    default: break
    }
    for value in arguments.positional + arguments.keywords.map(\.value) {
      if case .unknown(let unknown) = value { return .unknown(unknown) }
    }
    return interpreter.unknown(.unsupportedCall, "\(typeName).\(name)()", at: arguments.range)
  }

  private func assign(_ arguments: CallArguments) -> Bool {
    for value in arguments.positional {
      guard case .dictionary(let dictionary) = value, dictionary.taint == nil else { return false }
      for entry in dictionary.entries {
        switch entry.key {
        case .string(let name): assignments.append((name, entry.value))
        case .model(let column as ColumnModel): assignments.append((column.name, entry.value))
        default: return false
        }
      }
    }
    assignments += arguments.keywords
    return true
  }

  /// The columns stand in the table's order, not in that of the values.
  func sql(_ style: RenderStyle) throws(NotRenderable) -> String {
    for assignment in assignments where table.column(assignment.name) == nil {
      throw NotRenderable("a column \(assignment.name) that the table() does not name")
    }
    let pairs = table.columns.compactMap { column in
      assignments.last { $0.name == column.name }.map { (column, $0.value) }
    }
    switch kind {
    case .insert:
      guard !pairs.isEmpty, !table.isFull else { throw NotRenderable("insert()") }
      return try Self.insert(into: table, pairs)
    case .update:
      var parts: [String] = []
      for (column, value) in pairs {
        parts.append("\(Identifiers.quoted(column.name))=\(try Self.text(value, column))")
      }
      guard !parts.isEmpty else { throw NotRenderable("update() without values") }
      return "UPDATE \(table.qualifiedName) SET \(parts.joined(separator: ", "))"
        + (try condition())
    case .delete: return "DELETE FROM \(table.qualifiedName)" + (try condition())
    }
  }

  private func condition() throws(NotRenderable) -> String {
    guard !conditions.isEmpty else { return "" }
    return " WHERE " + (try Junction("AND", conditions).sql(RenderStyle()))
  }

  private static func text(_ value: Value, _ column: ColumnModel) throws(NotRenderable) -> String {
    if case .model(let element as any SQLElement) = value {
      let text = try element.sql(RenderStyle())
      return element.precedence < 100 && !(element is Operation) ? "(\(text))" : text
    }
    return try Literals.render(value, as: column.type)
  }

  /// One row of `bulk_insert`, and an INSERT of one row.
  static func insert(
    into table: TableModel, _ pairs: [(ColumnModel, Value)]
  ) throws(NotRenderable) -> String {
    var values: [String] = []
    for (column, value) in pairs { values.append(try text(value, column)) }
    let names = pairs.map { Identifiers.quoted($0.0.name) }.joined(separator: ", ")
    return
      "INSERT INTO \(table.qualifiedName) (\(names)) VALUES (\(values.joined(separator: ", ")))"
  }
}

enum Statements {
  /// `insert(table)`, `table.update()` and the like.
  static func start(
    _ name: String, on table: TableModel, _ arguments: CallArguments, _ interpreter: Interpreter
  ) -> Value? {
    let isPlain = arguments.keywords.isEmpty && arguments.unknownRest == nil
    guard isPlain else { return nil }
    switch name {
    case "insert": return .model(CoreStatement(.insert, table))
    case "update": return .model(CoreStatement(.update, table))
    case "delete": return .model(CoreStatement(.delete, table))
    default: return nil
    }
  }
}

// SELECT of SQLAlchemy Core, on its own or as a subquery.

/// What stands in FROM.
indirect enum FromItem {
  case table(TableModel)
  case join(FromItem, TableModel, on: any SQLElement, kind: String)
  case text(String)

  var tables: [TableModel] {
    switch self {
    case .table(let table): [table]
    case .join(let left, let right, _, _): left.tables + [right]
    case .text: []
    }
  }

  var conditions: [any SQLElement] {
    switch self {
    case .join(let left, _, let condition, _): left.conditions + [condition]
    case .table, .text: []
    }
  }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    switch self {
    case .table(let table): table.fromText
    case .text(let text): text
    case .join(let left, let right, let condition, let kind):
      "\(try left.sql(rendering)) \(kind) \(right.fromText) ON \(try condition.sql(rendering))"
    }
  }
}

/// `a.join(b, a.c.x == b.c.y)`
final class JoinModel: ModelObject {
  let item: FromItem
  init(_ item: FromItem) { self.item = item }
  var typeName: String { "Join" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "join" || name == "outerjoin"
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do throws(NotRenderable) {
      return .model(JoinModel(try Self.join(item, name, arguments)))
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }

  static func join(
    _ left: FromItem, _ name: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> FromItem {
    var reader = try ArgumentReader(arguments, name, ["right", "onclause"])
    let isOuter = try reader.flag("isouter") ?? false
    guard case .model(let right as TableModel)? = reader.value("right") ?? reader.value("target"),
      case .model(let condition as any SQLElement)? = reader.value("onclause")
    else { throw NotRenderable("\(name)() without a condition") }
    try reader.finish()
    let kind = name == "outerjoin" || isOuter ? "LEFT OUTER JOIN" : "JOIN"
    guard left.tables.count < 100 else { throw NotRenderable("a join of many tables") }
    return .join(left, right, on: condition, kind: kind)
  }
}

/// `select(…)` and what its methods add; a value: each method makes another.
final class SelectStatement: ModelObject, SQLElement {
  private struct Parts {
    var columns: [any SQLElement] = []
    var froms: [FromItem] = []
    var conditions: [any SQLElement] = []
    var groups: [any SQLElement] = []
    var having: [any SQLElement] = []
    var orders: [any SQLElement] = []
    var limit: Int?
    var offset: Int?
    var isDistinct = false
    /// The tables that `correlate()` names; nil: all of the statements around it.
    var correlated: [TableModel]?
    var unions: [(word: String, select: SelectStatement)] = []
  }
  private let parts: Parts
  let size: ElementSize

  private init(_ parts: Parts) {
    self.parts = parts
    size = Self.size(parts)
  }

  private static func size(_ parts: Parts) -> ElementSize {
    let groups = parts.groups + parts.having + parts.orders
    return ElementSize(
      parts.columns + parts.conditions + groups + parts.froms.flatMap(\.conditions)
        + parts.unions.map(\.select))
  }

  init(_ values: [Value]) throws(NotRenderable) {
    var parts = Parts()
    for value in values {
      if case .model(let table as TableModel) = value {
        parts.columns += table.columns.map { $0 as any SQLElement }
        if table.columns.isEmpty { throw NotRenderable("select() of a table without columns") }
        parts.froms.append(.table(table))
        continue
      }
      if case .integer(let number) = value {
        parts.columns.append(TextElement(String(number), typeName: "ColumnClause"))
        continue
      }
      guard case .model(let element as any SQLElement) = value else {
        if case .unknown(let unknown) = value { throw NotRenderable(unknown.reason) }
        throw NotRenderable("a column of select()")
      }
      parts.columns.append(element)
    }
    self.parts = parts
    size = Self.size(parts)
    try size.check()
  }

  var typeName: String { "Select" }
  var elementType: SQLType? { parts.columns.first?.elementType }
  var negation: (any SQLElement)? { nil }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    Self.methods.contains(name) || ElementMethods.exists(name)
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  private static let methods: Set<String> = [
    "where", "filter", "select_from", "join", "outerjoin", "group_by", "having", "order_by",
    "limit", "offset", "distinct", "union", "union_all", "except_", "intersect", "scalar_subquery",
    "as_scalar", "exists", "execution_options", "correlate",
  ]

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard Self.methods.contains(name) else {
      return try ElementMethods.call(name, on: self, arguments, interpreter)
    }
    do throws(NotRenderable) {
      if let rest = arguments.unknownRest { throw NotRenderable(rest.reason) }
      switch name {
      case "scalar_subquery", "as_scalar", "execution_options": return .model(self)
      case "exists": return .model(ExistsElement(self))
      default:
        let next = SelectStatement(try changed(name, arguments))
        try next.size.check()
        let count = next.parts.conditions.count + next.parts.froms.count + next.parts.unions.count
        guard count + next.parts.orders.count < ElementSize.partLimit else {
          throw NotRenderable("a very long select()")
        }
        return .model(next)
      }
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }

  private func changed(
    _ name: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> Parts {
    var parts = parts
    if name != "join", name != "outerjoin", !arguments.keywords.isEmpty {
      throw NotRenderable("select().\(name)(…)")
    }
    switch name {
    case "where", "filter": parts.conditions += try ElementMethods.elements(arguments.positional)
    case "group_by": parts.groups += try ElementMethods.elements(arguments.positional)
    case "having": parts.having += try ElementMethods.elements(arguments.positional)
    case "order_by":
      if arguments.positional.contains(where: { if case .string = $0 { true } else { false } }) {
        throw NotRenderable("select().order_by() of a name")
      }
      parts.orders += try ElementMethods.elements(arguments.positional)
    case "limit", "offset":
      guard case .integer(let count)? = arguments.positional.first else {
        throw NotRenderable("select().\(name)()")
      }
      if name == "limit" { parts.limit = count } else { parts.offset = count }
    case "correlate":
      var tables: [TableModel] = []
      for value in arguments.positional {
        guard case .model(let table as TableModel) = value else {
          throw NotRenderable("select().correlate()")
        }
        tables.append(table)
      }
      parts.correlated = tables
    case "distinct":
      guard arguments.positional.isEmpty else { throw NotRenderable("select().distinct(…)") }
      parts.isDistinct = true
    case "select_from":
      for value in arguments.positional { parts.froms.append(try Self.from(value)) }
    case "join", "outerjoin":
      let known = parts.froms.last ?? parts.columns.flatMap(\.tables).first.map(FromItem.table)
      guard let left = known else { throw NotRenderable("select().join()") }
      let joined = try JoinModel.join(left, name, arguments)
      if parts.froms.isEmpty {
        parts.froms = [joined]
      } else {
        parts.froms[parts.froms.count - 1] = joined
      }
    default:
      let words = [
        "union": "UNION", "union_all": "UNION ALL", "except_": "EXCEPT", "intersect": "INTERSECT",
      ]
      guard let word = words[name] else { throw NotRenderable("select().\(name)()") }
      for value in arguments.positional {
        guard case .model(let select as SelectStatement) = value else {
          throw NotRenderable("select().\(name)()")
        }
        parts.unions.append((word, select))
      }
    }
    return parts
  }

  static func from(_ value: Value) throws(NotRenderable) -> FromItem {
    switch value {
    case .model(let table as TableModel): return .table(table)
    case .model(let join as JoinModel): return join.item
    case .model(let text as TextClause): return .text(try text.sql(Rendering()))
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: throw NotRenderable("select_from()")
    }
  }

  /// As `exists().where(…)` starts: without columns.
  static var star: SelectStatement {
    var parts = Parts()
    parts.columns = [TextElement("*", typeName: "ColumnClause")]
    return SelectStatement(parts)
  }

  /// In parentheses where it stands inside of another statement.
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    "(\(try body(rendering)))"
  }

  func body(_ rendering: Rendering) throws(NotRenderable) -> String {
    if !rendering.allowsSubqueries { throw NotRenderable("a subquery in on_conflict_do_update()") }
    guard rendering.depth < Rendering.depthLimit else {
      throw NotRenderable("subqueries within each other")
    }
    rendering.depth += 1
    defer { rendering.depth -= 1 }
    let items = try froms(rendering)
    rendering.enclosing.append(items.flatMap(\.tables))
    defer { rendering.enclosing.removeLast() }
    var text = "SELECT " + (parts.isDistinct ? "DISTINCT " : "")
    text += try columnTexts(rendering).joined(separator: ", ")
    if !items.isEmpty {
      var texts: [String] = []
      for item in items { texts.append(try item.sql(rendering)) }
      text += " \nFROM " + texts.joined(separator: ", ")
    }
    if let condition = try Junction.clause(parts.conditions, rendering) {
      text += " \nWHERE " + condition
    }
    if !parts.groups.isEmpty { text += " GROUP BY " + (try list(parts.groups, rendering)) }
    if let condition = try Junction.clause(parts.having, rendering) {
      text += " \nHAVING " + condition
    }
    for (word, select) in parts.unions {
      text += " \(word) " + (try select.body(rendering))
    }
    if !parts.orders.isEmpty { text += " ORDER BY " + (try list(parts.orders, rendering)) }
    if let limit = parts.limit { text += " \n LIMIT \(limit)" }
    if let offset = parts.offset {
      text += (parts.limit == nil ? "\n LIMIT ALL" : "") + " OFFSET \(offset)"
    }
    return text
  }

  private func list(
    _ elements: [any SQLElement], _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    var texts: [String] = []
    for element in elements {
      if element is LabelElement { throw NotRenderable("a label in ORDER BY or GROUP BY") }
      texts.append(try element.sql(rendering))
    }
    return texts.joined(separator: ", ")
  }

  /// FROM as it is given, and the tables of the columns and conditions; without those of the
  /// statements around it (`Select._get_display_froms`).
  private func froms(_ rendering: Rendering) throws(NotRenderable) -> [FromItem] {
    var items = parts.froms
    var seen = items.flatMap(\.tables)
    // What stands alone and again in a join stands in the join.
    items = items.enumerated().filter { index, item in
      guard case .table(let table) = item else { return true }
      return !items.enumerated().contains { other, candidate in
        guard other != index, candidate.tables.contains(where: { $0 === table }) else {
          return false
        }
        if case .table = candidate { return other < index }
        return true
      }
    }.map(\.element)
    for table in (parts.columns + parts.conditions).flatMap(\.tables)
    where !seen.contains(where: { $0 === table }) {
      seen.append(table)
      items.append(.table(table))
    }
    // By itself a SELECT leaves out tables of the statements around it only where others remain.
    if parts.correlated == nil, items.count < 2 { return items }
    let outer = rendering.enclosing.flatMap { $0 }.filter { table in
      parts.correlated?.contains { $0 === table } ?? true
    }
    let own = items.filter { item in
      guard case .table(let table) = item else { return true }
      return !outer.contains { $0 === table }
    }
    if own.isEmpty, parts.correlated == nil {
      throw NotRenderable("a subquery of the tables around it")
    }
    return own
  }

  private func columnTexts(_ rendering: Rendering) throws(NotRenderable) -> [String] {
    var texts: [String] = []
    var names: Set<String> = []
    for column in parts.columns {
      let text = try column.sql(rendering)
      switch column.columnName {
      case .none: texts.append(text)
      case .own(let name):
        if names.insert(name).inserted {
          texts.append(text)
        } else {
          // The same column again, or one of the same name from another table.
          let label = texts.contains(text) ? rendering.repeated(name) : rendering.anonymous(name)
          texts.append("\(text) AS \(label)")
        }
      case .label(let name): texts.append("\(text) AS \(Identifiers.quoted(name))")
      case .anonymous(let stem):
        texts.append("\(text) AS \(Identifiers.quoted(rendering.anonymous(stem)))")
      }
    }
    return texts
  }
}

/// `EXISTS (SELECT …)`
final class ExistsElement: ModelObject, SQLElement {
  private let select: SelectStatement
  let size: ElementSize
  init(_ select: SelectStatement) {
    self.select = select
    size = ElementSize([select])
  }
  var typeName: String { "Exists" }
  var topOperator: SQLOperator? { .custom("EXISTS", precedence: 0) }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    "EXISTS (\(try select.body(rendering)))"
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    ["where", "select_from"].contains(name) || ElementMethods.exists(name)
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard ["where", "select_from"].contains(name) else {
      return try ElementMethods.call(name, on: self, arguments, interpreter)
    }
    guard case .model(let next as SelectStatement) = try select.call(name, arguments, interpreter)
    else { return interpreter.unknown(.unsupportedCall, "exists().\(name)()", at: arguments.range) }
    return .model(ExistsElement(next))
  }
}

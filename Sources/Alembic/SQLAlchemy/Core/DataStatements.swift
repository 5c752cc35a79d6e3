// INSERT, UPDATE and DELETE of SQLAlchemy Core.

/// A statement that is being put together by `.values()` and `.where()`; each method makes another.
final class DataStatement: ModelObject, SQLElement {
  enum Kind: String {
    case insert = "Insert"
    case update = "Update"
    case delete = "Delete"
  }
  typealias Row = [(name: String, value: Value)]
  let kind: Kind
  let table: TableModel
  private var rows: [Row] = []
  private var conditions: [any SQLElement] = []
  private var source: (names: [String], select: SelectStatement)?
  private var returning: [any SQLElement] = []
  private var isInline = false
  /// What stands between the first word and the table.
  private var prefixes: [String] = []
  /// Made by the `insert()` of PostgreSQL's dialect.
  private let hasConflicts: Bool
  private var conflict: ConflictClause?
  /// The columns of the row that was to be inserted.
  private var excluded: ColumnCollection?

  init(_ kind: Kind, _ table: TableModel, hasConflicts: Bool = false) {
    self.kind = kind
    self.table = table
    self.hasConflicts = hasConflicts
  }

  private func copy() -> DataStatement {
    let next = DataStatement(kind, table, hasConflicts: hasConflicts)
    next.conflict = conflict
    next.excluded = excluded
    next.rows = rows
    next.conditions = conditions
    next.source = source
    next.returning = returning
    next.isInline = isInline
    next.prefixes = prefixes
    return next
  }

  var typeName: String { kind.rawValue }
  var negation: (any SQLElement)? { nil }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "values", "where", "filter", "execution_options", "from_select", "returning", "inline",
      "prefix_with":
      .method(receiver: Box(.model(self)), name: name)
    case "on_conflict_do_nothing" where hasConflicts, "on_conflict_do_update" where hasConflicts:
      .method(receiver: Box(.model(self)), name: name)
    case "excluded" where hasConflicts: .model(excludedColumns(interpreter))
    case "table": .model(table)
    default: nil
    }
  }

  private func excludedColumns(_ interpreter: Interpreter) -> ColumnCollection {
    if let excluded { return excluded }
    _ = interpreter.budget.charge(table.columns.count)
    let copies = table.columns.map { column in
      let copy = ColumnModel(name: column.name, type: column.type)
      copy.givenKey = column.givenKey
      return copy
    }
    let collection = ColumnCollection(
      TableModel(name: "excluded", schema: nil, columns: copies, isFull: false, interpreter))
    excluded = collection
    return collection
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    let next = copy()
    do throws(NotRenderable) {
      if let rest = arguments.unknownRest { throw NotRenderable(rest.reason) }
      switch name {
      case "values": try next.assign(arguments)
      case "where", "filter":
        next.conditions += try ElementMethods.elements(arguments.positional)
      case "execution_options": break
      case "inline": next.isInline = true
      case "prefix_with": try next.addPrefixes(arguments)
      case "on_conflict_do_nothing", "on_conflict_do_update":
        guard next.conflict == nil else { throw NotRenderable("two ON CONFLICT clauses") }
        next.conflict = try ConflictClause(arguments, updates: name == "on_conflict_do_update")
      case "returning":
        next.returning += try ElementMethods.elements(arguments.positional)
      case "from_select":
        guard case .model(let select as SelectStatement)? = arguments.argument(1, "select"),
          let names = arguments.argument(0, "names").flatMap(ElementMethods.elements)
        else { throw NotRenderable("insert().from_select()") }
        var columns: [String] = []
        for name in names { columns.append(try Self.columnName(name)) }
        next.source = (columns, select)
      default: throw NotRenderable("\(typeName).\(name)()")
      }
      try ElementSize(next.conditions + next.returning + (next.conflict?.elements ?? [])).check()
      guard next.conditions.count < ElementSize.partLimit, next.rows.count < 10_000 else {
        throw NotRenderable("very many rows of values")
      }
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
    return .model(next)
  }

  private func addPrefixes(_ arguments: CallArguments) throws(NotRenderable) {
    var reader = try ArgumentReader(arguments, "prefix_with")
    let dialect = try reader.string("dialect") ?? "*"
    try reader.finish()
    for value in arguments.positional {
      let prefix = try SchemaReader.expression(value)
      if dialect == "*" || dialect == "postgresql" { prefixes.append(prefix) }
    }
    guard prefixes.count < ElementSize.partLimit else { throw NotRenderable("very many prefixes") }
  }

  /// `INSERT`, with what `prefix_with()` puts behind it.
  private func verb(_ word: String) -> String { ([word] + prefixes).joined(separator: " ") }

  static func columnName(_ value: Value) throws(NotRenderable) -> String {
    if case .model(let column as ColumnModel) = value { return column.key }
    return try ArgumentReader.string(value, "a column")
  }

  private func assign(_ arguments: CallArguments) throws(NotRenderable) {
    guard let first = arguments.positional.first else {
      rows = [merged(arguments.keywords)]
      return
    }
    guard arguments.positional.count == 1, arguments.keywords.isEmpty else {
      throw NotRenderable("\(typeName).values()")
    }
    if case .dictionary = first {
      rows = [merged(try Self.row(first))]
      return
    }
    if case .unknown(let unknown) = first { throw NotRenderable(unknown.reason) }
    guard kind == .insert, rows.isEmpty, case .list(let list) = first, list.taint == nil,
      !list.elements.isEmpty
    else { throw NotRenderable("\(typeName).values()") }
    for element in list.elements { rows.append(try Self.row(element)) }
    isInline = true
  }

  private func merged(_ row: Row) -> Row {
    var result = rows.first ?? []
    for entry in row {
      result.removeAll { $0.name == entry.name }
      result.append(entry)
    }
    return result
  }

  static func row(_ value: Value) throws(NotRenderable) -> Row {
    guard case .dictionary(let dictionary) = value, dictionary.taint == nil else {
      if case .unknown(let unknown) = value { throw NotRenderable(unknown.reason) }
      throw NotRenderable("a row of values")
    }
    var row: Row = []
    for entry in dictionary.entries { row.append((try columnName(entry.key), entry.value)) }
    return row
  }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    rendering.depth += 1
    defer { rendering.depth -= 1 }
    switch kind {
    case .insert: return try insertion(rendering)
    case .update: return try update(rendering)
    case .delete:
      let others = others(conditions.flatMap(\.tables))
      rendering.enclosing.append([table] + others)
      defer { rendering.enclosing.removeLast() }
      return verb("DELETE") + " FROM \(table.fromText)" + Self.list(" USING ", others)
        + (try condition(rendering)) + (try returningClause(rendering, returning))
    }
  }

  /// The columns stand in the table's order, not in that of the values.
  private func pairs(_ row: Row) throws(NotRenderable) -> [(column: ColumnModel, value: Value)] {
    for entry in row where table.column(entry.name) == nil {
      throw NotRenderable("a column \(entry.name) that the table() does not name")
    }
    return table.columns.compactMap { column in
      row.last { $0.name == column.key }.map { (column, $0.value) }
    }
  }

  private func insertion(_ rendering: Rendering) throws(NotRenderable) -> String {
    if let source {
      return verb("INSERT")
        + " INTO \(table.qualifiedName) (\(TableDefinition.list(source.names))) "
        + (try source.select.body(rendering)) + (try conflictClause(rendering))
        + (try returningClause(rendering, returning))
    }
    var rows = rows
    if rows.isEmpty {
      rows = [rendering.parameters.keys.sorted().map { ($0, rendering.parameters[$0] ?? .none) }]
    }
    let first = try pairs(rows[0])
    guard !first.isEmpty else { throw NotRenderable("insert() without values") }
    let given = Set(first.map(\.column.name))
    for column in table.columns where column.hasPythonDefault && !given.contains(column.name) {
      throw NotRenderable("insert() with default= of \(column.name)")
    }
    var texts: [String] = []
    for row in rows {
      let values = try pairs(row)
      guard Set(values.map(\.column.name)) == given else {
        throw NotRenderable("insert() of rows with different columns")
      }
      texts.append(try Self.tuple(values, rendering))
    }
    let implicit = isInline || rows.count > 1 || !returning.isEmpty ? [] : generatedKeys(first)
    let names = first.map { Identifiers.quoted($0.column.name) }.joined(separator: ", ")
    return verb("INSERT") + " INTO \(table.qualifiedName) (\(names)) VALUES "
      + texts.joined(separator: ", ") + (try conflictClause(rendering))
      + (try returningClause(rendering, returning.isEmpty ? implicit : returning))
  }

  private func conflictClause(_ rendering: Rendering) throws(NotRenderable) -> String {
    try conflict?.text(of: table, rendering) ?? ""
  }

  /// The columns of the primary key that PostgreSQL makes up, which SQLAlchemy asks back.
  private func generatedKeys(
    _ pairs: [(column: ColumnModel, value: Value)]
  ) -> [any SQLElement] {
    guard table.isFull else { return [] }
    return table.columns.filter { column in
      guard column.isPrimaryKey || table.keyNames.contains(column.name) else { return false }
      guard let value = pairs.first(where: { $0.column === column })?.value else {
        return column.type.integerSize != nil || column.serverDefault != nil
          || column.identity != nil
      }
      if case .model(let element as any SQLElement) = value {
        return !(element is LiteralElement || element is BindParameter)
      }
      return false
    }
  }

  private func update(_ rendering: Rendering) throws(NotRenderable) -> String {
    var row = rows.first ?? []
    if row.isEmpty {
      row = rendering.parameters.keys.sorted().compactMap { name in
        table.column(name) == nil ? nil : (name, rendering.parameters[name] ?? .none)
      }
    }
    let pairs = try pairs(row)
    guard !pairs.isEmpty else { throw NotRenderable("update() without values") }
    for column in table.columns where column.hasUpdateDefault {
      if !pairs.contains(where: { $0.column === column }) {
        throw NotRenderable("update() with onupdate= of \(column.name)")
      }
    }
    var mentioned: [TableModel] = []
    for pair in pairs {
      if case .model(let element as any SQLElement) = pair.value { mentioned += element.tables }
    }
    let others = others(conditions.flatMap(\.tables) + mentioned)
    rendering.enclosing.append([table] + others)
    defer { rendering.enclosing.removeLast() }
    var parts: [String] = []
    for (column, value) in pairs {
      parts.append(
        "\(Identifiers.quoted(column.name))=\(try Self.text(value, column, rendering))")
    }
    return verb("UPDATE") + " \(table.fromText) SET \(parts.joined(separator: ", "))"
      + Self.list(" FROM ", others) + (try condition(rendering))
      + (try returningClause(rendering, returning))
  }

  private func others(_ tables: [TableModel]) -> [TableModel] {
    var result: [TableModel] = []
    for candidate in tables
    where candidate !== table && !result.contains(where: { $0 === candidate }) {
      result.append(candidate)
    }
    return result
  }

  private static func list(_ word: String, _ tables: [TableModel]) -> String {
    tables.isEmpty ? "" : word + tables.map(\.fromText).joined(separator: ", ")
  }

  private func condition(_ rendering: Rendering) throws(NotRenderable) -> String {
    try Junction.clause(conditions, rendering).map { " WHERE " + $0 } ?? ""
  }

  private func returningClause(
    _ rendering: Rendering, _ columns: [any SQLElement]
  ) throws(NotRenderable) -> String {
    var texts: [String] = []
    for column in columns {
      guard column is ColumnModel else { throw NotRenderable("returning() of an expression") }
      texts.append(try column.sql(rendering))
    }
    return texts.isEmpty ? "" : " RETURNING " + texts.joined(separator: ", ")
  }

  static func text(
    _ value: Value, _ column: ColumnModel, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    if case .model(let element as any SQLElement) = value {
      return try element.grouped(rendering, against: nil)
    }
    if column.type.affinity == .inferred, !value.isNone {
      // A value that is assigned has the column's type, and not its own.
      rendering.offlineFailure = "a literal for \(column.name), a column without a type"
    }
    return try Literals.render(value, as: column.type, rendering)
  }

  private static func tuple(
    _ pairs: [(column: ColumnModel, value: Value)], _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    var values: [String] = []
    for (column, value) in pairs { values.append(try text(value, column, rendering)) }
    return "(\(values.joined(separator: ", ")))"
  }

  /// One row of `bulk_insert`: columns with a `default=` of Python that the row leaves out are NULL
  /// offline, where the default is not worked out.
  static func bulkInsertion(
    into table: TableModel, _ row: Row, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    var row = row
    for column in table.columns
    where column.hasPythonDefault && !row.contains(where: { $0.name == column.key }) {
      if let value = column.sqlDefault {
        if value.isSequence { throw NotRenderable("the sequence of \(column.name)") }
        row.append((column.key, value))
      } else {
        row.append((column.key, .none))
      }
      if column.isPrimaryKey { rendering.offlineOnly = "default= of the key \(column.name)" }
    }
    let statement = DataStatement(.insert, table)
    statement.rows = [row]
    statement.isInline = true
    return try statement.sql(rendering)
  }

  /// `insert(table)`, `table.update()` and the like.
  static func start(
    _ name: String, on table: TableModel, _ arguments: CallArguments
  ) throws(NotRenderable) -> DataStatement? {
    guard arguments.unknownRest == nil, arguments.positional.isEmpty, arguments.keywords.isEmpty
    else { throw NotRenderable("\(name)(…) with arguments") }
    guard !table.isAlias else { throw NotRenderable("\(name)() of an alias") }
    switch name {
    case "insert": return DataStatement(.insert, table)
    case "update": return DataStatement(.update, table)
    case "delete": return DataStatement(.delete, table)
    default: return nil
    }
  }
}

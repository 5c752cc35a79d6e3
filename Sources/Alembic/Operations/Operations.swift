// `alembic.op`: each operation into the statements that Alembic's offline mode emits for PostgreSQL.

import SourceText

/// The operations of Alembic, by name.
enum Operations {
  /// Calls `op.name(…)`. What cannot be worked out becomes an opaque place where it stands.
  static func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    if let result = try interpreter.hooks.operation(name, arguments, interpreter) { return result }
    do {
      try Signature.checkOperation(name, arguments, isBatch: false)
      return try run(name, arguments, interpreter)
    } catch {
      return try interpreter.refuse(error, at: arguments.range)
    }
  }

  private static func run(
    _ name: String, _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value {
    switch name {
    case "f":
      guard let value = call.argument(0, "name") else { throw NotRenderable("op.f()") }
      return .model(ConventionName(try ArgumentReader.string(value, "op.f()")))
    case "get_bind": return .model(ConnectionModel())
    case "get_context": return .model(MigrationContextModel())
    case "batch_alter_table": return .model(try BatchModel(call))
    case "inline_literal":
      guard let value = call.argument(0, "value") else {
        throw NotRenderable("op.inline_literal()")
      }
      let type = try call.argument(1, "type_").map { value throws(NotRenderable) in
        try TypeTable.type(of: value)
      }
      return .model(LiteralElement(value, type, isInline: true))
    case "execute":
      try execute(call, interpreter)
    case "bulk_insert": try bulkInsert(call, interpreter)
    case "create_table": return try createTable(call, interpreter)
    case "sync_enum_values":
      for statement in try EnumSynchronization(call).statements {
        interpreter.emit(statement, at: call.range)
      }
    case "create_entity", "drop_entity", "replace_entity":
      try entityOperation(name, call, interpreter)
    case "enum_insert", "enum_delete": try enumTableOperation(name, call, interpreter)
    default:
      if let operation = geospatial[name] { return try run(operation, call, interpreter) }
      try schemaOperation(name, call, interpreter, batch: nil)
    }
    return .none
  }

  /// The operations of geoalchemy2's `alembic_helpers` by what they do on PostgreSQL.
  private static let geospatial = [
    "create_geospatial_table": "create_table", "drop_geospatial_table": "drop_table",
    "drop_geospatial_column": "drop_column", "create_geospatial_index": "create_index",
  ]

  /// The operations that a batch has, too; there the table comes from the batch.
  static func schemaOperation(
    _ name: String, _ call: CallArguments, _ interpreter: Interpreter, batch: BatchModel?
  ) throws(NotRenderable) {
    let target = OperationTarget(name, call, interpreter, batch)
    switch name {
    case "add_column", "add_geospatial_column": try target.addColumn()
    case "drop_column": try target.dropColumn()
    case "alter_column": try target.alterColumn()
    case "create_index": try target.createIndex()
    case "drop_index", "drop_geospatial_index": try target.dropIndex()
    case "create_foreign_key": try target.createForeignKey()
    case "create_unique_constraint": try target.createUniqueConstraint()
    case "create_primary_key": try target.createPrimaryKey()
    case "create_check_constraint": try target.createCheckConstraint()
    case "create_exclude_constraint": try target.createExcludeConstraint()
    case "drop_constraint": try target.dropConstraint()
    case "drop_table" where batch == nil: try target.dropTable()
    case "rename_table" where batch == nil: try target.renameTable()
    case "create_table_comment", "drop_table_comment": try target.tableComment()
    case "create_geospatial_constraints", "drop_geospatial_constraints": break
    default: throw NotRenderable("op.\(name)()")
    }
  }

  /// Emits what is executed, once for each set of parameters.
  static func emit(
    _ value: Value, parameters: Value?, at range: SourceRange, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    do {
      try emitAll(value, parameters, at: range, interpreter)
    } catch {
      var error = error
      error.form = form(of: value)
      throw error
    }
  }

  private static func emitAll(
    _ value: Value, _ parameters: Value?, at range: SourceRange, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    var sets: [[String: Value]] = [[:]]
    switch parameters {
    case nil, .none?: break
    case .dictionary?: sets = [try row(parameters ?? .none)]
    case let given?:
      guard let rows = ElementMethods.elements(of: given), !rows.isEmpty else {
        if case .unknown(let unknown) = given { throw NotRenderable(unknown.reason) }
        throw NotRenderable("the parameters of execute()")
      }
      sets = []
      for value in rows { sets.append(try row(value)) }
    }
    for set in sets {
      try emit(parameters: set, at: range, interpreter) { rendering throws(NotRenderable) in
        try text(value, rendering)
      }
    }
  }

  /// Emits a statement with its values.
  /// - Parameter tellsStrings: also as drivers send it that leave its strings to the server.
  private static func emit(
    parameters: [String: Value] = [:], tellsStrings: Bool = true, at range: SourceRange,
    _ interpreter: Interpreter, _ render: (Rendering) throws(NotRenderable) -> String
  ) throws(NotRenderable) {
    let mode = interpreter.settings.mode
    let rendering = Rendering(parameters: parameters, mode: mode)
    let sql = normalized(try render(rendering))
    var sent: SentValues?
    if rendering.hasValues, tellsStrings || !rendering.doubtful.isEmpty {
      func text(_ casts: StringCasts, where kind: StringCasts) throws(NotRenderable) -> String? {
        guard rendering.strings.contains(kind) else { return nil }
        return normalized(try render(Rendering(parameters: parameters, casts: casts, mode: mode)))
      }
      sent = SentValues(
        doubtful: rendering.doubtful, typed: try text(.typed, where: .typed),
        untyped: try text([.typed, .untyped], where: .untyped))
    }
    interpreter.emit(sql, at: range, rendering, sent: sent)
  }

  /// A statement without its values; nil where more than those is not known.
  private static func form(of value: Value) -> String? {
    (try? text(value, Rendering(isForm: true))).map(normalized)
  }

  private static func row(_ value: Value) throws(NotRenderable) -> [String: Value] {
    var result: [String: Value] = [:]
    for entry in try DataStatement.row(value) { result[entry.name] = entry.value }
    return result
  }

  private static func text(
    _ value: Value, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    switch value {
    case .string(let text): return try TextClause(text).sql(rendering)
    case .model(let conv as ConventionName): return try TextClause(conv.name).sql(rendering)
    case .model(let select as SelectStatement): return try select.body(rendering)
    case .model(let element as any SQLElement): return try element.sql(rendering)
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: throw NotRenderable("what is executed")
    }
  }

  /// As `DefaultImpl._exec`: tabs become four spaces, white space at both ends goes.
  static func normalized(_ sql: String) -> String {
    let text =
      sql.contains(byte: 0x09)
      ? sql.utf8.split(separator: 0x09, omittingEmptySubsequences: false).map { Substring($0) }
        .joined(separator: "    ") : sql
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    let end = scalars.index(after: last)
    return first == text.startIndex && end == text.endIndex ? text : String(text[first..<end])
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
  }

  private static func execute(
    _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    var reader = try ArgumentReader(call, operation: "execute")
    guard let value = reader.value("sqltext") else { throw NotRenderable("op.execute()") }
    reader.ignore("execution_options")
    try reader.finish()
    try emit(value, parameters: nil, at: call.range, interpreter)
  }

  private static func bulkInsert(
    _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    do {
      try insertRows(call, interpreter)
    } catch {
      guard case .model(let table as TableModel)? = call.argument(0, "table") else { throw error }
      var error = error
      error.form = "INSERT INTO \(table.qualifiedName) DEFAULT VALUES"
      throw error
    }
  }

  private static func insertRows(
    _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    var reader = try ArgumentReader(call, operation: "bulk_insert")
    switch reader.value("rows") {
    case .none?, .tuple?, .dictionary?, .string?:
      throw NotRenderable(raising: "TypeError", "List expected")
    default: break
    }
    guard case .model(let table as TableModel)? = reader.value("table"),
      let rows = reader.value("rows").flatMap(ElementMethods.elements)
    else {
      for value in call.positional {
        if case .unknown(let unknown) = value { throw NotRenderable(unknown.reason) }
      }
      throw NotRenderable("op.bulk_insert()")
    }
    reader.ignore("multiinsert")
    try reader.finish()
    switch rows.first {
    case .none?, .tuple?, .list?, .string?:
      throw NotRenderable(raising: "TypeError", "List of dictionaries expected")
    default: break
    }
    // What is told of strings is the same for all rows with strings in the same columns.
    var told: Set<[String]> = []
    for row in rows {
      if interpreter.budget.isExhausted {
        throw NotRenderable(OpaqueReason(.budget, "a very large op.bulk_insert()"))
      }
      let row = try DataStatement.row(row)
      var strings: [String] = []
      for entry in row {
        switch entry.value {
        case .model(let element as any SQLElement) where !(element is LiteralElement):
          throw NotRenderable("an expression in op.bulk_insert()")
        case .string: strings.append(entry.name)
        default: break
        }
      }
      try emit(tellsStrings: told.insert(strings).inserted, at: call.range, interpreter) {
        rendering throws(NotRenderable) in
        try DataStatement.bulkInsertion(into: table, row, rendering)
      }
    }
  }

  private static func createTable(
    _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value {
    var reader = try ArgumentReader(call, operation: "create_table")
    let name = try reader.required("table_name")
    let schema = try reader.string("schema")
    let items = try TableItems(call.positional.dropFirst(), "op.create_table()")
    var table = TableDefinition(
      name: name, schema: schema, columns: items.columns, constraints: items.constraints,
      indexes: items.indexes, interpreter: interpreter)
    let ifNotExists = try reader.flag("if_not_exists") ?? false
    let comment = try reader.string("comment")
    let suffix = try TableSuffix.text(&reader)
    let prefixes = try reader.strings("prefixes") ?? []
    switch reader.value("info") {
    case nil, Value.none?: break
    case .dictionary(let info)?: table.info = info
    case .unknown?: if !interpreter.hooks.isEmpty { throw NotRenderable("op.create_table(info=…)") }
    default: throw NotRenderable("op.create_table(info=…)")
    }
    reader.ignore(
      "listeners", "extend_existing", "keep_existing", "postgresql_ignore_search_path")
    try reader.finish()
    try emitTable(
      table, comment: comment, ifNotExists: ifNotExists, suffix: suffix, prefixes: prefixes,
      at: call.range, interpreter)
    let model = TableModel(
      name: name, schema: schema, columns: table.columns, isFull: true, interpreter)
    model.keyNames = table.primaryKey.columns
    model.constraints = items.constraints
    model.indexes = items.indexes
    model.comment = comment
    (model.prefixes, model.suffix) = (prefixes, suffix)
    return .model(model)
  }

  /// CREATE TYPE, CREATE TABLE, indexes and comments of a table.
  static func emitTable(
    _ table: TableDefinition, comment: String?, ifNotExists: Bool = false, suffix: String = "",
    prefixes: [String] = [], types: TypeCreation = .ofMigration, checksFirst: Bool = false,
    at range: SourceRange, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    let creation = try table.creation(
      ifNotExists: ifNotExists, suffix: suffix, prefixes: prefixes)
    if table.columns.contains(where: \.type.createsDomain) {
      throw NotRenderable("a DOMAIN that its table creates")
    }
    var statements: [String] = []
    for enumeration in table.enumerations {
      switch types {
      case .ofMigration:
        let name = enumeration.formattedName
        guard interpreter.sqlalchemy.createdTypes.insert(name).inserted else { continue }
      case .ofTable: break
      case .none: continue
      }
      guard let text = enumeration.creation else {
        throw NotRenderable("the labels of \(enumeration.name)")
      }
      statements.append(text)
    }
    statements.append(creation)
    for index in table.indexes {
      statements.append(
        try index.creation(
          on: table.name, schema: table.schema, ifNotExists: false, convention: table.convention))
    }
    if let comment {
      statements.append("COMMENT ON TABLE \(table.qualifiedName) IS \(Literals.string(comment))")
    }
    for column in table.columns {
      guard let comment = column.comment else { continue }
      statements.append(
        "COMMENT ON COLUMN \(table.qualifiedName).\(Identifiers.quoted(column.name)) IS "
          + Literals.string(comment))
    }
    let hooks = interpreter.hooks
    let listened = hooks.isEmpty ? nil : table.model(interpreter)
    if let listened { hooks.run("before_create", of: listened, at: range, interpreter) }
    for statement in statements {
      interpreter.emit(statement, at: range, checksFirst: checksFirst)
    }
    if let listened { hooks.run("after_create", of: listened, at: range, interpreter) }
  }
}

/// Which enum types a table that is created brings along.
enum TypeCreation {
  /// Those that no table of the migration has brought (`op.create_table`).
  case ofMigration
  /// All of its own (`Table.create`).
  case ofTable
  case none
}

/// The arguments of `op.create_table` by kind.
struct TableItems {
  var columns: [ColumnModel] = []
  var constraints: [ConstraintModel] = []
  var indexes: [IndexModel] = []

  init(_ values: some Sequence<Value>, _ what: String) throws(NotRenderable) {
    for value in values {
      switch value {
      case .model(let column as ColumnModel): columns.append(column)
      case .model(let constraint as ConstraintModel): constraints.append(constraint)
      case .model(let index as IndexModel): indexes.append(index)
      case .model(let metadata as MetadataModel) where metadata.naming == nil: break
      case .unknown(let unknown): throw NotRenderable(unknown.reason)
      default: throw NotRenderable("an argument of \(what)")
      }
    }
  }
}

/// What stands after the columns of a table: partitioning, inheritance, tablespace.
enum TableSuffix {
  /// In the order of SQLAlchemy's `post_create_table`.
  static func text(_ reader: inout ArgumentReader) throws(NotRenderable) -> String {
    var parts: [String] = []
    if let tables = try reader.strings("postgresql_inherits") {
      parts.append("\n INHERITS ( \(tables.map(Identifiers.quoted).joined(separator: ", ")) )")
    }
    if let key = try reader.string("postgresql_partition_by") {
      parts.append("\n PARTITION BY \(key)")
    }
    if let method = try reader.string("postgresql_using") { parts.append("\n USING \(method)") }
    if let hasIdentifiers = try reader.flag("postgresql_with_oids") {
      parts.append(hasIdentifiers ? "\n WITH OIDS" : "\n WITHOUT OIDS")
    }
    if let options = try reader.string("postgresql_on_commit") {
      let words = options.split(separator: "_").joined(separator: " ").uppercased()
      parts.append("\n ON COMMIT \(words)")
    }
    if let space = try reader.string("postgresql_tablespace") {
      parts.append("\n TABLESPACE \(Identifiers.quoted(space))")
    }
    return parts.joined()
  }
}

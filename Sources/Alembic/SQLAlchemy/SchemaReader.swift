// Calls such as `Column(…)` and `ForeignKeyConstraint(…)` into the items of a schema.

enum SchemaReader {
  /// `Column("name", Type, …)` or `Column(name=…, type_=…)`.
  static func column(
    _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> ColumnModel {
    var reader = try ArgumentReader(call, "Column")
    var items = call.positional[...]
    var name = try reader.string("name")
    var typeValue = reader.value("type_")
    if name == nil, let first = items.first, case .model(let conv as ConventionName) = first {
      name = conv.name
      items.removeFirst()
    } else if name == nil, let first = items.first, case .string(let text) = first {
      name = text
      items.removeFirst()
    }
    if typeValue == nil, let first = items.first, isType(first) {
      typeValue = first
      items.removeFirst()
    }
    guard let name else { throw NotRenderable("Column() without a name") }
    let column = ColumnModel(
      name: name,
      type: try typeValue.map(columnType) ?? SQLType("NullType", nil, .inferred))
    for item in items { try add(item, to: column) }
    try readKeywords(&reader, column)
    try reader.finish()
    return column
  }

  private static func columnType(_ value: Value) throws(NotRenderable) -> SQLType {
    if case .unknown(let unknown) = value { return .unknown(unknown.reason) }
    return try TypeTable.type(of: value)
  }

  private static func isType(_ value: Value) -> Bool {
    switch value {
    case .model(let model): model is TypeModel || model is ConfiguredType
    case .library: true
    case .unknown: true
    default: false
    }
  }

  private static func add(_ item: Value, to column: ColumnModel) throws(NotRenderable) {
    switch item {
    case .model(let key as ForeignKeyModel): column.foreignKeys.append(key)
    case .model(let constraint as ConstraintModel): column.checks.append(constraint)
    case .model(let identity as IdentityModel): column.identity = identity
    case .model(let computed as ComputedModel): column.computed = computed
    case .model(let sequence as SequenceModel):
      column.hasPythonDefault = column.hasPythonDefault || !sequence.isOptional
      column.sqlDefault = item
    case .none: break
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: throw NotRenderable("an argument of Column(\(column.name))")
    }
  }

  private static func readKeywords(
    _ reader: inout ArgumentReader, _ column: ColumnModel
  ) throws(NotRenderable) {
    column.isNullable = try reader.flag("nullable")
    // None is false, unlike an argument that is left out.
    if reader.value("nullable")?.isNone == true { column.isNullable = false }
    column.isPrimaryKey = try reader.flag("primary_key") ?? false
    column.isIndexed = try reader.flag("index") ?? false
    column.isUnique = try reader.flag("unique") ?? false
    column.comment = try reader.string("comment")
    column.givenKey = try reader.string("key")
    if let value = reader.value("default"), case .none = value {
    } else {
      let value = reader.value("default")
      column.hasPythonDefault = column.hasPythonDefault || value != nil
      if case .model? = value { column.sqlDefault = value }
    }
    if let value = reader.value("server_default") {
      if case .none = value {} else { try setDefault(value, of: column) }
    }
    switch reader.value("autoincrement") {
    case nil: break
    case .boolean(let flag)?: column.autoincrement = flag ? .yes : .no
    case .string("auto")?: break
    case .string("ignore_fk")?: column.autoincrement = .ignoreForeignKey
    default: throw NotRenderable("Column(autoincrement=…)")
    }
    if let value = reader.value("onupdate") {
      if case .none = value {} else { column.hasUpdateDefault = true }
    }
    column.isSystem = try reader.flag("system") ?? false
    try reader.refuse("quote")
    reader.ignore("doc", "info", "server_onupdate", "sort_order")
  }

  private static func setDefault(_ value: Value, of column: ColumnModel) throws(NotRenderable) {
    switch value {
    case .model(let identity as IdentityModel): column.identity = identity
    case .model(let computed as ComputedModel): column.computed = computed
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: column.serverDefault = value
    }
  }

  static func foreignKey(_ call: CallArguments) throws(NotRenderable) -> ForeignKeyModel {
    var reader = try ArgumentReader(call, of: "ForeignKey")
    let target: String
    if case .model(let column as ColumnModel)? = reader.value("column"), let table = column.table {
      if table.name.contains(".") { throw NotRenderable(TableColumns.dotted) }
      target = (table.schema.map { $0 + "." } ?? "") + "\(table.name).\(column.name)"
    } else {
      target = try reader.required("column")
    }
    let model = ForeignKeyModel(
      target: target, options: try references(&reader), name: try reader.givenName("name"),
      usesAlter: try reader.flag("use_alter") ?? false)
    reader.ignore("link_to_name", "info", "comment")
    try reader.finish()
    return model
  }

  static func references(
    _ reader: inout ArgumentReader
  ) throws(NotRenderable) -> ReferenceOptions {
    ReferenceOptions(
      onUpdate: try reader.string("onupdate"), onDelete: try reader.string("ondelete"),
      match: try reader.string("match"), deferrable: try reader.flag("deferrable"),
      initially: try reader.string("initially"),
      isNotValid: try reader.flag("postgresql_not_valid") ?? false)
  }

  static func constraint(
    _ className: String, _ call: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> ConstraintModel {
    var reader = try ArgumentReader(call, of: className)
    let creation = interpreter.sqlalchemy.nextCreation()
    let kind: ConstraintModel.Kind
    switch className {
    case "PrimaryKeyConstraint": kind = .primaryKey(try columns(call.positional))
    case "UniqueConstraint":
      kind = .unique(
        try columns(call.positional),
        nullsNotDistinct: try reader.flag("postgresql_nulls_not_distinct"))
    case "CheckConstraint":
      guard let condition = call.argument(0, "sqltext") else {
        throw NotRenderable("CheckConstraint() without a condition")
      }
      reader.ignore("sqltext")
      kind = .check(try expression(condition))
    case "ForeignKeyConstraint":
      guard let local = call.argument(0, "columns"), let remote = call.argument(1, "refcolumns")
      else { throw NotRenderable("ForeignKeyConstraint() without columns") }
      reader.ignore("columns", "refcolumns")
      kind = try .references(
        ArgumentReader.strings(local, className), to: ArgumentReader.strings(remote, className))
    case "ExcludeConstraint": kind = try exclusion(call.positional, &reader)
    default: throw NotRenderable(className)
    }
    let model = ConstraintModel(
      kind, name: try reader.givenName("name"), creation: creation)
    model.options = try references(&reader)
    model.usesAlter = try reader.flag("use_alter") ?? false
    model.including = try reader.strings("postgresql_include") ?? []
    if case .exclude = model.kind {
      model.excluded = call.positional.compactMap {
        if case .string(let name)? = ElementMethods.elements(of: $0)?.first { name } else { nil }
      }
    }
    reader.ignore("info", "comment", "table", "link_to_name")
    try reader.finish()
    return model
  }

  /// `EXCLUDE USING gist (a WITH =)`: the elements are pairs of an expression and an operator.
  static func exclusion(
    _ elements: some Sequence<Value>, _ reader: inout ArgumentReader
  ) throws(NotRenderable) -> ConstraintModel.Kind {
    let method = try reader.string("using") ?? "gist"
    let operators = try IndexModel.operatorClasses(reader.value("ops"))
    var texts: [String] = []
    for element in elements {
      guard let pair = ElementMethods.elements(of: element), pair.count == 2 else {
        if case .unknown(let unknown) = element { throw NotRenderable(unknown.reason) }
        throw NotRenderable("an element of an exclusion constraint")
      }
      if case .model(is TextClause) = pair[0] {
        throw NotRenderable("a text() in an exclusion constraint")
      }
      let symbol = try ArgumentReader.string(pair[1], "an operator of an exclusion constraint")
      let part = try IndexModel.text(of: pair[0], operators, isGrouped: false)
      texts.append("\(part) WITH \(symbol)")
    }
    var text = "EXCLUDE USING \(method.lowercased()) (\(texts.joined(separator: ", ")))"
    if let condition = reader.value("where"), !condition.isNone {
      text += " WHERE (\(try expression(condition)))"
    }
    return .exclude(text)
  }

  private static func columns(_ values: [Value]) throws(NotRenderable) -> [String] {
    var names: [String] = []
    for value in values {
      if case .model(let column as ColumnModel) = value {
        names.append(column.name)
      } else {
        names.append(try ArgumentReader.string(value, "a column of a constraint"))
      }
    }
    return names
  }

  /// A condition: text as it is, or an expression with columns without their table.
  static func expression(_ value: Value) throws(NotRenderable) -> String {
    switch value {
    case .string(let text): return try TextClause(text).sql(Rendering(includesTable: false))
    case .model(let element as any SQLElement):
      return try element.sql(Rendering(includesTable: false))
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: throw NotRenderable("an expression")
    }
  }

  static func identity(_ call: CallArguments) throws(NotRenderable) -> IdentityModel {
    var reader = try ArgumentReader(call, of: "Identity")
    let isAlways = try reader.flag("always") ?? false
    let options = try sequenceOptions(&reader)
    reader.ignore("on_null", "order")
    try reader.finish()
    return IdentityModel(isAlways: isAlways, options: options)
  }

  /// By parameter, in the order of SQLAlchemy's `get_identity_options`.
  static func sequenceOptions(
    _ reader: inout ArgumentReader
  ) throws(NotRenderable) -> [(name: String, text: String)] {
    var parts: [(name: String, text: String)] = []
    let numbers = [
      ("increment", "INCREMENT BY"), ("start", "START WITH"), ("minvalue", "MINVALUE"),
      ("maxvalue", "MAXVALUE"),
    ]
    for (name, words) in numbers {
      if let value = try reader.integer(name) { parts.append((name, "\(words) \(value)")) }
    }
    if try reader.flag("nominvalue") != nil { parts.append(("nominvalue", "NO MINVALUE")) }
    if try reader.flag("nomaxvalue") != nil { parts.append(("nomaxvalue", "NO MAXVALUE")) }
    if let value = try reader.integer("cache") { parts.append(("cache", "CACHE \(value)")) }
    if let value = try reader.flag("cycle") {
      parts.append(("cycle", value ? "CYCLE" : "NO CYCLE"))
    }
    return parts
  }

  static func computed(_ call: CallArguments) throws(NotRenderable) -> ComputedModel {
    var reader = try ArgumentReader(call, of: "Computed")
    guard let value = reader.value("sqltext") else { throw NotRenderable("Computed()") }
    if try reader.flag("persisted") == false { throw NotRenderable("Computed(persisted=False)") }
    try reader.finish()
    return ComputedModel(try expression(value))
  }

  static func index(_ call: CallArguments) throws(NotRenderable) -> IndexModel {
    var reader = try ArgumentReader(call, of: "Index")
    let name = try reader.givenName("name")
    let isUnique = try reader.flag("unique") ?? false
    let options = call.keywords.filter { $0.name.hasPrefix("postgresql_") }
    for option in options { reader.ignore(option.name) }
    try reader.refuse("quote")
    reader.ignore("info")
    try reader.finish()
    return IndexModel(
      name: name, elements: Array(call.positional.dropFirst()), isUnique: isUnique,
      options: options)
  }

  /// `table("name", column("a", Type), …)` and `Table("name", MetaData(), Column(…), …)`.
  static func table(
    _ call: CallArguments, isFull: Bool, _ interpreter: Interpreter
  ) throws(NotRenderable) -> TableModel {
    var reader =
      try isFull
      ? ArgumentReader(call, of: "Table") : ArgumentReader(call, "table", ["name"])
    let name = try reader.required("name")
    var columns: [ColumnModel] = []
    var keyNames: [String] = []
    var constraints: [ConstraintModel] = []
    var indexes: [IndexModel] = []
    var metadata: MetadataModel?
    for item in call.positional.dropFirst() {
      switch item {
      case .model(let column as ColumnModel): columns.append(column)
      case .model(let constraint as ConstraintModel) where isFull:
        if case .primaryKey(let names) = constraint.kind { keyNames = names }
        constraints.append(constraint)
      case .model(let index as IndexModel) where isFull: indexes.append(index)
      case .model(let given as MetadataModel) where isFull: metadata = given
      case .unknown(let unknown): throw NotRenderable(unknown.reason)
      default: throw NotRenderable("an argument of a table")
      }
    }
    let schema = try reader.string("schema") ?? metadata?.schema
    let comment = try reader.string("comment")
    reader.ignore("extend_existing", "keep_existing", "autoload", "autoload_with")
    let info = reader.value("info")
    if let value = call.keyword("autoload_with") ?? call.keyword("autoload"), !value.isNone {
      throw NotRenderable(OpaqueReason(.databaseRead, "the columns of \(name)"))
    }
    try reader.finish()
    if isFull, call.keyword("extend_existing") == nil, call.keyword("keep_existing") == nil {
      try TableColumns(name, schema, columns).check(constraints, indexes)
    }
    let table = TableModel(
      name: name, schema: schema, columns: columns, isFull: isFull, interpreter)
    table.keyNames = keyNames
    table.constraints = constraints
    table.indexes = indexes
    table.comment = comment
    table.metadata = metadata
    if case .dictionary(let dictionary)? = info { table.info = dictionary }
    metadata?.register(table, interpreter)
    return table
  }

  /// `column("name", Type)`.
  static func lightColumn(_ call: CallArguments) throws(NotRenderable) -> ColumnModel {
    var reader = try ArgumentReader(call, "column", ["text", "type_"])
    let name = try reader.required("text")
    let type = try reader.value("type_").map(columnType)
    try reader.finish()
    return ColumnModel(name: name, type: type ?? SQLType("NullType", nil, .inferred))
  }
}

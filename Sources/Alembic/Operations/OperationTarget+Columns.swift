// The operations on columns: add_column, drop_column, alter_column.

extension OperationTarget {
  func addColumn() throws(NotRenderable) {
    var reader = try reader()
    let table = try table(&reader)
    let schema = try schema(&reader)
    guard let value = reader.value("column") else { throw NotRenderable("add_column()") }
    guard case .model(let column as ColumnModel) = value else {
      if case .unknown(let unknown) = value { throw NotRenderable(unknown.reason) }
      throw NotRenderable("the column of add_column()")
    }
    let ifNotExists = try reader.flag("if_not_exists") ?? false
    let hasInlineReferences = try reader.flag("inline_references") == true
    let hasInlineKey = try reader.flag("inline_primary_key") == true
    for position in [reader.value("insert_before"), reader.value("insert_after")] {
      guard let position, !position.isNone else { continue }
      if case .unknown(let unknown) = position { throw NotRenderable(unknown.reason) }
      // Alembic refuses when the batch ends: ALTER TABLE cannot place a column.
      throw NotRenderable("insert_before and insert_after of add_column()")
    }
    try reader.finish()
    let hasNothingBeside = name == "add_geospatial_column"
    let definition = definition(table, schema, [column])
    let references = hasInlineReferences ? try inlineReferences(of: column) : nil
    var statements = [
      "\(alterTable(table, schema)) ADD COLUMN \(ifNotExists ? "IF NOT EXISTS " : "")"
        + (try definition.specification(
          of: column,
          following: (hasInlineKey && column.isPrimaryKey ? " PRIMARY KEY" : "")
            + (references ?? "")))
    ]
    if hasNothingBeside {
      emit(statements[0])
      return
    }
    for constraint in definition.constraints {
      if references != nil, case .foreignKey = constraint.kind { continue }
      statements.append(
        "ALTER TABLE \(definition.qualifiedName) ADD \(try definition.text(of: constraint))")
    }
    for index in definition.indexes {
      statements.append(
        try index.creation(
          on: table, schema: schema, ifNotExists: false, convention: definition.convention))
    }
    if let comment = column.comment {
      statements.append(
        "COMMENT ON COLUMN \(definition.qualifiedName).\(Identifiers.quoted(column.name)) IS "
          + Literals.string(comment))
    }
    let hint = OperationHint(
      schema: schema, table: table, column: column.name, hasPythonDefault: column.hasPythonDefault)
    emit(statements[0], hints: column.hasPythonDefault ? [hint] : [])
    for statement in statements.dropFirst() { emit(statement) }
  }

  /// `REFERENCES` inside of the column, where it has one foreign key.
  private func inlineReferences(of column: ColumnModel) throws(NotRenderable) -> String? {
    guard column.foreignKeys.count == 1, let key = column.foreignKeys.first else { return nil }
    let (table, columns) = try TableDefinition.reference([key.target])
    return " REFERENCES \(table) (\(TableDefinition.list(columns)))"
      + TableDefinition.options(key.options)
  }

  func dropColumn() throws(NotRenderable) {
    var reader = try reader()
    let table = try table(&reader)
    let column = try reader.required("column_name")
    let schema = try schema(&reader)
    let ifExists = try reader.flag("if_exists") ?? false
    try reader.finish()
    emit(
      "\(alterTable(table, schema)) DROP COLUMN \(ifExists ? "IF EXISTS " : "")"
        + Identifiers.quoted(column))
  }

  func alterColumn() throws(NotRenderable) {
    var reader = try reader()
    let table = try table(&reader)
    guard let given = reader.value("column_name") else {
      throw NotRenderable("alter_column() without column_name")
    }
    let schema = try schema(&reader)
    let change = try ColumnChange(&reader)
    if reader.value("name") != nil {
      let implementation =
        batch != nil
        ? "alembic.operations.batch.BatchOperationsImpl" : "alembic.ddl.postgresql.PostgresqlImpl"
      throw NotRenderable(
        raising: "TypeError",
        "\(implementation).alter_column() got multiple values for keyword argument 'name'")
    }
    // Without a change the name is not asked for, whatever it is.
    if case .model(is ColumnModel) = given, change.isEmpty { return }
    let column = try ArgumentReader.string(given, "alter_column(column_name=…)")
    // Other arguments reach no part of Alembic that reads them.
    let head = alterTable(table, schema)
    let alter = "\(head) ALTER COLUMN \(Identifiers.quoted(column))"
    var statements: [String] = []
    for constraint in checks(of: change.oldType, column, table, schema) {
      let definition = definition(table, schema)
      guard
        let name = try definition.convention.name(
          constraint.name, definition.subject(of: constraint))
      else {
        throw NotRenderable(raising: "CompileError", NamingConvention.noName)
      }
      statements.append(
        "ALTER TABLE \(definition.qualifiedName) DROP CONSTRAINT \(Identifiers.quoted(name))")
    }
    if let type = change.type {
      if let new = change.newType { try interpreter.hooks.refuseCompiled(new.className) }
      let using = change.using.map { " USING \($0)" } ?? ""
      statements.append("\(alter) TYPE \(type)\(using)")
    }
    if let nullable = change.nullable {
      statements.append("\(alter) \(nullable ? "DROP" : "SET") NOT NULL")
    }
    switch change.serverDefault {
    case .notGiven: break
    case .dropped: statements.append("\(alter) DROP DEFAULT")
    case .set(let text): statements.append("\(alter) SET DEFAULT \(text)")
    case .identity(let text): statements.append("\(alter) \(text)")
    }
    if let comment = change.comment {
      let qualified = Identifiers.qualified(table, schema: schema)
      statements.append(
        "COMMENT ON COLUMN \(qualified).\(Identifiers.quoted(column)) IS "
          + (comment.text.map(Literals.string) ?? "NULL"))
    }
    if let name = change.newName {
      statements.append(
        "\(head) RENAME \(Identifiers.quoted(column)) TO \(Identifiers.quoted(name))")
    }
    for constraint in checks(of: change.newType, column, table, schema) {
      let definition = definition(table, schema)
      statements.append(
        "ALTER TABLE \(definition.qualifiedName) ADD \(try definition.text(of: constraint))")
    }
    let hint = OperationHint(
      schema: schema, table: table, column: column, existingType: change.existingType,
      existingNullable: change.existingNullable, existingDefault: change.existingDefault)
    for statement in statements { emit(statement, hints: [hint]) }
  }
}

extension OperationTarget {
  /// The constraints that a column of a type brings along: of an enum without a type of its own.
  private func checks(
    of type: SQLType?, _ column: String, _ table: String, _ schema: String?
  ) -> [ConstraintModel] {
    guard let type else { return [] }
    return definition(table, schema, [ColumnModel(name: column, type: type)]).constraints
  }
}

/// What `alter_column` changes, and what it says of the column as it is.
private struct ColumnChange {
  enum Default {
    case notGiven, dropped
    case set(String)
    /// `ADD GENERATED …`, `SET …`, `DROP IDENTITY`
    case identity(String)
  }
  struct Comment { var text: String? }
  var type: String?
  var using: String?
  var nullable: Bool?
  var serverDefault = Default.notGiven
  var comment: Comment?
  var newName: String?
  var existingType: String?
  var existingNullable: Bool?
  var existingDefault: String?
  /// The types whose CHECK constraints go and come with the change.
  var oldType: SQLType?
  var newType: SQLType?

  var isEmpty: Bool {
    guard case .notGiven = serverDefault else { return false }
    return type == nil && nullable == nil && comment == nil && newName == nil
  }

  init(_ reader: inout ArgumentReader) throws(NotRenderable) {
    nullable = try reader.flag("nullable")
    newName = try reader.string("new_column_name")
    using = try reader.string("postgresql_using")
    if let value = reader.value("type_") {
      if case .none = value {
      } else {
        let found = try TypeTable.type(of: value)
        type = try found.text()
        newType = found
      }
    }
    if using != nil, type == nil { throw NotRenderable("postgresql_using without type_") }
    let oldDefault = reader.value("existing_server_default")
    switch reader.value("server_default") {
    case nil, .boolean(false)?: break
    case let value?: serverDefault = try Self.serverDefault(value, oldDefault)
    }
    switch reader.value("comment") {
    case nil, .boolean(false)?: break
    case .none?: comment = Comment(text: nil)
    case let value?: comment = Comment(text: try ArgumentReader.string(value, "comment"))
    }
    if let value = reader.value("existing_type"), let found = try? TypeTable.type(of: value) {
      existingType = found.ddl
      if type != nil { oldType = found }
    }
    existingNullable = try? reader.flag("existing_nullable")
    switch oldDefault {
    case nil, .boolean?, .none?, .unknown?, .model(is IdentityModel)?, .model(is ComputedModel)?:
      break
    case let value?: existingDefault = try? TableDefinition.serverDefault(value)
    }
  }

  private static func serverDefault(
    _ value: Value, _ old: Value?
  ) throws(NotRenderable) -> Default {
    switch (value, old) {
    case (.model(is ComputedModel), _), (_, .model(is ComputedModel)?):
      throw NotRenderable("alter_column() to or from Computed")
    case (.none, .model(is IdentityModel)?): return .identity("DROP IDENTITY")
    case (.model(let identity as IdentityModel), .model(let old as IdentityModel)?):
      guard let change = identity.change(from: old) else {
        throw NotRenderable("alter_column() from one Identity to another")
      }
      return .identity(change)
    case (.model(let identity as IdentityModel), nil),
      (.model(let identity as IdentityModel), .none?):
      return .identity("ADD \(identity.text)")
    case (.model(is IdentityModel), _), (_, .model(is IdentityModel)?):
      throw NotRenderable("alter_column() to or from Identity")
    case (.none, _): return .dropped
    default: return .set(try TableDefinition.serverDefault(value))
    }
  }
}

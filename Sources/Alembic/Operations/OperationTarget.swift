// The operations on one table, called on `op` or inside `batch_alter_table`.

/// One call of an operation: its arguments with or without the table in front.
struct OperationTarget {
  let name: String
  let call: CallArguments
  let interpreter: Interpreter
  let batch: BatchModel?

  init(
    _ name: String, _ call: CallArguments, _ interpreter: Interpreter, _ batch: BatchModel?
  ) {
    self.name = name
    self.call = call
    self.interpreter = interpreter
    self.batch = batch
  }

  /// A reader of the parameters; inside a batch there is none for the table.
  private func reader() throws(NotRenderable) -> ArgumentReader {
    try ArgumentReader(call, operation: name, isBatch: batch != nil)
  }

  private func table(
    _ reader: inout ArgumentReader, _ parameter: String = "table_name"
  ) throws(NotRenderable) -> String {
    if let batch { return batch.table }
    return try reader.required(parameter)
  }

  private func schema(
    _ reader: inout ArgumentReader, _ parameter: String = "schema"
  ) throws(NotRenderable) -> String? {
    guard let batch else { return try reader.string(parameter) }
    reader.ignore(parameter)
    // These put the batch's in its place; the others pass both on.
    if call.keyword(parameter) != nil,
      name != "create_unique_constraint", name != "create_exclude_constraint"
    {
      let type = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      throw NotRenderable(
        raising: "TypeError",
        "alembic.operations.ops.\(type.joined())Op() got multiple values for keyword argument "
          + "'\(parameter)'")
    }
    return batch.schema
  }

  private func emit(_ sql: String, hints: [OperationHint] = []) {
    interpreter.emit(sql, at: call.range, hints: hints)
  }

  /// Alembic quotes each part of a dotted schema by itself.
  private func alterTable(_ table: String, _ schema: String?) -> String {
    guard let schema, !schema.isEmpty else { return "ALTER TABLE \(Identifiers.quoted(table))" }
    let parts = schema.split(separator: ".", omittingEmptySubsequences: false)
    return "ALTER TABLE " + parts.map { Identifiers.quoted(String($0)) }.joined(separator: ".")
      + "." + Identifiers.quoted(table)
  }

  private func definition(
    _ table: String, _ schema: String?, _ columns: [ColumnModel] = []
  ) -> TableDefinition {
    TableDefinition(
      name: table, schema: schema, columns: columns, constraints: [], indexes: [],
      interpreter: interpreter)
  }
}

// MARK: - Columns

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

// MARK: - Indexes and constraints

extension OperationTarget {
  func createIndex() throws(NotRenderable) {
    var reader = try reader()
    let name = try reader.givenName("index_name")
    let table = try table(&reader)
    let schema = try schema(&reader)
    guard let columns = reader.value("columns") else { throw NotRenderable("create_index()") }
    if case .unknown(let unknown) = columns { throw NotRenderable(unknown.reason) }
    let elements: [Value]
    if case .string(let text) = columns {
      elements = text.unicodeScalars.map { .string(String($0)) }
    } else {
      elements = ElementMethods.elements(of: columns) ?? [columns]
    }
    let isUnique = try reader.flag("unique") ?? false
    let ifNotExists = try reader.flag("if_not_exists") ?? false
    let options = call.keywords.filter { $0.name.hasPrefix("postgresql_") }
    for option in options { reader.ignore(option.name) }
    try reader.refuse("quote")
    reader.ignore("info")
    try reader.finish()
    try TableColumns.checkUnique(
      elements.compactMap(TableColumns.name(of:)), in: table,
      advice:
        " Specify replace_existing=True to Table.append_column() to replace an existing column.")
    let index = IndexModel(name: name, elements: elements, isUnique: isUnique, options: options)
    emit(
      try index.creation(
        on: table, schema: schema, ifNotExists: ifNotExists,
        convention: interpreter.namingConvention))
  }

  func dropIndex() throws(NotRenderable) {
    var reader = try reader()
    if name == "drop_geospatial_index" { reader.ignore("column_name") }
    let given = try reader.givenName("index_name")
    if batch == nil { _ = try reader.string("table_name") }
    let schema = try schema(&reader)
    let ifExists = try reader.flag("if_exists") ?? false
    let options = call.keywords.filter { $0.name.hasPrefix("postgresql_") }
    for option in options { reader.ignore(option.name) }
    try reader.refuse("quote")
    try reader.refuse("columns")
    reader.ignore("unique", "info")
    try reader.finish()
    let index = IndexModel(name: given, elements: [], isUnique: false, options: options)
    let subject = NamingConvention.Subject(key: "ix", table: "", columns: [])
    let convention = interpreter.namingConvention
    if case .none = given { throw NotRenderable("drop_index() without a name") }
    guard let name = try convention.name(given, subject) else { return }
    let concurrently = try index.flag("concurrently") == true
    emit(
      "DROP INDEX \(concurrently ? "CONCURRENTLY " : "")\(ifExists ? "IF EXISTS " : "")"
        + Identifiers.qualified(name, schema: schema))
  }

  private func add(
    _ constraint: ConstraintModel, to table: String, _ schema: String?
  ) throws(NotRenderable) {
    let definition = definition(table, schema)
    try interpreter.hooks.refuseCompiled("AddConstraint")
    definition.attach(constraint)
    emit("ALTER TABLE \(definition.qualifiedName) ADD \(try definition.text(of: constraint))")
  }

  private func constraint(_ kind: ConstraintModel.Kind, _ name: GivenName) -> ConstraintModel {
    ConstraintModel(kind, name: name, creation: interpreter.sqlalchemy.nextCreation())
  }

  func createForeignKey() throws(NotRenderable) {
    var reader = try reader()
    let name = try reader.givenName("constraint_name")
    let table = try table(&reader, "source_table")
    let referent = try reader.required("referent_table")
    guard let local = try reader.columnNames("local_cols"),
      let remote = try reader.columnNames("remote_cols")
    else { throw NotRenderable("create_foreign_key() without columns") }
    let schema = try schema(&reader, "source_schema")
    let referentSchema = try reader.string("referent_schema")
    let prefix = (referentSchema.map { $0 + "." } ?? "") + referent + "."
    if referent != table || referentSchema != schema {
      try TableColumns.checkUnique(remote, in: referent)
    }
    let constraint = constraint(try .references(local, to: remote.map { prefix + $0 }), name)
    if referent.contains(".") {
      // Alembic makes a table of that name, which is then found under what looks like a schema.
      if (schema.map { $0 + "." } ?? "") + table == referent {
        throw NotRenderable(TableColumns.dotted)
      }
      if case .none = name, referentSchema != nil { throw NotRenderable(TableColumns.dotted) }
      constraint.referent = (Identifiers.qualified(referent, schema: referentSchema), remote)
    }
    constraint.options = try SchemaReader.references(&reader)
    reader.ignore("use_alter", "link_to_name")
    try reader.finish()
    try add(constraint, to: table, schema)
  }

  func createUniqueConstraint() throws(NotRenderable) {
    var reader = try reader()
    let name = try reader.givenName("constraint_name")
    let table = try table(&reader)
    let schema = try schema(&reader)
    guard let columns = try reader.columnNames("columns"), !columns.isEmpty else {
      throw NotRenderable("create_unique_constraint() without columns")
    }
    try TableColumns.checkUnique(columns, in: table)
    let constraint = constraint(
      .unique(columns, nullsNotDistinct: try reader.flag("postgresql_nulls_not_distinct")), name)
    constraint.options = try SchemaReader.references(&reader)
    constraint.including = try reader.strings("postgresql_include") ?? []
    // The table that Alembic makes up for the constraint has only its columns.
    guard constraint.including.allSatisfy(columns.contains) else {
      throw NotRenderable("create_unique_constraint(postgresql_include=…) of another column")
    }
    try reader.finish()
    try add(constraint, to: table, schema)
  }

  func createPrimaryKey() throws(NotRenderable) {
    var reader = try reader()
    let name = try reader.givenName("constraint_name")
    let table = try table(&reader)
    let schema = try schema(&reader)
    guard let columns = try reader.columnNames("columns"), !columns.isEmpty else {
      throw NotRenderable("create_primary_key() without columns")
    }
    try TableColumns.checkUnique(columns, in: table)
    try reader.finish()
    try add(constraint(.primaryKey(columns), name), to: table, schema)
  }

  func createCheckConstraint() throws(NotRenderable) {
    var reader = try reader()
    let name = try reader.givenName("constraint_name")
    let table = try table(&reader)
    let schema = try schema(&reader)
    guard let condition = reader.value("condition") else {
      throw NotRenderable("create_check_constraint() without a condition")
    }
    let constraint = constraint(.check(try SchemaReader.expression(condition)), name)
    constraint.options = try SchemaReader.references(&reader)
    try reader.finish()
    try add(constraint, to: table, schema)
  }

  func createExcludeConstraint() throws(NotRenderable) {
    var reader = try reader()
    let name = try reader.givenName("constraint_name")
    let table = try table(&reader)
    let schema = try schema(&reader)
    let elements = call.positional.dropFirst(batch == nil ? 2 : 1)
    let constraint = constraint(try SchemaReader.exclusion(elements, &reader), name)
    constraint.options = try SchemaReader.references(&reader)
    try reader.finish()
    try add(constraint, to: table, schema)
  }

  func dropConstraint() throws(NotRenderable) {
    var reader = try reader()
    let given = try reader.givenName("constraint_name")
    let table = try table(&reader)
    let schema = try schema(&reader)
    let type = try reader.string("type_")
    if let type, !["check", "foreignkey", "primary", "unique"].contains(type) {
      throw NotRenderable(
        raising: "TypeError",
        "'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None")
    }
    let ifExists = try reader.flag("if_exists") ?? false
    try reader.finish()
    try interpreter.hooks.refuseCompiled("DropConstraint")
    let kind: ConstraintModel.Kind? =
      switch type {
      case "foreignkey": .foreignKey([], targets: [])
      case "primary": .primaryKey([])
      case "unique": .unique([], nullsNotDistinct: nil)
      case "check": .check("")
      default: nil
      }
    // Without a name, the convention makes one of what is known: the table.
    var subject = NamingConvention.Subject(key: "", table: table, columns: [])
    var name = given
    if let kind {
      let definition = definition(table, schema)
      let constraint = constraint(kind, given)
      definition.attach(constraint)
      if let doubt = constraint.doubt { throw doubt }
      subject = try definition.subject(of: constraint)
      name = constraint.name
    }
    if case .none = name,
      let refusal = interpreter.namingConvention.refusal(toNameKind: subject.key)
    {
      throw NotRenderable.unnamedDrop(on: table, schema, raising: refusal)
    }
    guard let name = try interpreter.namingConvention.name(name, subject) else {
      throw NotRenderable.unnamedDrop(
        on: table, schema, raising: ("CompileError", NamingConvention.noName))
    }
    emit(
      "ALTER TABLE \(Identifiers.qualified(table, schema: schema)) DROP CONSTRAINT "
        + (ifExists ? "IF EXISTS " : "") + Identifiers.quoted(name))
  }
}

extension NotRenderable {
  /// The drop of a constraint that neither the migration nor the naming convention gives a name.
  fileprivate static func unnamedDrop(
    on table: String, _ schema: String?, raising exception: (type: String, message: String)
  ) -> NotRenderable {
    var error = NotRenderable(raising: exception.type, exception.message)
    error.unnamedOn = (schema, table)
    return error
  }
}

// MARK: - Tables

extension OperationTarget {
  func dropTable() throws(NotRenderable) {
    var reader = try reader()
    let table = try table(&reader)
    let schema = try schema(&reader)
    let ifExists = try reader.flag("if_exists") ?? false
    try reader.finish()
    try interpreter.hooks.refuseCompiled("DropTable")
    emit(
      "DROP TABLE \(ifExists ? "IF EXISTS " : "")\(Identifiers.qualified(table, schema: schema))")
  }

  func renameTable() throws(NotRenderable) {
    var reader = try reader()
    let old = try reader.required("old_table_name")
    let new = try reader.required("new_table_name")
    let schema = try schema(&reader)
    try reader.finish()
    emit("\(alterTable(old, schema)) RENAME TO \(Identifiers.quoted(new))")
  }

  func tableComment() throws(NotRenderable) {
    let isDrop = name == "drop_table_comment"
    var reader = try reader()
    let table = try table(&reader)
    let schema = try schema(&reader)
    let comment = isDrop ? nil : try reader.string("comment")
    reader.ignore("existing_comment")
    try reader.finish()
    emit(
      "COMMENT ON TABLE \(Identifiers.qualified(table, schema: schema)) IS "
        + (comment.map(Literals.string) ?? "NULL"))
  }
}

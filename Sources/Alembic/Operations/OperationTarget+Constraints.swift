// The operations on indexes and constraints.

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

// An index into CREATE INDEX, as SQLAlchemy's PostgreSQL compiler writes it.

extension IndexModel {
  /// The text of CREATE INDEX on a table.
  func creation(
    on table: String, schema: String?, ifNotExists: Bool, convention: NamingConvention
  ) throws(NotRenderable) -> String {
    let columnNames = elements.compactMap { element -> String? in
      switch element {
      case .string(let name): name
      case .model(let column as ColumnModel): column.name
      case .model(let text as TextClause): text.source
      default: nil
      }
    }
    let subject = NamingConvention.Subject(
      key: "ix", table: table, schema: schema, columns: columnNames, isUnique: isUnique)
    if case .none = self.name, columnNames.count < elements.count {
      throw NotRenderable("an index of an expression without a name")
    }
    guard let name = try convention.name(self.name, subject) else {
      throw NotRenderable("an index without a name")
    }
    var text = "CREATE \(isUnique ? "UNIQUE " : "")INDEX "
    if try flag("concurrently") == true { text += "CONCURRENTLY " }
    if ifNotExists { text += "IF NOT EXISTS " }
    text += "\(Identifiers.quoted(name)) ON \(Identifiers.qualified(table, schema: schema)) "
    if let using = try string("using") { text += "USING \(using.lowercased()) " }
    text += "(\(try elementTexts().joined(separator: ", ")))"
    let columns = try including
    if !columns.isEmpty { text += " INCLUDE (\(TableDefinition.list(columns)))" }
    if let distinct = try flag("nulls_not_distinct") {
      text += distinct ? " NULLS NOT DISTINCT" : " NULLS DISTINCT"
    }
    if let with = option("with"), !with.isNone { text += try withClause(with) }
    if let tablespace = try string("tablespace") {
      text += " TABLESPACE \(Identifiers.quoted(tablespace))"
    }
    if let condition = option("where"), !condition.isNone {
      text += " WHERE " + (try SchemaReader.expression(condition))
    }
    let known: Set<String> = [
      "concurrently", "using", "include", "nulls_not_distinct", "with", "tablespace", "where",
      "ops",
    ]
    for option in options where !known.contains(String(option.name.dropFirst("postgresql_".count)))
    {
      throw NotRenderable("an index with \(option.name)")
    }
    return text
  }

  /// What `postgresql_include` names.
  var including: [String] {
    get throws(NotRenderable) {
      guard let include = option("include"), !include.isNone else { return [] }
      return try ArgumentReader.strings(include, "postgresql_include")
    }
  }

  /// The table of the columns that it is made of.
  var table: TableModel? {
    for case .model(let column as ColumnModel) in elements {
      if let table = column.table { return table }
    }
    return nil
  }

  /// DROP INDEX of one with a name of its own.
  func removal(
    from table: TableModel, ifExists: Bool, _ convention: NamingConvention
  ) throws(NotRenderable) -> String {
    let subject = NamingConvention.Subject(key: "ix", table: table.name, columns: [])
    guard case .none = name else {
      guard let name = try convention.name(name, subject) else {
        throw NotRenderable("an index without a name")
      }
      return "DROP INDEX \(try flag("concurrently") == true ? "CONCURRENTLY " : "")"
        + (ifExists ? "IF EXISTS " : "") + Identifiers.qualified(name, schema: table.schema)
    }
    throw NotRenderable("an index without a name")
  }

  private func elementTexts() throws(NotRenderable) -> [String] {
    let operators = try Self.operatorClasses(option("ops"))
    var texts: [String] = []
    for element in elements { texts.append(try Self.text(of: element, operators)) }
    return texts
  }

  /// `{"column": "text_pattern_ops"}`
  static func operatorClasses(_ value: Value?) throws(NotRenderable) -> [String: String] {
    guard let value, !value.isNone else { return [:] }
    guard case .dictionary(let dictionary) = value, dictionary.taint == nil else {
      throw NotRenderable("postgresql_ops")
    }
    var result: [String: String] = [:]
    for entry in dictionary.entries {
      let key = try ArgumentReader.string(entry.key, "postgresql_ops")
      result[key] = try ArgumentReader.string(entry.value, "postgresql_ops")
    }
    return result
  }

  /// An element of an index or exclusion constraint, with its operator class.
  static func text(
    of element: Value, _ operators: [String: String], isGrouped: Bool = true
  ) throws(NotRenderable) -> String {
    let text: String
    var key: String?
    switch element {
    case .string(let name): (text, key) = (Identifiers.quoted(name), name)
    case .model(let conv as ConventionName): text = Identifiers.quoted(conv.name)
    case .model(let column as ColumnModel):
      (text, key) = (Identifiers.quoted(column.name), column.name)
    case .model(let expression as any SQLElement):
      let rendering = Rendering(includesTable: false)
      text =
        isGrouped
        ? try expression.grouped(rendering, against: nil) : try expression.sql(rendering)
      key = (expression as? LabelElement)?.name ?? (expression as? TextClause)?.source
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: throw NotRenderable("an element of an index")
    }
    return text + (key.flatMap { operators[$0] }.map { " " + $0 } ?? "")
  }

  private func withClause(_ value: Value) throws(NotRenderable) -> String {
    guard case .dictionary(let dictionary) = value, dictionary.taint == nil else {
      throw NotRenderable("postgresql_with")
    }
    var parts: [String] = []
    for entry in dictionary.entries {
      let name = try ArgumentReader.string(entry.key, "postgresql_with")
      switch entry.value {
      case .string(let text): parts.append("\(name) = \(text)")
      case .integer(let number): parts.append("\(name) = \(number)")
      default: throw NotRenderable("postgresql_with")
      }
    }
    return parts.isEmpty ? "" : " WITH (\(parts.joined(separator: ", ")))"
  }

  private func option(_ name: String) -> Value? {
    options.last { $0.name == "postgresql_" + name }?.value
  }

  func flag(_ name: String) throws(NotRenderable) -> Bool? {
    switch option(name) {
    case nil, .none?: return nil
    case .boolean(let flag)?: return flag
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("postgresql_\(name)")
    }
  }

  private func string(_ name: String) throws(NotRenderable) -> String? {
    guard let value = option(name), !value.isNone else { return nil }
    return try ArgumentReader.string(value, "postgresql_\(name)")
  }
}

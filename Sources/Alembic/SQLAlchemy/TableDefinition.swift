// A table with its items into CREATE TABLE and what follows it, as SQLAlchemy's DDL compiler writes it.

/// What belongs to a table that is created, or to a column that is added.
struct TableDefinition {
  var name: String
  var schema: String?
  var columns: [ColumnModel]
  var constraints: [ConstraintModel]
  var indexes: [IndexModel]
  /// `info=`, which functions of `@compiles` ask.
  var info: DictionaryObject?
  let convention: NamingConvention
  private let interpreter: Interpreter
  private let hooks: Hooks

  var qualifiedName: String { Identifiers.qualified(name, schema: schema) }

  /// Takes up what columns say of themselves: UNIQUE, FOREIGN KEY, CHECK, indexes, the primary key.
  init(
    name: String, schema: String?, columns: [ColumnModel], constraints: [ConstraintModel],
    indexes: [IndexModel], convention: NamingConvention? = nil, interpreter: Interpreter
  ) {
    self.name = name
    self.schema = schema
    self.columns = columns
    self.constraints = constraints
    self.indexes = indexes
    self.convention = convention ?? interpreter.namingConvention
    self.interpreter = interpreter
    hooks = interpreter.hooks
    let state = interpreter.sqlalchemy
    for column in columns where column.type.enumeration?.inheritsSchema == true {
      column.type.enumeration?.schema = schema
      column.type.ddl = column.type.enumeration?.formattedName
    }
    for column in columns {
      if column.isIndexed {
        self.indexes.append(
          IndexModel(
            name: .none, elements: [.string(column.name)], isUnique: column.isUnique, options: []))
      } else if column.isUnique {
        self.constraints.append(
          ConstraintModel(
            .unique([column.key], nullsNotDistinct: nil), name: .none,
            creation: state.nextCreation()))
      }
      if let index = column.type.spatialIndex {
        self.indexes.append(IndexModel(index, of: column.name, in: name))
      }
      if let labels = column.type.checkedLabels {
        let list = labels.map(Literals.string).joined(separator: ", ")
        let name = column.type.constraintName.map(GivenName.plain) ?? .none
        self.constraints.append(
          ConstraintModel(
            .check("\(Identifiers.quoted(column.name)) IN (\(list))"), name: name,
            creation: state.nextCreation()))
      }
      for key in column.foreignKeys {
        let constraint = ConstraintModel(
          .foreignKey([column.key], targets: [key.target]), name: key.name,
          creation: state.nextCreation())
        constraint.options = key.options
        constraint.usesAlter = key.usesAlter
        self.constraints.append(constraint)
      }
    }
    if hooks.isEmpty { return }
    for constraint in self.constraints { attach(constraint) }
  }

  /// A constraint becomes one of the table: listeners of the project hear of it.
  func attach(_ constraint: ConstraintModel) {
    if hooks.isEmpty { return }
    hooks.attached(constraint, to: model(interpreter), interpreter)
  }

  /// The table as listeners of the project see it.
  func model(_ interpreter: Interpreter) -> TableModel {
    let copies = columns.map { ColumnModel(name: $0.name, type: $0.type) }
    let table = TableModel(name: name, schema: schema, columns: copies, isFull: true, interpreter)
    table.info = info
    return table
  }

  /// The columns of the primary key, from the constraint or from the columns' flags.
  var primaryKey: (constraint: ConstraintModel?, columns: [String]) {
    // The last one that is given replaces the others.
    let names = TableColumns(name, schema, columns)
    for constraint in constraints.reversed() {
      if case .primaryKey(let keys) = constraint.kind, !keys.isEmpty {
        return (constraint, names.named(keys))
      }
    }
    let named = constraints.last { if case .primaryKey = $0.kind { true } else { false } }
    return (named, columns.filter(\.isPrimaryKey).map(\.name))
  }

  func isPrimaryKey(_ column: ColumnModel) -> Bool {
    column.isPrimaryKey || primaryKey.columns.contains(column.name)
  }

  /// The column that PostgreSQL numbers (`PrimaryKeyConstraint._autoincrement_column`).
  func isSerial(_ column: ColumnModel) -> Bool {
    let key = primaryKey.columns
    guard key.contains(column.name), column.identity == nil, !column.hasPythonDefault,
      column.type.integerSize != nil
    else { return false }
    if key.count > 1 { return column.autoincrement == .yes }
    switch column.autoincrement {
    case .no: return false
    case .yes: return true
    case .auto, .ignoreForeignKey:
      let refers = constraints.contains {
        if case .foreignKey(let columns, _) = $0.kind {
          columns.contains(column.key)
        } else {
          false
        }
      }
      return column.serverDefault == nil && column.computed == nil
        && (!refers || column.autoincrement == .ignoreForeignKey)
    }
  }

  /// `name TYPE DEFAULT x NOT NULL CHECK (…)`.
  func specification(
    of column: ColumnModel, following: String = ""
  ) throws(NotRenderable) -> String {
    var parts = [try plainSpecification(of: column) + following]
    for constraint in column.checks { parts.append(try self.text(of: constraint)) }
    return parts.joined(separator: " ")
  }

  private func plainSpecification(of column: ColumnModel) throws(NotRenderable) -> String {
    try hooks.refuseCompiled("CreateColumn", column.type.className)
    var text = Identifiers.quoted(column.name)
    if isSerial(column) {
      switch column.type.integerSize {
      case 8?: text += " BIGSERIAL"
      case 2?: text += " SMALLSERIAL"
      default: text += " SERIAL"
      }
    } else {
      if let listener = column.type.listener { throw NotRenderable(listener) }
      text += " " + (try column.type.text())
      if let value = column.serverDefault {
        text += " DEFAULT " + (try Self.serverDefault(value))
      }
    }
    if let computed = column.computed { text += " " + computed.text }
    if let identity = column.identity { text += " " + identity.text }
    let isNullable = column.isNullable ?? (!isPrimaryKey(column) && column.identity == nil)
    if !isNullable, column.identity == nil { text += " NOT NULL" }
    if isNullable, column.identity != nil { text += " NULL" }
    return text
  }

  static func serverDefault(_ value: Value) throws(NotRenderable) -> String {
    switch value {
    case .string(let text): return Literals.string(text)
    case .model(let conv as ConventionName): return Literals.string(conv.name)
    case .instance(let instance):
      // Such as a member of an enumeration of strings.
      guard case .string(let text)? = instance.primitive else {
        throw NotRenderable("server_default=…")
      }
      return Literals.string(text)
    case .model(let element as any SQLElement):
      return try element.sql(Rendering())
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: throw NotRenderable("server_default=…")
    }
  }

  /// The text of CREATE TABLE, without the semicolon.
  func creation(
    ifNotExists: Bool, suffix: String, prefixes: [String]
  ) throws(NotRenderable) -> String {
    let names = TableColumns(name, schema, columns)
    try names.check(constraints, indexes)
    try names.checkReferences(constraints)
    var parts: [String] = []
    for column in columns where !column.isSystem { parts.append(try specification(of: column)) }
    let (primary, keyColumns) = primaryKey
    if !keyColumns.isEmpty {
      let constraint =
        primary ?? ConstraintModel(.primaryKey(keyColumns), name: .none, creation: 0)
      let ordered =
        primary == nil
        ? keyColumns.filter { name in columns.contains { $0.name == name && isSerial($0) } }
          + keyColumns.filter { name in columns.contains { $0.name == name && !isSerial($0) } }
        : keyColumns
      parts.append(try text(of: constraint, primaryKeyColumns: ordered))
    }
    for constraint in constraints.sorted(by: { $0.creation < $1.creation })
    where !constraint.usesAlter {
      if case .primaryKey = constraint.kind { continue }
      if case .unique(let columns, _) = constraint.kind, columns.isEmpty { continue }
      parts.append(try text(of: constraint))
    }
    let head = (["CREATE"] + prefixes + ["TABLE "]).joined(separator: " ")
    let body = parts.isEmpty ? "" : "\n    " + parts.joined(separator: ", \n    ")
    let plain =
      head + (ifNotExists ? "IF NOT EXISTS " : "") + qualifiedName + " (\(body)\n)" + suffix
    return try hooks.creation(plain, of: self, interpreter)
  }

  /// `CONSTRAINT name UNIQUE (a, b)` and the like.
  func text(
    of constraint: ConstraintModel, primaryKeyColumns: [String]? = nil
  ) throws(NotRenderable) -> String {
    if let doubt = constraint.doubt { throw doubt }
    let own = try hooks.text(of: constraint, interpreter) { () throws(NotRenderable) in
      try plainText(of: constraint, primaryKeyColumns)
    }
    if let own { return own }
    return try plainText(of: constraint, primaryKeyColumns)
  }

  private func plainText(
    of constraint: ConstraintModel, _ primaryKeyColumns: [String]?
  ) throws(NotRenderable) -> String {
    let name = try convention.name(constraint.name, subject(of: constraint))
    var text = name.map { "CONSTRAINT \(Identifiers.quoted($0)) " } ?? ""
    switch constraint.kind {
    case .primaryKey(let columns):
      text += "PRIMARY KEY (\(Self.list(primaryKeyColumns ?? named(columns))))"
      text += include(constraint)
    case .unique(let columns, let nullsNotDistinct):
      let nulls = nullsNotDistinct.map { $0 ? "NULLS NOT DISTINCT " : "NULLS DISTINCT " } ?? ""
      text += "UNIQUE \(nulls)(\(Self.list(named(columns))))" + include(constraint)
    case .check(let condition): text += "CHECK (\(condition))"
    case .foreignKey(let columns, let targets):
      let (table, referred) =
        if let known = constraint.referent { known } else { try Self.reference(targets) }
      text +=
        "FOREIGN KEY(\(Self.list(named(columns)))) REFERENCES \(table) (\(Self.list(referred)))"
    case .exclude(let definition): text += definition
    }
    return text + Self.options(constraint.options)
  }

  private func named(_ keys: [String]) -> [String] {
    TableColumns(name, schema, columns).named(keys)
  }

  private func include(_ constraint: ConstraintModel) -> String {
    constraint.including.isEmpty ? "" : " INCLUDE (\(Self.list(constraint.including)))"
  }

  func subject(of constraint: ConstraintModel) throws(NotRenderable) -> NamingConvention.Subject {
    switch constraint.kind {
    case .primaryKey(let columns):
      return .init(
        key: "pk", table: name, schema: schema,
        columns: columns.isEmpty ? primaryKey.columns : columns)
    case .unique(let columns, _):
      return .init(key: "uq", table: name, schema: schema, columns: columns)
    case .check: return .init(key: "ck", table: name, schema: schema, columns: [])
    case .exclude: return .init(key: "ex", table: name, schema: schema, columns: [])
    case .foreignKey(let columns, let targets):
      let parts = targets.map { $0.parts.map(String.init) }
      let referred = parts.first.flatMap { $0.count >= 2 ? $0[$0.count - 2] : nil }
      return .init(
        key: "fk", table: name, schema: schema, columns: columns, referredTable: referred)
    }
  }

  static func reference(
    _ targets: [String]
  ) throws(NotRenderable) -> (table: String, columns: [String]) {
    var table: String?
    var columns: [String] = []
    for target in targets {
      let parts = target.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count >= 2, let column = parts.last else {
        throw NotRenderable("the foreign key target '\(target)'")
      }
      let schema = parts.count > 2 ? parts.dropLast(2).joined(separator: ".") : nil
      let name = Identifiers.qualified(parts[parts.count - 2], schema: schema)
      guard table == nil || table == name else {
        throw NotRenderable("a foreign key to two tables")
      }
      table = name
      columns.append(column)
    }
    guard let table else { throw NotRenderable("a foreign key without columns") }
    return (table, columns)
  }

  static func options(_ options: ReferenceOptions) -> String {
    var text = ""
    if let match = options.match { text += " MATCH \(match)" }
    if let action = options.onDelete { text += " ON DELETE \(action)" }
    if let action = options.onUpdate { text += " ON UPDATE \(action)" }
    if let deferrable = options.deferrable {
      text += deferrable ? " DEFERRABLE" : " NOT DEFERRABLE"
    }
    if let initially = options.initially { text += " INITIALLY \(initially)" }
    return text + (options.isNotValid ? " NOT VALID" : "")
  }

  static func list(_ names: [String]) -> String {
    names.map(Identifiers.quoted).joined(separator: ", ")
  }

  /// Enum types that the table's columns bring along, each once.
  var enumerations: [EnumType] {
    var seen: Set<String> = []
    return columns.compactMap(\.type.enumeration).filter {
      $0.createType && !$0.hasMetadata && seen.insert($0.formattedName).inserted
    }
  }
}

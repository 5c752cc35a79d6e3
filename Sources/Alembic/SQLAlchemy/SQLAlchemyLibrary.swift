// The names of SQLAlchemy, Alembic and libraries around them that are modelled, and what calls of them yield.

/// What an import can reach of the libraries that are modelled.
enum SQLAlchemyLibrary {
  private static let packages: Set<String> = [
    "sqlalchemy", "alembic", "sqlmodel", "sqlalchemy_utils", "geoalchemy2", "pgvector", "citext",
    "sqlalchemy_citext", "alembic_utils", "alembic_postgresql_enum", "fastapi_users_db_sqlalchemy",
    "geoalchemy2",
  ]

  /// Whether a dotted name lies in a library that is modelled here.
  static func owns(_ path: String) -> Bool {
    packages.contains(String(path.prefix { $0 != "." }))
  }

  /// The one spelling of a name, such as `sqlalchemy.String` for `sqlalchemy.types.String`; nil if the
  /// name is not modelled.
  static func canonical(_ path: String) -> LibraryName? {
    if modules.contains(path) { return LibraryName(path) }
    guard let dot = path.lastIndex(of: ".") else { return nil }
    let parent = String(path[..<dot])
    let name = String(path[path.index(after: dot)...])
    guard let first = name.unicodeScalars.first else { return nil }
    switch parent {
    case "alembic.op": return LibraryName(path)
    case "sqlalchemy.func", "sqlalchemy.sql.func", "sqlalchemy.sql.expression.func":
      return LibraryName("sqlalchemy.func.\(name)")
    default: break
    }
    if parent.hasPrefix("sqlalchemy.dialects.") {
      let dialect = parent.split(separator: ".")[2]
      return first.properties.isUppercase || name == "array" || name == "insert"
        ? LibraryName("sqlalchemy.dialects.\(dialect).\(name)") : nil
    }
    if parent == "sqlalchemy" || coreModules.contains(parent) {
      return names.contains(name) || first.properties.isUppercase
        ? LibraryName("sqlalchemy.\(name)") : nil
    }
    if parent.hasPrefix("sqlmodel") {
      if name == "AutoString" || name == "GUID" { return LibraryName("sqlmodel.\(name)") }
      return first.properties.isUppercase ? LibraryName("sqlalchemy.\(name)") : nil
    }
    if parent.hasPrefix("sqlalchemy_utils") { return LibraryName("sqlalchemy_utils.\(name)") }
    return first.properties.isUppercase ? LibraryName(path) : nil
  }

  private static let modules: Set<String> = [
    "sqlalchemy", "sqlalchemy.sql", "sqlalchemy.types", "sqlalchemy.schema", "sqlalchemy.dialects",
    "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.oracle", "sqlalchemy.sql.expression",
    "sqlalchemy.sql.sqltypes", "sqlalchemy.sql.functions", "sqlalchemy.sql.schema",
    "sqlalchemy.sql.elements", "sqlalchemy.orm", "sqlalchemy.engine", "sqlalchemy.exc",
    "sqlalchemy.func", "alembic", "alembic.op", "alembic.context", "sqlmodel", "sqlmodel.sql",
    "sqlmodel.sql.sqltypes", "sqlalchemy_utils", "sqlalchemy_utils.types", "geoalchemy2",
    "pgvector", "pgvector.sqlalchemy", "citext", "sqlalchemy.dialects.postgresql.json",
    "sqlalchemy.dialects.postgresql.base", "sqlalchemy.dialects.postgresql.array",
  ]
  private static let coreModules: Set<String> = [
    "sqlalchemy.types", "sqlalchemy.schema", "sqlalchemy.sql", "sqlalchemy.sql.expression",
    "sqlalchemy.sql.sqltypes", "sqlalchemy.sql.schema", "sqlalchemy.sql.elements",
    "sqlalchemy.sql.functions",
  ]
  private static let names: Set<String> = [
    "text", "func", "column", "table", "true", "false", "null", "and_", "or_", "not_", "literal",
    "literal_column", "bindparam", "cast", "insert", "update", "delete", "select", "desc", "asc",
    "inspect", "conv", "quoted_name", "now", "types", "sql", "schema", "dialects", "case", "exists",
  ]

  /// What a name stands for where that is an object and not something to call.
  static func value(of name: LibraryName) -> Value? {
    switch name.path {
    case "sqlalchemy.func": .model(FunctionNamespace(""))
    case "alembic.context": .model(EnvironmentContextModel())
    default: nil
    }
  }

  static func attribute(
    _ library: LibraryName, _ name: String, _ interpreter: Interpreter
  ) -> Value? {
    if name == "__name__" {
      return .string(library.path.split(separator: ".").last.map(String.init) ?? library.path)
    }
    return nil
  }

  /// An attribute that a class of the project inherits from a library's class.
  static func classAttribute(
    _ type: ClassObject, _ name: String, _ interpreter: Interpreter
  ) -> Value? { nil }

  /// Whether statements can be emitted through a model.
  static func mayEmit(_ model: any ModelObject) -> Bool {
    model is ConnectionModel || model is BatchModel || model is MigrationContextModel
      || model is EnvironmentContextModel
  }

  /// Calls a library's function or class; nil if it is not modelled.
  static func call(
    _ name: LibraryName, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    let path = name.path
    if path.utf8.starts(with: "alembic.op.".utf8) {
      return try Operations.call(
        String(path.dropFirst("alembic.op.".count)), arguments, interpreter)
    }
    do {
      return try construct(path, arguments, interpreter)
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }

  /// An instance of a project's class that derives from a library's: a TypeDecorator by its `impl`.
  static func instantiate(
    _ type: ClassObject, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    let bases = type.allLibraryBases
    guard bases.contains(where: { owns($0.path) }) else { return nil }
    if bases.contains(where: { $0.path == "sqlalchemy.TypeDecorator" }) {
      return decorated(type, arguments, interpreter)
    }
    if type.lookup("__init__") == nil, type.lookup("get_col_spec") == nil {
      for base in bases {
        if let known = try? TypeTable.type(base.path, TypeArguments(arguments)) {
          return .model(TypeModel(known))
        }
      }
    }
    return interpreter.unknown(.unsupportedCall, "\(type.name)()", at: arguments.range)
  }

  /// A TypeDecorator is written as its `impl`, with the arguments of its own call, unless it decides
  /// by the dialect or has an `__init__` of its own.
  private static func decorated(
    _ type: ClassObject, _ arguments: CallArguments, _ interpreter: Interpreter
  ) -> Value {
    let isSimple = type.lookup("load_dialect_impl") == nil && type.lookup("__init__") == nil
    if isSimple, let implementation = type.lookup("impl") {
      switch implementation {
      case .library(let name):
        if let known = try? TypeTable.type(name.path, TypeArguments(arguments)) {
          return .model(TypeModel(known))
        }
      case .model(let model as TypeModel) where arguments.positional.isEmpty:
        return .model(model)
      default: break
      }
    }
    return interpreter.unknown(.unsupportedCall, "\(type.name)()", at: arguments.range)
  }

  private static func construct(
    _ path: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value? {
    guard path.utf8.starts(with: "sqlalchemy.".utf8) else { return try type(path, arguments) }
    switch path.dropFirst("sqlalchemy.".count) {
    case "Column": return .model(try SchemaReader.column(arguments, interpreter))
    case "ForeignKey": return .model(try SchemaReader.foreignKey(arguments))
    case "PrimaryKeyConstraint", "UniqueConstraint", "CheckConstraint", "ForeignKeyConstraint":
      let name = String(path.dropFirst("sqlalchemy.".count))
      return .model(try SchemaReader.constraint(name, arguments, interpreter))
    case "Index": return .model(try SchemaReader.index(arguments))
    case "Identity": return .model(try SchemaReader.identity(arguments))
    case "Computed": return .model(try SchemaReader.computed(arguments))
    case "MetaData":
      return arguments.keyword("schema") == nil ? .model(MetadataModel()) : nil
    case "Table": return .model(try SchemaReader.table(arguments, isFull: true))
    case "table", "TableClause": return .model(try SchemaReader.table(arguments, isFull: false))
    case "column": return .model(try SchemaReader.lightColumn(arguments))
    case "DefaultClause":
      return arguments.positional.first
    default: return try expression(path, arguments, interpreter)
    }
  }

  private static func expression(
    _ path: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value? {
    var reader = try ArgumentReader(arguments, path, ["value", "type_"])
    switch path.dropFirst("sqlalchemy.".count) {
    case "text":
      guard let value = arguments.argument(0, "text") else { return nil }
      return .model(TextClause(try ArgumentReader.string(value, "text(…)")))
    case "true": return .model(TextElement("true", typeName: "True_", type: boolean))
    case "false": return .model(TextElement("false", typeName: "False_", type: boolean))
    case "null": return .model(TextElement("NULL", typeName: "Null"))
    case "literal_column":
      guard let value = arguments.argument(0, "text") else { return nil }
      return .model(
        TextElement(try ArgumentReader.string(value, path), typeName: "ColumnClause"))
    case "literal":
      guard let value = reader.value("value") else { return nil }
      let type = try reader.value("type_").map { value throws(NotRenderable) in
        try TypeTable.type(of: value)
      }
      return .model(
        TextElement(try Literals.render(value, as: type), typeName: "BindParameter", type: type))
    case "bindparam":
      guard let name = arguments.positional.first,
        let value = arguments.argument(1, "value")
      else { return nil }
      let type = try arguments.argument(2, "type_").map { value throws(NotRenderable) in
        try TypeTable.type(of: value)
      }
      return .model(BindParameter(try ArgumentReader.string(name, path), value, type))
    case "and_", "or_":
      return Operators.junction(path.hasSuffix("and_") ? "AND" : "OR", arguments.positional)
        .map { .model($0) }
    case "cast":
      guard arguments.positional.count == 2 else { return nil }
      let type = try TypeTable.type(of: arguments.positional[1])
      let inner = try Literals.render(arguments.positional[0], as: nil)
      return .model(
        TextElement("CAST(\(inner) AS \(try type.text()))", typeName: "Cast", type: type))
    case "insert", "update", "delete":
      guard case .model(let table as TableModel)? = arguments.positional.first else { return nil }
      let name = String(path.dropFirst("sqlalchemy.".count))
      return Statements.start(name, on: table, CallArguments(range: arguments.range), interpreter)
    case "conv":
      guard let name = arguments.positional.first else { return nil }
      return .model(ConventionName(try ArgumentReader.string(name, path)))
    case "now": return .model(FunctionElement("now", []))
    default: return try type(path, arguments)
    }
  }

  private static let boolean = SQLType("Boolean", "BOOLEAN", .boolean)

  private static func type(
    _ path: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> Value? {
    if let rest = arguments.unknownRest { throw NotRenderable(rest.reason) }
    return try TypeTable.type(path, TypeArguments(arguments)).map { .model(TypeModel($0)) }
  }
}

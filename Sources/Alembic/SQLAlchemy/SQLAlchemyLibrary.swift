// The names of SQLAlchemy, Alembic and libraries around them that are modelled, and what calls of them yield.

import SourceText

/// What an import can reach of the libraries that are modelled.
enum SQLAlchemyLibrary {
  private static let packages: Set<String> = [
    "sqlalchemy", "alembic", "sqlmodel", "sqlalchemy_utils", "geoalchemy2", "pgvector", "citext",
    "sqlalchemy_citext", "alembic_utils", "alembic_postgresql_enum", "fastapi_users_db_sqlalchemy",
    "oslo_db", "sqlalchemy_jsonfield", "sqlalchemy_json", "alembic_postgresql_enum",
    "advanced_alchemy",
  ]

  /// Bases that add nothing which an evaluation would see.
  static func isTransparentBase(_ name: LibraryName) -> Bool {
    name.path.hasPrefix("alembic.operations.") && name.path.hasSuffix(".MigrateOperation")
  }

  /// Whether a dotted name lies in a library that is modelled here.
  static func owns(_ path: String) -> Bool {
    packages.contains(String(LibraryName(path).top))
  }

  /// Whether a dotted name is one of them or of a module of theirs that is modelled, whatever the project has
  /// under that name.
  static func holds(_ path: String) -> Bool { owns(path) && canonical(path) != nil }

  /// The one spelling of a name, such as `sqlalchemy.String` for `sqlalchemy.types.String`; nil if the
  /// name is not modelled.
  static func canonical(_ path: String) -> LibraryName? {
    if modules.contains(path) { return LibraryName(path) }
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let parent = String(path[..<dot])
    let name = String(path[path.index(after: dot)...])
    guard let first = name.unicodeScalars.first else { return nil }
    switch parent {
    case "alembic.op", "alembic.context": return LibraryName(path)
    case "alembic.op._proxy": return LibraryName("alembic.op.\(name)")
    case "sqlalchemy.inspection": return canonical("sqlalchemy.\(name)")
    case "sqlalchemy.orm.session": return canonical("sqlalchemy.orm.\(name)")
    case "sqlalchemy.sql.ddl": return LibraryName("sqlalchemy.\(name)")
    case "sqlalchemy.orm" where ormNames.contains(name): return LibraryName(path)
    case "sqlalchemy.ext.declarative", "sqlalchemy.orm.decl_api":
      return canonical("sqlalchemy.orm.\(name)")
    case "sqlalchemy.orm.declared_attr" where name == "directive": return LibraryName(parent)
    case "sqlalchemy.func", "sqlalchemy.sql.func", "sqlalchemy.sql.expression.func":
      return LibraryName("sqlalchemy.func.\(name)")
    case "sqlalchemy.sql.functions" where FunctionElement.hasClass(name):
      return LibraryName("sqlalchemy.func.\(name)")
    default: break
    }
    if parent.hasPrefix("sqlalchemy.dialects.") {
      let dialect = parent.parts[2]
      return first.isUppercase || ["array", "insert", "dialect"].contains(name)
        ? LibraryName("sqlalchemy.dialects.\(dialect).\(name)") : nil
    }
    if parent == "sqlalchemy" || coreModules.contains(parent) {
      return first.isUppercase || names.contains(name)
        ? LibraryName("sqlalchemy.\(name)") : nil
    }
    if parent.hasPrefix("sqlmodel") {
      if name == "AutoString" || name == "GUID" { return LibraryName("sqlmodel.\(name)") }
      return first.isUppercase ? LibraryName("sqlalchemy.\(name)") : nil
    }
    if parent.hasPrefix("sqlalchemy_utils") { return LibraryName("sqlalchemy_utils.\(name)") }
    if inspectors.contains(path) { return LibraryName(path) }
    if name == "as_mutable" { return LibraryName("sqlalchemy.ext.mutable.Mutable.as_mutable") }
    if parent == "alembic.operations.Operations" || parent == "alembic.operations.BatchOperations"
      || path == "sqlalchemy.ext.compiler.compiles" || parent == "sqlalchemy.event"
    {
      return LibraryName(path)
    }
    // Of the libraries around SQLAlchemy a module is as good as a class.
    let top = path.firstPart
    return first.isUppercase || top != "sqlalchemy" && top != "alembic"
      ? LibraryName(path) : nil
  }

  private static let modules: Set<String> = [
    "sqlalchemy", "sqlalchemy.sql", "sqlalchemy.types", "sqlalchemy.schema", "sqlalchemy.dialects",
    "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.oracle", "sqlalchemy.sql.expression",
    "sqlalchemy.sql.sqltypes", "sqlalchemy.sql.functions", "sqlalchemy.sql.schema",
    "sqlalchemy.sql.elements", "sqlalchemy.orm", "sqlalchemy.orm.session", "sqlalchemy.sql.ddl",
    "sqlalchemy.engine", "sqlalchemy.engine.reflection", "sqlalchemy.inspection",
    "sqlalchemy.exc", "sqlalchemy.event",
    "sqlalchemy.func", "alembic", "alembic.op", "alembic.context", "alembic.operations",
    "alembic.operations.ops", "sqlmodel", "sqlmodel.sql",
    "sqlmodel.sql.sqltypes", "sqlalchemy_utils", "sqlalchemy_utils.types", "geoalchemy2",
    "pgvector", "pgvector.sqlalchemy", "citext", "sqlalchemy.ext", "sqlalchemy.ext.compiler",
    "sqlalchemy.ext.mutable", "sqlalchemy.ext.declarative", "sqlalchemy.orm.decl_api", "oslo_db",
    "oslo_db.sqlalchemy", "oslo_db.sqlalchemy.types",
    "sqlalchemy_jsonfield", "sqlalchemy_json", "sqlalchemy.dialects.postgresql.json",
    "sqlalchemy.dialects.postgresql.base", "sqlalchemy.dialects.postgresql.array",
  ]
  private static let coreModules: Set<String> = [
    "sqlalchemy.types", "sqlalchemy.schema", "sqlalchemy.sql", "sqlalchemy.sql.expression",
    "sqlalchemy.sql.sqltypes", "sqlalchemy.sql.schema", "sqlalchemy.sql.elements",
    "sqlalchemy.sql.functions",
  ]
  private static let ormNames: Set<String> = [
    "sessionmaker", "scoped_session", "declarative_base", "declared_attr", "mapped_column",
    "relationship",
  ]
  private static let names: Set<String> = [
    "text", "func", "column", "table", "true", "false", "null", "and_", "or_", "not_", "literal",
    "literal_column", "bindparam", "cast", "insert", "update", "delete", "select", "desc", "asc",
    "inspect", "conv", "quoted_name", "now", "types", "sql", "schema", "dialects", "case", "exists",
    "distinct", "extract", "tuple_", "type_coerce", "any_", "all_", "between", "union", "union_all",
    "join",
    "outerjoin", "collate",
  ]

  /// What a name stands for where that is an object and not something to call.
  static func value(of name: LibraryName) -> Value? {
    switch name.path {
    case "sqlalchemy.func": .model(FunctionNamespace(""))
    case let path where path.hasPrefix("sqlalchemy.func."):
      .model(FunctionNamespace(path.dropping("sqlalchemy.func.")))
    case "alembic.context": .model(EnvironmentContextModel())
    case "alembic.op.migration_context": .model(MigrationContextModel())
    default: nil
    }
  }

  static func attribute(
    _ library: LibraryName, _ name: String, _ interpreter: Interpreter
  ) -> Value? {
    if name == "__name__" {
      return .string(library.path.lastComponent)
    }
    return nil
  }

  /// An attribute that a class of the project inherits from a library's class.
  static func classAttribute(
    _ type: ClassObject, _ name: String, _ interpreter: Interpreter
  ) -> Value? {
    name == "as_mutable" ? .library(LibraryName("sqlalchemy.ext.mutable.Mutable.as_mutable")) : nil
  }

  /// Whether statements can be emitted through a model.
  static func mayEmit(_ model: any ModelObject) -> Bool {
    model is ConnectionModel || model is BatchModel || model is MigrationContextModel
      || model is EnvironmentContextModel || model is Coroutine
  }

  /// What is given a connection to read the schema through it.
  static let inspectors: Set<String> = [
    "sqlalchemy.inspect", "sqlalchemy.Inspector", "sqlalchemy.engine.reflection.Inspector",
    "sqlalchemy.engine.reflection.Inspector.from_engine",
    "sqlalchemy.engine.Inspector.from_engine",
  ]

  /// Calls a library's function or class; nil if it is not modelled.
  static func call(
    _ name: LibraryName, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    let path = name.path
    let entities: Entities
    switch name.family {
    case .operation, .context: entities = .none
    case .alembic: entities = path.hasPrefix("alembic.") ? .none : .named
    case .sqlalchemy, .other: entities = path == "sqlalchemy.select" ? .loaded : .named
    }
    let arguments = try settled(arguments, entities, interpreter)
    switch name.family {
    case .operation:
      return try Operations.call(path.dropping("alembic.op."), arguments, interpreter)
    case .context:
      return try EnvironmentContextModel().call(
        path.dropping("alembic.context."), arguments, interpreter)
    case .alembic, .sqlalchemy, .other: break
    }
    if interpreter.settings.mode == .online, inspectors.contains(path),
      arguments.keywords.isEmpty, arguments.positional.count == 1,
      case .model(let connection as ConnectionModel) = arguments.positional[0],
      !connection.isEngine
    {
      return .model(InspectorModel())
    }
    do {
      return try construct(path, arguments, interpreter)
    } catch {
      if let raised = interpreter.raise(error, at: arguments.range) { throw raised }
      if error.reason.kind == .databaseRead {
        interpreter.offlineFails(error.reason, at: arguments.range)
      }
      if Interpreter.kindsThatMayRaise.contains(error.reason.kind) {
        interpreter.mayRaise(error.reason, at: arguments.range)
      }
      return interpreter.unknown(Unknown(error.reason, range: arguments.range, mayBeSQL: true))
    }
  }

  /// An instance of a project's class that derives from a library's.
  static func instantiate(
    _ type: ClassObject, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    if ProjectTypes.isType(type) {
      return try ProjectTypes.instantiate(type, arguments, interpreter)
    }
    guard type.allLibraryBases.contains(where: { owns($0.path) }) else { return nil }
    let instance = InstanceObject(type)
    if type.lookup("__init__") == nil,
      let text = try? Compilation.text(of: instance, at: arguments.range, interpreter)
    {
      return .model(CompiledElement(instance, text))
    }
    return interpreter.unknown(.unsupportedCall, "\(type.name)()", at: arguments.range)
  }

  /// What a mapped class stands for among the arguments of a call.
  enum Entities {
    /// Itself.
    case none
    /// Its table.
    case named
    /// What a SELECT of it asks for.
    case loaded
  }

  /// A class that stands where SQLAlchemy takes a type is an instance made without arguments, and a
  /// mapped class its table.
  static func settled(
    _ arguments: CallArguments, _ entities: Entities, _ interpreter: Interpreter
  ) throws(Interruption) -> CallArguments {
    var result = arguments
    for (index, value) in arguments.positional.enumerated() {
      guard case .class(let type) = value else { continue }
      result.positional[index] = try settled(type, entities, arguments.range, interpreter)
    }
    for (index, keyword) in arguments.keywords.enumerated() {
      guard case .class(let type) = keyword.value else { continue }
      result.keywords[index].value = try settled(type, entities, arguments.range, interpreter)
    }
    return result
  }

  private static func settled(
    _ type: ClassObject, _ entities: Entities, _ range: SourceRange, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if let mapping = type.mapping {
      return entities == .none ? .class(type) : mapping.entity(isLoaded: entities == .loaded)
    }
    return ProjectTypes.isType(type)
      ? try ProjectTypes.instantiate(type, CallArguments(range: range), interpreter) : .class(type)
  }

  private static func construct(
    _ path: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value? {
    guard path.hasPrefix("sqlalchemy.") else { return try other(path, arguments, interpreter) }
    let name = path.dropping("sqlalchemy.")
    switch name {
    case "Column":
      if DeclaredColumn.isNameless(arguments) {
        return .model(DeclaredColumn(arguments, isMapped: false))
      }
      return .model(try SchemaReader.column(arguments, interpreter))
    case "orm.mapped_column":
      return arguments.unknownRest == nil
        ? .model(DeclaredColumn(arguments, isMapped: true)) : nil
    case "orm.relationship": return .model(RelationshipModel(arguments))
    case "orm.declarative_base": return try DeclarativeMapping.base(arguments)
    case "orm.declared_attr":
      guard case .function(let function)? = arguments.positional.first else { return nil }
      return .model(DeclaredAttribute(function))
    case "ForeignKey": return .model(try SchemaReader.foreignKey(arguments))
    case "PrimaryKeyConstraint", "UniqueConstraint", "CheckConstraint", "ForeignKeyConstraint":
      return .model(try SchemaReader.constraint(name, arguments, interpreter))
    case "dialects.postgresql.ExcludeConstraint":
      return .model(try SchemaReader.constraint("ExcludeConstraint", arguments, interpreter))
    case "Index": return .model(try SchemaReader.index(arguments))
    case "Identity": return .model(try SchemaReader.identity(arguments))
    case "Computed": return .model(try SchemaReader.computed(arguments))
    case "MetaData":
      var reader = try ArgumentReader(arguments, of: "MetaData")
      let metadata = MetadataModel(
        schema: try reader.string("schema"), isShared: interpreter.isImporting)
      reader.ignore("info", "quote_schema")
      switch reader.value("naming_convention") {
      case nil, Value.none?: break
      case .dictionary(let convention)?: metadata.naming = convention
      case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
      default: return nil
      }
      try reader.finish()
      return .model(metadata)
    case "Table": return .model(try SchemaReader.table(arguments, isFull: true, interpreter))
    case "table", "TableClause":
      return .model(try SchemaReader.table(arguments, isFull: false, interpreter))
    case "column": return .model(try SchemaReader.lightColumn(arguments))
    case "DefaultClause": return arguments.positional.first
    case "Sequence": return .model(try SequenceModel(arguments))
    case "orm.Session", "orm.sessionmaker", "orm.scoped_session": return .model(SessionModel())
    case "ext.compiler.compiles", "event.listens_for":
      interpreter.noteRegistration(path.lastComponent, arguments)
      return .model(IdentityDecorator())
    case "ext.mutable.Mutable.as_mutable":
      return try arguments.positional.first.map { value throws(NotRenderable) in
        .model(TypeModel(try TypeTable.type(of: value)))
      }
    default:
      if let value = try CoreConstructors.call(name, path, arguments) { return value }
      if let value = try SchemaStatements.call(name.lastComponent, arguments, interpreter) {
        return value
      }
      return try type(path, arguments, interpreter)
    }
  }

  /// Of the libraries around SQLAlchemy.
  private static func other(
    _ path: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value? {
    if path.hasPrefix("alembic_postgresql_enum."), path.hasSuffix(".TableReference") {
      return .model(try EnumColumnReference(arguments))
    }
    if path.hasPrefix("alembic.operations."),
      ["register_operation", "implementation_for"].contains(path.lastComponent)
    {
      return .model(IdentityDecorator())
    }
    if path.hasPrefix("alembic_utils."),
      let entity = try EntityModel(path.lastComponent, arguments)
    {
      return .model(entity)
    }
    return try type(path, arguments, interpreter)
  }

  private static func type(
    _ path: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value? {
    if let rest = arguments.unknownRest { throw NotRenderable(rest.reason) }
    return try TypeTable.type(path, TypeArguments(arguments, interpreter)).map {
      .model(TypeModel($0))
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isUppercase: Bool {
    isASCII ? ("A"..."Z").contains(self) : properties.isUppercase
  }
}

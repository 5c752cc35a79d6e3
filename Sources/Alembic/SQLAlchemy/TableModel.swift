// A table of SQLAlchemy, and its columns as a collection.

/// `Table(…)`, `table(…)`, or what `op.create_table` returns.
final class TableModel: ModelObject, SQLElement {
  var name: String
  var schema: String?
  private(set) var columns: [ColumnModel] = []
  /// `Table`, which has a primary key that an INSERT asks back; not the light `table()`.
  let isFull: Bool
  /// The columns of its PrimaryKeyConstraint.
  var keyNames: [String] = []
  /// What else stands in its arguments.
  var constraints: [ConstraintModel] = []
  var indexes: [IndexModel] = []
  var comment: String?
  /// What stands before TABLE and after the columns.
  var prefixes: [String] = []
  var suffix = ""
  /// What it was made with; nil for the light `table()` and what `op.create_table` returns.
  var metadata: MetadataModel?
  /// `info=`.
  var info: DictionaryObject?
  /// It was made by an imported module, which other steps see too.
  private let isImported: Bool
  /// The table that this one is an alias of.
  private let original: TableModel?

  init(
    name: String, schema: String?, columns: [ColumnModel], isFull: Bool,
    original: TableModel? = nil, _ interpreter: Interpreter
  ) {
    self.name = name
    self.schema = schema
    self.isFull = isFull
    self.original = original
    isImported = interpreter.isImporting
    interpreter.keep(self)
    for column in columns { append(column) }
  }

  func append(_ column: ColumnModel) {
    columns.append(column)
    column.table = self
  }

  var typeName: String { isFull ? "Table" : "TableClause" }
  var qualifiedName: String { Identifiers.qualified(name, schema: schema) }
  var isAlias: Bool { original != nil }
  /// As it stands in FROM.
  var fromText: String {
    original.map { "\($0.qualifiedName) AS \(qualifiedName)" } ?? qualifiedName
  }
  func column(_ key: String) -> ColumnModel? { columns.first { $0.key == key } }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String { qualifiedName }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "c", "columns": .model(ColumnCollection(self))
    case "name": .string(self.name)
    case "schema": schema.map(Value.string) ?? Value.none
    case "info": .dictionary(info ?? DictionaryObject())
    case "insert", "update", "delete", "select", "join", "outerjoin", "alias", "append_column",
      "append_constraint", "create", "drop":
      .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do throws(NotRenderable) {
      switch name {
      case "select":
        guard arguments.positional.isEmpty else { throw NotRenderable("table.select(…)") }
        return .model(try SelectStatement([.model(self)]))
      case "join", "outerjoin":
        return .model(JoinModel(try JoinModel.join(.table(self), name, arguments)))
      case "alias":
        guard let value = arguments.argument(0, "name") else {
          throw NotRenderable("alias() without a name")
        }
        let copies = columns.map { ColumnModel(name: $0.name, type: $0.type) }
        return .model(
          TableModel(
            name: try ArgumentReader.string(value, "alias()"), schema: nil, columns: copies,
            isFull: false, original: self, interpreter))
      case "create" where isFull:
        try Operations.emitTable(
          try definition(interpreter), comment: comment, suffix: suffix, prefixes: prefixes,
          types: .ofTable,
          checksFirst: TypeModel.isChecked(arguments, byDefault: false), at: arguments.range,
          interpreter)
        return .none
      case "drop" where isFull:
        let isChecked = TypeModel.isChecked(arguments, byDefault: false)
        let types = try definition(interpreter).enumerations
        try interpreter.hooks.refuseCompiled("DropTable")
        interpreter.emit("DROP TABLE \(qualifiedName)", at: arguments.range, checksFirst: isChecked)
        for type in types {
          interpreter.emit(
            "DROP TYPE \(type.formattedName)", at: arguments.range, checksFirst: isChecked)
        }
        return .none
      case "append_column":
        interpreter.noteChange(ofImported: isImported)
        guard case .model(let column as ColumnModel)? = arguments.positional.first else {
          throw NotRenderable("append_column()")
        }
        append(column)
        return .none
      case "append_constraint":
        interpreter.noteChange(ofImported: isImported)
        guard case .model(let constraint as ConstraintModel)? = arguments.positional.first else {
          throw NotRenderable("append_constraint()")
        }
        if case .primaryKey(let names) = constraint.kind { keyNames = names }
        constraints.append(constraint)
        return .none
      default:
        if let statement = try DataStatement.start(name, on: self, arguments) {
          return .model(statement)
        }
      }
    } catch {
      if name == "create" || name == "drop" {
        interpreter.opaque(error.reason, at: arguments.range)
      }
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
    return interpreter.unknown(.unsupportedCall, "\(typeName).\(name)()", at: arguments.range)
  }
}

/// `table.c`.
final class ColumnCollection: ModelObject {
  let table: TableModel
  init(_ table: TableModel) { self.table = table }
  var typeName: String { "ColumnCollection" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    table.column(name).map { .model($0) }
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if name == "__getitem__", case .string(let column)? = arguments.positional.first,
      let found = table.column(column)
    {
      return .model(found)
    }
    return interpreter.unknown(.unsupportedCall, "table.c.\(name)", at: arguments.range)
  }
  func iterate(_ interpreter: Interpreter) throws(Interruption) -> [Value]? {
    table.columns.map { .model($0) }
  }
}

// Columns, constraints, indexes and what else stands in the arguments of a table.

/// `op.f("…")` and `conv("…")`: a name that no naming convention changes. A `str` in Python.
final class ConventionName: ModelObject {
  let name: String
  init(_ name: String) { self.name = name }
  var typeName: String { "conv" }
  var key: ValueKey? { .string(name) }
  func truth(_ interpreter: Interpreter) -> Bool? { !name.isEmpty }
  func text(_ interpreter: Interpreter) -> String? { name }
  func isInstance(of library: LibraryName) -> Bool? { library.path == "builtins.str" ? true : nil }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    let method = Value.method(receiver: Box(.string(self.name)), name: name)
    return try interpreter.call(method, arguments)
  }
}

/// A constraint's or index's name as it is given.
enum GivenName {
  case none
  case plain(String)
  /// Already what it is to be.
  case final(String)
}

/// `Column(…)`.
final class ColumnModel: ModelObject, SQLElement {
  var name: String
  /// `key=`: what Python calls it.
  var givenKey: String?
  var type: SQLType
  var isNullable: Bool?
  var isPrimaryKey: Bool
  var autoincrement: Autoincrement
  /// `default=`: on the side of Python, which keeps a serial column from being one.
  var hasPythonDefault: Bool
  /// What it is, where it is SQL or a sequence.
  var sqlDefault: Value?
  /// `onupdate=`: what an UPDATE sets, too.
  var hasUpdateDefault = false
  var serverDefault: Value?
  var comment: String?
  var isIndexed: Bool
  var isUnique: Bool
  /// `system=True`: every table has it, so that CREATE TABLE leaves it out.
  var isSystem = false
  var foreignKeys: [ForeignKeyModel]
  var checks: [ConstraintModel]
  var identity: IdentityModel?
  var computed: ComputedModel?
  /// The table that the column belongs to, for its text in expressions.
  weak var table: TableModel?

  enum Autoincrement { case auto, yes, no, ignoreForeignKey }

  init(name: String, type: SQLType) {
    self.name = name
    self.type = type
    isNullable = nil
    isPrimaryKey = false
    autoincrement = .auto
    hasPythonDefault = false
    isIndexed = false
    isUnique = false
    foreignKeys = []
    checks = []
  }

  var typeName: String { "Column" }
  var key: String { givenKey ?? name }
  var elementType: SQLType? { type }

  var tables: [TableModel] { [table].compactMap { $0 } }
  var columnName: ColumnName { .own(name) }

  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    guard rendering.includesTable, let table else { return Identifiers.quoted(name) }
    return table.qualifiedName + "." + Identifiers.quoted(name)
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "name": return .string(self.name)
    case "key": return .string(self.key)
    case "type":
      if let doubt = type.doubt { return .unknown(Unknown(doubt, range: nil)) }
      return .model(TypeModel(type))
    case "nullable": return isNullable.map(Value.boolean) ?? .boolean(!isPrimaryKey)
    case "copy", "_copy": return .method(receiver: Box(.model(self)), name: name)
    case "table": return table.map { .model($0) }
    default:
      return ElementMethods.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if name == "copy" || name == "_copy" { return .model(self) }
    return try ElementMethods.call(name, on: self, arguments, interpreter)
  }
}

/// `ForeignKey("table.column", …)` inside a column.
final class ForeignKeyModel: ModelObject {
  var target: String
  var options: ReferenceOptions
  var name: GivenName
  var usesAlter: Bool
  init(target: String, options: ReferenceOptions, name: GivenName, usesAlter: Bool) {
    self.target = target
    self.options = options
    self.name = name
    self.usesAlter = usesAlter
  }
  var typeName: String { "ForeignKey" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "ForeignKey.\(name)()", at: arguments.range)
  }
}

/// What stands after the columns of a foreign key.
struct ReferenceOptions {
  var onUpdate: String?
  var onDelete: String?
  var match: String?
  var deferrable: Bool?
  var initially: String?
  var isNotValid = false
}

/// A table constraint, as an argument of a table or made by an operation.
final class ConstraintModel: ModelObject {
  enum Kind {
    case primaryKey([String])
    case unique([String], nullsNotDistinct: Bool?)
    case check(String)
    case foreignKey([String], targets: [String])
    case exclude(String)
  }
  var kind: Kind
  var name: GivenName
  var options = ReferenceOptions()
  /// What a foreign key refers to, as SQL, where that is not what its targets say.
  var referent: (table: String, columns: [String])?
  var including: [String] = []
  /// The columns of an exclusion constraint.
  var excluded: [String] = []
  var usesAlter = false
  /// SQLAlchemy writes constraints in the order in which they were made.
  var creation: Int
  /// Why its name is not known: a listener of the project could not be followed.
  var doubt: NotRenderable?

  init(_ kind: Kind, name: GivenName, creation: Int) {
    self.kind = kind
    self.name = name
    self.creation = creation
  }

  var typeName: String {
    switch kind {
    case .primaryKey: "PrimaryKeyConstraint"
    case .unique: "UniqueConstraint"
    case .check: "CheckConstraint"
    case .foreignKey: "ForeignKeyConstraint"
    case .exclude: "ExcludeConstraint"
    }
  }

  /// As listeners and compilers of the project see it.
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch (name, kind) {
    case ("name", _):
      switch self.name {
      case .none: return Value.none
      case .plain(let name): return .string(name)
      case .final(let name): return .model(ConventionName(name))
      }
    case ("columns", .primaryKey(let columns)), ("columns", .unique(let columns, _)):
      return .list(
        ListObject(
          columns.map {
            .model(ColumnModel(name: $0, type: SQLType("NullType", nil, .inferred)))
          }))
    case ("elements", .foreignKey(let columns, let targets)):
      return .list(
        ListObject(
          zip(columns, targets).map { .model(ForeignKeyElement(column: $0, target: $1)) }))
    case ("sqltext", .check(let text)):
      return .model(TextElement(text, typeName: "TextClause"))
    default: return nil
    }
  }

  func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter) -> Bool {
    guard name == "name" else { return false }
    switch value {
    case .none: self.name = .none
    case .string(let text): self.name = .plain(text)
    case .model(let conv as ConventionName): self.name = .final(conv.name)
    default: return false
    }
    return true
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "\(typeName).\(name)()", at: arguments.range)
  }
}

/// `Index(…)`, or the index of `Column(index=True)`.
final class IndexModel: ModelObject {
  var name: GivenName
  var elements: [Value]
  var isUnique: Bool
  var options: [(name: String, value: Value)]
  init(
    name: GivenName, elements: [Value], isUnique: Bool, options: [(name: String, value: Value)]
  ) {
    self.name = name
    self.elements = elements
    self.isUnique = isUnique
    self.options = options
  }

  /// The index of geoalchemy2 for a column.
  convenience init(_ spatial: SQLType.SpatialIndex, of column: String, in table: String) {
    let quoted = Identifiers.quoted(column)
    let element: Value =
      spatial == .raster
      ? .model(TextElement("ST_ConvexHull(\(quoted))", typeName: "Function")) : .string(column)
    var options: [(name: String, value: Value)] = [("postgresql_using", .string("gist"))]
    if spatial == .allDimensions {
      let classes = DictionaryObject([(.string(column), .string("gist_geometry_ops_nd"))])
      options.append(("postgresql_ops", .dictionary(classes)))
    }
    self.init(
      name: .plain("idx_\(table)_\(column)"), elements: [element], isUnique: false,
      options: options)
  }

  var typeName: String { "Index" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "Index.\(name)()", at: arguments.range)
  }
}

/// `Identity(…)`.
final class IdentityModel: ModelObject {
  let isAlways: Bool
  /// `START WITH 1`, `INCREMENT BY 1` and the like, by parameter.
  let options: [(name: String, text: String)]
  init(isAlways: Bool, options: [(name: String, text: String)]) {
    self.isAlways = isAlways
    self.options = options
  }
  var typeName: String { "Identity" }
  var text: String {
    "GENERATED \(isAlways ? "ALWAYS" : "BY DEFAULT") AS IDENTITY"
      + (options.isEmpty ? "" : " (\(options.map(\.text).joined(separator: " ")))")
  }

  /// What `alter_column` writes to make another identity of this one; nil where it is not clear.
  func change(from old: IdentityModel) -> String? {
    var parts: [(name: String, text: String)] = []
    if isAlways != old.isAlways {
      parts.append(("always", "GENERATED \(isAlways ? "ALWAYS" : "BY DEFAULT")"))
    }
    for option in options where !old.options.contains(where: { $0 == option }) {
      parts.append(option)
    }
    let names = Set(options.map(\.name))
    guard !parts.isEmpty, old.options.allSatisfy({ names.contains($0.name) }) else { return nil }
    return parts.sorted { $0.name < $1.name }.map { "SET \($0.text)" }.joined(separator: " ")
  }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "Identity.\(name)()", at: arguments.range)
  }
}

/// `Computed("expression")`.
final class ComputedModel: ModelObject {
  let text: String
  init(_ expression: String) { text = "GENERATED ALWAYS AS (\(expression)) STORED" }
  var typeName: String { "Computed" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "Computed.\(name)()", at: arguments.range)
  }
}

// A type of SQLAlchemy: its class, its text in PostgreSQL's DDL, and how literals of it are written.

struct SQLType {
  /// What decides how a Python value becomes a literal.
  enum Affinity {
    case integer, numeric, string, boolean, date, time, timestamp, interval, json, uuid, binary
    case array, enumeration, other
    /// NullType: by the Python value.
    case inferred
  }
  /// The Python class, such as `String`.
  var className: String
  /// The text in DDL; nil where PostgreSQL has no such type and SQLAlchemy raises.
  var ddl: String?
  var affinity: Affinity
  var enumeration: EnumType?
  /// The bytes of the serial column that a primary key of the type becomes: 2, 4 or 8. Types of
  /// numbers with a fraction become `SERIAL` too.
  var integerSize: Int?
  /// The labels that a CHECK constraint allows, of an enum without a type of its own.
  var checkedLabels: [String]?
  /// `name=` of the type, for the constraint.
  var constraintName: String?
  /// Of an enumeration that was made from a class of strings: the values of its members.
  var memberValues: [String]?
  /// Why a table with such a column is not known: a listener of a library changes it.
  var listener: String?
  /// `sqlalchemy.ARRAY`, which has fewer operators than that of PostgreSQL.
  var isGenericArray = false
  /// A DOMAIN that CREATE TABLE brings along; ADD COLUMN does not.
  var createsDomain = false
  /// The index that geoalchemy2 makes for every column of the type.
  var spatialIndex: SpatialIndex?
  /// What becomes of a Python value before it is written as a literal, where the project says so.
  var bind: Binding?

  enum SpatialIndex { case plain, allDimensions, raster }
  typealias Binding = (Value) throws(NotRenderable) -> Value

  /// Why nothing is known of it: its name, its text, what it brings along.
  private(set) var doubt: OpaqueReason?

  /// A type that is not known. A column can have it as long as nobody asks.
  static func unknown(_ reason: OpaqueReason) -> SQLType {
    var type = SQLType("?", nil, .other)
    type.doubt = reason
    type.bind = { _ throws(NotRenderable) in throw NotRenderable(reason) }
    return type
  }

  init(_ className: String, _ ddl: String?, _ affinity: Affinity, integerSize: Int? = nil) {
    self.className = className
    self.ddl = ddl
    self.affinity = affinity
    self.integerSize = integerSize
  }

  func text() throws(NotRenderable) -> String {
    if let doubt { throw NotRenderable(doubt) }
    guard let ddl else { throw NotRenderable("the type \(className) in PostgreSQL") }
    return ddl
  }
}

/// An enum type of PostgreSQL as SQLAlchemy manages it.
struct EnumType {
  var name: String
  var schema: String?
  /// Nil where they are not what SQLAlchemy could write.
  var labels: [String]?
  var createType: Bool
  /// Bound to a MetaData: tables neither create nor drop it by themselves.
  var hasMetadata: Bool
  /// It lies in the schema of the table that uses it.
  var inheritsSchema = false

  var formattedName: String { Identifiers.qualified(name, schema: schema) }

  var creation: String? {
    labels.map { labels in
      let list = labels.map(Literals.string).joined(separator: ", ")
      return "CREATE TYPE \(formattedName) AS ENUM (\(list))"
    }
  }
}

/// A type as a Python object.
final class TypeModel: ModelObject {
  var type: SQLType
  /// The instance of the project's own class.
  private let instance: InstanceObject?
  init(_ type: SQLType, instance: InstanceObject? = nil) {
    self.type = type
    self.instance = instance
  }

  var typeName: String { type.className }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "name":
      if let name = type.enumeration?.name ?? type.constraintName { return .string(name) }
      return nil
    case "impl", "impl_instance":
      return .model(TypeModel(type))
    case "enums":
      guard let labels = type.enumeration?.labels ?? type.checkedLabels else { return nil }
      return .list(ListObject(labels.map(Value.string)))
    case "create", "drop", "with_variant", "evaluates_none", "copy", "adapt", "type_engine",
      "dialect_impl", "load_dialect_impl":
      return .method(receiver: Box(.model(self)), name: name)
    default:
      guard let instance, instance.attributes[name] != nil || instance.type.lookup(name) != nil
      else { return nil }
      return try? interpreter.attribute(
        .instance(instance), name, at: interpreter.revisionPlace)
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "create", "drop":
      guard let enumeration = type.enumeration else {
        if type.createsDomain || type.listener != nil {
          interpreter.opaque(
            OpaqueReason(.unsupportedCall, "\(type.className).\(name)()"), at: arguments.range)
        }
        break
      }
      guard let creation = enumeration.creation else {
        let reason = OpaqueReason(.unsupportedCall, "the labels of \(enumeration.name)")
        interpreter.opaque(reason, at: arguments.range)
        return .none
      }
      let sql = name == "create" ? creation : "DROP TYPE \(enumeration.formattedName)"
      interpreter.emit(
        sql, at: arguments.range,
        checksFirst: Self.isChecked(arguments, byDefault: type.className == "ENUM"))
      return .none
    case "with_variant": return variant(arguments)
    case "evaluates_none", "copy", "type_engine", "dialect_impl", "load_dialect_impl":
      return .model(self)
    default: break
    }
    return interpreter.unknown(
      .unsupportedCall, "\(type.className).\(name)()", at: arguments.range)
  }

  /// `checkfirst` asks the catalog against a database; by default PostgreSQL's own `ENUM` does, and the
  /// generic `Enum` does not.
  static func isChecked(_ arguments: CallArguments, byDefault isDefault: Bool = true) -> Bool {
    switch arguments.argument(1, "checkfirst") {
    case .boolean(false): false
    case nil: isDefault
    default: true
    }
  }

  private func variant(_ arguments: CallArguments) -> Value {
    let dialects = arguments.positional.dropFirst()
    for dialect in dialects {
      guard case .string(let name) = dialect else {
        return .unknown(
          Unknown(OpaqueReason(.unsupportedCall, "with_variant"), range: arguments.range))
      }
      if name == "postgresql", let variant = arguments.positional.first {
        guard var found = try? TypeTable.type(of: variant) else { return variant }
        // Whether a key is serial is for the type itself to say, how large for the variant.
        found.integerSize = type.integerSize == nil ? nil : found.integerSize ?? 4
        return .model(TypeModel(found))
      }
    }
    return .model(self)
  }

  func isInstance(of name: LibraryName) -> Bool? {
    if let instance, instance.type.allLibraryBases.contains(name) { return true }
    let last = name.path.lastComponent
    return last == type.className || last == "TypeEngine" ? true : nil
  }
}

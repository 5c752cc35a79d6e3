// The types of SQLAlchemy, its dialects and the usual libraries, by name: a table of facts.

import SourceText

/// How each type class is written in PostgreSQL's DDL. A type that is not here is opaque.
enum TypeTable {
  /// Whether a name is that of a type class which can be a base of the project's own.
  static func isType(_ name: LibraryName) -> Bool {
    guard SQLAlchemyLibrary.owns(name.path) else { return false }
    let last = name.path.lastComponent
    if fixed[last] != nil || ["Enum", "ENUM", "ARRAY"].contains(last) { return true }
    return (try? type(name.path, TypeArguments(nil))).flatMap { $0 } != nil
  }

  /// The type that a Python value stands for: an instance, or a class that is called without arguments.
  static func type(of value: Value) throws(NotRenderable) -> SQLType {
    switch value {
    case .model(let model as TypeModel): return model.type
    case .model(let model as ConfiguredType): return model.type
    case .library(let name):
      guard let type = try type(name.path, TypeArguments(nil)) else {
        throw NotRenderable("the type \(name.path)")
      }
      return type
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    case .none: return SQLType("NullType", nil, .inferred)
    default: throw NotRenderable("a type")
    }
  }

  /// A type by the canonical path of its class; nil if there is no such type here.
  static func type(
    _ path: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    let name = path.lastComponent
    if path.hasPrefix("sqlalchemy.dialects."),
      !path.hasPrefix("sqlalchemy.dialects.postgresql.")
    {
      return try foreignDialect(name, path, arguments)
    }
    if let call = arguments.call { try Signature.checkType(path, call) }
    if let fixed = fixed[name] {
      if !takingArguments.contains(name), let call = arguments.call,
        !call.positional.isEmpty || !call.keywords.isEmpty
      {
        throw NotRenderable(raising: "TypeError", "\(name)() takes no arguments")
      }
      return fixed.type(name)
    }
    if let type = try sized(name, arguments) { return type }
    if let type = try temporal(name, arguments) { return type }
    return try structured(name, path, arguments)
  }

  private struct Fixed {
    let ddl: String
    let affinity: SQLType.Affinity
    let integerSize: Int?

    init(_ ddl: String, _ affinity: SQLType.Affinity, _ integerSize: Int? = nil) {
      self.ddl = ddl
      self.affinity = affinity
      self.integerSize = integerSize
    }

    func type(_ className: String) -> SQLType {
      SQLType(className, ddl, affinity, integerSize: integerSize)
    }
  }

  /// Types whose text does not depend on arguments.
  private static let fixed: [String: Fixed] = [
    "Integer": Fixed("INTEGER", .integer, 4),
    "INTEGER": Fixed("INTEGER", .integer, 4),
    "INT": Fixed("INTEGER", .integer, 4),
    "SmallInteger": Fixed("SMALLINT", .integer, 2),
    "SMALLINT": Fixed("SMALLINT", .integer, 2),
    "BigInteger": Fixed("BIGINT", .integer, 8),
    "BIGINT": Fixed("BIGINT", .integer, 8),
    "Boolean": Fixed("BOOLEAN", .boolean), "BOOLEAN": Fixed("BOOLEAN", .boolean),
    "Date": Fixed("DATE", .date), "DATE": Fixed("DATE", .date),
    "LargeBinary": Fixed("BYTEA", .binary), "BYTEA": Fixed("BYTEA", .binary),
    "PickleType": Fixed("BYTEA", .binary), "BLOB": Fixed("BLOB", .binary),
    "JSON": Fixed("JSON", .json), "JSONB": Fixed("JSONB", .json),
    "REAL": Fixed("REAL", .numeric, 4), "DOUBLE": Fixed("DOUBLE", .numeric, 4),
    "DOUBLE_PRECISION": Fixed("DOUBLE PRECISION", .numeric, 4),
    "Double": Fixed("DOUBLE PRECISION", .numeric, 4),
    "INET": Fixed("INET", .string), "CIDR": Fixed("CIDR", .string),
    "MACADDR": Fixed("MACADDR", .string), "MACADDR8": Fixed("MACADDR8", .string),
    "MONEY": Fixed("MONEY", .string), "OID": Fixed("OID", .integer),
    "REGCLASS": Fixed("REGCLASS", .string), "REGCONFIG": Fixed("REGCONFIG", .string),
    "TSVECTOR": Fixed("TSVECTOR", .string), "TSQUERY": Fixed("TSQUERY", .string),
    "HSTORE": Fixed("HSTORE", .other), "CITEXT": Fixed("CITEXT", .string),
    "INT4RANGE": Fixed("INT4RANGE", .other), "INT8RANGE": Fixed("INT8RANGE", .other),
    "NUMRANGE": Fixed("NUMRANGE", .other), "DATERANGE": Fixed("DATERANGE", .other),
    "TSRANGE": Fixed("TSRANGE", .other), "TSTZRANGE": Fixed("TSTZRANGE", .other),
    "INT4MULTIRANGE": Fixed("INT4MULTIRANGE", .other),
    "INT8MULTIRANGE": Fixed("INT8MULTIRANGE", .other),
    "NUMMULTIRANGE": Fixed("NUMMULTIRANGE", .other),
    "DATEMULTIRANGE": Fixed("DATEMULTIRANGE", .other),
    "TSMULTIRANGE": Fixed("TSMULTIRANGE", .other),
    "TSTZMULTIRANGE": Fixed("TSTZMULTIRANGE", .other), "JSONPATH": Fixed("JSONPATH", .string),
    "DATETIME": Fixed("DATETIME", .timestamp),
  ]

  /// Those of them that are called with arguments all the same.
  private static let takingArguments: Set<String> = [
    "Boolean", "BOOLEAN", "LargeBinary", "BYTEA", "PickleType", "BLOB", "JSON", "JSONB", "REAL",
    "DOUBLE", "DOUBLE_PRECISION", "Double", "HSTORE", "CITEXT", "DATETIME",
  ]

  /// Types with a length, or precision and scale.
  private static func sized(
    _ name: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    switch name {
    case "String", "Unicode", "VARCHAR", "AutoString":
      return try text(name, "VARCHAR", arguments, keyword: "length")
    case "CHAR": return try text(name, "CHAR", arguments, keyword: "length")
    case "NCHAR": return try text(name, "NCHAR", arguments, keyword: "length")
    case "NVARCHAR": return try text(name, "NVARCHAR", arguments, keyword: "length")
    case "Text", "UnicodeText", "TEXT":
      return try text(name, "TEXT", arguments, keyword: "length")
    case "CLOB": return try text(name, "CLOB", arguments, keyword: "length")
    case "BINARY", "VARBINARY":
      let length = try arguments.integer(0, "length")
      return SQLType(name, name + (length.map { "(\($0))" } ?? ""), .binary)
    case "Numeric", "NUMERIC", "DECIMAL":
      return SQLType(
        name, try numeric(name == "DECIMAL" ? name : "NUMERIC", arguments), .numeric,
        integerSize: 4)
    case "Float", "FLOAT":
      let precision = try arguments.integer(0, "precision")
      return SQLType(
        name, "FLOAT" + (precision.map { "(\($0))" } ?? ""), .numeric, integerSize: 4)
    case "BIT":
      let length = try arguments.integer(0, "length")
      if try arguments.flag(1, "varying") == true {
        return SQLType(name, "BIT VARYING" + (length.map { "(\($0))" } ?? ""), .other)
      }
      return SQLType(name, "BIT(\(length ?? 1))", .other)
    default: return nil
    }
  }

  private static func text(
    _ className: String, _ ddl: String, _ arguments: TypeArguments, keyword: String
  ) throws(NotRenderable) -> SQLType {
    let length = try arguments.integer(0, keyword)
    let collation = try arguments.string(1, "collation")
    return SQLType(
      className,
      ddl + (length.map { "(\($0))" } ?? "")
        + (collation.map { " COLLATE \"\($0.doubling("\""))\"" } ?? ""), .string)
  }

  private static func numeric(
    _ ddl: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> String {
    guard let precision = try arguments.integer(0, "precision") else { return ddl }
    guard let scale = try arguments.integer(1, "scale") else { return "\(ddl)(\(precision))" }
    return "\(ddl)(\(precision), \(scale))"
  }

  private static func temporal(
    _ name: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    switch name {
    case "DateTime", "TIMESTAMP":
      return SQLType(name, try timed("TIMESTAMP", arguments), .timestamp)
    case "Time", "TIME": return SQLType(name, try timed("TIME", arguments), .time)
    case "Interval":
      if try arguments.flag(0, "native") == false {
        return SQLType(name, try timed("TIMESTAMP", TypeArguments(nil)), .timestamp)
      }
      let precision = try arguments.integer(1, "second_precision")
      return SQLType(name, "INTERVAL" + (precision.map { " (\($0))" } ?? ""), .interval)
    case "INTERVAL":
      let precision = try arguments.integer(0, "precision")
      let fields = try arguments.string(1, "fields")
      return SQLType(
        name,
        "INTERVAL" + (fields.map { " " + $0 } ?? "") + (precision.map { " (\($0))" } ?? ""),
        .interval)
    default: return nil
    }
  }

  static func timed(
    _ ddl: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> String {
    let hasZone = try arguments.flag(0, "timezone") ?? false
    let precision = try arguments.integer(1, "precision")
    return ddl + (precision.map { "(\($0))" } ?? "") + (hasZone ? " WITH" : " WITHOUT")
      + " TIME ZONE"
  }

  /// Types of other dialects that PostgreSQL's compiler writes by the names that it knows.
  private static func foreignDialect(
    _ name: String, _ path: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    switch name {
    case "VARCHAR", "CHAR", "TEXT", "NVARCHAR", "NCHAR", "FLOAT", "BINARY", "VARBINARY",
      "DECIMAL", "NUMERIC":
      return try sized(name, arguments)
    case "DOUBLE" where path.contains(".mysql."): return fixed[name]?.type(name)
    case "TIMESTAMP" where path.contains(".mysql."), "TIME" where path.contains(".mysql."):
      // The fraction's precision is MySQL's own.
      let hasZone = try arguments.flag(0, "timezone") ?? false
      return SQLType(
        name, "\(name) \(hasZone ? "WITH" : "WITHOUT") TIME ZONE",
        name == "TIME" ? .time : .timestamp)
    case "INTEGER", "BIGINT", "SMALLINT", "DATE", "BOOLEAN", "BLOB", "JSON", "REAL":
      return fixed[name]?.type(name)
    case "DATETIME": return SQLType(name, "DATETIME", .timestamp)
    default: return nil
    }
  }

  private static func structured(
    _ name: String, _ path: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    switch name {
    case "UUID", "Uuid":
      if try arguments.flag(1, "native_uuid") == false { return SQLType(name, "CHAR(32)", .uuid) }
      return SQLType(name, "UUID", .uuid)
    case "ARRAY":
      guard let item = arguments.value(0, "item_type") else { return nil }
      let element = try type(of: item)
      let dimensions = try arguments.integer(2, "dimensions") ?? 1
      guard (1...6).contains(dimensions) else { return nil }
      // A collation stands behind the brackets.
      let inner = try element.text()
      guard inner.utf8.count < 1000 else { throw NotRenderable("an array of arrays") }
      let collation = inner.firstRange(of: " COLLATE ")?.lowerBound ?? inner.endIndex
      let brackets = String(repeating: "[]", count: dimensions)
      var array = SQLType(name, inner[..<collation] + brackets + inner[collation...], .array)
      array.enumeration = element.enumeration
      array.isGenericArray = !path.hasPrefix("sqlalchemy.dialects.")
      return array
    case "DOMAIN":
      // Of the domain itself: a table does not bring it along.
      guard let domain = try arguments.string(0, "name") else { return nil }
      let schema = try arguments.string(Int.max, "schema")
      var type = SQLType(name, Identifiers.qualified(domain, schema: schema), .other)
      if try arguments.flag(Int.max, "create_type") != false {
        type.createsDomain = true
      }
      return type
    case "Enum", "ENUM": return try EnumReader.type(name, arguments)
    case "NullType": return SQLType(name, nil, .inferred)
    default: return try LibraryTypes.type(path, arguments)
    }
  }
}

/// The arguments of a type's constructor.
struct TypeArguments {
  let call: CallArguments?
  /// To call what an argument is, such as `values_callable`.
  let interpreter: Interpreter?

  init(_ call: CallArguments?, _ interpreter: Interpreter? = nil) {
    self.call = call
    self.interpreter = interpreter
  }

  func value(_ position: Int, _ name: String) -> Value? { call?.argument(position, name) }

  func integer(_ position: Int, _ name: String) throws(NotRenderable) -> Int? {
    switch value(position, name) {
    case nil, .none?: return nil
    case .integer(let number)?: return number
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("\(name) of a type")
    }
  }

  func string(_ position: Int, _ name: String) throws(NotRenderable) -> String? {
    switch value(position, name) {
    case nil, .none?: return nil
    case .string(let text)?: return text
    case .model(let conv as ConventionName)?: return conv.name
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("\(name) of a type")
    }
  }

  func flag(_ position: Int, _ name: String) throws(NotRenderable) -> Bool? {
    switch value(position, name) {
    case nil, .none?: return nil
    case .boolean(let flag)?: return flag
    case .integer(let number)?: return number != 0
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("\(name) of a type")
    }
  }
}

/// `Enum` and `ENUM` in all their forms.
enum EnumReader {
  static func type(
    _ className: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    // The class alone: values of such a type can be written, the type itself cannot.
    guard let call = arguments.call else { return SQLType(className, nil, .enumeration) }
    if let rest = call.unknownRest { throw NotRenderable(rest.reason) }
    let (known, derivedName) = try labels(of: arguments)
    let name = try arguments.string(Int.max, "name") ?? derivedName
    let isNative = try arguments.flag(Int.max, "native_enum") ?? true
    guard isNative || className == "ENUM" else {
      guard let known else { throw NotRenderable("a label of Enum") }
      var type = try plain(className, known, name, arguments)
      type.memberValues = memberValues(of: call)
      return type
    }
    // SQLAlchemy raises when a table is compiled with an enum type that has no name.
    guard let name else { return SQLType(className, nil, .enumeration) }
    let schema = try arguments.string(Int.max, "schema")
    let metadata = arguments.value(Int.max, "metadata")
    var hasMetadata = false
    if let metadata, case .none = metadata {} else { hasMetadata = metadata != nil }
    if hasMetadata, case .model(let metadata as MetadataModel)? = metadata,
      metadata.schema != nil, schema == nil
    {
      throw NotRenderable("Enum(metadata=…) with a schema")
    }
    // Only the type of the dialect listens to `create_type`.
    let createType = try className == "ENUM" ? arguments.flag(Int.max, "create_type") ?? true : true
    var enumeration = EnumType(
      name: name, schema: schema, labels: known, createType: createType, hasMetadata: hasMetadata)
    enumeration.inheritsSchema = try arguments.flag(Int.max, "inherit_schema") ?? false
    var type = SQLType(className, enumeration.formattedName, .enumeration)
    type.enumeration = enumeration
    type.memberValues = memberValues(of: call)
    return type
  }

  private static func memberValues(of call: CallArguments) -> [String]? {
    guard call.positional.count == 1, case .class(let type) = call.positional[0],
      type.allLibraryBases.contains(where: {
        $0.path == "builtins.str" || $0.path == "enum.StrEnum"
      })
    else { return nil }
    return type.members.map { member in
      if case .string(let text)? = member.primitive ?? member.attributes["value"] {
        text
      } else {
        ""
      }
    }
  }

  private static func plain(
    _ className: String, _ labels: [String], _ name: String?, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType {
    let longest = labels.map { $0.unicodeScalars.count }.max() ?? 0
    let length = try arguments.integer(Int.max, "length") ?? longest
    let isUnbounded = arguments.value(Int.max, "length")?.isNone == true
    var type = SQLType(
      className, isUnbounded ? "VARCHAR" : "VARCHAR(\(max(length, longest)))", .enumeration)
    if try arguments.flag(Int.max, "create_constraint") == true { type.checkedLabels = labels }
    type.constraintName = name
    return type
  }

  /// The labels, and the name that a class of Python's `enum` gives the type; nil labels are such
  /// that SQLAlchemy could not write them.
  private static func labels(
    of arguments: TypeArguments
  ) throws(NotRenderable) -> ([String]?, String?) {
    guard let call = arguments.call else { return (nil, nil) }
    if call.positional.count == 1, case .class(let type) = call.positional[0],
      type.flavor == .enumeration
    {
      let derivedName = type.name.lowercased()
      if let function = call.keyword("values_callable"), !function.isNone {
        return (try values(of: type, function, arguments), derivedName)
      }
      let names = type.members.compactMap { member -> String? in
        if case .string(let name)? = member.attributes["name"] { name } else { nil }
      }
      guard names.count == type.members.count else { throw NotRenderable("Enum(\(type.name))") }
      return (names, derivedName)
    }
    var labels: [String]? = []
    for value in call.positional {
      switch value {
      case .string(let label): labels?.append(label)
      case .instance(let instance):
        if case .string(let label)? = instance.primitive {
          labels?.append(label)
        } else {
          throw NotRenderable("a label of Enum")
        }
      case .unknown(let unknown): throw NotRenderable(unknown.reason)
      case .tuple, .list: labels = nil
      default: throw NotRenderable("a label of Enum")
      }
    }
    return (labels, nil)
  }

  /// `values_callable=lambda members: [m.value for m in members]`
  private static func values(
    of type: ClassObject, _ function: Value, _ arguments: TypeArguments
  ) throws(NotRenderable) -> [String] {
    guard let interpreter = arguments.interpreter, let range = arguments.call?.range,
      let result = try? interpreter.call(
        function, CallArguments(positional: [.class(type)], range: range))
    else { throw NotRenderable("Enum(values_callable=…)") }
    return try ArgumentReader.strings(result, "Enum(values_callable=…)")
  }
}

extension Value {
  var isSequence: Bool { if case .model(is SequenceModel) = self { true } else { false } }
  var isNone: Bool { if case .none = self { true } else { false } }
}

// The types of libraries around SQLAlchemy, by what they are on PostgreSQL: a table of facts. A line
// here is all that another type needs; its source is the `impl` or `load_dialect_impl` of its class.

enum LibraryTypes {
  /// A type by its dotted name, as it is imported; nil if it is not here.
  static func type(
    _ path: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    let name = path.lastComponent
    switch path.firstPart {
    case "sqlalchemy_utils": return try utility(name, arguments)
    case "oslo_db": return try oslo(name, arguments)
    case "geoalchemy2": return try spatial(name, arguments)
    case "pgvector": return try vector(name, arguments)
    case "sqlalchemy_citext", "citext":
      return name == "CIText" ? SQLType(name, "CITEXT", .string) : nil
    case "sqlalchemy_jsonfield": return try jsonField(name, arguments)
    case "sqlalchemy_json":
      return name.hasSuffix("JSON") || name.hasSuffix("Json") ? SQLType(name, "JSON", .json) : nil
    case "fastapi_users_db_sqlalchemy":
      if name == "TIMESTAMPAware" {
        return plain(name, try TypeTable.timed("TIMESTAMP", arguments), .timestamp)
      }
      return generic(name)
    case "advanced_alchemy": return generic(name)
    default: return nil
    }
  }

  private static func plain(
    _ name: String, _ ddl: String, _ affinity: SQLType.Affinity
  ) -> SQLType {
    var type = SQLType(name, ddl, affinity)
    type.bind = { value throws(NotRenderable) in
      if case .none = value { return value }
      throw NotRenderable("a literal of \(name)")
    }
    return type
  }

  /// sqlalchemy_utils.types
  private static func utility(
    _ name: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    if let ddl = utilityTexts[name] { return plain(name, ddl, .string) }
    switch name {
    case "UUIDType":
      if try arguments.flag(1, "native") ?? true { return SQLType(name, "UUID", .uuid) }
      let isBinary = try arguments.flag(0, "binary") ?? true
      return plain(name, isBinary ? "BINARY(16)" : "CHAR(32)", .uuid)
    case "JSONType": return SQLType(name, "JSON", .json)
    case "ArrowType", "EnrichedDateTimeType":
      return plain(name, try TypeTable.timed("TIMESTAMP", TypeArguments(nil)), .timestamp)
    case "EnrichedDateType": return plain(name, "DATE", .date)
    case "EmailType": return try sized(name, arguments, 0, "length", 255)
    case "ColorType": return try sized(name, arguments, 0, "max_length", 20)
    case "IPAddressType": return try sized(name, arguments, 0, "max_length", 50)
    case "PhoneNumberType": return try sized(name, arguments, 1, "max_length", 20)
    case "StringEncryptedType":
      return plain(
        name, "VARCHAR" + (try arguments.integer(Int.max, "length").map { "(\($0))" } ?? ""),
        .string)
    case "ChoiceType":
      guard let implementation = arguments.value(1, "impl") else {
        return plain(name, "VARCHAR(255)", .string)
      }
      return plain(name, try TypeTable.type(of: implementation).text(), .string)
    default: return nil
    }
  }

  private static let utilityTexts = [
    "CountryType": "VARCHAR(2)", "CurrencyType": "VARCHAR(3)", "LocaleType": "VARCHAR(10)",
    "DateRangeType": "DATERANGE", "DateTimeRangeType": "TSRANGE", "IntRangeType": "INT4RANGE",
    "Int8RangeType": "INT8RANGE", "NumericRangeType": "NUMRANGE", "EncryptedType": "BYTEA",
    "LtreeType": "LTREE", "PasswordType": "BYTEA", "ScalarListType": "TEXT",
    "TSVectorType": "TSVECTOR", "TimezoneType": "VARCHAR(50)", "URLType": "TEXT",
    "WeekDaysType": "BIT(7)",
  ]

  private static func sized(
    _ name: String, _ arguments: TypeArguments, _ position: Int, _ keyword: String, _ size: Int
  ) throws(NotRenderable) -> SQLType {
    let length = try arguments.integer(position, keyword) ?? size
    return plain(name, "VARCHAR(\(length))", .string)
  }

  /// oslo_db.sqlalchemy.types
  private static func oslo(
    _ name: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    switch name {
    case "JsonEncodedDict", "JsonEncodedList", "JsonEncodedType": plain(name, "TEXT", .string)
    case "SoftDeleteInteger": SQLType(name, "INTEGER", .integer)
    default: nil
    }
  }

  /// geoalchemy2.types, with the index that its listeners add to the table
  /// (`geoalchemy2.admin.setup_ddl_event_listeners`).
  private static func spatial(
    _ name: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    guard ["Geometry", "Geography", "Raster"].contains(name) else { return nil }
    let ddl = name.lowercased()
    let isRaster = name == "Raster"
    var type = plain(name, ddl, .other)
    if !isRaster, arguments.value(0, "geometry_type")?.isNone != true {
      let kind = try arguments.string(0, "geometry_type") ?? "GEOMETRY"
      type.ddl = "\(ddl)(\(kind),\(try arguments.integer(1, "srid") ?? -1))"
    }
    if try arguments.flag(isRaster ? 3 : 8, "nullable") == false {
      type.listener = "geoalchemy2.\(name)(nullable=False)"
    }
    if !isRaster, try arguments.flag(5, "use_typmod") == false {
      type.listener = "geoalchemy2.\(name) that is managed by PostGIS"
    }
    if try arguments.flag(isRaster ? 0 : 3, "spatial_index") != false {
      let hasAllDimensions = try arguments.flag(4, "use_N_D_index") == true
      type.spatialIndex = isRaster ? .raster : hasAllDimensions ? .allDimensions : .plain
    }
    return type
  }

  /// pgvector.sqlalchemy
  private static func vector(
    _ name: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    guard ["Vector", "VECTOR", "HALFVEC", "SPARSEVEC"].contains(name) else { return nil }
    let size = try arguments.integer(0, "dim")
    return plain(name, name.uppercased() + (size.map { "(\($0))" } ?? ""), .other)
  }

  /// sqlalchemy_jsonfield: text unless it is told to use the database's own type.
  private static func jsonField(
    _ name: String, _ arguments: TypeArguments
  ) throws(NotRenderable) -> SQLType? {
    guard name == "JSONField" || name == "mutable_json_field" else { return nil }
    if let isText = try arguments.flag(0, "enforce_string") {
      return plain(name, isText ? "TEXT" : "JSON", .json)
    }
    return plain(name, "JSON", .json)
  }

  /// fastapi_users_db_sqlalchemy.generics, advanced_alchemy.types
  private static func generic(_ name: String) -> SQLType? {
    switch name {
    case "GUID": return plain(name, "UUID", .uuid)
    case "DateTimeUTC": return plain(name, "TIMESTAMP WITH TIME ZONE", .timestamp)
    case "BigIntIdentity": return SQLType(name, "BIGINT", .integer, integerSize: 8)
    case "JsonB": return SQLType(name, "JSONB", .json)
    default: return nil
    }
  }
}

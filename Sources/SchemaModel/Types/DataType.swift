// The type of a column as PostgreSQL stores it: canonical name, modifiers, array or not.

package import PostgresSyntax

/// A type with its modifiers, such as `character varying(20)[]`.
package struct DataType: Hashable, Sendable {
  package var base: BaseType
  package var modifiers: TypeModifiers
  /// PostgreSQL does not tell arrays of different dimension apart (manual 8.15.1).
  package var isArray: Bool

  package init(_ base: BaseType, _ modifiers: TypeModifiers = .none, isArray: Bool = false) {
    self.base = base
    self.modifiers = modifiers
    self.isArray = isArray
  }

  package init(_ builtin: BuiltinType, _ modifiers: TypeModifiers = .none, isArray: Bool = false) {
    self.init(.builtin(builtin), modifiers, isArray: isArray)
  }

  /// The type of an array's elements; of any other type, itself.
  package var element: DataType { DataType(base, modifiers) }

  /// The built-in type of which this is a value; nil for arrays and other types.
  package var builtin: BuiltinType? {
    if case .builtin(let builtin) = base, !isArray { builtin } else { nil }
  }

  /// The type outside of `pg_catalog` of which this is a value or an array.
  package var userType: QualifiedName? { if case .user(let name) = base { name } else { nil } }

  /// As PostgreSQL's `format_type` writes it.
  package var description: String {
    let text: String
    switch base {
    case .builtin(let builtin): text = builtin.description(with: modifiers)
    case .user(let name): text = displayed(name) + modifiers.description
    case .other(let name): text = name + modifiers.description
    }
    return isArray ? text + "[]" : text
  }
}

/// A name as a person reads it: the schema only where it is not `public`.
package func displayed(_ name: QualifiedName) -> String {
  guard let schema = name.schema, schema != "public" else { return name.name }
  return schema + "." + name.name
}

package enum BaseType: Hashable, Sendable {
  case builtin(BuiltinType)
  /// Created by the history, by an extension, or outside of what is known; with its schema.
  case user(QualifiedName)
  /// A type of `pg_catalog` of which nothing more is known here.
  case other(String)
}

/// What stands in parentheses after a type's name.
package enum TypeModifiers: Hashable, Sendable {
  case none
  case one(Int)
  case two(Int, Int)
  /// Anything else, such as `Point,4326`.
  case text(String)

  package var description: String {
    switch self {
    case .none: ""
    case .one(let value): "(\(value))"
    case .two(let first, let second): "(\(first),\(second))"
    case .text(let text): "(\(text))"
    }
  }
}

/// The types of `pg_catalog` that are told apart here; raw values are the names in `pg_type`.
package enum BuiltinType: String, Hashable, Sendable, CaseIterable {
  case int2, int4, int8, float4, float8, numeric, money, oid
  case text, varchar, bpchar, char, name
  case bool, uuid, bytea, json, jsonb, xml, jsonpath
  case date, time, timetz, timestamp, timestamptz, interval
  case inet, cidr, macaddr, macaddr8, bit, varbit
  case point, line, lseg, box, path, polygon, circle
  case tsvector, tsquery
  case int4range, int8range, numrange, tsrange, tstzrange, daterange
  case int4multirange, int8multirange, nummultirange, tsmultirange, tstzmultirange, datemultirange
  case regclass, regproc, regprocedure, regtype, regrole, regnamespace, regoper, regoperator
  case regconfig, regdictionary

  /// The string types of the manual's section 8.3.
  package var isString: Bool { self == .text || self == .varchar || self == .bpchar }

  fileprivate func description(with modifiers: TypeModifiers) -> String {
    switch self {
    case .int2: "smallint"
    case .int4: "integer"
    case .int8: "bigint"
    case .float4: "real"
    case .float8: "double precision"
    case .varchar: "character varying" + modifiers.description
    case .bpchar: modifiers == .none ? "bpchar" : "character" + modifiers.description
    case .char: "\"char\""
    case .bool: "boolean"
    case .varbit: "bit varying" + modifiers.description
    case .time: "time" + modifiers.description + " without time zone"
    case .timetz: "time" + modifiers.description + " with time zone"
    case .timestamp: "timestamp" + modifiers.description + " without time zone"
    case .timestamptz: "timestamp" + modifiers.description + " with time zone"
    default: rawValue + modifiers.description
    }
  }
}

extension DataType {
  /// `typstorage` as ALTER TABLE writes it; nil where it is not known.
  var usualStorage: String? {
    if isArray { return "extended" }
    switch builtin {
    case .text, .varchar, .bpchar, .bytea, .json, .jsonb, .xml, .jsonpath, .tsvector, .path,
      .polygon, .bit, .varbit, .int4range, .int8range, .numrange, .tsrange, .tstzrange, .daterange:
      return "extended"
    case .numeric, .inet, .cidr: return "main"
    case .tsquery, .int4multirange, .int8multirange, .nummultirange, .tsmultirange,
      .tstzmultirange, .datemultirange, nil:
      return nil
    default: return "plain"
    }
  }

  /// The type of the extension `citext`, whose values are equal whatever their case.
  package var isCaseInsensitive: Bool { !isArray && userType?.name == "citext" }

  package var isString: Bool { builtin?.isString == true }

  /// The most characters that a value of a string type has; nil: no limit.
  package var lengthLimit: Int? {
    if isString, case .one(let limit) = modifiers { limit } else { nil }
  }

  /// A string type that keeps what it is given: `char` adds blanks and takes them away (manual 8.3).
  package var isText: Bool { builtin == .text || builtin == .varchar }

  var isNumber: Bool {
    switch builtin {
    case .int2, .int4, .int8, .numeric, .float4, .float8: true
    default: false
    }
  }

  /// Types without an operator class for `=`, as far as they are common.
  var hasNoEquality: Bool {
    builtin == .json || builtin == .xml || builtin == .point
  }

  /// Types for which there is neither `= integer` nor an assignment of one, as far as they are common.
  var hasNoNumbers: Bool {
    switch builtin {
    case .bool, .uuid, .json, .jsonb, .date, .timestamp, .timestamptz: true
    default: false
    }
  }
}

extension SQLConstant {
  /// A number without quotes.
  var isNumber: Bool {
    switch self {
    case .integer, .number: true
    case .null, .boolean, .string, .bits: false
    }
  }
}

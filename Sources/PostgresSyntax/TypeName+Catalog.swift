// The names of types: PostgreSQL's own types by any spelling, and the way `format_type` prints them.

extension TypeName {
  /// A type from the last parts of its name as the grammar gives them. `pg_catalog` is searched
  /// before the search path (manual 5.9.3), so an unqualified name of its types means these.
  init(schema: String?, written: String, modifiers: [TypeModifier], brackets: Int) {
    var schema = schema
    var name = written
    var dimensions = brackets
    if schema == nil || schema == "pg_catalog" {
      if builtinTypes.contains(name) {
        schema = "pg_catalog"
      } else if name.hasPrefix("_"), builtinTypes.contains(String(name.dropFirst())) {
        schema = "pg_catalog"
        name.removeFirst()
        dimensions = max(dimensions, 1)
      }
    }
    var modifiers = modifiers
    if schema == "pg_catalog", name == "numeric", modifiers.count == 1 {
      modifiers.append(.number(0))
    }
    self.init(schema: schema, name: name, modifiers: modifiers, arrayDimensions: dimensions)
  }
}

extension TypeName: CustomStringConvertible {
  /// As `format_type` prints the type: `character varying(50)`, `timestamp(3) with time zone`,
  /// `integer[]`. Types that are not built in keep the schema that the SQL gives them.
  package var description: String {
    let element = isBuiltin ? builtinDescription : qualifiedName.description + parenthesised
    return isArray ? element + "[]" : element
  }

  private var builtinDescription: String {
    switch name {
    case "int2": "smallint"
    case "int4": "integer"
    case "int8": "bigint"
    case "float4": "real"
    case "float8": "double precision"
    case "bool": "boolean"
    case "varchar": "character varying" + parenthesised
    case "bpchar": modifiers.isEmpty ? "bpchar" : "character" + parenthesised
    case "bit": modifiers.isEmpty ? "\"bit\"" : "bit" + parenthesised
    case "varbit": "bit varying" + parenthesised
    case "numeric": "numeric" + parenthesised
    case "time": "time" + parenthesised + " without time zone"
    case "timetz": "time" + parenthesised + " with time zone"
    case "timestamp": "timestamp" + parenthesised + " without time zone"
    case "timestamptz": "timestamp" + parenthesised + " with time zone"
    case "interval": "interval" + intervalModifiers
    default: quoteIdentifier(name) + parenthesised
    }
  }

  private var parenthesised: String {
    guard !modifiers.isEmpty else { return "" }
    let words = modifiers.map { modifier in
      switch modifier {
      case .number(let number): String(number)
      case .word(let word): word
      }
    }
    return "(" + words.joined(separator: ",") + ")"
  }

  /// The mask of fields and the precision, as `intervaltypmodout` in timestamp.c.
  private var intervalModifiers: String {
    guard let numbers, let mask = numbers.first else { return "" }
    let fields = intervalFields[mask].map { " " + $0 } ?? ""
    return numbers.count > 1 ? fields + "(\(numbers[1]))" : fields
  }
}

private let intervalFields: [Int: String] = [
  4: "year", 2: "month", 8: "day", 1024: "hour", 2048: "minute", 4096: "second",
  6: "year to month", 1032: "day to hour", 3080: "day to minute", 7176: "day to second",
  3072: "hour to minute", 7168: "hour to second", 6144: "minute to second",
]

/// The base, range, multirange and pseudo types of `pg_catalog` in PostgreSQL 15 (`pg_type`).
private let builtinTypes: Set<String> = [
  "aclitem", "any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange",
  "anycompatiblenonarray", "anycompatiblerange", "anyelement", "anyenum", "anymultirange",
  "anynonarray", "anyrange", "bit", "bool", "box", "bpchar", "bytea", "char", "cid", "cidr",
  "circle", "cstring", "date", "datemultirange", "daterange", "event_trigger", "fdw_handler",
  "float4", "float8", "gtsvector", "index_am_handler", "inet", "int2", "int2vector", "int4",
  "int4multirange", "int4range", "int8", "int8multirange", "int8range", "internal", "interval",
  "json", "jsonb", "jsonpath", "language_handler", "line", "lseg", "macaddr", "macaddr8", "money",
  "name", "numeric", "nummultirange", "numrange", "oid", "oidvector", "path",
  "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary", "pg_ddl_command", "pg_dependencies",
  "pg_lsn", "pg_mcv_list", "pg_ndistinct", "pg_node_tree", "pg_snapshot", "point", "polygon",
  "record", "refcursor", "regclass", "regcollation", "regconfig", "regdictionary", "regnamespace",
  "regoper", "regoperator", "regproc", "regprocedure", "regrole", "regtype", "table_am_handler",
  "text", "tid", "time", "timestamp", "timestamptz", "timetz", "trigger", "tsm_handler",
  "tsmultirange", "tsquery", "tsrange", "tstzmultirange", "tstzrange", "tsvector",
  "txid_snapshot", "unknown", "uuid", "varbit", "varchar", "void", "xid", "xid8", "xml",
]

// An expression of a migration into SQL for a probe: written anew from its tree, of immutable functions and
// operators of pg_catalog only, over columns of built-in types.

import DatabaseFacts
import PostgresSyntax
import SchemaModel

struct ValueWriter {
  /// A column by the name that the expression has for it: what it is called in the database now, and its
  /// type. Nil where that is not known.
  typealias Columns = (ColumnReference) -> (name: String, type: DataType)?

  private let columns: Columns
  private let alias: SafeSQL.Alias?
  private let isEnum: (QualifiedName) -> Bool
  private(set) var names = BuiltinNames()
  /// The types of date and time that the columns have.
  private let times: Set<BuiltinType>
  private let hasFloats: Bool

  /// Nil where a column has a type whose operators may be anything, or is not known.
  init?(
    _ expressions: [SQLExpression], alias: SafeSQL.Alias? = nil,
    isEnum: @escaping (QualifiedName) -> Bool, columns: @escaping Columns
  ) {
    self.columns = columns
    self.alias = alias
    self.isEnum = isEnum
    var times: Set<BuiltinType> = []
    var hasFloats = false
    for expression in expressions {
      guard !expression.containsSubquery, !expression.containsParameter else { return nil }
      for reference in expression.columns {
        guard let type = columns(reference)?.type else { return nil }
        switch type.base {
        case .builtin(let builtin):
          guard !builtin.hasChangingText else { return nil }
          if builtin.isTime { times.insert(builtin) }
          if builtin == .float4 || builtin == .float8 { hasFloats = true }
        case .user(let name): guard !type.isArray, isEnum(name) else { return nil }
        case .other: return nil
        }
      }
    }
    // Between types of time the time zone enters, and so the session.
    guard times.count <= 1 else { return nil }
    self.times = times
    self.hasFloats = hasFloats
  }

  /// The whole of an expression.
  mutating func sql(_ expression: SQLExpression) -> SafeSQL? {
    expression.tree.flatMap { sql($0) }
  }

  /// Nil for what is not certain to be immutable.
  mutating func sql(_ tree: ValueTree) -> SafeSQL? {
    switch tree {
    case .column(let reference):
      return columns(reference).map { SafeSQL.column($0.name, of: alias) }
    case .constant(let constant): return sql(constant)
    case .cast(let value, let type): return cast(value, type)
    case .call(let name, let arguments): return call(name, arguments)
    case .operation(let name, let left, let right):
      guard let operation = use(operator: name), let right = sql(right) else { return nil }
      guard let left else { return SafeSQL.operation(operation, nil, right) }
      return sql(left).flatMap { SafeSQL.operation(operation, $0, right) }
    case .all(let parts): return list(parts).map(SafeSQL.all)
    case .any(let parts): return list(parts).map(SafeSQL.any)
    case .not(let value): return sql(value).map(SafeSQL.not)
    case .isNull(let value): return sql(value)?.isNull
    case .differs(let left, let right):
      guard use(operator: "=") != nil, let left = sql(left), let right = sql(right) else {
        return nil
      }
      return left.differs(from: right)
    case .among(let value, let others):
      guard use(operator: "=") != nil, let value = sql(value), let others = list(others) else {
        return nil
      }
      return .any(others.compactMap { SafeSQL.operation("=", value, $0) })
    case .coalesce(let values): return list(values).map(SafeSQL.coalesce)
    case .nullIf(let value, let other):
      guard use(operator: "=") != nil, let value = sql(value), let other = sql(other) else {
        return nil
      }
      return .nullIf(value, other)
    }
  }

  private mutating func list(_ trees: [ValueTree]) -> [SafeSQL]? {
    var values: [SafeSQL] = []
    for tree in trees {
      guard let value = sql(tree) else { return nil }
      values.append(value)
    }
    return values
  }

  private mutating func use(operator name: String) -> String? {
    use(operator: QualifiedName(name))
  }

  private mutating func use(operator name: QualifiedName) -> String? {
    guard name.schema == nil || name.schema == "pg_catalog" else { return nil }
    let isAllowed =
      Self.comparisons.contains(name.name) || times.isEmpty && Self.operators.contains(name.name)
    guard isAllowed else { return nil }
    names.use(operator: name.name)
    return name.name
  }

  /// Immutable for two values of one type (`pg_proc.provolatile`).
  static let comparisons: Set<String> = [
    "=", "<>", "<", ">", "<=", ">=", "&&", "@>", "<@",
  ]

  /// Immutable for all types but those of time.
  static let operators: Set<String> = [
    "+", "-", "*", "/", "%", "^", "&", "|", "#", "~", "!~", "~*", "!~*", "~~", "!~~", "~~*", "!~~*",
    "->", "->>", "#>", "#>>", "?", "?|", "?&",
  ]

  /// Immutable for all types that they take.
  static let functions: Set<String> = [
    "abs", "array_length", "array_lower", "array_ndims", "array_position", "array_remove",
    "array_upper", "ascii", "bit_length", "btrim", "cardinality", "ceil", "ceiling", "char_length",
    "character_length", "floor", "initcap", "int4range", "int8range", "isempty", "isfinite",
    "json_array_length", "json_typeof", "jsonb_array_length", "jsonb_exists", "jsonb_typeof",
    "left",
    "lower", "lower_inc", "lower_inf", "ltrim", "md5", "mod", "num_nonnulls", "num_nulls",
    "numrange",
    "octet_length", "position", "power", "regexp_match", "regexp_replace", "replace", "reverse",
    "right", "round", "rtrim", "sign", "sqrt", "starts_with", "strpos", "substr", "substring",
    "trunc", "upper", "upper_inc", "upper_inf",
  ]

  private mutating func call(_ name: QualifiedName, _ arguments: [ValueTree]) -> SafeSQL? {
    guard name.schema == nil || name.schema == "pg_catalog" else { return nil }
    switch name.name {
    // Of two arguments it converts to an encoding.
    case "length": guard arguments.count == 1 else { return nil }
    case "tsrange": guard times == [.timestamp] else { return nil }
    case "tstzrange": guard times == [.timestamptz] else { return nil }
    case "daterange": guard times == [.date] else { return nil }
    default: guard Self.functions.contains(name.name) else { return nil }
    }
    // Its name stands for that of pg_catalog, whatever the search path is.
    if name.schema == nil { names.use(function: name.name) }
    return list(arguments).map { SafeSQL.call(name.name, $0) }
  }

  private mutating func cast(_ value: ValueTree, _ written: TypeName) -> SafeSQL? {
    guard written.isBuiltin, !written.isArray, let type = BuiltinType(rawValue: written.name) else {
      // 'open'::mood is a label; its place tells the type.
      var name = written.qualifiedName
      name.schema = name.schema ?? "public"
      guard case .constant(.string) = value, !written.isArray, isEnum(name) else { return nil }
      return sql(value)
    }
    if type.isTime {
      guard case .constant = value, times == [type], written.modifiers.isEmpty else { return nil }
      return sql(value)?.cast(to: DataType(type).description)
    }
    guard times.isEmpty, Self.castTargets.contains(type), !(type.isString && hasFloats) else {
      return nil
    }
    let modifiers: TypeModifiers
    switch written.numbers ?? [-1] {
    case []: modifiers = .none
    case let numbers where numbers.count == 1 && numbers[0] >= 0: modifiers = .one(numbers[0])
    case let numbers where numbers.count == 2: modifiers = .two(numbers[0], numbers[1])
    default: return nil
    }
    return sql(value)?.cast(to: DataType(type, modifiers).description)
  }

  private static let castTargets: Set<BuiltinType> = [
    .int2, .int4, .int8, .numeric, .float8, .text, .varchar, .bool, .uuid, .jsonb,
  ]

  private func sql(_ constant: SQLConstant) -> SafeSQL? {
    switch constant {
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .number(String(value))
    case .number(let text): return .number(text)
    case .string(let text):
      guard let time = times.first else { return .literal(text) }
      let isRangeBound = ["[]", "[)", "(]", "()"].contains(text)
      return isRangeBound || time.hasFixedMeaning(text) ? .literal(text) : nil
    case .bits: return nil
    }
  }
}

extension BuiltinType {
  var isTime: Bool {
    switch self {
    case .date, .time, .timetz, .timestamp, .timestamptz, .interval, .tsrange, .tstzrange,
      .daterange, .tsmultirange, .tstzmultirange, .datemultirange:
      true
    default: false
    }
  }

  /// Types whose text depends on settings or on the catalogs.
  var hasChangingText: Bool {
    switch self {
    case .money, .oid, .xml, .regclass, .regproc, .regprocedure, .regtype, .regrole, .regnamespace,
      .regoper, .regoperator, .regconfig, .regdictionary:
      true
    default: false
    }
  }

  /// Whether a text is the same moment whatever `DateStyle` and `TimeZone` are (manual 8.5.1).
  func hasFixedMeaning(_ text: String) -> Bool {
    var form = ""
    for byte in text.utf8 {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      form.unicodeScalars.append(isDigit ? "0" : Unicode.Scalar(byte))
    }
    let day = "0000-00-00"
    switch self {
    case .date: return form == day
    case .timestamp:
      return [day, day + " 00:00", day + " 00:00:00", day + "T00:00:00"].contains(form)
    case .timestamptz:
      return [" 00:00+00", " 00:00:00+00", " 00:00:00+00:00", "T00:00:00Z", "T00:00:00+00:00"]
        .contains { form == day + $0 }
    case .time: return form == "00:00" || form == "00:00:00"
    default: return false
    }
  }
}

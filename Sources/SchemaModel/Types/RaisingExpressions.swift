// Which expressions end with an error on some values.

package import PostgresSyntax

/// Functions and operators that give a value for every value of their arguments' types.
private let totalFunctions: Set<String> = [
  "lower", "upper", "left", "right", "replace", "translate", "coalesce", "btrim", "ltrim", "rtrim",
  "trim", "length", "char_length",
  "character_length", "octet_length", "md5", "nullif", "greatest", "least", "reverse", "initcap",
  "date_trunc", "now", "current_timestamp", "current_date", "clock_timestamp", "nextval",
  "gen_random_uuid", "uuid_generate_v4", "random", "num_nonnulls",
  "num_nulls", "strpos", "starts_with", "count", "max", "min", "bool_or", "bool_and", "every",
  "string_agg", "json_agg", "jsonb_agg", "to_json", "to_jsonb", "row_to_json", "concat",
  "concat_ws", "row_number", "rank", "dense_rank", "first_value", "last_value", "cardinality",
  "array_length", "localtimestamp", "localtime", "current_time", "current_user", "user",
  "session_user", "current_role", "current_schema", "current_catalog", "current_database",
  "version", "set_config", "current_setting", "pg_notify", "pg_sleep", "pg_advisory_lock",
  "pg_advisory_xact_lock", "pg_try_advisory_lock", "pg_try_advisory_xact_lock",
  "pg_advisory_unlock", "pg_advisory_unlock_all", "pg_get_serial_sequence",
]
private let totalOperators: Set<String> = [
  "=", "<>", "!=", "<", ">", "<=", ">=", "||", "->", "->>", "#>", "#>>", "~~", "!~~", "~~*", "!~~*",
  "@>", "<@", "?", "&&", "BETWEEN", "NOT BETWEEN",
]

extension SQLExpression {
  /// Whether computing it may end with an error on some row, as far as its parts tell.
  package var mayRaise: Bool {
    if constant != nil { return false }
    if containsScalarSubquery || containsParameter { return true }
    return Computation(text, functions, operators, casts).mayRaise
  }
}

extension Query {
  /// Whether running it may end with an error on some row, as far as its parts tell.
  package var mayRaise: Bool {
    containsScalarSubquery || containsParameter
      || Computation(text, functions, operators, casts).mayRaise
  }
}

/// What is called, applied and cast to in a text.
private struct Computation {
  let text: String
  let functions: [FunctionCall]
  let operators: [QualifiedName]
  let casts: [TypeName]

  init(
    _ text: String, _ functions: [FunctionCall], _ operators: [QualifiedName], _ casts: [TypeName]
  ) {
    (self.text, self.functions, self.operators, self.casts) = (text, functions, operators, casts)
  }

  var mayRaise: Bool {
    let isTextOnly = casts.allSatisfy { type in
      ["text", "varchar", "bpchar", "name", "regclass"].contains(type.name)
        && type.modifiers.isEmpty
    }
    return !isTextOnly && !hasOnlyCastConstants || !functions.allSatisfy(isTotal)
      || !operators.allSatisfy { totalOperators.contains($0.name) }
  }

  private func isTotal(_ call: FunctionCall) -> Bool {
    // A sequence takes no value below its least, which is 1 where nothing else is said.
    if call.name.name == "setval", call.arguments.count > 1,
      case .integer(let value)? = call.arguments[1]
    {
      return value > 0
    }
    // Moved by the offset of UTC, which is none: also what is at the ends of the range, and infinity.
    if call.name.name == "timezone", case .string(let zone)?? = call.arguments.first {
      return zone.isUTC
    }
    return totalFunctions.contains(call.name.name)
  }

  /// `state = 'open'::mood` casts a literal, which is read once.
  private var hasOnlyCastConstants: Bool {
    var rest = text[...]
    while let cast = rest.firstRange(of: "::") {
      guard rest[..<cast.lowerBound].last == "'" else { return false }
      rest = rest[cast.upperBound...]
    }
    return !text.lowercased().contains("cast(")
  }
}

extension String {
  /// Whether it is a name of the time zone without an offset.
  var isUTC: Bool { ["utc", "etc/utc"].contains(lowercased()) }
}

// Which expressions end with an error on some values.

package import PostgresSyntax

/// Functions and operators that give a value for every value of their arguments' types.
private let totalFunctions: Set<String> = [
  "lower", "upper", "coalesce", "btrim", "ltrim", "rtrim", "trim", "length", "char_length",
  "character_length", "octet_length", "md5", "nullif", "greatest", "least", "reverse", "initcap",
  "date_trunc", "now", "current_timestamp", "current_date", "clock_timestamp", "nextval",
  "gen_random_uuid", "uuid_generate_v4", "random", "num_nonnulls",
  "num_nulls", "strpos", "starts_with",
]
private let totalOperators: Set<String> = [
  "=", "<>", "!=", "<", ">", "<=", ">=", "||", "->", "->>", "#>", "#>>", "~~", "!~~", "~~*", "!~~*",
  "@>", "<@", "?", "&&",
]

extension SQLExpression {
  /// Whether computing it may end with an error on some row, as far as its parts tell.
  package var mayRaise: Bool {
    if constant != nil { return false }
    if containsSubquery || containsParameter { return true }
    let isTextOnly = casts.allSatisfy { type in
      ["text", "varchar", "bpchar", "name", "regclass"].contains(type.name)
        && type.modifiers.isEmpty
    }
    return !isTextOnly && !hasOnlyCastConstants
      || !functions.allSatisfy { totalFunctions.contains($0.name.name) }
      || !operators.allSatisfy { totalOperators.contains($0.name) }
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

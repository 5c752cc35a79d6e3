// The operators of SQL with SQLAlchemy's precedence (`sqlalchemy.sql.operators._PRECEDENCE`).

struct SQLOperator: Equatable {
  let sql: String
  let precedence: Int
  /// `a + b + c` without parentheses.
  var isAssociative = false
  /// What `NOT` makes of it.
  var negated: String?
  /// The whole is written in parentheses (`NOT IN`, `LIKE` of `contains()`).
  var isWrapped = false
  /// Compares, so that its value is a boolean.
  var isComparison = false
  /// In parentheses inside of any other operator (`eager_grouping`).
  var isEager = false

  static func == (left: SQLOperator, right: SQLOperator) -> Bool { left.sql == right.sql }

  /// `is_precedent`: whether an expression with this operator needs parentheses inside of another, or
  /// where none is given on its own.
  func needsParentheses(inside other: SQLOperator?) -> Bool {
    guard let other else { return !isWrapped }
    if isWrapped || (self == other && isAssociative) { return false }
    return precedence <= other.precedence
  }

  private static func comparison(_ sql: String, _ negated: String) -> SQLOperator {
    SQLOperator(sql: sql, precedence: 5, negated: negated, isComparison: true)
  }

  static let equal = SQLOperator(
    sql: "=", precedence: 5, isAssociative: true, negated: "!=", isComparison: true)
  static let unequal = SQLOperator(
    sql: "!=", precedence: 5, isAssociative: true, negated: "=", isComparison: true)
  static let add = SQLOperator(sql: "+", precedence: 7, isAssociative: true)
  static let concatenation = SQLOperator(sql: "||", precedence: 5, isAssociative: true)
  static let and = SQLOperator(sql: "AND", precedence: 3, isAssociative: true)
  static let or = SQLOperator(sql: "OR", precedence: 2, isAssociative: true)
  static let `in` = comparison("IN", "NOT IN")
  static let notIn = SQLOperator(
    sql: "NOT IN", precedence: 5, negated: "IN", isWrapped: true, isComparison: true)
  static let `is` = comparison("IS", "IS NOT")
  static let isNot = comparison("IS NOT", "IS")
  static let between = comparison("BETWEEN", "NOT BETWEEN")
  static let notBetween = comparison("NOT BETWEEN", "BETWEEN")
  static let like = comparison("LIKE", "NOT LIKE")
  static let notLike = comparison("NOT LIKE", "LIKE")
  static let negative = SQLOperator(sql: "-", precedence: 8)
  static let descending = SQLOperator(sql: "DESC", precedence: 3)
  static let collate = SQLOperator(sql: "COLLATE", precedence: 4)

  /// `x.op("…")`
  static func custom(_ sql: String, precedence: Int, isComparison: Bool = false) -> SQLOperator {
    SQLOperator(sql: sql, precedence: precedence, isComparison: isComparison)
  }

  /// Of arrays and JSON of PostgreSQL (`sqlalchemy.dialects.postgresql.operators`).
  static func containment(_ sql: String) -> SQLOperator {
    var symbol = custom(sql, precedence: 5, isComparison: true)
    symbol.isEager = true
    return symbol
  }

  /// By the Python method that makes it.
  static let byMethod: [String: SQLOperator] = [
    "__eq__": equal, "__ne__": unequal, "__lt__": comparison("<", ">="),
    "__le__": comparison("<=", ">"), "__gt__": comparison(">", "<="),
    "__ge__": comparison(">=", "<"), "__add__": add,
    "__sub__": SQLOperator(sql: "-", precedence: 7),
    "__mul__": SQLOperator(sql: "*", precedence: 8, isAssociative: true),
    "__truediv__": SQLOperator(sql: "/", precedence: 8),
    "__mod__": SQLOperator(sql: "%", precedence: 8), "concat": concatenation,
    "like": like, "notlike": notLike, "not_like": notLike,
    "ilike": comparison("ILIKE", "NOT ILIKE"), "notilike": comparison("NOT ILIKE", "ILIKE"),
    "not_ilike": comparison("NOT ILIKE", "ILIKE"), "regexp_match": comparison("~", "!~"),
    "is_distinct_from": comparison("IS DISTINCT FROM", "IS NOT DISTINCT FROM"),
    "is_not_distinct_from": comparison("IS NOT DISTINCT FROM", "IS DISTINCT FROM"),
    "bitwise_and": SQLOperator(sql: "&", precedence: 7),
    "bitwise_or": SQLOperator(sql: "|", precedence: 7),
    "bitwise_xor": SQLOperator(sql: "#", precedence: 7),
  ]

  static func named(_ sql: String) -> SQLOperator? {
    switch sql {
    case "NOT IN": notIn
    case "IN": `in`
    case "IS": `is`
    case "IS NOT": isNot
    case "BETWEEN": between
    case "NOT BETWEEN": notBetween
    default: byMethod.values.first { $0.sql == sql } ?? comparison(sql, sql)
    }
  }
}

// What PostgreSQL refuses by the text of a statement alone.

/// Why parse analysis refuses a statement, whatever the catalog holds.
package struct Refusal: Hashable, Sendable {
  /// As in `Failure`.
  package var sqlState: String
  package var reason: String
  /// A function of PostgreSQL's own that the reason rests on: one of the same name that the database has
  /// beside it may be something else.
  package var function: String?
  /// Whether the database, or the session, may have what makes the statement right.
  package var isUncertain = false
}

/// Calls that stand in an expression outside of its subqueries, and that most places do not take: the first of
/// each kind, by its name.
struct SpecialCalls {
  var aggregate: String?
  var window: String?
  var setReturning: String?
  /// How many there are of all kinds.
  var count = 0
}

/// Where an expression stands (`ParseExprKind` in parse_node.h), in words that follow "in".
enum ExpressionPlace: String {
  case check = "a CHECK constraint"
  case `default` = "a default"
  case generated = "a generated column"
  case index = "an index"
  case predicate = "the condition of an index"
  case using = "USING"
  case policy = "a policy"
  case triggerCondition = "the condition of a trigger"
  case ruleCondition = "the condition of a rule"
  case partitionKey = "a partition key"
  case partitionBound = "a partition bound"
  case statistics = "extended statistics"
  case publication = "the condition of a publication"
  case whereClause = "WHERE"
  case joinCondition = "a join condition"
  case groupBy = "GROUP BY"
  case having = "HAVING"
  case limit = "LIMIT"
  case values = "VALUES"
  case assignment = "UPDATE"
  case returning = "RETURNING"

  var allowsSubqueries: Bool {
    switch self {
    case .policy, .ruleCondition, .whereClause, .joinCondition, .groupBy, .having, .limit, .values,
      .assignment, .returning:
      true
    default: false
    }
  }

  var allowsAggregates: Bool { self == .having }

  var allowsSets: Bool {
    switch self {
    case .groupBy, .values, .returning: true
    default: false
    }
  }
}

/// How PostgreSQL treats a function of its own by its name (`pg_proc.prokind`).
enum RoutineNature {
  case plain
  case aggregate
  case setReturning

  init(of name: QualifiedName) {
    guard name.schema == nil || name.schema == "pg_catalog" else {
      self = .plain
      return
    }
    self =
      aggregates.contains(name.name)
      ? .aggregate : setReturningRoutines.contains(name.name) ? .setReturning : .plain
  }
}

/// Functions that make one value of all rows.
private let aggregates: Set<String> = [
  "array_agg", "avg", "bit_and", "bit_or", "bit_xor", "bool_and", "bool_or", "corr", "count",
  "covar_pop", "covar_samp", "every", "json_agg", "json_object_agg", "jsonb_agg",
  "jsonb_object_agg", "max", "min", "mode", "percentile_cont", "percentile_disc", "range_agg",
  "range_intersect_agg", "regr_avgx", "regr_avgy", "regr_count", "regr_intercept", "regr_r2",
  "regr_slope", "regr_sxx", "regr_sxy", "regr_syy", "stddev", "stddev_pop", "stddev_samp",
  "string_agg", "sum", "var_pop", "var_samp", "variance", "xmlagg",
]

/// Functions that return rows (`pg_proc.proretset`).
private let setReturningRoutines: Set<String> = [
  "aclexplode", "generate_series", "generate_subscripts", "json_array_elements",
  "json_array_elements_text", "json_each", "json_each_text", "json_object_keys",
  "json_populate_recordset", "json_to_recordset", "jsonb_array_elements",
  "jsonb_array_elements_text", "jsonb_each", "jsonb_each_text", "jsonb_object_keys",
  "jsonb_path_query", "jsonb_populate_recordset", "jsonb_to_recordset", "regexp_matches",
  "regexp_split_to_table", "string_to_table", "unnest",
]

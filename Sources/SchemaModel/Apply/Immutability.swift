// Expressions that have to give the same value at all times: of indexes, generated columns and partition keys.

import HashTreeCollections
import PostgresSyntax

/// Functions of which no form is immutable (`pg_proc.provolatile`), as far as they are of use in expressions.
private let mutableRoutines: Set<String> = [
  "now", "current_timestamp", "current_date", "current_time", "localtimestamp", "localtime",
  "statement_timestamp", "transaction_timestamp", "clock_timestamp", "timeofday", "random",
  "gen_random_uuid", "to_char", "to_date", "concat", "concat_ws", "format", "current_user",
  "session_user", "current_role", "user", "current_schema", "current_catalog", "current_database",
  "current_setting", "nextval", "currval", "lastval", "setval", "version", "array_to_string",
  "array_to_json", "row_to_json", "to_json", "to_jsonb", "json_build_object", "json_build_array",
  "jsonb_build_object", "jsonb_build_array", "txid_current", "pg_backend_pid",
]

/// Functions that take the configuration of the session where it is not their first argument.
private let searchRoutines: Set<String> = [
  "to_tsvector", "to_tsquery", "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery",
]

/// Functions of which the form for points in time with a zone depends on that of the session.
private let zonedRoutines: Set<String> = [
  "date_trunc", "date_part", "extract", "date", "timestamp",
]

extension Replay {
  /// Refuses an expression that depends on more than the row: on time, settings or other rows (42P17).
  mutating func requireImmutable(
    _ expression: SQLExpression, in table: Table, _ place: String
  ) throws(Refused) {
    for call in expression.functions {
      if let name = try mutableRoutine(call) {
        try fail("42P17", .invalidDefinition("\(name), which is not immutable, in \(place)"))
      }
    }
    guard !catalog.unfollowed.contains(.operators), isOfTimes(expression, table),
      let tree = expression.tree, isMutable(tree, table)
    else { return }
    try fail(
      "42P17",
      .invalidDefinition("a value that depends on the session's settings in \(place)"),
      ifCertain: isSettled(table.id))
  }

  private mutating func mutableRoutine(_ call: FunctionCall) throws(Refused) -> String? {
    let name = call.name.name
    guard let own = catalog.routines[catalog.resolveRoutine(call.name)]?.value else {
      guard isBuiltin(call.name) else { return nil }
      let isMutable =
        mutableRoutines.contains(name) || searchRoutines.contains(name) && call.arguments.count == 1
      return isMutable ? name : nil
    }
    guard !isBuiltin(call.name),
      own.allSatisfy({ $0.definition.map { $0.volatility != .immutable } ?? false })
    else { return nil }
    // A function in SQL is looked into.
    if own.contains(where: { $0.definition?.language == "sql" }) {
      mayFail("42P17", .invalidDefinition("\(name), which is not immutable"))
      return nil
    }
    return own.allSatisfy { isSettled($0.id) } ? name : nil
  }

  /// Whether times or texts are read or written; others do not depend on settings.
  private func isOfTimes(_ expression: SQLExpression, _ table: Table) -> Bool {
    guard
      !expression.casts.isEmpty || !expression.operators.isEmpty
        || expression.functions.contains(where: { zonedRoutines.contains($0.name.name) })
    else { return false }
    return expression.columns.contains { reference in
      let type = reference.column.flatMap(table.column)?.type
      return type?.isTime == true || type?.isString == true
    }
  }

  private func isMutable(_ tree: ValueTree, _ table: Table) -> Bool {
    switch tree {
    case .column, .constant: return false
    case .cast(let value, let type):
      let isRead = value.constantUnderCasts == nil && isMutable(value, table)
      return isRead || isMutableCast(from: self.type(of: value, in: table), to: namedType(type))
    case .call(let name, let values):
      if values.contains(where: { isMutable($0, table) }) { return true }
      guard name.schema == nil || name.schema == "pg_catalog", zonedRoutines.contains(name.name),
        catalog.routines[catalog.resolveRoutine(name)] == nil
      else { return false }
      let place = name.name == "date_trunc" || values.count == 2 ? 1 : 0
      guard values.indices.contains(place), let type = self.type(of: values[place], in: table)
      else {
        return false
      }
      return type.builtin == .timestamptz
        || name.name == "date_trunc" && type.builtin == .date
    case .operation(let name, let left?, let right):
      return isMutable(left, table) || isMutable(right, table)
        || isMutableOperator(name.name, type(of: left, in: table), type(of: right, in: table))
    case .operation(_, nil, let value), .not(let value), .isNull(let value):
      return isMutable(value, table)
    case .all(let values), .any(let values), .coalesce(let values):
      return values.contains { isMutable($0, table) }
    case .differs(let left, let right), .nullIf(let left, let right):
      return isMutable(left, table) || isMutable(right, table)
        || isMutableOperator("=", type(of: left, in: table), type(of: right, in: table))
    case .among(let value, let values):
      return ([value] + values).contains { isMutable($0, table) }
    }
  }

  /// Casts between times of different zones, and between times and texts, which depend on DateStyle.
  private func isMutableCast(from: DataType?, to: DataType) -> Bool {
    guard let from, let source = from.builtin, let target = to.builtin, !from.isArray, !to.isArray
    else { return false }
    switch source {
    case .timestamptz:
      return [.text, .varchar, .bpchar, .date, .time, .timetz, .timestamp].contains(target)
    case .timestamp, .date: return [.text, .varchar, .bpchar, .timestamptz].contains(target)
    case .text, .varchar:
      return [.date, .time, .timetz, .timestamp, .timestamptz, .interval].contains(target)
    default: return false
    }
  }

  private func isMutableOperator(_ name: String, _ left: DataType?, _ right: DataType?) -> Bool {
    guard let left, let right, let first = left.builtin, let second = right.builtin,
      !left.isArray, !right.isArray
    else { return false }
    let zones: Set<BuiltinType> = [first, second]
    switch name {
    case "+", "-": return zones == [.timestamptz, .interval]
    case "=", "<>", "<", ">", "<=", ">=":
      return zones == [.timestamptz, .date] || zones == [.timestamptz, .timestamp]
    case "||":
      let days: Set<BuiltinType> = [.date, .timestamp, .timestamptz]
      return left.isText && days.contains(second) || right.isText && days.contains(first)
    default: return false
    }
  }
}

extension ValueTree {
  fileprivate var constantUnderCasts: SQLConstant? {
    switch self {
    case .constant(let constant): constant
    case .cast(let value, _): value.constantUnderCasts
    default: nil
    }
  }
}

extension DataType {
  fileprivate var isTime: Bool {
    switch builtin {
    case .date, .time, .timetz, .timestamp, .timestamptz, .interval: true
    default: false
    }
  }
}

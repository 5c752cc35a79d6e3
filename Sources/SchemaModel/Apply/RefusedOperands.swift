// Operands for which PostgreSQL has no function or operator, in statements that write rows and in views.

import HashTreeCollections
import PostgresSyntax

/// Functions of which the first argument is a text, where it is of none of the types of `isNoText`.
private let functionsOfTexts: Set<String> = [
  "lower", "upper", "initcap", "reverse", "md5", "btrim", "ltrim", "rtrim", "length", "char_length",
  "character_length", "replace", "substr", "left", "right", "lpad", "rpad", "strpos", "position",
  "split_part", "regexp_replace", "translate", "starts_with", "ascii",
]

extension Replay {
  /// Says of a query that PostgreSQL may refuse it where the types of an operator's or function's operands are
  /// known and do not suit it. What is not known is taken to be right.
  /// - Parameter table: what the values are assigned to, and a part of what the columns are from.
  mutating func refuseOperands(
    of query: Query, writing use: RelationUse? = nil, _ table: Table? = nil
  ) {
    guard !query.operands.isEmpty || !query.assigned.isEmpty else { return }
    var query = query
    if let use { query.relations.append(use) }
    let isRefused =
      query.operands.contains {
        // Of what writes rows, it is the condition.
        self.isRefused($0, query) || use != nil && !mayBeCondition($0, query)
      }
      || query.assigned.contains { name, value in
        self.isRefused(value, query) || !isAssignable(value, to: table?.column(name), query)
      }
    if isRefused {
      mayFail("42883", .invalidDefinition("a function, operator or column takes no such operand"))
    }
  }

  private func isAssignable(_ value: ValueTree, to column: Column?, _ query: Query) -> Bool {
    guard let to = column?.type, let from = type(of: value, query), from.builtin != nil else {
      return true
    }
    let classifier = TypeClassifier(timeZoneIsUTC: true) { [catalog] in catalog.type($0) }
    return !classifier.change(from: from, to: to, using: .none).needsUsing
  }

  private func isRefused(_ value: ValueTree, _ query: Query) -> Bool {
    switch value {
    case .column, .constant: return false
    case .cast(let inner, _), .isNull(let inner): return isRefused(inner, query)
    case .call(let name, let arguments):
      if arguments.contains(where: { isRefused($0, query) }) { return true }
      guard name.schema == nil || name.schema == "pg_catalog", functionsOfTexts.contains(name.name),
        catalog.routines[catalog.resolveRoutine(name)] == nil, let first = arguments.first
      else { return false }
      return type(of: first, query)?.isNoText == true
    case .operation(let name, let left?, let right):
      return isRefused(left, query) || isRefused(right, query)
        || refuses(name.name, type(of: left, query), type(of: right, query))
    case .operation(_, nil, let right): return isRefused(right, query)
    case .all(let parts), .any(let parts):
      return parts.contains { isRefused($0, query) || !mayBeCondition($0, query) }
    case .not(let part): return isRefused(part, query) || !mayBeCondition(part, query)
    case .differs(let left, let right), .nullIf(let left, let right):
      return isRefused(left, query) || isRefused(right, query)
        || refuses("=", type(of: left, query), type(of: right, query))
    case .among(let left, let values):
      let from = type(of: left, query)
      return isRefused(left, query)
        || values.contains { isRefused($0, query) || refuses("=", from, type(of: $0, query)) }
    case .coalesce(let values):
      let types = values.compactMap { type(of: $0, query) }
      return values.contains { isRefused($0, query) }
        || types.contains(where: \.isNumber) && types.contains(where: \.isString)
    }
  }

  private func mayBeCondition(_ value: ValueTree, _ query: Query) -> Bool {
    guard let type = type(of: value, query), type.builtin != nil else { return true }
    return type.builtin == .bool
  }

  /// Whether there is no such operator; a type that is not known may have one.
  private func refuses(_ name: String, _ left: DataType?, _ right: DataType?) -> Bool {
    switch name {
    case "=", "<>", "!=", "<", ">", "<=", ">=":
      guard let left, let right, left.builtin != nil, right.builtin != nil else { return false }
      return !areComparable(left, right)
    case "~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*":
      return left?.isNoText == true || right?.isNoText == true
    case "||":
      return left?.isNumber == true && right?.isNumber == true
    case "+", "-", "*", "/", "%":
      guard let left, let right else { return false }
      return left.isString && right.isNumber || left.isNumber && right.isString
        || left.builtin == .bool && right.builtin != nil
    default: return false
    }
  }
}

extension DataType {
  /// A type of which no value becomes a text by itself.
  fileprivate var isNoText: Bool {
    switch builtin {
    case .bool, .uuid, .date, .timestamp, .timestamptz, .time, .interval, .json, .jsonb: true
    default: isNumber
    }
  }
}

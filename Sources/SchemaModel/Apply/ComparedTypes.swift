// Values that a condition compares although their types have no operator for it.

import PostgresSyntax

extension Replay {
  /// Refuses a condition over one table that compares what cannot be compared, or a column with a literal that
  /// its type does not have.
  mutating func requireComparable(
    _ condition: SQLExpression, in table: Table
  ) throws(Refused) {
    guard !catalog.unfollowed.contains(.operators), condition.constant == nil else { return }
    guard let comparisons = condition.plainComparisons ?? condition.tree?.comparisons else {
      return labelsMayBeMissing(in: condition, of: table)
    }
    for (left, right) in comparisons {
      if let (column, label) = literal(left, right, in: table) ?? literal(right, left, in: table) {
        try requireLabel(.string(label), for: column.type)
      }
      guard let first = type(of: left, in: table), let second = type(of: right, in: table),
        !areComparable(first, second)
      else { continue }
      try fail(
        "42883",
        .invalidDefinition("\(first.description) is compared with \(second.description)"),
        ifCertain: isSettled(table.id))
    }
  }

  /// A column and the bare string that it is compared with.
  private func literal(
    _ value: ValueTree, _ other: ValueTree, in table: Table
  ) -> (Column, String)? {
    guard case .column(let reference) = value,
      let column = reference.column.flatMap(table.column)
    else { return nil }
    switch other {
    case .constant(.string(let text)): return (column, text)
    case .cast(.constant(.string(let text)), let type):
      return namedType(type) == column.type ? (column, text) : nil
    default: return nil
    }
  }

  /// An expression that is not followed, as CASE, which may compare a column of an enum with what is no label
  /// of it.
  private mutating func labelsMayBeMissing(in expression: SQLExpression, of table: Table) {
    let literals = expression.text.split(separator: "'", omittingEmptySubsequences: false)
      .enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    for reference in expression.columns {
      guard let type = reference.column.flatMap(table.column)?.type, !type.isArray,
        let name = type.userType, let labels = catalog.type(name)?.labels,
        let value = literals.first(where: { !labels.contains($0) })
      else { continue }
      mayFail("22P02", .noSuchEnumValue(type: name, value: value))
    }
  }

  /// Nil for a bare string, which takes any type, and for what is not known.
  func type(of value: ValueTree, in table: Table) -> DataType? {
    switch value {
    case .column(let reference): reference.column.flatMap(table.column)?.type
    case .cast(_, let type): namedType(type)
    case .constant(let constant): constant.type
    default: nil
    }
  }
}

extension SQLConstant {
  /// The type of a literal without a cast; nil for a string and NULL, which take any.
  var type: DataType? {
    switch self {
    case .integer(let number): DataType(Int32(exactly: number) == nil ? .int8 : .int4)
    case .number: DataType(.numeric)
    case .boolean: DataType(.bool)
    case .null, .string, .bits: nil
    }
  }
}

extension SQLExpression {
  /// The values that a condition compares which only compares columns with literals; nil for any other one,
  /// which is to be parsed again.
  fileprivate var plainComparisons: [(ValueTree, ValueTree)]? {
    guard !conjuncts.isEmpty, casts.isEmpty, functions.isEmpty else { return nil }
    var result: [(ValueTree, ValueTree)] = []
    for conjunct in conjuncts {
      switch conjunct {
      case .equals(let column, let values):
        result += values.map { (.column(column), .constant($0)) }
      case .isNull, .isNotNull: continue
      case .other: return nil
      }
    }
    return result
  }
}

extension ValueTree {
  /// The values that are compared with each other.
  fileprivate var comparisons: [(ValueTree, ValueTree)] {
    switch self {
    case .column, .constant: []
    case .cast(let value, _), .not(let value), .isNull(let value): value.comparisons
    case .call(_, let values), .all(let values), .any(let values), .coalesce(let values):
      values.flatMap(\.comparisons)
    case .differs(let left, let right), .nullIf(let left, let right):
      [(left, right)] + left.comparisons + right.comparisons
    case .among(let value, let values):
      values.map { (value, $0) } + ([value] + values).flatMap(\.comparisons)
    case .operation(let name, let left?, let right):
      (name.isComparison ? [(left, right)] : []) + left.comparisons + right.comparisons
    case .operation(_, nil, let right): right.comparisons
    }
  }
}

extension QualifiedName {
  /// Whether it is one of the operators that every type with an order has.
  var isComparison: Bool { ["=", "<>", "!=", "<", ">", "<=", ">="].contains(name) }
}

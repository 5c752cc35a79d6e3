// Defaults that PostgreSQL refuses when they are set.

import HashTreeCollections
import PostgresSyntax

private let aggregates: Set<String> = [
  "count", "sum", "avg", "min", "max", "array_agg", "string_agg", "bool_and", "bool_or",
]

extension Replay {
  /// Refuses a default that reads columns, names what is not there, or is of a type that is not assigned to
  /// the column's (manual, CREATE TABLE and 10.4).
  mutating func requireDefault(
    _ expression: SQLExpression, of column: Column, in table: Table
  ) throws(Refused) {
    if expression.containsSubquery || !expression.columns.isEmpty {
      try fail("0A000", .invalidDefinition("a default of \(column.name) that reads rows"))
    }
    try requireSequences(of: expression.functions)
    try requireRoutines(expression.functions)
    if expression.functions.contains(where: { aggregates.contains($0.name.name) }) {
      try fail("42803", .invalidDefinition("an aggregate in the default of \(column.name)"))
    }
    if expression.text == "ARRAY[]" {
      try fail("42P18", .invalidDefinition("an array of no type as the default of \(column.name)"))
    }
    try requireNames(of: expression)
    if expression.casts.isEmpty { try requireReadable(expression.constant, column, of: table) }
    try requireReadable(expression.typedLiterals)
    try requireTypes(
      of: expression, as: .assigned(column.type), in: table,
      otherwise: column.type.map { .defaultCannotBeCast(column: column.name, to: $0) })
  }

  /// Refuses `nextval` of a sequence that is known not to be there. What uses a name already stands for it,
  /// also where the history does not make it.
  /// - Parameter areCalled: the calls run now, and may find the sequence at its limit.
  mutating func requireSequences(
    of calls: [FunctionCall], areCalled: Bool = false
  ) throws(Refused) {
    for call in calls {
      guard let name = sequence(ofNextval: call) else { continue }
      if areCalled, let options = catalog.sequence(name)?.options, options.cycles != true,
        options.maxValue != nil || options.minValue != nil
      {
        mayFail("2200H", .invalidDefinition("sequence \(name.name) is at its limit"))
      }
      guard catalog.relations[name] == nil,
        users(of: name).isEmpty || catalog.dropped.contains(name)
      else { continue }
      try fail("42P01", .missing(.sequence, name, of: nil), ifCertain: catalog.isComplete)
    }
  }

  /// The type of a literal, or that which it is cast to; nil for a bare string, which becomes any type, and for
  /// what is no literal.
  mutating func typeOfConstant(_ expression: SQLExpression) -> DataType? {
    guard let constant = expression.constant, constant != .null else { return nil }
    if !expression.casts.isEmpty {
      return expression.casts.count == 1 ? try? dataType(expression.casts[0]) : nil
    }
    return constant.type
  }
}

extension SQLExpression {
  /// The numbers of a sum, product or quotient of small whole numbers; nil for others.
  private var terms: [Int]? {
    guard constant == nil, functions.isEmpty, columns.isEmpty, casts.isEmpty, !containsSubquery,
      operators.allSatisfy({ ["+", "-", "*", "/"].contains($0.name) })
    else { return nil }
    let words = text.split { " +-*/()".contains($0) }
    let numbers = words.compactMap { Int32($0).map(Int.init) }
    return numbers.count == words.count ? numbers : nil
  }

  /// What no sum or product of its numbers exceeds, where none of them divides by zero; nil for what is not
  /// made of small whole numbers, or has large ones.
  var boundOfSum: Int64? {
    guard let terms, !(terms.contains(0) && operators.contains { $0.name == "/" }) else {
      return nil
    }
    var bound: Int64 = 1
    for term in terms {
      bound *= Int64(max(term, 2))
      guard bound <= Int64(Int32.max) else { return nil }
    }
    return bound
  }
}

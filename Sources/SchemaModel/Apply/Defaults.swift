// Defaults that PostgreSQL refuses when they are set.

import HashTreeCollections
import PostgresSyntax

/// The types of expressions that are often defaults, as libpg_query prints them, in lower case.
private let typesOfCalls: [String: BuiltinType] = [
  "now()": .timestamptz, "current_timestamp": .timestamptz, "clock_timestamp()": .timestamptz,
  "statement_timestamp()": .timestamptz, "transaction_timestamp()": .timestamptz,
  "localtimestamp": .timestamp, "current_date": .date, "current_time": .timetz,
  "localtime": .time, "gen_random_uuid()": .uuid,
  "uuid_generate_v4()": .uuid, "random()": .float8,
]

/// Functions whose value is a text.
private let functionsOfText: Set<String> = [
  "md5", "lower", "upper", "initcap", "concat", "concat_ws", "left", "right", "replace", "btrim",
  "ltrim", "rtrim", "substr", "to_char", "encode", "lpad", "rpad", "repeat", "reverse", "translate",
]
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
    guard let type = column.type, type.builtin != nil || type.isArray,
      let from = assignedType(of: expression)
    else { return }
    let classifier = TypeClassifier(timeZoneIsUTC: true) { [catalog] in catalog.type($0) }
    if classifier.change(from: from, to: type, using: .none).needsUsing {
      try fail(
        "42804", .defaultCannotBeCast(column: column.name, to: type),
        ifCertain: isSettled(table.id))
    }
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

  /// The type of a default where it is known and is not that of a bare string, which becomes any type.
  private mutating func assignedType(of expression: SQLExpression) -> DataType? {
    if let builtin = typesOfCalls[expression.text.lowercased()] { return DataType(builtin) }
    // Of `2024-01-01` without quotes nothing is left but 2022.
    if expression.isSumOfNumbers { return DataType(.int4) }
    if let name = expression.text.outerCall, functionsOfText.contains(name) {
      return DataType(.text)
    }
    return typeOfConstant(expression).flatMap { $0.builtin == nil ? nil : $0 }
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
  /// Whether it is made of small whole numbers and operators that give one.
  fileprivate var isSumOfNumbers: Bool { terms != nil }

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

extension String {
  /// The function of which the text is one call.
  fileprivate var outerCall: String? {
    guard let start = firstIndex(of: "("), last == ")" else { return nil }
    var depth = 0
    for place in self[start...].indices {
      if self[place] == "(" { depth += 1 }
      if self[place] == ")" { depth -= 1 }
      if depth == 0 { return index(after: place) == endIndex ? String(self[..<start]) : nil }
    }
    return nil
  }
}

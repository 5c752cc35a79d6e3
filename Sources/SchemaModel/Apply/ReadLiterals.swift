// Literals that a type does not read, in statements.

import PostgresSyntax

extension Replay {
  /// Refuses a literal that a column's type does not read.
  mutating func requireReadable(
    _ constant: SQLConstant?, _ column: Column, of table: Table
  ) throws(Refused) {
    try requireLabel(constant, for: column.type)
    guard case .string(let text)? = constant, let type = column.type else { return }
    try requireReadable(
      text, type, "of \(column.name), which is \(type.description)",
      isCertain: isSettled(table.id))
  }

  /// Refuses a literal that is told to be a text, for a column of a type that no text is assigned to
  /// (`pg_cast`), whatever stands in it.
  mutating func requireAssignable(
    _ value: SQLExpression, _ column: Column, of table: Table
  ) throws(Refused) {
    guard value.functions.isEmpty, value.operators.isEmpty, value.casts.count == 1,
      case .string? = value.constant, namedType(value.casts[0]).isText, let type = column.type,
      isNone(of: type, { $0.isString || [.char, .name, .regclass].contains($0) })
    else { return }
    try fail(
      "42804", .invalidDefinition("\(column.name) of type \(type.description) is set to a text"),
      ifCertain: isSettled(table.id))
  }

  /// Refuses a number or a truth value for a column of a type that it is not assigned to (`pg_cast`).
  mutating func requireAssignable(
    _ constant: SQLConstant, _ column: Column, of table: Table
  ) throws(Refused) {
    guard constant.isNumber || constant.isTruth, let type = column.type,
      isNone(of: type, { $0.takes(constant) })
    else { return }
    let what = constant.isNumber ? "a number" : "a truth value"
    try fail(
      "42804", .invalidDefinition("\(column.name) of type \(type.description) is set to \(what)"),
      ifCertain: isSettled(table.id))
  }

  /// Whether a type is one that takes no such value: arrays and enums take none but their own.
  private func isNone(of type: DataType, _ takes: (BuiltinType) -> Bool) -> Bool {
    if type.isArray { return true }
    if let user = type.userType {
      return catalog.type(user).map { $0.labels != nil || $0.isComposite } == true
    }
    return type.builtin.map { !takes($0) } ?? false
  }

  /// Strings that are read as values of the types that they are cast to.
  mutating func requireReadable(_ literals: [TypedLiteral]) throws(Refused) {
    for literal in literals {
      let type = namedType(literal.type)
      try requireLabel(.string(literal.text), for: type)
      try requireReadable(literal.text, type, "of type \(type.description)", isCertain: true)
    }
  }

  private mutating func requireReadable(
    _ text: String, _ type: DataType, _ words: String, isCertain: Bool
  ) throws(Refused) {
    let reading: LiteralReading
    if type.isArray, let labels = type.userType.flatMap({ catalog.type($0)?.labels }) {
      reading =
        text.arrayElements.map { $0.allSatisfy(labels.contains) } == true ? .valid : .unknown
    } else if !type.isArray, let attributes = attributes(of: type) {
      reading = self.reading(of: text, asRowOf: attributes)
    } else if type.builtin == .regclass, !type.isArray, isRelation(text) {
      reading = .valid
    } else {
      reading = type.reading(of: text)
    }
    switch reading {
    case .valid: return
    case .invalid(let sqlState):
      try fail(sqlState, .invalidDefinition("'\(text)' is no value \(words)"), ifCertain: isCertain)
    case .unknown:
      guard type.isArray || type.builtin?.isString == false || attributes(of: type) != nil else {
        return
      }
      mayFail("22P02", .invalidDefinition("'\(text)' may be no value \(words)"))
    }
  }

  /// Those of a composite type; nil for any other type.
  private func attributes(of type: DataType) -> [Column]? {
    guard let user = type.userType.flatMap({ catalog.type($0) }), isSettled(user.id),
      case .composite(let attributes) = user.kind
    else { return nil }
    return attributes
  }

  /// As `record_in` in rowtypes.c takes a text.
  private func reading(of text: String, asRowOf attributes: [Column]) -> LiteralReading {
    guard let values = text.rowValues, values.count == max(1, attributes.count) else {
      return .invalid(sqlState: "22P02")
    }
    var result = LiteralReading.valid
    for case (let value?, let attribute) in zip(values, attributes) {
      guard let type = attribute.type, type.userType == nil else {
        result = .unknown
        continue
      }
      switch type.reading(of: value) {
      case .valid: continue
      case .invalid(let sqlState): return .invalid(sqlState: sqlState)
      case .unknown: result = .unknown
      }
    }
    return result
  }

  /// Whether a text, read as `regclass`, names a relation that is there.
  private func isRelation(_ text: String) -> Bool {
    let call = FunctionCall(name: QualifiedName("nextval"), arguments: [.string(text)])
    return sequence(ofNextval: call).map { catalog.relations[$0] != nil } == true
  }

  /// The literals that a condition compares columns with.
  /// - Parameter reads: the other relations that the statement reads, whose columns may be meant.
  mutating func requireReadable(
    _ predicate: SQLExpression?, of table: Table, _ reads: [QualifiedName]
  ) throws(Refused) {
    for conjunct in predicate?.conjuncts ?? [] {
      switch conjunct {
      case .equals(let reference, let values):
        guard let column = reference.column.flatMap(table.column),
          predicate?.casts.allSatisfy({ namedType($0) == column.type }) == true
        else { continue }
        for value in values { try requireReadable(value, column, of: table) }
      case .other(let text):
        guard reads.isEmpty, let found = text.comparison, let column = table.column(found.column)
        else { continue }
        try requireReadable(.string(found.literal), column, of: table)
      case .isNull, .isNotNull: continue
      }
    }
  }
}

extension String {
  /// The column and the literal of `column < 'literal'`.
  fileprivate var comparison: (column: String, literal: String)? {
    let parts = split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].isEmpty else { return nil }
    let words = parts[0].split(separator: " ")
    guard words.count == 2, ["<", ">", "<=", ">=", "<>", "!="].contains(words[1]) else {
      return nil
    }
    let name = String(words[0].split(separator: ".").last ?? "")
    return (column: String(name.filter { $0 != "\"" }), literal: String(parts[1]))
  }
}

extension SQLConstant {
  fileprivate var isTruth: Bool { if case .boolean = self { true } else { false } }
}

extension BuiltinType {
  /// Whether a number or a truth value is assigned to the type: as `pg_cast` has it for `int4`, `int8`, `numeric`
  /// and `bool`; any of them is written as a text.
  fileprivate func takes(_ constant: SQLConstant) -> Bool {
    switch self {
    case .text, .varchar, .bpchar, .name: return true
    case .bool: return constant.isTruth
    case .int2, .int4, .int8, .float4, .float8, .numeric, .money: return constant.isNumber
    case .oid, .regclass, .regproc, .regprocedure, .regtype, .regrole, .regnamespace, .regoper,
      .regoperator, .regconfig, .regdictionary:
      if case .integer = constant { return true } else { return false }
    default: return false
    }
  }
}

// The types of expressions, and what PostgreSQL refuses of them when it reads a statement (manual chapter 10).

import PostgresSyntax

/// Finds the type of an expression from those of its columns.
///
/// What is not known, a column, a function that the history made, stays open: nothing that depends on it is refused.
struct ExpressionTyper {
  /// The type of a column; nil where it is not known.
  let column: (ColumnReference) -> ValueType?
  let named: (TypeName) -> ValueType?
  /// Whether a function of this name may be one that was made outside of `pg_catalog`.
  let isOpen: (QualifiedName) -> Bool

  /// Nil where it depends on what is not known.
  /// - Throws: what PostgreSQL refuses.
  func type(of form: TypedForm) throws(TypeProblem) -> ValueType? {
    switch form {
    case .column(let reference): return column(reference)
    case .constant(let constant): return ValueType(of: constant)
    case .cast(.array(let values), let type): return try castArray(values, to: type)
    case .cast(let value, let name):
      let from = try type(of: value)
      return try cast(from, to: named(name))
    case .collated(let value): return try collated(value)
    case .shared(let values): return try common(values)
    case .array(let values): return try array(of: values)
    case .operation(let name, let left, let right):
      return try operation(
        name, try left.map { (left) throws(TypeProblem) in try type(of: left) }, right)
    case .anyOf(let name, let value, let array): return try anyOf(name, value, array)
    case .between(let value, let low, let high):
      let type = try type(of: value)
      _ = try result(of: ">=", [type, try self.type(of: low)])
      _ = try result(of: "<=", [type, try self.type(of: high)])
      return .bool
    case .among(let value, let values): return try among(value, values)
    case .call(let name, let arguments): return try call(name, arguments)
    case .nullIf(let left, let right):
      let first = try type(of: left)
      let second = try type(of: right)
      // Of the type that the operator takes on its left.
      guard let chosen = try choose("=", [first, second]) else { return nil }
      if chosen.arguments[0].polymorphism == nil { return chosen.arguments[0] }
      return first == .unknown ? second : first
    case .isNull(let value):
      _ = try type(of: value)
      return .bool
    case .truth(let parts):
      for part in parts { try requireTruth(part) }
      return .bool
    case .choice(let value, let tests, let results):
      // A string before the first WHEN is a text.
      let compared = try value.map { (value) throws(TypeProblem) in
        let type = try type(of: value)
        return type == .unknown ? .text : type
      }
      var types: [ValueType?] = []
      for (test, result) in zip(tests, results) {
        if let compared {
          _ = try self.result(of: "=", [compared, try type(of: test)])
        } else {
          try requireTruth(test)
        }
        types.append(try type(of: result))
      }
      // That of ELSE comes first (`transformCaseExpr`).
      for result in results.dropFirst(tests.count) { types.insert(try type(of: result), at: 0) }
      return try common(of: types)
    case .other(let isTruth): return isTruth ? .bool : nil
    }
  }

  /// Refuses what is neither true nor false (`coerce_to_boolean`).
  func requireTruth(_ form: TypedForm) throws(TypeProblem) {
    guard let type = try type(of: form), !assigns(type, to: .bool) else { return }
    throw TypeProblem(sqlState: "42804", words: "\(type.description) is taken for a boolean")
  }

  /// Refuses what is not assigned to a type (manual 10.4).
  /// - Parameter wanted: nil where it is not known.
  func requireAssignable(_ form: TypedForm, to wanted: ValueType?) throws(TypeProblem) {
    guard let type = try type(of: form), let wanted, !assigns(type, to: wanted) else { return }
    throw TypeProblem(
      sqlState: "42804", words: "\(type.description) is not assigned to \(wanted.description)")
  }

  private func assigns(_ type: ValueType, to wanted: ValueType) -> Bool {
    TypeCatalog.shared.context(from: type, to: wanted).map { $0 <= .assignment } ?? false
  }

  private func types(
    of forms: some Sequence<TypedForm>
  ) throws(TypeProblem) -> [ValueType?] {
    var result: [ValueType?] = []
    for form in forms { result.append(try type(of: form)) }
    return result
  }

  // MARK: - Casts

  private func cast(_ from: ValueType?, to wanted: ValueType?) throws(TypeProblem) -> ValueType? {
    guard let from, let wanted else { return wanted }
    guard TypeCatalog.shared.context(from: from, to: wanted) != nil else {
      throw TypeProblem(
        sqlState: "42846", words: "\(from.description) cannot be cast to \(wanted.description)")
    }
    return wanted
  }

  /// Of an array each element is cast, and to the array where one of them is one (`transformArrayExpr`).
  private func castArray(
    _ values: [TypedForm], to name: TypeName
  ) throws(TypeProblem) -> ValueType? {
    guard let wanted = named(name), let element = wanted.element else {
      let type = try array(of: values)
      return try cast(type, to: named(name))
    }
    var types: [ValueType?] = []
    for value in values {
      if case .array(let inner) = value {
        types.append(try castArray(inner, to: name))
      } else {
        types.append(try type(of: value))
      }
    }
    let isNested = types.contains { $0?.isArray == true }
    for type in types { _ = try cast(type, to: isNested ? wanted : element) }
    return wanted
  }

  private func collated(_ value: TypedForm) throws(TypeProblem) -> ValueType? {
    let type = try type(of: value)
    guard type != .unknown else { return .text }
    if let type, !type.isCollatable {
      throw TypeProblem(sqlState: "42804", words: "\(type.description) has no collations")
    }
    return type
  }

  // MARK: - Several values

  private func common(
    _ values: some Sequence<TypedForm>
  ) throws(TypeProblem) -> ValueType? {
    try common(of: try types(of: values))
  }

  /// The type that values get together.
  func common(of types: [ValueType?]) throws(TypeProblem) -> ValueType? {
    let known = types.compactMap(\.self)
    guard !known.isEmpty else { return nil }
    guard let type = CommonType.of(known) else {
      let words = Set(known).map(\.description).sorted().joined(separator: ", ")
      throw TypeProblem(sqlState: "42804", words: "the types \(words) do not go together")
    }
    guard known.count == types.count else { return nil }
    if let other = known.first(where: { !CommonType.takes(type, $0) }) {
      throw TypeProblem(
        sqlState: "42846", words: "\(other.description) does not become \(type.description)")
    }
    return type
  }

  private func array(of values: [TypedForm]) throws(TypeProblem) -> ValueType? {
    if values.isEmpty {
      throw TypeProblem(sqlState: "42P18", words: "an empty array has no type")
    }
    guard let type = try common(values) else { return nil }
    return type.isArray ? type : type.array
  }

  // MARK: - Operators

  private func operation(
    _ name: QualifiedName, _ left: ValueType??, _ right: TypedForm
  ) throws(TypeProblem) -> ValueType? {
    let second = try type(of: right)
    guard name.schema == nil || name.schema == "pg_catalog" else { return nil }
    return try result(of: name.name, (left.map { [$0] } ?? []) + [second])
  }

  /// The result of an operator.
  private func result(
    of name: String, _ operands: [ValueType?]
  ) throws(TypeProblem) -> ValueType? {
    if let chosen = try choose(name, operands) { return chosen.result }
    return onlyResult(
      of: (Signatures.operators(named: name) ?? []).filter {
        $0.arguments.count == operands.count
      })
  }

  /// What all of them give, whatever they are given.
  private func onlyResult(of candidates: [Candidate]) -> ValueType? {
    guard let result = candidates.first?.result, result.polymorphism == nil,
      candidates.allSatisfy({ $0.result == result })
    else { return nil }
    return result
  }

  /// Nil where an operand is not known, and for an operator that `pg_catalog` does not have.
  private func choose(
    _ name: String, _ operands: [ValueType?]
  ) throws(TypeProblem) -> (arguments: [ValueType], result: ValueType?)? {
    let known = operands.compactMap(\.self)
    guard known.count == operands.count, let all = Signatures.operators(named: name) else {
      return nil
    }
    // A string is first taken for what the other operand is.
    if known.count == 2, known.contains(.unknown), known[0] != known[1] {
      let same = known.map { _ in known[0] == .unknown ? known[1] : known[0] }
      if let exact = all.first(where: { $0.arguments == same }) {
        return (exact.arguments, exact.result)
      }
    }
    switch Candidates.choose(among: all, for: known) {
    case .one(let candidate):
      return (
        candidate.arguments,
        try Polymorphism.result(candidate.result, of: candidate.arguments, known)
      )
    case .none:
      throw TypeProblem(
        sqlState: "42883", words: "there is no operator \(words(name, known))",
        mayBeExtended: mayBeExtended(name, known))
    case .several:
      throw TypeProblem(
        sqlState: "42725", words: "there are several operators \(words(name, known))",
        mayBeExtended: mayBeExtended(name, known))
    }
  }

  /// pg_trgm and btree_gist have distances and likenesses, intarray sets of numbers.
  private func mayBeExtended(_ name: String, _ operands: [ValueType]) -> Bool {
    name.contains("%") || name.contains("<->")
      || operands.contains(where: \.isArray)
        && ["+", "-", "&", "|", "#", "@>", "<@", "&&", "@@", "~~"].contains(name)
  }

  private func words(_ name: String, _ operands: [ValueType]) -> String {
    let names = operands.map(\.description)
    return names.count == 2 ? "\(names[0]) \(name) \(names[1])" : "\(name) \(names.joined())"
  }

  private func anyOf(
    _ name: QualifiedName, _ value: TypedForm, _ array: TypedForm
  ) throws(TypeProblem) -> ValueType? {
    let left = try type(of: value)
    let right = try type(of: array)
    guard name.schema == nil, let right else { return .bool }
    if let element = right.element {
      _ = try result(of: name.name, [left, element])
    } else if right != .unknown {
      throw TypeProblem(sqlState: "42809", words: "\(right.description) is no array")
    } else if let left, left.isArray {
      throw TypeProblem(sqlState: "42704", words: "there are no arrays of \(left.description)")
    } else {
      _ = try result(of: name.name, [left, left])
    }
    return .bool
  }

  /// Values without columns are compared as one list (`transformAExprIn`).
  private func among(
    _ value: TypedForm, _ values: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    let left = try type(of: value)
    let types = try types(of: values)
    var single: [ValueType?] = []
    var listed: [ValueType?] = []
    for (form, type) in zip(values, types) {
      if form.mayHaveColumns { single.append(type) } else { listed.append(type) }
    }
    let known = ([left] + listed).compactMap(\.self)
    if listed.count > 1, known.count == listed.count + 1, let common = CommonType.of(known),
      known.allSatisfy({ CommonType.takes(common, $0) }), !common.isArray
    {
      _ = try result(of: "=", [left, common])
    } else {
      single += listed
    }
    for type in single { _ = try result(of: "=", [left, type]) }
    return .bool
  }

  // MARK: - Functions

  private func call(
    _ name: QualifiedName, _ arguments: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    let types = try types(of: arguments)
    if name.schema == "pg_catalog", arguments.isEmpty, let type = valueFunctions[name.name] {
      return ValueType(type)
    }
    guard name.schema == nil || name.schema == "pg_catalog", !isOpen(name),
      let all = Signatures.functions(named: name.name)
    else { return nil }
    let candidates = all.compactMap { signature in
      signature.arguments(for: types.count).map {
        Candidate(arguments: $0, result: signature.result)
      }
    }
    let known = types.compactMap(\.self)
    guard known.count == types.count else {
      return onlyResult(of: candidates)
    }
    if !candidates.contains(where: { $0.arguments == known }), let type = castFunction(name, known)
    {
      return type
    }
    let shown = "\(name.name)(\(known.map(\.description).joined(separator: ", ")))"
    switch Candidates.choose(among: candidates, for: known) {
    case .one(let candidate):
      return try Polymorphism.result(candidate.result, of: candidate.arguments, known)
    case .none:
      throw TypeProblem(
        sqlState: "42883", words: "there is no function \(shown)", isOfFunction: true)
    case .several:
      throw TypeProblem(
        sqlState: "42725", words: "there are several functions \(shown)", isOfFunction: true)
    }
  }

  /// `date('2024-01-01')`: a call that is a cast (`func_get_detail`).
  private func castFunction(_ name: QualifiedName, _ arguments: [ValueType]) -> ValueType? {
    guard arguments.count == 1, let type = ValueType(name.name[...]), type.polymorphism == nil
    else { return nil }
    return arguments[0] == .unknown || arguments[0].isString || type.isString ? type : nil
  }
}

/// The types of `CURRENT_DATE` and its like (`SQLValueFunction`).
private let valueFunctions: [String: Substring] = [
  "current_date": "date", "current_time": "timetz", "current_timestamp": "timestamptz",
  "localtime": "time", "localtimestamp": "timestamp", "current_role": "name",
  "current_user": "name", "user": "name", "session_user": "name", "current_catalog": "name",
  "current_schema": "name",
]

extension ValueType {
  init(of constant: SQLConstant) {
    if case .bits = constant {
      self = ValueType("bit") ?? .unknown
    } else {
      self = constant.type?.builtin.flatMap { ValueType($0.rawValue[...]) } ?? .unknown
    }
  }

  /// Whether the type has collations (`pg_type.typcollation`).
  fileprivate var isCollatable: Bool { isString || element?.isString == true }
}

// The types of operators and calls (manual 10.2 and 10.3).

import PostgresSyntax

extension ExpressionTyper {
  // MARK: - Operators

  func operation(
    _ name: QualifiedName, _ left: TypedForm?, _ right: TypedForm
  ) throws(TypeProblem) -> ValueType? {
    let isBuiltin = name.schema == nil || name.schema == "pg_catalog"
    if isBuiltin, case .row(let first) = left {
      if case .row(let second) = right { return try compareRows(name.name, first, second) }
      if case .subquery(let query) = right, query.kind == .value {
        return try compare(first, with: query.query, by: name.name)
      }
    }
    let forms = (left.map { [$0] } ?? []) + [right]
    let operands = try types(of: forms)
    return isBuiltin ? try result(of: name.name, operands, forms) : nil
  }

  private func compareRows(
    _ name: String, _ left: [TypedForm], _ right: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    if (left + right).contains(where: \.isStar) { return .bool }
    for (first, second) in zip(left, right) { _ = try result(of: name, [first, second]) }
    return .bool
  }

  /// The result of an operator.
  func result(
    of name: String, _ operands: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    try result(of: name, try types(of: operands), operands)
  }

  func result(
    of name: String, _ operands: [ValueType?], _ forms: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    if let chosen = try choose(name, operands, forms) { return chosen.result }
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
  func choose(
    _ name: String, _ operands: [ValueType?], _ forms: [TypedForm]
  ) throws(TypeProblem) -> (arguments: [ValueType], result: ValueType?)? {
    let known = operands.compactMap(\.self)
    guard known.count == operands.count, let all = Signatures.operators(named: name) else {
      return nil
    }
    // A string is first taken for what the other operand is.
    if known.count == 2, known.contains(.unknown), known[0] != known[1] {
      let same = known.map { _ in known[0] == .unknown ? known[1] : known[0] }
      if let exact = all.first(where: { $0.arguments == same }) {
        try read(forms, as: exact.arguments, known)
        return (exact.arguments, exact.result)
      }
    }
    switch Candidates.choose(among: all, for: known) {
    case .one(let candidate):
      try read(forms, as: candidate.arguments, known)
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

  func anyOf(
    _ name: QualifiedName, _ value: TypedForm, _ array: TypedForm
  ) throws(TypeProblem) -> ValueType? {
    let left = try type(of: value)
    let right = try type(of: array)
    guard name.schema == nil, let right else { return .bool }
    if let element = right.element {
      _ = try result(of: name.name, [left, element], [value])
    } else if right != .unknown {
      throw TypeProblem(sqlState: "42809", words: "\(right.description) is no array")
    } else if let left, left.isArray {
      throw TypeProblem(sqlState: "42704", words: "there are no arrays of \(left.description)")
    } else if let left {
      let chosen = try choose(name.name, [left, .unknown], [])
      if let element = chosen?.arguments.last, element.polymorphism == nil {
        try read(array, as: element.array)
      } else if left.isEnumeration {
        try read(array, as: left.array)
      }
    }
    return .bool
  }

  /// Values without columns are compared as one list (`transformAExprIn`).
  func among(
    _ value: TypedForm, _ values: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    if case .row(let left) = value {
      for case .row(let right) in values { _ = try compareRows("=", left, right) }
      return .bool
    }
    let left = try type(of: value)
    let types = try types(of: values)
    var single: [(ValueType?, TypedForm)] = []
    var listed: [(ValueType?, TypedForm)] = []
    for (form, type) in zip(values, types) {
      if form.mayHaveColumns { single.append((type, form)) } else { listed.append((type, form)) }
    }
    let known = ([left] + listed.map(\.0)).compactMap(\.self)
    if listed.count > 1, known.count == listed.count + 1, let common = CommonType.of(known),
      known.allSatisfy({ CommonType.takes(common, $0) }), !common.isArray
    {
      _ = try result(of: "=", [left, common], [value])
      for (_, form) in listed { try read(form, as: common) }
    } else {
      single += listed
    }
    for (type, form) in single { _ = try result(of: "=", [left, type], [value, form]) }
    return .bool
  }

  // MARK: - Functions

  func call(
    _ name: QualifiedName, _ arguments: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    let types = try types(of: arguments)
    if name.schema == "pg_catalog", arguments.isEmpty, let type = valueFunctions[name.name] {
      return ValueType(type)
    }
    if let functions = catalog.own(name) { return try callOwn(name, functions, arguments, types) }
    guard name.schema == nil || name.schema == "pg_catalog", !catalog.isOpen(name),
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
      try read(arguments[0], as: type)
      return type
    }
    let shown = "\(name.name)(\(known.map(\.description).joined(separator: ", ")))"
    switch Candidates.choose(among: candidates, for: known) {
    case .one(let candidate):
      try read(arguments, as: candidate.arguments, known)
      return try Polymorphism.result(candidate.result, of: candidate.arguments, known)
    case .none:
      throw TypeProblem(
        sqlState: "42883", words: "there is no function \(shown)", isOfFunction: true)
    case .several:
      throw TypeProblem(
        sqlState: "42725", words: "there are several functions \(shown)", isOfFunction: true)
    }
  }

  private func callOwn(
    _ name: QualifiedName, _ functions: [OwnFunction], _ arguments: [TypedForm],
    _ types: [ValueType?]
  ) throws(TypeProblem) -> ValueType? {
    let fitting = functions.filter {
      ($0.arguments.count - $0.defaults...$0.arguments.count).contains(types.count)
    }
    let known = types.compactMap(\.self)
    let candidates = fitting.map {
      Candidate(arguments: Array($0.arguments.prefix(types.count)), result: $0.result ?? .unknown)
    }
    if candidates.isEmpty {
      throw TypeProblem(
        sqlState: "42883", words: "there is no function \(name.name) of \(types.count) arguments")
    }
    guard known.count == types.count else { return nil }
    switch Candidates.choose(among: candidates, for: known) {
    case .one(let candidate):
      try read(arguments, as: candidate.arguments, known)
      guard candidate.result != .unknown else { return nil }
      return try Polymorphism.result(candidate.result, of: candidate.arguments, known)
    case .none:
      let shown = known.map(\.description).joined(separator: ", ")
      throw TypeProblem(
        sqlState: "42883", words: "there is no function \(name.name)(\(shown))")
    case .several: return nil
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

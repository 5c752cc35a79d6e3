// The types of expressions, and what PostgreSQL refuses of them when it reads a statement (manual chapter 10).

import PostgresSyntax

/// What of the catalog decides about types.
struct TypingCatalog {
  let columns: (QualifiedName) -> SourceColumns
  /// The columns of the primary key; empty where there is none.
  let key: (QualifiedName) -> [String]
  /// Nil for a type of which the operators and casts are not known.
  let type: (DataType) -> ValueType?
  let named: (TypeName) -> ValueType?
  /// A composite type of the history by what is written; nil for any other type.
  var composite: (TypeName) -> QualifiedName? = { _ in nil }
  /// The types of its fields, as far as they are known; nil where it is not known how many there are.
  var fields: (QualifiedName) -> [ValueType?]? = { _ in nil }
  /// Whether a function of this name may be one that was made outside of `pg_catalog`.
  let isOpen: (QualifiedName) -> Bool
  /// All functions of a name that is no name of `pg_catalog`; nil where they are not known.
  let own: (QualifiedName) -> [OwnFunction]?
  let reading: (String, ValueType) -> LiteralReading
  let isSystemColumn: (String) -> Bool
  /// Counts work, and says whether there may be more.
  let mayGoOn: (Int) -> Bool
}

/// Finds the type of an expression from those of its columns.
///
/// What is not known, a column, a function that the history made, stays open: nothing that depends on it is refused.
struct ExpressionTyper {
  let catalog: TypingCatalog
  /// What columns may be of, the innermost query last.
  var scopes: [NameScope] = []
  /// The queries of WITH.
  var queries: [String: SourceColumns] = [:]
  let notes: TypingNotes

  /// Nil where it depends on what is not known.
  /// - Throws: what PostgreSQL refuses.
  func type(of form: TypedForm) throws(TypeProblem) -> ValueType? {
    switch form {
    case .column(let reference): return try column(reference)
    case .constant(let constant): return ValueType(of: constant)
    case .cast(.array(let values), let type): return try castArray(values, to: type)
    case .cast(let value, let name):
      let from = try type(of: value)
      if let from, let row = catalog.composite(name) {
        try requireRow(value, from, of: row, by: .explicit)
        return nil
      }
      return try cast(from, to: catalog.named(name))
    case .collated(let value): return try collated(value)
    case .shared(let values): return try common(values)
    case .array(let values): return try array(of: values)
    case .operation(let name, let left, let right): return try operation(name, left, right)
    case .anyOf(let name, let value, let array): return try anyOf(name, value, array)
    case .between(let value, let low, let high):
      let type = try type(of: value)
      _ = try result(of: ">=", [type, try self.type(of: low)], [value, low])
      _ = try result(of: "<=", [type, try self.type(of: high)], [value, high])
      return .bool
    case .among(let value, let values): return try among(value, values)
    case .call(let name, let arguments): return try call(name, arguments)
    case .nullIf(let left, let right):
      let first = try type(of: left)
      let second = try type(of: right)
      // Of the type that the operator takes on its left.
      guard let chosen = try choose("=", [first, second], [left, right]) else { return nil }
      if chosen.arguments[0].polymorphism == nil { return chosen.arguments[0] }
      return first == .unknown ? second : first
    case .isNull(let value):
      _ = try type(of: value)
      return .bool
    case .truth(let parts):
      for part in parts { try requireTruth(part) }
      return .bool
    case .choice(let value, let tests, let results): return try choice(value, tests, results)
    case .row(let parts):
      _ = try types(of: parts)
      return .record
    case .subquery(let query): return try type(of: query)
    case .beside(let call, let values, let conditions):
      _ = try types(of: values)
      for condition in conditions { try requireTruth(condition) }
      return try type(of: call)
    case .made(let parts):
      _ = try types(of: parts)
      return nil
    case .other(let isTruth): return isTruth ? .bool : nil
    }
  }

  private func choice(
    _ value: TypedForm?, _ tests: [TypedForm], _ results: [TypedForm]
  ) throws(TypeProblem) -> ValueType? {
    // A string before the first WHEN is a text.
    let compared = try value.map { (value) throws(TypeProblem) in
      let type = try type(of: value)
      return type == .unknown ? .text : type
    }
    var types: [ValueType?] = []
    for (test, result) in zip(tests, results) {
      if let compared {
        // The value itself is read once, whatever it is compared with.
        _ = try self.result(
          of: "=", [compared, try type(of: test)], [.other(isTruth: false), test])
      } else {
        try requireTruth(test)
      }
      types.append(try type(of: result))
    }
    // That of ELSE comes first (`transformCaseExpr`).
    let otherwise = Array(results.dropFirst(tests.count))
    return try common(
      of: try self.types(of: otherwise) + types, otherwise + results.prefix(tests.count))
  }

  /// Refuses what is neither true nor false (`coerce_to_boolean`).
  func requireTruth(_ form: TypedForm) throws(TypeProblem) {
    guard let type = try type(of: form) else { return }
    guard assigns(type, to: .bool) else {
      throw TypeProblem(sqlState: "42804", words: "\(type.description) is taken for a boolean")
    }
    try read(form, as: .bool)
  }

  /// Refuses what is not assigned to a type (manual 10.4).
  /// - Parameter wanted: nil where it is not known.
  func requireAssignable(_ form: TypedForm, to wanted: ValueType?) throws(TypeProblem) {
    try requireAssignable(try type(of: form), form, to: wanted)
  }

  func requireAssignable(
    _ type: ValueType?, _ form: TypedForm?, to wanted: ValueType?
  ) throws(TypeProblem) {
    guard let type, let wanted else { return }
    if case .composite(let row) = wanted.base, !wanted.isArray {
      return try requireRow(form, type, of: row, by: .assignment)
    }
    guard assigns(type, to: wanted) else {
      throw TypeProblem(
        sqlState: "42804", words: "\(type.description) is not assigned to \(wanted.description)")
    }
    if let form { try read(form, as: wanted) }
  }

  private func assigns(_ type: ValueType, to wanted: ValueType) -> Bool {
    TypeCatalog.shared.context(from: type, to: wanted).map { $0 <= .assignment } ?? false
  }

  func types(
    of forms: some Sequence<TypedForm>
  ) throws(TypeProblem) -> [ValueType?] {
    var result: [ValueType?] = []
    for form in forms { result.append(try type(of: form)) }
    return result
  }

  // MARK: - Literals

  /// Refuses a string that is none of the type that it is taken for.
  func read(_ form: TypedForm, as type: ValueType?) throws(TypeProblem) {
    guard case .constant(.string(let text)) = form, let type, type.polymorphism == nil, !type.isAny
    else { return }
    switch catalog.reading(text, type) {
    case .valid: return
    case .invalid(let sqlState):
      throw TypeProblem(sqlState: sqlState, words: "'\(text)' is no value of \(type.description)")
    case .unknown: notes.unread.append((text, type))
    }
  }

  /// - Parameter declared: what an operator or function takes.
  func read(
    _ forms: [TypedForm], as declared: [ValueType], _ inputs: [ValueType]
  ) throws(TypeProblem) {
    for (place, form) in forms.enumerated()
    where inputs.indices.contains(place) && inputs[place] == .unknown
      && declared.indices.contains(place)
    {
      try read(form, as: try Polymorphism.result(declared[place], of: declared, inputs))
    }
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
    guard let wanted = catalog.named(name), let element = wanted.element else {
      let type = try array(of: values)
      return try cast(type, to: catalog.named(name))
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
    for (type, value) in zip(types, values) {
      _ = try cast(type, to: isNested ? wanted : element)
      try read(value, as: isNested ? wanted : element)
    }
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

  func common(_ values: [TypedForm]) throws(TypeProblem) -> ValueType? {
    try common(of: try types(of: values), values)
  }

  /// The type that values get together.
  /// - Parameter forms: what of them may be strings without a type.
  func common(of types: [ValueType?], _ forms: [TypedForm?]) throws(TypeProblem) -> ValueType? {
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
    for form in forms.compactMap(\.self) { try read(form, as: type) }
    return type
  }

  private func array(of values: [TypedForm]) throws(TypeProblem) -> ValueType? {
    if values.isEmpty {
      throw TypeProblem(sqlState: "42P18", words: "an empty array has no type")
    }
    guard let type = try common(values) else { return nil }
    return type.isArray ? type : type.array
  }
}

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

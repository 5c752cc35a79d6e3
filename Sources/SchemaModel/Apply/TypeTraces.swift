// Casts that stay in an expression once the type of its column was another one for a while: PostgreSQL stores the
// expression again for each type (each form was seen on a server).

import PostgresSyntax

/// Functions that take a `text` and give what does not depend on the form in which it came.
private let functionsOfText: Set<String> = [
  "lower", "upper", "initcap", "length", "char_length", "character_length", "octet_length",
  "bit_length", "btrim", "ltrim", "rtrim", "md5", "left", "right", "replace", "reverse", "substr",
  "substring", "split_part", "strpos", "position", "starts_with", "regexp_replace", "regexp_match",
  "regexp_split_to_array", "overlay", "lpad", "rpad", "translate", "ascii", "to_date", "to_number",
  "to_timestamp", "to_tsvector", "string_to_array", "quote_literal", "hashtext", "hashtextextended",
  "decode", "similarity", "word_similarity", "unaccent", "soundex", "metaphone", "levenshtein",
  "similar_to_escape", "like_escape", "repeat", "format", "concat", "concat_ws", "parse_ident",
]
/// Those that take anything as it is: a cast of their argument is theirs alone.
private let functionsOfAnything: Set<String> = ["format", "concat", "concat_ws"]
/// Operators of two numbers of different sizes.
private let mixedOperators: Set<String> = ["+", "-", "*", "/", "<<", ">>"]
/// Operators for which numbers of different sizes are first cast to one type.
private let pureOperators: Set<String> = ["%", "&", "|", "#"]
private let pureFunctions: Set<String> = ["mod", "gcd", "lcm"]
private let countingFunctions: Set<String> = ["num_nulls", "num_nonnulls"]
/// Operators whose result does not depend on the size of a number.
private let otherOperators: Set<String> = ["^", "||", "!", "@"]

extension Replay {
  /// The types that leave casts in an expression, of the two of a change: the expression is not what it was once
  /// the column had such a type and gets another one again.
  func traces(of change: Retyping, in expression: SQLExpression) -> [DataType] {
    guard change.isOfText || change.isOfWholeNumbers || change.isOfOneBase else { return [] }
    guard uses(expression, change.column) else { return [] }
    if change.isOfOneBase {
      let casts = expression.casts.filter { cast in
        !expression.typedLiterals.contains { $0.type == cast }
      }
      return casts.compactMap(namedType).contains(change.new) ? [change.written.new] : []
    }
    guard let form = expression.wholeTypedForm else {
      return [change.written.old, change.written.new]
    }
    var search = TraceSearch(change: change, typeOf: namedType)
    search.settle(search.look(at: form))
    return [change.written.old, change.written.new].enumerated()
      .filter { search.traces.contains($0.offset == 0 ? change.old : change.new) }
      .map(\.element)
  }
}

/// What becomes of a part of an expression when the type of the column changes.
private enum Dependence {
  /// It has one type, whatever the type of the column is.
  case none
  /// Its type follows that of the column.
  case follows
  /// The column as a `text`: a cast that is none where it is one.
  case asText
}

private struct TraceSearch {
  let change: Replay.Retyping
  let typeOf: (TypeName) -> DataType?
  var traces: Set<DataType> = []

  private var isOfText: Bool { change.isOfText }
  private var text: DataType { DataType(.text) }
  private var wider: DataType {
    [change.old, change.new].max { $0.width < $1.width } ?? change.new
  }

  /// Takes a part where no `text` is wanted: its cast stays, or is dropped and does not come back.
  mutating func settle(_ part: Dependence) {
    if part == .asText { traces.insert(text) }
  }

  mutating func look(at form: TypedForm) -> Dependence {
    switch form {
    case .constant: return .none
    case .column(let reference): return reference.column == change.column ? .follows : .none
    case .cast(let part, let type): return cast(look(at: part), typeOf(type))
    case .collated(let part): return look(at: part)
    case .shared(let parts), .array(let parts): return shared(parts)
    case .operation(let name, let left, let right):
      return operation(name.name, [left, right].compactMap(\.self))
    case .anyOf(let name, let value, .array(let values)):
      return operation(name.name, [value] + values)
    case .anyOf(let name, let value, let array): return operation(name.name, [value, array])
    case .between(let value, let low, let high): return operation("=", [value, low, high])
    case .among(let value, let values): return operation("=", [value] + values)
    case .call(let name, let arguments): return call(name.name, arguments)
    case .nullIf(let left, let right):
      let (first, _) = (look(at: left), look(at: right))
      return isOfText ? .none : first
    case .isNull(let part):
      settle(look(at: part))
      return .none
    case .truth(let parts):
      for part in parts { settle(look(at: part)) }
      return .none
    case .choice(let value?, let tests, let results):
      _ = operation("=", [value] + tests)
      return shared(results)
    case .choice(nil, let tests, let results):
      for test in tests { settle(look(at: test)) }
      return shared(results)
    // Not of a whole form.
    case .row, .subquery, .beside, .made, .other: return .none
    }
  }

  private mutating func cast(_ part: Dependence, _ type: DataType?) -> Dependence {
    guard part != .none else { return .none }
    guard let type else {
      traces.formUnion([change.old, change.new])
      return .follows
    }
    if isOfText {
      if type == text { return .asText }
      if type == change.old || type == change.new { traces.insert(type) }
      return type.isText ? .follows : .none
    }
    if type == change.old || type == change.new { traces.insert(type) }
    return .none
  }

  /// Values that get the type that suits all of them.
  private mutating func shared(_ parts: [TypedForm]) -> Dependence {
    let dependences = parts.map { look(at: $0) }
    guard dependences.contains(where: { $0 != .none }) else { return .none }
    if parts.count == 1 {
      settle(dependences[0])
      return .follows
    }
    if isOfText {
      // The first of them decides between `text` and `varchar`.
      if dependences[0] == .none, type(of: parts[0]) == text { return .none }
      traces.formUnion([change.old, change.new])
      return .follows
    }
    return pure(parts, dependences)
  }

  private mutating func operation(_ name: String, _ parts: [TypedForm]) -> Dependence {
    let dependences = parts.map { look(at: $0) }
    guard dependences.contains(where: { $0 != .none }) else { return .none }
    if isOfText || QualifiedName(name).isComparison { return .none }
    if parts.count == 1 { return .follows }
    if pureOperators.contains(name) { return pure(parts, dependences) }
    if mixedOperators.contains(name) { return .follows }
    if !otherOperators.contains(name) { traces.formUnion([change.old, change.new]) }
    return .none
  }

  /// Numbers that are cast to the widest type among them.
  private mutating func pure(_ parts: [TypedForm], _ dependences: [Dependence]) -> Dependence {
    if zip(parts, dependences).contains(where: { $1 == .none && isWide($0) }) { return .none }
    traces.insert(wider)
    return .follows
  }

  private mutating func call(_ name: String, _ arguments: [TypedForm]) -> Dependence {
    let dependences = arguments.map { look(at: $0) }
    guard dependences.contains(where: { $0 != .none }) else { return .none }
    if countingFunctions.contains(name) || functionsOfAnything.contains(name) {
      for part in dependences { settle(part) }
      return .none
    }
    if isOfText, functionsOfText.contains(name) { return .none }
    for part in dependences { settle(part) }
    if !isOfText, pureFunctions.contains(name) { return pure(arguments, dependences) }
    return .follows
  }

  /// Whether a part that does not follow the column has a type that no type of the column widens.
  private func isWide(_ part: TypedForm) -> Bool {
    if case .constant(.number) = part { return true }
    guard let type = type(of: part) else { return false }
    return type.isNumber && type.width >= wider.width
  }

  private func type(of part: TypedForm) -> DataType? {
    switch part {
    case .column(let reference): reference.column.flatMap(change.table.column)?.type
    case .cast(_, let type): typeOf(type)
    case .constant(let constant): constant.type
    default: nil
    }
  }
}

extension DataType {
  /// The order in which one kind of number becomes another by itself.
  fileprivate var width: Int {
    switch builtin {
    case .int2: 2
    case .int4: 4
    case .int8: 8
    case .numeric, .float4, .float8: 16
    default: 0
    }
  }
}

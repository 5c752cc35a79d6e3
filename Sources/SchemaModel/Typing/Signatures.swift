// The operators and functions of pg_catalog by name.

/// One operator or function: what it takes and gives.
struct RoutineSignature: Hashable, Sendable {
  var result: ValueType
  var arguments: [ValueType]
  /// How many of the last arguments may be left out.
  var defaults = 0
  /// Whether the last argument stands for any number of its elements.
  var isVariadic = false

  /// Nil for a text that is none, or names a type that is not known here.
  /// - Parameter text: `numeric=numeric,int4`, `jsonb/1=jsonb,_text,jsonb,bool`, `text*=any`.
  init?(_ text: Substring) {
    guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    var head = text[..<sign]
    if head.hasSuffix("*") {
      isVariadic = true
      head = head.dropLast()
    }
    if let slash = head.utf8.firstIndex(of: UInt8(ascii: "/")) {
      defaults = Int(head[head.utf8.index(after: slash)...]) ?? 0
      head = head[..<slash]
    }
    let names = text[text.utf8.index(after: sign)...].parts(between: ",")
    let types = names.compactMap { ValueType($0) }
    guard let result = ValueType(head), types.count == names.count else { return nil }
    self.result = result
    arguments = types
  }

  /// The types for a call with so many arguments; nil where it takes another number
  /// (`FuncnameGetCandidates` in namespace.c).
  func arguments(for count: Int) -> [ValueType]? {
    if isVariadic, count >= arguments.count, let last = arguments.last {
      let element = last.element ?? last
      return arguments.dropLast()
        + Array(repeating: element, count: count - arguments.count + 1)
    }
    guard count <= arguments.count, count >= arguments.count - defaults else { return nil }
    return Array(arguments.prefix(count))
  }
}

/// A function that the history made.
struct OwnFunction {
  /// Those of its parameters that a call gives.
  var arguments: [ValueType]
  var defaults: Int
  /// Nil where it is not known.
  var result: ValueType?
}

enum Signatures {
  /// Nil for an operator that `pg_catalog` does not have.
  static func operators(named name: String) -> [Candidate]? { operators[Substring(name)] }

  /// Nil for a function that is not in the list.
  static func functions(named name: String) -> [RoutineSignature]? {
    functions[Substring(name)].map(signatures)
  }

  private static let operators = lines(of: catalogOperators).mapValues { line in
    signatures(line).map { Candidate(arguments: $0.arguments, result: $0.result) }
  }
  private static let functions = lines(of: catalogFunctions)

  private static func lines(of text: String) -> [Substring: Substring] {
    var result: [Substring: Substring] = [:]
    for line in text.parts(between: "\n") {
      guard let space = line.utf8.firstIndex(of: UInt8(ascii: " ")) else { continue }
      result[line[..<space]] = line[line.utf8.index(after: space)...]
    }
    return result
  }

  private static func signatures(_ line: Substring) -> [RoutineSignature] {
    line.parts(between: " ").compactMap { RoutineSignature($0) }
  }
}

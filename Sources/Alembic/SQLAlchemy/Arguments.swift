// The arguments of a call as the real function sees them: by position or name, all accounted for.

import SourceText

/// Reads arguments by name and position. What is not known or not expected makes the call opaque.
struct ArgumentReader {
  let call: CallArguments
  /// What is called, for reasons.
  let name: String
  /// The names of the positional parameters.
  private let parameters: [String]
  /// The keywords that were asked for: a bit for the place of each. Those beyond the last bit count as not
  /// asked for.
  private var seen: UInt64 = 0

  init(
    _ call: CallArguments, _ name: String, _ parameters: [String] = []
  ) throws(NotRenderable) {
    if let rest = call.unknownRest { throw NotRenderable(rest.reason) }
    self.call = call
    self.name = name
    self.parameters = parameters
    for parameter in parameters.prefix(call.positional.count)
    where call.keyword(parameter) != nil {
      let function = name.lastComponent
      throw NotRenderable(
        raising: "TypeError", "\(function)() got multiple values for argument '\(parameter)'")
    }
  }

  /// A reader of the arguments of a constructor that is known: those that do not fit raise.
  init(_ call: CallArguments, of constructor: String) throws(NotRenderable) {
    let known = Signature.constructor(constructor)
    try known?.signature.check(call, of: "\(known?.owner ?? constructor).__init__")
    try self.init(call, constructor, known?.signature.positional ?? [])
  }

  /// Reads the arguments of an operation, whose parameters are those of its signature.
  init(_ call: CallArguments, operation: String, isBatch: Bool = false) throws(NotRenderable) {
    try self.init(
      call, (isBatch ? "batch_op." : "op.") + operation,
      Signature.operation(operation, isBatch: isBatch)?.positional ?? [])
  }

  mutating func value(_ parameter: String) -> Value? {
    if !call.positional.isEmpty, let position = parameters.firstIndex(of: parameter),
      position < call.positional.count
    {
      return call.positional[position]
    }
    var found: Value?
    for (place, keyword) in call.keywords.enumerated() where keyword.name == parameter {
      seen |= 1 << UInt64(place)
      found = keyword.value
    }
    return found
  }

  /// Nil for None and for an argument that is not given.
  mutating func string(_ parameter: String) throws(NotRenderable) -> String? {
    switch value(parameter) {
    case nil, .none?: return nil
    case let value?: return try Self.string(value, "\(name)(\(parameter)=…)")
    }
  }

  mutating func required(_ parameter: String) throws(NotRenderable) -> String {
    guard let text = try string(parameter) else {
      throw NotRenderable("\(name)() without \(parameter)")
    }
    return text
  }

  mutating func flag(_ parameter: String) throws(NotRenderable) -> Bool? {
    switch value(parameter) {
    case nil, .none?: return nil
    case .boolean(let flag)?: return flag
    case .integer(let number)?: return number != 0
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("\(name)(\(parameter)=…)")
    }
  }

  mutating func integer(_ parameter: String) throws(NotRenderable) -> Int? {
    switch value(parameter) {
    case nil, .none?: return nil
    case .integer(let number)?: return number
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("\(name)(\(parameter)=…)")
    }
  }

  /// A sequence of strings; a single string stands for itself.
  mutating func strings(_ parameter: String) throws(NotRenderable) -> [String]? {
    switch value(parameter) {
    case nil, .none?: return nil
    case let value?: return try Self.strings(value, "\(name)(\(parameter)=…)")
    }
  }

  /// Names of columns: Python goes through a string character by character.
  mutating func columnNames(_ parameter: String) throws(NotRenderable) -> [String]? {
    if case .string(let text)? = value(parameter) { return text.unicodeScalars.map { String($0) } }
    return try strings(parameter)
  }

  /// A constraint's or index's name.
  mutating func givenName(_ parameter: String) throws(NotRenderable) -> GivenName {
    switch value(parameter) {
    case nil, .none?: return .none
    case .model(let conv as ConventionName)?: return .final(conv.name)
    case .string(let text)?: return .plain(text)
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("\(name)(\(parameter)=…)")
    }
  }

  /// Throws if a keyword was given that nobody asked for, other than those of other dialects.
  func finish() throws(NotRenderable) {
    for (place, (keyword, value)) in call.keywords.enumerated()
    where seen & 1 << UInt64(place) == 0 {
      if Self.isOfOtherDialect(keyword) { continue }
      if case .unknown(let unknown) = value { throw NotRenderable(unknown.reason) }
      throw NotRenderable("\(name)(\(keyword)=…)")
    }
  }

  /// Throws for an argument that is given: what it does is not modelled.
  mutating func refuse(_ parameter: String) throws(NotRenderable) {
    if let value = value(parameter), !value.isNone {
      throw NotRenderable("\(name)(\(parameter)=…)")
    }
  }

  mutating func ignore(_ parameters: String...) {
    for parameter in parameters { _ = value(parameter) }
  }

  static func isOfOtherDialect(_ keyword: String) -> Bool {
    ["mysql_", "sqlite_", "mssql_", "oracle_", "mariadb_"].contains { keyword.hasPrefix($0) }
  }

  /// - Parameter what: what the value is, for reasons.
  static func string(
    _ value: Value, _ what: @autoclosure () -> String
  ) throws(NotRenderable) -> String {
    switch value {
    case .string(let text): return text
    case .model(let conv as ConventionName): return conv.name
    case .instance(let instance):
      if case .string(let text)? = instance.primitive { return text }
      throw NotRenderable(what())
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    default: throw NotRenderable(what())
    }
  }

  static func strings(
    _ value: Value, _ what: @autoclosure () -> String
  ) throws(NotRenderable) -> [String] {
    switch value {
    case .string(let text): return [text]
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    case .model(let conv as ConventionName): return [conv.name]
    default: break
    }
    guard let elements = ElementMethods.elements(of: value) else { throw NotRenderable(what()) }
    var texts: [String] = []
    for element in elements { texts.append(try string(element, what())) }
    return texts
  }
}

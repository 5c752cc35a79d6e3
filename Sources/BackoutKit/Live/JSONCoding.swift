// Codable values as JSON values, without Foundation.

import SourceText

/// What cannot be read as the facts of a check.
struct NotFacts: Error {}

extension JSONValue {
  init(encoding value: some Encodable) throws {
    let encoder = JSONValueEncoder()
    try encoder.encode(value)
    self = encoder.value
  }

  func decode<Value: Decodable>(as type: Value.Type) throws -> Value {
    try Value(from: JSONValueDecoder(value: self))
  }
}

private final class JSONValueEncoder: Encoder, SingleValueEncodingContainer {
  var value = JSONValue.null
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = value {} else { value = .object([:]) }
    return KeyedEncodingContainer(Keyed<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .list = value {} else { value = .list([]) }
    return Unkeyed(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { value = .null }
  func encode(_ flag: Bool) { value = .flag(flag) }
  func encode(_ text: String) { value = .text(text) }
  func encode(_ number: Double) throws { throw NotFacts() }
  func encode(_ number: Float) throws { throw NotFacts() }

  func encode<Value: Encodable>(_ encoded: Value) throws {
    switch encoded {
    case let number as any BinaryInteger: value = .number(Int(clamping: number))
    case let flag as Bool: value = .flag(flag)
    case let text as String: value = .text(text)
    case let texts as Set<String>: value = .list(texts.sorted().map { .text($0) })
    default: try encoded.encode(to: self)
    }
  }

  struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { [] }

    private func set(_ value: JSONValue, _ key: any CodingKey) {
      guard case .object(var object) = encoder.value else { return }
      object[key.stringValue] = value
      encoder.value = .object(object)
    }

    func encodeNil(forKey key: Key) { set(.null, key) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      set(try JSONValue(encoding: value), key)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      let child = Child(parent: encoder, key: key.stringValue)
      return KeyedEncodingContainer(ChildKeyed<Nested>(child: child))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      // No facts ask for it.
      Unkeyed(encoder: JSONValueEncoder())
    }

    func superEncoder() -> any Encoder { encoder }
    func superEncoder(forKey key: Key) -> any Encoder { encoder }
  }

  /// The object under a key, as enums with values have it.
  final class Child {
    let parent: JSONValueEncoder
    let key: String
    private var object: [String: JSONValue] = [:]

    init(parent: JSONValueEncoder, key: String) {
      self.parent = parent
      self.key = key
      store()
    }

    func set(_ value: JSONValue, _ name: String) {
      object[name] = value
      store()
    }

    private func store() {
      guard case .object(var outer) = parent.value else { return }
      outer[key] = .object(object)
      parent.value = .object(outer)
    }
  }

  struct ChildKeyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let child: Child
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { child.set(.null, key.stringValue) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      child.set(try JSONValue(encoding: value), key.stringValue)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(Keyed<Nested>(encoder: JSONValueEncoder()))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      Unkeyed(encoder: JSONValueEncoder())
    }

    func superEncoder() -> any Encoder { child.parent }
    func superEncoder(forKey key: Key) -> any Encoder { child.parent }
  }

  struct Unkeyed: UnkeyedEncodingContainer {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { [] }
    var count: Int { if case .list(let list) = encoder.value { list.count } else { 0 } }

    private func add(_ value: JSONValue) {
      guard case .list(var list) = encoder.value else { return }
      encoder.value = .null
      list.append(value)
      encoder.value = .list(list)
    }

    func encodeNil() { add(.null) }
    func encode<Value: Encodable>(_ value: Value) throws { add(try JSONValue(encoding: value)) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(Keyed<Nested>(encoder: JSONValueEncoder()))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func superEncoder() -> any Encoder { encoder }
  }
}

private struct JSONValueDecoder: Decoder, SingleValueDecodingContainer {
  let value: JSONValue
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else { throw NotFacts() }
    return KeyedDecodingContainer(Keyed<Key>(object: object))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let list) = value else { throw NotFacts() }
    return Unkeyed(list: list)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .flag(let flag) = value else { throw NotFacts() }
    return flag
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .text(let text) = value else { throw NotFacts() }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double { throw NotFacts() }
  func decode(_ type: Float.Type) throws -> Float { throw NotFacts() }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    switch type {
    case is Bool.Type, is String.Type: break
    case let integer as any (FixedWidthInteger & Decodable).Type:
      guard case .number(let number) = value, let exact = integer.init(exactly: number) as? Value
      else { throw NotFacts() }
      return exact
    default: return try Value(from: self)
    }
    let plain: Any = if case .flag(let flag) = value { flag } else { try decode(String.self) }
    guard let result = plain as? Value else { throw NotFacts() }
    return result
  }

  struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: [String: JSONValue]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { object.keys.sorted().compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

    func decodeNil(forKey key: Key) -> Bool { (object[key.stringValue] ?? .null) == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      guard let value = object[key.stringValue] else { throw NotFacts() }
      return try JSONValueDecoder(value: value).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      guard let value = object[key.stringValue] else { throw NotFacts() }
      return try JSONValueDecoder(value: value).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      guard let value = object[key.stringValue] else { throw NotFacts() }
      return try JSONValueDecoder(value: value).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { throw NotFacts() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw NotFacts() }
  }

  struct Unkeyed: UnkeyedDecodingContainer {
    let list: [JSONValue]
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { list.count }
    var isAtEnd: Bool { currentIndex >= list.count }

    init(list: [JSONValue]) { self.list = list }

    private mutating func next() throws -> JSONValue {
      guard !isAtEnd else { throw NotFacts() }
      currentIndex += 1
      return list[currentIndex - 1]
    }

    mutating func decodeNil() -> Bool {
      guard !isAtEnd, list[currentIndex] == .null else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try JSONValueDecoder(value: try next()).decode(type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      try JSONValueDecoder(value: try next()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      try JSONValueDecoder(value: try next()).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { throw NotFacts() }
  }
}

// Lists, dictionaries and sets of Python, and what makes two values the same key.

/// A Python list.
final class ListObject {
  var elements: [Value]
  /// Something that is not known may have changed it: its content is not known any more.
  var taint: Unknown?
  /// It was made from a set: Python does not promise the order of the elements.
  var isUnordered = false
  init(_ elements: [Value]) { self.elements = elements }
}

/// What makes a value equal to another as a key: `1`, `1.0` and `True` are one key, as in Python.
enum ValueKey: Hashable {
  case none
  case integer(Int)
  case float(Double)
  case string(String)
  case bytes([UInt8])
  case ellipsis
  case tuple([ValueKey])
  case set(Set<ValueKey>)
  case range(Int, Int, Int)
  case object(ObjectIdentifier)
  case bound(ObjectIdentifier, ObjectIdentifier?)
  case library(String)
  /// A value object of the standard library, by its class and text.
  case constant(String, String)
}

/// An ordered dictionary, as Python's.
final class DictionaryObject {
  /// In the order of insertion.
  private(set) var entries: [(key: Value, value: Value)]
  var taint: Unknown?
  /// Makes the value of a key that is missing, as `collections.defaultdict` does.
  var defaultFactory: Value?
  /// Built by the first look-up.
  private var positions: [ValueKey: Int]?

  init(_ entries: [(key: Value, value: Value)] = []) { self.entries = entries }

  convenience init(strings: [(String, Value)]) {
    self.init(strings.map { (key: .string($0.0), value: $0.1) })
  }

  var count: Int { entries.count }

  subscript(key: ValueKey) -> Value? { position(of: key).map { entries[$0].value } }

  subscript(name: String) -> Value? { self[.string(name)] }

  func set(_ key: Value, _ valueKey: ValueKey, _ value: Value) {
    if let position = position(of: valueKey) {
      entries[position].value = value
    } else {
      positions?[valueKey] = entries.count
      entries.append((key, value))
    }
  }

  @discardableResult
  func remove(_ key: ValueKey) -> Value? {
    guard let position = position(of: key) else { return nil }
    positions = nil
    return entries.remove(at: position).value
  }

  func replaceEntries(_ entries: [(key: Value, value: Value)]) {
    self.entries = entries
    positions = nil
  }

  private func position(of key: ValueKey) -> Int? {
    if let positions { return positions[key] }
    guard entries.count > 0 else { return nil }
    var built: [ValueKey: Int] = [:]
    built.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() {
      if let key = entry.key.key { built[key] = index }
    }
    positions = built
    return built[key]
  }
}

/// A set, in the order of insertion: Python does not promise its order, so what depends on it is
/// not known.
final class SetObject {
  private(set) var elements: [Value]
  private(set) var keys: Set<ValueKey>
  let isFrozen: Bool
  var taint: Unknown?

  /// Elements without a key are left out: the caller has made sure of them.
  init(_ elements: [Value], isFrozen: Bool = false) {
    self.isFrozen = isFrozen
    self.elements = []
    keys = []
    for element in elements {
      if let key = element.key { insert(element, key) }
    }
  }

  func insert(_ element: Value, _ key: ValueKey) {
    if keys.insert(key).inserted { elements.append(element) }
  }

  @discardableResult
  func remove(_ key: ValueKey) -> Bool {
    guard keys.remove(key) != nil else { return false }
    elements.removeAll { $0.key == key }
    return true
  }

  func replaceElements(_ other: [Value]) {
    elements = other
    keys = Set(other.compactMap(\.key))
  }
}

extension Value {
  /// Nil for what Python cannot hash and for what is not known.
  var key: ValueKey? {
    switch self {
    case .none: ValueKey.none
    case .boolean(let value): .integer(value ? 1 : 0)
    case .integer(let value): .integer(value)
    case .float(let value): Int(exactly: value).map(ValueKey.integer) ?? .float(value)
    case .string(let value): .string(value)
    case .bytes(let value): .bytes(value)
    case .ellipsis: .ellipsis
    case .tuple(let elements): Self.keys(of: elements).map(ValueKey.tuple)
    case .range(let start, let end, let step): .range(start, end, step)
    case .set(let set): set.isFrozen && set.taint == nil ? .set(set.keys) : nil
    case .function(let function): .object(ObjectIdentifier(function))
    case .class(let type): .object(ObjectIdentifier(type))
    case .module(let module): .object(ObjectIdentifier(module))
    case .instance(let instance): instance.key
    case .bound(let bound): .bound(ObjectIdentifier(bound.function), bound.receiver.identity)
    case .library(let name): .library(name.path)
    case .model(let model): model.key
    case .list, .dictionary, .method, .unknown: nil
    }
  }

  /// The key of every value; nil if one has none.
  static func keys(of values: [Value]) -> [ValueKey]? {
    var keys: [ValueKey] = []
    keys.reserveCapacity(values.count)
    for value in values {
      guard let key = value.key else { return nil }
      keys.append(key)
    }
    return keys
  }

  /// The identity of values that are references.
  var identity: ObjectIdentifier? {
    switch self {
    case .list(let object): ObjectIdentifier(object)
    case .set(let object): ObjectIdentifier(object)
    case .dictionary(let object): ObjectIdentifier(object)
    case .function(let object): ObjectIdentifier(object)
    case .class(let object): ObjectIdentifier(object)
    case .instance(let object): ObjectIdentifier(object)
    case .module(let object): ObjectIdentifier(object)
    case .model(let object): ObjectIdentifier(object)
    default: nil
    }
  }

  /// The reason why the value, or what it holds at its top, is not known.
  var unknownReason: Unknown? {
    switch self {
    case .unknown(let unknown): unknown
    case .list(let list): list.taint
    case .set(let set): set.taint
    case .dictionary(let dictionary): dictionary.taint
    case .instance(let instance): instance.taint
    default: nil
    }
  }

  /// The first thing inside the value, however deep, that is not known.
  func firstUnknown(depth: Int = 0) -> Unknown? {
    if let unknown = unknownReason { return unknown }
    guard depth < 20 else { return nil }
    switch self {
    case .tuple(let elements):
      return elements.lazy.compactMap { $0.firstUnknown(depth: depth + 1) }.first
    case .list(let list):
      return list.elements.lazy.compactMap { $0.firstUnknown(depth: depth + 1) }.first
    case .set(let set):
      return set.elements.lazy.compactMap { $0.firstUnknown(depth: depth + 1) }.first
    case .dictionary(let dictionary):
      return dictionary.entries.lazy.compactMap {
        $0.key.firstUnknown(depth: depth + 1) ?? $0.value.firstUnknown(depth: depth + 1)
      }.first
    default: return nil
    }
  }
}

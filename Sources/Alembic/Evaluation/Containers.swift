// Lists, dictionaries and sets of Python, and what makes two values the same key.

/// A Python list.
final class ListObject {
  var elements: [Value]
  /// Something that is not known may have changed it: its content is not known any more.
  var taint: Unknown?
  /// It was made from a set: Python does not promise the order of the elements.
  var isUnordered = false
  /// It belongs to an imported module, which other steps see too.
  var isImported = false
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

  /// Whether the keys within the key, each counted as often as it is reached, are no more than
  /// there is room for, and no deeper: hashing walks all of them.
  fileprivate func fits(depth: Int, _ room: inout Int) -> Bool {
    room -= 1
    guard depth < Value.keyDepthLimit, room > 0 else { return false }
    switch self {
    case .tuple(let keys): return keys.allSatisfy { $0.fits(depth: depth + 1, &room) }
    case .set(let keys): return keys.allSatisfy { $0.fits(depth: depth + 1, &room) }
    default: return true
    }
  }
}

/// An ordered dictionary, as Python's.
final class DictionaryObject {
  /// In the order of insertion.
  var entries: [(key: Value, value: Value)] {
    close()
    return slots
  }
  /// What was removed leaves a hole until the entries are next walked, so that removing one by one
  /// does not move all that come after it.
  private var slots: [(key: Value, value: Value)]
  private var holes: Set<Int> = []
  var hasHoles: Bool { !holes.isEmpty }
  var taint: Unknown?
  /// It belongs to an imported module, which other steps see too.
  var isImported = false
  /// Makes the value of a key that is missing, as `collections.defaultdict` does.
  var defaultFactory: Value?
  /// The entry that was inserted last.
  var last: (key: Value, value: Value)? { slots.last }

  /// Built by the first look-up.
  private var positions: [ValueKey: Int]?

  init(_ entries: [(key: Value, value: Value)] = []) { slots = entries }

  convenience init(strings: [(String, Value)]) {
    self.init(strings.map { (key: .string($0.0), value: $0.1) })
  }

  var count: Int { slots.count - holes.count }

  subscript(key: ValueKey) -> Value? { position(of: key).map { slots[$0].value } }

  subscript(name: String) -> Value? { self[.string(name)] }

  func set(_ key: Value, _ valueKey: ValueKey, _ value: Value) {
    if let position = position(of: valueKey) {
      slots[position].value = value
    } else {
      positions?[valueKey] = slots.count
      slots.append((key, value))
    }
  }

  @discardableResult
  func remove(_ key: ValueKey) -> Value? {
    guard let position = position(of: key) else { return nil }
    positions?[key] = nil
    let value = slots[position].value
    slots[position] = (.none, .none)
    holes.insert(position)
    while holes.remove(slots.count - 1) != nil { slots.removeLast() }
    return value
  }

  func replaceEntries(_ entries: [(key: Value, value: Value)]) {
    slots = entries
    holes = []
    positions = nil
  }

  private func close() {
    guard !holes.isEmpty else { return }
    slots = slots.enumerated().filter { !holes.contains($0.offset) }.map(\.element)
    holes = []
    positions = nil
  }

  private func position(of key: ValueKey) -> Int? {
    if let positions { return positions[key] }
    guard count > 0 else { return nil }
    var built: [ValueKey: Int] = [:]
    built.reserveCapacity(count)
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
  /// It belongs to an imported module, which other steps see too.
  var isImported = false
  var elements: [Value] {
    if hasHoles {
      slots = slots.enumerated().filter { !holes.contains($0.offset) }.map(\.element)
      holes = []
      positions = nil
    }
    return slots
  }
  /// With holes as those of a dictionary.
  private var slots: [Value]
  private var holes: Set<Int> = []
  var hasHoles: Bool { !holes.isEmpty }
  private(set) var keys: Set<ValueKey>
  /// Built by the first removal.
  private var positions: [ValueKey: Int]?
  let isFrozen: Bool
  var taint: Unknown?

  var count: Int { keys.count }

  /// Elements without a key are left out: the caller has made sure of them.
  init(_ elements: [Value], isFrozen: Bool = false) {
    self.isFrozen = isFrozen
    slots = []
    keys = []
    for element in elements {
      if let key = element.key { insert(element, key) }
    }
  }

  func insert(_ element: Value, _ key: ValueKey) {
    guard keys.insert(key).inserted else { return }
    positions?[key] = slots.count
    slots.append(element)
  }

  @discardableResult
  func remove(_ key: ValueKey) -> Bool {
    guard keys.remove(key) != nil else { return false }
    if positions == nil {
      let known = elements.enumerated().compactMap { index, element in
        element.key.map { ($0, index) }
      }
      positions = Dictionary(known, uniquingKeysWith: { first, _ in first })
    }
    if let position = positions?.removeValue(forKey: key) {
      slots[position] = .none
      holes.insert(position)
    }
    return true
  }

  func replaceElements(_ other: [Value]) {
    slots = other
    holes = []
    positions = nil
    keys = Set(other.compactMap(\.key))
  }
}

extension Value {
  /// Nil for what Python cannot hash and for what is not known.
  var key: ValueKey? {
    var room = Self.keySizeLimit
    return key(depth: 0, &room)
  }

  /// Keys of keys are taken only so deep: hashing walks all of them.
  fileprivate static let keyDepthLimit = 40

  /// Parts of one key: a tuple that holds the same tuple twice doubles with each level.
  private static let keySizeLimit = 100_000

  private func key(depth: Int, _ room: inout Int) -> ValueKey? {
    room -= 1
    guard depth < Self.keyDepthLimit, room > 0 else { return nil }
    switch self {
    case .none: return ValueKey.none
    case .boolean(let value): return .integer(value ? 1 : 0)
    case .integer(let value): return .integer(value)
    case .float(let value): return Int(exactly: value).map(ValueKey.integer) ?? .float(value)
    case .string(let value): return .string(value)
    case .bytes(let value): return .bytes(value)
    case .ellipsis: return .ellipsis
    case .tuple(let elements):
      var keys: [ValueKey] = []
      for element in elements {
        guard let key = element.key(depth: depth + 1, &room) else { return nil }
        keys.append(key)
      }
      return .tuple(keys)
    case .range(let start, let end, let step): return .range(start, end, step)
    case .set(let set):
      guard set.isFrozen, set.taint == nil else { return nil }
      let key = ValueKey.set(set.keys)
      return key.fits(depth: depth, &room) ? key : nil
    case .function(let function): return .object(ObjectIdentifier(function))
    case .class(let type): return .object(ObjectIdentifier(type))
    case .module(let module): return .object(ObjectIdentifier(module))
    case .instance(let instance): return instance.key
    case .bound(let bound): return .bound(ObjectIdentifier(bound.function), bound.receiver.identity)
    case .library(let name): return .library(name.path)
    case .model(let model): return model.key
    case .list, .dictionary, .method, .unknown: return nil
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
  /// The first value inside of it that is not known, as far as a search of bounded length finds one.
  func firstUnknown() -> Unknown? {
    var room = 2000
    return firstUnknown(depth: 0, &room)
  }

  private func firstUnknown(depth: Int, _ room: inout Int) -> Unknown? {
    if let unknown = unknownReason { return unknown }
    guard depth < 20, room > 0 else { return nil }
    let parts: [Value]
    switch self {
    case .tuple(let elements): parts = elements
    case .list(let list): parts = list.elements
    case .set(let set): parts = set.elements
    case .dictionary(let dictionary): parts = dictionary.entries.flatMap { [$0.key, $0.value] }
    default: return nil
    }
    for part in parts {
      room -= 1
      if room <= 0 { return nil }
      if let unknown = part.firstUnknown(depth: depth + 1, &room) { return unknown }
    }
    return nil
  }
}

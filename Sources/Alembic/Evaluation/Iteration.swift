// What iterating yields, items by index or slice, and iterators that are used up.

import PythonSyntax
import SourceText

extension Interpreter {
  /// The elements that iterating over the value yields; nil if they are not known, or not in a
  /// known order.
  func iterate(_ value: Value, at range: SourceRange) throws(Interruption) -> [Value]? {
    if isUnordered(value) {
      unknownCount += 1
      return nil
    }
    return try iterateAnyOrder(value, at: range)
  }

  /// More than one element, in an order that Python does not promise.
  func isUnordered(_ value: Value) -> Bool {
    switch value {
    case .set(let set): set.count > 1
    case .list(let list): list.isUnordered && list.elements.count > 1
    case .model(let model as IteratorObject): model.isUnordered
    default: false
    }
  }

  /// The elements for a use to which their order does not matter.
  func iterateAnyOrder(_ value: Value, at range: SourceRange) throws(Interruption) -> [Value]? {
    switch value {
    case .list(let list): if list.taint == nil { return list.elements }
    case .tuple(let elements): return elements
    case .set(let set):
      if set.hasHoles { try charge(set.count) }
      if set.taint == nil { return set.elements }
    case .dictionary(let dictionary):
      try charge(dictionary.hasHoles ? dictionary.count : dictionary.count >> 3)
      if dictionary.taint == nil { return dictionary.entries.map(\.key) }
    case .string(let text):
      try allocate(text.utf8.count * 32)
      return text.unicodeScalars.map { .string(String($0)) }
    case .bytes(let bytes):
      try allocate(bytes.count * 32)
      return bytes.map { .integer(Int($0)) }
    case .range(let start, let end, let step): return try elements(start, end, step)
    case .class(let type):
      if type.flavor == .enumeration { return type.members.map(Value.instance) }
    case .instance(let instance): return try iterate(instance, at: range)
    case .model(let model):
      if let elements = try model.iterate(self) { return elements }
    case .none, .boolean, .integer, .float, .ellipsis, .function, .module, .bound:
      throw raise(
        "TypeError", "'\(typeName(of: value))' object is not iterable", at: range)
    case .unknown, .library, .method: break
    }
    unknownCount += 1
    return nil
  }

  private func elements(
    _ start: Int, _ end: Int, _ step: Int
  ) throws(Interruption) -> [Value] {
    guard let count = rangeCount(start, end, step) else { throw .exhausted }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 32)
    try allocate(overflow ? Int.max : bytes)
    try charge(count)
    var result: [Value] = []
    result.reserveCapacity(count)
    var next = start
    for _ in 0..<count {
      result.append(.integer(next))
      next &+= step
    }
    return result
  }

  /// `len(range(…))`; nil if it does not fit.
  func rangeCount(_ start: Int, _ end: Int, _ step: Int) -> Int? {
    guard step != 0, step != Int.min else { return nil }
    let (low, high) = step > 0 ? (start, end) : (end, start)
    guard high > low else { return 0 }
    let (distance, overflow) = high.subtractingReportingOverflow(low)
    return overflow ? nil : (distance - 1) / abs(step) + 1
  }

  private func iterate(
    _ instance: InstanceObject, at range: SourceRange
  ) throws(Interruption) -> [Value]? {
    if let reason = instance.taint ?? instance.type.anyUnknownBase {
      _ = unknown(reason)
      return nil
    }
    if instance.type.flavor == .namedTuple { return instance.fieldValues }
    if let method = instance.type.lookup("__iter__") {
      let result = try call(
        bind(method, to: .instance(instance), owner: instance.type), CallArguments(range: range))
      if case .instance(let other) = result, other === instance { return nil }
      return try iterate(result, at: range)
    }
    if let value = instance.primitive { return try iterate(value, at: range) }
    if !instance.type.allLibraryBases.isEmpty { return nil }
    throw raise("TypeError", "'\(instance.type.name)' object is not iterable", at: range)
  }

  /// `value[key]`.
  func item(
    _ value: Value, _ key: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    if case .unknown(let reason) = value { return unknown(reason) }
    if let reason = key.unknownReason {
      if case .dictionary = value { return unknown(reason) }
      if case .unknown = key { return unknown(reason) }
    }
    switch value {
    case .dictionary(let dictionary): return try item(dictionary, key, at: range)
    case .list(let list):
      if let reason = list.taint { return unknown(reason) }
      if list.isUnordered, list.elements.count > 1 {
        return unknown(.time, "the order of a set", at: range)
      }
      return try item(list.elements, key, "list", at: range) { .list(ListObject($0)) }
    case .tuple(let elements):
      return try item(elements, key, "tuple", at: range) { .tuple($0) }
    case .string(let text): return try item(text, key, at: range)
    case .bytes(let bytes):
      return try item(
        bytes.count, key, "bytes", at: range, element: { .integer(Int(bytes[$0])) },
        slice: { positions in .bytes(positions.map { bytes[$0] }) })
    case .range(let start, let end, let step):
      guard let count = rangeCount(start, end, step) else { break }
      return try item(
        count, key, "range", at: range, element: { .integer(start &+ $0 &* step) },
        slice: { positions in
          .list(ListObject(positions.map { .integer(start &+ $0 &* step) }))
        })
    case .class(let type): return try item(type, key, at: range)
    case .instance(let instance):
      if instance.type.flavor == .namedTuple {
        return try item(instance.fieldValues, key, "tuple", at: range) { .tuple($0) }
      }
      if let value = instance.primitive { return try item(value, key, at: range) }
    case .library(let name):
      return isGeneric(name) ? value : unknown(.unsupportedCall, "\(name.path)[…]", at: range)
    default: break
    }
    if let result = try special("__getitem__", value, [key], at: range) { return result }
    if let reason = value.unknownReason { return unknown(reason) }
    if case .instance(let instance) = value, !instance.type.allLibraryBases.isEmpty {
      return unknown(notKnown(value, "item of", at: range))
    }
    throw raise(
      "TypeError", "'\(typeName(of: value))' object is not subscriptable", at: range)
  }

  private func item(
    _ dictionary: DictionaryObject, _ key: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let reason = dictionary.taint { return unknown(reason) }
    guard let valueKey = self.key(of: key) else { return unknown(try unhashable(key, at: range)) }
    if let value = dictionary[valueKey] { return value }
    guard let factory = dictionary.defaultFactory else {
      throw raise("KeyError", [key], at: range)
    }
    let value = try call(factory, CallArguments(range: range))
    willChange(dictionary)
    dictionary.set(key, valueKey, value)
    return value
  }

  /// Subscripts of types, such as `list[str]`, are annotations; `Enum["NAME"]` is a member.
  private func item(
    _ type: ClassObject, _ key: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    if type.flavor == .enumeration {
      guard case .string(let name) = key else {
        return unknown(key.unknownReason ?? notKnown(key, "member", at: range))
      }
      if case .instance(let member)? = type.attributes[name], member.type === type {
        return .instance(member)
      }
      throw raise("KeyError", [key], at: range)
    }
    return .class(type)
  }

  /// Whether a class of a library takes type arguments.
  func isGeneric(_ name: LibraryName) -> Bool {
    StandardLibrary.isGeneric(name) || SQLAlchemyLibrary.owns(name.path)
  }

  private func item(
    _ elements: [Value], _ key: Value, _ type: String, at range: SourceRange,
    _ make: ([Value]) -> Value
  ) throws(Interruption) -> Value {
    try item(
      elements.count, key, type, at: range, element: { elements[$0] },
      slice: { positions in make(positions.map { elements[$0] }) })
  }

  /// An item or slice of a sequence of `count` elements.
  private func item(
    _ count: Int, _ key: Value, _ type: String, at range: SourceRange,
    element: (Int) -> Value, slice makeSlice: ([Int]) -> Value
  ) throws(Interruption) -> Value {
    switch key {
    case .integer(let index):
      guard let position = position(index, count) else {
        throw raise("IndexError", "\(type) index out of range", at: range)
      }
      return element(position)
    case .boolean(let flag):
      return try item(
        count, .integer(flag ? 1 : 0), type, at: range, element: element, slice: makeSlice)
    case .model(let slice as SliceObject):
      let positions = try slice.positions(count, at: range, self)
      try allocate(positions.count * 32)
      return makeSlice(positions)
    case .instance(let instance):
      if let value = instance.primitive {
        return try item(count, value, type, at: range, element: element, slice: makeSlice)
      }
    default: break
    }
    if let reason = key.unknownReason { return unknown(reason) }
    throw raise("TypeError", "\(type) indices must be integers or slices", at: range)
  }

  private func item(
    _ text: String, _ key: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    // To look for a byte that is not ASCII takes far less than to take the text apart.
    try charge(text.utf8.count / (Budget.bytesPerWork * 16))
    if text.isASCII {
      let bytes = text.utf8
      return try item(
        bytes.count, key, "string", at: range,
        element: { position in
          let index = bytes.index(bytes.startIndex, offsetBy: position)
          return .string(String(text[index...index]))
        },
        slice: { positions in
          let bytes = Array(bytes)
          return .string(String(decoding: positions.map { bytes[$0] }, as: UTF8.self))
        })
    }
    try charge(for: [.string(text)])
    try allocate(text.utf8.count * 4)
    let scalars = Array(text.unicodeScalars)
    return try item(
      scalars.count, key, "string", at: range, element: { .string(String(scalars[$0])) },
      slice: { positions in
        var result = String.UnicodeScalarView()
        for position in positions { result.append(scalars[position]) }
        return .string(String(result))
      })
  }
}

extension String {
  var isASCII: Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      var all: UInt8 = 0
      for byte in bytes { all |= byte }
      return all < 0x80
    } ?? utf8.allSatisfy { $0 < 0x80 }
  }

  /// The number of code points.
  var scalarCount: Int {
    utf8.withContiguousStorageIfAvailable { bytes in
      var count = 0
      for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
      return count
    } ?? unicodeScalars.count
  }
}

/// `lower:upper:step` in a subscript.
final class SliceObject: ModelObject {
  let lower: Int?
  let upper: Int?
  let step: Int?
  var typeName: String { "slice" }

  init(lower: Int?, upper: Int?, step: Int?) {
    self.lower = lower
    self.upper = upper
    self.step = step
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "slice.\(name)", at: arguments.range)
  }

  var isContiguous: Bool { step == nil || step == 1 }

  /// Of a slice with step 1; nil otherwise.
  func bounds(_ count: Int) -> Range<Int>? {
    guard isContiguous else { return nil }
    func clamp(_ index: Int) -> Int { min(max(index < 0 ? index &+ count : index, 0), count) }
    let start = clamp(lower ?? 0)
    return start..<max(start, clamp(upper ?? count))
  }

  /// The offsets that the slice selects among `count` elements (Python Library Reference,
  /// `slice.indices`).
  func positions(
    _ count: Int, at range: SourceRange, _ interpreter: Interpreter
  ) throws(Interruption) -> [Int] {
    let step = step ?? 1
    guard step != 0 else {
      throw interpreter.raise("ValueError", "slice step cannot be zero", at: range)
    }
    if let bounds = bounds(count) {
      try interpreter.charge(bounds.count >> 4)
      try interpreter.allocate(bounds.count * 8)
      return Array(bounds)
    }
    func clamp(_ index: Int) -> Int {
      let low = step < 0 ? -1 : 0
      let high = step < 0 ? count - 1 : count
      return min(max(index < 0 ? index &+ count : index, low), high)
    }
    var position = lower.map(clamp) ?? (step < 0 ? count - 1 : 0)
    let end = upper.map(clamp) ?? (step < 0 ? -1 : count)
    var result: [Int] = []
    while step < 0 ? position > end : position < end {
      result.append(position)
      try interpreter.allocate(8)
      let (next, overflow) = position.addingReportingOverflow(step)
      if overflow { break }
      position = next
    }
    try interpreter.charge(result.count >> 4)
    return result
  }
}

/// An iterator, used up as it is walked: of `iter`, `map`, `zip`, generators and the like.
final class IteratorObject: ModelObject {
  private let elements: [Value]
  var position = 0
  /// What may have moved it is not known.
  var taint: Unknown?
  var isUnordered = false
  /// It belongs to an imported module, which other steps see too.
  var isImported = false
  /// The elements of an endless iterator, by their number.
  private let endless: ((Int) -> Value)?
  var typeName: String { "generator" }
  var extent: Int { max(0, elements.count - position) * 16 }

  init(_ elements: [Value]) {
    self.elements = elements
    endless = nil
  }

  init(endless: @escaping (Int) -> Value) {
    elements = []
    self.endless = endless
  }

  func next(_ interpreter: Interpreter) throws(Interruption) -> Value? {
    try interpreter.charge()
    interpreter.noteChange(ofImported: isImported)
    interpreter.record(.iterator(self, position: position))
    if let endless {
      position += 1
      return endless(position - 1)
    }
    guard position < elements.count else { return nil }
    position += 1
    return elements[position - 1]
  }

  var isEndless: Bool { endless != nil }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "send", "close", "throw", "__next__", "__iter__":
      .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__next__":
      guard taint == nil else { break }
      if let value = try next(interpreter) { return value }
      throw interpreter.raise("StopIteration", [], at: arguments.range)
    case "__iter__": return .model(self)
    case "close": return .none
    case "__eq__": return .boolean(isSelf(arguments.positional.first))
    case "__ne__": return .boolean(!isSelf(arguments.positional.first))
    default: break
    }
    return interpreter.unknown(.unsupportedCall, "generator.\(name)", at: arguments.range)
  }

  private func isSelf(_ other: Value?) -> Bool {
    if case .model(let model)? = other { model === self } else { false }
  }

  func iterate(_ interpreter: Interpreter) throws(Interruption) -> [Value]? {
    guard taint == nil, endless == nil else {
      if endless != nil { throw .exhausted }
      return nil
    }
    interpreter.noteChange(ofImported: isImported)
    interpreter.record(.iterator(self, position: position))
    defer { position = elements.count }
    return Array(elements[min(position, elements.count)...])
  }
}

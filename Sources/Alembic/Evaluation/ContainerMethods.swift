// The methods of lists, dictionaries and sets.

import PythonSyntax
import SourceText

extension Interpreter {
  func listMethod(
    _ list: ListObject, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    let first = arguments.positional.first
    switch name {
    case "copy":
      if let reason = list.taint { return unknown(reason) }
      try allocate(list.elements.count * 32)
      let copy = ListObject(list.elements)
      copy.isUnordered = list.isUnordered
      return .list(copy)
    case "index", "count":
      if let reason = list.taint { return unknown(reason) }
      return try tupleMethod(list.elements, name, arguments)
    default: break
    }
    willChange(list)
    if let reason = arguments.unknownRest { list.taint = reason }
    switch name {
    case "append":
      guard let first else { break }
      try allocate(32)
      list.elements.append(first)
      return .none
    case "extend":
      guard let first else { break }
      if let elements = try iterate(first, at: arguments.range) {
        try allocate(elements.count * 32)
        try charge(elements.count)
        list.elements += elements
      } else if isUnordered(first), let elements = try iterateAnyOrder(first, at: arguments.range) {
        list.elements += elements
        list.isUnordered = true
      } else {
        list.taint = first.unknownReason ?? notKnown(first, "extend by", at: arguments.range)
      }
      return .none
    case "insert":
      guard case .integer(let index)? = first, arguments.positional.count > 1 else { break }
      let count = list.elements.count
      let position = min(max(index < 0 ? index &+ count : index, 0), count)
      try charge(count >> 4)
      list.elements.insert(arguments.positional[1], at: position)
      return .none
    case "pop":
      if let reason = list.taint { return unknown(reason) }
      var index = -1
      if let first {
        guard case .integer(let value) = first else { break }
        index = value
      }
      guard let position = position(index, list.elements.count) else {
        throw raise("IndexError", "pop from empty list", at: arguments.range)
      }
      try charge(list.elements.count >> 6)
      return list.elements.remove(at: position)
    case "remove":
      if let reason = list.taint { return unknown(reason) }
      guard case .integer(let index) = try tupleMethod(list.elements, "index", arguments) else {
        break
      }
      list.elements.remove(at: index)
      return .none
    case "clear":
      list.elements = []
      list.taint = nil
      return .none
    case "reverse":
      try charge(list.elements.count)
      list.elements.reverse()
      return .none
    case "sort":
      if list.taint == nil, let sorted = try sorted(list.elements, arguments) {
        list.elements = sorted
        list.isUnordered = false
      } else {
        list.taint = list.taint ?? notKnown(.list(list), "order of", at: arguments.range)
      }
      return .none
    default: break
    }
    list.taint = notKnown(.list(list), name, at: arguments.range)
    return unknown(.unsupportedCall, "list.\(name)", at: arguments.range)
  }

  /// Sorted with `key=` and `reverse=`; nil if the order is not known.
  func sorted(
    _ elements: [Value], _ arguments: CallArguments
  ) throws(Interruption) -> [Value]? {
    try charge(elements.count * 4)
    var keyed: [(key: Value, value: Value)] = []
    keyed.reserveCapacity(elements.count)
    for element in elements {
      switch arguments.keyword("key") {
      case nil, Value.none?: keyed.append((element, element))
      case let function?:
        let key = try call(function, CallArguments(positional: [element], range: arguments.range))
        keyed.append((key, element))
      }
    }
    guard let reversed = arguments.keyword("reverse").map(truth) ?? false else { return nil }
    var isKnown = true
    keyed.sort { left, right in
      guard let order = order(left.key, right.key) else {
        isKnown = false
        return false
      }
      return reversed ? order > 0 : order < 0
    }
    return isKnown ? keyed.map(\.value) : nil
  }

  func dictionaryMethod(
    _ dictionary: DictionaryObject, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    let range = arguments.range
    switch name {
    case "keys", "values", "items", "copy":
      if let reason = dictionary.taint { return unknown(reason) }
      try allocate(dictionary.count * 64)
      switch name {
      case "keys": return .list(ListObject(dictionary.entries.map(\.key)))
      case "values": return .list(ListObject(dictionary.entries.map(\.value)))
      case "copy":
        let copy = DictionaryObject(dictionary.entries)
        copy.defaultFactory = dictionary.defaultFactory
        return .dictionary(copy)
      default: return .list(ListObject(dictionary.entries.map { .tuple([$0.key, $0.value]) }))
      }
    case "get":
      if let reason = dictionary.taint { return unknown(reason) }
      guard let key = arguments.positional.first else { break }
      guard let valueKey = self.key(of: key) else { return unknown(try unhashable(key, at: range)) }
      return dictionary[valueKey] ?? arguments.argument(1, "default") ?? .none
    case "fromkeys":
      guard let keys = arguments.positional.first,
        let elements = try iterateAnyOrder(keys, at: range)
      else { break }
      let result = DictionaryObject()
      for key in elements {
        if let valueKey = self.key(of: key) {
          result.set(key, valueKey, arguments.argument(1, "value") ?? .none)
        }
      }
      if isUnordered(keys), result.count > 1 {
        result.taint = Unknown(OpaqueReason(.time, "the order of a set"), range: range)
      }
      return .dictionary(result)
    default: break
    }
    willChange(dictionary)
    if let reason = arguments.unknownRest { dictionary.taint = reason }
    switch name {
    case "update":
      try update(dictionary, arguments)
      return .none
    case "clear":
      dictionary.replaceEntries([])
      dictionary.taint = nil
      return .none
    case "pop", "setdefault":
      guard let key = arguments.positional.first else { break }
      guard let valueKey = self.key(of: key) else {
        dictionary.taint = try unhashable(key, at: range)
        break
      }
      if let reason = dictionary.taint { return unknown(reason) }
      if name == "setdefault" {
        if let value = dictionary[valueKey] { return value }
        let value = arguments.argument(1, "default") ?? .none
        dictionary.set(key, valueKey, value)
        return value
      }
      if let value = dictionary.remove(valueKey) { return value }
      if let value = arguments.argument(1, "default") { return value }
      throw raise("KeyError", [key], at: range)
    case "popitem":
      if let reason = dictionary.taint { return unknown(reason) }
      guard let last = dictionary.last, let key = last.key.key else {
        throw raise("KeyError", "popitem(): dictionary is empty", at: range)
      }
      dictionary.remove(key)
      return .tuple([last.key, last.value])
    default: break
    }
    dictionary.taint = dictionary.taint ?? notKnown(.dictionary(dictionary), name, at: range)
    return unknown(.unsupportedCall, "dict.\(name)", at: range)
  }

  /// The entries of mappings, pairs and keywords.
  func update(
    _ dictionary: DictionaryObject, _ arguments: CallArguments
  ) throws(Interruption) {
    for source in arguments.positional {
      if case .dictionary(let other) = source, other.taint == nil {
        try allocate(other.count * 64)
        for (key, value) in other.entries {
          if let valueKey = self.key(of: key) { dictionary.set(key, valueKey, value) }
        }
        continue
      }
      guard let pairs = try iterate(source, at: arguments.range), source.unknownReason == nil else {
        dictionary.taint =
          source.unknownReason ?? notKnown(source, "update by", at: arguments.range)
        continue
      }
      for pair in pairs {
        guard let parts = try iterate(pair, at: arguments.range), parts.count == 2 else {
          dictionary.taint = pair.unknownReason ?? notKnown(pair, "update by", at: arguments.range)
          continue
        }
        if let valueKey = self.key(of: parts[0]) {
          try allocate(64)
          dictionary.set(parts[0], valueKey, parts[1])
        } else {
          dictionary.taint = try unhashable(parts[0], at: arguments.range)
        }
      }
    }
    for (name, value) in arguments.keywords {
      dictionary.set(.string(name), .string(name), value)
    }
  }

  func setMethod(
    _ set: SetObject, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    if let reason = set.taint, name != "clear" { return unknown(reason) }
    let range = arguments.range
    switch name {
    case "copy": return .set(SetObject(set.elements, isFrozen: set.isFrozen))
    case "union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset",
      "isdisjoint", "update", "difference_update", "intersection_update":
      return try setAlgebra(set, name, arguments)
    default: break
    }
    willChange(set)
    if name == "clear" {
      set.replaceElements([])
      set.taint = nil
      return .none
    }
    if name == "pop" {
      guard set.count <= 1 else {
        let reason = Unknown(OpaqueReason(.time, "the order of a set"), range: range)
        set.taint = reason
        return unknown(reason)
      }
      guard let only = set.elements.first, let key = only.key else {
        throw raise("KeyError", "pop from an empty set", at: range)
      }
      set.remove(key)
      return only
    }
    guard let element = arguments.positional.first, let key = self.key(of: element) else {
      set.taint = arguments.unknownRest ?? notKnown(.set(set), name, at: range)
      if let element = arguments.positional.first {
        set.taint = try unhashable(element, at: range)
      }
      return .none
    }
    switch name {
    case "add":
      try allocate(64)
      set.insert(element, key)
    case "discard": set.remove(key)
    case "remove":
      if !set.remove(key) { throw raise("KeyError", [element], at: range) }
    default: return unknown(.unsupportedCall, "set.\(name)", at: range)
    }
    return .none
  }

  private func setAlgebra(
    _ set: SetObject, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    let range = arguments.range
    try charge(set.count)
    var result = SetObject(set.elements, isFrozen: set.isFrozen)
    let isInPlace = name.utf8.count >= 6 && name.utf8.suffix(6).elementsEqual("update".utf8)
    for argument in arguments.positional {
      guard let elements = try iterateAnyOrder(argument, at: range) else {
        let reason = argument.unknownReason ?? notKnown(argument, "set of", at: range)
        if isInPlace {
          willChange(set)
          set.taint = reason
        }
        return unknown(reason)
      }
      try charge(elements.count)
      guard case .set(let other) = try makeSet(elements, at: range), other.taint == nil else {
        return unknown(.unsupportedCall, "set.\(name)", at: range)
      }
      switch name {
      case "issubset": return .boolean(set.keys.isSubset(of: other.keys))
      case "issuperset": return .boolean(set.keys.isSuperset(of: other.keys))
      case "isdisjoint": return .boolean(set.keys.isDisjoint(with: other.keys))
      default: break
      }
      let operation: BinaryOperator =
        switch name {
        case "union", "update": .bitOr
        case "intersection", "intersection_update": .bitAnd
        case "symmetric_difference": .bitXor
        default: .subtract
        }
      if case .set(let combined)? = setOperation(operation, result, other) { result = combined }
    }
    guard isInPlace else { return .set(result) }
    willChange(set)
    set.replaceElements(result.elements)
    return .none
  }
}

// The methods of built-in types: which there are, and calls of them.

import SourceText

enum Methods {
  static let string: Set<String> = [
    "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find",
    "format", "format_map", "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "isidentifier", "islower", "isnumeric", "isspace", "isupper", "join", "ljust", "lower",
    "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust",
    "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase",
    "title", "translate", "upper", "zfill",
  ]
  static let list: Set<String> = [
    "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse",
    "sort",
  ]
  static let tuple: Set<String> = ["count", "index"]
  static let dictionary: Set<String> = [
    "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update",
    "values", "move_to_end",
  ]
  static let set: Set<String> = [
    "add", "clear", "copy", "difference", "difference_update", "discard", "intersection",
    "intersection_update", "isdisjoint", "issubset", "issuperset", "pop", "remove",
    "symmetric_difference", "union", "update",
  ]
  static let bytes: Set<String> = ["decode", "hex", "startswith", "endswith", "strip"]
  static let number: Set<String> = ["bit_length", "is_integer", "conjugate", "as_integer_ratio"]

  static func exists(_ name: String, on value: Value) -> Bool {
    switch value {
    case .string: string.contains(name)
    case .list: list.contains(name)
    case .tuple: tuple.contains(name)
    case .dictionary: dictionary.contains(name)
    case .set: set.contains(name)
    case .bytes: bytes.contains(name)
    case .integer, .float: number.contains(name)
    default: false
    }
  }
}

extension Interpreter {
  /// Calls a method of a known value.
  func callMethod(
    _ receiver: Value, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    try charge()
    let isDirect = Cost.isDirect(receiver, name)
    if !isDirect { try charge(for: [receiver]) }
    if !Cost.isStoring(receiver, name) { try charge(for: arguments) }
    let before = budget.memory
    let result = try dispatch(receiver, name, arguments)
    if !isDirect { try charge(making: result, since: before) }
    return result
  }

  private func dispatch(
    _ receiver: Value, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    if let reason = arguments.unknownRest, !isMutable(receiver) { return unknown(reason) }
    switch receiver {
    case .string(let text): return try stringMethod(text, name, arguments)
    case .list(let list): return try listMethod(list, name, arguments)
    case .dictionary(let dictionary): return try dictionaryMethod(dictionary, name, arguments)
    case .set(let set): return try setMethod(set, name, arguments)
    case .tuple(let elements): return try tupleMethod(elements, name, arguments)
    case .bytes(let bytes): return try bytesMethod(bytes, name, arguments)
    case .model(let model):
      return try model.call(name, try SQLAlchemyLibrary.settled(arguments, .loaded, self), self)
    case .unknown(let reason): return callUnknown(reason, arguments, isEffect: false)
    case .instance(let instance): return try instanceMethod(instance, name, arguments)
    case .function(let function): return try functionMethod(function, name, arguments)
    case .class: return .none
    case .float(let number) where name == "is_integer":
      return .boolean(number == number.rounded() && number.isFinite)
    case .integer(let number) where name == "bit_length":
      return .integer(Int.bitWidth - number.magnitude.leadingZeroBitCount)
    default: break
    }
    return unknown(.unsupportedCall, "\(typeName(of: receiver)).\(name)", at: arguments.range)
  }

  private func isMutable(_ value: Value) -> Bool {
    switch value {
    case .list, .dictionary, .set, .model: true
    default: false
    }
  }

  private func instanceMethod(
    _ instance: InstanceObject, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    switch name {
    case "with_traceback": return .instance(instance)
    case "add_note": return .none
    case "_asdict":
      return .dictionary(
        DictionaryObject(
          strings: zip(instance.type.allFields, instance.fieldValues).map { ($0.name, $1) }))
    case "_replace":
      let copy = InstanceObject(instance.type)
      copy.attributes = instance.attributes
      for (name, value) in arguments.keywords { copy.attributes[name] = value }
      return .instance(copy)
    default:
      return unknown(.unsupportedCall, "\(instance.type.name).\(name)", at: arguments.range)
    }
  }

  /// `property.setter` and what `functools.lru_cache` adds.
  private func functionMethod(
    _ function: FunctionObject, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    switch name {
    case "setter":
      if case .function(let setter)? = arguments.positional.first { function.setter = setter }
      return .function(function)
    case "getter", "deleter": return .function(function)
    case "cache_clear": return .none
    default: return unknown(.unsupportedCall, "\(function.name).\(name)", at: arguments.range)
    }
  }

  func tupleMethod(
    _ elements: [Value], _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard let sought = arguments.positional.first else {
      throw raise("TypeError", "\(name)() takes an argument", at: arguments.range)
    }
    try charge(elements.count)
    var count = 0
    for (index, element) in elements.enumerated() {
      switch equal(element, sought) {
      case true?:
        if name == "index" { return .integer(index) }
        count += 1
      case nil:
        return unknown(
          element.firstUnknown() ?? sought.firstUnknown()
            ?? notKnown(element, "comparison of", at: arguments.range))
      case false?: break
      }
    }
    if name == "index" {
      throw raise("ValueError", "value is not in the sequence", at: arguments.range)
    }
    return .integer(count)
  }

  func bytesMethod(
    _ bytes: [UInt8], _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    switch name {
    case "decode":
      guard let text = String(validating: bytes, as: UTF8.self) else { break }
      return .string(text)
    case "hex": return .string(Text.hex(bytes))
    case "startswith":
      if case .bytes(let part)? = arguments.positional.first {
        return .boolean(bytes.starts(with: part))
      }
    case "endswith":
      if case .bytes(let part)? = arguments.positional.first {
        return .boolean(bytes.count >= part.count && bytes.suffix(part.count).elementsEqual(part))
      }
    case "strip":
      if arguments.positional.isEmpty { return .bytes(Text.stripped(bytes)) }
    default: break
    }
    return unknown(.unsupportedCall, "bytes.\(name)", at: arguments.range)
  }
}

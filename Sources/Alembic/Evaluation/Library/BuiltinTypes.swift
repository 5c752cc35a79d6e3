// Built-in types called as functions: `str(x)`, `int(x)`, `list(x)`…

import SourceText

extension Builtins {
  static let types: [String: NativeFunction] = [
    "builtins.str": string,
    "builtins.int": integer,
    "builtins.float": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .float(0) }
      if let number = interpreter.double(value) { return .float(number) }
      if case .string(let text) = value {
        if let number = Numbers.float(text) { return .float(number) }
        throw interpreter.raise(
          "ValueError", "could not convert string to float: \(Text.representation(text))",
          at: arguments.range)
      }
      return notKnown(arguments, "float", interpreter)
    },
    "builtins.bool": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .boolean(false) }
      return interpreter.truth(value).map(Value.boolean) ?? notKnown(arguments, "bool", interpreter)
    },
    "builtins.list": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .list(ListObject([])) }
      guard let elements = try interpreter.iterateAnyOrder(value, at: arguments.range) else {
        return notKnown(arguments, "list", interpreter)
      }
      try interpreter.allocate(elements.count * 32)
      let list = ListObject(elements)
      list.isUnordered = interpreter.isUnordered(value)
      return .list(list)
    },
    "builtins.tuple": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .tuple([]) }
      guard let elements = try interpreter.iterate(value, at: arguments.range) else {
        if interpreter.isUnordered(value) {
          return interpreter.unknown(.time, "the order of a set", at: arguments.range)
        }
        return notKnown(arguments, "tuple", interpreter)
      }
      return .tuple(elements)
    },
    "builtins.set": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .set(SetObject([])) }
      guard let elements = try interpreter.iterateAnyOrder(value, at: arguments.range) else {
        return notKnown(arguments, "set", interpreter)
      }
      try interpreter.allocate(elements.count * 64)
      return try interpreter.makeSet(elements, at: arguments.range)
    },
    "builtins.frozenset": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else {
        return .set(SetObject([], isFrozen: true))
      }
      guard let elements = try interpreter.iterateAnyOrder(value, at: arguments.range),
        Value.keys(of: elements) != nil
      else { return notKnown(arguments, "frozenset", interpreter) }
      return .set(SetObject(elements, isFrozen: true))
    },
    "builtins.dict": { interpreter, arguments throws(Interruption) in
      let dictionary = DictionaryObject()
      try interpreter.update(dictionary, arguments)
      if let reason = arguments.unknownRest { dictionary.taint = reason }
      return .dictionary(dictionary)
    },
    "builtins.bytes": { interpreter, arguments throws(Interruption) in
      switch arguments.positional.first {
      case nil: return .bytes([])
      case .bytes(let bytes)?: return .bytes(bytes)
      case .string(let text)?:
        if arguments.positional.count == 1, arguments.keywords.isEmpty, arguments.unknownRest == nil
        {
          throw interpreter.raise(
            "TypeError", "string argument without an encoding", at: arguments.range)
        }
        return try interpreter.callMethod(
          .string(text), "encode",
          CallArguments(positional: Array(arguments.positional.dropFirst()), range: arguments.range)
        )
      default: return notKnown(arguments, "bytes", interpreter)
      }
    },
    "builtins.object": { interpreter, arguments throws(Interruption) in
      .instance(InstanceObject(ClassObject(name: "object", moduleName: "builtins")))
    },
    "builtins.object.__setattr__": { interpreter, arguments throws(Interruption) in
      let values = arguments.positional
      guard values.count == 3, case .string(let name) = values[1] else {
        return notKnown(arguments, "object.__setattr__", interpreter)
      }
      try interpreter.setAttribute(values[0], name, values[2], at: arguments.range, isPlain: true)
      return .none
    },
    "builtins.dict.fromkeys": { interpreter, arguments throws(Interruption) in
      try interpreter.callMethod(.dictionary(DictionaryObject()), "fromkeys", arguments)
    },
    "builtins.str.join": unbound("join"),
    "builtins.str.lower": unbound("lower"),
    "builtins.str.upper": unbound("upper"),
    "builtins.str.strip": unbound("strip"),
    "builtins.str.format": unbound("format"),
    "builtins.str.title": unbound("title"),
    "builtins.str.maketrans": { interpreter, arguments throws(Interruption) in
      let result = DictionaryObject()
      switch (arguments.positional.first, arguments.argument(1, "y")) {
      case (.dictionary(let table)?, nil):
        for (key, value) in table.entries {
          if case .string(let text) = key, let scalar = text.unicodeScalars.first {
            result.set(.integer(Int(scalar.value)), .integer(Int(scalar.value)), value)
          } else if let valueKey = key.key {
            result.set(key, valueKey, value)
          }
        }
      case (.string(let from)?, .string(let to)?):
        for (old, new) in Swift.zip(from.unicodeScalars, to.unicodeScalars) {
          result.set(.integer(Int(old.value)), .integer(Int(old.value)), .string(String(new)))
        }
        if case .string(let removed)? = arguments.argument(2, "z") {
          for scalar in removed.unicodeScalars {
            result.set(.integer(Int(scalar.value)), .integer(Int(scalar.value)), .none)
          }
        }
      default: return notKnown(arguments, "str.maketrans", interpreter)
      }
      return .dictionary(result)
    },
  ]

  /// `str.lower(text)`: the first argument is the receiver.
  private static func unbound(_ name: String) -> NativeFunction {
    { interpreter, arguments throws(Interruption) in
      guard let receiver = arguments.positional.first, case .string = receiver else {
        return notKnown(arguments, "str.\(name)", interpreter)
      }
      var rest = arguments
      rest.positional.removeFirst()
      return try interpreter.callMethod(receiver, name, rest)
    }
  }

  private static let string: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard let value = arguments.argument(0, "object") else { return .string("") }
    if case .bytes(let bytes) = value, arguments.positional.count > 1 {
      return try interpreter.callMethod(
        .bytes(bytes), "decode",
        CallArguments(positional: [arguments.positional[1]], range: arguments.range))
    }
    if let text = interpreter.text(value) {
      try interpreter.allocate(text.utf8.count)
      return .string(text)
    }
    if let result = try textOfModel(value, arguments, interpreter) { return result }
    return interpreter.unknown(
      value.firstUnknown() ?? interpreter.notKnown(value, "text of", at: arguments.range))
  }

  /// `str()` of an object of SQLAlchemy, which answers `__str__` itself.
  private static func textOfModel(
    _ value: Value, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    guard case .model(let model) = value, !(model is any ConstantObject) else { return nil }
    if model is IteratorObject || model is HarmlessObject { return nil }
    return try model.call("__str__", CallArguments(range: arguments.range), interpreter)
  }

  private static let integer: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard let value = arguments.positional.first else { return .integer(0) }
    switch value {
    case .integer: return value
    case .boolean(let flag): return .integer(flag ? 1 : 0)
    case .float(let number):
      if let whole = Int(exactly: number.rounded(.towardZero)) { return .integer(whole) }
    case .string(let text):
      var base = 10
      if case .integer(let given)? = arguments.argument(1, "base") { base = given }
      if let number = Numbers.integer(text, base: base) { return .integer(number) }
      if text.utf8.count > 18 { return interpreter.outOfRange(at: arguments.range) }
      throw interpreter.raise(
        "ValueError",
        "invalid literal for int() with base \(base): \(Text.representation(text))",
        at: arguments.range)
    case .instance(let instance):
      if let value = instance.primitive, let number = interpreter.double(value),
        let whole = Int(exactly: number.rounded(.towardZero))
      {
        return .integer(whole)
      }
    default: break
    }
    if let result = try interpreter.special("__int__", value, [], at: arguments.range) {
      return result
    }
    return notKnown(arguments, "int", interpreter)
  }
}

// json: dumps in Python's exact format, loads of constants.

import SourceText

enum JSONLibrary {
  static let functions: [String: NativeFunction] = [
    "json.dumps": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.argument(0, "obj"), arguments.unknownRest == nil,
        var writer = JSONTextWriter(arguments, interpreter)
      else { return Builtins.notKnown(arguments, "json.dumps", interpreter) }
      if let reason = value.firstUnknown() { return interpreter.unknown(reason) }
      guard try writer.write(value, depth: 0) else {
        return interpreter.unknown(
          interpreter.notKnown(value, "json.dumps of", at: arguments.range))
      }
      try interpreter.charge(writer.result.count / 8)
      return .string(Text.string(writer.result))
    },
    "json.loads": { interpreter, arguments throws(Interruption) in
      let bytes: [UInt8]
      switch arguments.argument(0, "s") {
      case .string(let text)?: bytes = Array(text.utf8)
      case .bytes(let given)?: bytes = given
      default: return Builtins.notKnown(arguments, "json.loads", interpreter)
      }
      return try load(bytes, arguments, interpreter)
    },
    "json.load": { interpreter, arguments throws(Interruption) in
      guard case .model(let file as FileObject)? = arguments.argument(0, "fp"),
        case .string(let text) = file.rest
      else { return Builtins.notKnown(arguments, "json.load", interpreter) }
      return try load(Array(text.utf8), arguments, interpreter)
    },
  ]

  private static func load(
    _ bytes: [UInt8], _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard arguments.keywords.allSatisfy({ $0.name == "s" || $0.name == "fp" }) else {
      return Builtins.notKnown(arguments, "json.loads with options", interpreter)
    }
    try interpreter.charge(bytes.count >> 2)
    try interpreter.allocate(bytes.count &* 4)
    var reader = JSONTextReader(bytes)
    guard let value = reader.document() else {
      throw interpreter.raise("ValueError", "Expecting value", at: arguments.range)
    }
    return value
  }
}

/// Writes as `json.dumps` does (Python Library Reference, json).
private struct JSONTextWriter {
  private let interpreter: Interpreter
  private let range: SourceRange
  private var itemSeparator = ", "
  private var keySeparator = ": "
  private var indent: String?
  private var sortsKeys = false
  private var escapesNonASCII = true
  private var fallback: Value?
  var result: [UInt8] = []

  /// Nil for options that are not known.
  init?(_ arguments: CallArguments, _ interpreter: Interpreter) {
    self.interpreter = interpreter
    range = arguments.range
    for (name, value) in arguments.keywords {
      switch (name, value) {
      case ("obj", _): break
      case ("indent", .integer(let width)):
        guard (0...100).contains(width) else { return nil }
        indent = String(repeating: " ", count: width)
        itemSeparator = ","
      case ("indent", .string(let text)):
        guard text.utf8.count <= 100 else { return nil }
        indent = text
        itemSeparator = ","
      case ("indent", .none), ("separators", .none), ("default", .none), ("cls", .none): break
      case ("sort_keys", .boolean(let flag)): sortsKeys = flag
      case ("ensure_ascii", .boolean(let flag)): escapesNonASCII = flag
      case ("separators", .tuple(let pair)):
        guard pair.count == 2, case .string(let item) = pair[0], case .string(let key) = pair[1],
          item.utf8.count <= 100, key.utf8.count <= 100
        else { return nil }
        (itemSeparator, keySeparator) = (item, key)
      case ("default", _): fallback = value
      default: return nil
      }
    }
  }

  /// False for a value that is not known or not written in a known way.
  mutating func write(_ value: Value, depth: Int) throws(Interruption) -> Bool {
    guard depth < 60 else { throw .exhausted }
    try interpreter.charge()
    try interpreter.allocate(16)
    switch value {
    case .none: append("null")
    case .boolean(let flag): append(flag ? "true" : "false")
    case .integer(let number): append(String(number))
    case .float(let number):
      guard number.isFinite else { return false }
      append(Numbers.representation(number))
    case .string(let text): try write(text)
    case .list(let list):
      guard list.taint == nil, !list.isUnordered || list.elements.count < 2 else { return false }
      return try write(list.elements, depth)
    case .tuple(let elements): return try write(elements, depth)
    case .dictionary(let dictionary):
      guard dictionary.taint == nil else { return false }
      return try write(dictionary, depth)
    case .instance(let instance):
      if instance.type.flavor == .namedTuple { return try write(instance.fieldValues, depth) }
      if let primitive = instance.primitive { return try write(primitive, depth: depth + 1) }
      return try writeFallback(value, depth)
    default: return try writeFallback(value, depth)
    }
    return true
  }

  private mutating func writeFallback(
    _ value: Value, _ depth: Int
  ) throws(Interruption) -> Bool {
    guard let fallback else { return false }
    return try write(
      interpreter.call(fallback, CallArguments(positional: [value], range: range)),
      depth: depth + 1)
  }

  private mutating func append(_ text: String) { result += Array(text.utf8) }

  private mutating func newline(_ depth: Int) {
    guard let indent else { return }
    result.append(0x0A)
    for _ in 0..<depth { append(indent) }
  }

  private mutating func write(_ elements: [Value], _ depth: Int) throws(Interruption) -> Bool {
    append("[")
    for (index, element) in elements.enumerated() {
      if index > 0 { append(itemSeparator) }
      newline(depth + 1)
      guard try write(element, depth: depth + 1) else { return false }
    }
    if !elements.isEmpty { newline(depth) }
    append("]")
    return true
  }

  private mutating func write(
    _ dictionary: DictionaryObject, _ depth: Int
  ) throws(Interruption) -> Bool {
    var entries: [(key: String, value: Value)] = []
    for (key, value) in dictionary.entries {
      switch key {
      case .string(let text): entries.append((text, value))
      case .integer, .float, .boolean, .none:
        var writer = self
        writer.result = []
        guard try writer.write(key, depth: depth) else { return false }
        entries.append((Text.string(writer.result), value))
      case .instance(let instance):
        guard case .string(let text)? = instance.primitive else { return false }
        entries.append((text, value))
      default: return false
      }
    }
    if sortsKeys { entries.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
    append("{")
    for (index, entry) in entries.enumerated() {
      if index > 0 { append(itemSeparator) }
      newline(depth + 1)
      try write(entry.key)
      append(keySeparator)
      guard try write(entry.value, depth: depth + 1) else { return false }
    }
    if !entries.isEmpty { newline(depth) }
    append("}")
    return true
  }

  private mutating func write(_ text: String) throws(Interruption) {
    try interpreter.allocate(text.utf8.count)
    result.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\n": append("\\n")
      case "\r": append("\\r")
      case "\t": append("\\t")
      case "\u{8}": append("\\b")
      case "\u{C}": append("\\f")
      default:
        if scalar.value < 0x20 || (escapesNonASCII && scalar.value > 0x7E) {
          for unit in String(scalar).utf16 { append("\\u" + Text.hex(UInt32(unit), 4)) }
        } else {
          append(String(scalar))
        }
      }
    }
    result.append(0x22)
  }
}

/// Reads what `json.loads` accepts.
private struct JSONTextReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() -> Value? {
    guard let value = value() else { return nil }
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(_ word: String, _ value: Value) -> Value? {
    let word = Array(word.utf8)
    guard bytes[position...].starts(with: word) else { return nil }
    position += word.count
    return value
  }

  private mutating func value() -> Value? {
    skipSpace()
    guard position < bytes.count, depth < 200 else { return nil }
    depth += 1
    defer { depth -= 1 }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map(Value.string)
    case UInt8(ascii: "t"): return take("true", .boolean(true))
    case UInt8(ascii: "f"): return take("false", .boolean(false))
    case UInt8(ascii: "n"): return take("null", .none)
    default: return number()
    }
  }

  private mutating func object() -> Value? {
    position += 1
    let dictionary = DictionaryObject()
    if take(UInt8(ascii: "}")) { return .dictionary(dictionary) }
    repeat {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), let key = string(),
        take(UInt8(ascii: ":")), let value = value()
      else { return nil }
      dictionary.set(.string(key), .string(key), value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .dictionary(dictionary) : nil
  }

  private mutating func array() -> Value? {
    position += 1
    var elements: [Value] = []
    if take(UInt8(ascii: "]")) { return .list(ListObject([])) }
    repeat {
      guard let value = value() else { return nil }
      elements.append(value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .list(ListObject(elements)) : nil
  }

  private mutating func string() -> String? {
    position += 1
    var units: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(validating: units, as: UTF8.self) }
      if byte < 0x20 { return nil }
      guard byte == UInt8(ascii: "\\") else {
        units.append(byte)
        continue
      }
      guard position < bytes.count else { return nil }
      let escape = bytes[position]
      position += 1
      switch escape {
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(escape)
      case UInt8(ascii: "u"):
        guard let scalar = escapedScalar() else { return nil }
        units += Array(String(scalar).utf8)
      default: return nil
      }
    }
    return nil
  }

  private mutating func escapedScalar() -> Unicode.Scalar? {
    guard let high = hexUnit() else { return nil }
    guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
    guard bytes[position...].starts(with: Array("\\u".utf8)) else { return nil }
    position += 2
    guard let low = hexUnit(), (0xDC00..<0xE000).contains(low) else { return nil }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }

  private mutating func hexUnit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    defer { position += 4 }
    return UInt32(Text.string(bytes[position..<(position + 4)]), radix: 16)
  }

  private mutating func number() -> Value? {
    let start = position
    while position < bytes.count,
      (0x30...0x39).contains(bytes[position]) || "+-.eE".utf8.contains(bytes[position])
    {
      position += 1
    }
    let text = Text.string(bytes[start..<position])
    if let whole = Int(text) { return .integer(whole) }
    guard text.utf8.contains(where: { ".eE".utf8.contains($0) }) else { return nil }
    return Double(text).map(Value.float)
  }
}

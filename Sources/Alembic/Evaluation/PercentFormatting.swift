// `template % values` and `template.format(…)`.

import SourceText

extension Interpreter {
  /// `template % value` (Python Library Reference, "printf-style String Formatting").
  func formatPercent(
    _ template: String, _ value: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let reason = value.unknownReason, template.utf8.contains(0x25) { return unknown(reason) }
    var arguments: [Value] = [value]
    if case .tuple(let elements) = value { arguments = elements }
    if case .instance(let instance) = value, instance.type.flavor == .namedTuple {
      arguments = instance.fieldValues
    }
    var used = 0
    var result: [UInt8] = []
    let bytes = Array(template.utf8)
    var position = 0
    var isMapped = false
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "%") else {
        result.append(bytes[position])
        position += 1
        continue
      }
      try charge(Budget.directiveWork)
      guard let directive = PercentDirective(bytes, at: position) else {
        throw raise("ValueError", "unsupported format character", at: range)
      }
      position = directive.end
      if directive.conversion == UInt8(ascii: "%") {
        result.append(UInt8(ascii: "%"))
        continue
      }
      let argument: Value
      if let key = directive.key {
        isMapped = true
        argument = try item(value, .string(key), at: range)
      } else {
        guard !directive.isStarred else {
          return unknown(.unsupportedSyntax, "a width from the arguments", at: range)
        }
        guard used < arguments.count else {
          throw raise("TypeError", "not enough arguments for format string", at: range)
        }
        argument = arguments[used]
        used += 1
      }
      guard let text = try directive.format(argument, self) else {
        return unknown(argument.firstUnknown() ?? notKnown(argument, "text of", at: range))
      }
      result += Array(text.utf8)
      try allocate(text.utf8.count)
    }
    if !isMapped, used < arguments.count, !acceptsUnused(value) {
      throw raise("TypeError", "not all arguments converted during string formatting", at: range)
    }
    return .string(Text.string(result))
  }

  /// A mapping or list may stand behind `%` without being used.
  private func acceptsUnused(_ value: Value) -> Bool {
    switch value {
    case .dictionary, .list: true
    case .tuple(let elements): elements.isEmpty
    default: false
    }
  }

  /// `template.format(*positional, **keywords)`
  func formatBraces(
    _ template: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    var automatic = 0
    var gap: Unknown?
    let text = try braces(
      Array(template.utf8)[...], arguments, &automatic, &gap, depth: 0)
    if let gap { return unknown(gap) }
    return .string(Text.string(text))
  }

  private func braces(
    _ template: ArraySlice<UInt8>, _ arguments: CallArguments, _ automatic: inout Int,
    _ gap: inout Unknown?, depth: Int
  ) throws(Interruption) -> [UInt8] {
    let open = UInt8(ascii: "{")
    let close = UInt8(ascii: "}")
    var result: [UInt8] = []
    var position = template.startIndex
    while position < template.endIndex {
      let byte = template[position]
      let next = position + 1 < template.endIndex ? template[position + 1] : 0
      if byte == open || byte == close, next == byte {
        result.append(byte)
        position += 2
        continue
      }
      guard byte != close else {
        throw raise("ValueError", "Single '}' encountered in format string", at: arguments.range)
      }
      guard byte == open else {
        result.append(byte)
        position += 1
        continue
      }
      var nesting = 0
      var end = position
      while end < template.endIndex {
        if template[end] == open { nesting += 1 }
        if template[end] == close { nesting -= 1 }
        if nesting == 0 { break }
        end += 1
      }
      guard end < template.endIndex, depth < 2 else {
        throw raise("ValueError", "expected '}' before end of string", at: arguments.range)
      }
      try charge(Budget.directiveWork)
      let field = template[(position + 1)..<end]
      if let text = try replacement(field, arguments, &automatic, &gap, depth: depth) {
        result += Array(text.utf8)
        try allocate(text.utf8.count)
      }
      position = end + 1
    }
    return result
  }

  /// One replacement field: name, `!conversion`, `:specification`.
  private func replacement(
    _ field: ArraySlice<UInt8>, _ arguments: CallArguments, _ automatic: inout Int,
    _ gap: inout Unknown?, depth: Int
  ) throws(Interruption) -> String? {
    let nameEnd =
      field.firstIndex { $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: ":") } ?? field.endIndex
    var rest = field[nameEnd...]
    var conversion: UInt8?
    if rest.first == UInt8(ascii: "!") {
      conversion = rest.dropFirst().first
      rest = rest.dropFirst(2)
    }
    var specification: [UInt8] = []
    if rest.first == UInt8(ascii: ":") {
      specification = try braces(
        rest.dropFirst(), arguments, &automatic, &gap, depth: depth + 1)
    }
    let value = try fieldValue(field[..<nameEnd], arguments, &automatic)
    if let text = try format(
      value, Text.string(specification), conversion: conversion, at: arguments.range)
    {
      return text
    }
    gap = gap ?? value.firstUnknown() ?? notKnown(value, "text of", at: arguments.range)
    return nil
  }

  /// `0`, `name`, `name.attribute[key]`, or nothing for the next argument.
  private func fieldValue(
    _ name: ArraySlice<UInt8>, _ arguments: CallArguments, _ automatic: inout Int
  ) throws(Interruption) -> Value {
    let end =
      name.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? name.endIndex
    let first = Text.string(name[..<end])
    var value: Value
    var index = Int(first)
    if first.isEmpty {
      index = automatic
      automatic += 1
    }
    if let index {
      guard index >= 0, index < arguments.positional.count else {
        if let reason = arguments.unknownRest { return unknown(reason) }
        throw raise("IndexError", "Replacement index \(index) out of range", at: arguments.range)
      }
      value = arguments.positional[index]
    } else if let keyword = arguments.keyword(first) {
      value = keyword
    } else {
      if let reason = arguments.unknownRest { return unknown(reason) }
      throw raise("KeyError", [.string(first)], at: arguments.range)
    }
    var rest = name[end...]
    while let mark = rest.popFirst() {
      if mark == UInt8(ascii: ".") {
        let end =
          rest.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? rest.endIndex
        value = try attribute(value, Text.string(rest[..<end]), at: arguments.range)
        rest = rest[end...]
      } else {
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { break }
        let key = Text.string(rest[..<end])
        value = try item(
          value, Int(key).map(Value.integer) ?? .string(key), at: arguments.range)
        rest = rest[(end + 1)...]
      }
    }
    return value
  }
}

/// One `%` directive.
private struct PercentDirective {
  private(set) var key: String?
  private(set) var conversion: UInt8 = 0
  private(set) var end = 0
  private(set) var isStarred = false
  private var flags: Set<UInt8> = []
  private var width = 0
  private var precision: Int?

  /// Nil for one that is malformed or cut off.
  init?(_ bytes: [UInt8], at start: Int) {
    var position = start + 1
    if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
      var depth = 0
      let begin = position + 1
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: "(") { depth += 1 }
        if bytes[position] == UInt8(ascii: ")") { depth -= 1 }
        if depth == 0 { break }
        position += 1
      }
      guard position < bytes.count else { return nil }
      key = Text.string(bytes[begin..<position])
      position += 1
    }
    while position < bytes.count, Array("#0- +".utf8).contains(bytes[position]) {
      flags.insert(bytes[position])
      position += 1
    }
    func number() -> Int? {
      var value: Int?
      while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
        value = min((value ?? 0) * 10 + Int(bytes[position] - 0x30), 1_000_000)
        position += 1
      }
      return value
    }
    func star() {
      if position < bytes.count, bytes[position] == UInt8(ascii: "*") {
        isStarred = true
        position += 1
      }
    }
    star()
    width = number() ?? 0
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      star()
      precision = number() ?? 0
    }
    while position < bytes.count, Array("hlL".utf8).contains(bytes[position]) { position += 1 }
    guard position < bytes.count else { return nil }
    conversion = bytes[position]
    end = position + 1
  }

  /// Nil if the text is not known.
  func format(_ value: Value, _ interpreter: Interpreter) throws(Interruption) -> String? {
    let isLeft = flags.contains(UInt8(ascii: "-"))
    let sign =
      flags.contains(UInt8(ascii: "+")) ? "+" : flags.contains(UInt8(ascii: " ")) ? " " : ""
    let zero = flags.contains(UInt8(ascii: "0")) && !isLeft ? "0" : ""
    let alternate = flags.contains(UInt8(ascii: "#")) ? "#" : ""
    let letter = String(UnicodeScalar(conversion))
    var value = value
    if case .boolean(let flag) = value, conversion != UInt8(ascii: "s"),
      conversion != UInt8(ascii: "r"), conversion != UInt8(ascii: "a")
    {
      value = .integer(flag ? 1 : 0)
    }
    if case .instance(let instance) = value, let primitive = instance.primitive,
      conversion != UInt8(ascii: "s"), conversion != UInt8(ascii: "r")
    {
      value = primitive
    }
    switch conversion {
    case UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "a"):
      guard
        var text = conversion == UInt8(ascii: "s")
          ? interpreter.text(value) : interpreter.representation(value)
      else { return nil }
      if conversion == UInt8(ascii: "a") { text = Interpreter.escapingNonASCII(text) }
      let cut = precision.map { ".\($0)" } ?? ""
      return try FormatSpecification("\(isLeft ? "<" : ">")\(width > 0 ? "\(width)" : "")\(cut)")?
        .apply(to: .string(text), interpreter)
    case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"):
      if case .float(let number) = value {
        guard let whole = Int(exactly: number.rounded(.towardZero)) else { return nil }
        value = .integer(whole)
      }
      guard case .integer = value, precision == nil else { return nil }
      return try FormatSpecification(
        "\(isLeft ? "<" : "")\(sign)\(zero)\(width > 0 ? "\(width)" : "")d")?
        .apply(to: value, interpreter)
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"):
      guard case .integer = value, precision == nil else { return nil }
      return try FormatSpecification(
        "\(isLeft ? "<" : "")\(sign)\(alternate)\(zero)\(width > 0 ? "\(width)" : "")\(letter)")?
        .apply(to: value, interpreter)
    case UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "e"), UInt8(ascii: "E"),
      UInt8(ascii: "g"), UInt8(ascii: "G"):
      guard let number = interpreter.double(value) else { return nil }
      return try FormatSpecification(
        "\(isLeft ? "<" : "")\(sign)\(zero)\(width > 0 ? "\(width)" : "").\(precision ?? 6)\(letter)"
      )?
      .apply(to: .float(number), interpreter)
    case UInt8(ascii: "c"):
      if case .string = value { return interpreter.text(value) }
      return try FormatSpecification("c")?.apply(to: value, interpreter)
    default: return nil
    }
  }
}

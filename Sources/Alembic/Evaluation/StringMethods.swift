// The methods of `str`.

import SourceText

extension Interpreter {
  func stringMethod(
    _ text: String, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    for value in arguments.positional {
      if name != "format", name != "join", let reason = value.unknownReason {
        return unknown(reason)
      }
    }
    if Self.methodsWithoutArguments.contains(name),
      !arguments.positional.isEmpty || !arguments.keywords.isEmpty
    {
      throw raise("TypeError", "str.\(name)() takes no arguments", at: arguments.range)
    }
    switch name {
    case "format": return try formatBraces(text, arguments)
    case "format_map":
      guard case .dictionary(let dictionary)? = arguments.positional.first,
        dictionary.taint == nil
      else { break }
      var keywords = CallArguments(range: arguments.range)
      for (key, value) in dictionary.entries {
        if case .string(let name) = key { keywords.keywords.append((name, value)) }
      }
      return try formatBraces(text, keywords)
    case "join": return try join(text, arguments)
    case "lower", "casefold":
      if !text.isASCII { try charge(text.utf8.count >> 2) }
      return .string(text.lowercased())
    case "upper":
      if !text.isASCII { try charge(text.utf8.count >> 2) }
      return .string(text.uppercased())
    case "capitalize", "title", "swapcase":
      // Each character becomes a string of its own.
      try charge(text.utf8.count)
      return .string(cased(text, name))
    case "strip", "lstrip", "rstrip": return try strip(text, name, arguments)
    case "split", "rsplit": return try split(text, name, arguments)
    case "splitlines": return try splitLines(text, arguments)
    case "replace": return try replace(text, arguments)
    case "startswith", "endswith": return try affix(text, name, arguments)
    case "removeprefix", "removesuffix":
      guard arguments.positional.count == 1, arguments.keywords.isEmpty,
        case .string(let part) = arguments.positional[0]
      else { break }
      let bytes = Array(text.utf8)
      let affix = Array(part.utf8)
      if name == "removeprefix" {
        return .string(bytes.starts(with: affix) ? Text.string(bytes.dropFirst(affix.count)) : text)
      }
      let isThere = bytes.count >= affix.count && bytes.suffix(affix.count).elementsEqual(affix)
      return .string(isThere ? Text.string(bytes.dropLast(affix.count)) : text)
    case "find", "rfind", "index", "rindex", "count": return try search(text, name, arguments)
    case "partition", "rpartition": return try partition(text, name, arguments)
    case "zfill", "ljust", "rjust", "center": return try justify(text, name, arguments)
    case "encode": return try encode(text, arguments)
    case "isdigit", "isdecimal", "isnumeric", "isalpha", "isalnum", "isspace", "isupper",
      "islower", "isascii", "isidentifier":
      return classify(text, name, arguments)
    case "translate": return try translate(text, arguments)
    default: break
    }
    return unknown(.unsupportedCall, "str.\(name)", at: arguments.range)
  }

  private static let methodsWithoutArguments: Set<String> = [
    "lower", "casefold", "upper", "capitalize", "title", "swapcase", "isdigit", "isdecimal",
    "isnumeric", "isalpha", "isalnum", "isspace", "isupper", "islower", "isascii", "isidentifier",
  ]

  private func wrongArgument(_ name: String, _ arguments: CallArguments) -> Interruption {
    raise("TypeError", "\(name)() got a wrong argument", at: arguments.range)
  }

  private func join(
    _ separator: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard let iterable = arguments.positional.first else { throw wrongArgument("join", arguments) }
    guard let elements = try iterate(iterable, at: arguments.range) else {
      if isUnordered(iterable) { return unknown(.time, "the order of a set", at: arguments.range) }
      return unknown(iterable.unknownReason ?? notKnown(iterable, "join of", at: arguments.range))
    }
    try charge(elements.count)
    var result = ""
    for (index, element) in elements.enumerated() {
      if index > 0 { result += separator }
      if case .string(let part) = element {
        try allocate(part.utf8.count + separator.utf8.count)
      }
      switch element {
      case .string(let part): result += part
      case .unknown(let reason): return unknown(reason)
      case .instance(let instance):
        guard case .string(let part)? = instance.primitive else { fallthrough }
        result += part
      case .model, .library: return unknown(notKnown(element, "join of", at: arguments.range))
      default:
        throw raise(
          "TypeError",
          "sequence item \(index): expected str instance, \(typeName(of: element)) found",
          at: arguments.range)
      }
      try allocate(32)
    }
    try allocate(result.utf8.count)
    return .string(result)
  }

  private func cased(_ text: String, _ name: String) -> String {
    var result = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      let character = String(scalar)
      let isCased = scalar.properties.isCased
      switch name {
      case "swapcase":
        result += scalar.properties.isLowercase ? character.uppercased() : character.lowercased()
      case "title":
        result += isInside ? character.lowercased() : scalar.properties.titlecaseMapping
        isInside = isCased
      default:
        result += isInside ? character.lowercased() : scalar.properties.titlecaseMapping
        isInside = true
      }
    }
    return result
  }

  private func strip(
    _ text: String, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    let set: Set<Unicode.Scalar>?
    switch arguments.positional.first {
    case nil, Value.none?: set = nil
    case .string(let characters)?: set = Set(characters.unicodeScalars)
    default: throw wrongArgument(name, arguments)
    }
    func isStripped(_ scalar: Unicode.Scalar) -> Bool {
      if let set { return set.contains(scalar) }
      return scalar.isASCII
        ? Text.isSpace(UInt8(ascii: scalar)) : scalar.properties.isWhitespace
    }
    var scalars = text.unicodeScalars[...]
    if name != "rstrip" { scalars = scalars.drop(while: isStripped) }
    if name != "lstrip" {
      let last = scalars.lastIndex { !isStripped($0) }
      scalars = scalars[..<(last.map(scalars.index(after:)) ?? scalars.startIndex)]
    }
    // To look at a character costs more than to copy it.
    let result = String(scalars)
    try charge((text.utf8.count - result.utf8.count) / 4)
    return .string(result)
  }

  private func split(
    _ text: String, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    var limit = Int.max
    if case .integer(let value)? = arguments.argument(1, "maxsplit"), value >= 0 { limit = value }
    let parts: [[UInt8]]
    switch arguments.argument(0, "sep") {
    case nil, Value.none?:
      parts = try splitSpace(Array(text.utf8), limit, fromEnd: name == "rsplit")
    case .string(let separator)?:
      guard !separator.isEmpty else {
        throw raise("ValueError", "empty separator", at: arguments.range)
      }
      let mark = Array(separator.utf8)
      let all = try Text(text).split(mark, limit: name == "split" ? limit : .max, self)
      guard name == "rsplit", all.count - 1 > limit else {
        parts = all
        break
      }
      let kept = all.count - limit
      parts = [Array(all[..<kept].joined(separator: mark))] + all[kept...]
    default: throw wrongArgument(name, arguments)
    }
    return .list(ListObject(parts.map { .string(Text.string($0)) }))
  }

  /// Runs of white space separate; none at the ends.
  private func splitSpace(
    _ bytes: [UInt8], _ limit: Int, fromEnd: Bool
  ) throws(Interruption) -> [[UInt8]] {
    var words: [Range<Int>] = []
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      if Text.isSpace(byte) {
        if let begin = start {
          try allocate(Text.partMemory)
          words.append(begin..<index)
        }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let start { words.append(start..<bytes.count) }
    guard words.count - 1 > limit else { return words.map { Array(bytes[$0]) } }
    if fromEnd {
      let kept = words.suffix(limit)
      let head = words[words.count - limit - 1]
      return [Array(bytes[words[0].lowerBound..<head.upperBound])] + kept.map { Array(bytes[$0]) }
    }
    return words.prefix(limit).map { Array(bytes[$0]) }
      + [Array(bytes[words[limit].lowerBound...])]
  }

  private func splitLines(
    _ text: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    let keepsEnds = arguments.argument(0, "keepends").flatMap(truth) ?? false
    let bytes = Array(text.utf8)
    var lines: [Value] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x0A || byte == 0x0D || byte == 0x0B || byte == 0x0C else {
        index += 1
        continue
      }
      let isPair = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
      let end = index + (isPair ? 2 : 1)
      try allocate(Text.partMemory)
      lines.append(.string(Text.string(bytes[start..<(keepsEnds ? end : index)])))
      start = end
      index = end
    }
    if start < bytes.count { lines.append(.string(Text.string(bytes[start...]))) }
    return .list(ListObject(lines))
  }

  private func replace(
    _ text: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard case .string(let old)? = arguments.argument(0, "old"),
      case .string(let new)? = arguments.argument(1, "new")
    else { throw wrongArgument("replace", arguments) }
    var limit = Int.max
    if case .integer(let count)? = arguments.argument(2, "count"), count >= 0 { limit = count }
    if old.isEmpty {
      var result = ""
      for (index, scalar) in text.unicodeScalars.enumerated() {
        if index < limit { result += new }
        result.unicodeScalars.append(scalar)
        try allocate(new.utf8.count)
      }
      if text.unicodeScalars.count < limit { result += new }
      return .string(result)
    }
    let parts = try Text(text).split(Array(old.utf8), limit: limit, self)
    let (growth, overflow) = parts.count.multipliedReportingOverflow(by: new.utf8.count)
    try allocate(overflow ? Int.max : text.utf8.count &+ growth)
    return .string(Text.string(Array(parts.joined(separator: Array(new.utf8)))))
  }

  private func affix(
    _ text: String, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    let candidates: [Value]
    switch arguments.positional.first {
    case .tuple(let elements)?: candidates = elements
    case .string(let part)?: candidates = [.string(part)]
    default: throw wrongArgument(name, arguments)
    }
    guard arguments.positional.count == 1 else {
      return unknown(.unsupportedCall, "str.\(name) with a start", at: arguments.range)
    }
    let bytes = Array(text.utf8)
    for case .string(let part) in candidates {
      let affix = Array(part.utf8)
      let isThere =
        name == "startswith"
        ? bytes.starts(with: affix)
        : bytes.count >= affix.count && bytes.suffix(affix.count).elementsEqual(affix)
      if isThere { return .boolean(true) }
    }
    return .boolean(false)
  }

  private func search(
    _ text: String, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard case .string(let part)? = arguments.positional.first else {
      throw wrongArgument(name, arguments)
    }
    let text = Text(text)
    let count = text.count
    func bound(_ index: Int, _ standard: Int) -> Int {
      guard index < arguments.positional.count,
        case .integer(let value) = arguments.positional[index]
      else { return standard }
      return text.offset(ofScalar: min(max(value < 0 ? value &+ count : value, 0), count))
    }
    let start = bound(1, 0)
    let end = bound(2, text.bytes.count)
    let mark = Array(part.utf8)
    if name == "count" {
      guard !mark.isEmpty, start <= end else { return .integer(mark.isEmpty ? count + 1 : 0) }
      var found = 0
      var position = start
      while let next = text.find(mark, from: position, to: end) {
        found += 1
        position = next + mark.count
      }
      return .integer(found)
    }
    let isLast = name == "rfind" || name == "rindex"
    let position =
      isLast ? text.findLast(mark, from: start, to: end) : text.find(mark, from: start, to: end)
    if let position { return .integer(Text.scalarCount(text.bytes[..<position])) }
    if name == "index" || name == "rindex" {
      throw raise("ValueError", "substring not found", at: arguments.range)
    }
    return .integer(-1)
  }

  private func partition(
    _ text: String, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard case .string(let separator)? = arguments.positional.first, !separator.isEmpty else {
      throw raise("ValueError", "empty separator", at: arguments.range)
    }
    let text = Text(text)
    let mark = Array(separator.utf8)
    let position =
      name == "partition"
      ? text.find(mark, from: 0) : text.findLast(mark, from: 0, to: text.bytes.count)
    guard let position else {
      let whole = Value.string(text.string)
      return .tuple(
        name == "partition"
          ? [whole, .string(""), .string("")] : [.string(""), .string(""), whole])
    }
    return .tuple([
      .string(Text.string(text.bytes[..<position])), .string(separator),
      .string(Text.string(text.bytes[(position + mark.count)...])),
    ])
  }

  private func justify(
    _ text: String, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard case .integer(let width)? = arguments.positional.first else {
      throw wrongArgument(name, arguments)
    }
    var fill = name == "zfill" ? "0" : " "
    if arguments.positional.count > 1, case .string(let given) = arguments.positional[1] {
      guard given.unicodeScalars.count == 1 else { throw wrongArgument(name, arguments) }
      fill = given
    }
    let missing = width - min(text.unicodeScalars.count, width)
    guard missing > 0 else { return .string(text) }
    try allocate(missing)
    func filling(_ count: Int) -> String { String(repeating: fill, count: count) }
    switch name {
    case "ljust": return .string(text + filling(missing))
    case "center":
      // CPython puts the odd one to the left where the width is odd.
      let left = missing / 2 + (missing & width & 1)
      return .string(filling(left) + text + filling(missing - left))
    case "zfill":
      if let first = text.utf8.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
        return .string(
          String(UnicodeScalar(first)) + filling(missing)
            + Text.string(Array(text.utf8.dropFirst())))
      }
      return .string(filling(missing) + text)
    default: return .string(filling(missing) + text)
    }
  }

  private func encode(
    _ text: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    var encoding = "utf-8"
    if case .string(let name)? = arguments.argument(0, "encoding") { encoding = name.lowercased() }
    try allocate(text.utf8.count)
    switch encoding {
    case "utf-8", "utf8", "utf_8": return .bytes(Array(text.utf8))
    case "ascii", "latin-1", "latin1", "iso-8859-1":
      if text.isASCII { return .bytes(Array(text.utf8)) }
    default: break
    }
    return unknown(.unsupportedCall, "str.encode", at: arguments.range)
  }

  private func classify(_ text: String, _ name: String, _ arguments: CallArguments) -> Value {
    if name == "isascii" { return .boolean(text.isASCII) }
    guard text.isASCII else {
      return unknown(.unsupportedCall, "str.\(name)", at: arguments.range)
    }
    let bytes = Array(text.utf8)
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    func isAlpha(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
    let isNonEmpty = !bytes.isEmpty
    switch name {
    case "isdigit", "isdecimal", "isnumeric":
      return .boolean(isNonEmpty && bytes.allSatisfy(isDigit))
    case "isalpha": return .boolean(isNonEmpty && bytes.allSatisfy(isAlpha))
    case "isalnum":
      return .boolean(isNonEmpty && bytes.allSatisfy { isAlpha($0) || isDigit($0) })
    case "isspace": return .boolean(isNonEmpty && bytes.allSatisfy(Text.isSpace))
    case "isupper":
      return .boolean(bytes.contains(where: isUpper) && !bytes.contains(where: isLower))
    case "islower":
      return .boolean(bytes.contains(where: isLower) && !bytes.contains(where: isUpper))
    default:
      return .boolean(
        isNonEmpty && !isDigit(bytes[0])
          && bytes.allSatisfy { isAlpha($0) || isDigit($0) || $0 == UInt8(ascii: "_") })
    }
  }

  /// With a table of code points, as `str.maketrans` makes it.
  private func translate(
    _ text: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard case .dictionary(let table)? = arguments.positional.first, table.taint == nil else {
      return unknown(.unsupportedCall, "str.translate", at: arguments.range)
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch table[.integer(Int(scalar.value))] {
      case nil: result.unicodeScalars.append(scalar)
      case Value.none?: break
      case .string(let other)?:
        try allocate(other.utf8.count)
        result += other
      case .integer(let code)?:
        if let value = UInt32(exactly: code), let other = Unicode.Scalar(value) {
          result.unicodeScalars.append(other)
        }
      default: return unknown(.unsupportedCall, "str.translate", at: arguments.range)
      }
      try allocate(4)
    }
    return .string(result)
  }
}

// The forms of texts that are read as JSON, intervals, rows and bytes.

extension String {
  /// Whether it is one value of JSON by RFC 8259, which `json` and `jsonb` hold to (manual 8.14).
  var isJSON: Bool {
    var reader = JSONReader(bytes: Array(utf8))
    return reader.isValue()
  }

  /// Pairs of numbers and units, and hours, minutes and seconds behind them (manual 8.5.4).
  var readingAsInterval: LiteralReading {
    let words = split(separator: " ")
    guard contains(where: \.isASCIIDigit) else {
      return lowercased().hasSuffix("infinity") ? .unknown : .invalid(sqlState: "22007")
    }
    var rest = words[...]
    while rest.count >= 2, Int32(rest[rest.startIndex]) != nil,
      Self.units.contains(rest[rest.startIndex + 1].lowercased())
    {
      rest = rest.dropFirst(2)
    }
    if rest.isEmpty { return .valid }
    if words.count == 1, let number = Int32(words[0]), abs(Int(number)) < 1_000_000 {
      return .valid
    }
    let parts = rest[rest.startIndex].split(separator: ":", omittingEmptySubsequences: false)
    let isTime =
      rest.count == 1 && (2...3).contains(parts.count)
      && parts.allSatisfy { $0.count <= 2 && Int($0).map { (0...59).contains($0) } == true }
    return isTime ? .valid : .unknown
  }

  private static let units: Set<String> = [
    "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "day",
    "days", "week", "weeks", "month", "months", "mon", "mons", "year", "years",
  ]

  /// The values in the text of a row (manual 8.16.2), nil for NULL; nil for what is no row.
  var rowValues: [String?]? {
    var rest = trimmed[...]
    guard rest.first == "(", rest.last == ")" else { return nil }
    rest = rest.dropFirst().dropLast()
    var values: [String?] = [nil]
    var isQuoted = false
    while let character = rest.popFirst() {
      var added = String(character)
      switch character {
      case "\"":
        added = isQuoted && rest.first == "\"" ? String(rest.removeFirst()) : ""
        if added.isEmpty { isQuoted.toggle() }
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        added = String(escaped)
      case "," where !isQuoted:
        values.append(nil)
        continue
      case ")" where !isQuoted: return nil
      default: break
      }
      values[values.count - 1] = (values[values.count - 1] ?? "") + added
    }
    return isQuoted ? nil : values
  }

  /// Hexadecimal digits in pairs, or the characters themselves (manual 8.4).
  var readingAsBytes: LiteralReading {
    guard hasPrefix("\\x") else { return contains("\\") ? .unknown : .valid }
    let digits = dropFirst(2)
    if digits.contains(where: \.isWhitespace) { return .unknown }
    let isHexadecimal = digits.allSatisfy { $0.isASCII && $0.isHexDigit }
    return isHexadecimal && digits.count.isMultiple(of: 2) ? .valid : .invalid(sqlState: "22023")
  }
}

/// Tells whether bytes are one value; what is open is kept in a list, so that depth costs no stack.
private struct JSONReader {
  let bytes: [UInt8]
  private var place = 0
  /// The brackets that are open.
  private var open: [UInt8] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func isValue() -> Bool {
    while true {
      skipSpace()
      // A value, or the beginning of one.
      switch next ?? 0 {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let bracket = bytes[place]
        place += 1
        skipSpace()
        if next == bracket + 2 {
          place += 1
        } else {
          open.append(bracket)
          if bracket == UInt8(ascii: "{"), !takeKey() { return false }
          continue
        }
      case UInt8(ascii: "\""): if !takeString() { return false }
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        if !takeNumber() { return false }
      default: if !["true", "false", "null"].contains(where: { takeWord($0) }) { return false }
      }
      // What follows it.
      while true {
        skipSpace()
        guard let bracket = open.last else { return place == bytes.count }
        if next == bracket + 2 {
          place += 1
          open.removeLast()
          continue
        }
        guard next == UInt8(ascii: ",") else { return false }
        place += 1
        if bracket == UInt8(ascii: "{"), !takeKey() { return false }
        break
      }
    }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  private mutating func takeKey() -> Bool {
    skipSpace()
    guard next == UInt8(ascii: "\""), takeString() else { return false }
    skipSpace()
    guard next == UInt8(ascii: ":") else { return false }
    place += 1
    return true
  }

  private mutating func takeString() -> Bool {
    place += 1
    while let byte = next {
      place += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      guard byte == UInt8(ascii: "\\") else { continue }
      guard let escaped = next else { return false }
      place += 1
      if escaped == UInt8(ascii: "u") {
        let digits = bytes[place...].prefix(4)
        let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard digits.count == 4, isHexadecimal else { return false }
        place += 4
      } else if !"\"\\/bfnrt".utf8.contains(escaped) {
        return false
      }
    }
    return false
  }

  private mutating func takeNumber() -> Bool {
    if next == UInt8(ascii: "-") { place += 1 }
    if next == UInt8(ascii: "0") { place += 1 } else if !takeDigits() { return false }
    if next == UInt8(ascii: ".") {
      place += 1
      guard takeDigits() else { return false }
    }
    guard next == UInt8(ascii: "e") || next == UInt8(ascii: "E") else { return true }
    place += 1
    if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
    return takeDigits()
  }

  private mutating func takeDigits() -> Bool {
    let start = place
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
    return place > start
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }
}

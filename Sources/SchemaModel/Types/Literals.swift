// Whether a type reads a string literal: a column is compared with it, or set to it.

import PostgresSyntax

enum LiteralReading {
  case valid
  /// PostgreSQL refuses the statement when it reads it, whatever the rows are.
  case invalid(sqlState: String)
  case unknown
}

extension DataType {
  /// How the type's input function takes a text (manual, chapter 8).
  func reading(of text: String) -> LiteralReading {
    let trimmed = text.trimmed
    if isArray { return array(trimmed) }
    switch builtin {
    case .int2: return integer(trimmed, Int16.self)
    case .int4: return integer(trimmed, Int32.self)
    case .int8: return integer(trimmed, Int64.self)
    case .numeric, .float4, .float8: return number(trimmed)
    case .bool: return trimmed.isBoolean ? .valid : .invalid(sqlState: "22P02")
    case .uuid: return uuid(text)
    case .date, .timestamp, .timestamptz: return moment(trimmed)
    case .text, .name: return .valid
    case .json, .jsonb:
      guard text.isJSON else { return .invalid(sqlState: "22P02") }
      // Some escapes and very long numbers are refused.
      return text.contains("\\u") || text.utf8.count > 1000 ? .unknown : .valid
    case .interval: return trimmed.readingAsInterval
    case .bytea: return text.readingAsBytes
    case .time, .timetz:
      let isWord = ["now", "now()", "allballs"].contains(trimmed.lowercased())
      return isWord || isTime((" " + trimmed)[...]) ? .valid : .unknown
    case .inet, .cidr:
      return trimmed.contains { $0.isASCIIDigit || $0 == ":" }
        ? .unknown : .invalid(sqlState: "22P02")
    case .bit, .varbit:
      return text.utf8.allSatisfy { $0 == 0x30 || $0 == 0x31 } ? .valid : .unknown
    case .varchar, .bpchar:
      guard case .one(let limit) = modifiers else { return .valid }
      // Longer ones are cut in a comparison, and may be refused in an assignment.
      return text.unicodeScalars.count <= limit ? .valid : .unknown
    default: return .unknown
    }
  }

  private func integer<Number: FixedWidthInteger>(
    _ text: String, _: Number.Type
  ) -> LiteralReading {
    let digits = text.withoutSign
    if !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) {
      if Number(text) != nil { return .valid }
      return .invalid(sqlState: "22003")
    }
    // `0x1F` and `1_000` are numbers since PostgreSQL 16.
    let mayBeNumber =
      digits.first?.isASCIIDigit == true
      && digits.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    return mayBeNumber ? .unknown : .invalid(sqlState: "22P02")
  }

  private func number(_ text: String) -> LiteralReading {
    let digits = text.withoutSign
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count <= 2, digits.contains(where: \.isASCIIDigit), digits.count < 30,
      parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
    {
      return holds(parts) ? .valid : .unknown
    }
    let word = digits.lowercased()
    if word == "nan" { return text == digits ? .valid : .unknown }
    if word == "inf" || word == "infinity" { return builtin == .numeric ? .unknown : .valid }
    return digits.contains(where: \.isASCIIDigit) ? .unknown : .invalid(sqlState: "22P02")
  }

  /// Whether the precision is enough for the digits before and after the point.
  private func holds(_ parts: [Substring]) -> Bool {
    let whole = parts[0].drop { $0 == "0" }.count
    switch modifiers {
    case .none: return true
    case .one(let precision): return whole < precision || parts.count == 1 && whole == precision
    case .two(let precision, let scale):
      let fraction = parts.count == 2 ? parts[1].count : 0
      return scale >= 0 && whole <= precision - scale - (fraction > scale ? 1 : 0)
    case .text: return false
    }
  }

  private func uuid(_ text: String) -> LiteralReading {
    let lengths = text.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
    let isHex = text.allSatisfy { $0 == "-" || $0.isASCII && $0.isHexDigit }
    if isHex, lengths == [8, 4, 4, 4, 12] || lengths == [32] { return .valid }
    let digits = text.filter { $0.isASCII && $0.isHexDigit }.count
    return digits == 32 ? .unknown : .invalid(sqlState: "22P02")
  }

  /// ISO 8601 and the words that stand for a moment; what is written otherwise depends on DateStyle.
  private func moment(_ text: String) -> LiteralReading {
    let bytes = Array(text.utf8)
    if bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Int(text.prefix(4)), let month = Int(text.dropFirst(5).prefix(2)),
      let day = Int(text.dropFirst(8).prefix(2)), year >= 0, month >= 0, day >= 0
    {
      let zone = text.hasSuffix(" UTC") ? text.dropLast(4) : text[...]
      guard isTime(zone.dropFirst(10)) else { return .unknown }
      let isDay =
        year > 0 && (1...12).contains(month) && (1...days(of: month, in: year)).contains(day)
      return isDay ? .valid : .invalid(sqlState: "22008")
    }
    if text.contains(where: \.isASCIIDigit) { return .unknown }
    if text.isWordForMoment { return .valid }
    let isOneWord = text.utf8.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    return isOneWord ? .invalid(sqlState: "22007") : .unknown
  }

  /// Of the Gregorian calendar.
  private func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `{1,2}`: elements without quotes that the type of the elements reads (manual 8.15.2).
  private func array(_ text: String) -> LiteralReading {
    let refused = LiteralReading.invalid(sqlState: "22P02")
    if let elements = text.arrayElements {
      if userType != nil { return elements.isEmpty ? .valid : .unknown }
      for value in elements where value.uppercased() != "NULL" {
        switch element.reading(of: value) {
        case .valid: continue
        case .invalid(let sqlState): return .invalid(sqlState: sqlState)
        case .unknown: return .unknown
        }
      }
      return .valid
    }
    if text.hasPrefix("{") { return text.hasSuffix("}") ? .unknown : refused }
    return text.hasPrefix("[") && text.contains("=") ? .unknown : refused
  }

  /// Nothing, or hours, minutes and seconds, with or without a zone of hours and minutes.
  private func isTime(_ rest: Substring) -> Bool {
    if rest.isEmpty { return true }
    guard let mark = rest.first, mark == " " || mark == "T" else { return false }
    var time = rest.dropFirst()
    if time.last == "Z" { time = time.dropLast() }
    if let sign = time.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let zone = time[time.index(after: sign)...].split(separator: ":")
      guard !zone.isEmpty, zone.allSatisfy({ Int($0).map { (0...12).contains($0) } ?? false })
      else { return false }
      time = time[..<sign]
    }
    let parts = time.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = Int(parts[0]), (0...23).contains(hour),
      let minute = Int(parts[1]), (0...59).contains(minute)
    else { return false }
    guard parts.count == 3 else { return true }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    return seconds.count <= 2 && Int(seconds[0]).map { (0...59).contains($0) } == true
      && seconds.dropFirst().allSatisfy { $0.allSatisfy(\.isASCIIDigit) && $0.count <= 6 }
  }
}

extension Character {
  var isASCIIDigit: Bool { "0" <= self && self <= "9" }
}

extension String {
  /// The elements of an array without quotes, escapes and inner arrays.
  var arrayElements: [String]? {
    guard hasPrefix("{"), hasSuffix("}"), count >= 2 else { return nil }
    let inner = dropFirst().dropLast()
    if inner.contains(where: { "{}\"\\".contains($0) }) { return nil }
    if inner.utf8.allSatisfy(\.isSpace) { return [] }
    let elements = inner.split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    return elements.contains("") ? nil : elements
  }

  /// Without what the input functions of PostgreSQL's types skip at both ends.
  var trimmed: String {
    guard let start = utf8.firstIndex(where: { !$0.isSpace }),
      let end = utf8.lastIndex(where: { !$0.isSpace })
    else { return "" }
    return String(self[start..<utf8.index(after: end)])
  }

  fileprivate var withoutSign: Substring {
    first == "-" || first == "+" ? dropFirst() : self[...]
  }

  /// The words of manual 8.5.1.4. Brackets and most other marks only part words, so that `now()` is `now`.
  fileprivate var isWordForMoment: Bool {
    let word = lowercased()
    return [
      "now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "now()",
      "today()", "(now)", "now;", "now();",
    ].contains(word)
  }

  /// The words of manual 8.6, each to be shortened as long as it is told from the others.
  fileprivate var isBoolean: Bool {
    let word = lowercased()
    if word == "1" || word == "0" { return true }
    if word.isEmpty { return false }
    if ["on", "of", "off"].contains(word) { return true }
    return ["true", "false", "yes", "no"].contains { $0.hasPrefix(word) }
  }
}

extension UInt8 {
  /// `isspace()`; white space beyond ASCII is none for it.
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

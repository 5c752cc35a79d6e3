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
    switch builtin {
    case .int2: return integer(trimmed, Int16.self)
    case .int4: return integer(trimmed, Int32.self)
    case .int8: return integer(trimmed, Int64.self)
    case .numeric, .float4, .float8: return number(trimmed)
    case .bool: return trimmed.isBoolean ? .valid : .invalid(sqlState: "22P02")
    case .uuid: return uuid(text)
    case .date, .timestamp, .timestamptz: return moment(trimmed)
    case .text: return .valid
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
      return modifiers == .none ? .valid : .unknown
    }
    let word = digits.lowercased()
    if word == "nan" || word == "inf" || word == "infinity" { return .unknown }
    return digits.contains(where: \.isASCIIDigit) ? .unknown : .invalid(sqlState: "22P02")
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
      let day = Int(text.dropFirst(8).prefix(2)), year > 0, (1...12).contains(month),
      (1...28).contains(day)
    {
      return isTime(text.dropFirst(10)) ? .valid : .unknown
    }
    if text.contains(where: \.isASCIIDigit) { return .unknown }
    let words: Set<String> = [
      "now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "+infinity",
      "allballs",
    ]
    if words.contains(text.lowercased()) { return .unknown }
    return text.contains(where: \.isWhitespace) ? .unknown : .invalid(sqlState: "22007")
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
  fileprivate var isASCIIDigit: Bool { "0" <= self && self <= "9" }
}

extension String {
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }

  fileprivate var withoutSign: Substring {
    first == "-" || first == "+" ? dropFirst() : self[...]
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

extension Replay {
  /// Refuses a literal that a column's type does not read.
  mutating func requireReadable(
    _ constant: SQLConstant?, _ column: Column, of table: Table
  ) throws(Refused) {
    guard case .string(let text)? = constant, let type = column.type else { return }
    guard case .invalid(let sqlState) = type.reading(of: text) else { return }
    try fail(
      sqlState,
      .invalidDefinition("'\(text)' is no value of \(column.name), which is \(type.description)"),
      ifCertain: isSettled(table.id))
  }

  /// The literals that a condition compares columns with.
  mutating func requireReadable(
    _ predicate: SQLExpression?, of table: Table, _ reads: [QualifiedName]
  ) throws(Refused) {
    guard let predicate, predicate.casts.isEmpty, reads.isEmpty else { return }
    for conjunct in predicate.conjuncts {
      switch conjunct {
      case .equals(let reference, let values):
        guard let column = reference.column.flatMap(table.column) else { continue }
        for value in values { try requireReadable(value, column, of: table) }
      case .other(let text):
        guard let found = text.comparison, let column = table.column(found.column) else { continue }
        try requireReadable(.string(found.literal), column, of: table)
      case .isNull, .isNotNull: continue
      }
    }
  }
}

extension String {
  /// The column and the literal of `column < 'literal'`.
  fileprivate var comparison: (column: String, literal: String)? {
    let parts = split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].isEmpty else { return nil }
    let words = parts[0].split(separator: " ")
    guard words.count == 2, ["<", ">", "<=", ">=", "<>", "!="].contains(words[1]) else {
      return nil
    }
    let name = String(words[0].split(separator: ".").last ?? "")
    return (column: String(name.filter { $0 != "\"" }), literal: String(parts[1]))
  }
}

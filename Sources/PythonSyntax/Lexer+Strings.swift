// String literals into tokens; f-strings and t-strings into their parts (PEP 701, PEP 750).

import SourceText

/// An f-string or t-string that is being read.
struct FormattedMode {
  var quote: UInt8
  var isTriple: Bool
  var isRaw: Bool
  /// Its start token.
  var token: Int
  /// The brackets around its text: where it began, or the field whose specification it is in.
  var brackets: Int
  /// Between quotes or in a format specification; false inside a replacement field.
  var isInText = true
  /// Replacement fields around the text: 0 between the quotes, more in format specifications.
  var specifications: [Int] = []
}

extension Lexer {
  func isStringPrefix(_ start: Int, _ length: Int) -> Bool {
    let first = bytes[start] | 0x20
    let second = length > 1 ? bytes[start + 1] | 0x20 : 0
    switch (first, second) {
    case (UInt8(ascii: "r"), 0), (UInt8(ascii: "b"), 0), (UInt8(ascii: "u"), 0),
      (UInt8(ascii: "f"), 0), (UInt8(ascii: "t"), 0):
      return true
    case (UInt8(ascii: "r"), UInt8(ascii: "b")), (UInt8(ascii: "b"), UInt8(ascii: "r")),
      (UInt8(ascii: "r"), UInt8(ascii: "f")), (UInt8(ascii: "f"), UInt8(ascii: "r")),
      (UInt8(ascii: "r"), UInt8(ascii: "t")), (UInt8(ascii: "t"), UInt8(ascii: "r")):
      return true
    default: return false
    }
  }

  /// Reads a string literal, or the start of an f-string or t-string.
  mutating func stringLiteral(prefixLength: Int) {
    let start = position
    var kind = TokenKind.string
    var isRaw = false
    for offset in start..<start + prefixLength {
      switch bytes[offset] | 0x20 {
      case UInt8(ascii: "r"): isRaw = true
      case UInt8(ascii: "b"): kind = .bytes
      case UInt8(ascii: "f"): kind = .formattedStart
      case UInt8(ascii: "t"): kind = .templateStart
      default: break
      }
    }
    let opening = start + prefixLength
    let quote = bytes[opening]
    let isTriple = byte(at: opening + 1) == quote && byte(at: opening + 2) == quote
    position = opening + (isTriple ? 3 : 1)
    if kind == .formattedStart || kind == .templateStart {
      if isTriple, hasNoEnd(quote) { return unterminated(start, isTriple: true) }
      formatted.append(
        FormattedMode(
          quote: quote, isTriple: isTriple, isRaw: isRaw, token: tokens.count,
          brackets: brackets.count))
      return add(kind, from: start)
    }
    guard let hasBackslash = skipString(quote, isTriple: isTriple) else {
      return unterminated(start, isTriple: isTriple)
    }
    let shape = StringShape(
      prefixLength: prefixLength, quoteLength: isTriple ? 3 : 1, isRaw: isRaw,
      hasBackslash: hasBackslash)
    add(kind, from: start, value: shape.rawValue)
  }

  /// Moves behind the closing quote; nil if there is none, else whether a backslash was met.
  private mutating func skipString(_ quote: UInt8, isTriple: Bool) -> Bool? {
    if isTriple, hasNoEnd(quote) { return nil }
    var hasBackslash = false
    var offset = position
    while true {
      offset = skipPlain(from: offset, quote, isTriple: isTriple)
      guard offset < count else { break }
      let byte = bytes[offset]
      offset += 1
      if byte == quote {
        if !isTriple {
          position = offset
          return hasBackslash
        }
        if self.byte(at: offset) == quote, self.byte(at: offset + 1) == quote {
          position = offset + 2
          return hasBackslash
        }
      } else if byte == UInt8(ascii: "\\") {
        hasBackslash = true
        if self.byte(at: offset) == 0x0D, self.byte(at: offset + 1) == 0x0A { offset += 1 }
        offset += 1
      } else if !isTriple, byte == 0x0A || byte == 0x0D {
        position = offset - 1
        return nil
      }
    }
    position = count
    return nil
  }

  /// Moves over bytes that mean nothing in a string; what is left of the text may be short of eight of them.
  private func skipPlain(from offset: Int, _ quote: UInt8, isTriple: Bool) -> Int {
    var offset = offset
    while let block = bytes.block(at: offset) {
      var marks = block.marks(of: quote) | block.marks(of: UInt8(ascii: "\\"))
      if !isTriple { marks |= block.marks(of: 0x0A) | block.marks(of: 0x0D) }
      if marks != 0 { return offset + marks.firstMark }
      offset += 8
    }
    return offset
  }

  private func hasNoEnd(_ quote: UInt8) -> Bool {
    quote == UInt8(ascii: "'") ? unterminatedQuotes.single : unterminatedQuotes.double
  }

  /// A literal without an end damages its line alone: reading goes on with the next one. Quotes
  /// of which a triple-quoted string had no end are not searched for again, which keeps the time
  /// linear.
  private mutating func unterminated(_ start: Int, isTriple: Bool) {
    let opening = isTriple ? "a triple-quoted string" : "a string"
    var end = start
    while end < count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    if isTriple {
      let quoted = bytes[start..<end].first { $0 == 0x22 || $0 == 0x27 }
      if quoted == UInt8(ascii: "'") {
        unterminatedQuotes.single = true
      } else {
        unterminatedQuotes.double = true
      }
      position = end
    }
    addIssue("\(opening) has no closing quote", start..<end)
  }

  /// Whether the position is in a replacement field, outside of brackets of its expression.
  var isAtFieldLevel: Bool {
    guard let mode = formatted.last, !mode.isInText else { return false }
    return brackets.count == mode.brackets
  }

  /// Reads text up to the next replacement field, the closing quote or the end of a format
  /// specification.
  mutating func formattedText() {
    guard let mode = formatted.last else { return }
    let start = position
    let isSpecification = !mode.specifications.isEmpty
    var hasBackslash = false
    while position < count {
      let byte = bytes[position]
      switch byte {
      case mode.quote where !mode.isTriple || isTripleQuote(mode.quote):
        return endFormatted(mode, textStart: start, hasBackslash)
      case 0x0A, 0x0D:
        guard mode.isTriple else { return cutFormatted(mode, textStart: start) }
        position += 1
      case UInt8(ascii: "\\"):
        hasBackslash = true
        skipEscape(mode)
      case UInt8(ascii: "{"):
        if self.byte(at: position + 1) == byte, !isSpecification {
          position += 1
          addText(start, hasBackslash, mode)
          position += 1
          return
        }
        addText(start, hasBackslash, mode)
        return enterField()
      case UInt8(ascii: "}"):
        if isSpecification {
          addText(start, hasBackslash, mode)
          formatted[formatted.count - 1].isInText = false
          return
        }
        position += 1
        let isDoubled = self.byte(at: position) == byte
        addText(start, hasBackslash, mode)
        if isDoubled {
          position += 1
        } else {
          addIssue("a single '}' in a formatted string", position - 1..<position)
        }
        return
      default:
        position += 1
      }
    }
    addText(start, hasBackslash, mode)
  }

  private func isTripleQuote(_ quote: UInt8) -> Bool {
    byte(at: position + 1) == quote && byte(at: position + 2) == quote
  }

  /// Moves over a backslash and what it escapes. Braces keep their meaning behind it, save in
  /// `\N{name}`.
  private mutating func skipEscape(_ mode: FormattedMode) {
    position += 1
    let next = byte(at: position)
    if next == UInt8(ascii: "{") || next == UInt8(ascii: "}") || position >= count { return }
    if next == UInt8(ascii: "N"), !mode.isRaw, byte(at: position + 1) == UInt8(ascii: "{") {
      var end = position + 2
      while end < count, Self.continuesCharacterName(bytes[end]) { end += 1 }
      if byte(at: end) == UInt8(ascii: "}") { position = end }
    }
    skipNewline()
  }

  private static func continuesCharacterName(_ byte: UInt8) -> Bool {
    continuesName(byte) || byte == 0x20 || byte == UInt8(ascii: "-")
  }

  private mutating func addText(_ start: Int, _ hasBackslash: Bool, _ mode: FormattedMode) {
    guard position > start else { return }
    let shape = StringShape(
      prefixLength: 0, quoteLength: 0, isRaw: mode.isRaw, hasBackslash: hasBackslash)
    add(.formattedMiddle, from: start, value: shape.rawValue)
  }

  private mutating func enterField() {
    let start = position
    position += 1
    if brackets.count >= Self.maximumBrackets {
      addIssue("brackets are nested too deeply", start..<position)
    }
    openBracket(.leftBrace, from: start)
    let last = formatted.count - 1
    formatted[last].specifications.append(formatted[last].brackets)
    formatted[last].brackets = brackets.count
    formatted[last].isInText = false
  }

  /// The `}` of a replacement field has been read.
  mutating func leaveField(from start: Int) {
    let last = formatted.count - 1
    if let outer = formatted[last].specifications.popLast() { formatted[last].brackets = outer }
    formatted[last].isInText = true
    closeBracket(.rightBrace, from: start)
  }

  mutating func enterFormatSpecification() {
    formatted[formatted.count - 1].isInText = true
  }

  private mutating func endFormatted(
    _ mode: FormattedMode, textStart: Int, _ hasBackslash: Bool
  ) {
    addText(textStart, hasBackslash, mode)
    let start = position
    position += mode.isTriple ? 3 : 1
    if !mode.specifications.isEmpty {
      addIssue("a formatted string ends before its '}'", start..<position)
      dropBrackets(mode)
    }
    formatted.removeLast()
    add(.formattedEnd, from: start)
  }

  private mutating func cutFormatted(_ mode: FormattedMode, textStart: Int) {
    addIssue("a formatted string has no closing quote", textStart..<position)
    dropBrackets(mode)
    formatted.removeLast()
  }

  private mutating func dropBrackets(_ mode: FormattedMode) {
    let outside = mode.specifications.first ?? mode.brackets
    while brackets.count > outside { brackets.removeLast() }
  }

  /// Where the end of the file was met in a triple-quoted f-string, its line is damaged, and true
  /// says that reading starts again with the next one. Happens at most once for either quote.
  mutating func abandonFormatted() -> Bool {
    guard let outermost = formatted.first(where: \.isTriple) else { return false }
    let start = Int(tokens[outermost.token].start)
    tokens.removeSubrange(outermost.token...)
    dropBrackets(outermost)
    formatted.removeSubrange((formatted.firstIndex { $0.token == outermost.token } ?? 0)...)
    unterminated(start, isTriple: true)
    return true
  }
}

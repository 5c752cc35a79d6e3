// Names, keywords, numbers and operators into tokens.

import SourceText

extension Lexer {
  /// A name, a keyword, or a string with a prefix.
  @inline(__always)
  mutating func word() {
    let start = position
    var end = start + 1
    while end < count, Self.isASCIIName(bytes[end]) { end += 1 }
    if end < count, bytes[end] >= 0x80 { return wideName() }
    let length = end - start
    if length <= 2, end < count, bytes[end] == 0x22 || bytes[end] == 0x27,
      isStringPrefix(start, length)
    {
      return stringLiteral(prefixLength: length)
    }
    position = end
    if length <= 8, let keyword = TokenKind.keyword(bytes.packed(from: start, count: length)) {
      add(keyword, from: start)
    } else {
      add(.name, from: start, value: names.intern(start: start, length: length))
    }
  }

  /// A letter, a digit or an underscore.
  @inline(__always)
  private static func isASCIIName(_ byte: UInt8) -> Bool {
    // One bit for each byte below 0x40, and for each from there to 0x7F.
    let set: UInt64 = byte < 0x40 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return byte < 0x80 && set >> UInt64(byte & 0x3F) & 1 != 0
  }

  /// A name with letters outside ASCII (PEP 3131), or a character that means nothing in Python.
  mutating func wideName() {
    let start = position
    while position < count, Self.continuesName(bytes[position]) {
      let (scalar, length) = scalar(at: position)
      guard isName(scalar, first: position == start) else { break }
      position += length
    }
    if position > start {
      add(.name, from: start, value: names.intern(start: start, length: position - start))
    }
    guard position < count, bytes[position] >= 0x80 else { return }
    let (scalar, length) = scalar(at: position)
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padding = String(repeating: "0", count: max(0, 4 - code.count))
    position += length
    addIssue(
      "invalid character '\(scalar)' (U+\(padding)\(code))", position - length..<position)
  }

  private func isName(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
    if scalar.value < 0x80 { return Self.continuesName(UInt8(scalar.value)) }
    let properties = scalar.properties
    if first {
      return properties.isXIDStart || (properties.isIDStart && properties.numericType == nil)
    }
    return properties.isXIDContinue || properties.isIDContinue
  }

  /// The scalar at an offset and its length in bytes; malformed UTF-8 counts byte by byte.
  private func scalar(at offset: Int) -> (Unicode.Scalar, length: Int) {
    let first = bytes[offset]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard offset + length <= count else { return ("\u{FFFD}", 1) }
    let text = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
    guard let scalar = text.unicodeScalars.first, text.utf8.count == length else {
      return ("\u{FFFD}", 1)
    }
    return (scalar, length)
  }

  /// A number (Language Reference 2.6). A letter right behind it is damage, save a keyword that
  /// may follow a number, as in `1if x else 2`.
  mutating func number() {
    let start = position
    var kind = TokenKind.integer
    let second = byte(at: start + 1) | 0x20
    if bytes[start] == 0x30, second == 0x78 || second == 0x6F || second == 0x62 {
      position += 2
      let isComplete = digits(radix: second == 0x78 ? 16 : second == 0x6F ? 8 : 2, prefixed: true)
      if !isComplete { return invalidNumber(start, "invalid number") }
    } else {
      var isSound = bytes[start] == UInt8(ascii: ".") || digits(radix: 10, prefixed: false)
      let isOctalLike = bytes[start] == 0x30 && !isZero(start..<position)
      kind = fraction(isSound: &isSound)
      if !isSound { return invalidNumber(start, "invalid decimal number") }
      if isOctalLike, kind == .integer {
        return invalidNumber(
          start, "leading zeros in a decimal number; an octal number is written with 0o")
      }
    }
    if Self.continuesName(byte(at: position)), position < count, !keywordFollows() {
      return invalidNumber(start, "invalid number")
    }
    add(kind, from: start)
  }

  /// What follows the digits before the point.
  private mutating func fraction(isSound: inout Bool) -> TokenKind {
    var kind = TokenKind.integer
    if byte(at: position) == UInt8(ascii: ".") {
      kind = .float
      position += 1
      if isDigit(byte(at: position)) { isSound = digits(radix: 10, prefixed: false) && isSound }
    }
    if byte(at: position) | 0x20 == UInt8(ascii: "e") {
      let next = byte(at: position + 1)
      let isSigned = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      if isDigit(isSigned ? byte(at: position + 2) : next) {
        kind = .float
        position += isSigned ? 2 : 1
        isSound = digits(radix: 10, prefixed: false) && isSound
      }
    }
    if byte(at: position) | 0x20 == UInt8(ascii: "j") {
      kind = .imaginary
      position += 1
    }
    return kind
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private func isZero(_ range: Range<Int>) -> Bool {
    range.allSatisfy { bytes[$0] == 0x30 || bytes[$0] == UInt8(ascii: "_") }
  }

  /// Reads digits that single underscores may separate; false if they are malformed or missing.
  private mutating func digits(radix: UInt8, prefixed: Bool) -> Bool {
    var isSound = true
    var separated = !prefixed
    var hasDigit = false
    while position < count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "_") {
        guard hasDigit || prefixed else { break }
        if separated && hasDigit || separated && prefixed { isSound = false }
        separated = true
      } else {
        let letter = byte | 0x20
        let value: UInt8 =
          isDigit(byte) ? byte - 0x30 : letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 99
        guard value < radix else { break }
        hasDigit = true
        separated = false
      }
      position += 1
    }
    return isSound && hasDigit && !separated
  }

  private func keywordFollows() -> Bool {
    var word: UInt64 = 0
    for offset in position..<min(position + 4, count) {
      guard bytes[offset] >= 0x61, bytes[offset] <= 0x7A else { break }
      word = word << 8 | UInt64(bytes[offset])
      switch TokenKind.keyword(word) {
      case .and, .else, .for, .if, .in, .is, .not, .or: return true
      default: continue
      }
    }
    return false
  }

  private mutating func invalidNumber(_ start: Int, _ message: String) {
    while position < count, Self.continuesName(bytes[position]) { position += 1 }
    addIssue(
      "\(message) '\(String(decoding: bytes[start..<position], as: UTF8.self))'", start..<position)
  }

  mutating func symbol(_ first: UInt8) {
    let start = position
    let second = byte(at: start + 1)
    let equals = second == UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: "("): return bracket(.leftParenthesis)
    case UInt8(ascii: "["): return bracket(.leftBracket)
    case UInt8(ascii: "{"): return bracket(.leftBrace)
    case UInt8(ascii: ")"): return closing(.rightParenthesis, of: .leftParenthesis)
    case UInt8(ascii: "]"): return closing(.rightBracket, of: .leftBracket)
    case UInt8(ascii: "}"): return closing(.rightBrace, of: .leftBrace)
    case UInt8(ascii: ","): take(.comma, 1)
    case UInt8(ascii: ";"): take(.semicolon, 1)
    case UInt8(ascii: "~"): take(.tilde, 1)
    case UInt8(ascii: ":"):
      if isAtFieldLevel {
        take(.colon, 1)
        enterFormatSpecification()
      } else {
        equals ? take(.colonEqual, 2) : take(.colon, 1)
      }
    case UInt8(ascii: "."):
      if second >= 0x30, second <= 0x39 { return number() }
      let isEllipsis = second == first && byte(at: start + 2) == first
      isEllipsis ? take(.ellipsis, 3) : take(.dot, 1)
    case UInt8(ascii: "="): equals ? take(.equalEqual, 2) : take(.equal, 1)
    case UInt8(ascii: "!"): equals ? take(.notEqual, 2) : take(.exclamation, 1)
    case UInt8(ascii: "+"): equals ? take(.plusEqual, 2) : take(.plus, 1)
    case UInt8(ascii: "-"):
      if second == UInt8(ascii: ">") { return take(.arrow, 2) }
      equals ? take(.minusEqual, 2) : take(.minus, 1)
    case UInt8(ascii: "%"): equals ? take(.percentEqual, 2) : take(.percent, 1)
    case UInt8(ascii: "@"): equals ? take(.atEqual, 2) : take(.at, 1)
    case UInt8(ascii: "&"): equals ? take(.ampersandEqual, 2) : take(.ampersand, 1)
    case UInt8(ascii: "|"): equals ? take(.barEqual, 2) : take(.bar, 1)
    case UInt8(ascii: "^"): equals ? take(.caretEqual, 2) : take(.caret, 1)
    case UInt8(ascii: "*"):
      doubled(second == first, .star, .starEqual, .doubleStar, .doubleStarEqual)
    case UInt8(ascii: "/"):
      doubled(second == first, .slash, .slashEqual, .doubleSlash, .doubleSlashEqual)
    case UInt8(ascii: "<"):
      doubled(second == first, .less, .lessEqual, .leftShift, .leftShiftEqual)
    case UInt8(ascii: ">"):
      doubled(second == first, .greater, .greaterEqual, .rightShift, .rightShiftEqual)
    default:
      position += 1
      addIssue("invalid character '\(Self.describe(first))'", start..<position)
    }
  }

  private static func describe(_ byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F
      ? String(Unicode.Scalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  @inline(__always)
  private mutating func take(_ kind: TokenKind, _ length: Int) {
    let start = position
    position += length
    add(kind, from: start)
  }

  private mutating func doubled(
    _ isDoubled: Bool, _ single: TokenKind, _ singleEqual: TokenKind, _ double: TokenKind,
    _ doubleEqual: TokenKind
  ) {
    let equals = byte(at: position + (isDoubled ? 2 : 1)) == UInt8(ascii: "=")
    if isDoubled {
      equals ? take(doubleEqual, 3) : take(double, 2)
    } else {
      equals ? take(singleEqual, 2) : take(single, 1)
    }
  }

  private mutating func bracket(_ kind: TokenKind) {
    let start = position
    position += 1
    if brackets.count >= Self.maximumBrackets {
      addIssue("brackets are nested too deeply", start..<position)
    }
    openBracket(kind, from: start)
  }

  private mutating func closing(_ kind: TokenKind, of opening: TokenKind) {
    let start = position
    position += 1
    if kind == .rightBrace, isAtFieldLevel { return leaveField(from: start) }
    guard let open = brackets.last else {
      return addIssue("unmatched '\(Self.describe(bytes[start]))'", start..<position)
    }
    if open.kind != opening {
      let spelling = Self.describe(bytes[Int(tokens[open.token].start)])
      addIssue(
        "'\(Self.describe(bytes[start]))' does not match the opening '\(spelling)'",
        start..<position)
      if isAtFieldLevel { return }
    }
    closeBracket(kind, from: start)
  }
}

// The text between the quotes of a literal into runs of plain bytes and escapes
// (Language Reference 2.4.1.1).

/// Reads the content of a literal that is not raw, one piece at a time.
struct EscapeReader {
  enum Piece {
    /// Bytes that stand for themselves.
    case plain(Range<Int>)
    /// A line end, which is LF whatever the file has.
    case newline
    /// A code point, or a byte's value.
    case value(UInt32)
    /// An escaped line end, which stands for nothing.
    case nothing
    /// `\N{name}`: there is no table of names.
    case named
    /// An escape that CPython refuses, at this offset.
    case malformed(Int)
  }

  let text: UnsafeBufferPointer<UInt8>
  let isBytes: Bool
  var position = 0

  init(text: UnsafeBufferPointer<UInt8>, isBytes: Bool) {
    self.text = text
    self.isBytes = isBytes
  }

  mutating func next() -> Piece? {
    guard position < text.count else { return nil }
    let start = position
    while position < text.count, !Self.isSpecial(text[position]) { position += 1 }
    if position > start { return .plain(start..<position) }
    if text[position] == UInt8(ascii: "\\") { return escape() }
    skipNewline()
    return .newline
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == 0x0D
  }

  private mutating func skipNewline() {
    if text[position] == 0x0D, position + 1 < text.count, text[position + 1] == 0x0A {
      position += 1
    }
    position += 1
  }

  private mutating func escape() -> Piece {
    let start = position
    position += 1
    guard position < text.count else { return .plain(start..<position) }
    let letter = text[position]
    switch letter {
    case 0x0A, 0x0D:
      skipNewline()
      return .nothing
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return octal()
    case UInt8(ascii: "x"): return hexadecimal(2, from: start)
    case UInt8(ascii: "u") where !isBytes: return hexadecimal(4, from: start)
    case UInt8(ascii: "U") where !isBytes: return hexadecimal(8, from: start)
    case UInt8(ascii: "N") where !isBytes: return named(from: start)
    default: break
    }
    guard let value = Self.simple(letter) else {
      return .plain(start..<position)
    }
    position += 1
    return .value(value)
  }

  private static func simple(_ letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): UInt32(letter)
    case UInt8(ascii: "a"): 7
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "v"): 11
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "r"): 13
    default: nil
    }
  }

  private mutating func octal() -> Piece {
    var value: UInt32 = 0
    let end = min(position + 3, text.count)
    while position < end, text[position] >= 0x30, text[position] <= 0x37 {
      value = value * 8 + UInt32(text[position] - 0x30)
      position += 1
    }
    return .value(isBytes ? value & 0xFF : value)
  }

  private mutating func hexadecimal(_ digits: Int, from start: Int) -> Piece {
    position += 1
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard position < text.count, let digit = hexDigit(text[position]) else {
        return .malformed(start)
      }
      value = value << 4 | digit
      position += 1
    }
    return value > 0x10FFFF ? .malformed(start) : .value(value)
  }

  private mutating func named(from start: Int) -> Piece {
    guard position + 1 < text.count, text[position + 1] == UInt8(ascii: "{") else {
      return .malformed(start)
    }
    let nameStart = position + 2
    position = nameStart
    while position < text.count, text[position] != UInt8(ascii: "}") { position += 1 }
    guard position < text.count, position > nameStart else { return .malformed(start) }
    position += 1
    return .named
  }
}

/// The value of a hexadecimal digit.
func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte) - 0x30
  case 0x41...0x46: UInt32(byte) - 0x37
  case 0x61...0x66: UInt32(byte) - 0x57
  default: nil
  }
}

// The values of literals, worked out from their text when asked for.

import SourceText

extension SyntaxTree {
  /// The text of a string literal with its escapes worked out; nil if it cannot be told: an escape
  /// is malformed, names a character (`\N{…}`; there is no table of names) or yields a lone
  /// surrogate, which Swift's strings cannot hold.
  func string(_ id: StringID) -> String? {
    let pieces = strings[Int(id.index)]
    if pieces.count == 1, let text = plain(stringPieces[Int(pieces.start)]) { return text }
    var text: [UInt8] = []
    for offset in pieces.start..<pieces.start + pieces.count {
      guard append(stringPieces[Int(offset)], to: &text) else { return nil }
    }
    // Quicker than `String(validating:)`, which is generic.
    let string = String(decoding: text, as: UTF8.self)
    let isASCII = text.reduce(0, |) < 0x80
    return isASCII || string.utf8.elementsEqual(text) ? string : nil
  }

  /// The text of a literal that stands for itself: ASCII without escapes and carriage returns, as most are.
  private func plain(_ piece: StringPiece) -> String? {
    source.bytes(in: piece.range).withUnsafeBufferPointer { text in
      var offset = 0
      while let block = text.block(at: offset) {
        let isASCII = block & UInt64(eightTimes: 0x80) == 0
        guard isASCII, block.marks(of: UInt8(ascii: "\\")) | block.marks(of: 0x0D) == 0 else {
          return nil
        }
        offset += 8
      }
      for byte in text[offset...] where byte >= 0x80 || byte == UInt8(ascii: "\\") || byte == 0x0D {
        return nil
      }
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// The value of a bytes literal; nil if an escape is malformed.
  func bytes(_ id: StringID) -> [UInt8]? {
    let pieces = strings[Int(id.index)]
    var value: [UInt8] = []
    for offset in pieces.start..<pieces.start + pieces.count {
      guard append(stringPieces[Int(offset)], asBytes: true, to: &value) else { return nil }
    }
    return value
  }

  /// The value of an integer literal; nil where it does not fit in 64 bits, or for anything else.
  func integer(_ id: ExpressionID) -> Int? {
    guard case .integer = self[id] else { return nil }
    let digits = number(id)
    guard digits.first == UInt8(ascii: "0"), digits.count > 2 else {
      return Self.integer(digits[...], radix: 10)
    }
    switch digits[1] | 0x20 {
    case UInt8(ascii: "x"): return Self.integer(digits.dropFirst(2), radix: 16)
    case UInt8(ascii: "o"): return Self.integer(digits.dropFirst(2), radix: 8)
    case UInt8(ascii: "b"): return Self.integer(digits.dropFirst(2), radix: 2)
    default: return Self.integer(digits[...], radix: 10)
    }
  }

  /// The value of a float literal, or of an imaginary literal's imaginary part; infinite where it
  /// is too large, as in Python.
  func float(_ id: ExpressionID) -> Double? {
    switch self[id] {
    case .float: return Double(String(decoding: number(id), as: UTF8.self))
    case .imaginary:
      return Double(String(decoding: number(id).dropLast(), as: UTF8.self))
    default: return nil
    }
  }

  /// The text of a number without its underscores.
  private func number(_ id: ExpressionID) -> [UInt8] {
    source.bytes(in: range(of: id)).filter { $0 != UInt8(ascii: "_") }
  }

  private static func integer(_ digits: ArraySlice<UInt8>, radix: Int) -> Int? {
    var value = 0
    for byte in digits {
      guard let digit = hexDigit(byte), digit < radix else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(Int(digit))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  private func append(
    _ piece: StringPiece, asBytes: Bool = false, to value: inout [UInt8]
  ) -> Bool {
    source.bytes(in: piece.range).withUnsafeBufferPointer { text in
      piece.isRaw
        ? Self.appendRaw(text, to: &value)
        : Self.appendEscaped(text, asBytes: asBytes, to: &value)
    }
  }

  /// Line ends are LF in a literal, whatever the file has.
  private static func appendRaw(
    _ text: UnsafeBufferPointer<UInt8>, to value: inout [UInt8]
  ) -> Bool {
    var previous: UInt8 = 0
    for byte in text {
      if byte == 0x0D {
        value.append(0x0A)
      } else if byte != 0x0A || previous != 0x0D {
        value.append(byte)
      }
      previous = byte
    }
    return true
  }

  private static func appendEscaped(
    _ text: UnsafeBufferPointer<UInt8>, asBytes: Bool, to value: inout [UInt8]
  ) -> Bool {
    var escapes = EscapeReader(text: text, isBytes: asBytes)
    while let piece = escapes.next() {
      switch piece {
      case .plain(let range): value += text[range]
      case .newline: value.append(0x0A)
      case .nothing: break
      case .value(let code) where asBytes: value.append(UInt8(truncatingIfNeeded: code))
      case .value(let code):
        guard let scalar = Unicode.Scalar(code) else { return false }
        value += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      case .named, .malformed: return false
      }
    }
    return true
  }
}

// A JSON text into a value (RFC 8259).

/// A JSON value of whole numbers: the facts of a check and libpg_query's trees have no others.
package enum JSONValue: Sendable, Hashable {
  case null
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var number: Int? {
    if case .number(let number) = self { number } else { nil }
  }

  package var list: [JSONValue]? {
    if case .list(let list) = self { list } else { nil }
  }

  package subscript(key: String) -> JSONValue? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  /// Nil if the text is not JSON, nests too deep or holds a fraction.
  package init?(parsing bytes: [UInt8]) {
    var parser = Parser(bytes: bytes)
    guard let value = parser.value(depth: 0), parser.isAtEnd else { return nil }
    self = value
  }

  private struct Parser {
    let bytes: [UInt8]
    var place = 0
    private static let depthLimit = 100

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return next == nil
      }
    }

    private mutating func skipSpace() {
      while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipSpace()
      guard next == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    private mutating func take(word: String) -> Bool {
      guard bytes[place...].starts(with: word.utf8) else { return false }
      place += word.utf8.count
      return true
    }

    mutating func value(depth: Int) -> JSONValue? {
      guard depth < Self.depthLimit else { return nil }
      skipSpace()
      switch next {
      case UInt8(ascii: "{"): return object(depth)
      case UInt8(ascii: "["): return list(depth)
      case UInt8(ascii: "\""): return text().map { .text($0) }
      case UInt8(ascii: "t"): return take(word: "true") ? .flag(true) : nil
      case UInt8(ascii: "f"): return take(word: "false") ? .flag(false) : nil
      case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
      default: return number()
      }
    }

    private mutating func object(_ depth: Int) -> JSONValue? {
      place += 1
      var object: [String: JSONValue] = [:]
      if take("}") { return .object(object) }
      repeat {
        skipSpace()
        guard let key = text(), take(":"), let value = value(depth: depth + 1) else { return nil }
        object[key] = value
      } while take(",")
      return take("}") ? .object(object) : nil
    }

    private mutating func list(_ depth: Int) -> JSONValue? {
      place += 1
      var list: [JSONValue] = []
      if take("]") { return .list(list) }
      repeat {
        guard let value = value(depth: depth + 1) else { return nil }
        list.append(value)
      } while take(",")
      return take("]") ? .list(list) : nil
    }

    private mutating func number() -> JSONValue? {
      let start = place
      while let byte = next, byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) {
        place += 1
      }
      return Int(String(decoding: bytes[start..<place], as: UTF8.self)).map { .number($0) }
    }

    private mutating func text() -> String? {
      guard next == UInt8(ascii: "\"") else { return nil }
      place += 1
      var text: [UInt8] = []
      while let byte = next {
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let escaped = escape() else { return nil }
          text += Array(String(escaped).utf8)
        case ..<0x20: return nil
        default: text.append(byte)
        }
      }
      return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
      guard let byte = next else { return nil }
      place += 1
      switch byte {
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "u"):
        guard let high = unit() else { return nil }
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
        guard take(word: "\\u"), let low = unit(), (0xDC00..<0xE000).contains(low) else {
          return nil
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
      default: return nil
      }
    }

    private mutating func unit() -> UInt32? {
      guard place + 4 <= bytes.count else { return nil }
      let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
      place += 4
      return digits.allSatisfy(\.isHexDigit) ? UInt32(digits, radix: 16) : nil
    }
  }
}

// What toml++ does not survive, looked for before it is given a file.

import SourceText

/// A place in a text that toml++ would end the program at: a table's header that begins with no key is an
/// assertion there, and a key of very many parts nests as deep.
struct TomlGuard {
  private static let maximumParts = 64

  private let bytes: [UInt8]
  private var position = 0
  /// Of values in brackets; header lines are not among them.
  private var depth = 0
  private var parts = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// In bytes from the start of the text; nil where there is none.
  static func fault(in bytes: [UInt8]) -> Int? {
    var walk = TomlGuard(bytes)
    return walk.firstFault()
  }

  private mutating func firstFault() -> Int? {
    while position < bytes.count {
      if depth == 0, let fault = header() { return fault }
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") || depth > 0 {
        step()
        if parts > Self.maximumParts { return position }
      }
      position += 1
      parts = 0
    }
    return nil
  }

  /// At the beginning of a line.
  private mutating func header() -> Int? {
    skipSpaces()
    guard peek() == UInt8(ascii: "[") else { return nil }
    position += 1
    if peek() == UInt8(ascii: "[") { position += 1 }
    skipSpaces()
    guard let first = peek(), Self.beginsKey(first) else { return position }
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(byte)
      case UInt8(ascii: "#"): skipComment()
      case UInt8(ascii: "."):
        parts += 1
        position += 1
        if parts > Self.maximumParts { return position }
      default: position += 1
      }
    }
    return nil
  }

  private mutating func step() {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return skipString(byte)
    case UInt8(ascii: "#"): return skipComment()
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      depth += 1
      parts = 0
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth = max(0, depth - 1)
      parts = 0
    case UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "\n"): parts = 0
    case UInt8(ascii: "."): parts += 1
    default: break
    }
    position += 1
  }

  private static func beginsKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "\""), UInt8(ascii: "'"):
      true
    default: false
    }
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpaces() {
    while let byte = peek(), byte == 32 || byte == 9 { position += 1 }
  }

  private mutating func skipComment() {
    while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
  }

  /// From its first quote to behind its last one; one of a single line ends with the line, where it is damaged.
  private mutating func skipString(_ quote: UInt8) {
    let isLong = bytes[position...].prefix(3).elementsEqual([quote, quote, quote])
    position += isLong ? 3 : 1
    while let byte = peek() {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        position += 2
      } else if isLong {
        if bytes[position...].prefix(3).elementsEqual([quote, quote, quote]) {
          position += 3
          return
        }
        position += 1
      } else if byte == UInt8(ascii: "\n") {
        return
      } else {
        position += 1
        if byte == quote { return }
      }
    }
  }
}

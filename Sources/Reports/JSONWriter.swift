// JSON written in one pass, keys in the order in which they are given: same input, same bytes.

import SourceText

/// A value that is written already.
package struct JSONDocument: Sendable {
  fileprivate let bytes: [UInt8]
}

/// Writes one JSON document into a byte buffer. Foundation's encoder orders keys only by sorting
/// and builds a tree first, which is most of the time of `sql --format json` on a large project.
package struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  /// The document as one line.
  package var line: String {
    String(unsafeUninitializedCapacity: bytes.count + 1) { room in
      let end = room.initialize(fromContentsOf: bytes)
      room.initializeElement(at: end, to: UInt8(ascii: "\n"))
      return end + 1
    }
  }

  /// What was written, to be a part of another document.
  package var document: JSONDocument { JSONDocument(bytes: bytes) }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  package mutating func key(_ name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func value(_ text: String?) {
    guard let text else { return null() }
    separate()
    string(text)
    needsComma = true
  }

  package mutating func value(_ number: Int?) {
    guard let number else { return null() }
    raw(String(number))
  }

  package mutating func value(_ flag: Bool?) {
    guard let flag else { return null() }
    raw(flag ? "true" : "false")
  }

  package mutating func value(_ document: JSONDocument) {
    separate()
    bytes.append(contentsOf: document.bytes)
    needsComma = true
  }

  package mutating func null() { raw("null") }

  package mutating func field(_ name: String, _ text: String?) {
    key(name)
    value(text)
  }

  package mutating func field(_ name: String, _ number: Int?) {
    key(name)
    value(number)
  }

  package mutating func field(_ name: String, _ flag: Bool?) {
    key(name)
    value(flag)
  }

  package mutating func field(_ name: String, _ texts: [String]) {
    key(name)
    array { for text in texts { $0.value(text) } }
  }

  private mutating func container(
    _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    bytes.append(open)
    needsComma = false
    body(&self)
    bytes.append(close)
    needsComma = true
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  /// Control characters are escaped (RFC 8259, section 7); DEL and C1 too, so that no terminal
  /// obeys a printed document.
  private mutating func string(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      // What needs no escape is copied at once.
      var start = 0
      var index = 0
      while index < utf8.count {
        if let block = utf8.block(at: index) {
          let marks = Self.mayNeedEscape(block)
          index += marks == 0 ? 8 : marks.firstMark
          if marks == 0 { continue }
        }
        let byte = utf8[index]
        guard Self.mayNeedEscape(byte) else {
          index += 1
          continue
        }
        bytes.append(contentsOf: utf8[start..<index])
        index += 1
        start = index
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(asLetter: byte)
        case 0x0A: escape(asLetter: UInt8(ascii: "n"))
        case 0x0D: escape(asLetter: UInt8(ascii: "r"))
        case 0x09: escape(asLetter: UInt8(ascii: "t"))
        case 0xC2:
          guard index < utf8.count, utf8[index] < 0xA0 else {
            start = index - 1
            break
          }
          escape(utf8[index])
          index += 1
          start = index
        default: escape(byte)
        }
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// 0xC2 begins the C1 control characters, and others.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
      || byte == 0xC2
  }

  /// Of eight bytes, what `firstMark` finds is the first that may need an escape, or is not ASCII.
  private static func mayNeedEscape(_ block: UInt64) -> UInt64 {
    let controls = block &- UInt64(eightTimes: 0x20)
    let others =
      block.marks(of: UInt8(ascii: "\"")) | block.marks(of: UInt8(ascii: "\\"))
      | block.marks(of: 0x7F)
    return (block | controls | others) & UInt64(eightTimes: 0x80)
  }

  private mutating func escape(asLetter letter: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(letter)
  }

  /// A code point below 256 as `\u00xx`.
  private mutating func escape(_ codePoint: UInt8) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(contentsOf: "\\u00".utf8)
    bytes.append(digits[Int(codePoint >> 4)])
    bytes.append(digits[Int(codePoint & 15)])
  }
}

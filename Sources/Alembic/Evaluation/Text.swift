// Strings as Python sees them: sequences of code points, worked on as UTF-8 bytes.

/// A string's bytes. Searching and cutting at byte offsets is right, as UTF-8 synchronises itself;
/// Swift's characters would join what Python keeps apart, such as CR LF.
struct Text {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The number of code points.
  var count: Int { Self.scalarCount(bytes[...]) }

  static func scalarCount(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
  }

  /// The byte offset of a code point; the end for one behind it.
  func offset(ofScalar index: Int) -> Int {
    var remaining = index
    for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      if remaining == 0 { return offset }
      remaining -= 1
    }
    return bytes.count
  }

  /// The first place of some bytes at or after an offset.
  func find(_ part: [UInt8], from start: Int, to end: Int? = nil) -> Int? {
    let end = end ?? bytes.count
    guard let first = part.first else { return start <= end ? start : nil }
    guard part.count <= Self.shortPart else {
      return bytes.withUnsafeBufferPointer { bytes in
        Self.find(part, from: start, to: end) { bytes[$0] }
      }
    }
    return bytes.withUnsafeBufferPointer { bytes in
      var position = start
      while position + part.count <= end {
        if bytes[position] == first, matches(bytes, part, at: position) { return position }
        position += 1
      }
      return nil
    }
  }

  /// The last place of some bytes before an end.
  func findLast(_ part: [UInt8], from start: Int, to end: Int) -> Int? {
    guard part.count <= end - start else { return nil }
    guard part.count <= Self.shortPart else {
      return bytes.withUnsafeBufferPointer { bytes in
        Self.find(part.reversed(), from: 0, to: end - start) { bytes[end - 1 - $0] }
          .map { end - $0 - part.count }
      }
    }
    return bytes.withUnsafeBufferPointer { bytes in
      var position = end - part.count
      while position >= start {
        if matches(bytes, part, at: position) { return position }
        position -= 1
      }
      return nil
    }
  }

  /// To compare no more bytes than this at every place is faster than to prepare for it.
  private static let shortPart = 16

  /// The search of Knuth, Morris and Pratt: no byte is looked at more than twice, however often a
  /// part that repeats itself nearly matches.
  private static func find(
    _ part: [UInt8], from start: Int, to end: Int, _ byte: (Int) -> UInt8
  ) -> Int? {
    guard end - start >= part.count else { return nil }
    // For each length that matched: the longest shorter one that matches at the same place, too.
    var shorter = [0, 0]
    shorter.reserveCapacity(part.count + 1)
    var matched = 0
    for position in 1..<part.count {
      while matched > 0, part[position] != part[matched] { matched = shorter[matched] }
      if part[position] == part[matched] { matched += 1 }
      shorter.append(matched)
    }
    matched = 0
    for position in start..<end {
      let next = byte(position)
      while matched > 0, next != part[matched] { matched = shorter[matched] }
      if next == part[matched] { matched += 1 }
      if matched == part.count { return position + 1 - matched }
    }
    return nil
  }

  private func matches(
    _ bytes: UnsafeBufferPointer<UInt8>, _ part: [UInt8], at position: Int
  ) -> Bool {
    for offset in 0..<part.count where bytes[position + offset] != part[offset] { return false }
    return true
  }

  /// The parts between the places of a separator that is not empty; at most `limit` cuts. Each part
  /// is counted as memory.
  func split(
    _ separator: [UInt8], limit: Int = .max, _ interpreter: Interpreter
  ) throws(Interruption) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var start = 0
    while result.count < limit, let position = find(separator, from: start) {
      try interpreter.allocate(Self.partMemory)
      result.append(Array(bytes[start..<position]))
      start = position + separator.count
    }
    result.append(Array(bytes[start...]))
    return result
  }

  /// An array with what a value made of it takes.
  static let partMemory = 96

  static func string(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// White space of ASCII, as `str.strip` removes it.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
  }

  static func stripped(_ bytes: [UInt8]) -> [UInt8] {
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return Array(bytes[start..<max(start, end)])
  }

  static func lowercased(_ text: String) -> String { text.lowercased() }
  static func uppercased(_ text: String) -> String { text.uppercased() }

  /// `repr` of a string.
  static func representation(_ text: String) -> String {
    let quote: Unicode.Scalar =
      text.utf8.contains(0x27) && !text.utf8.contains(0x22) ? "\"" : "'"
    var result = String.UnicodeScalarView()
    result.append(quote)
    for scalar in text.unicodeScalars { append(scalar, quote, to: &result) }
    result.append(quote)
    return String(result)
  }

  private static func append(
    _ scalar: Unicode.Scalar, _ quote: Unicode.Scalar, to result: inout String.UnicodeScalarView
  ) {
    switch scalar {
    case "\\", quote:
      result.append("\\")
      result.append(scalar)
    case "\n": result.append(contentsOf: "\\n".unicodeScalars)
    case "\r": result.append(contentsOf: "\\r".unicodeScalars)
    case "\t": result.append(contentsOf: "\\t".unicodeScalars)
    default:
      if scalar.value < 0x20 || scalar.value == 0x7F {
        result.append(contentsOf: ("\\x" + hex(scalar.value, 2)).unicodeScalars)
      } else if scalar.isASCII || isPrintable(scalar) {
        result.append(scalar)
      } else {
        let escape =
          scalar.value < 0x100
          ? "\\x" + hex(scalar.value, 2)
          : scalar.value < 0x10000 ? "\\u" + hex(scalar.value, 4) : "\\U" + hex(scalar.value, 8)
        result.append(contentsOf: escape.unicodeScalars)
      }
    }
  }

  static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Two digits for each byte.
  static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: bytes.count * 2) { result in
      for (place, byte) in bytes.enumerated() {
        result[2 * place] = digits[Int(byte >> 4)]
        result[2 * place + 1] = digits[Int(byte & 15)]
      }
      return bytes.count * 2
    }
  }

  /// Python Language Reference, `str.isprintable`.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  /// `repr` of bytes.
  static func representation(_ bytes: [UInt8]) -> String {
    let quote: UInt8 = bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
    var result: [UInt8] = [UInt8(ascii: "b"), quote]
    for byte in bytes {
      switch byte {
      case 0x5C, quote: result += [0x5C, byte]
      case 0x0A: result += Array("\\n".utf8)
      case 0x0D: result += Array("\\r".utf8)
      case 0x09: result += Array("\\t".utf8)
      case 0x20..<0x7F: result.append(byte)
      default: result += Array(("\\x" + hex(UInt32(byte), 2)).utf8)
      }
    }
    result.append(quote)
    return string(result)
  }
}

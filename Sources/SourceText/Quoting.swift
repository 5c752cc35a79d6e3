// Quotes inside quoted text.

extension String {
  /// `replacing` by code point, as those who read the result see it; see `doubling`.
  package func replacingScalars(_ text: String, with other: String) -> String {
    String(unicodeScalars.replacing(text.unicodeScalars, with: other.unicodeScalars))
  }

  /// With each of one ASCII character twice. By code point: a combining mark behind a quote makes one
  /// `Character` of both, yet to PostgreSQL and Python the quote is still there.
  package func doubling(_ character: Unicode.Scalar) -> String {
    let byte = UInt8(ascii: character)
    guard utf8.contains(byte) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count + 16)
    for next in utf8 {
      if next == byte { bytes.append(byte) }
      bytes.append(next)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

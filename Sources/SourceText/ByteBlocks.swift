// Eight bytes of a text at once, so that what most bytes are not is told without looking at each of them.

extension UnsafeBufferPointer<UInt8> {
  /// The eight bytes from an offset on, the first lowest; nil where fewer are left.
  @inlinable @inline(__always)
  package func block(at offset: Int) -> UInt64? {
    guard offset >= 0, offset <= count - 8, let start = baseAddress else { return nil }
    return UInt64(
      littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self))
  }

  /// At most eight bytes as one number, the first highest.
  @inlinable @inline(__always)
  package func packed(from start: Int, count length: Int) -> UInt64 {
    guard length > 0 else { return 0 }
    if let block = block(at: start) { return block.byteSwapped >> UInt64(64 - 8 * length) }
    var word: UInt64 = 0
    for offset in start..<start + length { word = word << 8 | UInt64(self[offset]) }
    return word
  }
}

extension UInt64 {
  /// This byte eight times.
  @inlinable @inline(__always)
  package init(eightTimes byte: UInt8) { self = UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of each byte that is this one; right up to the first such byte, which is what
  /// `firstMark` tells (Warren, Hacker's Delight, 6-1).
  @inlinable @inline(__always)
  package func marks(of byte: UInt8) -> UInt64 {
    let difference = self ^ UInt64(eightTimes: byte)
    return (difference &- UInt64(eightTimes: 1)) & ~difference & UInt64(eightTimes: 0x80)
  }

  /// The number of bytes before the first one that is marked.
  @inlinable @inline(__always)
  package var firstMark: Int { trailingZeroBitCount >> 3 }
}

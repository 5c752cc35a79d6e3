// A short text among many bytes, such as a word in a file, which tells whether it is worth parsing.

internal import Glibc

extension [UInt8] {
  /// Whether the bytes of a text are in the array.
  package func contains(_ text: StaticString) -> Bool {
    let word = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return withUnsafeBufferPointer { $0.firstPlace(of: word) != nil }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a text begins for the first time at or after a place; nil also for an empty one. A byte of it
  /// that is rare in source code is looked for, else its first one that is no small letter.
  package func firstPlace(of word: UnsafeBufferPointer<UInt8>, from place: Int = 0) -> Int? {
    guard let start = baseAddress, let text = word.baseAddress, word.count > 0 else { return nil }
    let pivot =
      word.firstIndex(where: Self.isRare) ?? word.firstIndex { !(0x61...0x7A).contains($0) } ?? 0
    var position = place + pivot
    while position < count,
      let found = memchr(start + position, Int32(word[pivot]), count - position)
    {
      position = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      guard position - pivot + word.count <= count else { return nil }
      if memcmp(start + position - pivot, text, word.count) == 0 { return position - pivot }
      position += 1
    }
    return nil
  }

  /// A capital letter, or one of the small letters that English has least of.
  private static func isRare(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, UInt8(ascii: "j"), UInt8(ascii: "k"), UInt8(ascii: "q"), UInt8(ascii: "v"),
      UInt8(ascii: "x"), UInt8(ascii: "z"):
      true
    default: false
    }
  }
}

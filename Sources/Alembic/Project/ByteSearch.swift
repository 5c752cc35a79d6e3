// A word in the text of a file, which tells whether the file is worth parsing.

import Glibc

extension [UInt8] {
  /// Whether the bytes of a short text are in the array. Its first byte that is no small letter is looked
  /// for: there are fewer of it.
  func contains(_ text: StaticString) -> Bool {
    let word = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    let pivot = word.firstIndex { !(0x61...0x7A).contains($0) } ?? 0
    return withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, word.count > 0 else { return false }
      var position = pivot
      while position < bytes.count,
        let found = memchr(start + position, Int32(word[pivot]), bytes.count - position)
      {
        position = UnsafeRawPointer(found) - start
        guard position - pivot + word.count <= bytes.count else { return false }
        if memcmp(start + position - pivot, text.utf8Start, word.count) == 0 { return true }
        position += 1
      }
      return false
    }
  }
}

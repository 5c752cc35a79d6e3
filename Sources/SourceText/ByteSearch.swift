// A short text among many bytes, such as a word in a file, which tells whether it is worth parsing.

internal import Glibc

extension [UInt8] {
  /// Whether the bytes of a text are in the array.
  package func contains(_ text: StaticString) -> Bool {
    withUnsafeBufferPointer { $0.contains(text) }
  }
}

extension [UInt8] {
  /// Whether any of a few texts is in the array, found in one pass.
  /// - Parameter byte: one that each of them has; the rarer in the array, the faster.
  package func contains(anyOf texts: [StaticString], at byte: Unicode.Scalar) -> Bool {
    let byte = UInt8(ascii: byte)
    let words = texts.compactMap { text in
      let word = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      return word.firstIndex(of: byte).map { (word: word, pivot: $0) }
    }
    return withUnsafeBufferPointer { bytes in
      var position = 0
      while let found = bytes.firstPlace(of: byte, from: position) {
        position = found + 1
        // Most places are not worth a call.
        for (word, pivot) in words
        where pivot == 0 || (found > 0 && bytes[found - 1] == word[pivot - 1]) {
          if bytes.holds(word, at: found - pivot) { return true }
        }
      }
      return false
    }
  }
}

extension String {
  /// Whether a word is in it, its letters large or small.
  /// - Parameter word: of small ASCII letters.
  package func holds(inAnyCase word: StaticString) -> Bool {
    var copy = self
    return copy.withUTF8 { $0.contains(inAnyCase: word) }
  }

  /// Where a byte of its UTF-8 is for the first time at or after a place.
  package func firstIndex(of byte: UInt8, from place: Index) -> Index? {
    var copy = self
    let offset = utf8.distance(from: startIndex, to: place)
    return copy.withUTF8 { $0.firstPlace(of: byte, from: offset) }
      .map { utf8.index(startIndex, offsetBy: $0) }
  }

  /// Whether one byte of its UTF-8 is this one.
  package func contains(byte: UInt8) -> Bool {
    firstIndex(of: byte, from: startIndex) != nil
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a byte is for the first time at or after a place.
  package func firstPlace(of byte: UInt8, from place: Int) -> Int? {
    guard let start = baseAddress, place < count,
      let found = memchr(start + place, Int32(byte), count - place)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  /// Whether the bytes of a text are in the buffer.
  package func contains(_ text: StaticString) -> Bool {
    let word = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return firstPlace(of: word) != nil
  }

  fileprivate func contains(inAnyCase word: StaticString) -> Bool {
    let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard let first = word.first, count >= word.count else { return false }
    return (0...count - word.count).contains { place in
      self[place] | 0x20 == first
        && word.indices.allSatisfy { self[place + $0] | 0x20 == word[$0] }
    }
  }

  /// Whether the bytes of a text are at a place.
  package func holds(_ text: StaticString, at place: Int) -> Bool {
    holds(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), at: place)
  }

  fileprivate func holds(_ word: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    guard place >= 0, place + word.count <= count, let start = baseAddress,
      let text = word.baseAddress
    else { return false }
    return memcmp(start + place, text, word.count) == 0
  }

  /// Where a text begins for the first time at or after a place; nil also for an empty one. A byte of it
  /// that is rare in source code is looked for, else its first one that is no small letter.
  package func firstPlace(of word: UnsafeBufferPointer<UInt8>, from place: Int = 0) -> Int? {
    if word.isEmpty { return nil }
    let pivot =
      word.firstIndex(where: Self.isRare) ?? word.firstIndex { !(0x61...0x7A).contains($0) } ?? 0
    var position = place + pivot
    while let found = firstPlace(of: word[pivot], from: position) {
      if holds(word, at: found - pivot) { return found - pivot }
      position = found + 1
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

extension Sequence where Element == UInt8 {
  /// With the capital letters of ASCII as small ones.
  package var inSmallLetters: [UInt8] { map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
}

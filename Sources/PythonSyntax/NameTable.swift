// Names into small numbers: equal spellings in one file get the same identifier.

import Glibc
import SourceText

/// A hash table over byte ranges of the source; no string is made until the file is read.
struct NameTable {
  private struct Entry {
    var start: UInt32
    var length: UInt32
    var hash: UInt32
  }

  private let source: UnsafeBufferPointer<UInt8>
  private var entries: [Entry] = []
  /// Indices into `entries`, shifted by one; 0 is an empty slot. Its size is a power of two.
  private var slots: [UInt32]
  /// Set once names were seen that collide as if by design: the hash is keyed from then on.
  private var isKeyed = false
  private static let longestProbe = 128
  /// Spellings that do not stand in the source as they are; addressed behind its end.
  private var composed: [UInt8] = []

  init(source: UnsafeBufferPointer<UInt8>) {
    self.source = source
    slots = [UInt32](repeating: 0, count: 128)
  }

  /// Eight bytes at a time; Fibonacci hashing with the halves folded.
  @inline(__always)
  private static func hash(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int
  ) -> UInt32 {
    var hash = UInt64(truncatingIfNeeded: length)
    var offset = start
    var rest = length
    while rest > 0 {
      hash = (hash ^ bytes.packed(from: offset, count: min(rest, 8))) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      offset += 8
      rest -= 8
    }
    return UInt32(truncatingIfNeeded: hash)
  }

  mutating func intern(start: Int, length: Int) -> UInt32 {
    let hash =
      isKeyed
      ? Self.keyedHash(source[start..<start + length]) : Self.hash(source, start, length)
    let mask = slots.count - 1
    var slot = Self.slot(hash, mask)
    var probes = 0
    while slots[slot] != 0 {
      let index = slots[slot] - 1
      let entry = entries[Int(index)]
      if entry.hash == hash, Int(entry.length) == length, matches(entry, source, start) {
        return index
      }
      slot = (slot + 1) & mask
      probes += 1
    }
    if probes > Self.longestProbe, !isKeyed {
      useKeyedHash()
      return intern(start: start, length: length)
    }
    return insert(
      Entry(start: UInt32(start), length: UInt32(length), hash: hash), at: slot)
  }

  /// A spelling that was put together, such as `a . b` without its spaces.
  mutating func intern(_ spelling: [UInt8]) -> UInt32 {
    let hash =
      isKeyed
      ? Self.keyedHash(spelling[...])
      : spelling.withUnsafeBufferPointer { Self.hash($0, 0, $0.count) }
    let mask = slots.count - 1
    var slot = Self.slot(hash, mask)
    while slots[slot] != 0 {
      let index = slots[slot] - 1
      let entry = entries[Int(index)]
      let isSame = spelling.withUnsafeBufferPointer { matches(entry, $0, 0) }
      if entry.hash == hash, Int(entry.length) == spelling.count, isSame { return index }
      slot = (slot + 1) & mask
    }
    let start = UInt32(source.count + composed.count)
    composed += spelling
    return insert(Entry(start: start, length: UInt32(spelling.count), hash: hash), at: slot)
  }

  /// All names in the order of their identifiers.
  func spellings() -> [String] {
    entries.map { entry in
      let start = Int(entry.start)
      let end = start + Int(entry.length)
      if start < source.count {
        return String(decoding: source[start..<end], as: UTF8.self)
      }
      let composed = composed[(start - source.count)..<(end - source.count)]
      return String(decoding: composed, as: UTF8.self)
    }
  }

  private static func slot(_ hash: UInt32, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(hash) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }

  private func matches(
    _ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> Bool {
    let length = Int(entry.length)
    guard start + length <= bytes.count else { return false }
    let other = Int(entry.start)
    if other + length <= source.count, let left = bytes.baseAddress, let right = source.baseAddress
    {
      return memcmp(left + start, right + other, length) == 0
    }
    for offset in 0..<length where bytes[start + offset] != byte(other + offset) {
      return false
    }
    return true
  }

  private func byte(_ offset: Int) -> UInt8 {
    offset < source.count ? source[offset] : composed[offset - source.count]
  }

  private mutating func insert(_ entry: Entry, at slot: Int) -> UInt32 {
    entries.append(entry)
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return UInt32(entries.count - 1)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    fillSlots()
  }

  private mutating func useKeyedHash() {
    isKeyed = true
    for index in entries.indices {
      let start = Int(entries[index].start)
      let spelling = (start..<start + Int(entries[index].length)).map(byte)
      entries[index].hash = Self.keyedHash(spelling)
    }
    slots = [UInt32](repeating: 0, count: slots.count)
    fillSlots()
  }

  /// Python code may come from strangers: a hash that they can foresee would make the time
  /// quadratic.
  private static func keyedHash(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var hasher = Hasher()
    for byte in bytes { hasher.combine(byte) }
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }

  private mutating func fillSlots() {
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = Self.slot(entry.hash, mask)
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }
}

// The names in SQL text as libpg_query prints it, and other names in their place.

import PostgresSyntax

/// What stands around a name.
enum NamePlace {
  /// Before a parenthesis.
  case call
  /// After `::`.
  case type
  case other
}

/// Replaces names outside of strings.
/// - Parameter change: given the parts of a dotted name; returns others, or nil to leave them.
func rewritingNames(
  in text: String, _ change: ([String], NamePlace) -> [String]?
) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "'") {
      let end = endOfQuoted(bytes, index)
      result += bytes[index..<end]
      index = end
      continue
    }
    guard let (path, end) = name(in: bytes, at: index) else {
      result.append(bytes[index])
      index += 1
      continue
    }
    let place: NamePlace =
      if end < bytes.count, bytes[end] == UInt8(ascii: "(") {
        .call
      } else if index > 1, bytes[index - 1] == UInt8(ascii: ":") { .type } else { .other }
    if let new = change(path, place) {
      result += new.map(quoteIdentifier).joined(separator: ".").utf8
    } else {
      result += bytes[index..<end]
    }
    index = end
  }
  return String(decoding: result, as: UTF8.self)
}

/// The dotted name that begins at a place, and where it ends; nil where none does.
private func name(in bytes: [UInt8], at start: Int) -> (path: [String], end: Int)? {
  var path: [String] = []
  var index = start
  while let (part, end) = identifier(in: bytes, at: index) {
    path.append(part)
    index = end
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."),
      identifier(in: bytes, at: index + 1) != nil
    else { break }
    index += 1
  }
  return path.isEmpty ? nil : (path, index)
}

private func identifier(in bytes: [UInt8], at start: Int) -> (name: String, end: Int)? {
  guard start < bytes.count else { return nil }
  if bytes[start] == UInt8(ascii: "\"") {
    let end = endOfQuoted(bytes, start)
    let inner = String(decoding: bytes[(start + 1)..<max(start + 1, end - 1)], as: UTF8.self)
    return (inner.replacing("\"\"", with: "\""), end)
  }
  var end = start
  while end < bytes.count, isIdentifier(bytes[end]) { end += 1 }
  return end == start ? nil : (String(decoding: bytes[start..<end], as: UTF8.self), end)
}

private func endOfQuoted(_ bytes: [UInt8], _ start: Int) -> Int {
  var end = start + 1
  while end < bytes.count {
    if bytes[end] == bytes[start] {
      if end + 1 < bytes.count, bytes[end + 1] == bytes[start] {
        end += 2
        continue
      }
      return end + 1
    }
    end += 1
  }
  return bytes.count
}

private func isIdentifier(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
    true
  default: false
  }
}

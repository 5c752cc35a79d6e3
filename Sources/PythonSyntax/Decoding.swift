// A file's bytes into UTF-8 text, by byte order mark and `coding:` line.

package import SourceText

/// What is wrong with a file as a whole: it cannot be decoded or holds a NUL byte.
package struct DecodingFailure: Error, Hashable {
  package let message: String
  /// The line of the byte that is wrong, counted from 1.
  package let line: Int
}

/// Decodes a file's bytes as Python does (Language Reference 2.1.4, PEP 263): byte order mark, the
/// `coding:` line of the first two lines, else UTF-8. Besides UTF-8 and ASCII it knows the
/// single-byte encodings of `CodePage`; a file in another one is refused.
package func decodePython(
  _ bytes: [UInt8], path: String
) throws(DecodingFailure) -> SourceFile {
  let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
  let content = hasMark ? Array(bytes.dropFirst(3)) : bytes
  let declared = declaredEncoding(content)
  let encoding = try encoding(declared)
  if hasMark, let declared, !agreesWithMark(declared.name) {
    throw DecodingFailure(
      message: "the file begins with UTF-8's byte order mark but declares '\(declared.name)'",
      line: declared.line)
  }
  switch encoding {
  case .utf8:
    if let bad = firstMalformed(content) { throw refusal(content, at: bad, of: declared?.name) }
    return SourceFile(path: path, bytes: content)
  case .ascii:
    if let bad = content.firstIndex(where: { $0 >= 0x80 || $0 == 0 }) {
      throw refusal(content, at: bad, of: "ascii")
    }
    return SourceFile(path: path, bytes: content)
  case .page(let page):
    return SourceFile(path: path, bytes: try transcode(content, page, declared?.name))
  }
}

private enum Encoding {
  case utf8
  case ascii
  case page(CodePage)
}

/// Behind a byte order mark CPython takes no alias of the name.
private func agreesWithMark(_ name: String) -> Bool {
  let name = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
  return name == "utf-8" || name.hasPrefix("utf-8-")
}

private typealias Declaration = (name: String, line: Int)

/// Names as the codecs module normalises them: case and the choice of `_` or `-` do not matter.
private func encoding(_ declaration: Declaration?) throws(DecodingFailure) -> Encoding {
  guard let declaration else { return .utf8 }
  let name = String(declaration.name.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 })
  switch name {
  case "utf-8", "utf8", "u8", "utf", "utf-8-sig", "cp65001": return .utf8
  case _ where name.hasPrefix("utf-8-"): return .utf8
  case "ascii", "us-ascii", "646": return .ascii
  case "latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1", "8859", "cp819",
    "iso-latin-1":
    return .page(.latin1)
  case _
  where name.hasPrefix("latin-1-") || name.hasPrefix("iso-8859-1-")
    || name.hasPrefix("iso-latin-1-"):
    return .page(.latin1)
  case "cp1252", "windows-1252", "1252": return .page(.windows1252)
  case "cp1250", "windows-1250", "1250": return .page(.windows1250)
  case "cp1251", "windows-1251", "1251": return .page(.windows1251)
  case "latin-2", "latin2", "l2", "iso-8859-2", "iso8859-2": return .page(.latin2)
  case "latin-9", "latin9", "l9", "iso-8859-15", "iso8859-15": return .page(.latin9)
  case "koi8-r": return .page(.koi8R)
  default:
    throw DecodingFailure(
      message: "unknown encoding '\(declaration.name)'; save the file as UTF-8",
      line: declaration.line)
  }
}

/// The `coding:` comment of the first line, or of the second if the first says nothing.
private func declaredEncoding(_ bytes: [UInt8]) -> Declaration? {
  var rest = bytes[...]
  for line in 1...2 {
    let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
    let blank = rest[..<end].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0C }
    if blank.first == UInt8(ascii: "#"), let name = encodingName(in: blank) {
      return (name, line)
    }
    guard blank.isEmpty || blank.first == UInt8(ascii: "#") else { return nil }
    rest = rest[end...].dropFirst()
    if end < bytes.endIndex, bytes[end] == 0x0D, rest.first == 0x0A { rest = rest.dropFirst() }
  }
  return nil
}

/// The name behind `coding:` or `coding=` in a comment.
private func encodingName(in comment: ArraySlice<UInt8>) -> String? {
  let keyword = Array("coding".utf8)
  var rest = comment
  while let start = rest.firstIndex(of: UInt8(ascii: "c")) {
    rest = rest[start...]
    guard rest.starts(with: keyword) else {
      rest = rest.dropFirst()
      continue
    }
    rest = rest.dropFirst(keyword.count)
    guard let sign = rest.first, sign == UInt8(ascii: ":") || sign == UInt8(ascii: "=") else {
      continue
    }
    let name = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }.prefix {
      Lexer.continuesName($0) && $0 < 0x80 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
  }
  return nil
}

private func transcode(
  _ bytes: [UInt8], _ page: CodePage, _ name: String?
) throws(DecodingFailure) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count + bytes.count / 8)
  for (offset, byte) in bytes.enumerated() {
    guard byte > 0, let scalar = page.scalar(of: byte) else {
      throw refusal(bytes, at: offset, of: name)
    }
    text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }
  return text
}

private func refusal(
  _ bytes: [UInt8], at offset: Int, of name: String?
) -> DecodingFailure {
  var line = 1
  for (index, byte) in bytes[..<offset].enumerated() {
    let isLineEnd = byte == 0x0A || (byte == 0x0D && bytes[index + 1] != 0x0A)
    if isLineEnd { line += 1 }
  }
  guard bytes[offset] != 0 else {
    return DecodingFailure(message: "line \(line) holds a NUL byte", line: line)
  }
  let byte = String(bytes[offset], radix: 16, uppercase: true)
  let advice = name == nil ? "; save the file as UTF-8 or declare its encoding" : ""
  return DecodingFailure(
    message: "line \(line) is not \(name ?? "UTF-8"): byte 0x\(byte)\(advice)", line: line)
}

/// The offset of the first byte that is not UTF-8 (Unicode, table 3-7) or is NUL.
private func firstMalformed(_ bytes: [UInt8]) -> Int? {
  bytes.withUnsafeBytes { text in
    var offset = 0
    while offset < text.count {
      while offset + 8 <= text.count {
        let word = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let hasZero = (word &- 0x0101_0101_0101_0101) & ~word
        guard (word | hasZero) & 0x8080_8080_8080_8080 == 0 else { break }
        offset += 8
      }
      guard offset < text.count else { return nil }
      let first = text[offset]
      if first > 0, first < 0x80 {
        offset += 1
        continue
      }
      guard let length = sequenceLength(UnsafeRawBufferPointer(rebasing: text[offset...])) else {
        return offset
      }
      offset += length
    }
    return nil
  }
}

/// The length of a well-formed sequence of two to four bytes at the start of a text.
private func sequenceLength(_ text: UnsafeRawBufferPointer) -> Int? {
  let first = text[0]
  let length: Int
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch first {
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF:
    length = 3
    if first == 0xE0 { second = 0xA0...0xBF }
    if first == 0xED { second = 0x80...0x9F }
  case 0xF0...0xF4:
    length = 4
    if first == 0xF0 { second = 0x90...0xBF }
    if first == 0xF4 { second = 0x80...0x8F }
  default: return nil
  }
  guard text.count >= length, second.contains(text[1]) else { return nil }
  for index in 2..<max(2, length) where text[index] & 0xC0 != 0x80 { return nil }
  return length
}

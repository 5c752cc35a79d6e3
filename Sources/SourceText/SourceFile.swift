// A file's text as UTF-8 bytes, with its lines.

internal import Glibc

/// One text that places refer to: a migration file, a configuration file or a piece of SQL.
package struct SourceFile: Sendable {
  /// The path as it is shown to a person.
  package let path: String
  /// The text in UTF-8, without a byte order mark.
  package let bytes: [UInt8]
  /// The byte offset at which each line starts; never empty.
  private let lineStarts: [UInt32]

  /// A text longer than 4 GiB cannot be addressed and is cut; readers refuse such files before.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes.count < UInt32.max ? bytes : Array(bytes.prefix(Int(UInt32.max) - 1))
    self.lineStarts = Self.lineStarts(of: self.bytes)
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  package var lineCount: Int { lineStarts.count }

  package var wholeRange: SourceRange { SourceRange(start: 0, end: UInt32(bytes.count)) }

  /// The bytes of a range; a range that reaches outside the text is cut to it.
  package func bytes(in range: SourceRange) -> ArraySlice<UInt8> {
    let end = min(Int(range.end), bytes.count)
    let start = min(Int(range.start), end)
    return bytes[start..<end]
  }

  package func text(in range: SourceRange) -> String {
    String(decoding: bytes(in: range), as: UTF8.self)
  }

  /// Line and column of a byte offset; an offset past the end is the end.
  package func position(of offset: UInt32) -> SourcePosition {
    let offset = min(Int(offset), bytes.count)
    let line = lineIndex(of: UInt32(offset))
    let start = Int(lineStarts[line])
    let scalars = bytes[start..<offset].lazy.filter { $0 & 0xC0 != 0x80 }.count
    return SourcePosition(line: line + 1, column: scalars + 1)
  }

  /// The text of a line counted from 1, without its end; empty for a line that is not there.
  package func lineText(_ line: Int) -> String {
    guard line >= 1, line <= lineStarts.count else { return "" }
    let start = Int(lineStarts[line - 1])
    var end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func lineIndex(of offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Lines end at LF, CR LF or a lone CR, as in Python (Language Reference 2.1.2).
  private static func lineStarts(of bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(bytes.count / 32 + 1)
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var index = 0
      if memchr(base, 0x0D, bytes.count) == nil {
        while let end = memchr(base + index, 0x0A, bytes.count - index) {
          index = UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1
          starts.append(UInt32(index))
        }
        return
      }
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        guard byte == 0x0A || byte == 0x0D else { continue }
        if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        starts.append(UInt32(index))
      }
    }
    return starts
  }
}

// Expressions that follow the renaming of a column, as those in PostgreSQL's catalogs do.

import PostgresSyntax
import SourceText

extension SQLExpression {
  /// The expression with another name for a column of its own table.
  func renaming(column: String, to name: String) -> SQLExpression {
    guard columns.contains(where: { $0.column == column }) else { return self }
    var copy = self
    copy.text = renamed(text, column, name)
    copy.columns = columns.map { reference in
      var reference = reference
      if reference.column == column { reference.column = name }
      return reference
    }
    copy.conjuncts = conjuncts.map { conjunct in
      switch conjunct {
      case .equals(var reference, let values):
        if reference.column == column { reference.column = name }
        return .equals(reference, values)
      case .isNull(var reference):
        if reference.column == column { reference.column = name }
        return .isNull(reference)
      case .isNotNull(var reference):
        if reference.column == column { reference.column = name }
        return .isNotNull(reference)
      case .other(let text): return .other(renamed(text, column, name))
      }
    }
    return copy
  }
}

/// Replaces an identifier in SQL text, outside of strings, where it is neither a function's name nor
/// a type's after `::`.
private func renamed(_ text: String, _ old: String, _ new: String) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  let plain = Array(old.utf8)
  let quoted = Array(quotedIdentifier(old).utf8)
  let replacement = Array(quoteIdentifier(new).utf8)
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      let end = endOfQuoted(bytes, index)
      let piece = bytes[index..<end]
      result += byte == UInt8(ascii: "\"") && piece.elementsEqual(quoted) ? replacement[...] : piece
      index = end
    } else if isIdentifier(byte) {
      var end = index
      while end < bytes.count, isIdentifier(bytes[end]) { end += 1 }
      let piece = bytes[index..<end]
      let isCall = end < bytes.count && bytes[end] == UInt8(ascii: "(")
      let isType = index > 1 && bytes[index - 1] == UInt8(ascii: ":")
      result += piece.elementsEqual(plain) && !isCall && !isType ? replacement[...] : piece
      index = end
    } else {
      result.append(byte)
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
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

/// An identifier in double quotes, inner quotes doubled (PostgreSQL manual 4.1.1).
func quotedIdentifier(_ name: String) -> String {
  "\"" + name.doubling("\"") + "\""
}

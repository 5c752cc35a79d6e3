// Dotted names of modules: their parts, told by bytes.

extension StringProtocol {
  /// What stands before the first dot, or all: `a` of `a.b.c`.
  var firstPart: SubSequence { self[..<(utf8.firstIndex(of: UInt8(ascii: ".")) ?? endIndex)] }

  /// What stands between the dots, without empty parts.
  var parts: [SubSequence] {
    var found: [SubSequence] = []
    var start = startIndex
    while let end = utf8[start...].firstIndex(of: UInt8(ascii: ".")) {
      if end > start { found.append(self[start..<end]) }
      start = utf8.index(after: end)
    }
    if start < endIndex { found.append(self[start...]) }
    return found
  }
}

extension String {
  /// The part of a dotted name after its last dot.
  var lastComponent: String {
    guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")) else { return self }
    let start = utf8.index(after: dot)
    return start < endIndex
      ? String(self[start...]) : parts.last.map(String.init) ?? self
  }
}

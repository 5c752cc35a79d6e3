// Finds where a statement's text begins and ends between the semicolons.

/// The range without white space and comments in front and white space behind.
func trimmed(_ range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int> {
  var start = range.lowerBound
  var end = range.upperBound
  while start < end {
    if unsafe isSpace(bytes[start]) {
      start += 1
    } else if let next = unsafe endOfComment(at: start, before: end, in: bytes) {
      start = next
    } else {
      break
    }
  }
  while end > start, unsafe isSpace(bytes[end - 1]) { end -= 1 }
  return start..<end
}

/// Not less than the number of tokens in a text: letters and digits in a row count as one, every
/// other character but white space as one each.
func tokenBound(_ bytes: UnsafeRawBufferPointer) -> Int {
  var count = 0
  var isInWord = false
  for index in 0..<bytes.count {
    let byte = unsafe bytes[index]
    let isWord =
      byte >= 0x80 || byte == 0x5F || (0x30...0x39).contains(byte)
      || (0x61...0x7A).contains(byte | 0x20)
    if isWord ? !isInWord : !isSpace(byte) { count &+= 1 }
    isInWord = isWord
  }
  return count
}

/// The white space of PostgreSQL's scanner (scan.l).
private func isSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || (0x09...0x0D).contains(byte)
}

/// Where the comment that starts at `start` ends, nil if none starts there. Block comments nest
/// (manual 4.1.5).
private func endOfComment(
  at start: Int, before end: Int, in bytes: UnsafeRawBufferPointer
) -> Int? {
  guard start + 1 < end else { return nil }
  switch unsafe (bytes[start], bytes[start + 1]) {
  case (UInt8(ascii: "-"), UInt8(ascii: "-")):
    var index = start
    while index < end, unsafe bytes[index] != 0x0A, unsafe bytes[index] != 0x0D {
      index += 1
    }
    return index
  case (UInt8(ascii: "/"), UInt8(ascii: "*")):
    return unsafe endOfBlockComment(at: start, before: end, in: bytes)
  default:
    return nil
  }
}

private func endOfBlockComment(
  at start: Int, before end: Int, in bytes: UnsafeRawBufferPointer
) -> Int {
  var depth = 0
  var index = start
  while index + 1 < end {
    switch unsafe (bytes[index], bytes[index + 1]) {
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      depth += 1
      index += 2
    case (UInt8(ascii: "*"), UInt8(ascii: "/")):
      depth -= 1
      index += 2
      if depth == 0 { return index }
    default:
      index += 1
    }
  }
  return end
}

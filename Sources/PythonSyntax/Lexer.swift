// A file's bytes into tokens: lines, indentation and brackets (Language Reference, chapter 2).

import SourceText

/// What the lexer made of a file.
struct LexedText: ~Copyable {
  var tokens: [Token]
  var issues: [Lexer.Issue]
  var names: NameTable
  /// Comments that speak to the program, from `#` to the end of the line.
  var directives: [SourceRange]
  /// The most tokens in one logical line.
  var longestLine: Int
}

/// Reads a whole file into `tokens` in one pass. What no token can begin with becomes an `error`
/// token that points at an issue, and reading goes on behind it.
struct Lexer: ~Copyable {
  struct Issue {
    var range: SourceRange
    var message: String
    /// A bracket without its end explains whatever else is odd in its line.
    var isUnclosedBracket = false
  }

  struct Indent {
    /// The column with tab stops of eight.
    var column: Int
    /// The column with tabs of width one: both must agree on what is deeper (PEP 8, `TabError`).
    var alternate: Int
  }

  struct Bracket {
    var kind: TokenKind
    var token: Int
  }

  /// The bound of CPython's tokenizer (`MAXLEVEL`).
  static let maximumBrackets = 200

  let bytes: UnsafeBufferPointer<UInt8>
  let count: Int
  var position = 0
  var tokens: [Token] = []
  var issues: [Issue] = []
  var names: NameTable
  var brackets: [Bracket] = []
  var indents: [Indent] = []
  var currentIndent = Indent(column: 0, alternate: 0)
  /// The f-strings and t-strings around the current position.
  var formatted: [FormattedMode] = []
  /// Quotes of which a triple-quoted string was found to have no end; see `unterminated`.
  var unterminatedQuotes: (single: Bool, double: Bool) = (false, false)
  /// The first token of the current logical line.
  var lineToken = 0
  /// The most tokens in one logical line.
  var longestLine = 0
  /// Comments that begin with `backout:`.
  private var directives: [SourceRange] = []

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    count = bytes.count
    names = NameTable(source: bytes)
    tokens.reserveCapacity(count / 4 + 16)
  }

  /// The byte at an offset; 0 at the end of the text.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    offset < count ? bytes[offset] : 0
  }

  @inline(__always)
  mutating func add(_ kind: TokenKind, from start: Int, value: UInt32 = 0) {
    tokens.append(
      Token(start: UInt32(start), end: UInt32(position), value: value, kind: kind))
  }

  mutating func addIssue(
    _ message: String, _ range: Range<Int>, kind: TokenKind = .error
  ) {
    let place = SourceRange(start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
    let last = max(tokens.last?.end ?? 0, place.start)
    tokens.append(
      Token(
        start: last, end: max(last, place.end), value: UInt32(issues.count), kind: kind))
    issues.append(Issue(range: place, message: message))
  }

  mutating func run() {
    beginLine()
    repeat {
      while position < count {
        if let mode = formatted.last, mode.isInText {
          formattedText()
        } else {
          token()
        }
      }
    } while abandonFormatted() && forgetDirectives()
    if !brackets.isEmpty { closeBrackets() }
    endLine()
    closeIndents(to: -1)
    add(.endOfFile, from: position)
  }

  consuming func finish() -> LexedText {
    LexedText(
      tokens: tokens, issues: issues, names: names, directives: directives,
      longestLine: longestLine)
  }

  /// What is read again may not be comments the next time.
  private mutating func forgetDirectives() -> Bool {
    directives.removeAll { $0.start >= position }
    return true
  }

  private mutating func comment() {
    let start = position
    skipToLineEnd()
    var text = start + 1
    while text < position, bytes[text] == 0x20 || bytes[text] == 0x09 { text += 1 }
    guard text < position, bytes[text] == UInt8(ascii: "b"),
      bytes[text..<position].starts(with: "backout:".utf8)
    else { return }
    directives.append(SourceRange(start: UInt32(start), end: UInt32(position)))
  }

  /// Skips what separates tokens and reads one token, or ends the line.
  @inline(__always)
  private mutating func token() {
    let start = position
    let first = bytes[start]
    switch first {
    case 0x20, 0x09, 0x0C:
      position += 1
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      word()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      number()
    case 0x0A, 0x0D:
      if brackets.isEmpty {
        endLine()
        skipNewline()
        beginLine()
      } else {
        skipNewline()
        closeBracketsBeforeStatement()
      }
    case UInt8(ascii: "#"):
      comment()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      stringLiteral(prefixLength: 0)
    case UInt8(ascii: "\\"):
      lineContinuation()
    case 0x80...:
      wideName()
    default:
      symbol(first)
    }
  }

  mutating func skipNewline() {
    if byte(at: position) == 0x0D, byte(at: position + 1) == 0x0A { position += 1 }
    position += 1
  }

  mutating func skipToLineEnd() {
    while let block = bytes.block(at: position) {
      let ends = block.marks(of: 0x0A) | block.marks(of: 0x0D)
      if ends != 0 {
        position += ends.firstMark
        return
      }
      position += 8
    }
    while position < count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
  }

  @inline(__always)
  private mutating func skipSpaces() {
    while let block = bytes.block(at: position) {
      let others = block ^ UInt64(eightTimes: 0x20)
      if others != 0 {
        position += others.firstMark
        return
      }
      position += 8
    }
    while position < count, bytes[position] == 0x20 { position += 1 }
  }

  private mutating func endLine() {
    guard tokens.count > lineToken else { return }
    longestLine = max(longestLine, tokens.count - lineToken)
    add(.newline, from: position)
    lineToken = tokens.count
  }

  private mutating func lineContinuation() {
    let start = position
    position += 1
    let next = byte(at: position)
    if position < count, next == 0x0A || next == 0x0D {
      skipNewline()
      if position >= count { reportEndBehindBackslash() }
    } else {
      addIssue("unexpected character after the line continuation '\\'", start..<start + 1)
      skipToLineEnd()
    }
  }

  private mutating func reportEndBehindBackslash() {
    addIssue("the file ends behind the line continuation '\\'", position..<position)
  }

  /// Measures the indentation of the next line that is not blank and adds what it opens or closes.
  private mutating func beginLine() {
    while true {
      let indent = measureIndent()
      let next = byte(at: position)
      if next == UInt8(ascii: "#") { comment() }
      guard position < count else { return }
      if bytes[position] == 0x0A || bytes[position] == 0x0D {
        skipNewline()
      } else {
        indentation(indent)
        lineToken = tokens.count
        return
      }
    }
  }

  private mutating func measureIndent() -> Indent {
    let start = position
    skipSpaces()
    var indent = Indent(column: position - start, alternate: position - start)
    var continued: Indent?
    while position < count {
      switch bytes[position] {
      case 0x20:
        indent.column += 1
        indent.alternate += 1
      case 0x09:
        indent.column = (indent.column / 8 + 1) * 8
        indent.alternate += 1
      case 0x0C:
        indent = Indent(column: 0, alternate: 0)
      case UInt8(ascii: "\\"):
        let next = byte(at: position + 1)
        guard next == 0x0A || next == 0x0D else { return continued ?? indent }
        if indent.column > 0, continued == nil { continued = indent }
        position += 1
        skipNewline()
        if position >= count { reportEndBehindBackslash() }
        continue
      default: return continued ?? indent
      }
      position += 1
    }
    return continued ?? indent
  }

  private mutating func indentation(_ indent: Indent) {
    if indent.column == currentIndent.column {
      if indent.alternate != currentIndent.alternate { reportTabs() }
    } else if indent.column > currentIndent.column {
      let isAmbiguous = indent.alternate <= currentIndent.alternate
      indents.append(currentIndent)
      currentIndent = indent
      add(.indent, from: position)
      if isAmbiguous { reportTabs() }
    } else {
      closeIndents(to: indent.column)
      if indent.column != currentIndent.column {
        addIssue(
          "the indentation matches no enclosing block", position..<position,
          kind: .layoutError)
      } else if indent.alternate != currentIndent.alternate {
        reportTabs()
      }
    }
  }

  private mutating func reportTabs() {
    addIssue(
      "tabs and spaces are mixed so that the indentation is ambiguous", position..<position,
      kind: .layoutError)
  }

  private mutating func closeIndents(to column: Int) {
    while currentIndent.column > column, let outer = indents.popLast() {
      currentIndent = outer
      add(.dedent, from: position)
    }
  }

  mutating func openBracket(_ kind: TokenKind, from start: Int) {
    brackets.append(Bracket(kind: kind, token: tokens.count))
    add(kind, from: start)
  }

  mutating func closeBracket(_ kind: TokenKind, from start: Int) {
    if let open = brackets.popLast() { tokens[open.token].value = UInt32(tokens.count) }
    add(kind, from: start)
  }

  /// A keyword at the start of a line that no bracket may hold shows that the bracket was never
  /// closed; reading goes on with a fresh line there, so that the damage ends.
  private mutating func closeBracketsBeforeStatement() {
    let start = position
    skipSpaces()
    while position < count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    var word: UInt64 = 0
    let offset = position
    var end = offset
    while end < count, end - offset < 8, bytes[end] | 0x20 >= 0x61, bytes[end] | 0x20 <= 0x7A {
      word = word << 8 | UInt64(bytes[end])
      end += 1
    }
    guard !Self.continuesName(byte(at: end)) else { return }
    guard let keyword = TokenKind.keyword(word), keyword.startsOnlyStatements else { return }
    position = start
    closeBrackets()
    formatted.removeAll()
    endLine()
    beginLine()
  }

  private mutating func closeBrackets() {
    guard let innermost = brackets.last else { return }
    let open = tokens[innermost.token]
    let spelling = String(decoding: bytes[Int(open.start)..<Int(open.end)], as: UTF8.self)
    addIssue("'\(spelling)' was never closed", Int(open.start)..<Int(open.end))
    issues[issues.count - 1].isUnclosedBracket = true
    brackets.removeAll()
  }

  @inline(__always)
  static func continuesName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
      || (byte >= 0x30 && byte <= 0x39)
  }
}

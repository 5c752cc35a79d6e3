// Tokens into the syntax tree: the parser's state, its errors and how it goes on behind them.

import SourceText

/// A recursive-descent parser (Language Reference, chapters 6 to 8). An error moves to the end of
/// the logical line and marks the statement as damaged; every function then returns at once,
/// because nothing it could read stands there.
struct Parser: ~Copyable {
  /// The bound of nested expressions, patterns and blocks; see `parsePython`.
  static let maximumDepth = 150

  let bytes: UnsafeBufferPointer<UInt8>
  let tokens: UnsafeBufferPointer<Token>
  let issues: [Lexer.Issue]
  var names: NameTable
  var module: SyntaxTree
  var scratch = Scratch()
  /// The current token, and its kind.
  var index = 0
  var kind: TokenKind
  /// The end of the last token that was read, line ends and indentation aside.
  var previousEnd: UInt32 = 0
  /// The current statement is damaged.
  var failed = false
  /// The last statement that was read is damaged, so an `else` behind it is no news.
  var lastWasDamaged = false
  var depth = 0
  /// The line whose end was looked up last: a run of tokens.
  var knownLine = 0..<0

  init(
    source: SourceFile, bytes: UnsafeBufferPointer<UInt8>, tokens: UnsafeBufferPointer<Token>,
    issues: [Lexer.Issue], names: consuming NameTable
  ) {
    self.bytes = bytes
    self.tokens = tokens
    self.issues = issues
    self.names = names
    module = SyntaxTree(source: source)
    kind = tokens[0].kind
    module.expressions.reserveCapacity(tokens.count / 2)
    module.expressionRanges.reserveCapacity(tokens.count / 2)
  }

  /// `longestLine` is the number of tokens in the longest logical line, which no expression of it
  /// can exceed in height.
  consuming func finish(longestLine: Int) -> PythonModule {
    if longestLine >= SyntaxTree.maximumHeight { module.limitHeights() }
    module.names = names.spellings()
    return PythonModule(module)
  }

  // These are `mutating` because a debug build copies the whole parser onto the stack for a
  // getter that is not, which would multiply the stack that nested source needs.

  var token: Token {
    @inline(__always) mutating get { tokens[index] }
  }

  var tokenStart: UInt32 {
    @inline(__always) mutating get { tokens[index].start }
  }

  /// The kind of the token behind the current one.
  var nextKind: TokenKind {
    @inline(__always) mutating get {
      index + 1 < tokens.count ? tokens[index + 1].kind : .endOfFile
    }
  }

  mutating func node(_ id: ExpressionID) -> Expression { module.expressions[Int(id.index)] }

  mutating func range(of id: ExpressionID) -> SourceRange {
    module.expressionRanges[Int(id.index)]
  }

  /// Moves behind the current token. Nothing moves over the end of a line in this way, so that a
  /// function which failed may go on without harm.
  @inline(__always)
  mutating func advance() {
    guard kind != .newline else { return }
    previousEnd = tokens[index].end
    advanceLayout()
  }

  /// Moves over a line end, an indent or a dedent, which end no node.
  @inline(__always)
  mutating func advanceLayout() {
    if index + 1 < tokens.count { index += 1 }
    kind = tokens[index].kind
  }

  @inline(__always)
  mutating func accept(_ expected: TokenKind) -> Bool {
    guard kind == expected else { return false }
    advance()
    return true
  }

  mutating func expect(_ expected: TokenKind, _ spelling: StaticString) {
    if kind == expected {
      advance()
    } else {
      fail("expected \(spelling)")
    }
  }

  mutating func identifier() -> Identifier {
    guard kind == .name else {
      fail("expected a name")
      return Identifier(index: names.intern([]))
    }
    let name = Identifier(index: token.value)
    advance()
    return name
  }

  mutating func spells(_ word: StaticString, at index: Int) -> Bool {
    let token = tokens[index]
    let length = Int(token.end - token.start)
    guard token.kind == .name, length == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { spelling in
      (0..<length).allSatisfy { spelling[$0] == bytes[Int(token.start) + $0] }
    }
  }

  @inline(__always)
  mutating func add(_ expression: Expression, from start: UInt32) -> ExpressionID {
    add(expression, SourceRange(start: start, end: previousEnd))
  }

  @inline(__always)
  mutating func add(_ expression: Expression, _ range: SourceRange) -> ExpressionID {
    module.expressions.append(expression)
    module.expressionRanges.append(range)
    return ExpressionID(index: UInt32(truncatingIfNeeded: module.expressions.count &- 1))
  }

  // Errors

  mutating func damaged() -> ExpressionID {
    add(.damaged, SourceRange(start: tokenStart, end: tokenStart))
  }

  /// The statement cannot be read on from the current token.
  mutating func fail(_ message: String) {
    guard !failed else { return }
    let place = SourceRange(start: token.start, end: token.end)
    if kind == .error {
      let issue = issues[Int(token.value)]
      fail(at: issue.range, issue.message)
    } else {
      fail(at: place, message)
    }
  }

  mutating func fail(at place: SourceRange, _ message: String) {
    guard !failed else { return }
    failed = true
    let bracket = skipToLineEnd()
    report(bracket?.message ?? message, bracket?.range ?? place)
  }

  /// The statement is damaged because something is missing before the current one.
  mutating func failBefore(_ message: String) {
    guard !failed else { return }
    failed = true
    report(message, SourceRange(start: previousEnd, end: previousEnd))
  }

  mutating func report(_ message: String, _ place: SourceRange) {
    module.report(message, place)
  }

  /// Moves to the end of the logical line; returns the bracket without end that was met.
  mutating func skipToLineEnd() -> Lexer.Issue? {
    var bracket: Lexer.Issue?
    while kind != .newline, kind != .endOfFile {
      if kind == .error, issues[Int(token.value)].isUnclosedBracket {
        bracket = bracket ?? issues[Int(token.value)]
      }
      advance()
    }
    return bracket
  }

  /// One more level of nesting; false, with a diagnostic, if that is too deep. Each success is
  /// paired with `leave`.
  mutating func enter() -> Bool {
    guard depth < Self.maximumDepth else {
      fail("nested too deeply: more than \(Self.maximumDepth) levels")
      return false
    }
    depth += 1
    return true
  }

  mutating func leave() { depth -= 1 }

  /// The token index of the end of the current logical line; the search is done once a line.
  mutating func lineEnd() -> Int {
    if knownLine.contains(index) { return knownLine.upperBound }
    var end = index
    while tokens[end].kind != .newline, tokens[end].kind != .endOfFile { end += 1 }
    knownLine = index..<end
    return end
  }
}

/// Elements of lists that are not complete yet; a list takes its own from the top.
struct Scratch {
  var expressions: [ExpressionID] = []
  var statements: [StatementID] = []
  var patterns: [PatternID] = []
  var identifiers: [Identifier] = []
  var arguments: [Argument] = []
  var comparisons: [Comparison] = []
  var dictionaryItems: [DictionaryItem] = []
  var comprehensionClauses: [ComprehensionClause] = []
  var formattedParts: [FormattedPart] = []
  var formattedPlaces: [FormattedPlace] = []
  var withItems: [WithItem] = []
  var handlers: [ExceptionHandler] = []
  var parameters: [Parameter] = []
  var matchCases: [MatchCase] = []
  var mappingPatternItems: [MappingPatternItem] = []
  var keywordPatterns: [KeywordPattern] = []
  var stringPieces: [StringPiece] = []
}

extension Array {
  /// Moves the elements from `mark` on to the end of a side array.
  @inline(__always)
  mutating func move(from mark: Int, to list: inout [Element]) -> NodeList<Element> {
    let result = NodeList<Element>(start: UInt32(list.count), count: UInt32(count - mark))
    list.append(contentsOf: self[mark...])
    removeLast(count - mark)
    return result
  }
}

// SQL text into statements: the entry points.

internal import CPGQuery
package import SourceText

/// Why a text could not be parsed, in PostgreSQL's words, and where.
package struct SyntaxError: Error, Hashable, Sendable {
  package var message: String
  /// In bytes from the start of the text; nil where no place is known.
  package var offset: UInt32?
}

extension SyntaxError {
  fileprivate static let tooLong = SyntaxError(
    message: "the text is too long to be analysed", offset: nil)
}

/// All the statements of a text or the reason why there are none: PostgreSQL too refuses a text
/// as a whole when one statement in it does not parse.
package typealias ParseOutcome = Result<[ParsedStatement], SyntaxError>

/// Parses a text of any number of statements with the grammar of PostgreSQL 15. A text that is too
/// long or nested too deep to be parsed safely is refused with an error that says so.
///
/// For many texts `parseStatements(inAll:)` is quicker: each call here starts a thread.
package func parseStatements(_ sql: String) -> ParseOutcome {
  parseStatements(inAll: [sql])[0]
}

/// Parses many texts, on two threads if there are enough of them; the outcomes are in the order of
/// the texts.
package func parseStatements(inAll texts: [String]) -> [ParseOutcome] {
  let half = texts.count >= 64 ? texts.count / 2 : texts.count
  let bodies = [0..<half, half..<texts.count].filter { !$0.isEmpty }.map { range in
    { @Sendable () -> [ParseOutcome] in texts[range].map(parseOnThisThread) }
  }
  let results = ParserThread.run(bodies)
  let noThread = SyntaxError(message: "no thread could be started to parse on", offset: nil)
  if results.contains(where: { $0 == nil }) { return texts.map { _ in .failure(noThread) } }
  return results.flatMap { $0 ?? [] }
}

/// The ranges of the statements of a text, from the first token to the last without the semicolon,
/// split as psql splits: found by the scanner, so also in a text that does not parse.
package func scanStatements(_ sql: String) -> Result<[SourceRange], SyntaxError> {
  withCText(sql) { text throws(SyntaxError) in
    try scan(text).map { SourceRange(start: UInt32($0.start), end: UInt32($0.end)) }
  }
}

/// As `parseStatements`, without a thread of its own: the caller's stack must have at least 32 MB.
package func parseOnThisThread(_ sql: String) -> ParseOutcome {
  withCText(sql) { text throws(SyntaxError) in
    try eachTree(of: text) { tree, part in
      let translator = Translator()
      return unsafe tree.withStatements { statements in
        unsafe statements.compactMap { statement -> ParsedStatement? in
          guard let statement = unsafe statement else { return nil }
          return unsafe translator.parsedStatement(statement, in: part)
        }
      }
    }
  }
}

/// What the statements of a text use by name, in their order; nothing of a text that does not parse. As
/// `parseOnThisThread` in what it needs of the stack.
func collectNames(_ sql: String) -> [NameCollector] {
  let found: Result<[NameCollector], SyntaxError> = withCText(sql) { text throws(SyntaxError) in
    try eachTree(of: text) { tree, _ in
      unsafe tree.withStatements { statements in
        unsafe statements.compactMap { statement -> NameCollector? in
          guard let statement = unsafe statement else { return nil }
          let collector = NameCollector()
          unsafe collector.collect(statement.pointee.stmt)
          return collector
        }
      }
    }
  }
  return (try? found.get()) ?? []
}

/// Reads the trees of a text: one for all, or of a long text one for each statement.
private func eachTree<Value>(
  of text: CText, _ read: (borrowing ParseTree, CText) -> [Value]
) throws(SyntaxError) -> [Value] {
  guard text.count > StatementBounds.harmlessBytes else { return try parse(text, read) }
  let statements = try scan(text)
  for statement in statements { try check(statement) }
  let tokens = statements.reduce(0) { $0 &+ $1.tokens }
  guard tokens > StatementBounds.tokensAtOnce else { return try parse(text, read) }
  var parsed: [Value] = []
  for statement in statements { parsed += try parse(statement, of: text, read) }
  return parsed
}

private func check(_ statement: ScannedStatement) throws(SyntaxError) {
  if let place = statement.tooDeepAt {
    throw SyntaxError(
      message: "the statement nests too deep to be analysed", offset: UInt32(place))
  }
  if statement.tokens > StatementBounds.maximumTokens {
    throw SyntaxError(
      message: "the statement is too long to be analysed", offset: UInt32(statement.start))
  }
}

/// UTF-8 that ends in a NUL, which `count` leaves out.
@safe private struct CText {
  var start: UnsafePointer<CChar>
  var count: Int
  /// Where the text starts in the text that was given.
  var base = 0

  /// Turns PostgreSQL's count of characters into bytes.
  func syntaxError(_ error: ParserError) -> SyntaxError {
    guard let characters = error.characterOffset else {
      return SyntaxError(message: error.message, offset: nil)
    }
    var offset = 0
    var remaining = characters
    while offset < count {
      let startsCharacter = unsafe UInt8(bitPattern: start[offset]) & 0xC0 != 0x80
      if startsCharacter {
        if remaining == 0 { break }
        remaining &-= 1
      }
      offset &+= 1
    }
    return SyntaxError(message: error.message, offset: UInt32(clamping: base &+ offset))
  }
}

private func withCText<Value>(
  _ sql: String, _ body: (CText) throws(SyntaxError) -> Value
) -> Result<Value, SyntaxError> {
  let count = sql.utf8.count
  guard count <= StatementBounds.maximumBytes else {
    return .failure(.tooLong)
  }
  if let offset = StatementBounds.excessiveOperators(in: sql.utf8) {
    return .failure(
      SyntaxError(
        message: "the text has too many operator characters in a row to be analysed",
        offset: UInt32(offset)))
  }
  if sql.contains(byte: 0), let place = sql.utf8.firstIndex(of: 0) {
    let offset = sql.utf8.distance(from: sql.utf8.startIndex, to: place)
    return .failure(SyntaxError(message: "the text has a NUL character", offset: UInt32(offset)))
  }
  return unsafe sql.withCString { start in
    do throws(SyntaxError) {
      return .success(unsafe try body(CText(start: start, count: count)))
    } catch {
      return .failure(error)
    }
  }
}

private func scan(_ text: CText) throws(SyntaxError) -> [ScannedStatement] {
  let bytes = unsafe UnsafeRawBufferPointer(start: text.start, count: text.count)
  guard unsafe tokenBound(bytes) <= StatementBounds.maximumScannedTokens else { throw .tooLong }
  do throws(ParserError) {
    return StatementScanner.scan(unsafe try TokenList(text.start))
  } catch {
    throw text.syntaxError(error)
  }
}

/// Parses one statement by itself, so that the trees of a long text are not all there at once.
private func parse<Value>(
  _ statement: ScannedStatement, of text: CText,
  _ read: (borrowing ParseTree, CText) -> [Value]
) throws(SyntaxError) -> [Value] {
  let start = max(0, min(statement.start, text.count))
  let end = max(start, min(statement.end, text.count))
  let bytes = unsafe UnsafeBufferPointer(start: text.start + start, count: end - start) + [0]
  let result = unsafe bytes.withUnsafeBufferPointer { bytes -> Result<[Value], SyntaxError> in
    guard let copy = bytes.baseAddress else { return .success([]) }
    do throws(SyntaxError) {
      return .success(
        unsafe try parse(CText(start: copy, count: end - start, base: text.base + start), read))
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}

private func parse<Value>(
  _ text: CText, _ read: (borrowing ParseTree, CText) -> [Value]
) throws(SyntaxError) -> [Value] {
  let tree: ParseTree
  do throws(ParserError) {
    tree = unsafe try ParseTree(text.start)
  } catch {
    throw text.syntaxError(error)
  }
  return read(tree, text)
}

extension Translator {
  fileprivate func parsedStatement(
    _ raw: UnsafeMutablePointer<PgQuery__RawStmt>, in text: CText
  ) -> ParsedStatement {
    let bytes = unsafe UnsafeRawBufferPointer(start: text.start, count: text.count)
    let start = unsafe max(0, min(Int(raw.pointee.stmt_location), bytes.count))
    let length = unsafe Int(raw.pointee.stmt_len)
    let end = length > 0 ? min(start &+ length, bytes.count) : bytes.count
    let range = unsafe trimmed(start..<end, in: bytes)
    return unsafe ParsedStatement(
      statement: translate(raw.pointee.stmt),
      range: SourceRange(
        start: UInt32(text.base &+ range.lowerBound), end: UInt32(text.base &+ range.upperBound)),
      text: String(decoding: bytes[range], as: UTF8.self))
  }
}

// Owns the trees that libpg_query builds: one owner per handle, freed on every path.

internal import CPGQuery

/// The parse tree of one text as libpg_query's C structs. Parsing and reading recurse with the depth
/// of the tree: both belong on a `ParserThread`, with a text within `StatementBounds`.
@safe struct ParseTree: ~Copyable {
  private let root: UnsafeMutablePointer<PgQuery__ParseResult>
  /// Owns what `root` points to.
  private let memory = Arena()

  /// - Parameter sql: text without NUL that ends in one.
  init(_ sql: UnsafePointer<CChar>) throws(ParserError) {
    let result = unsafe pg_query_parse_protobuf(sql)
    defer { unsafe pg_query_free_protobuf_parse_result(result) }
    if let error = unsafe result.error { throw unsafe ParserError(error) }
    let packed = unsafe UnsafeRawPointer(result.parse_tree.data)?
      .assumingMemoryBound(to: UInt8.self)
    let unpacked = unsafe memory.withAllocator { allocator in
      unsafe pg_query__parse_result__unpack(allocator, result.parse_tree.len, packed)
    }
    guard let root = unsafe unpacked else {
      throw ParserError(message: "out of memory", characterOffset: nil)
    }
    unsafe self.root = root
  }

  /// Lends the statements; no pointer may outlive the closure.
  borrowing func withStatements<Result>(
    _ body: (UnsafeBufferPointer<UnsafeMutablePointer<PgQuery__RawStmt>?>) -> Result
  ) -> Result {
    unsafe body(UnsafeBufferPointer(start: root.pointee.stmts, count: root.pointee.n_stmts))
  }
}

/// The tokens of one text.
@safe struct TokenList: ~Copyable {
  private let root: UnsafeMutablePointer<PgQuery__ScanResult>
  /// Owns what `root` points to.
  private let memory = Arena()

  /// - Parameter sql: text without NUL that ends in one.
  init(_ sql: UnsafePointer<CChar>) throws(ParserError) {
    let result = unsafe pg_query_scan(sql)
    defer { unsafe pg_query_free_scan_result(result) }
    if let error = unsafe result.error { throw unsafe ParserError(error) }
    let packed = unsafe UnsafeRawPointer(result.pbuf.data)?.assumingMemoryBound(to: UInt8.self)
    let unpacked = unsafe memory.withAllocator { allocator in
      unsafe pg_query__scan_result__unpack(allocator, result.pbuf.len, packed)
    }
    guard let root = unsafe unpacked else {
      throw ParserError(message: "out of memory", characterOffset: nil)
    }
    unsafe self.root = root
  }

  var count: Int { unsafe root.pointee.n_tokens }

  /// Nil outside 0..<count.
  subscript(index: Int) -> Token? {
    guard index >= 0, index < count, let token = unsafe root.pointee.tokens[index]
    else { return nil }
    return unsafe Token(
      start: Int(token.pointee.start), end: Int(token.pointee.end), kind: token.pointee.token,
      keyword: token.pointee.keyword_kind)
  }

  struct Token {
    /// In bytes.
    var start: Int
    var end: Int
    var kind: PgQuery__Token
    var keyword: PgQuery__KeywordKind
  }
}

/// What libpg_query says about a text that it refuses.
struct ParserError: Error {
  var message: String
  /// Counted from 0, in characters, as PostgreSQL counts; nil where no place is known.
  var characterOffset: Int?

  init(message: String, characterOffset: Int?) {
    self.message = message
    self.characterOffset = characterOffset
  }

  init(_ error: UnsafeMutablePointer<PgQueryError>) {
    message = unsafe error.pointee.message.map { unsafe String(cString: $0) } ?? "syntax error"
    let position = unsafe Int(error.pointee.cursorpos)
    characterOffset = position > 0 ? position - 1 : nil
  }
}

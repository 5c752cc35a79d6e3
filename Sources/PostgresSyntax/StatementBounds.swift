// Decides whether a text is small enough to parse, and where it may be cut, from its tokens alone.

internal import CPGQuery

/// What libpg_query can take without exhausting the stack of a `ParserThread` or the memory.
///
/// The depth of a tree is bounded by the tokens themselves. Elements of a list are siblings, so
/// within one pair of brackets only the tokens since the last comma can nest; UNION and its like
/// nest to the left over commas and count for the whole bracket. The sum over all open brackets is
/// never less than the depth of the tree.
enum StatementBounds {
  /// Nesting that is let through. PostgreSQL's own parser gives up between 2,000 and 10,000 nested
  /// brackets ("memory exhausted"); chains such as `a + a + …` have no limit there.
  static let maximumDepth = 4_000
  /// A tree takes about 300 bytes a token in libpg_query and as much again in the C structs.
  static let maximumTokens = 400_000
  /// A longer text is parsed statement by statement, so that memory follows the longest statement.
  static let tokensAtOnce = 40_000
  static let maximumBytes = 8 << 20
  /// The scanner takes about 130 bytes a token.
  static let maximumScannedTokens = 2_000_000
  /// A text up to here cannot break a bound, because every token has a byte.
  static let harmlessBytes = maximumDepth

  /// What the scanner may look at again in rows of operator characters: some tenths of a second.
  private static let maximumRescans = 100_000_000

  /// Where a text passes that bound. PostgreSQL's scanner takes as much as it can for an operator,
  /// and gives back all but the beginning: of a row with `/*` in it all behind that, and of one that
  /// ends in `+` each `+` after a search through the rest (`operator` in its scan.l).
  static func excessiveOperators(in text: String.UTF8View) -> Int? {
    unsafe text.withContiguousStorageIfAvailable { unsafe firstExcess(in: $0) }
      ?? firstExcess(in: text)
  }

  private static func firstExcess(in text: some Sequence<UInt8>) -> Int? {
    var rescans = 0
    var row = OperatorRow()
    var offset = 0
    for byte in text {
      if isOperator(byte) {
        row.append(byte)
      } else if row.length > 0 {
        rescans += row.rescans
        row = OperatorRow()
      }
      if rescans > maximumRescans || row.rescans > maximumRescans { return offset }
      offset += 1
    }
    return nil
  }

  private static func isOperator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "~"),
      UInt8(ascii: "!"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "%"),
      UInt8(ascii: "^"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "`"),
      UInt8(ascii: "?"):
      true
    default: false
    }
  }

  /// A row of operator characters.
  private struct OperatorRow {
    private(set) var length = 0
    private var comments = 0
    private var pluses = 0
    /// Since the last `--`, at which an operator ends.
    private var sinceDashes = 0
    private var previous: UInt8 = 0
    /// Of the parts before the last `--`.
    private var finished = 0

    var rescans: Int {
      finished &+ (comments &* length) &+ pluses &* (min(sinceDashes &* sinceDashes, 1 << 40) / 4)
    }

    mutating func append(_ byte: UInt8) {
      length += 1
      sinceDashes += 1
      if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "*") { comments += 1 }
      if byte == UInt8(ascii: "+") { pluses += 1 }
      if previous == UInt8(ascii: "-"), byte == UInt8(ascii: "-") {
        finished += pluses &* (min(sinceDashes &* sinceDashes, 1 << 40) / 4)
        (pluses, sinceDashes) = (0, 0)
      }
      previous = byte
    }
  }
}

/// One statement in a text, found without parsing it.
struct ScannedStatement {
  /// In bytes, from the first token to the end of the last.
  var start: Int
  var end: Int
  var tokens = 0
  /// Not less than the depth of the statement's tree.
  var depth = 0
  /// Where `depth` passes the limit.
  var tooDeepAt: Int?
}

/// Splits tokens at the semicolons that end statements, as psql does: not those in brackets, nor
/// those between BEGIN and END of a routine's SQL body.
struct StatementScanner {
  private(set) var statements: [ScannedStatement] = []
  private var current: ScannedStatement?
  private var nesting: [Level] = [Level()]
  /// The sum of `depth` over `nesting`.
  private var depth = 0
  private var isRoutine = false
  private var beginDepth = 0

  private struct Level {
    var sinceComma = 0
    var setOperations = 0
    var depth: Int { sinceComma &+ setOperations }
  }

  static func scan(_ tokens: borrowing TokenList) -> [ScannedStatement] {
    var scanner = StatementScanner()
    for index in 0..<tokens.count {
      guard let token = tokens[index] else { continue }
      scanner.accept(token)
    }
    scanner.endStatement()
    return scanner.statements
  }

  private mutating func accept(_ token: TokenList.Token) {
    switch token.kind {
    case PG_QUERY__TOKEN__SQL_COMMENT, PG_QUERY__TOKEN__C_COMMENT:
      return
    case PG_QUERY__TOKEN__ASCII_59 where nesting.count == 1 && beginDepth == 0:
      endStatement()
      return
    default:
      break
    }
    noteRoutine(token)
    current = current ?? ScannedStatement(start: token.start, end: token.end)
    current?.end = token.end
    current?.tokens &+= 1
    nest(token)
    if depth > current?.depth ?? 0 { current?.depth = depth }
    if depth > StatementBounds.maximumDepth, current?.tooDeepAt == nil {
      current?.tooDeepAt = token.start
    }
  }

  private mutating func nest(_ token: TokenList.Token) {
    let top = nesting.count - 1
    switch token.kind {
    case PG_QUERY__TOKEN__ASCII_44, PG_QUERY__TOKEN__ASCII_59:
      depth &-= nesting[top].sinceComma
      nesting[top].sinceComma = 0
    case PG_QUERY__TOKEN__UNION, PG_QUERY__TOKEN__INTERSECT, PG_QUERY__TOKEN__EXCEPT:
      nesting[top].setOperations &+= 1
      depth &+= 1
    case PG_QUERY__TOKEN__ASCII_40, PG_QUERY__TOKEN__ASCII_91:
      nesting[top].sinceComma &+= 1
      depth &+= 1
      nesting.append(Level())
    case PG_QUERY__TOKEN__ASCII_41, PG_QUERY__TOKEN__ASCII_93:
      guard top > 0 else { break }
      depth &-= nesting.removeLast().depth
    default:
      nesting[top].sinceComma &+= 1
      depth &+= 1
    }
  }

  private mutating func noteRoutine(_ token: TokenList.Token) {
    let position = current?.tokens ?? 0
    switch token.kind {
    case PG_QUERY__TOKEN__FUNCTION, PG_QUERY__TOKEN__PROCEDURE:
      if position == 1 || position == 3 { isRoutine = true }
    case PG_QUERY__TOKEN__BEGIN_P where isRoutine && nesting.count == 1:
      beginDepth &+= 1
    case PG_QUERY__TOKEN__CASE where beginDepth > 0:
      beginDepth &+= 1
    case PG_QUERY__TOKEN__END_P where beginDepth > 0:
      beginDepth &-= 1
    default:
      break
    }
  }

  private mutating func endStatement() {
    if let current { statements.append(current) }
    current = nil
    nesting = [Level()]
    depth = 0
    isRoutine = false
    beginDepth = 0
  }
}

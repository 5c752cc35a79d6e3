// Input that is made to break the parser: each must end in statements or in one clear error.

import SourceText
import Testing

@testable import PostgresSyntax

@Suite struct HostileInputTests {
  private static func repeated(_ part: String, _ count: Int) -> String {
    String(repeating: part, count: count)
  }

  /// Chains and brackets of a depth that ends libpg_query with a segmentation fault on the stack
  /// of an ordinary thread.
  static let tooDeep: [String] = [
    "SELECT " + repeated("(", 100_000) + "1" + repeated(")", 100_000),
    "SELECT 1" + repeated("+1", 800_000),
    "SELECT a" + repeated("::x", 100_000),
    "SELECT a" + repeated(" COLLATE x", 100_000),
    "SELECT 1" + repeated(" UNION SELECT 1", 50_000),
    "SELECT 1, 2" + repeated(" EXCEPT SELECT 1, 2", 50_000),
    "SELECT " + repeated("NOT ", 100_000) + "a",
    "SELECT " + repeated("- ", 100_000) + "a",
    "SELECT " + repeated("CASE WHEN a THEN ", 50_000) + "1" + repeated(" END", 50_000),
    "SELECT " + repeated("(SELECT ", 50_000) + "1" + repeated(")", 50_000),
    "SELECT " + repeated("f(1, ", 50_000) + "1" + repeated(")", 50_000),
    "SELECT ARRAY" + repeated("[", 50_000) + repeated("]", 50_000),
    "SELECT 1 FROM t" + repeated(" CROSS JOIN t", 50_000),
    repeated("WITH x AS (", 20_000) + "SELECT 1" + repeated(") SELECT 1", 20_000),
    repeated("(", 1_000_000),
  ]

  @Test(arguments: tooDeep.indices)
  func refusesWhatNestsTooDeep(index: Int) throws {
    let error = try syntaxError(Self.tooDeep[index])
    #expect(error.message == "the statement nests too deep to be analysed")
    #expect(error.offset != nil)
  }

  /// Rows of operator characters that PostgreSQL's scanner reads again and again.
  static let operatorRows: [String] = [
    repeated("/*", 20_000) + repeated("*/", 20_000) + "SELECT 1",
    "SELECT 1 " + repeated("+", 300_000) + " 1", "SELECT 1 " + repeated("+-", 100_000) + " 1",
    repeated("SELECT 1 " + repeated("+", 700) + " 1;", 20),
  ]

  @Test(arguments: operatorRows.indices)
  func refusesLongRowsOfOperators(index: Int) throws {
    let error = try syntaxError(Self.operatorRows[index])
    #expect(error.message == "the text has too many operator characters in a row to be analysed")
    #expect(error.offset != nil)
  }

  static let harmlessRows: [String] = [
    "-- " + repeated("-", 100_000) + "\nSELECT 1", "/*" + repeated("*", 100_000) + "/ SELECT 1",
    "SELECT '" + repeated("=", 100_000) + "'",
    repeated("/* ", 1_000) + repeated("*/ ", 1_000) + "SELECT 1",
    "SELECT '" + repeated("+------+------+\n", 2_000) + "'",
  ]

  @Test(arguments: harmlessRows.indices)
  func readsRowsThatAreNoOperators(index: Int) throws {
    _ = try parseOne(Self.harmlessRows[index])
  }

  /// Just within the bound, on every path that recurses: parser, walk, printer.
  static let deepEnough: [String] = [
    "SELECT a" + repeated("+a", 1_900),
    "SELECT a" + repeated("::x", 1_900),
    "SELECT a" + repeated(" COLLATE x", 1_900),
    "SELECT 1" + repeated(" UNION SELECT 1", 1_300),
    "SELECT " + repeated("NOT ", 3_900) + "a",
    "SELECT " + repeated("- ", 3_900) + "a",
    "SELECT ARRAY" + repeated("[", 3_900) + "1" + repeated("]", 3_900),
    "SELECT " + repeated("f(", 1_900) + "1" + repeated(")", 1_900),
    "SELECT " + repeated("CASE WHEN a THEN ", 790) + "1" + repeated(" END", 790),
    "SELECT 1 FROM t" + repeated(" CROSS JOIN t", 1_300),
    "SELECT 1 FROM " + repeated("(SELECT 1 FROM ", 990) + "t" + repeated(") x", 990),
    repeated("WITH x AS (", 990) + "SELECT 1" + repeated(") SELECT 1", 990),
    "DELETE FROM t WHERE a" + repeated(" AND a", 1_900),
    "CREATE TABLE t (a int CHECK (a" + repeated(" + a", 1_900) + " > 0))",
    "CREATE VIEW v AS SELECT " + repeated("(SELECT ", 990) + "1" + repeated(")", 990),
  ]

  @Test(arguments: deepEnough.indices)
  func readsWhatIsDeepButWithinTheBound(index: Int) throws {
    let statement = try parseOne(Self.deepEnough[index])
    if case .other(let tag) = statement { Issue.record("not understood: \(tag)") }
  }

  @Test func flatTextsMayBeLong() throws {
    let rows = Self.repeated(", (1, 'abc', now())", 19_999)
    guard case .insert(let insert) = try parseOne("INSERT INTO t VALUES (1, 'abc', now())" + rows)
    else { return try #require(nil) }
    #expect(insert.rowCount == 20_000)
    #expect(try parseStatements(Self.repeated("SELECT 1;", 20_000)).get().count == 20_000)
  }

  @Test func hugeLiteralsAreRead() throws {
    let text = Self.repeated("x", 4_000_000)
    guard case .insert(let insert) = try parseOne("INSERT INTO t VALUES ('" + text + "')") else {
      return try #require(nil)
    }
    #expect(insert.source == .values([[.constant(.string(text))]]))
  }

  @Test func longTextsAreRefused() throws {
    let long = try syntaxError("SELECT '" + Self.repeated("x", 9 << 20) + "'")
    #expect(long.message == "the text is too long to be analysed")
    #expect(try syntaxError(Self.repeated(";", 4_000_000)) == long)
    let many = try syntaxError("INSERT INTO t VALUES (1)" + Self.repeated(",(1)", 150_000))
    #expect(many.message == "the statement is too long to be analysed")
  }

  @Test func nulIsRefusedWithItsPlace() throws {
    let error = try syntaxError("SELECT 'é\0'")
    #expect(error.message == "the text has a NUL character")
    #expect(error.offset == 10)
  }

  @Test(arguments: [
    "SELECT 'abc", "SELECT \"abc", "SELECT 1 /* abc", "SELECT /* /* */ 1", "SELECT $$abc",
    "SELECT $a$ $b$", "SELECT E'\\", "SELECT U&'\\00'", "SELECT B'12", "SELECT X'", "DO $$ BEGIN",
    "SELECT (", "SELECT )", "CREATE TABLE", "\u{FFFD}", "SELECT 1 +", "SELECT 'a' 'b'", "%s",
    "SELECT :name", "SELECT {x}", "\\d", "'", "\"\"", "SELECT \"\"",
    "SELECT 1e", "SELECT U&\"\\D800\"", "CREATE TABLE t (a int DEFAULT)", "\u{202E}",
    "SELECT 'x' \u{0}",
  ])
  func damagedTextEndsInAnError(sql: String) throws {
    let error = try syntaxError(sql)
    #expect(!error.message.isEmpty)
    if let offset = error.offset { #expect(Int(offset) <= sql.utf8.count) }
  }

  @Test func repairedUTF8IsReadLikeAnyText() throws {
    let text = String(
      decoding: [0x53, 0x45, 0x4C, 0x45, 0x43, 0x54, 0x20, 0x27, 0xFF, 0x27], as: UTF8.self)
    guard case .select(let query) = try parseOne(text) else { return try #require(nil) }
    #expect(query.text == "SELECT '\u{FFFD}'")
  }

  /// Every text that is cut short, or has a byte replaced, ends in an outcome with places inside.
  @Test func anyDamageHasAnOutcome() throws {
    let sql = """
      WITH d AS (DELETE FROM s."T" WHERE id IN (1, 2) RETURNING *) INSERT INTO a (b, c) \
      SELECT CASE WHEN x THEN 'é' ELSE $$q$$ END, y::numeric(10, 2)[] FROM d /* c */ LEFT JOIN e \
      USING (id) ON CONFLICT (b) DO UPDATE SET c = excluded.c WHERE a.c IS NULL; -- end
      CREATE TABLE p (id bigint GENERATED ALWAYS AS IDENTITY, EXCLUDE USING gist (r WITH &&))
      """
    let bytes = Array(sql.utf8)
    var texts = bytes.indices.map { String(decoding: bytes[..<$0], as: UTF8.self) }
    for index in bytes.indices {
      for byte in [
        UInt8(ascii: "("), UInt8(ascii: "'"), UInt8(ascii: ";"), UInt8(ascii: "$"), 0x20,
      ] {
        var damaged = bytes
        damaged[index] = byte
        texts.append(String(decoding: damaged, as: UTF8.self))
      }
    }
    let outcomes = parseStatements(inAll: texts)
    #expect(outcomes.count == texts.count)
    for (text, outcome) in zip(texts, outcomes) {
      switch outcome {
      case .failure(let error): #expect(Int(error.offset ?? 0) <= text.utf8.count)
      case .success(let statements):
        var end: UInt32 = 0
        for statement in statements {
          #expect(statement.range.start >= end && statement.range.end >= statement.range.start)
          #expect(Array(statement.text.utf8).count == statement.range.end - statement.range.start)
          end = statement.range.end
        }
        #expect(Int(end) <= text.utf8.count)
      }
    }
  }
}

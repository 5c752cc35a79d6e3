// Texts of several statements: places, errors, splitting, and identifiers.

import SourceText
import Testing

@testable import PostgresSyntax

@Suite struct ParseTests {
  @Test func statementsHaveTheirPlaces() throws {
    let sql = "-- é\n /* a /* b */ */ SELECT 'ü;' ;;\n\tDROP TABLE t  \n;  -- end\n"
    let statements = try parseStatements(sql).get()
    #expect(statements.map(\.text) == ["SELECT 'ü;'", "DROP TABLE t"])
    #expect(statements.map(\.range.start) == [23, 40])
    #expect(statements.map(\.range.end) == [35, 52])
  }

  @Test(arguments: ["", "   ", ";", "-- c", "/* c */;;"])
  func emptyTextsHaveNoStatements(sql: String) throws {
    #expect(try parseStatements(sql).get() == [])
  }

  @Test func oneBadStatementRefusesTheText() throws {
    let error = try syntaxError("SELECT 'é'; SELEC 1; SELECT 2")
    #expect(error.message == "syntax error at or near \"SELEC\"")
    #expect(error.offset == 13)
  }

  @Test func manyTextsKeepTheirOrder() throws {
    let texts = (0..<500).map { $0 % 7 == 3 ? "bad \($0)" : "DROP TABLE t\($0)" }
    let outcomes = parseStatements(inAll: texts)
    #expect(outcomes.count == 500)
    for (index, outcome) in outcomes.enumerated() {
      #expect(outcome == parseStatements(texts[index]))
      #expect((try? outcome.get()) == nil ? index % 7 == 3 : index % 7 != 3)
    }
    #expect(parseStatements(inAll: []).isEmpty)
  }

  @Test func longTextsAreParsedStatementByStatement() throws {
    let count = 12_000
    let sql = (0..<count).map { "DROP TABLE é\($0) ;\n" }.joined()
    let statements = try parseStatements(sql).get()
    #expect(statements.count == count)
    for index in [0, 1, count - 1] {
      #expect(statements[index].text == "DROP TABLE é\(index)")
      let range = statements[index].range
      let bytes = Array(sql.utf8)[Int(range.start)..<Int(range.end)]
      #expect(String(decoding: bytes, as: UTF8.self) == statements[index].text)
    }
    let error = try syntaxError(sql + "DROP é é")
    #expect(error.offset == UInt32(sql.utf8.count + 5))
  }

  private static let splits: [(String, [String])] = [
    ("SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]),
    ("a;b;;c;", ["a", "b", "c"]),
    ("SELECT ';', $$;$$, \";\" -- ;\n; /* ; */ x", ["SELECT ';', $$;$$, \";\"", "x"]),
    (
      "CREATE RULE r AS ON INSERT TO t DO (a; b); c",
      ["CREATE RULE r AS ON INSERT TO t DO (a; b)", "c"]
    ),
    (
      "CREATE OR REPLACE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN 1 THEN 2 END; x; END; c",
      ["CREATE OR REPLACE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN 1 THEN 2 END; x; END", "c"]
    ),
    ("BEGIN; DROP TABLE function; END", ["BEGIN", "DROP TABLE function", "END"]),
    ("not SQL at all; ) ] (", ["not SQL at all", ") ] ("]),
  ]

  @Test(arguments: splits.indices)
  func split(index: Int) throws {
    let (sql, expected) = Self.splits[index]
    let source = SourceFile(path: "", text: sql)
    #expect(try scanStatements(sql).get().map { source.text(in: $0) } == expected)
  }

  @Test func splittingNeedsClosedQuotes() {
    #expect((try? scanStatements("SELECT 'a; b").get()) == nil)
  }

  /// `quote_identifier` in ruleutils.c; keywords by manual appendix C.
  @Test(arguments: [
    ("users", "users"), ("_a1", "_a1"), ("Users", "\"Users\""), ("1a", "\"1a\""),
    ("a b", "\"a b\""),
    ("a\"b", "\"a\"\"b\""), ("", "\"\""), ("é", "\"é\""), ("user", "\"user\""),
    ("order", "\"order\""),
    ("name", "name"), ("type", "type"), ("values", "\"values\""), ("left", "\"left\""),
    ("a$", "\"a$\""),
    ("key", "key"), ("between", "\"between\""), ("timestamp", "\"timestamp\""), ("\"", "\"\"\"\""),
    // A quote and a combining mark are one `Character`, and two to PostgreSQL.
    ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
  ])
  func quoting(name: String, expected: String) {
    #expect(quoteIdentifier(name) == expected)
  }

  @Test func quotedNamesReadBack() throws {
    for name in ["users", "Users", "a b", "a\"b", "a\"\u{301}b", "é", "user", "a.b", "left"] {
      let table = try parseCreateTable("CREATE TABLE \(quoteIdentifier(name)) (a int)")
      #expect(table.name == QualifiedName(name))
      #expect(
        parseQualifiedName(QualifiedName(schema: "S", name).description)
          == QualifiedName(schema: "S", name))
    }
  }
}

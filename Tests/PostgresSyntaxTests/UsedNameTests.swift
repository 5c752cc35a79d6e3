// What statements use by name: all that PostgreSQL looks up when it reads them.

import Testing

@testable import PostgresSyntax

@Suite struct UsedNameTests {
  /// The kinds and names, in the order of the text; those of `pg_catalog` that are written so are left out.
  private static let statements: [(sql: String, names: String)] = [
    ("ALTER TABLE t ADD c mood DEFAULT f(1)", "relation t, type mood, function f"),
    ("ALTER TABLE IF EXISTS t ADD c ext.mood[]", "type ext.mood"),
    ("ALTER TABLE t ALTER c TYPE int USING c::mood::text::int", "relation t, type mood"),
    ("CREATE TABLE z.t (id serial, n int4)", "schema z"),
    (
      "CREATE FUNCTION f(z.t.c%TYPE) RETURNS int LANGUAGE c AS 'x'",
      "relation z.t, language c"
    ),
    ("CREATE TABLE t (LIKE o) TABLESPACE fast", "tablespace fast, relation o"),
    (
      "CREATE INDEX i ON t USING gin (a gin_trgm_ops, (lower(b)) COLLATE \"de\")",
      "access method gin, relation t, operator class gin_trgm_ops gin, function lower, collation de"
    ),
    (
      "ALTER TABLE t ADD EXCLUDE USING gist (a WITH =, b ext.ops WITH OPERATOR(ext.&&))",
      "relation t, access method gist, operator =, operator ext.&&, operator class ext.ops gist"
    ),
    ("WITH c AS (SELECT * FROM c) SELECT * FROM c, d", "relation c, relation d"),
    ("WITH RECURSIVE c AS (SELECT * FROM c) SELECT * FROM c, d", "relation d"),
    ("WITH c AS (SELECT 1) DELETE FROM c USING d", "relation c, relation d"),
    ("SELECT 1 WHERE a BETWEEN 1 AND 2", ""),
    ("SELECT nextval('\"S\".q'), 7::regclass, '7'::regclass", "function nextval, relation S.q"),
    (
      "SELECT to_tsvector('german', a), to_tsvector('b')",
      "function to_tsvector, text search configuration german"
    ),
    ("SELECT EXTRACT(year FROM now()), current_date", "function now"),
    (
      "CREATE FUNCTION z.f(m mood) RETURNS int LANGUAGE sql AS 'SELECT g(a) FROM s'",
      "schema z, language sql, type mood, function g, relation s"
    ),
    (
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM s; END'",
      "language plpgsql"
    ),
    (
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT a FROM s; END",
      "language sql, relation s"
    ),
    ("CREATE RULE r AS ON DELETE TO t DO DELETE FROM s", "relation t, relation s"),
    (
      "CREATE TRIGGER g BEFORE DELETE ON t EXECUTE FUNCTION z.f()",
      "function z.f, relation t"
    ),
    ("CREATE PUBLICATION p FOR TABLE t, TABLES IN SCHEMA z", "relation t, schema z"),
    ("CREATE STATISTICS z.s ON a, b FROM t", "schema z, relation t"),
    ("CREATE EXTENSION hstore SCHEMA ext", "schema ext"),
    ("CREATE TABLE t (a int) WITH (autovacuum_enabled = off)", ""),
    ("DO $$ BEGIN IF true THEN DELETE FROM a; END IF; DELETE FROM b; END $$", "relation b"),
    ("DROP TABLE t", ""), ("COMMENT ON TABLE t IS 'x'", ""), ("SELECT FROM", ""),
  ]

  @Test(arguments: statements.indices)
  func names(index: Int) {
    let (sql, expected) = Self.statements[index]
    let names = usedNames(inAll: [sql])[0].names.map { name in
      (["\(name.kind.rawValue)", "\(name.name)"] + [name.method].compactMap(\.self))
        .joined(separator: " ").replacing("\"", with: "")
    }
    #expect(
      Set(names) == Set(expected.isEmpty ? [] : expected.split(separator: ", ").map(String.init)))
  }

  @Test func bodiesAndColumns() {
    let body = "CREATE FUNCTION f(m mood) RETURNS int LANGUAGE sql AS 'SELECT a FROM s'"
    let used = usedNames(inAll: [
      body, "SELECT t.* FROM t", "SELECT t.a, b FROM t JOIN u USING (c)",
    ])
    #expect(used[0].inBodies == [UsedName(.relation, QualifiedName("s"))])
    #expect(used[0].columns == ["a"])
    #expect(used.map(\.takesAllColumns) == [false, true, false])
    #expect(used[2].columns == ["a", "b", "c"])
  }

  /// A body in a body in a body is not read without end.
  @Test func bodiesEnd() {
    var sql = "SELECT 1 FROM deep"
    for depth in 0..<9 {
      let tag = "$b\(depth)$"
      sql = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS \(tag)\(sql)\(tag)"
    }
    let names = usedNames(inAll: [sql])[0].names
    #expect(names == [UsedName(.language, QualifiedName("sql"))])
  }
}

// The statements that read and write rows.

import Testing

@testable import PostgresSyntax

@Suite struct DataStatementTests {
  private func insert(_ sql: String) throws -> Insert {
    guard case .insert(let insert) = try parseOne(sql) else { return try #require(nil) }
    return insert
  }

  @Test func insertedRowsAreValues() throws {
    let insert = try insert(
      """
      INSERT INTO s.t (id, "Name", n, ok, note, at) VALUES
      (1, 'it''s', -2.50, true, NULL, now()), (10000000000, 'b'::text, DEFAULT, B'01', E'a\\nb', 1 + 1)
      """)
    #expect(insert.table == QualifiedName(schema: "s", "t"))
    #expect(insert.columns == ["id", "Name", "n", "ok", "note", "at"])
    #expect(insert.rowCount == 2)
    guard case .values(let rows) = insert.source else { return try #require(nil) }
    #expect(
      rows[0].dropLast() == [
        .constant(.integer(1)), .constant(.string("it's")), .constant(.number("-2.50")),
        .constant(.boolean(true)), .constant(.null),
      ])
    guard case .expression(let call) = rows[0][5] else { return try #require(nil) }
    #expect(call.functions == [FunctionCall(name: QualifiedName("now"))])
    #expect(
      rows[1].dropLast().map(\.literal) == [
        .integer(10_000_000_000), .string("b"), nil, .bits("b01"), .string("a\nb"),
      ])
    guard case .expression(let cast) = rows[1][1] else { return try #require(nil) }
    #expect(cast.casts.map(\.name) == ["text"])
    #expect(insert.reads.functions == [FunctionCall(name: QualifiedName("now"))])
  }

  @Test func insertFromQueryAndDefaults() throws {
    let query = try insert("INSERT INTO t SELECT a, b FROM u WHERE c > (SELECT max(d) FROM w)")
    #expect(query.source == .query && query.rowCount == nil && query.columns == [])
    #expect(query.reads.relations.map(\.name.name) == ["u", "w"])
    let defaults = try insert("INSERT INTO t DEFAULT VALUES")
    #expect(defaults.source == .defaultValues && defaults.rowCount == 1)
    let limited = try insert("INSERT INTO t VALUES (1), (2) LIMIT 1")
    #expect(limited.source == .query)
  }

  @Test func conflicts() throws {
    let nothing = try insert("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING")
    #expect(nothing.onConflict == OnConflict(action: .doNothing))
    let update = try insert(
      "INSERT INTO t VALUES (1) ON CONFLICT (a, lower(b)) DO UPDATE SET c = excluded.c, d = DEFAULT WHERE t.e"
    )
    #expect(update.onConflict?.target.map(\.key).first == .column("a"))
    #expect(update.onConflict?.target.count == 2)
    guard case .doUpdate(let assignments, let predicate) = update.onConflict?.action else {
      return try #require(nil)
    }
    #expect(assignments.map(\.column) == ["c", "d"])
    #expect(assignments[0].value?.text == "excluded.c" && assignments[1].isDefault)
    #expect(predicate?.columns == [ColumnReference(qualifier: ["t"], column: "e")])
    let named = try insert("INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT c DO NOTHING")
    #expect(named.onConflict?.constraint == "c")
  }

  @Test func updates() throws {
    guard
      case .update(let update) = try parseOne(
        """
        UPDATE ONLY s.t AS x SET a = 5, b = DEFAULT, (c, d) = (SELECT 1, 2 FROM u), e = w.e
        FROM w WHERE x.id = w.id AND x.kind IN ('p', 'q') AND 3 = x.n AND x.z IS NULL
        """)
    else { return try #require(nil) }
    #expect(update.table == QualifiedName(schema: "s", "t") && update.alias == "x")
    #expect(update.assignments.map(\.column) == ["a", "b", "c", "d", "e"])
    #expect(update.assignments[0].value?.constant == .integer(5))
    #expect(update.assignments[1].isDefault)
    #expect(update.assignments[2].value == nil && !update.assignments[2].isDefault)
    #expect(update.reads.relations.map(\.name.name) == ["u", "w"])
    func x(_ name: String) -> ColumnReference { ColumnReference(qualifier: ["x"], column: name) }
    #expect(
      update.predicate?.conjuncts == [
        .other("x.id = w.id"), .equals(x("kind"), [.string("p"), .string("q")]),
        .equals(x("n"), [.integer(3)]), .isNull(x("z")),
      ])
    guard case .update(let all) = try parseOne("UPDATE t SET a = a + 1") else {
      return try #require(nil)
    }
    #expect(all.predicate == nil)
  }

  @Test func deletes() throws {
    guard
      case .delete(let delete) = try parseOne(
        "DELETE FROM t USING u AS v WHERE t.id = v.id AND EXISTS (SELECT 1 FROM w)"),
      case .delete(let all) = try parseOne("DELETE FROM s.t y")
    else { return try #require(nil) }
    #expect(
      delete.reads.relations == [
        RelationUse(name: QualifiedName("u"), alias: "v"), RelationUse(name: QualifiedName("w")),
      ])
    #expect(delete.predicate?.containsSubquery == true)
    #expect(all.predicate == nil && all.alias == "y" && all.table.schema == "s")
  }

  @Test func statementsInsideWithAreNotLost() throws {
    guard
      case .select(let query) = try parseOne(
        """
        WITH gone AS (DELETE FROM t WHERE a = 1 RETURNING *), up AS (UPDATE u SET b = 1)
        SELECT * FROM gone, s.gone, v
        """)
    else { return try #require(nil) }
    #expect(query.dataModifying.count == 2)
    guard case .delete(let delete) = query.dataModifying[0],
      case .update(let update) = query.dataModifying[1]
    else { return try #require(nil) }
    #expect(delete.table == QualifiedName("t") && update.table == QualifiedName("u"))
    #expect(
      query.relations.map(\.name) == [QualifiedName(schema: "s", "gone"), QualifiedName("v")])
  }

  /// Manual, SELECT: without RECURSIVE a query of WITH sees only those before it.
  @Test(arguments: [
    ("WITH t AS (SELECT * FROM t) SELECT * FROM t", ["t"]),
    ("WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT 2 FROM t) SELECT * FROM t", []),
    ("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a, b", ["b"]),
    ("SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) y, x", ["x"]),
    ("WITH x AS (SELECT 1) SELECT (SELECT max(1) FROM x)", []),
  ])
  func withQueriesHideTables(sql: String, expected: [String]) throws {
    guard case .select(let query) = try parseOne(sql) else { return try #require(nil) }
    #expect(query.relations.map(\.name.name) == expected)
  }

  @Test func queriesKnowTheirFunctions() throws {
    guard
      case .select(let query) = try parseOne(
        "SELECT setval('s.q', 7), pg_advisory_xact_lock(999999), CURRENT_USER FROM t FOR UPDATE OF t"
      )
    else { return try #require(nil) }
    #expect(
      query.functions == [
        FunctionCall(name: QualifiedName("setval"), arguments: [.string("s.q"), .integer(7)]),
        FunctionCall(name: QualifiedName("pg_advisory_xact_lock"), arguments: [.integer(999_999)]),
        FunctionCall(name: QualifiedName(schema: "pg_catalog", "current_user")),
      ])
    #expect(query.locksRows)
    #expect(query.relations == [RelationUse(name: QualifiedName("t"))])
  }

  /// Names as psql shows them (`FigureColname`).
  @Test func outputNames() throws {
    guard
      case .select(let query) = try parseOne(
        """
        SELECT a, t.b, f(c), d::int8, 1::integer, 'x'::text, 1 + 1, COALESCE(a, b), ARRAY[1], *, t.*,
        e AS g, NULL, nullif(a, b), now(), current_date, a COLLATE "C"
        FROM t UNION SELECT 1
        """)
    else { return try #require(nil) }
    #expect(
      query.output.map(\.name) == [
        "a", "b", "f", "d", "int4", "text", "?column?", "coalesce", "array", nil, nil, "g",
        "?column?", "nullif", "now", "current_date", "a",
      ])
    guard case .select(let values) = try parseOne("VALUES (1, 2)") else { return try #require(nil) }
    #expect(values.output.map(\.name) == ["column1", "column2"])
  }

  @Test func merges() throws {
    guard
      case .merge(let merge) = try parseOne(
        """
        MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND u.x THEN DELETE
        WHEN MATCHED THEN UPDATE SET a = u.a, b = 2 WHEN NOT MATCHED THEN INSERT (id) VALUES (u.id)
        """)
    else { return try #require(nil) }
    #expect(merge.table == QualifiedName("t") && merge.inserts && merge.deletes)
    #expect(merge.updates == ["a", "b"])
    #expect(merge.reads.relations.map(\.name.name) == ["u"])
  }

  private static let others: [(String, Statement)] = [
    (
      "TRUNCATE a, s.b RESTART IDENTITY CASCADE",
      .truncate(
        Truncate(
          tables: [QualifiedName("a"), QualifiedName(schema: "s", "b")], restartIdentity: true,
          cascade: true))
    ),
    ("TRUNCATE TABLE a", .truncate(Truncate(tables: [QualifiedName("a")]))),
    (
      "COPY s.t (a, b) FROM STDIN",
      .copy(Copy(table: QualifiedName(schema: "s", "t"), columns: ["a", "b"], isFrom: true))
    ),
    (
      "COPY t TO PROGRAM 'cat'",
      .copy(Copy(table: QualifiedName("t"), isFrom: false, isProgram: true, file: "cat"))
    ),
    (
      "CALL s.p(1, a => 'x', b)",
      .call(
        FunctionCall(
          name: QualifiedName(schema: "s", "p"), arguments: [.integer(1), nil, nil]))
    ),
    ("DO $$ BEGIN END $$", .doBlock(DoBlock(language: "plpgsql", body: " BEGIN END "))),
    ("DO LANGUAGE plpython3u 'x'", .doBlock(DoBlock(language: "plpython3u", body: "x"))),
    ("EXECUTE p(1)", .execute(name: "p")),
  ]

  @Test(arguments: others.indices)
  func statement(index: Int) throws {
    let (sql, expected) = Self.others[index]
    #expect(try parseOne(sql) == expected)
  }

  @Test func statementsInsideStatements() throws {
    guard
      case .explain(.delete(let delete), analyze: true) = try parseOne(
        "EXPLAIN (ANALYZE, VERBOSE) DELETE FROM t"),
      case .explain(_, analyze: false) = try parseOne("EXPLAIN (ANALYZE false) DELETE FROM t"),
      case .prepare(name: "p", .insert) = try parseOne(
        "PREPARE p (int) AS INSERT INTO t VALUES ($1)"),
      case .select(let cursor) = try parseOne("DECLARE c CURSOR FOR SELECT * FROM t"),
      case .copy(let copy) = try parseOne("COPY (DELETE FROM u RETURNING *) TO STDOUT")
    else { return try #require(nil) }
    #expect(delete.table == QualifiedName("t"))
    #expect(cursor.relations.map(\.name.name) == ["t"])
    #expect(copy.query?.dataModifying.count == 1)
  }
}

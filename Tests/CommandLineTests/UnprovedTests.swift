// Round trips that were once called safe and are not, and common ones that are. What each does to a
// database was seen on PostgreSQL 15: it fails, or schema or rows are not as before.

import Foundation
import TestSupport
import Testing

@Suite struct UnprovedTests {
  /// A history of three steps: what was there, up, and back down.
  struct Trip: Sendable, CustomTestStringConvertible {
    var setup: String
    var upgrade: String
    var downgrade: String

    init(_ setup: String, _ upgrade: String, _ downgrade: String) {
      self.setup = setup
      self.upgrade = upgrade
      self.downgrade = downgrade
    }

    var testDescription: String { "\(upgrade) / \(downgrade)" }
  }

  private static let t = "CREATE TABLE t (id int PRIMARY KEY, a text, b int NOT NULL DEFAULT 0)"
  private static let child = t + ";; CREATE TABLE c (t int REFERENCES t ON DELETE SET NULL)"
  private static let wipe =
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
    + "'BEGIN PERFORM\n1; DELETE\nFROM t; RETURN NEW; END'"

  /// What a DROP finds in use (2BP01), or a change (0A000, 55000).
  private static let inUse = [
    Trip(
      t,
      "CREATE SEQUENCE s;; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql "
        + "BEGIN ATOMIC SELECT nextval('s'); END",
      "DROP SEQUENCE s;; DROP FUNCTION f()"),
    Trip(
      t,
      "CREATE VIEW v AS SELECT id FROM t;; CREATE FUNCTION f() RETURNS int LANGUAGE sql "
        + "BEGIN ATOMIC SELECT id FROM v; END",
      "DROP VIEW v;; DROP FUNCTION f()"),
    Trip(
      t, "CREATE SEQUENCE s;; CREATE VIEW v AS SELECT nextval('s'::regclass) AS n FROM t",
      "DROP SEQUENCE s;; DROP VIEW v"),
    Trip(
      t, "CREATE EXTENSION pg_trgm;; CREATE VIEW v AS SELECT id FROM t WHERE a % 'x'",
      "DROP EXTENSION pg_trgm;; DROP VIEW v"),
    Trip(
      t, "CREATE EXTENSION pg_trgm;; ALTER TABLE t ADD CONSTRAINT k CHECK (a % 'x')",
      "DROP EXTENSION pg_trgm;; ALTER TABLE t DROP CONSTRAINT k"),
    Trip(
      t,
      "CREATE EXTENSION btree_gist;; ALTER TABLE t ADD CONSTRAINT k EXCLUDE USING gist (b WITH =)",
      "DROP EXTENSION btree_gist;; ALTER TABLE t DROP CONSTRAINT k"),
    Trip(
      t, "CREATE EXTENSION fuzzystrmatch;; CREATE INDEX i ON t (soundex(a))",
      "DROP EXTENSION fuzzystrmatch;; DROP INDEX i"),
    Trip(
      "", "CREATE EXTENSION cube;; CREATE EXTENSION earthdistance",
      "DROP EXTENSION cube;; DROP EXTENSION earthdistance"),
    Trip(
      "", "CREATE SCHEMA s;; CREATE EXTENSION citext SCHEMA s",
      "DROP SCHEMA s;; DROP EXTENSION citext"),
    Trip(
      t, "CREATE SCHEMA s;; CREATE STATISTICS s.st ON id, b FROM t",
      "DROP SCHEMA s;; DROP STATISTICS s.st"),
    Trip(
      t,
      "CREATE FUNCTION g(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';; "
        + "CREATE STATISTICS st ON g(b), id FROM t",
      "DROP FUNCTION g(int);; DROP STATISTICS st"),
    Trip(
      "", "CREATE TYPE e AS ENUM ('a');; CREATE TYPE r AS RANGE (subtype = e)",
      "DROP TYPE e;; DROP TYPE r"),
    Trip(
      "CREATE TYPE c AS (x int);; CREATE TABLE z OF c", "CREATE TABLE n (i int);; DROP TABLE n",
      "DROP TYPE c;; CREATE TYPE c AS (x int)"),
    Trip(
      "CREATE TABLE p (id int PRIMARY KEY, a text)",
      "CREATE VIEW v AS SELECT id, a FROM p GROUP BY id",
      "ALTER TABLE p DROP CONSTRAINT p_pkey;; DROP VIEW v;; ALTER TABLE p ADD PRIMARY KEY (id)"),
    Trip(
      t, "CREATE PUBLICATION p FOR TABLE t (id, b)",
      "ALTER TABLE t DROP COLUMN b;; DROP PUBLICATION p"),
    Trip(
      "CREATE TABLE n (i int);; CREATE PUBLICATION p FOR ALL TABLES",
      "CREATE INDEX i ON n (i)", "DROP INDEX i;; DELETE FROM n WHERE false"),
  ]

  /// The verdict of the second revision.
  func verdict(of trip: Trip) async throws -> AnalysisReport.Revision {
    try await withTemporaryDirectory { directory in
      let steps = [
        ("r0", "None", trip.setup, ""), ("r1", "'r0'", trip.upgrade, trip.downgrade),
      ]
      for (name, parent, up, down) in steps {
        let text = """
          from alembic import op
          revision = "\(name)"
          down_revision = \(parent)
          def upgrade():
          \(body(up))
          def downgrade():
          \(body(down))
          """
        try Data(text.utf8).write(to: directory.appending(path: "\(name).py"))
      }
      let outcome = try await backout(
        "analyze", "--format", "json", directory.path, in: directory)
      let report = try AnalysisReport(outcome.output)
      return try #require(report.revisions.first { $0.revision == "r1" })
    }
  }

  /// The statements of a step, parted by `;;`; `auto` before one puts it into an autocommit block, `py` says
  /// that it is Python.
  private func body(_ statements: String) -> String {
    let texts = statements.components(separatedBy: ";;").map {
      $0.trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
    if texts.isEmpty { return "    pass" }
    return texts.map { text in
      if text.hasPrefix("py ") { return "    \(text.dropFirst(3))" }
      return
        text.hasPrefix("auto ")
        ? "    with op.get_context().autocommit_block():\n        op.execute(\"\"\"\(text.dropFirst(5))\"\"\")"
        : "    op.execute(\"\"\"\(text)\"\"\")"
    }.joined(separator: "\n")
  }

  private static let deletes =
    "CREATE TABLE u (x int);; CREATE FUNCTION w() RETURNS int LANGUAGE plpgsql AS "
    + "'BEGIN DELETE FROM u; RETURN 1; END'"
  private static let index = "CREATE INDEX i ON t (b)"

  /// What runs with a statement without its name in the text.
  private static let hidden = [
    Trip(
      t + ";; " + deletes
        + ";; CREATE VIEW v AS SELECT w() AS x;; CREATE VIEW v2 AS SELECT * FROM v",
      index, "SELECT * FROM v2;; DROP INDEX i"),
    Trip(
      t + ";; " + deletes, index,
      "ALTER TABLE t ADD y int DEFAULT w();; ALTER TABLE t DROP y;; DROP INDEX i"),
    Trip(
      t + ";; " + deletes, index,
      "ALTER TABLE t ADD CONSTRAINT k CHECK (w() = 1);; ALTER TABLE t DROP CONSTRAINT k;; DROP INDEX i"
    ),
    Trip(
      t + ";; CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS "
        + "'BEGIN DELETE FROM t; END';; "
        + "CREATE EVENT TRIGGER ev ON ddl_command_end EXECUTE FUNCTION e()", index, "DROP INDEX i"),
    Trip(
      t + ";; " + deletes + ";; CREATE FUNCTION o(a int, b int) RETURNS boolean LANGUAGE sql AS "
        + "'DELETE FROM u; SELECT true';; CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = o)",
      index, "SELECT b === 2 FROM t;; DROP INDEX i"),
    // Other rows than those of the table, or values that something else writes.
    Trip(
      "CREATE TABLE k (id int, a bool);; CREATE TABLE c () INHERITS (k)",
      "UPDATE ONLY k SET a = NOT a", "UPDATE k SET a = NOT a"),
    Trip(
      t + ";; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
        + "'BEGIN NEW.n := ''q''; RETURN NEW; END'",
      "ALTER TABLE t ADD n text;; "
        + "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();; "
        + "UPDATE t SET n = a;; ALTER TABLE t DROP a;; DROP TRIGGER g ON t",
      "ALTER TABLE t ADD a text;; UPDATE t SET a = n;; ALTER TABLE t DROP n"),
    // Literals are read as the session says.
    Trip(
      "CREATE TABLE x (d date DEFAULT '01/02/2024')", "ALTER TABLE x ALTER d DROP DEFAULT",
      "SET LOCAL datestyle = 'SQL, DMY';; ALTER TABLE x ALTER d SET DEFAULT '01/02/2024'"),
    Trip(
      "CREATE TABLE x (d timestamptz DEFAULT '2024-01-01 00:00')",
      "ALTER TABLE x ALTER d DROP DEFAULT",
      "SET LOCAL timezone = 'America/New_York';; "
        + "ALTER TABLE x ALTER d SET DEFAULT '2024-01-01 00:00'"),
    Trip(
      "CREATE TABLE x (d timestamp DEFAULT 'now()')", "ALTER TABLE x ALTER d DROP DEFAULT",
      "ALTER TABLE x ALTER d SET DEFAULT 'now()'"),
    Trip(
      "CREATE VIEW v AS SELECT timestamp 'now' AS x", "DROP VIEW v",
      "CREATE VIEW v AS SELECT timestamp 'now' AS x"),
    Trip(
      "CREATE DOMAIN m AS timestamp DEFAULT 'now'", "ALTER DOMAIN m DROP DEFAULT",
      "ALTER DOMAIN m SET DEFAULT 'now'"),
  ]

  @Test(
    arguments: [
      // Databases are past what must fail: the history is not the whole one.
      Trip("", "DROP TABLE t", ""),
      Trip("", "ALTER TABLE t DROP COLUMN a", ""),
      Trip("", "UPDATE t SET a = NULL", ""),
      Trip(t, "ALTER TABLE t RENAME COLUMN nothing TO a2", ""),
      Trip(t, "DROP VIEW v", ""),
      // The subcommands of ALTER TABLE run in passes: the constraint is there at the end.
      Trip(
        t, "ALTER TABLE t ADD CONSTRAINT k CHECK (b > 0), DROP CONSTRAINT IF EXISTS k",
        "ALTER TABLE t ADD COLUMN c int, DROP COLUMN IF EXISTS c"),
      // IF EXISTS about what the history does not have.
      Trip("", "DROP TABLE IF EXISTS t", ""),
      Trip(t, "ALTER TABLE t DROP COLUMN IF EXISTS c", ""),
      Trip(t, "DROP INDEX IF EXISTS i", ""),
      Trip("", "DROP SCHEMA IF EXISTS s CASCADE", ""),
      // Rows that were inserted may be others by now, or may be gone.
      Trip(t, "INSERT INTO t (id) VALUES (1)", "DELETE FROM t WHERE id = 1"),
      Trip(
        t, "INSERT INTO t (id) VALUES (1) ON CONFLICT DO NOTHING", "DELETE FROM t WHERE id = 1"),
      Trip(child, "INSERT INTO t (id) VALUES (1)", "DELETE FROM t WHERE id = 1"),
      // Rows elsewhere follow.
      Trip(
        "CREATE TABLE t (id int PRIMARY KEY);; CREATE TABLE c (t int REFERENCES t ON UPDATE CASCADE)",
        "UPDATE t SET id = id + 1", ""),
      Trip(
        "CREATE TABLE part (k int)",
        "CREATE TABLE p (k int) PARTITION BY LIST (k);; "
          + "ALTER TABLE p ATTACH PARTITION part DEFAULT;; DELETE FROM p",
        "ALTER TABLE p DETACH PARTITION part;; DROP TABLE p"),
      // Triggers.
      Trip(
        t + ";; CREATE TABLE n (x int);; " + wipe
          + ";; CREATE TRIGGER g BEFORE INSERT ON n FOR EACH ROW EXECUTE FUNCTION f()",
        "INSERT INTO n VALUES (1)", ""),
      Trip(
        "CREATE TABLE t (id int, old timestamptz);; "
          + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
          + "'BEGIN NEW.old := now(); RETURN NEW; END';; "
          + "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE t ADD COLUMN n int;; UPDATE t SET n = 1", "ALTER TABLE t DROP COLUMN n"),
      // Sessions and transactions.
      Trip(
        t + ";; CREATE SCHEMA x", "SET search_path TO x;; CREATE TABLE n (y int)",
        "DROP TABLE n"),
      Trip(t, "CREATE INDEX i ON t (b)", "SET ROLE nobody;; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "SET TRANSACTION READ ONLY;; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "SAVEPOINT s;; DROP INDEX i;; ROLLBACK TO s"),
      Trip(t, "CREATE INDEX i ON t (b)", "DROP INDEX i;; -- nothing"),
      Trip(t, "CREATE INDEX i ON t (b)", "auto SELECT 1; DROP INDEX CONCURRENTLY i"),
      Trip(t, "UPDATE pg_class SET relname = relname", ""),
      Trip(t, "CREATE TEMP TABLE t (x int)", "DROP TABLE t"),
      // The same names, other objects.
      Trip(
        "CREATE TABLE x (a int);; CREATE TABLE y (a int)",
        "ALTER TABLE x RENAME TO z;; ALTER TABLE y RENAME TO x;; ALTER TABLE z RENAME TO y", ""),
      Trip(
        "CREATE TABLE x (a int, b int)",
        "ALTER TABLE x RENAME a TO z;; ALTER TABLE x RENAME b TO a;; ALTER TABLE x RENAME z TO b",
        ""),
      // Positions of sequences, and casts that lose something.
      Trip("CREATE SEQUENCE s", "SELECT setval('s', 100)", ""),
      Trip("CREATE SEQUENCE s", "ALTER SEQUENCE s RESTART", ""),
      Trip(
        "CREATE TABLE t (j json)", "ALTER TABLE t ALTER j TYPE jsonb",
        "ALTER TABLE t ALTER j TYPE json"),
      Trip(
        "CREATE TABLE t (j timestamptz)", "ALTER TABLE t ALTER j TYPE timestamp",
        "ALTER TABLE t ALTER j TYPE timestamptz"),
      // What no comparison looks at.
      Trip(
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION f() SECURITY DEFINER", ""),
      Trip(
        "CREATE TABLE i (id int GENERATED ALWAYS AS IDENTITY)", "ALTER SEQUENCE i_id_seq CACHE 20",
        ""),
      Trip(
        t + ";; CREATE VIEW v AS SELECT 1 AS x;; GRANT SELECT ON v TO PUBLIC",
        "DROP VIEW v", "CREATE VIEW v AS SELECT 1 AS x"),
      Trip(t + ";; CREATE INDEX i ON t (b)", "ALTER TABLE t CLUSTER ON i", ""),
      // Downgrades that fail, or may.
      Trip(
        "CREATE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP FUNCTION f(int);; "
          + "CREATE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1'"),
      Trip(
        t + ";; CREATE INDEX i ON t ((b / id))", "DROP INDEX i", "CREATE INDEX i ON t ((b / id))"),
      Trip(t, "CREATE INDEX i ON t (b)", "DROP INDEX i;; CREATE INDEX j ON t (b);; DROP INDEX j"),
      // A row of a B-tree holds 2704 bytes (54000).
      Trip(t + ";; CREATE INDEX i ON t (a)", "DROP INDEX i", "CREATE INDEX i ON t (a)"),
      Trip(
        t + ";; CREATE INDEX i ON t (lower(a))", "DROP INDEX i", "CREATE INDEX i ON t (lower(a))"),
      Trip(
        "CREATE DOMAIN d AS int CHECK (VALUE > 0);; CREATE TABLE x (a d)",
        "ALTER TABLE x ALTER a TYPE int;; DROP DOMAIN d",
        "CREATE DOMAIN d AS int CHECK (VALUE > 0);; ALTER TABLE x ALTER a TYPE d"),
      Trip(t, "CREATE INDEX i ON t (b)", "DROP INDEX i;; DELETE FROM t WHERE id = 'x'"),
      Trip(
        t + ";; CREATE INDEX i ON t (b)", "DROP INDEX i",
        "SET statement_timeout = '5s';; CREATE INDEX i ON t (b)"),
      // A query that is run ends with an error on some rows.
      Trip(t, "CREATE INDEX i ON t (b)", "SELECT 1 / b FROM t;; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "SELECT a::int FROM t;; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "SELECT (SELECT id FROM t);; DROP INDEX i"),
      Trip(
        t + ";; CREATE TABLE s (id int)", "CREATE INDEX i ON t (b)",
        "SELECT id FROM t, s;; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "SELECT b, count(*) FROM t;; DROP INDEX i"),
      Trip(
        t + ";; CREATE MATERIALIZED VIEW m AS SELECT 10 / id AS x FROM t",
        "CREATE INDEX i ON t (b)",
        "REFRESH MATERIALIZED VIEW m;; DROP INDEX i"),
      Trip(
        t + ";; CREATE MATERIALIZED VIEW m AS SELECT b FROM t;; CREATE UNIQUE INDEX u ON m (b)",
        "CREATE INDEX i ON t (b)", "REFRESH MATERIALIZED VIEW m;; DROP INDEX i"),
      // A coroutine that nothing awaits, and a bare string, which SQLAlchemy 2 refuses.
      Trip(
        t, "CREATE INDEX i ON t (b)", "py async def g():\n        op.drop_index('i')\n    g()"),
      Trip(t, "CREATE INDEX i ON t (b)", "py op.get_bind().execute('DROP INDEX i')"),
      Trip(t, "CREATE INDEX i ON t (b)", "py op.execute('DROP INDEX i', {}, 1)"),
      Trip(
        t + ";; CREATE SEQUENCE s MAXVALUE 1", "CREATE INDEX i ON t (b)",
        "SELECT nextval('s');; DROP INDEX i"),
      // DO blocks.
      Trip(
        t, "CREATE INDEX i ON t (b)", "DO $$ DECLARE x int := 1/0; BEGIN DROP INDEX i; END $$"),
      Trip(t, "CREATE INDEX i ON t (b)", "DO $$ BEGIN PERFORM 1/0; DROP INDEX i; END $$"),
      Trip(t, "CREATE INDEX i ON t (b)", "DO $$ BEGIN RETURN; DROP INDEX i; END $$"),
      Trip(
        t, "CREATE INDEX i ON t (b)",
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'zip') THEN RETURN; END IF; "
          + "DROP INDEX i; END $$"),
      // Functions whose bodies nothing has checked.
      Trip(
        "CREATE TABLE zip (x int);; "
          + "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM zip'",
        "DROP FUNCTION f();; ALTER TABLE zip RENAME TO zap",
        "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM zip';; "
          + "ALTER TABLE zap RENAME TO zip"),
      Trip(
        "SET check_function_bodies = off;; "
          + "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'rubbish'",
        "DROP FUNCTION f()", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'rubbish'"),
      Trip(
        "CREATE SCHEMA s;; ALTER ROLE CURRENT_USER SET search_path = s, public",
        "CREATE VIEW x AS SELECT 1 AS i", "DROP VIEW public.x"),
      // Settings with values that they do not take.
      Trip(t, "CREATE INDEX i ON t (b)", "SET client_min_messages = 'loud';; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "SET work_mem = 'much';; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "RESET nope;; DROP INDEX i"),
      Trip(t, "CREATE INDEX i ON t (b)", "CLOSE nope;; DROP INDEX i"),
      Trip(
        "\(t);; INSERT INTO t VALUES (1)", "CREATE INDEX i ON t (b)",
        "MERGE INTO t USING t AS u ON 1 / t.b = u.b WHEN MATCHED THEN DO NOTHING;; DROP INDEX i"),
      // What was there before the history, or may have been.
      Trip("", "CREATE EXTENSION IF NOT EXISTS pg_trgm", "DROP EXTENSION IF EXISTS pg_trgm"),
      Trip("", "CREATE SCHEMA IF NOT EXISTS s", "DROP SCHEMA s"),
    ] + inUse + hidden)
  func isNotSafe(_ trip: Trip) async throws {
    let row = try await verdict(of: trip)
    #expect(row.verdict != "safe", "\(row)")
  }

  @Test(arguments: [
    Trip(t, "CREATE INDEX i ON t (b)", "DROP INDEX i"),
    Trip(t, "CREATE INDEX IF NOT EXISTS i ON t (b)", "DROP INDEX i"),
    Trip(t, "CREATE OR REPLACE VIEW v AS SELECT id FROM t", "DROP VIEW v"),
    Trip(t, "COMMIT;; CREATE INDEX CONCURRENTLY i ON t (b)", "COMMIT;; DROP INDEX CONCURRENTLY i"),
    Trip(t, "auto CREATE INDEX CONCURRENTLY i ON t (b)", "auto DROP INDEX CONCURRENTLY i"),
    Trip(t, "SET lock_timeout = '5s';; CREATE INDEX i ON t (b)", "DROP INDEX IF EXISTS i"),
    Trip(t, "CREATE VIEW v AS SELECT x, q.y FROM t AS q (x, y)", "DROP VIEW v"),
    Trip(
      t, "CREATE VIEW v AS SELECT b AS k, count(*) AS n FROM t GROUP BY k ORDER BY n",
      "DROP VIEW v"),
    Trip(t, "CREATE VIEW v AS SELECT id, x FROM t, generate_series(1, id) AS x", "DROP VIEW v"),
    Trip(t, "CREATE VIEW v AS SELECT row_to_json(t) AS j, ctid FROM t", "DROP VIEW v"),
    // Only what reads or writes rows takes longer than a moment.
    Trip(t, "CREATE INDEX i ON t (b)", "SET statement_timeout = '5s';; DROP INDEX i"),
    Trip("", "CREATE EXTENSION pg_trgm", "DROP EXTENSION IF EXISTS pg_trgm"),
    // An index that cannot grow beyond its rows, and one whose values another index holds already.
    Trip(
      "CREATE TABLE x (a varchar(200), b int);; CREATE INDEX i ON x (a, b)", "DROP INDEX i",
      "CREATE INDEX i ON x (a, b)"),
    Trip(
      t + ";; CREATE INDEX i ON t (a)", "CREATE INDEX j ON t (a, id);; DROP INDEX i",
      "CREATE INDEX i ON t (a);; DROP INDEX j"),
    Trip(
      t, "CREATE EXTENSION pgcrypto;; CREATE VIEW v AS SELECT id % 2 AS x FROM t",
      "DROP EXTENSION pgcrypto;; DROP VIEW v"),
    Trip("", "CREATE TYPE m AS ENUM ('a')", "DROP TYPE IF EXISTS m"),
    Trip(
      t, "ALTER TABLE t ADD CONSTRAINT k UNIQUE (b)", "ALTER TABLE t DROP CONSTRAINT k"),
    Trip(t, "ALTER TABLE t RENAME a TO c", "ALTER TABLE t RENAME c TO a"),
    Trip(
      t + ";; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      "DROP TRIGGER IF EXISTS g ON t;; "
        + "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
      "DROP TRIGGER g ON t"),
    Trip(
      t + ";; CREATE VIEW v AS SELECT id FROM t",
      "CREATE OR REPLACE VIEW v AS SELECT id, a FROM t;; DROP VIEW v",
      "CREATE VIEW v AS SELECT id FROM t"),
    Trip(t, "CREATE TEMP TABLE scratch AS SELECT 1 AS x", ""),
    Trip(
      t, "CREATE INDEX i ON t (b)",
      """
      py import asyncio
          async def f():
              op.drop_index('i')
          async def g():
              await f()
          asyncio.run(g())
      """),
    // The project's SQLAlchemy takes bare strings: databases are past the upgrade.
    Trip(
      t, "py op.get_bind().execute('CREATE INDEX i ON t (b)')",
      "py op.get_bind().execute('DROP INDEX i')"),
    Trip(
      t, "CREATE INDEX i ON t (b)",
      "SELECT count(*), max(b) FROM t;; SELECT pg_advisory_xact_lock(7);; SELECT id FROM t "
        + "WHERE b = id AND a LIKE 'x%';; DROP INDEX i"),
    Trip(
      t + ";; CREATE MATERIALIZED VIEW m AS SELECT id, lower(a) AS a FROM t",
      "CREATE INDEX i ON t (b)",
      "REFRESH MATERIALIZED VIEW m;; DROP INDEX i"),
    Trip(
      t, "CREATE INDEX i ON t (b)",
      "DO $$ DECLARE n int := 1; s text := 'x'; BEGIN DROP INDEX i; RETURN; END $$"),
    Trip(
      t + ";; CREATE FUNCTION f(n int) RETURNS bigint LANGUAGE sql AS "
        + "'SELECT count(*) FROM t WHERE b = n'",
      "DROP FUNCTION f(int)",
      "CREATE FUNCTION f(n int) RETURNS bigint LANGUAGE sql AS "
        + "'SELECT count(*) FROM t WHERE b = n'"),
    Trip(
      t, "CREATE INDEX i ON t (b)",
      "SET client_min_messages TO WARNING;; SET work_mem = '64MB';; SET synchronous_commit = off;; "
        + "SET check_function_bodies = false;; RESET client_min_messages;; DROP INDEX i"),
  ])
  func isSafe(_ trip: Trip) async throws {
    let row = try await verdict(of: trip)
    #expect(row.verdict == "safe", "\(row)")
  }

  /// Values and rows: those that come back, those that only the new schema allows, those that are gone.
  @Test(
    arguments: [
      (
        Trip(
          "CREATE TABLE x (s text NOT NULL);; CREATE TABLE u (s text)",
          "ALTER TABLE x ALTER s DROP NOT NULL",
          "UPDATE x SET s = 'b' FROM u WHERE u.s IS NULL;; ALTER TABLE x ALTER s SET NOT NULL"),
        "old-lost"
      ),
      (
        Trip(
          "CREATE TABLE x (s text, CONSTRAINT c CHECK (s IN ('a', 'b')));; CREATE TABLE u (s text)",
          "ALTER TABLE x DROP CONSTRAINT c",
          "DELETE FROM x USING u WHERE u.s = 'c';; "
            + "ALTER TABLE x ADD CONSTRAINT c CHECK (s IN ('a', 'b'))"), "old-lost"
      ),
      (
        Trip(
          "CREATE TABLE x (n int, CONSTRAINT c CHECK (n IN (1, 2)))",
          "ALTER TABLE x DROP CONSTRAINT c",
          "DELETE FROM x WHERE n = '1';; ALTER TABLE x ADD CONSTRAINT c CHECK (n IN (1, 2))"),
        "old-lost"
      ),
      (
        Trip(
          "CREATE TABLE x (n int, CONSTRAINT c CHECK (n IN (1, 2)))",
          "ALTER TABLE x DROP CONSTRAINT c",
          "DELETE FROM x WHERE n = 3;; ALTER TABLE x ADD CONSTRAINT c CHECK (n IN (1, 2))"),
        "new-lost"
      ),
      (
        Trip(
          "CREATE TABLE x (s text, CONSTRAINT c CHECK (s IN ('a')) NO INHERIT);; "
            + "CREATE TABLE y () INHERITS (x)", "ALTER TABLE x DROP CONSTRAINT c",
          "UPDATE x SET s = 'a' WHERE s = 'c';; "
            + "ALTER TABLE x ADD CONSTRAINT c CHECK (s IN ('a')) NO INHERIT"), "old-lost"
      ),
      (
        Trip(
          "CREATE TABLE x (a int);; CREATE TABLE y () INHERITS (x)",
          "CREATE TABLE bak AS SELECT * FROM x;; DELETE FROM x",
          "INSERT INTO x SELECT * FROM bak;; DROP TABLE bak"), "old-lost"
      ),
      (
        Trip(
          t,
          "CREATE TABLE n (x int);; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
            + "'BEGIN DELETE FROM t; RETURN NULL; END';; "
            + "CREATE TRIGGER g AFTER TRUNCATE ON n EXECUTE FUNCTION f()",
          "TRUNCATE n;; DROP TABLE n;; DROP FUNCTION f()"), "unknown"
      ),
      (
        Trip(
          t, "ALTER TABLE t ADD COLUMN c text;; UPDATE t SET c = a;; ALTER TABLE t DROP COLUMN a",
          "ALTER TABLE t ADD COLUMN a text;; UPDATE t SET a = c;; ALTER TABLE t DROP COLUMN c"),
        "kept"
      ),
      (
        Trip(
          t,
          "ALTER TABLE t ADD COLUMN c text;; UPDATE t SET c = a WHERE b > 0;; "
            + "ALTER TABLE t DROP COLUMN a",
          "ALTER TABLE t ADD COLUMN a text;; UPDATE t SET a = c;; ALTER TABLE t DROP COLUMN c"),
        "old-lost"
      ),
      (
        Trip(
          t, "ALTER TABLE t ADD COLUMN c text;; UPDATE t SET a = NULL;; UPDATE t SET c = a",
          "UPDATE t SET a = c;; ALTER TABLE t DROP COLUMN c"),
        "old-lost"
      ),
      (
        Trip(
          t, "ALTER TABLE t ADD COLUMN c text;; UPDATE t SET c = a;; UPDATE t SET a = NULL",
          "UPDATE t SET a = c;; ALTER TABLE t DROP COLUMN c"),
        "new-lost"
      ),
      (Trip(t, "UPDATE t SET b = b + 1", "UPDATE t SET b = b - 1"), "kept"),
      (Trip(t, "UPDATE t SET b = b + 1", "UPDATE t SET b = b - 2"), "unknown"),
      (
        Trip(t, "UPDATE t SET a = 'y' WHERE a = 'x'", "UPDATE t SET a = 'x' WHERE a = 'y'"),
        "old-lost"
      ),
      (
        Trip(
          t, "ALTER TABLE t ALTER b DROP NOT NULL",
          "UPDATE t SET b = 0 WHERE b IS NULL;; ALTER TABLE t ALTER b SET NOT NULL"),
        "new-lost"
      ),
      (
        Trip(
          t, "ALTER TABLE t ALTER b DROP NOT NULL;; UPDATE t SET b = NULL WHERE b = 0",
          "UPDATE t SET b = 0 WHERE b IS NULL;; ALTER TABLE t ALTER b SET NOT NULL"),
        "old-lost"
      ),
      (
        Trip(t, "CREATE INDEX i ON t (b)", "DELETE FROM t WHERE b IS NULL;; DROP INDEX i"),
        "new-lost"
      ),
      (
        Trip(
          t, "CREATE TABLE s AS SELECT * FROM t;; DELETE FROM t",
          "INSERT INTO t SELECT * FROM s;; DROP TABLE s"),
        "new-lost"
      ),
      (
        Trip(
          t, "CREATE TABLE s AS SELECT * FROM t WHERE b > 0;; DELETE FROM t",
          "INSERT INTO t SELECT * FROM s;; DROP TABLE s"),
        "old-lost"
      ),
    ] as [(Trip, String)])
  func dataIs(_ trip: Trip, _ answer: String) async throws {
    let row = try await verdict(of: trip)
    #expect(row.data == answer, "\(row)")
  }

  /// What PostgreSQL 15 gives back for ' 007', 'yes', '{"b":1, "a":2}', '{007}' and 24:00 is none of these.
  @Test(
    arguments: [
      ("text", "integer", "unknown"), ("text", "boolean", "unknown"), ("text", "jsonb", "unknown"),
      ("text[]", "integer[]", "unknown"), ("text", "timestamp", "unknown"),
      ("time", "interval", "unknown"), ("interval", "interval day to hour", "old-lost"),
      ("text", "json", "kept"), ("text", "mood", "kept"),
      ("date", "timestamp", "new-lost"), ("integer", "bigint", "kept"),
    ])
  func valuesReadAsOthersAndBack(_ from: String, _ to: String, _ answer: String) async throws {
    func change(to type: String) -> String { "ALTER TABLE x ALTER a TYPE \(type) USING a::\(type)" }
    let setup = "CREATE TYPE mood AS ENUM ('ok');; CREATE TABLE x (a \(from))"
    let row = try await verdict(of: Trip(setup, change(to: to), change(to: from)))
    #expect(row.data == answer, "\(row)")
  }

  /// On PostgreSQL 15 a day of the year 300000 and NaN end these with an error.
  @Test(arguments: [("timestamp", "date"), ("integer", "numeric(4)"), ("timestamptz", "date")])
  func fewValuesHaveNoOther(_ from: String, _ to: String) async throws {
    let row = try await verdict(
      of: Trip(
        "CREATE TABLE x (a \(from))", "ALTER TABLE x ALTER a TYPE \(to)",
        "ALTER TABLE x ALTER a TYPE \(from)"))
    #expect(row.executes == "depends", "\(row)")
  }

  /// Rows that keep what a statement seems to take from all of them: PostgreSQL 15 refuses the one after it.
  @Test(
    arguments: [
      Trip(
        "CREATE TABLE x (a int NOT NULL);; CREATE TABLE u (i int)",
        "ALTER TABLE x ALTER a DROP NOT NULL",
        "UPDATE x SET a = 0 FROM u WHERE a IS NULL;; ALTER TABLE x ALTER a SET NOT NULL"),
      Trip(
        "CREATE TABLE u (i int)", "CREATE TABLE n (x int)",
        "DELETE FROM n USING u;; ALTER TABLE n ADD CHECK (x > 0);; DROP TABLE n"),
      Trip(
        "CREATE TABLE x (a int NOT NULL);; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
          + "'BEGIN RETURN OLD; END';; "
          + "CREATE TRIGGER g BEFORE UPDATE ON x FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE x ALTER a DROP NOT NULL",
        "UPDATE x SET a = 0 WHERE a IS NULL;; ALTER TABLE x ALTER a SET NOT NULL"),
      Trip(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TABLE n (x int);; "
          + "CREATE TRIGGER g BEFORE DELETE ON n FOR EACH ROW EXECUTE FUNCTION f()",
        "DELETE FROM n;; ALTER TABLE n ADD CHECK (x > 0);; DROP TABLE n"),
      Trip(
        t + ";; CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS 'SELECT NULL::int'",
        "CREATE INDEX i ON t (b)",
        "ALTER TABLE t ADD y int DEFAULT f();; ALTER TABLE t ALTER y SET NOT NULL;; "
          + "ALTER TABLE t DROP y;; DROP INDEX i"),
    ])
  func rowsAreLeft(_ trip: Trip) async throws {
    let row = try await verdict(of: trip)
    #expect(row.executes != "yes", "\(row)")
  }

  /// Names and keys that other objects take over: whether code from before goes on with them.
  @Test(
    arguments: [
      (
        Trip(
          "CREATE TABLE x (a int)",
          "CREATE TABLE y (a int);; DROP TABLE x;; ALTER TABLE y RENAME TO x", ""), "works"
      ),
      (
        Trip(
          "CREATE TABLE x (a int)",
          "CREATE TABLE y (a text);; DROP TABLE x;; ALTER TABLE y RENAME TO x", ""), "breaks"
      ),
      (
        Trip(
          "CREATE TABLE x (a int);; CREATE TABLE y (b int)",
          "ALTER TABLE x RENAME TO z;; ALTER TABLE y RENAME TO x;; ALTER TABLE z RENAME TO y", ""),
        "breaks"
      ),
      (
        Trip(
          "CREATE TABLE x (a text)",
          "ALTER TABLE x ADD COLUMN n int;; ALTER TABLE x DROP COLUMN a;; "
            + "ALTER TABLE x RENAME COLUMN n TO a", ""), "breaks"
      ),
      (
        Trip(
          "CREATE TABLE x (a int, b text)",
          "ALTER TABLE x RENAME TO y;; CREATE VIEW x AS SELECT a, b FROM y", ""), "works"
      ),
      (
        Trip(
          "CREATE TABLE x (a int, b text)",
          "ALTER TABLE x RENAME TO y;; CREATE VIEW x AS SELECT a, b FROM y WHERE a > 3", ""),
        "breaks"
      ),
      (
        Trip(
          t
            + ";; CREATE TABLE c (t int, CONSTRAINT f FOREIGN KEY (t) REFERENCES t ON DELETE CASCADE)",
          "ALTER TABLE c DROP CONSTRAINT f;; "
            + "ALTER TABLE c ADD CONSTRAINT f FOREIGN KEY (t) REFERENCES t", ""), "breaks"
      ),
      (
        Trip(
          t + ";; CREATE TABLE c (t int, CONSTRAINT f FOREIGN KEY (t) REFERENCES t)",
          "ALTER TABLE c DROP CONSTRAINT f;; "
            + "ALTER TABLE c ADD CONSTRAINT f FOREIGN KEY (t) REFERENCES t ON DELETE CASCADE", ""),
        "works"
      ),
      (
        Trip(
          "CREATE TYPE e AS ENUM ('a', 'b');; CREATE TABLE x (s e)",
          "CREATE TYPE n AS ENUM ('a');; ALTER TABLE x ALTER s TYPE n USING s::text::n;; "
            + "DROP TYPE e;; ALTER TYPE n RENAME TO e", ""), "breaks"
      ),
      (
        Trip(
          "CREATE TABLE x (a text UNIQUE)", "CREATE UNIQUE INDEX i ON x (lower(a))",
          "DROP INDEX i"), "breaks"
      ),
      (
        Trip(
          "CREATE TABLE x (a text UNIQUE)",
          "ALTER TABLE x ADD COLUMN n text;; CREATE UNIQUE INDEX i ON x (coalesce(n, ''))",
          "DROP INDEX i;; ALTER TABLE x DROP COLUMN n"), "breaks"
      ),
    ] as [(Trip, String)])
  func codeFromBefore(_ trip: Trip, _ answer: String) async throws {
    let row = try await verdict(of: trip)
    #expect(row.code == answer, "\(row)")
  }

  /// Schemas, tables and types that a history uses and did not make were there before: they are neither
  /// left behind nor missing, unless the downgrade drops them.
  @Test(
    arguments: [
      (Trip("", "CREATE INDEX i ON app.c (a)", "DROP INDEX app.i"), true),
      (Trip("", "ALTER TABLE app.c ADD x int", "ALTER TABLE app.c DROP x"), true),
      (Trip("", "CREATE TABLE app.n (id int)", "DROP TABLE app.n"), true),
      (Trip("", "CREATE TABLE n (e mood)", "DROP TABLE n"), true),
      (Trip("", "CREATE TABLE n (e citext)", "DROP TABLE n"), true),
      (Trip("", "ALTER TABLE c ADD e app.kind", "ALTER TABLE c DROP e"), true),
      (Trip("", "CREATE TABLE app.n (id int)", "SELECT 1"), false),
      (Trip("", "CREATE TABLE app.n (id int)", "DROP TABLE app.n;; DROP SCHEMA app"), false),
      (Trip("", "CREATE TABLE n (e mood)", "DROP TABLE n;; DROP TYPE mood"), false),
      (Trip("", "ALTER TYPE mood RENAME TO m", "SELECT 1"), false),
      (Trip("", "CREATE TABLE app.n ()", "DROP SCHEMA app CASCADE;; CREATE SCHEMA app"), false),
      (Trip("", "CREATE TABLE n (e mood)", "DROP TABLE n;; ALTER TYPE mood OWNER TO x"), false),
      (Trip("", "CREATE TABLE n (e mood)", "DROP TABLE n;; ALTER TYPE mood SET SCHEMA x"), false),
      (Trip("", "CREATE TABLE n (e mood)", "DROP TABLE n;; COMMENT ON TYPE mood IS 'x'"), false),
      (Trip("", "SELECT 1", "ALTER TYPE mood OWNER TO x"), false),
      (Trip("", "SELECT 1", "ALTER SCHEMA s OWNER TO x"), false),
    ] as [(Trip, Bool)])
  func objectsOfOthersStay(_ trip: Trip, _ isRestored: Bool) async throws {
    let row = try await verdict(of: trip)
    #expect((row.schema == "restored") == isRestored, "\(row)")
  }

  /// What is dropped was there, and is used: code that names it breaks, and what the downgrade makes of
  /// that name is not left behind but may be another object.
  @Test(
    arguments: [
      ("EXTENSION citext", "CREATE EXTENSION citext"),
      ("FUNCTION f(int)", "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'"),
      ("VIEW v", "CREATE VIEW v AS SELECT 1 AS a"),
      ("MATERIALIZED VIEW v", "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a"),
      ("SCHEMA app", "CREATE SCHEMA app"), ("TYPE mood", "CREATE TYPE mood AS ENUM ('a')"),
      ("DOMAIN d", "CREATE DOMAIN d AS int"), ("SEQUENCE s", "CREATE SEQUENCE s"),
    ])
  func objectsOfOthersThatAreDropped(object: String, back: String) async throws {
    let row = try await verdict(
      of: Trip("py op.execute(input())", "DROP \(object)", back))
    #expect(row.code == "breaks", "\(row)")
    #expect(row.schema == "unknown", "\(row)")
    #expect(row.schemaDifferences.isEmpty, "\(row)")
    #expect(row.data == (object == "SEQUENCE s" ? "unknown" : "kept"), "\(row)")
  }
}

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

  /// The verdict of the second revision.
  private func verdict(of trip: Trip) async throws -> AnalysisReport.Revision {
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

  /// The statements of a step, parted by `;;`; `auto` before one puts it into an autocommit block.
  private func body(_ statements: String) -> String {
    let texts = statements.components(separatedBy: ";;").map {
      $0.trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
    if texts.isEmpty { return "    pass" }
    return texts.map { text in
      text.hasPrefix("auto ")
        ? "    with op.get_context().autocommit_block():\n        op.execute(\"\"\"\(text.dropFirst(5))\"\"\")"
        : "    op.execute(\"\"\"\(text)\"\"\")"
    }.joined(separator: "\n")
  }

  @Test(arguments: [
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
  ])
  func isNotSafe(_ trip: Trip) async throws {
    let row = try await verdict(of: trip)
    #expect(row.verdict != "safe", "\(row)")
  }

  @Test(arguments: [
    Trip(t, "CREATE INDEX i ON t (b)", "DROP INDEX i"),
    Trip(t, "COMMIT;; CREATE INDEX CONCURRENTLY i ON t (b)", "COMMIT;; DROP INDEX CONCURRENTLY i"),
    Trip(t, "auto CREATE INDEX CONCURRENTLY i ON t (b)", "auto DROP INDEX CONCURRENTLY i"),
    Trip(t, "SET lock_timeout = '5s';; CREATE INDEX i ON t (b)", "DROP INDEX IF EXISTS i"),
    Trip("", "CREATE EXTENSION IF NOT EXISTS pg_trgm", "DROP EXTENSION IF EXISTS pg_trgm"),
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
  ])
  func isSafe(_ trip: Trip) async throws {
    let row = try await verdict(of: trip)
    #expect(row.verdict == "safe", "\(row)")
  }
}

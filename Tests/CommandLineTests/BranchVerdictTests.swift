// Revisions of two branches. What happens in either order was seen on PostgreSQL 15.

import Foundation
import TestSupport
import Testing

@Suite struct BranchVerdictTests {
  struct Fork: Sendable, CustomTestStringConvertible {
    var base: String
    var judged: (String, String)
    var other: String

    var testDescription: String { "\(judged.0) beside \(other)" }
  }

  private static let t = "CREATE TABLE t (id int PRIMARY KEY, a int, b text)"
  private static let s = "CREATE TYPE e AS ENUM ('a', 'b');; CREATE TABLE s (id int, e e)"
  private static let f =
    t + ";; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
  private static let column = ("ALTER TABLE t ADD c int", "ALTER TABLE t DROP COLUMN c")
  private static func dance(to labels: String) -> String {
    "ALTER TYPE e RENAME TO eo;; CREATE TYPE e AS ENUM (\(labels));; "
      + "ALTER TABLE s ALTER e TYPE e USING e::text::e;; DROP TYPE eo"
  }

  /// The downgrade of the first fails, or leaves another schema, in one of the two orders.
  @Test(arguments: [
    Fork(base: t, judged: column, other: "CREATE VIEW v AS SELECT * FROM t"),
    Fork(
      base: t, judged: ("ALTER TABLE t ALTER a TYPE numeric", "ALTER TABLE t ALTER a TYPE int"),
      other: "ALTER TABLE t ALTER a TYPE bigint"),
    Fork(
      base: t,
      judged: ("ALTER TABLE t ALTER a SET NOT NULL", "ALTER TABLE t ALTER a DROP NOT NULL"),
      other: "ALTER TABLE t ALTER a SET NOT NULL"),
    Fork(
      base: s, judged: (dance(to: "'a', 'b', 'c'"), dance(to: "'a', 'b'")),
      other: "CREATE INDEX i ON s (e) WHERE e = 'a'"),
    Fork(
      base: f,
      judged: (
        "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "DROP FUNCTION f();; "
          + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
      ),
      other: "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()"),
    Fork(
      base: t, judged: ("CREATE EXTENSION pg_trgm", "DROP EXTENSION pg_trgm"),
      other: "CREATE INDEX i ON t USING gin (b gin_trgm_ops)"),
    Fork(
      base: t, judged: ("COMMENT ON TABLE t IS 'x'", "COMMENT ON TABLE t IS NULL"),
      other: "COMMENT ON TABLE t IS 'y'"),
  ])
  func eitherOrderCounts(_ fork: Fork) async throws {
    for (isFirst, report) in try await reports(of: fork) {
      let judged = try #require(report.revisions.first { $0.revision == "ra" })
      #expect(judged.executes != "yes" && judged.schema != "restored", "first: \(isFirst)")
    }
  }

  /// Both orders end well, and what the other does is of no concern.
  @Test(arguments: [
    Fork(base: t, judged: column, other: "ALTER TABLE t ADD d int"),
    Fork(base: t, judged: column, other: "CREATE INDEX i ON t (a)"),
    Fork(base: t, judged: column, other: "CREATE TABLE q (id int, r int REFERENCES t)"),
    Fork(base: t, judged: ("CREATE VIEW v AS SELECT * FROM t", "DROP VIEW v"), other: column.0),
    Fork(
      base: t,
      judged: ("ALTER TABLE t RENAME COLUMN a TO z", "ALTER TABLE t RENAME COLUMN z TO a"),
      other: "ALTER TABLE t RENAME COLUMN b TO y"),
    Fork(
      base: s, judged: ("CREATE INDEX i ON s (id)", "DROP INDEX i"),
      other: dance(to: "'a', 'b', 'c'")),
  ])
  func othersAreOfNoConcern(_ fork: Fork) async throws {
    for (isFirst, report) in try await reports(of: fork) {
      let judged = try #require(report.revisions.first { $0.revision == "ra" })
      #expect(judged.executes == "yes" && judged.schema == "restored", "first: \(isFirst)")
    }
  }

  @Test func whatIsDoubtedIsNamed() async throws {
    let fork = Fork(base: Self.t, judged: Self.column, other: "CREATE VIEW v AS SELECT * FROM t")
    try await withProject(fork) { directory in
      let outcome = try await backout("analyze", directory.path, in: directory)
      let text = outcome.outputText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        text.contains(
          "executes: another branch may be applied before this revision or after it: rb also touches t.c"
        ))
    }
  }

  /// The same with the judged revision on either branch, so that it is replayed first and last.
  private func reports(of fork: Fork) async throws -> [(Bool, AnalysisReport)] {
    var found: [(Bool, AnalysisReport)] = []
    for isFirst in [true, false] {
      found.append(
        try await withProject(fork, isFirst: isFirst) { directory in
          let outcome = try await backout(
            "analyze", "--format", "json", directory.path, in: directory)
          return (isFirst, try AnalysisReport(outcome.output))
        })
    }
    return found
  }

  private func withProject<Result>(
    _ fork: Fork, isFirst: Bool = true,
    _ body: (URL) async throws -> Result
  ) async throws -> Result {
    try await withTemporaryDirectory { directory in
      // Files are read in the order of their names, which decides the order of branches.
      let (judged, other) = isFirst ? ("1", "2") : ("2", "1")
      try write("0", "r0", "None", (fork.base, ""), in: directory)
      try write(judged, "ra", "'r0'", fork.judged, in: directory)
      try write(other, "rb", "'r0'", (fork.other, ""), in: directory)
      return try await body(directory)
    }
  }

  private func write(
    _ file: String, _ name: String, _ parent: String, _ steps: (String, String), in directory: URL
  ) throws {
    func body(_ statements: String) -> String {
      let texts = statements.components(separatedBy: ";;").filter { !$0.isEmpty }
      return texts.isEmpty
        ? "    pass" : texts.map { "    op.execute(\"\"\"\($0)\"\"\")" }.joined(separator: "\n")
    }
    let text = """
      from alembic import op
      revision = "\(name)"
      down_revision = \(parent)
      def upgrade():
      \(body(steps.0))
      def downgrade():
      \(body(steps.1))
      """
    try Data(text.utf8).write(to: directory.appending(path: "\(file).py"))
  }
}

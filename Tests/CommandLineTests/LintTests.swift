// `backout lint`: plain SQL, from files and from standard input.

import Foundation
import TestSupport
import Testing

@Suite struct LintTests {
  private func lint(
    _ sql: String, _ arguments: String...
  ) async throws -> (report: [String: Any], exitCode: Int32?, errors: String) {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "change.sql")
      try Data(sql.utf8).write(to: file)
      let outcome = try await run(
        [backoutPath, "lint", file.path, "--format", "json"] + arguments, in: directory)
      let json = try? JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
      return (json ?? [:], outcome.exitCode, outcome.errorText)
    }
  }

  private func rules(_ report: [String: Any]) -> [String] {
    (report["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
  }

  @Test func whatIsLostIsAnErrorAtItsLine() async throws {
    let outcome = try await lint(
      """
      -- a release
      CREATE TABLE notes (id bigint PRIMARY KEY);
      ALTER TABLE users
        DROP COLUMN name;
      """)
    #expect(outcome.exitCode == 1)
    let findings = outcome.report["findings"] as? [[String: Any]] ?? []
    let drop = try #require(findings.first { $0["rule"] as? String == "drop-column" })
    #expect(drop["line"] as? Int == 3)
    #expect(drop["sql"] as? String == "ALTER TABLE users\n  DROP COLUMN name")
  }

  @Test func transactionsAreThoseOfTheText() async throws {
    let index = "CREATE INDEX CONCURRENTLY i ON users (name);"
    for inside in ["BEGIN; \(index) COMMIT;", "BEGIN; SAVEPOINT s; \(index) COMMIT;"] {
      // 25001: CREATE INDEX CONCURRENTLY cannot run inside a transaction block.
      let outcome = try await lint(inside)
      #expect(outcome.exitCode != 0, "\(inside)")
    }
    #expect(try await lint(index).exitCode == 0)
    #expect(try await lint("BEGIN; COMMIT; \(index)").exitCode == 0)
  }

  @Test func whatAlembicKeepsForItselfIsNoNews() async throws {
    let outcome = try await lint(
      """
      BEGIN;
      CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
      UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a';
      DELETE FROM alembic_version WHERE alembic_version.version_num = 'b';
      COMMIT;
      """)
    #expect(outcome.exitCode == 0)
    #expect(rules(outcome.report).isEmpty)
  }

  @Test func sqlThatIsNoSQLIsNotUnderstood() async throws {
    let outcome = try await lint("ALTER TABEL users DROP COLUMN name; DROP TABLE users;")
    #expect(rules(outcome.report).contains("drop-table"))
    #expect((outcome.report["opaque"] as? [Any])?.count == 1)
    #expect(outcome.exitCode == 1)
    #expect(try await lint("ALTER TABEL users DROP COLUMN name").exitCode == 3)
  }

  @Test func standardInputIsAFileToo() async throws {
    let outcome = try await run([
      "/bin/sh", "-c", "echo 'DROP TABLE users' | \"$0\" lint - --format github", backoutPath,
    ])
    #expect(outcome.exitCode == 1)
    #expect(outcome.outputText.contains("drop-table"))
  }

  @Test func whatCannotBeReadIsOneLine() async throws {
    let missing = try await backout("lint", "no-such.sql")
    #expect(missing.exitCode == 2)
    #expect(missing.errorText == "backout: no-such.sql cannot be read\n")
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "latin.sql")
      try Data([0x53, 0xE9]).write(to: file)
      let outcome = try await run([backoutPath, "lint", file.path])
      #expect(outcome.exitCode == 2)
      #expect(outcome.errorText.hasSuffix("the text is not UTF-8\n"))
      let page = try await run([backoutPath, "lint", "-", "--format", "html"])
      #expect(page.exitCode == 2)
    }
  }
}

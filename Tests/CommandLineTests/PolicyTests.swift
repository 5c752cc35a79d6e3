// What a project acknowledges, switches off, rates and knows already: findings and exit codes.

import Foundation
import TestSupport
import Testing

@Suite struct PolicyTests {
  /// A project of two revisions, the second with this body of `upgrade` and this downgrade.
  private func analyze(
    _ upgrade: String, downgrade: String = "pass", settings: String = "",
    arguments: [String] = [], twice: Bool = false
  ) async throws -> (report: AnalysisReport, text: String, exitCode: Int32?) {
    try await withTemporaryDirectory { directory in
      let files = [
        "a.py": """
        import sqlalchemy as sa
        from alembic import op
        revision = "aaaa"
        down_revision = None
        def upgrade():
            op.create_table("users", sa.Column("id", sa.Integer()), sa.Column("name", sa.Text()))
        def downgrade():
            op.drop_table("users")
        """,
        "b.py": """
        import sqlalchemy as sa
        from alembic import op
        revision = "bbbb"
        down_revision = "aaaa"
        def upgrade():
            \(upgrade.replacingOccurrences(of: "\n", with: "\n    "))
        def downgrade():
            \(downgrade)
        """,
        "backout.toml": settings,
      ]
      for (name, text) in files {
        try Data(text.utf8).write(to: directory.appending(path: name))
      }
      let command = [backoutPath, "analyze", directory.path] + arguments
      let text = try await run(command, in: directory)
      let json = try await run(command + ["--format", "json"], in: directory)
      #expect(json.exitCode == text.exitCode)
      return (
        try AnalysisReport(json.output), text.outputText + text.errorText, text.exitCode
      )
    }
  }

  /// Seen from the file of the settings, wherever the command is run; what the command names comes first.
  @Test func settingsNameThePlace() async throws {
    try await withTemporaryDirectory { directory in
      let places = ["service/db", "other", "below/it"].map { directory.appending(path: $0) }
      for place in places {
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      }
      for (place, id) in zip(places, ["aaaa", "bbbb"]) {
        try Data("revision = \"\(id)\"\ndown_revision = None\ndef upgrade(): pass\n".utf8)
          .write(to: place.appending(path: "first.py"))
      }
      func judged(_ arguments: String..., from place: URL) async throws -> [String] {
        let outcome = try await run(
          [backoutPath, "analyze", "--format", "json"] + arguments, in: place)
        return try AnalysisReport(outcome.output).revisions.map(\.revision)
      }
      let settings = directory.appending(path: "backout.toml")
      try Data("paths = [\"service/db\"]\n".utf8).write(to: settings)
      #expect(try await judged(from: directory) == ["aaaa"])
      #expect(try await judged(from: places[2]) == ["aaaa"])
      #expect(try await judged("--path", places[1].path, from: directory) == ["bbbb"])
      try Data("paths = [\"nowhere\"]\n".utf8).write(to: settings)
      let missing = try await run([backoutPath, "analyze"], in: directory)
      #expect(missing.exitCode == 2 && missing.errorText.contains("nowhere"))
      try Data("paths = \"service/db\"\n".utf8).write(to: settings)
      let mistaken = try await run([backoutPath, "analyze", "service/db"], in: directory)
      #expect(mistaken.exitCode == 2 && mistaken.errorText.contains("a list of paths is expected"))
    }
  }

  private static let back = "op.add_column(\"users\", sa.Column(\"name\", sa.Text()))"

  @Test func acknowledgementIsForTheGateAndNotForTheVerdict() async throws {
    for comment in [
      "op.drop_column('users', 'name')  # backout: allow drop-column -- nobody reads it",
      "# backout: allow drop-column until 2999-01-31 -- nobody reads it\n\nop.drop_column('users', 'name')",
      "op.drop_column(\n  'users',  # backout: allow drop-column, drop-table -- nobody reads it\n  'name')",
    ] {
      let outcome = try await analyze(comment, downgrade: Self.back)
      #expect(outcome.exitCode == 0)
      #expect(outcome.report.verdict == "unsafe")
      #expect(outcome.text.contains("acknowledged: nobody reads it"))
      #expect(outcome.report.diagnostics.isEmpty)
    }
    let bare = try await analyze("op.drop_column('users', 'name')", downgrade: Self.back)
    #expect(bare.exitCode == 1)
  }

  @Test func whatDoesNotHoldIsSaid() async throws {
    let cases: [(String, String)] = [
      ("# backout: allow drop-column", "an acknowledgement needs a reason"),
      ("# backout: allow drop-colum -- x", "perhaps 'drop-column'"),
      ("# backout: permit drop-column -- x", "after 'backout:' comes 'allow'"),
      ("# backout: allow drop-column until soon -- x", "after 'until' comes the last day"),
      ("# backout: allow drop-column until 2020-02-29 -- x", "is over"),
      ("# backout: allow truncate -- x", "nothing here needs the acknowledgement"),
      ("'# backout: allow drop-column -- x'", ""),
    ]
    for (comment, words) in cases {
      let outcome = try await analyze(
        comment + "\nop.drop_column('users', 'name')", downgrade: Self.back)
      #expect(outcome.exitCode == 1, "\(comment)")
      #expect(words.isEmpty || outcome.text.contains(words), "\(comment): \(outcome.text)")
      #expect(outcome.report.diagnostics.isEmpty == words.isEmpty)
    }
  }

  @Test func whatIsNotKnownIsAcknowledgedByItsOwnWord() async throws {
    let call = "helpers.run(op)"
    #expect(
      try await analyze("import helpers\n" + call, downgrade: "unknown_name.back(op)").exitCode == 3
    )
    let outcome = try await analyze(
      "import helpers\n\(call)  # backout: allow unknown -- reviewed by hand",
      downgrade: "raise NotImplementedError  # backout: allow downgrade-raises -- agreed")
    #expect(outcome.report.verdict == "unsafe")
    #expect(outcome.exitCode == 0, "\(outcome.text)")
  }

  @Test func aStatementWhoseEffectIsNotProvedIsShownAndAcknowledgedAtItsPlace() async throws {
    let setting = "op.execute('ALTER ROLE reader SET work_mem TO 64')"
    let back =
      "op.execute('ALTER ROLE reader RESET work_mem')"
      + "  # backout: allow unknown -- reviewed by hand"
    let open = try await analyze(setting, downgrade: back)
    #expect(open.exitCode == 3)
    #expect(open.text.contains("b.py:6"), "\(open.text)")
    let outcome = try await analyze(
      "\(setting)  # backout: allow unknown -- reviewed by hand", downgrade: back)
    #expect(outcome.report.verdict == "unknown")
    #expect(outcome.exitCode == 0, "\(outcome.text)")
    #expect(outcome.report.diagnostics.isEmpty)
  }

  /// The versions are those of the release notes.
  @Test(arguments: [
    ("CREATE OR REPLACE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()", 14),
    ("ALTER TABLE users ALTER COLUMN name SET COMPRESSION pglz", 14),
    ("ALTER TABLE users ALTER COLUMN name SET DEFAULT gen_random_uuid()", 13),
    ("MERGE INTO users USING users AS u ON u.id = users.id WHEN MATCHED THEN DO NOTHING", 15),
    ("CREATE UNIQUE INDEX i ON users (name) NULLS NOT DISTINCT", 15),
  ])
  func whatAnOlderServerDoesNotKnowFails(_ sql: String, since version: Int) async throws {
    let upgrade = """
      op.execute("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
      """
    for asked in [version - 1, version] {
      let outcome = try await analyze(
        upgrade, downgrade: "op.execute(\"\(sql)\")",
        arguments: ["--postgres-version", "\(asked)"])
      let executes = outcome.report.revisions.first { $0.revision == "bbbb" }?.executes
      #expect((executes == "no") == (asked < version), "\(asked): \(sql): \(executes ?? "")")
    }
  }

  @Test func settingsRateAndSwitchOff() async throws {
    let drop = "op.drop_column('users', 'name')"
    for word in ["off", "warning", "info"] {
      let outcome = try await analyze(
        drop, downgrade: Self.back, settings: "[rules]\ndrop-column = '\(word)'\n")
      #expect(outcome.exitCode == 0)
      #expect(outcome.report.verdict == "unsafe")
      let severities = outcome.report.findings.filter { $0.rule == "drop-column" }
        .map(\.severity)
      #expect(severities == (word == "off" ? [] : [word]))
    }
    let strict = try await analyze(
      "op.add_column('users', sa.Column('age', sa.Integer()))",
      downgrade: "op.drop_column('users', 'age')", settings: "fail-on = 'depends'\n")
    #expect(strict.exitCode == 5)
    let given = try await analyze(
      "op.add_column('users', sa.Column('age', sa.Integer()))",
      downgrade: "op.drop_column('users', 'age')", settings: "fail-on = 'depends'\n",
      arguments: ["--fail-on", "none"])
    #expect(given.exitCode == 0)
  }

  @Test(arguments: [
    ("", "warning"), ("small-tables = ['users']", "info"), ("small-tables = ['public.u*']", "info"),
    ("small-tables = ['user']", "warning"),
  ])
  func locksOnSmallTablesAreInformation(settings: String, severity: String) async throws {
    let outcome = try await analyze(
      "op.create_index('i', 'users', ['name'])", downgrade: "op.drop_index('i')", settings: settings
    )
    let finding = try #require(
      outcome.report.findings.first { $0.rule == "index-not-concurrent" })
    #expect(finding.severity == severity)
  }

  @Test func waiversCoverFiles() async throws {
    let drop = "op.drop_column('users', 'name')"
    func exitCode(_ file: String, _ more: String = "") async throws -> Int32? {
      try await analyze(
        drop, downgrade: Self.back,
        settings: "[[waivers]]\nfile = '\(file)'\nrule = 'drop-column'\nreason = 'r'\n\(more)"
      ).exitCode
    }
    #expect(try await exitCode("b.py") == 0)
    #expect(try await exitCode("*.py") == 0)
    #expect(try await exitCode("**/b.py") == 0)
    #expect(try await exitCode("a.py") == 1)
    #expect(try await exitCode("b.py", "until = 2999-12-31\n") == 0)
    #expect(try await exitCode("b.py", "until = '2020-12-31'\n") == 1)
  }

  @Test(arguments: [
    ("rules = 3", "a table is expected"), ("[rules]\ndrop-colunm = 'off'", "perhaps 'drop-column'"),
    ("[rules]\ndrop-column = 'loud'", "is to be off, on, info, warning or error"),
    ("fail-om = 'unsafe'", "perhaps 'fail-on'"), ("postgres-version = 9", "11 to 18"),
    ("baseline = 'nowhere'", "cannot be read"), ("start-after = 'zzzz'", "zzzz"),
    ("[[waivers]]\nfile = 'x'", "a text is expected"),
  ])
  func wrongSettingsEndWithOneLine(settings: String, words: String) async throws {
    try await withTemporaryDirectory { directory in
      try Data("revision = 'aaaa'\ndown_revision = None\ndef upgrade(): pass\n".utf8)
        .write(to: directory.appending(path: "a.py"))
      try Data(settings.utf8).write(to: directory.appending(path: "backout.toml"))
      let outcome = try await run([backoutPath, "analyze", directory.path], in: directory)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
      #expect(outcome.errorText.split(separator: "\n").count == 1)
    }
  }

  @Test func baselineHidesWhatWasKnown() async throws {
    try await withTemporaryDirectory { directory in
      let project = repository.appending(path: "Fixtures/projects/verdicts")
      let file = directory.appending(path: "known.txt").path
      let written = try await backout("analyze", "--write-baseline", file, in: project)
      #expect(written.exitCode == 0)
      let again = try await backout("analyze", "--baseline", file, in: project)
      #expect(again.exitCode == 0)
      #expect(again.outputText.hasPrefix("unsafe"))
      #expect(!again.outputText.contains("error["))
      var lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      lines.removeAll { $0.hasPrefix("data_old_lost ") }
      try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: file))
      let changed = try await backout("analyze", "--baseline", file, in: project)
      #expect(changed.exitCode == 1)
      #expect(changed.outputText.contains("data_old_lost"))
      #expect(!changed.outputText.contains("schema_differs"))
    }
  }

  @Test func revisionsBeforeTheStartAreNotJudged() async throws {
    let outcome = try await analyze(
      "pass", settings: "start-after = 'aaaa'\n", arguments: ["--postgres-version", "16"])
    #expect(outcome.report.revisions.map(\.revision) == ["bbbb"])
  }
}

// backout.toml with every setting that the documentation lists.

import Foundation
import SourceText
import Testing

@testable import Alembic

@Suite struct SettingTests {
  /// The examples of the table as one file; names that a project chooses are `chosen`.
  private func file() -> String {
    var top = ""
    var tables: [(name: String, lines: String)] = []
    for setting in ProjectSetting.all {
      let parts = setting.name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        top += "\(setting.name) = \(setting.example)\n"
        continue
      }
      let line = "\(parts[1] == "*" ? "chosen" : parts[1]) = \(setting.example)\n"
      if tables.last?.name == parts[0] {
        tables[tables.count - 1].lines += line
      } else {
        tables.append((parts[0], line))
      }
    }
    return top
      + tables.map { name, lines in
        ["waivers", "flags"].contains(name) ? "[[\(name)]]\n\(lines)" : "[\(name)]\n\(lines)"
      }.joined()
  }

  private func settings(_ text: String) throws -> ProjectSettings {
    let project = try TemporaryProject(["backout.toml": text])
    return try ProjectSettings(found: project.path + "/backout.toml")
  }

  @Test(arguments: [
    (
      "[[waivers]]\nfile = 'a'\nrule = 'b'\nreason = 'c'\n\n  [[ waivers ]] # another\n"
        + "file = 'a'\nrule = 'b'\nreason = 'c'\n", [1, 6]
    ),
    ("waivers = [{file = 'a', rule = 'b', reason = 'c'}]\n", [1]),
    // What looks like a header within a text leaves none of them with a line.
    (
      "fail-on = 'unsafe'\n[[waivers]]\nfile = 'a'\nrule = 'b'\nreason = '''\n[[waivers]]\n'''\n",
      [1]
    ),
  ])
  func aWaiverStandsAtItsHeader(text: String, lines: [Int]) throws {
    let waivers = try settings(text).policy.waivers
    #expect(waivers.map(\.place.start.line) == lines)
  }

  @Test func everySettingThatIsListedIsRead() throws {
    let settings = try settings(file())
    let policy = settings.policy
    #expect(settings.engine == "engine1")
    #expect(policy.failOn == "unsafe,unknown")
    #expect(policy.startAfter == "a1b2c3d4")
    #expect(policy.postgresVersion == 16)
    #expect(policy.advisoryLock == "4711")
    #expect(policy.smallTables == ["countries", "app.*"])
    #expect(policy.baseline == "backout-baseline.txt")
    #expect(policy.rules == ["chosen": "warning"])
    #expect(settings.functions == ["chosen": .nothing])
    let waiver = try #require(policy.waivers.first)
    #expect(waiver.file == "migrations/versions/2023_*.py")
    #expect(waiver.rule == "drop-column")
    #expect(waiver.reason == "ran before we looked")
    #expect(waiver.until == "2037-01-31")
    let runbook = settings.runbook
    #expect(runbook.commandPrefix == "railway run")
    #expect(runbook.alembic == "uv run alembic")
    #expect(runbook.role == "migrator")
    let flag = try #require(runbook.flags.first)
    #expect(flag.name == "gift-messages")
    #expect(flag.tables == ["orders"])
    #expect(flag.place == "https://flags.example.com")
  }

  /// What is not listed is not accepted, at the top and in each table whose names are the program's.
  @Test(arguments: [
    "fail-no = \"unsafe\"",
    "[[waivers]]\nfile = \"a\"\nrule = \"b\"\nreason = \"c\"\nuntill = \"d\"",
    "[functions]\n\"a.b\" = \"something\"", "[functions]\n\"a.b\" = 1",
    "[runbook]\nroles = \"a\"", "[[flags]]\nname = \"a\"\ntables = [\"b\"]\nwho = \"c\"",
  ])
  func whatIsNotListedIsRefused(text: String) {
    #expect(throws: ProjectFailure.self) { try settings(text) }
  }

  /// `alembic init -t multidb`: each database has functions of its own.
  @Test(arguments: [
    ("engine1, engine2", "engine = 'engine1'\n", "ALTER TABLE a ADD COLUMN x INTEGER", true),
    ("engine1, engine2", "engine = 'engine2'\n", nil, true), ("engine2", "", nil, true),
    ("engine1, engine2", "", nil, false),
  ])
  func oneOfSeveralDatabases(
    _ databases: String, _ settings: String, _ sql: String?, _ isComplete: Bool
  ) throws {
    let project = try TemporaryProject([
      "backout.toml": settings,
      "alembic.ini": "[alembic]\nscript_location = migrations\ndatabases = \(databases)\n",
      "migrations/env.py": "from alembic import context\n"
        + "context.configure(connection=c, target_metadata=None)\n",
      "migrations/versions/a.py": """
      from alembic import op
      import sqlalchemy as sa
      revision = "a"
      down_revision = None
      def upgrade(engine_name: str) -> None:
          globals()["upgrade_%s" % engine_name]()
      def downgrade(engine_name: str) -> None:
          globals()["downgrade_%s" % engine_name]()
      def upgrade_engine1() -> None:
          op.add_column("a", sa.Column("x", sa.Integer()))
      def upgrade_engine2() -> None:
          pass
      """,
    ])
    let step = try withExtendedLifetime(project) {
      let loaded = try project.load()
      return try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
    }
    #expect(step?.statements.map(\.sql) == (sql.map { [$0] } ?? []))
    #expect(step?.isComplete == isComplete)
    if !isComplete {
      #expect(step?.opaque.first?.reason.detail.contains("one of engine1, engine2") == true)
    }
  }
}

// Holds `backout sql` of example projects to what Alembic prints for them.

import Foundation
import TestSupport
import Testing

@Suite struct ExampleProjectTests {
  /// The interpreter that has the Alembic of Fixtures/tools/requirements.txt.
  static var python: String {
    ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"]
      ?? repository.appending(path: ".venv/bin/python").path
  }

  /// What the deployment of a project gives Alembic, beside what its backout.toml tells us.
  private static let environments = [
    "projects/registered": ["NOTES_SCHEMA": "main", "NOTES_LIMITS": #"{"title": 80}"#]
  ]

  @Test(
    arguments: ["shop", "projects/env-options", "projects/registered"],
    [("upgrade", "base:head"), ("downgrade", "head:base")])
  func sqlIsAlembics(project: String, step: (command: String, range: String)) async throws {
    let directory = repository.appending(path: "Fixtures/\(project)")
    let fixed = ["PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"]
    let alembic = try await run(
      [Self.python, "-m", "alembic", step.command, step.range, "--sql"], in: directory,
      settings: fixed.merging(Self.environments[project] ?? [:]) { first, _ in first })
    try #require(alembic.exitCode == 0, "\(alembic.errorText)")
    let ours = try await backout("sql", step.range, in: directory)
    #expect(ours.exitCode == 0)
    #expect(ours.outputText == alembic.outputText)
    #expect(ours.output == alembic.output)
  }

  /// The text then has Alembic's default, says so, and does not pass for the whole truth.
  @Test func settingThatOnlyRunningTellsIsAGap() async throws {
    try await withTemporaryDirectory { directory in
      let versions = directory.appending(path: "migrations/versions")
      try FileManager.default.createDirectory(at: versions, withIntermediateDirectories: true)
      let files = [
        "alembic.ini": "[alembic]\nscript_location = migrations\n",
        "migrations/env.py":
          "from alembic import context\nimport settings\n"
          + "context.configure(url='postgresql://', version_table=settings.TABLE)\n",
        "migrations/versions/a1.py":
          "revision = 'a1'\ndown_revision = None\n"
          + "def upgrade(): pass\ndef downgrade(): pass\n",
      ]
      for (name, text) in files {
        try Data(text.utf8).write(to: directory.appending(path: name))
      }
      let outcome = try await backout("sql", "base:head", in: directory)
      #expect(outcome.exitCode == 3)
      #expect(outcome.outputText.hasPrefix("-- backout: not known: version_table of env.py"))
      #expect(outcome.errorText.contains("migrations/env.py:3: version_table is not known"))
    }
  }
}

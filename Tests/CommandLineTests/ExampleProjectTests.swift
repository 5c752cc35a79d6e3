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
}

// A project that has no migration yet, made by `alembic init`: its gate passes and says why.

import Foundation
import TestSupport
import Testing

private let python = ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"]

@Suite struct NewProjectTests {
  private func withNewProject(_ body: (URL) async throws -> Void) async throws {
    let python = try #require(python)
    try await withTemporaryDirectory { directory in
      let made = try await run([python, "-m", "alembic", "init", "migrations"], in: directory)
      try #require(made.exitCode == 0, "\(made.errorText)")
      try await body(directory)
    }
  }

  private static let notice =
    "backout: there is no migration yet in 'migrations/versions'\n"

  @Test(
    .enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"),
    arguments: [
      "analyze", "analyze migrations", "analyze alembic.ini", "analyze migrations/versions",
      "analyze --format json", "analyze --format sarif", "analyze --fail-on depends", "graph",
      "graph --format mermaid", "sql",
    ])
  func nothingToJudgeIsNoFailure(command: String) async throws {
    try await withNewProject { directory in
      let arguments = command.split(separator: " ").map(String.init)
      for isCheckout in [false, true] {
        // Git keeps no empty directory: a checkout has no versions/, and Alembic does not mind.
        let versions = directory.appending(path: "migrations/versions")
        if isCheckout {
          if arguments.contains("migrations/versions") { continue }
          try FileManager.default.removeItem(at: versions)
          let heads = try await run([python ?? "", "-m", "alembic", "heads"], in: directory)
          #expect(heads.exitCode == 0)
        }
        let outcome = try await run([backoutPath] + arguments, in: directory)
        #expect(outcome.exitCode == 0)
        #expect(outcome.errorText == Self.notice)
      }
    }
  }

  /// What is not the project, or not all of it, is a mistake all the same.
  @Test(.enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"))
  func mistakesAreStillFailures() async throws {
    try await withNewProject { directory in
      func expectFailure(_ arguments: String..., saying words: String) async throws {
        let outcome = try await run([backoutPath, "analyze"] + arguments, in: directory)
        #expect(outcome.exitCode == 2, "\(arguments)")
        #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
      }
      try await expectFailure("migration", saying: "no file or directory 'migration'")
      let other = directory.appending(path: "other")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      try await expectFailure("other", saying: "no migration files in 'other'")
      let versions = directory.appending(path: "migrations/versions")
      let file = versions.appending(path: "notes.py")
      try Data("x = 1\n".utf8).write(to: file)
      try await expectFailure(saying: "no migration files in 'migrations/versions'")
      // Alembic would not look there without recursive_version_locations.
      let below = versions.appending(path: "2024")
      try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
      try FileManager.default.moveItem(at: file, to: below.appending(path: "a.py"))
      try await expectFailure(saying: "no migration files in 'migrations/versions'")
      try FileManager.default.removeItem(at: below)
      let settings = directory.appending(path: "alembic.ini")
      let text = try String(contentsOf: settings, encoding: .utf8)
      try Data(text.replacing("[alembic]", with: "[alembic]\nversion_locations = typo").utf8)
        .write(to: settings)
      try await expectFailure(saying: "the directory of the migrations does not exist: 'typo'")
    }
  }
}

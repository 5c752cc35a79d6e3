// `backout init`: writes what is not there, and nothing else.

import Foundation
import TestSupport
import Testing

@Suite struct InitTests {
  private func text(_ directory: URL, _ name: String) -> String? {
    try? String(contentsOf: directory.appending(path: name), encoding: .utf8)
  }

  @Test func settingsAreWrittenOnceAndCanBeRead() async throws {
    try await withTemporaryDirectory { directory in
      let first = try await run([backoutPath, "init"], in: directory)
      #expect(first.exitCode == 0)
      #expect(first.outputText.hasPrefix("wrote backout.toml\n"))
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      #expect(names == ["backout.toml"])
      // Every line that is commented out is a setting that the program knows.
      let written = try #require(text(directory, "backout.toml"))
      let lines = written.split(separator: "\n").map { line in
        line.hasPrefix("# ") && line.contains(" = ") ? line.dropFirst(2) : line
      }
      try lines.filter { !$0.hasPrefix("start-after") }.joined(separator: "\n").write(
        to: directory.appending(path: "backout.toml"), atomically: true, encoding: .utf8)
      try Data("SELECT 1".utf8).write(to: directory.appending(path: "a.sql"))
      let read = try await run([backoutPath, "lint", "a.sql"], in: directory)
      #expect(read.exitCode == 0, "\(read.errorText)")
    }
  }

  @Test func whatIsThereStays() async throws {
    try await withTemporaryDirectory { directory in
      for name in ["backout.toml", ".pre-commit-config.yaml", ".gitlab-ci.yml"] {
        try Data("# mine\n".utf8).write(to: directory.appending(path: name))
      }
      let outcome = try await run(
        [backoutPath, "init", "--pre-commit", "--gitlab", "--github"], in: directory)
      #expect(outcome.exitCode == 0)
      #expect(outcome.outputText.contains(".gitlab-ci.yml is there already; to be added to it:"))
      #expect(outcome.outputText.contains("wrote .github/workflows/backout.yml\n"))
      for name in ["backout.toml", ".pre-commit-config.yaml", ".gitlab-ci.yml"] {
        #expect(text(directory, name) == "# mine\n")
      }
    }
  }

  @Test func aDirectoryThatIsNotThereIsOneLine() async throws {
    let outcome = try await backout("init", "/no/such/directory")
    #expect(outcome.exitCode == 2)
    #expect(
      outcome.errorText
        == "backout: '/no/such/directory/backout.toml' cannot be written: No such file or directory\n"
    )
  }
}

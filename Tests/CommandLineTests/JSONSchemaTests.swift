// What --format json writes is what docs/schema.json says, checked by jsonschema of PyPI.

import Foundation
import TestSupport
import Testing

private let python = ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"]

/// Projects with every kind of damage, and the example.
let fixtureProjects: [String] = {
  let fixtures = repository.appending(path: "Fixtures")
  let broken = try? FileManager.default.contentsOfDirectory(
    atPath: fixtures.appending(path: "projects").path)
  return ["Fixtures/shop"] + (broken ?? []).sorted().map { "Fixtures/projects/\($0)" }
}()

/// Holds what a command wrote to the definition of that name.
func expectSchema(_ definition: String, _ outcome: Outcome, in directory: URL) async throws {
  guard let python else { return }
  let file = directory.appending(path: "written.json")
  try outcome.output.write(to: file)
  let script = repository.appending(path: "Fixtures/tools/json_schema.py").path
  let check = try await run([python, script, definition, file.path])
  #expect(check.exitCode == 0, "\(check.outputText)\(check.errorText)")
}

@Suite struct JSONSchemaTests {
  @Test(.enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"))
  func plainSQLIsAsTheSchemaSays() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "a.sql")
      try Data("DROP TABLE a; SELECT nonsense(; CREATE INDEX ON a (b)".utf8).write(to: file)
      let outcome = try await backout("lint", file.path, "--format", "json")
      #expect(outcome.outputText.contains("drop-table"))
      try await expectSchema("lint", outcome, in: directory)
    }
  }

  @Test(
    .enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"),
    arguments: ["analyze", "sql", "graph", "rules"])
  func everyDocumentIsAsTheSchemaSays(command: String) async throws {
    let python = try #require(python)
    try await withTemporaryDirectory { directory in
      var files: [String] = []
      for (index, project) in fixtureProjects.enumerated() {
        let arguments = command == "rules" ? [] : ["--path", project]
        let outcome = try await run([backoutPath, command, "--format", "json"] + arguments)
        // A project that cannot be read at all has a line on standard error and no document.
        guard !outcome.output.isEmpty else {
          #expect(outcome.exitCode == 2)
          continue
        }
        let file = directory.appending(path: "\(index).json")
        try outcome.output.write(to: file)
        files.append(file.path)
      }
      try #require(files.count > fixtureProjects.count / 2)
      let script = repository.appending(path: "Fixtures/tools/json_schema.py").path
      let check = try await run([python, script, command] + files)
      #expect(check.exitCode == 0, "\(check.outputText)\(check.errorText)")
    }
  }

  @Test(.enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"))
  func theSchemaRefusesWhatIsNotInIt() async throws {
    let python = try #require(python)
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "wrong.json")
      let script = repository.appending(path: "Fixtures/tools/json_schema.py").path
      for (command, text) in [
        ("graph", #"{"format":2,"database":null,"revisions":[]}"#), ("many", #"{"format":1}"#),
        ("involved", #"{"format":1}"#), ("verification", #"{"format":1}"#),
        ("sql", #"{"format":1}"#),
        ("sql-projects", #"{"format":1,"projects":[{"path":"a"}]}"#),
        ("analyze", #"{"format":1,"verdict":"fine","revisions":[]}"#),
      ] {
        try Data(text.utf8).write(to: file)
        #expect(try await run([python, script, command, file.path]).exitCode == 1)
      }
    }
  }
}

// What --format json writes is what docs/schema.json says, checked by jsonschema of PyPI.

import Foundation
import TestSupport
import Testing

private let python = ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"]

/// Projects with every kind of damage, and the example.
private let projects: [String] = {
  let fixtures = repository.appending(path: "Fixtures")
  let broken = try? FileManager.default.contentsOfDirectory(
    atPath: fixtures.appending(path: "projects").path)
  return ["Fixtures/shop"] + (broken ?? []).sorted().map { "Fixtures/projects/\($0)" }
}()

@Suite struct JSONSchemaTests {
  @Test(
    .enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"),
    arguments: ["analyze", "sql", "graph", "rules"])
  func everyDocumentIsAsTheSchemaSays(command: String) async throws {
    let python = try #require(python)
    try await withTemporaryDirectory { directory in
      var files: [String] = []
      for (index, project) in projects.enumerated() {
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
      try #require(files.count > projects.count / 2)
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
        ("graph", #"{"format":2,"revisions":[]}"#), ("sql", #"{"format":1}"#),
        ("analyze", #"{"format":1,"verdict":"fine","revisions":[]}"#),
      ] {
        try Data(text.utf8).write(to: file)
        #expect(try await run([python, script, command, file.path]).exitCode == 1)
      }
    }
  }
}

// `backout sql` of several projects in one run: what each run for itself writes, in one document.

import Foundation
import TestSupport
import Testing

@Suite struct SeveralProjectsTests {
  private static let projects = ["env-options", "no-env", "raises", "registered", "two-heads"].map {
    "Fixtures/projects/\($0)"
  }

  private func sql(_ paths: [String], _ arguments: String...) async throws -> Outcome {
    try await run([backoutPath, "sql"] + arguments + paths.flatMap { ["--path", $0] })
  }

  /// `{"format":1,"revisions":…}` of a run for one project without what surrounds the list.
  private func revisions(of path: String) async throws -> Substring {
    let text = try await sql([path], "--format", "json").outputText
    let start = #"{"format":1,"#
    try #require(text.hasPrefix(start + #""revisions":["#) && text.hasSuffix("]}\n"), "\(text)")
    return text.dropFirst(start.count).dropLast(2)
  }

  @Test func everyProjectIsAsItIsAlone() async throws {
    var parts: [String] = []
    for path in Self.projects {
      parts.append(#"{"path":"\#(path)",\#(try await revisions(of: path))}"#)
    }
    let outcome = try await sql(Self.projects, "--format", "json")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(
      outcome.outputText == #"{"format":1,"projects":[\#(parts.joined(separator: ","))]}"# + "\n")
    try await withTemporaryDirectory { directory in
      try await expectSchema("sql-projects", outcome, in: directory)
    }
  }

  @Test func scriptsStandBelowTheirPaths() async throws {
    let paths = ["Fixtures/shop", "Fixtures/projects/env-options"]
    var expected: [String] = []
    for path in paths {
      expected.append("-- Project \(path)\n\n\(try await sql([path], "head:base").outputText)")
    }
    let outcome = try await sql(paths, "head:base")
    #expect(outcome.outputText == expected.joined(separator: "\n"))
    #expect(outcome.outputText.contains("-- Running downgrade"))
  }

  /// One that is not there, one whose configuration cannot be read, and one that Alembic would not load.
  @Test func failuresDoNotStopTheOthers() async throws {
    let paths = [
      "Fixtures/missing", "Fixtures/shop", "Fixtures/projects/broken-interpolation",
      "Fixtures/projects/cycle", "Fixtures/projects/registered",
    ]
    let outcome = try await sql(paths, "--format", "json")
    #expect(outcome.exitCode == 2)
    let lines = outcome.errorText.split(separator: "\n")
    #expect(lines.count == 3, "\(outcome.errorText)")
    for (line, index) in zip(lines, [0, 2, 3]) {
      #expect(line.hasPrefix("backout: \(paths[index]): "), "\(line)")
    }
    for path in [paths[1], paths[4]] {
      #expect(
        outcome.outputText.contains(#"{"path":"\#(path)",\#(try await revisions(of: path))}"#))
    }
    #expect(outcome.outputText.contains(#"{"path":"Fixtures/missing","failure":"there is no file"#))
    try await withTemporaryDirectory { directory in
      try await expectSchema("sql-projects", outcome, in: directory)
    }
  }

  /// Many files in one project and few in the others: those that have nothing to do help with the many.
  @Test func largeProjectIsSharedAmongThreads() async throws {
    try await withTemporaryDirectory { directory in
      var paths: [String] = []
      for (name, count) in [("small", 2), ("large", 400), ("tiny", 1)] {
        let project = directory.appending(path: name)
        try write(count, to: project)
        paths.append(project.path)
      }
      let alone = try await revisions(of: paths[1])
      #expect(alone.contains("CREATE TABLE t399"))
      for _ in 0..<5 {
        let outcome = try await sql(paths, "--format", "json")
        #expect(outcome.exitCode == 0)
        #expect(outcome.outputText.contains(#"{"path":"\#(paths[1])",\#(alone)}"#))
      }
    }
  }

  /// Directories without an environment make up one project, as they did.
  @Test func directoriesOfOneProjectAreOne() async throws {
    try await withTemporaryDirectory { directory in
      for (name, first) in [("a", 0), ("b", 3)] {
        let versions = directory.appending(path: name)
        try FileManager.default.createDirectory(at: versions, withIntermediateDirectories: true)
        for number in first..<(first + 3) { try write(revision: number, to: versions) }
      }
      let outcome = try await sql(
        ["a", "b"].map { directory.appending(path: $0).path }, "base:head")
      #expect(outcome.exitCode == 0, "\(outcome.errorText)")
      #expect(outcome.outputText.contains("-- Running upgrade r2 -> r3"))
      #expect(!outcome.outputText.contains("-- Project"))
    }
  }

  /// A path cannot end the comment that names it.
  @Test func pathIsOneLine() async throws {
    try await withTemporaryDirectory { directory in
      let hostile = directory.appending(path: "a\nDROP TABLE users;--")
      try write(1, to: hostile)
      let outcome = try await sql([hostile.path, "Fixtures/shop"])
      #expect(outcome.outputText.hasPrefix("-- Project "))
      #expect(outcome.outputText.contains("CREATE TABLE t0"))
      #expect(!outcome.outputText.contains("\nDROP TABLE users"))
    }
  }

  private func write(_ count: Int, to project: URL) throws {
    let versions = project.appending(path: "versions")
    try FileManager.default.createDirectory(at: versions, withIntermediateDirectories: true)
    try Data("target_metadata = None\n".utf8).write(to: project.appending(path: "env.py"))
    for number in 0..<count { try write(revision: number, to: versions) }
  }

  private func write(revision number: Int, to directory: URL) throws {
    let text = """
      from alembic import op
      import sqlalchemy as sa

      revision = "r\(number)"
      down_revision = \(number == 0 ? "None" : "\"r\(number - 1)\"")


      def upgrade():
          op.create_table("t\(number)", sa.Column("id", sa.Integer(), primary_key=True))


      def downgrade():
          op.drop_table("t\(number)")

      """
    try Data(text.utf8).write(to: directory.appending(path: "r\(number).py"))
  }
}

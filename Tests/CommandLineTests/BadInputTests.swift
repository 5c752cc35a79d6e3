// Gives the program what it cannot read: one clear line, an exit code, nothing else lost, no crash.

import Foundation
import TestSupport
import Testing

@Suite struct BadInputTests {
  static let projects = repository.appending(path: "Fixtures/projects")

  private func report(of project: String) async throws -> (Outcome, AnalysisReport) {
    let outcome = try await backout("analyze", "--format", "json", project, in: Self.projects)
    return (outcome, try AnalysisReport(outcome.output))
  }

  /// File, line and a part of the message of the diagnostic; how many revisions are still read; and 2
  /// where `alembic heads` ends with an error.
  @Test(arguments: [
    ("broken-syntax", "1111aaaa0002_add_title.py", 18, "never closed", 3, 2),
    ("not-utf8", "1111aaaa0002_add_title.py", 1, "UTF-8", 1, 2),
    ("nul-byte", "1111aaaa0002_add_title.py", 1, "NUL", 1, 2),
    ("cycle", "1111aaaa0001_create_notes.py", 12, "circle", 3, 2),
    ("unknown-parent", "1111aaaa0003_add_author.py", 12, "1111aaaa0002", 2, 2),
    ("two-heads", "1111aaaa0003_add_author.py", 11, "2 heads", 3, 0),
    ("duplicate-id", "1111aaaa0002_add_author.py", 11, "1111aaaa0002_add_title.py", 2, 3),
  ])
  func diagnosticNamesThePlace(
    project: String, file: String, line: Int, words: String, revisions: Int, exitCode: Int32
  ) async throws {
    let (outcome, report) = try await report(of: project)
    #expect(outcome.exitCode == exitCode)
    #expect(report.revisions.count == revisions)
    let named = report.diagnostics.filter {
      ($0.file ?? "").hasSuffix("/" + file) && $0.message.contains(words)
    }
    #expect(named.count == 1, "\(report.diagnostics)")
    #expect(named.first?.line == line)
    #expect(named.allSatisfy { !$0.message.contains("\n") })
  }

  @Test func damagedFileIsNotSafe() async throws {
    let (outcome, report) = try await report(of: "broken-syntax")
    let damaged = report.revisions.first { $0.revision == "1111aaaa0002" }
    #expect(damaged?.verdict == "unsafe" || damaged?.verdict == "unknown")
    #expect(outcome.exitCode == 2)
    #expect(report.revisions.allSatisfy { $0.executes != "yes" })
  }

  @Test func brokenInterpolationEndsWithOneLine() async throws {
    let outcome = try await backout("analyze", "broken-interpolation", in: Self.projects)
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.isEmpty)
    try expectOneLine(outcome, naming: "broken-interpolation/alembic.ini:4")
  }

  @Test func missingPathAndEmptyDirectoryEndWithOneLine() async throws {
    try await withTemporaryDirectory { directory in
      for path in [directory.path, directory.path + "/missing"] {
        let outcome = try await backout("analyze", path)
        #expect(outcome.exitCode == 2)
        #expect(outcome.output.isEmpty)
        try expectOneLine(outcome, naming: path)
      }
    }
  }

  @Test func wordsThatAreNoCommandEndWithTwo() async throws {
    #expect(try await backout("frobnicate").exitCode == 2)
    #expect(try await backout("analyze", "--format", "smoke").exitCode == 2)
    #expect(try await backout("explain", "no-such-rule").exitCode == 2)
  }

  @Test func tenMegabytesEndInTime() async throws {
    let line = "    op.execute(\"SELECT 'some text that a long seed file repeats'\")\n"
    let body = String(repeating: line, count: 10_000_000 / line.utf8.count + 1)
    // Reading changes nothing, however often: this one is understood.
    try await expectAnEnd(upgrade: body, isUnderstood: true)
  }

  @Test(arguments: [("(", ")"), ("[", "]"), ("-", ""), ("{1: ", "}"), ("f(", ")")])
  func fiveThousandLevelsEndInTime(open: String, close: String) async throws {
    let expression =
      String(repeating: open, count: 5000) + "1" + String(repeating: close, count: 5000)
    try await expectAnEnd(upgrade: "    x = \(expression)\n    op.execute(x)\n")
  }

  @Test func circleOfSymbolicLinksEndsInTime() async throws {
    try await withTemporaryDirectory { directory in
      let text = revision(upgrade: "    op.execute('CREATE TABLE a (id integer)')\n")
      try Data(text.utf8).write(to: directory.appending(path: "0001.py"))
      let files = FileManager.default
      try files.createSymbolicLink(
        at: directory.appending(path: "again"), withDestinationURL: directory)
      try files.createSymbolicLink(
        atPath: directory.appending(path: "self.py").path, withDestinationPath: "self.py")
      let outcome = try await backout("analyze", directory.path, seconds: 100)
      #expect(outcome.exitCode != nil)
      #expect((outcome.outputText + outcome.errorText).contains("self.py"))
    }
  }

  /// The program ends by itself, and the good revision beside the large one is still judged.
  private func expectAnEnd(
    upgrade: String, isUnderstood: Bool = false
  ) async throws {
    try await withTemporaryDirectory { directory in
      try Data(revision(upgrade: upgrade).utf8).write(to: directory.appending(path: "0001.py"))
      let good = revision(upgrade: "    pass\n", id: "0002", parent: "\"0001\"")
      try Data(good.utf8).write(to: directory.appending(path: "0002.py"))
      let outcome = try await backout(
        "analyze", "--format", "json", directory.path, seconds: 100)
      try #require(outcome.exitCode != nil)
      let report = try AnalysisReport(outcome.output)
      #expect(report.revisions.first { $0.revision == "0001" }?.verdict != "safe" || isUnderstood)
      #expect(report.revisions.contains { $0.revision == "0002" })
    }
  }

  private func revision(upgrade: String, id: String = "0001", parent: String = "None") -> String {
    """
    \"\"\"A revision.\"\"\"
    from alembic import op

    revision = "\(id)"
    down_revision = \(parent)


    def upgrade():
    \(upgrade)

    def downgrade():
        pass

    """
  }

  private func expectOneLine(_ outcome: Outcome, naming words: String) throws {
    let lines = outcome.errorText.split(separator: "\n")
    #expect(lines.count == 1, "\(outcome.errorText)")
    #expect(outcome.errorText.contains(words))
  }
}

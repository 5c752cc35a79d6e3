// Every form of a report: held to what was reviewed, and to readers that others wrote.

import Foundation
import TestSupport
import Testing

/// What a check of the demo's database read, so that none is needed here.
private let fromFacts = "check f19d60b7c2e8 --facts ../reports/shop.facts.json --format"

@Suite struct ReportFormatTests {
  /// Without what a continuous integration says of checkouts.
  private static let plain = [
    "GITHUB_WORKSPACE": "", "CI_PROJECT_DIR": "", "GITHUB_STEP_SUMMARY": "",
  ]

  /// `make snapshots` writes them anew; what changed is then reviewed.
  @Test(arguments: [
    ("analyze --format text", "txt"), ("analyze --format json", "json"),
    ("analyze --format sarif", "sarif"), ("analyze --format github", "github"),
    ("analyze --format gitlab", "gitlab.json"), ("analyze --format junit", "junit.xml"),
    ("analyze --format markdown", "md"), ("analyze --format html", "html"),
    ("analyze --group-by rule", "rules.txt"), ("analyze --statistics", "statistics.txt"),
    ("analyze --quiet", "quiet.txt"), ("\(fromFacts) text", "check.txt"),
    ("\(fromFacts) github", "check.github"), ("\(fromFacts) junit", "check.junit.xml"),
    ("\(fromFacts) markdown", "check.md"), ("\(fromFacts) html", "check.html"),
    ("graph", "graph.text"),
    ("graph --format json", "graph.json"), ("graph --format svg", "graph.svg"),
    ("graph --format dot", "graph.dot"), ("graph --format mermaid", "graph.mermaid"),
  ])
  func isAsReviewed(command: String, suffix: String) async throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try await run(
      [backoutPath] + words, in: repository.appending(path: "Fixtures/shop"), settings: Self.plain)
    let reviewed = try Data(
      contentsOf: repository.appending(path: "Fixtures/reports/shop.\(suffix)"))
    #expect(
      outcome.output == reviewed,
      "'\(command)' has changed; 'make snapshots' writes Fixtures/reports anew, for a review")
  }

  // MARK: - Readers that others wrote

  private struct Checked: Decodable {
    struct SARIF: Decodable {
      var counts, records, suppressed, flows: Int
      var fingerprints: [String]
    }
    struct JUnit: Decodable {
      var tests: Int
      var failed: [String]
    }
    var sarif: SARIF
    var github: [String: Int]
    var gitlab: Int
    var junit: JUnit
  }

  /// Writes all forms into a directory, and has them read; see check_reports.py.
  private func checked(
    _ project: URL, _ arguments: [String] = [], in directory: URL
  ) async throws -> Checked {
    let suffixes = [
      "text": "txt", "json": "json", "sarif": "sarif", "github": "github", "gitlab": "gitlab.json",
      "junit": "junit.xml", "markdown": "md", "html": "html",
    ]
    let outputs = suffixes.flatMap { format, suffix in
      ["--format", "\(format)=\(directory.appending(path: "it.\(suffix)").path)"]
    }
    let outcome = try await run(
      [backoutPath, "analyze"] + outputs + arguments, in: project, settings: Self.plain)
    #expect(outcome.output.isEmpty, "\(outcome.outputText)")
    for format in ["text", "svg", "dot", "mermaid"] {
      let graph = try await run([backoutPath, "graph", "--format", format], in: project)
      try graph.output.write(to: directory.appending(path: "it.graph.\(format)"))
    }
    let script = repository.appending(path: "Fixtures/tools/check_reports.py").path
    let answer = try await run(
      [ExampleProjectTests.python, script, directory.path, "it"], in: directory)
    try #require(answer.exitCode == 0, "\(answer.errorText)")
    return try JSONDecoder().decode(Checked.self, from: answer.output)
  }

  @Test func exampleIsReadByOthers() async throws {
    try await withTemporaryDirectory { directory in
      let shop = repository.appending(path: "Fixtures/shop")
      let checked = try await checked(shop, in: directory)
      let report = try AnalysisReport(
        try Data(contentsOf: directory.appending(path: "it.json")))
      // All three unsafe revisions have a finding of severity error.
      #expect(checked.sarif.counts == report.findings.count { $0.severity == "error" })
      #expect(checked.sarif.records == checked.gitlab)
      #expect(checked.github["error"] == checked.sarif.counts)
      #expect(checked.github["warning"] == 10)
      #expect(checked.junit.tests == report.revisions.count)
      #expect(
        checked.junit.failed == [
          "b2f4730d95ec refunded orders", "2e7d49ab06f3 split customer names",
          "f19d60b7c2e8 drop full_name and the old newsletter",
        ])
      #expect(checked.sarif.flows > 0)
      #expect(checked.sarif.suppressed == 0)
    }
  }

  @Test func namesOfStrangersStayNames() async throws {
    try await withTemporaryDirectory { directory in
      try HostileProject.write(to: directory.appending(path: "project"))
      let checked = try await checked(
        directory.appending(path: "project"), ["--path", "versions"], in: directory)
      #expect(checked.sarif.records > 0)
      #expect(checked.sarif.suppressed == 1)
      #expect(!checked.junit.failed.isEmpty)
      // What was escaped is still there to be read.
      for suffix in ["txt", "html", "md", "junit.xml", "sarif"] {
        let text = try String(
          contentsOf: directory.appending(path: "it.\(suffix)"), encoding: .utf8)
        #expect(text.contains("alert"), "\(suffix)")
      }
    }
  }

  @Test func fingerprintsSurviveMovedLines() async throws {
    try await withTemporaryDirectory { directory in
      let project = directory.appending(path: "shop")
      try FileManager.default.copyItem(
        at: repository.appending(path: "Fixtures/shop"), to: project)
      let before = try await checked(project, in: directory)
      let versions = project.appending(path: "migrations/versions")
      for name in try FileManager.default.contentsOfDirectory(atPath: versions.path)
      where name.hasSuffix(".py") {
        let file = versions.appending(path: name)
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("def upgrade", with: "\n# moved\n\n\ndef upgrade").utf8)
          .write(to: file)
      }
      let after = try await checked(project, in: directory)
      #expect(!before.sarif.fingerprints.isEmpty)
      #expect(after.sarif.fingerprints == before.sarif.fingerprints)
    }
  }

  // MARK: - Where reports go

  @Test func severalFormatsAtOnce() async throws {
    try await withTemporaryDirectory { directory in
      let outcome = try await backout(
        "analyze", repository.appending(path: "Fixtures/shop/migrations").path, "--format", "sarif",
        "--output", "a.sarif", "--format=junit", "-o", "b.xml", "--format", "text", in: directory)
      #expect(outcome.exitCode == 1)
      #expect(outcome.outputText.hasPrefix("unsafe  3 of 18 revisions"))
      for (name, start) in [("a.sarif", "{\"$schema\""), ("b.xml", "<?xml")] {
        let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
        #expect(text.hasPrefix(start))
      }
    }
  }

  @Test(arguments: [
    ("--format text --format json", "standard output"), ("--format sarif=", "format"),
    ("--output a --format sarif=b --format text=c", "--output: of which format?"),
    ("--quiet --verbose", "exclude each other"),
    ("--format json=/nonexistent/a", "'/nonexistent/a' cannot be written: No such file"),
  ])
  func unclearOutputIsRefused(options: String, words: String) async throws {
    let outcome = try await run(
      [backoutPath, "analyze", "Fixtures/shop/migrations"]
        + options.split(separator: " ").map(String.init))
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
  }

  @Test func summaryIsAddedToThatOfTheStep() async throws {
    try await withTemporaryDirectory { directory in
      let summary = directory.appending(path: "summary.md")
      try Data("# of another program\n".utf8).write(to: summary)
      _ = try await run(
        [backoutPath, "analyze", "--format", "markdown=\(summary.path)"],
        in: repository.appending(path: "Fixtures/shop"),
        settings: ["GITHUB_STEP_SUMMARY": summary.path])
      let text = try String(contentsOf: summary, encoding: .utf8)
      #expect(text.hasPrefix("# of another program\n<!-- backout -->\n### backout: unsafe\n"))
    }
  }

  @Test(arguments: [("github", "GITHUB_WORKSPACE"), ("gitlab", "CI_PROJECT_DIR")])
  func pathsBeginAtTheCheckout(format: String, variable: String) async throws {
    let outcome = try await run(
      [backoutPath, "analyze", "--format", format],
      in: repository.appending(path: "Fixtures/shop"),
      settings: Self.plain.merging([variable: repository.path]) { $1 })
    #expect(outcome.outputText.contains("Fixtures/shop/migrations/versions/b2f4730d95ec_"))
  }

  /// GitHub refuses a comment of more than 65,536 characters.
  @Test func commentStaysWithinTheLimit() async throws {
    try await withTemporaryDirectory { directory in
      for index in 0..<400 {
        let text = """
          \"\"\"drop number \(index), with a title that takes some room in a table\"\"\"
          revision = "r\(index)"
          down_revision = \(index == 0 ? "None" : "\"r\(index - 1)\"")
          from alembic import op
          def upgrade():
              op.drop_column("orders", "column_\(index)")
          def downgrade():
              pass

          """
        try Data(text.utf8).write(to: directory.appending(path: "r\(index).py"))
      }
      let outcome = try await backout("analyze", directory.path, "--format", "markdown")
      #expect(outcome.exitCode == 1)
      #expect(outcome.outputText.unicodeScalars.count <= 65_536)
      #expect(outcome.outputText.contains("more reports do not fit"))
      #expect(outcome.outputText.contains("revisions: 400 unsafe"))
    }
  }
}

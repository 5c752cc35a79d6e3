// Every command that the documentation shows is run, in a repository that has what the pages name.

import Foundation
import TestSupport
import Testing

/// A command as a page shows it, made fit to be run.
private struct ShownCommand: CustomStringConvertible {
  var page: String
  var text: String
  var description: String { "\(page): \(text)" }

  /// What stands for something of the reader's own.
  private static let placeholders: KeyValuePairs = [
    "FORMAT[=FILE]": "text=out.txt", "text|json|svg|dot|mermaid": "svg", "FILE…": "FILE",
    "explain RULE": "explain drop-column", "${{ github.base_ref }}": "main",
    "analyze REVISION_SCRIPT_FILENAME": "analyze migrations", "--ref REV": "--ref v1.5",
    "--changed-since REV": "--changed-since v1.4", "some.sql": "FILE",
  ]

  /// - Parameter line: text that begins with the command.
  private init(page: String, line: String) {
    var text = line
    // What it is for stands behind it: a comment, or after a gap.
    for end in [#/\s+# .*$/#, #/ {2,}\S.*$/#] { text = text.replacing(end, with: "") }
    for (word, value) in Self.placeholders { text = text.replacing(word, with: value) }
    text = text.replacing(#/ \[[^\]]*\]/#, with: "")
    self.page = page
    self.text = text.trimmingCharacters(in: .whitespaces)
  }

  /// Those in the fenced blocks of a page (or in all of it, where it is no Markdown), and in its text.
  static func all(in text: String, of page: String) -> [ShownCommand] {
    let isMarkdown = page.hasSuffix(".md")
    var commands: [ShownCommand] = []
    var isInside = !isMarkdown
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst() {
      if line.hasPrefix("```") {
        isInside.toggle()
      } else if isInside {
        guard
          let found = line.firstMatch(
            of:
              #/^\s*(?:\$ |- |run: |- run: (?:>\s*)?|entry: )?((?:alembic [^|`]*\| )?backout [-a-z].*)$/#
          )
        else { continue }
        var command = String(found.1)
        // Folded lines of YAML.
        while let next = lines.first, next.drop(while: \.isWhitespace).hasPrefix("--") {
          command += " " + next.trimmingCharacters(in: .whitespaces)
          lines.removeFirst()
        }
        commands.append(ShownCommand(page: page, line: command))
      } else {
        // The name of a command alone is a word of the text.
        commands += line.matches(of: #/`(backout [-a-z]+ [^`]*)`/#).map {
          ShownCommand(page: page, line: String($0.1))
        }
      }
    }
    return commands
  }
}

@Suite struct DocumentationTests {
  private static let pages: [String] = {
    let docs = try? FileManager.default.contentsOfDirectory(
      atPath: repository.appending(path: "docs").path)
    return ["README.md", ".pre-commit-hooks.yaml"]
      + (docs ?? []).filter { $0.hasSuffix(".md") && $0 != "rules.md" }.sorted().map {
        "docs/\($0)"
      }
  }()

  /// The shop with two more revisions, and the commits that the pages name.
  private func makeShop(in directory: URL) async throws {
    let shop = repository.appending(path: "Fixtures/shop")
    for name in ["alembic.ini", "migrations"] {
      try FileManager.default.copyItem(
        at: shop.appending(path: name), to: directory.appending(path: name))
    }
    try FileManager.default.createDirectory(
      at: directory.appending(path: "Fixtures"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: directory.appending(path: "Fixtures/shop").path, withDestinationPath: "..")
    for name in ["FILE", "migration.sql"] {
      try Data("CREATE TABLE a (id bigint PRIMARY KEY);\n".utf8).write(
        to: directory.appending(path: name))
    }
    try await git("init", "--quiet", in: directory)
    try write("7f3a2b0c1d2e", after: "d85a0c6e13f9", in: directory)
    try await commit(in: directory)
    for tag in ["v1.4", "GOOD", "3f2a1c9"] { try await git("tag", tag, in: directory) }
    try await git("update-ref", "refs/remotes/origin/main", "HEAD", in: directory)
    try write("a1b2c3d4", after: "7f3a2b0c1d2e", in: directory)
    try await commit(in: directory)
    for tag in ["v1.5", "BAD", "8d0e11f"] { try await git("tag", tag, in: directory) }
    try await git("fetch", "--quiet", ".", "refs/remotes/origin/main", in: directory)
  }

  private func write(_ revision: String, after parent: String, in directory: URL) throws {
    let text = """
      revision = "\(revision)"
      down_revision = "\(parent)"
      from alembic import op
      def upgrade():
          op.execute("CREATE TABLE t\(revision) (id bigint PRIMARY KEY)")
      def downgrade():
          op.execute("DROP TABLE t\(revision)")

      """
    try Data(text.utf8).write(to: directory.appending(path: "migrations/versions/\(revision).py"))
  }

  /// Runs a command line where `backout` and the tests' Alembic are commands.
  private func shell(
    _ command: String, in directory: URL, settings: [String: String] = [:]
  ) async throws -> Outcome {
    let programs = directory.appending(path: ".programs")
    if !FileManager.default.fileExists(atPath: programs.path) {
      try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: programs.appending(path: "backout").path, withDestinationPath: backoutPath)
    }
    let python = URL(filePath: ExampleProjectTests.python).deletingLastPathComponent().path
    let fixed = [
      "PATH": "\(programs.path):\(python):/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1",
      "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
      "GITHUB_STEP_SUMMARY": directory.appending(path: "summary.md").path,
      "GITHUB_BASE_REF": "main",
    ]
    return try await run(
      ["/bin/bash", "-o", "pipefail", "-c", command], in: directory,
      settings: fixed.merging(settings) { $1 })
  }

  /// Code 2 is for what only a reader's database could answer.
  private func failure(of outcome: Outcome) -> String? {
    if [0, 1, 3, 4, 5].contains(outcome.exitCode) { return nil }
    let hasNoServer = outcome.errorText.contains("cannot connect to")
    return outcome.exitCode == 2 && hasNoServer ? nil : outcome.errorText
  }

  @Test func commandsOfThePagesRun() async throws {
    try await withTemporaryDirectory { directory in
      try await makeShop(in: directory)
      var count = 0
      for page in Self.pages {
        let text = try String(contentsOf: repository.appending(path: page), encoding: .utf8)
        for command in ShownCommand.all(in: text, of: page) {
          let failure = failure(of: try await shell(command.text, in: directory))
          #expect(failure == nil, "\(command)")
          count += 1
        }
      }
      #expect(count >= 40)
    }
  }

  @Test(arguments: [
    "", "analyze", "check", "involved", "sql", "graph", "rules", "explain", "lint", "init",
  ])
  func examplesOfTheHelpRun(command: String) async throws {
    try await withTemporaryDirectory { directory in
      try await makeShop(in: directory)
      let help = try await run([backoutPath] + (command.isEmpty ? [] : [command]) + ["--help"])
      let examples = try #require(help.outputText.split(separator: "Examples:").last)
      let block = examples.split(separator: "\n\n").first ?? examples
      let commands = ShownCommand.all(in: String(block), of: "\(command) --help")
      #expect(!commands.isEmpty)
      for command in commands where !command.text.contains("| dot") {
        let failure = failure(of: try await shell(command.text, in: directory))
        #expect(failure == nil, "\(command)")
      }
    }
  }

  /// A command that is not, and an option that is not, would be found.
  @Test(arguments: [
    "```\nbackout frobnicate\n```", "`backout analyze --no-such-option`",
    "```yaml\n- run: >\n    backout analyze\n    --no-such-option\n```",
    "```\nbackout check -1 --no-such-option   # what for\n```",
  ])
  func wrongCommandsAreFound(page: String) async throws {
    try await withTemporaryDirectory { directory in
      try await makeShop(in: directory)
      let text = page.replacing("- run: >\n    backout", with: "- run: > backout")
      let command = try #require(ShownCommand.all(in: text, of: "page.md").first)
      #expect(failure(of: try await shell(command.text, in: directory)) != nil)
    }
  }

  /// `make …` as the pages show it.
  @Test func targetsOfThePagesAreThere() throws {
    let makefile = try String(contentsOf: repository.appending(path: "Makefile"), encoding: .utf8)
    let targets = Set(makefile.matches(of: #/(?m)^([a-z][-a-z]*):/#).map { String($0.1) })
    var count = 0
    for page in Self.pages + ["CONTRIBUTING.md", "Fixtures/README.md"] {
      let text = try String(contentsOf: repository.appending(path: page), encoding: .utf8)
      for shown in text.matches(of: #/(?m)(?:^|`)make ([-a-z]+)/#) {
        #expect(targets.contains(String(shown.1)), "\(page): make \(shown.1)")
        count += 1
      }
    }
    #expect(count > 5)
  }

  /// What the README shows of reports is what was reviewed.
  @Test func reportsOfTheReadmeAreReal() throws {
    func text(_ path: String) throws -> String {
      try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    }
    let readme = try text("README.md")
    let reports = try text("Fixtures/reports/shop.txt") + text("Fixtures/reports/shop.check.txt")
    let shown = readme.matches(of: #/(?m)^```text\n((?:.*\n)*?)```$/#).map { String($0.1) }
    let answers = readme.matches(of: #/(?m)^\$ backout .*\n((?:.*\n)*?)```$/#).map { String($0.1) }
    #expect(shown.count == 1 && answers.count == 1)
    for part in shown + answers { #expect(reports.contains(part), "\(part)") }
  }

  // MARK: - Settings

  /// What holds without a setting, as the page says, changes nothing where it is written down.
  @Test func documentedDefaultsAreTheDefaults() async throws {
    let page = try String(
      contentsOf: repository.appending(path: "docs/configuration.md"), encoding: .utf8)
    let rows = page.matches(of: #/(?m)^\| `([-a-z.]+)` \| [^|]* \| `([^|]*)` \|/#)
    #expect(rows.count >= 5)
    try await withTemporaryDirectory { directory in
      try await makeShop(in: directory)
      let facts = repository.appending(path: "Fixtures/reports/shop.facts.json").path
      let commands = [
        "backout analyze --format json",
        "backout check f19d60b7c2e8 --facts \(facts) --format json",
      ]
      var before: [Outcome] = []
      for command in commands { before.append(try await shell(command, in: directory)) }
      #expect(before.map(\.exitCode) == [1, 1])
      let settings = rows.map { row in "\(row.1) = \(row.2)\n" }.sorted {
        !$0.contains(".") && $1.contains(".")
      }
      try Data(settings.joined().utf8).write(to: directory.appending(path: "backout.toml"))
      for (command, before) in zip(commands, before) {
        let after = try await shell(command, in: directory)
        #expect(after.exitCode == before.exitCode, "\(after.errorText)")
        #expect(after.output == before.output)
      }
      // Another value is not without effect.
      try Data("fail-on = \"none\"\nadvisory-lock = 1\n".utf8).write(
        to: directory.appending(path: "backout.toml"))
      #expect(try await shell(commands[0], in: directory).exitCode == 0)
      #expect(try await shell(commands[1], in: directory).exitCode == 2)
    }
  }

  /// The example at the head of the page.
  @Test func settingsOfThePageAreAccepted() async throws {
    let page = try String(
      contentsOf: repository.appending(path: "docs/configuration.md"), encoding: .utf8)
    let blocks = page.matches(of: #/(?m)^```toml\n((?:.*\n)*?)```$/#).map { String($0.1) }
    #expect(blocks.count == 2)
    try await withTemporaryDirectory { directory in
      try await makeShop(in: directory)
      try Data().write(to: directory.appending(path: "backout-baseline.txt"))
      for block in blocks {
        try Data(block.utf8).write(to: directory.appending(path: "backout.toml"))
        let outcome = try await shell("backout analyze --quiet", in: directory)
        #expect(outcome.exitCode != 2, "\(outcome.errorText)")
      }
    }
  }

  /// The hook of docs/ci.md, by Alembic itself.
  @Test func hookOfAlembicJudgesWhatIsWritten() async throws {
    let page = try String(
      contentsOf: repository.appending(path: "docs/ci.md"), encoding: .utf8)
    let hook = try #require(page.firstMatch(of: #/```ini\n((?:.*\n)*?)```/#)).1
    try await withTemporaryDirectory { directory in
      let made = try await shell("alembic init migrations", in: directory)
      try #require(made.exitCode == 0, "\(made.errorText)")
      let file = directory.appending(path: "alembic.ini")
      let settings = try String(contentsOf: file, encoding: .utf8)
        .replacing("[post_write_hooks]", with: "")
      try Data("\(settings)\n\(hook)".utf8).write(to: file)
      // What a template writes is judged as it lies there.
      let template = directory.appending(path: "migrations/script.py.mako")
      let text = try String(contentsOf: template, encoding: .utf8)
        .replacing("${upgrades if upgrades else \"pass\"}", with: "op.drop_table('orders')")
      try Data(text.utf8).write(to: template)
      let written = try await shell("alembic revision -m orders", in: directory)
      let shown = written.outputText + written.errorText
      #expect(shown.contains("unsafe  the revision cannot be taken back"), "\(shown)")
      #expect(shown.contains("error[drop-table]"))
    }
  }

  // MARK: - action.yml

  /// The scripts of the action's steps, in order.
  private func actionScripts() throws -> [String] {
    let text = try String(contentsOf: repository.appending(path: "action.yml"), encoding: .utf8)
    let inputs = Set(text.matches(of: #/(?m)^  ([-a-z]+):$/#).map { String($0.1) })
    for used in text.matches(of: #/inputs\.([-a-z]+)/#) {
      #expect(inputs.contains(String(used.1)), "there is no input \(used.1)")
    }
    return text.matches(of: #/(?m)^      run: \|\n((?:        .*\n?|\n)+)/#).map { script in
      script.1.split(separator: "\n").map { String($0.dropFirst(8)) }.joined(separator: "\n")
    }
  }

  @Test func actionJudgesAPullRequest() async throws {
    let scripts = try actionScripts()
    try #require(scripts.count == 2)
    try await withTemporaryDirectory { directory in
      try await makeShop(in: directory)
      let inputs = ["PROJECT": "", "BASE": "v1.4", "FAIL_ON": ""]
      let script = "set -eo pipefail\n" + scripts[1]
      let passed = try await shell(script, in: directory, settings: inputs)
      #expect(passed.exitCode == 0, "\(passed.errorText)")
      let summary = directory.appending(path: "summary.md")
      let first = try String(contentsOf: summary, encoding: .utf8)
      #expect(first.hasPrefix("<!-- backout -->\n### backout: depends\n"))

      let failed = try await shell(
        script, in: directory,
        settings: ["PROJECT": "migrations", "BASE": "", "FAIL_ON": "unsafe"])
      #expect(failed.exitCode == 1)
      #expect(failed.outputText.contains("::error file=migrations/versions/f19d60b7c2e8"))
      // Added to what is there.
      let both = try String(contentsOf: summary, encoding: .utf8)
      #expect(both.hasPrefix(first))
      #expect(both.contains("### backout: unsafe"))
    }
  }

  /// The step that installs, with a wheel that has a script of that name and nothing else.
  @Test func actionInstallsWhatIsNamed() async throws {
    let scripts = try actionScripts()
    try await withTemporaryDirectory { directory in
      let make = """
        import zipfile
        with zipfile.ZipFile("backout-9-py3-none-any.whl", "w") as wheel:
            script = zipfile.ZipInfo("backout-9.data/scripts/backout")
            script.external_attr = 0o100755 << 16
            wheel.writestr(script, "#!/bin/sh\\necho it is there\\n")
            wheel.writestr("backout-9.dist-info/METADATA", "Metadata-Version: 2.1\\nName: backout\\nVersion: 9\\n")
            wheel.writestr("backout-9.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
            wheel.writestr("backout-9.dist-info/RECORD", "")
        """
      try Data(make.utf8).write(to: directory.appending(path: "make.py"))
      try await #require(shell("python3 make.py", in: directory).exitCode == 0)
      let path = directory.appending(path: "path").path
      let outcome = try await shell(
        "set -eo pipefail\n" + scripts[0], in: directory,
        settings: [
          "INSTALL": "./backout-9-py3-none-any.whl", "RUNNER_TEMP": directory.path,
          "GITHUB_PATH": path, "PIP_NO_INDEX": "1",
        ])
      try #require(outcome.exitCode == 0, "\(outcome.errorText)")
      let added = try String(contentsOfFile: path, encoding: .utf8)
        .trimmingCharacters(in: .newlines)
      let answer = try await run(["\(added)/backout"])
      #expect(answer.outputText == "it is there\n")
    }
  }
}

// `involved`, `--ref`, `--changed-since` and `--staged` on repositories that the real git makes.

import Foundation
import TestSupport
import Testing

/// A repository with an Alembic project.
private struct Shop {
  let directory: URL

  init(_ directory: URL) async throws {
    self.directory = directory
    try await git("init", "--quiet", in: directory)
    try write("alembic.ini", "[alembic]\nscript_location = migrations\n")
    try write(
      "migrations/env.py",
      "from alembic import context\ncontext.configure(url='x', target_metadata=None)\n")
  }

  func write(_ path: String, _ text: String) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: directory.appending(path: path))
  }

  func revision(
    _ id: String, after parent: String? = nil, up: String = "pass", down: String = "pass",
    file: String? = nil
  ) throws {
    try write(
      "migrations/versions/\(file ?? id).py",
      """
      \"\"\"make \(id)\"\"\"
      import sqlalchemy as sa
      from alembic import op
      revision = "\(id)"
      down_revision = \(parent.map { "\"\($0)\"" } ?? "None")
      def upgrade():
          \(up)
      def downgrade():
          \(down)

      """)
  }

  func table(_ id: String, after parent: String? = nil, file: String? = nil) throws {
    try revision(
      id, after: parent,
      up: "op.create_table('\(id)', sa.Column('id', sa.BigInteger, primary_key=True))",
      down: "op.drop_table('\(id)')", file: file)
  }

  func run(_ arguments: String..., settings: [String: String] = [:]) async throws -> Outcome {
    try await TestSupport.run(
      [backoutPath] + arguments, in: directory,
      settings: settings.merging(["GIT_CONFIG_GLOBAL": "/dev/null"]) { first, _ in first })
  }

  /// What `analyze` says of the files that are given by options.
  func analysis(_ arguments: String...) async throws -> (AnalysisReport, Changes, Int32?) {
    let outcome = try await TestSupport.run(
      [backoutPath, "analyze", "--format", "json"] + arguments, in: directory)
    try #require(!outcome.output.isEmpty, "\(outcome.errorText)")
    return (
      try AnalysisReport(outcome.output),
      try Self.decoder.decode(Report.self, from: outcome.output).changes ?? Changes(),
      outcome.exitCode
    )
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  struct Changes: Decodable {
    struct Change: Decodable {
      var revision: String
      var file: String
      var from: String?
      var sameSql: Bool?
      var indirect: Bool?
    }
    var commit: String?
    var added: [Change] = []
    var edited: [Change] = []
    var moved: [Change] = []
    var deleted: [Change] = []
  }

  private struct Report: Decodable {
    var changes: Changes?
  }
}

private func withShop(_ body: (Shop) async throws -> Void) async throws {
  try await withTemporaryDirectory { try await body(try await Shop($0)) }
}

@Suite struct InvolvedTests {
  @Test func namesWhatIsBetweenTwoDeployments() async throws {
    try await withShop { shop in
      try shop.table("a1")
      let good = try await commit(in: shop.directory)
      try shop.table("a2", after: "a1")
      try shop.revision("a3", after: "a2", up: "op.drop_column('a1', 'id')")
      let bad = try await commit(in: shop.directory)
      // The work tree is not asked.
      try shop.remove("migrations")
      let outcome = try await shop.run("involved", "\(good)..\(bad)")
      #expect(outcome.exitCode == 1)
      let text = outcome.outputText
      #expect(text.hasPrefix("unsafe  2 migrations are involved between \(good.prefix(10)) and"))
      #expect(text.contains("depends  a2  make a2"))
      #expect(text.contains("unsafe  a3  make a3"))
      #expect(text.contains("backout check a1 --ref \(bad.prefix(10))"))
      #expect(text.contains("alembic downgrade a1"))
      let json = try await shop.run("involved", "\(good)..", "--format", "json")
      #expect(json.exitCode == 1)
      let report = try #require(
        try JSONSerialization.jsonObject(with: json.output) as? [String: Any])
      #expect(report["involved"] as? Bool == true)
      try await expectSchema("involved", json, in: shop.directory)
      let changed = try await shop.run("analyze", "--changed-since", good, "--format", "json")
      #expect(changed.outputText.contains(#""changes":{"since":"#))
      try await expectSchema("analyze", changed, in: shop.directory)
      #expect((report["good"] as? [String: Any])?["heads"] as? [String] == ["a1"])
      #expect((report["bad"] as? [String: Any])?["commit"] as? String == bad)
    }
  }

  /// By readers that others wrote; see check_reports.py.
  @Test func formsForReviewersAndPrograms() async throws {
    try await withShop { shop in
      try shop.table("a1")
      try await commit(in: shop.directory)
      try shop.revision("a2", after: "a1", up: "op.execute('DROP TABLE a1 -- <b>@you</b>')")
      try await commit(in: shop.directory)
      let outcome = try await shop.run(
        "involved", "HEAD~1..", "--format", "text=it.txt", "--format", "github=it.github",
        "--format",
        "junit=it.junit.xml", "--format", "markdown=it.md", "--format", "html=it.html")
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.isEmpty)
      for suffix in ["txt", "github", "md", "html"] {
        let text = try String(
          contentsOf: shop.directory.appending(path: "it.\(suffix)"), encoding: .utf8)
        #expect(text.contains("1 migration is involved between"), "\(suffix)")
        #expect(text.contains("a2"), "\(suffix)")
      }
      let script = repository.appending(path: "Fixtures/tools/check_reports.py").path
      let answer = try await TestSupport.run(
        [ExampleProjectTests.python, script, shop.directory.path, "it"])
      #expect(answer.exitCode == 0, "\(answer.errorText)")
      let found = try #require(
        try JSONSerialization.jsonObject(with: answer.output) as? [String: Any])
      #expect(found.keys.sorted() == ["github", "html", "junit", "markdown"])
      #expect((found["junit"] as? [String: Any])?["failed"] as? [String] == ["a2 make a2"])
      let refused = try await shop.run("involved", "HEAD~1..", "--format", "sarif")
      #expect(refused.exitCode == 2)
      #expect(
        refused.errorText.hasPrefix(
          "backout: --format sarif lists what stands in code, which backout analyze writes; backout "
        )
      )
      #expect(refused.errorText.hasSuffix("has text, json, github, junit, markdown, html\n"))
    }
  }

  @Test func saysThatNoneIsInvolved() async throws {
    try await withShop { shop in
      try shop.table("a1")
      try await commit(in: shop.directory)
      try shop.write("app.py", "x = 1\n")
      try await commit(in: shop.directory)
      let outcome = try await shop.run("involved", "HEAD~1..HEAD")
      #expect(outcome.exitCode == 0)
      #expect(outcome.outputText.hasPrefix("no migration is involved between HEAD~1 ("))
      #expect(outcome.outputText.contains("the same one revision (head a1)"))
    }
  }

  @Test func namesEditedAndDeletedOnes() async throws {
    try await withShop { shop in
      try shop.table("a1")
      try shop.table("a2", after: "a1")
      try await commit(in: shop.directory)
      try shop.remove("migrations/versions/a2.py")
      try shop.revision("a1", up: "op.execute('CREATE TABLE a1 (id int)')")
      try await commit(in: shop.directory)
      let outcome = try await shop.run("involved", "HEAD~1..HEAD")
      // What databases have run is not what the files say.
      #expect(outcome.exitCode == 1 || outcome.exitCode == 3)
      #expect(outcome.outputText.contains("  edited   a1  migrations/versions/a1.py"))
      #expect(outcome.outputText.contains("  deleted  a2  migrations/versions/a2.py"))
    }
  }

  @Test func aCommandToCopyHoldsNoOther() async throws {
    try await withShop { shop in
      try shop.table("a1; touch x", file: "a1")
      try await commit(in: shop.directory)
      try shop.table("a2", after: "a1; touch x")
      try await commit(in: shop.directory)
      let outcome = try await shop.run("involved", "HEAD~1..HEAD")
      #expect(outcome.outputText.contains("alembic downgrade 'a1; touch x'"))
    }
  }

  @Test func everyMigrationIsNewAfterACommitWithoutAny() async throws {
    try await withShop { shop in
      try await commit(in: shop.directory)
      try shop.table("a1")
      try await commit(in: shop.directory)
      let outcome = try await shop.run("involved", "HEAD~1..HEAD")
      #expect(outcome.outputText.contains("1 migration is involved"))
      #expect(outcome.outputText.contains("backout check base --ref"))
    }
  }

  @Test(arguments: ["HEAD", "HEAD...HEAD", "nope..HEAD", "--all..HEAD", "HEAD..-x", "a\nb..HEAD"])
  func refusesWhatIsNoRange(range: String) async throws {
    try await withShop { shop in
      try shop.table("a1")
      try await commit(in: shop.directory)
      let outcome = try await shop.run("involved", "--", range)
      #expect(outcome.exitCode == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorText.split(separator: "\n").count == 1)
    }
  }
}

@Suite struct GateTests {
  @Test func fiveHundredOldFindingsAreNotShown() async throws {
    try await withShop { shop in
      try shop.table("a0")
      for number in 1...500 {
        try shop.revision(
          "a\(number)", after: "a\(number - 1)",
          up: "op.execute('CREATE TABLE t\(number) (id int)')")
      }
      try await commit(in: shop.directory)
      let (old, _, code) = try await shop.analysis()
      #expect(old.findings.count >= 500)
      #expect(code == 1)
      try await git("switch", "--quiet", "--create", "topic", in: shop.directory)
      try shop.revision(
        "new", after: "a500", up: "op.create_index('i', 'a0', ['id'])",
        down: "op.drop_index('i', 'a0')")
      try await commit(in: shop.directory)
      // Neither the work tree nor the index counts.
      try shop.revision("a500", after: "a499", up: "op.drop_table('a0')")
      let base = try await git("rev-parse", "main", in: shop.directory)
      let (report, changes, _) = try await shop.analysis("--changed-since", "main")
      #expect(Set(report.findings.map(\.revision)) == ["new"])
      #expect(report.revisions.map(\.revision) == ["new"])
      #expect(changes.added.map(\.revision) == ["new"])
      #expect(changes.edited.isEmpty)
      #expect(changes.commit == base)
      #expect(report.diagnostics.isEmpty)
      // What the index would commit, against the last commit.
      try await git("add", "--all", in: shop.directory)
      let (staged, stagedChanges, stagedCode) = try await shop.analysis("--staged")
      #expect(staged.revisions.map(\.revision) == ["a500"])
      #expect(stagedChanges.edited.map(\.revision) == ["a500"])
      let rewritten = staged.findings.filter { $0.rule == "rewritten-revision" }
      #expect(rewritten.map(\.severity) == ["warning"])
      // It drops a table.
      #expect(stagedCode == 1)
    }
  }

  @Test func theMergeBaseCountsAndNotTheBranch() async throws {
    try await withShop { shop in
      try shop.table("a1")
      let base = try await commit(in: shop.directory)
      try await git("switch", "--quiet", "--create", "topic", in: shop.directory)
      try shop.table("b1", after: "a1")
      try await commit(in: shop.directory)
      try await git("switch", "--quiet", "main", in: shop.directory)
      try shop.table("a2", after: "a1")
      try await commit(in: shop.directory)
      let (report, changes, code) = try await shop.analysis(
        "--changed-since", "main", "--ref", "topic")
      #expect(changes.commit == base)
      #expect(changes.added.map(\.revision) == ["b1"])
      #expect(changes.deleted.isEmpty)
      #expect(report.findings.allSatisfy { $0.severity != "error" })
      #expect(code == 0)
    }
  }

  @Test func aSecondHeadIsNamedWithItsFilesAndTheCommand() async throws {
    try await withShop { shop in
      try shop.table("a1")
      try shop.table("a2", after: "a1")
      try await commit(in: shop.directory)
      try shop.table("b2", after: "a1")
      try await git("add", "--all", in: shop.directory)
      let outcome = try await shop.run("analyze", "--staged")
      let text = outcome.outputText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        text.contains(
          "2 heads: a2 (migrations/versions/a2.py) and b2 (migrations/versions/b2.py)"))
      #expect(text.contains("alembic merge -m 'merge heads' a2 b2"))
      // Later it is not new any more.
      try await commit(in: shop.directory)
      try shop.table("b3", after: "b2")
      try await git("add", "--all", in: shop.directory)
      let (later, _, _) = try await shop.analysis("--staged")
      #expect(!later.findings.contains { $0.rule == "multiple-heads" })
    }
  }

  @Test func deletedMovedAndReformattedRevisions() async throws {
    try await withShop { shop in
      try shop.table("a1")
      try shop.table("a2", after: "a1")
      try shop.table("a3", after: "a2")
      try await commit(in: shop.directory)
      try shop.remove("migrations/versions/a3.py")
      try await git(
        "mv", "migrations/versions/a1.py", "migrations/versions/first.py", in: shop.directory)
      try shop.revision(
        "a2", after: "a1",
        up:
          "op.create_table(\n        'a2', sa.Column('id', sa.BigInteger, primary_key=True))  # !",
        down: "op.drop_table('a2')")
      try await git("add", "--all", in: shop.directory)
      let (report, changes, code) = try await shop.analysis("--staged")
      #expect(changes.deleted.map(\.revision) == ["a3"])
      #expect(changes.moved.map(\.from) == ["migrations/versions/a1.py"])
      #expect(changes.moved.map(\.file) == ["migrations/versions/first.py"])
      #expect(changes.edited.map(\.sameSql) == [true])
      #expect(report.findings.map(\.rule) == ["rewritten-revision"])
      #expect(report.findings.map(\.file) == ["migrations/versions/a3.py"])
      #expect(report.findings.map(\.severity) == ["warning"])
      #expect(report.revisions.isEmpty)
      #expect(code == 0)
    }
  }

  @Test func aFileThatAnOldRevisionReadsIsPartOfIt() async throws {
    try await withShop { shop in
      try shop.write("migrations/sql/a1.sql", "CREATE TABLE a1 (id bigint)")
      try shop.revision(
        "a1", up: "op.execute((Path(__file__).parent.parent / 'sql' / 'a1.sql').read_text())",
        down: "op.execute('DROP TABLE a1')")
      let path = "migrations/versions/a1.py"
      let text = try String(contentsOf: shop.directory.appending(path: path), encoding: .utf8)
      try shop.write(
        path,
        text.replacing("import sqlalchemy", with: "from pathlib import Path\nimport sqlalchemy"))
      try shop.table("a2", after: "a1")
      try await commit(in: shop.directory)
      let (before, _, _) = try await shop.analysis("--ref", "HEAD")
      #expect(before.revisions.allSatisfy { $0.executes == "yes" })
      try shop.write("migrations/sql/a1.sql", "CREATE TABLE a1 (id int)")
      try shop.write("app.py", "x = 1\n")
      try await commit(in: shop.directory)
      let (report, changes, code) = try await shop.analysis("--changed-since", "HEAD~1")
      #expect(changes.edited.map(\.revision) == ["a1"])
      #expect(changes.edited.map(\.indirect) == [true])
      #expect(report.findings.contains { $0.rule == "rewritten-revision" && $0.revision == "a1" })
      #expect(code == 1)
    }
  }

  @Test func theFirstCommitOfARepository() async throws {
    try await withShop { shop in
      try shop.table("a1")
      try await git("add", "--all", in: shop.directory)
      let (report, changes, _) = try await shop.analysis("--staged")
      #expect(changes.added.map(\.revision) == ["a1"])
      #expect(changes.commit == nil)
      #expect(report.revisions.map(\.revision) == ["a1"])
      let outcome = try await shop.run("analyze", "--changed-since", "main")
      #expect(outcome.exitCode == 2)
    }
  }
}

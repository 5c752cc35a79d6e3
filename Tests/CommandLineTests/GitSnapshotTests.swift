// Projects read from trees of git: links, submodules, large files, odd names, and repositories that git refuses.

import Foundation
import TestSupport
import Testing

private let header = """
  from alembic import op
  down_revision = None
  def upgrade():
      op.execute("CREATE TABLE a (id int)")
  def downgrade():
      op.execute("DROP TABLE a")

  """

/// A repository with the revision a1 in `migrations`, committed, and what else is written there.
private func withProject(
  _ prepare: (URL) async throws -> Void, _ body: (URL) async throws -> Void
) async throws {
  try await withTemporaryDirectory { directory in
    try await git("init", "--quiet", in: directory)
    let migrations = directory.appending(path: "migrations")
    try FileManager.default.createDirectory(at: migrations, withIntermediateDirectories: true)
    try Data("revision = 'a1'\n\(header)".utf8).write(to: migrations.appending(path: "a1.py"))
    try await prepare(migrations)
    try await commit(in: directory)
    try await body(directory)
  }
}

@Suite struct GitSnapshotTests {
  private func sql(_ arguments: [String], in directory: URL) async throws -> Outcome {
    try await run(
      [backoutPath, "sql", "--format", "json", "--path", "migrations"] + arguments, in: directory)
  }

  @Test func theSameFilesGiveTheSameBytes() async throws {
    try await withProject { _ in
    } _: { directory in
      let disk = try await sql([], in: directory)
      try FileManager.default.removeItem(at: directory.appending(path: "migrations"))
      let tree = try await sql(["--ref", "HEAD"], in: directory)
      #expect(disk.exitCode == 0)
      #expect(disk.outputText == tree.outputText)
      #expect(disk.outputText.contains("CREATE TABLE a (id int)"))
    }
  }

  @Test func linksInsideTheTreeAreFollowedAndOthersLeadNowhere() async throws {
    try await withProject { migrations in
      let files = FileManager.default
      try Data("revision = 'out'\n\(header)".utf8)
        .write(to: URL(filePath: "/tmp/backout-outside-\(getpid()).py"))
      try files.createSymbolicLink(
        atPath: migrations.appending(path: "out.py").path,
        withDestinationPath: "/tmp/backout-outside-\(getpid()).py")
      try files.createSymbolicLink(
        atPath: migrations.appending(path: "loop.py").path, withDestinationPath: "loop.py")
    } _: { directory in
      defer { try? FileManager.default.removeItem(atPath: "/tmp/backout-outside-\(getpid()).py") }
      let outcome = try await backout(
        "analyze", "--ref", "HEAD", "--path", "migrations", in: directory)
      #expect(outcome.outputText.contains("migrations/out.py:1:1"))
      #expect(outcome.outputText.contains("migrations/loop.py:1:1"))
      #expect(!outcome.outputText.contains("  out"))
      try await git("mv", "migrations", "db", in: directory)
      try FileManager.default.removeItem(at: directory.appending(path: "db/out.py"))
      try FileManager.default.removeItem(at: directory.appending(path: "db/loop.py"))
      try FileManager.default.createSymbolicLink(
        atPath: directory.appending(path: "migrations").path, withDestinationPath: "db")
      try await commit(in: directory)
      let linked = try await sql(["--ref", "HEAD"], in: directory)
      #expect(linked.exitCode == 0)
      #expect(linked.outputText.contains("CREATE TABLE a (id int)"))
    }
  }

  @Test func oddNamesAreNamed() async throws {
    try await withProject { _ in
    } _: { directory in
      let script = #"""
        printf 'revision = "n1"\n%s' "$1" > "migrations/$(printf 'a\nb').py"
        printf 'x' > "migrations/$(printf 'c\377').py"
        """#
      _ = try await run(["/bin/sh", "-c", script, "sh", header], in: directory)
      try await commit(in: directory)
      let outcome = try await backout(
        "analyze", "--ref", "HEAD", "--path", "migrations", in: directory)
      // Alembic would read the file whose name cannot be told.
      #expect(outcome.exitCode == 2)
      #expect(outcome.outputText.contains("is not UTF-8"))
      #expect(outcome.outputText.contains(#"migrations/a\nb.py"#))
    }
  }

  @Test func submodulesAndPointersAreNotTakenForEmpty() async throws {
    try await withProject { migrations in
      let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
      try Data(pointer.utf8).write(to: migrations.appending(path: "large.py"))
    } _: { directory in
      let outcome = try await backout(
        "analyze", "--ref", "HEAD", "--path", "migrations", in: directory)
      #expect(outcome.exitCode == 2)
      #expect(outcome.outputText.contains("a Git LFS pointer"))
      let head = try await git("rev-parse", "HEAD", in: directory)
      try await git("rm", "-r", "--quiet", "migrations", in: directory)
      try await git(
        "update-index", "--add", "--cacheinfo", "160000,\(head),migrations", in: directory)
      let staged = try await backout("analyze", "--staged", "--path", "migrations", in: directory)
      #expect(staged.exitCode == 2)
      #expect(staged.errorText.contains("submodule"))
    }
  }

  @Test func largeFilesAreReadUpToTheLimit() async throws {
    try await withProject { migrations in
      let text = "revision = 'b1'\n\(header)" + String(repeating: "#", count: 10_000_000)
      try Data(text.utf8).write(to: migrations.appending(path: "b1.py"))
    } _: { directory in
      let outcome = try await sql(["--ref", "HEAD"], in: directory)
      #expect(outcome.exitCode == 0)
      #expect(outcome.outputText.contains("\"b1\""))
      try Data(repeating: 0x23, count: (64 << 20) + 1)
        .write(to: directory.appending(path: "migrations/c1.py"))
      try await commit(in: directory)
      let tooLarge = try await backout(
        "analyze", "--ref", "HEAD", "--path", "migrations", in: directory)
      #expect(tooLarge.exitCode == 2)
      #expect(tooLarge.outputText.contains("larger than 64 MB"))
    }
  }

  @Test func theIndexIsReadAsItWouldBeCommitted() async throws {
    try await withProject { _ in
    } _: { directory in
      let file = directory.appending(path: "migrations/b1.py")
      try Data("revision = 'b1'\n\(header.replacing("None", with: "'a1'"))".utf8).write(to: file)
      try await git("add", "--intent-to-add", "migrations/b1.py", in: directory)
      let intent = try await backout(
        "analyze", "--staged", "--format", "json", "--path", "migrations", in: directory)
      #expect(try AnalysisReport(intent.output).revisions.isEmpty)
      try await git("add", "migrations/b1.py", in: directory)
      try Data("revision = 'zz'\n".utf8).write(to: file)
      let staged = try await backout(
        "analyze", "--staged", "--format", "json", "--path", "migrations", in: directory)
      #expect(try AnalysisReport(staged.output).revisions.map(\.revision) == ["b1"])
      // The tree that git itself would make of the index is the same.
      let tree = try await git("write-tree", in: directory)
      #expect(try await git("ls-tree", "-r", "--name-only", tree, in: directory).contains("b1.py"))
    }
  }

  /// What a repository's configuration asks to be run is not.
  @Test func nothingOfTheRepositoryIsRun() async throws {
    try await withProject { _ in
    } _: { directory in
      let trap = directory.appending(path: "trap").path
      try Data("#!/bin/sh\ntouch \(trap)-was-run\n".utf8).write(to: URL(filePath: trap))
      _ = try await run(["/bin/chmod", "+x", trap])
      let settings = [
        "core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "gpg.program",
        "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "core.editor",
      ]
      for setting in settings { try await git("config", setting, trap, in: directory) }
      try await git("config", "log.showSignature", "true", in: directory)
      try await git("config", "alias.rev-parse", "!\(trap)", in: directory)
      try Data("*.py diff=evil filter=evil\n".utf8)
        .write(to: directory.appending(path: ".gitattributes"))
      let outcomes = [
        try await backout("involved", "HEAD..HEAD", "--path", "migrations", in: directory),
        try await backout("analyze", "--staged", "--path", "migrations", in: directory),
        try await backout(
          "analyze", "--changed-since", "HEAD", "--path", "migrations", in: directory),
      ]
      #expect(outcomes.map(\.exitCode) == [0, 0, 0])
      #expect(!FileManager.default.fileExists(atPath: trap + "-was-run"))
    }
  }

  @Test func nothingIsWritten() async throws {
    try await withProject { _ in
    } _: { directory in
      let list = ["/usr/bin/find", ".git", "-type", "f", "-printf", "%p %s %T@\\n"]
      let before = try await run(list, in: directory).outputText
      _ = try await backout("involved", "HEAD..HEAD", "--path", "migrations", in: directory)
      _ = try await backout("analyze", "--staged", "--path", "migrations", in: directory)
      #expect(try await run(list, in: directory).outputText == before)
    }
  }

  @Test func oneLineSaysWhyGitCannotBeRead() async throws {
    func complaint(_ directory: URL, _ settings: [String: String] = [:]) async throws -> String {
      let outcome = try await run(
        [backoutPath, "analyze", "--ref", "v9", "--path", "migrations"], in: directory,
        settings: settings)
      #expect(outcome.exitCode == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorText.split(separator: "\n").count == 1)
      return outcome.errorText
    }
    try await withProject { _ in
    } _: { directory in
      #expect(try await complaint(directory).contains("'v9' is no commit of the repository"))
      #expect(
        try await complaint(directory, ["PATH": "/nonexistent"]).contains("git is not installed"))
      // A file named git in the working directory is not taken.
      #expect(
        try await complaint(directory, ["PATH": ".:"]).contains("git is not installed"))
      try Data("x".utf8).write(to: directory.appending(path: "code.txt"))
      try await commit(in: directory)
      let clone = directory.appending(path: "clone")
      try await git(
        "clone", "--quiet", "--depth", "1", "file://\(directory.path)", clone.path, in: directory)
      #expect(try await complaint(clone).contains("fetch-depth: 0"))
      let partial = directory.appending(path: "partial")
      for name in ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"] {
        try await git("config", name, "true", in: directory)
      }
      try await git(
        "clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://\(directory.path)",
        partial.path, in: directory)
      let partially = try await backout(
        "analyze", "--ref", "HEAD", "--path", "migrations/a1.py", in: partial)
      #expect(partially.exitCode == 2)
      #expect((partially.outputText + partially.errorText).contains("made with --filter"))
      if getuid() == 0 {
        _ = try await run(["/bin/chown", "-R", "65534", directory.path])
        #expect(try await complaint(directory).contains("safe.directory"))
      }
    }
    try await withTemporaryDirectory { directory in
      let words = try await complaint(directory)
      #expect(words.contains("is not in a git repository"))
    }
  }
}

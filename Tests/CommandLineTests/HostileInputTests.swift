// Gives the program arguments, files and streams that mean harm: no password, no escape, no foreign
// text is shown, and what is missing is said.

import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct HostileInputTests {
  private static let shop = repository.appending(path: "Fixtures/shop")
  private static let migration = """
    from alembic import op
    revision = "aaaa"
    down_revision = None
    def upgrade():
        op.execute("SELECT 'tab\\there', '\\x1b[31mred\\x9b0m'")
    def downgrade():
        pass

    """

  /// Runs `body` with a directory of one migration.
  private func withMigration(_ body: (URL) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try Data(Self.migration.utf8).write(to: directory.appending(path: "a.py"))
      try await body(directory)
    }
  }

  /// Runs a line of a shell, in which `$0` is the program and `$1` the directory.
  private func shell(_ line: String, _ directory: URL = shop) async throws -> Outcome {
    try await run(["/bin/sh", "-c", line, backoutPath, directory.path], in: directory)
  }

  private func expectOneLine(_ outcome: Outcome, _ words: String, exitCode: Int32 = 2) {
    #expect(outcome.exitCode == exitCode, "\(outcome.errorText)")
    #expect(outcome.errorText.split(separator: "\n").count == 1, "\(outcome.errorText)")
    #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
  }

  // MARK: - Passwords

  @Test(arguments: [
    "postgresql://user:gehe/im@127.0.0.1:1/shop", "postgresql://user:gehe?im@127.0.0.1:1/shop",
    "postgresql://user:gehe@im@127.0.0.1:1/shop", "postgresql://user:gehe/im?a=b@127.0.0.1:1/shop",
    "postgresql+asyncpg://user:gehe/im@127.0.0.1:1/shop", "postgresql://user:geheim",
    "postgresql://127.0.0.1:1/shop?password=gehe&im", "postgresql://user:geheim@127.0.0.1:1/shop",
    "postgresql://127.0.0.1:1/shop?password=geheim&sslpassword=geheim",
    "postgresql://127.0.0.1:1/shop?password=gehe&im=1&sslmode=disable",
    "postgresql://127.0.0.1:1/shop?dbname=postgresql://user:geheim@host/shop",
    "postgresql://127.0.0.1:1/shop?dbname=postgresql%3A%2F%2Fuser%3Ageheim%40host%2Fshop",
    "host=127.0.0.1 port=1 dbname=postgresql://user:geheim@host/shop",
    "host=127.0.0.1 port=1 password=geheim sslpassword=geheim",
    "host=127.0.0.1 port=1 password=gehe im", "host=127.0.0.1 port=1 passwrd=geheim",
    "mysql://user:geheim@127.0.0.1/shop", "user:geheim://127.0.0.1",
  ])
  func passwordsAreNotShown(url: String) async throws {
    for settings in [[:], ["DATABASE_URL": url]] {
      let option = settings.isEmpty ? ["--database-url", url] : []
      let outcome = try await run(
        [backoutPath, "check"] + option, in: Self.shop, settings: settings)
      expectOneLine(outcome, "backout: ")
      #expect(outcome.output.isEmpty)
      #expect(!outcome.errorText.contains("gehe"), "\(outcome.errorText)")
      #expect(!outcome.errorText.split(separator: " ").contains { $0.hasPrefix("im") })
    }
  }

  @Test(arguments: [
    ["check"], ["check", "-1"], ["check", "--advisory-lock"], ["check", "--timeout"], ["analyze"],
    ["analyze", "--path"], ["analyze", "--range"], ["analyze", "--fail-on"],
    ["analyze", "--enable"],
    ["analyze", "--baseline"], ["analyze", "--write-baseline"], ["analyze", "--format"],
    ["analyze", "--postgres-version"], ["analyze", "--config"],
    ["analyze", "--", "--database-url"],
    ["sql"], ["sql", "--name"], ["sql", "--database-url"], ["graph"], ["explain"], [],
  ])
  func passwordsInOtherPlacesAreNotShown(arguments: [String]) async throws {
    for text in ["postgresql://user:geheim@127.0.0.1:1/shop", "host=127.0.0.1 password = geheim"] {
      let outcome = try await run([backoutPath] + arguments + [text], in: Self.shop)
      expectOneLine(outcome, "connection string")
      #expect(!(outcome.outputText + outcome.errorText).contains("geheim"))
    }
  }

  @Test func pieceOfAnUnquotedAddressIsNotShown() async throws {
    let outcome = try await backout(
      "check", "-1", "--database-url", "postgresql://user:a", "geheim@127.0.0.1/shop", in: Self.shop
    )
    expectOneLine(outcome, "in quotes")
    #expect(!outcome.errorText.contains("geheim"))
    let pairs = try await backout(
      "check", "--database-url", "host=127.0.0.1", "password", "=", "geheim", in: Self.shop)
    expectOneLine(pairs, "in quotes")
    #expect(!pairs.errorText.contains("geheim"))
    let settings = [
      "PGDATABASE": "postgresql://user:geheim@127.0.0.1:1/shop", "PGHOST": "/nowhere",
    ]
    let other = try await run([backoutPath, "check"], in: Self.shop, settings: settings)
    expectOneLine(other, "libpq's environment")
    #expect(!other.errorText.contains("geheim"))
  }

  // MARK: - Terminals and streams

  @Test func terminalObeysNothingOfTheSQL() async throws {
    try await withMigration { directory in
      let piped = try await shell("exec \"$0\" sql --path .", directory)
      #expect(piped.exitCode == 0)
      #expect(piped.errors.isEmpty)
      #expect(piped.outputText.contains("\u{1B}[31mred\u{9B}0m"))
      let shown = try await shell("script -qec \"'$0' sql --path . 2>said\" /dev/null", directory)
      #expect(shown.exitCode == 0)
      #expect(shown.outputText.contains("here', '\\u{1B}[31mred\\u{9B}0m'"))
      #expect(!shown.outputText.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" })
      let said = try String(contentsOf: directory.appending(path: "said"), encoding: .utf8)
      #expect(said.split(separator: "\n").count == 1)
      #expect(said.contains("control characters"))
    }
  }

  @Test(arguments: [
    ["graph", "\u{1B}[31mred"], ["graph", "--\u{1B}[31m"], ["check", "-1", "-2"],
    ["analyze", "--format", "\u{9B}31m"], ["check", "--timeout", "-1\u{7}"], ["\u{202E}"],
  ])
  func usageErrorsAreHarmless(arguments: [String]) async throws {
    let outcome = try await run([backoutPath] + arguments, in: Self.shop)
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains("Usage:"))
    #expect(!outcome.errorText.contains("\\u{1}"))
    #expect(
      outcome.errorText.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control && $0 != "\u{202E}"
      }, "\(outcome.errorText)")
  }

  @Test func negativeNumbersAreValues() async throws {
    let key = try await backout("check", "--advisory-lock", "-5", "--database-url", "host=/nowhere")
    #expect(!key.errorText.contains("advisory-lock"))
    for time in ["-5", "0", "nan"] {
      expectOneLine(try await backout("check", "--timeout", time, in: Self.shop), "--timeout")
    }
    expectOneLine(try await backout("analyze", "-1", in: Self.shop), "'-1'")
  }

  @Test(arguments: ["analyze", "graph", "sql", "rules", "--help", "--version"])
  func outputThatCannotBeWrittenIsSaid(command: String) async throws {
    expectOneLine(try await shell("exec \"$0\" \(command) >/dev/full"), "No space left on device")
    expectOneLine(try await shell("exec \"$0\" \(command) >&-"), "standard output is closed")
  }

  // MARK: - Ranges

  @Test func rangesAreTheSameEitherWayRound() async throws {
    for (up, down) in [("base:head", "head:base"), ("-2:head", "head:-2"), (":head", "head:base")] {
      let upwards = try await backout("analyze", "--range", up, "--format", "json", in: Self.shop)
      let downwards = try await backout(
        "analyze", "--range", down, "--format", "json", in: Self.shop)
      #expect(try !AnalysisReport(upwards.output).revisions.isEmpty)
      #expect(upwards.output == downwards.output)
      #expect(upwards.exitCode == downwards.exitCode)
    }
  }

  @Test func emptyRangesAreSaid() async throws {
    expectOneLine(
      try await backout("analyze", "--range", "head:head", in: Self.shop),
      "no revision in 'head:head'",
      exitCode: 0)
    expectOneLine(try await backout("analyze", "--range", "base", in: Self.shop), "'base'")
    try await withMigration { directory in
      let settings = directory.appending(path: "backout.toml")
      try Data("start-after = 'aaaa'\n".utf8).write(to: settings)
      expectOneLine(
        try await backout("analyze", directory.path, "--range", "base:head"), "start-after")
    }
  }

  // MARK: - Files

  @Test(arguments: [
    "graph --path", "graph --format json --path", "sql --path", "sql --format json --path",
    "analyze",
  ])
  func fileWhoseNameIsNotUTF8IsSaid(command: String) async throws {
    try await withMigration { directory in
      let outcome = try await shell(
        "cp a.py \"$(printf '\\377').py\" && exec \"$0\" \(command) .", directory)
      #expect(outcome.exitCode == 2)
      let text = command == "analyze" ? outcome.outputText : outcome.errorText
      #expect(text.contains("'\u{FFFD}.py' is not UTF-8"), "\(text)")
    }
  }

  @Test(arguments: ["000", "400"], ["analyze", "graph --path", "sql --path"])
  func directoryThatCannotBeReadIsSaid(mode: String, command: String) async throws {
    try await withTemporaryDirectory { directory in
      // Root reads everything until it lacks the capability.
      let limits =
        geteuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search " : ""
      let outcome = try await shell(
        "mkdir v && chmod \(mode) v && exec \(limits)\"$0\" \(command) v", directory)
      expectOneLine(outcome, "the directory 'v' cannot be read: Permission denied; let")
      let below = try await shell(
        "mkdir m && touch m/env.py && mkdir m/versions && chmod 000 m/versions "
          + "&& exec \(limits)\"$0\" \(command) m", directory)
      expectOneLine(below, "m/versions: the directory cannot be read: Permission denied; let")
      _ = try await shell("chmod 700 v m/versions", directory)
    }
  }

  @Test(arguments: [
    "token geheim here\n", "name = 'geheim'\n", "geheim geheim = {\n", "def upgrade(): geheim(\n",
  ])
  func nothingIsShownOfAFileThatIsNoMigration(text: String) async throws {
    try await withTemporaryDirectory { elsewhere in
      let secret = elsewhere.appending(path: "secret")
      try Data(text.utf8).write(to: secret)
      for name in ["0001.py", "x.py", "env.py", "alembic.ini", "backout.toml", "versions/0001.py"] {
        try await withMigration { directory in
          let link = directory.appending(path: name)
          try FileManager.default.createDirectory(
            at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
          try FileManager.default.createSymbolicLink(at: link, withDestinationURL: secret)
          for command in ["analyze", "analyze --format json", "graph --path", "sql --path"] {
            let outcome = try await shell("exec \"$0\" \(command) \"$1\"", directory)
            #expect(outcome.exitCode != nil)
            #expect(!(outcome.outputText + outcome.errorText).contains("geheim"), "\(name)")
          }
        }
      }
    }
  }

  // MARK: - Work without end

  /// Which of the steps the budget of the project is enough for would depend on the threads: they are
  /// worked out once more, in order. What was replayed before that is not in the answer.
  @Test func projectBeyondItsBudgetIsJudgedAlikeEachTime() async throws {
    try await withTemporaryDirectory { directory in
      for number in 0..<40 {
        let loop = number.isMultiple(of: 2) ? "" : "    for i in range(10**9):\n        x = i\n"
        let text = """
          from alembic import op
          revision = "r\(number + 10)"
          down_revision = \(number == 0 ? "None" : "\"r\(number + 9)\"")
          def upgrade():
          \(loop)    op.execute("CREATE TABLE t\(number) (id integer)")
          def downgrade():
              op.execute("DROP TABLE t\(number)")

          """
        try Data(text.utf8).write(to: directory.appending(path: "r\(number + 10).py"))
      }
      var answers: Set<String> = []
      for _ in 0..<5 {
        let outcome = try await backout("analyze", "--format", "json", directory.path)
        #expect(outcome.exitCode == 1, "\(outcome.errorText)")
        answers.insert(outcome.outputText)
      }
      let answer = try #require(answers.first)
      #expect(answers.count == 1)
      #expect(answer.contains("the evaluation of all revisions was given up"))
      // Nothing of a table that a step never came to make is proved.
      #expect(!answer.contains(#""verdict":"safe""#))
    }
  }
}

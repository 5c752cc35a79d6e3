// What the program says to somebody who looks for a word.

import Foundation
import TestSupport
import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    "", "analyze", "check", "involved", "sql", "graph", "rules", "explain", "lint", "init",
  ])
  func everyPageHasAnExample(command: String) async throws {
    let words = command.isEmpty ? ["--help"] : [command, "--help"]
    let outcome = try await run([backoutPath] + words)
    #expect(outcome.exitCode == 0)
    #expect(outcome.outputText.contains("Examples:"))
    // No example is broken by the width of a terminal, and no default is shown as Swift writes it.
    let examples = outcome.outputText.split(separator: "Examples:\n")[1].split(separator: "\n\n")[0]
    #expect(examples.split(separator: "\n").allSatisfy { $0.contains("backout ") }, "\(examples)")
    #expect(!outcome.outputText.contains("Argument("))
    #expect(
      outcome.outputText.contains("\n  backout \(command.isEmpty ? "analyze" : command)"),
      "\(outcome.outputText)")
  }

  @Test(arguments: [
    ("analize", "there is no command 'analize'; perhaps 'analyze'"),
    ("grap --format svg", "there is no command 'grap'; perhaps 'graph'"),
    ("frobnicate", "there are analyze, check, involved, sql, graph, rules, explain, lint, init"),
    ("analyze --formt json", "Did you mean '--format'?"),
    ("explain drop-colum", "no rule is called 'drop-colum'; perhaps 'drop-column'"),
    ("analyze --enable prefer-txt", "perhaps 'prefer-text'"),
    ("analyze --range 3f6a1c0b92df:head", "perhaps '3f6a1c0b92de'"),
    ("sql premotions", "perhaps 'promotions'"),
  ])
  func nearestWordIsNamed(command: String, words: String) async throws {
    let outcome = try await run(
      [backoutPath] + command.split(separator: " ").map(String.init),
      in: repository.appending(path: "Fixtures/shop"))
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
  }

  /// A log of GitHub Actions obeys every line that begins with `::`.
  @Test func textIsNoCommandOfAWorkflow() async throws {
    try await withTemporaryDirectory { directory in
      let text = """
        revision = "a1"
        down_revision = None
        def upgrade(): pass
        def downgrade():
            raise RuntimeError("\(String(repeating: "long ", count: 30)) ::error::x ::add-mask::y ##[error]z")

        """
      try Data(text.utf8).write(to: directory.appending(path: "a1.py"))
      let command = [backoutPath, "analyze", "a1.py"]
      for columns in 40...120 {
        let outcome = try await run(
          command, in: directory, settings: ["GITHUB_ACTIONS": "true", "COLUMNS": "\(columns)"])
        let lines = outcome.outputText.split(separator: "\n")
        #expect(outcome.outputText.contains("add-mask"))
        #expect(!lines.contains { $0.drop(while: \.isWhitespace).hasPrefix("::") })
        #expect(!outcome.outputText.contains("##["))
      }
    }
  }

  /// No line is written where standard error is no terminal, nor where the work is short.
  @Test func progressIsForTerminals() async throws {
    let outcome = try await backout("analyze", "--path", "Fixtures/shop", "--quiet")
    #expect(outcome.errors.isEmpty)
  }
}

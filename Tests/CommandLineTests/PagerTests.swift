// On a terminal: what is longer than it goes to a pager, and nothing else does.

import Foundation
import TestSupport
import Testing

@Suite struct PagerTests {
  /// What is left on a terminal. The pager, where there is one, shows `paged` and the first line.
  private func shown(
    rows: Int, _ command: String, settings: [String: String] = [:]
  ) async throws -> (text: Substring, exitCode: Int32) {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "terminal.py")
    let fixed = [
      "TERM": "xterm", "CI": "", "LINES": "", "COLUMNS": "", "NO_COLOR": "1", "GITHUB_ACTIONS": "",
      "PAGER": "sed 's/^/paged /;q'",
    ]
    let outcome = try await run(
      ["/usr/bin/python3", script.path, "\(rows)", backoutPath]
        + command.split(separator: " ").map(String.init),
      in: repository.appending(path: "Fixtures/shop"), settings: fixed.merging(settings) { $1 })
    // A slow machine shows the progress line, and takes it away before anything else is written.
    let text = outcome.outputText
    let start = text.range(of: "\r\u{1B}[2K", options: .literal)?.upperBound ?? text.startIndex
    return (text[start...], outcome.exitCode ?? -1)
  }

  /// The graph has 20 lines, the report of the shop 278.
  @Test(arguments: [
    ("analyze", 24, 1), ("graph", 10, 0), ("explain drop-column", 10, 0), ("rules", 24, 0),
    ("sql base:head", 24, 0), ("involved HEAD..HEAD --path alembic.ini", 2, 0),
  ])
  func longTextIsPaged(command: String, rows: Int, code: Int32) async throws {
    let outcome = try await shown(rows: rows, command)
    #expect(outcome.exitCode == code)
    #expect(outcome.text.hasPrefix("paged "), "\(outcome.text.prefix(300))")
    // The pager was left after the first line, and nothing is written beside it.
    #expect(outcome.text.split(whereSeparator: \.isNewline).count == 1)
  }

  @Test(arguments: [
    ("graph", 200, [:]), ("graph --no-pager", 5, [:]), ("graph --format json", 5, [:]),
    ("graph", 5, ["CI": "true"]), ("graph", 5, ["TERM": "dumb"]),
    ("graph", 5, ["BACKOUT_PAGER": ""]), ("graph", 5, ["BACKOUT_PAGER": "cat"]),
    ("graph", 5, ["BACKOUT_PAGER": "/no/such/pager"]),
  ])
  func otherTextIsNot(command: String, rows: Int, settings: [String: String]) async throws {
    let outcome = try await shown(rows: rows, command, settings: settings)
    #expect(outcome.exitCode == 0)
    #expect(outcome.text.contains("d85a0c6e13f9"))
    #expect(outcome.text.contains("3f6a1c0b92de"))
    #expect(!outcome.text.contains("paged"))
  }

  @Test func ourOwnVariableCountsFirst() async throws {
    let outcome = try await shown(
      rows: 5, "graph", settings: ["BACKOUT_PAGER": "sed 's/^/ours /;q'"])
    #expect(outcome.text.hasPrefix("ours "))
  }

  /// Into a file or a pipe there is none, whatever the terminal is.
  @Test func noTerminalNoPager() async throws {
    let outcome = try await run(
      [backoutPath, "graph"], in: repository.appending(path: "Fixtures/shop"),
      settings: ["PAGER": "sed 's/^/paged /;q'", "TERM": "xterm", "CI": "", "LINES": "5"])
    #expect(!outcome.outputText.contains("paged"))
  }
}

// What bash offers while a command is typed.

import Foundation
import TestSupport
import Testing

@Suite struct CompletionTests {
  /// The words that bash would offer behind these, of which the last is being typed.
  private func offers(_ words: String...) async throws -> [String] {
    let script = """
      source <(backout --generate-completion-script bash)
      COMP_WORDS=(backout "$@") COMP_CWORD=$# COMP_LINE="backout $*"
      COMP_POINT=${#COMP_LINE}
      _backout backout "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let path = (backoutPath as NSString).deletingLastPathComponent + ":/usr/bin:/bin"
    let outcome = try await run(
      ["/bin/bash", "-c", script, "complete"] + words,
      in: repository.appending(path: "Fixtures/shop"), settings: ["PATH": path])
    return outcome.outputText.split(separator: "\n").map(String.init)
  }

  @Test func commandsRulesAndRevisionsAreOffered() async throws {
    #expect(try await offers("inv") == ["involved"])
    #expect(
      try await offers("explain", "drop-column") == ["drop-column", "drop-column-drops-constraint"])
    #expect(try await offers("check", "f19d") == ["f19d60b7c2e8"])
    #expect(try await offers("sql", "").contains("promotions@head"))
    #expect(try await offers("sql", "").contains("3f6a1c0b92de"))
  }
}

// Runs live.sh: every answer of `backout check` against a real PostgreSQL.

import Foundation
import TestSupport
import Testing

@Suite struct LiveTests {
  @Test func everyLiveAnswerIsReached() async throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "live.sh")
    let outcome = try await run(["/bin/bash", script.path, backoutPath], seconds: 180)
    #expect(outcome.exitCode == 0, "\(outcome.outputText)\n\(outcome.errorText)")
    #expect(outcome.outputText.hasSuffix("ok all\n"))
  }
}

// Runs the scripts beside it: every answer of `backout check` against a real PostgreSQL.

import Foundation
import TestSupport
import Testing

@Suite struct LiveTests {
  @Test(arguments: [
    "live.sh", "drift.sh", "given.sh", "clock.sh", "rows.sh", "types.sh", "refused.sh",
    "hostile.sh", "lost.sh", "neighbours.sh", "inserted.sh", "referred.sh", "rights.sh", "used.sh",
    "distance.sh", "watch.sh", "incident.sh", "broken.sh", "many.sh", "large.sh", "forms.sh",
    "drivers.sh",
    "stands.sh", "one_transaction.sh",
  ])
  func everyLiveAnswerIsReached(name: String) async throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
    let outcome = try await run(["/bin/bash", script.path, backoutPath], seconds: 900)
    #expect(outcome.exitCode == 0, "\(outcome.outputText)\n\(outcome.errorText)")
    #expect(outcome.outputText.hasSuffix("ok all\n"))
  }
}

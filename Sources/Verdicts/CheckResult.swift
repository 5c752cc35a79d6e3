// What a live check found, and what it adds up to.

package import DatabaseFacts
package import SafetyRules
package import SourceText

/// The result of a live check.
package struct CheckResult: Sendable {
  package var server: ServerFacts
  /// The rows of the version table.
  package var current: [String] = []
  package var target: String
  /// Parameters of the database's URL that libpq does not have.
  package var ignoredParameters = 0
  /// The revisions to take back, in order.
  package var path: [String] = []
  /// The target as a revision, which stays the same when others migrate meanwhile; nil where it is
  /// more than one.
  package var destination: String?
  /// The messages of these revisions.
  package var messages: [String] = []
  package var lock: AdvisoryLockFacts
  /// Nil where the path is not known.
  package var judgement: Judgement?
  package var now: NowAnswer = .unknown
  /// What the database's catalogs have otherwise than the history, one line each.
  package var drift: [String] = []
  package var findings: [Finding] = []
  package var opaque: [OpaqueNote] = []
  package var coverage = Coverage()
  package var diagnostics: [Diagnostic] = []
  package var sources: [String: SourceFile] = [:]
  /// Everything that decides, worst first.
  package var reasons: [Reason] = []

  package init(server: ServerFacts, target: String, lock: AdvisoryLockFacts) {
    self.server = server
    self.target = target
    self.lock = lock
  }

  /// Settles `now`, and takes up what is not known beside the judgement.
  package mutating func finish(doubts: [Reason], lockAtEnd: AdvisoryLockFacts) {
    reasons = doubts + (judgement?.reasons ?? [])
    if server.isInRecovery {
      now = .unknown
      reasons.append(
        Reason(.now, .unknown, "the server is in recovery: a downgrade must run on the primary"))
    } else if !lock.sessions.isEmpty || !lockAtEnd.sessions.isEmpty {
      if lock.sessions.isEmpty { lock = lockAtEnd }
      now = .wait
      reasons.append(Reason(.now, .wait, "migration lock \(lock.key.text) is \(lock.words)"))
    } else {
      now = .clear
    }
    reasons = reasons.enumerated()
      .sorted { ($1.element.verdict, $0.offset) < ($0.element.verdict, $1.offset) }
      .map(\.element)
  }

  package var answers: Answers {
    var answers =
      judgement?.answers
      ?? Answers(executes: .unknown, data: .unknown, schema: .unknown, code: .unknown)
    answers.now = now
    return answers
  }

  /// Nothing is called safe that a doubt stands against.
  package var verdict: Verdict {
    let doubt = reasons.map(\.verdict).max() ?? .safe
    return max(answers.verdict, doubt == .depends ? .unknown : doubt)
  }
}

extension AdvisoryLockFacts {
  /// Who holds it, or who waits for it.
  package var words: String {
    guard let first = sessions.first else { return "free" }
    let others = sessions.count - 1
    let more = others > 0 ? ", and \(others) more" : ""
    return "\(first.isGranted ? "held" : "awaited") by \(first.words)\(more)"
  }
}

extension LockSession {
  package var words: String {
    var parts = ["pid \(pid)"]
    if let application, !application.isEmpty { parts.append("application \(application)") }
    if let user { parts.append("user \(user)") }
    if let client { parts.append("from \(client)") }
    if let since { parts.append("since \(since)") }
    if let state { parts.append(state) }
    return parts.joined(separator: ", ")
  }
}

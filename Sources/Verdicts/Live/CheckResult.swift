// What a live check found, and what it adds up to.

package import DatabaseFacts
package import SafetyRules
package import SourceText

/// The result of a live check.
package struct CheckResult: Sendable {
  package var server: ServerFacts
  /// The rows of the version table.
  package var current: [String] = []
  /// Whether that could be read.
  package var isPlaceKnown = true
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
  /// Whom the downgrade would wait for.
  package var blockers: [Blocker] = []
  /// The tables that the downgrade is about, as the planner knows them.
  package var sizes: [TableSize] = []
  /// The role whose rights were looked at.
  package var runningRole: String?
  /// What is worth a look and decides nothing.
  package var notes: [String] = []
  /// What to do next, in order.
  package var next: [NextStep] = []
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
  /// - Parameter needed: nil where it is not known which locks the downgrade takes.
  package mutating func finish(doubts: [Reason], closing: ClosingFacts, needed: NeededLocks?) {
    reasons = doubts + (judgement?.reasons ?? [])
    let obstacles = lockReasons(closing.lock) + blockerReasons(closing.activity, needed)
    reasons += obstacles
    if server.isInRecovery {
      now = .unknown
      reasons.append(
        Reason(.now, .unknown, "the server is in recovery: a downgrade must run on the primary"))
    } else {
      switch obstacles.map(\.verdict).max() {
      case .wait: now = .wait
      case nil: now = .clear
      default: now = obstacles.contains { $0.verdict == .wait } ? .wait : .unknown
      }
    }
    reasons = reasons.enumerated()
      .sorted { ($1.element.verdict, $0.offset) < ($0.element.verdict, $1.offset) }
      .map(\.element)
  }

  /// The lock is looked at first and last: a deployment may begin meanwhile.
  private mutating func lockReasons(_ atEnd: AdvisoryLockFacts) -> [Reason] {
    let before = lock.sessions.map(\.pid)
    let wasFree = lock.sessions.isEmpty
    let isFree = atEnd.sessions.isEmpty
    if let why = atEnd.unreadable ?? lock.unreadable {
      lock.unreadable = why
      return [
        Reason(.now, .unknown, "not known whether migration lock \(lock.key.text) is held: \(why)")
      ]
    }
    if wasFree, isFree { return [] }
    if !isFree { lock = atEnd }
    let key = "migration lock \(lock.key.text)"
    if isFree {
      return [
        Reason(
          .now, .wait, "\(key) was \(lock.words) and became free during the check: check again")
      ]
    }
    var text = "\(key) is \(lock.words)"
    if wasFree {
      text += "; it was free when the check began"
    } else if before != atEnd.sessions.map(\.pid) {
      text += "; who holds or awaits it changed during the check"
    }
    return [Reason(.now, .wait, text)]
  }

  private mutating func blockerReasons(
    _ activity: Known<ActivityFacts>, _ needed: NeededLocks?
  ) -> [Reason] {
    switch activity {
    case .unknown(let why):
      return [Reason(.now, .unknown, "not known whether someone is in the way: \(why)")]
    case .known(let facts):
      guard let needed else { return [] }
      blockers = needed.blockers(facts)
      return blockers.map { blocker in
        blocker.isUncertain
          ? Reason(
            .now, .unknown,
            "\(blocker.words), and since when is hidden from this role; grant it pg_read_all_stats")
          : Reason(.now, .wait, blocker.words)
      }
    }
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
    guard unreadable == nil else { return "not known" }
    guard let first = sessions.first else { return "free" }
    let others = sessions.count - 1
    let more = others > 0 ? ", and \(others) more" : ""
    return "\(first.isGranted ? "held" : "awaited") by \(first.words)\(more)"
  }
}

package struct TableSize: Sendable, Hashable {
  package var table: TableName
  /// An estimate; nil where there is none.
  package var rows: Int?
  package var bytes: Int?

  package init(table: TableName, rows: Int?, bytes: Int?) {
    self.table = table
    self.rows = rows
    self.bytes = bytes
  }
}

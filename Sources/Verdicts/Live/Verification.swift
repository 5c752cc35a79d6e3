// After a downgrade: whether the database is what its revision says.

package import DatabaseFacts

package struct Verification: Sendable {
  package var server: ServerFacts
  /// The revisions that the database should be at; none for base.
  package var expected: [String]
  /// The rows of the version table.
  package var current: [String] = []
  /// Whether that could be read.
  package var isPlaceKnown = true
  package var lock: AdvisoryLockFacts
  /// What is otherwise than the files have it, one line each.
  package var drift: [String] = []
  /// What is worth a look and decides nothing.
  package var notes: [String] = []
  package var coverage: Coverage
  /// Everything that decides, worst first.
  package private(set) var reasons: [Reason] = []

  package init(
    server: ServerFacts, expected: [String], lock: AdvisoryLockFacts, coverage: Coverage
  ) {
    self.server = server
    self.expected = expected
    self.lock = lock
    self.coverage = coverage
  }

  package mutating func add(_ added: [Reason]) {
    reasons = (reasons + added).enumerated()
      .sorted { ($1.element.verdict, $0.offset) < ($0.element.verdict, $1.offset) }
      .map(\.element)
  }

  /// - Parameter closing: the lock as it is at the end.
  package mutating func take(lockAtEnd: AdvisoryLockFacts) {
    if lock.sessions.isEmpty { lock = lockAtEnd }
    if let why = lock.unreadable {
      add([
        Reason(.now, .unknown, "not known whether migration lock \(lock.key.text) is held: \(why)")
      ])
    }
    guard !lock.sessions.isEmpty else { return }
    add([Reason(.now, .wait, "migration lock \(lock.key.text) is \(lock.words)")])
  }

  /// - Parameters:
  ///   - differences: one line each.
  ///   - isKnown: whether everything that made the schema was understood; else nothing is certain.
  package mutating func take(differences: [String], invalidIndexes: [String], isKnown: Bool) {
    drift = differences
    for index in invalidIndexes where !differences.contains(where: { $0.contains("is not valid") })
    {
      drift.append(index)
    }
    add(invalidIndexes.map { Reason(.schema, .unsafe, $0) })
    if !differences.isEmpty {
      let more = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
      add([
        Reason(
          .schema, isKnown ? .unsafe : .unknown,
          "the schema is not that of the revision: \(differences[0])\(more)")
      ])
    } else if !isKnown {
      add([
        Reason(
          .schema, .unknown,
          "not everything that made the schema is known, so it is compared only in part")
      ])
    }
  }

  package var verdict: Verdict { reasons.map(\.verdict).max() ?? .safe }
}

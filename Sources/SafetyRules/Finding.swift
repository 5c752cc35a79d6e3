// What a rule says of one place.

package import SourceText

package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case info, warning, error

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// The direction of a step, as Alembic calls it.
package enum StepDirection: String, Sendable, Hashable {
  case upgrade, downgrade
}

/// A rule applied to an effect: what was seen, what PostgreSQL does, what to do instead.
package struct Finding: Sendable, Hashable {
  /// The rule's name, which is also its page: `backout explain drop-column`.
  package var rule: String
  package var severity: Severity
  package var revision: String
  package var direction: StepDirection
  package var location: SourceLocation
  package var message: String
  package var help: String
  /// The statement that the place emits; nil for what concerns a function as a whole.
  package var sql: String?
  /// The reason of the comment that acknowledges it.
  package var suppressed: String?
  /// What the live database said about it, one sentence each.
  package var evidence: [String]

  package init(
    rule: String, severity: Severity, revision: String, direction: StepDirection,
    location: SourceLocation, message: String, help: String, sql: String? = nil,
    suppressed: String? = nil, evidence: [String] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.revision = revision
    self.direction = direction
    self.location = location
    self.message = message
    self.help = help
    self.sql = sql
    self.suppressed = suppressed
    self.evidence = evidence
  }

  /// The one order of all output: file, place, severity from worst, rule.
  package static func ordered(_ left: Finding, _ right: Finding) -> Bool {
    if left.location != right.location { return left.location < right.location }
    if left.severity != right.severity { return left.severity > right.severity }
    return (left.rule, left.message) < (right.rule, right.message)
  }
}

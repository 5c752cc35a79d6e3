// revision-cycle: revisions that follow each other in a circle.

struct RevisionCycle: GraphRule {
  static let name = "revision-cycle"
  static let severity = Severity.error
  static let help = "set the down_revision of one of them to the revision before the circle"
}

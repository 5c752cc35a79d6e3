// unknown-down-revision: a revision follows, or depends on, one that is not there.

struct UnknownDownRevision: GraphRule {
  static let name = "unknown-down-revision"
  static let severity = Severity.error
  static let help =
    "name the identifier in the file before it, not the file's name; or bring the file back"
}

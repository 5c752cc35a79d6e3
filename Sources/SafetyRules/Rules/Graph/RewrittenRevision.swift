// rewritten-revision: a revision that databases may have run already says something else now, or is gone.

struct RewrittenRevision: GraphRule {
  static let name = "rewritten-revision"
  static let severity = Severity.error
  static let help = "bring the file back as it was, and put the change into a new revision"
}

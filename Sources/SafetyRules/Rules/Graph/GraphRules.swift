// The rules about the files of a project and the graph that they form.

enum GraphRules {
  static let all: [any GraphRule.Type] = [
    DuplicateRevision.self, MissingUpgrade.self, MultipleHeads.self, RevisionCycle.self,
    RevisionFileUnreadable.self, RewrittenRevision.self, UnknownDownRevision.self,
  ]
}

// The migrations between two deployments, judged for the way back.

/// Two states of a project, and what lies between them.
package struct MigrationsBetween: Sendable {
  package struct Deployment: Sendable {
    /// In words, as `v1.4 (3f2a1c9d01)`.
    package var name: String
    package var commit: String
    package var heads: [String]
    /// How many revisions it has.
    package var count: Int

    package init(name: String, commit: String, heads: [String], count: Int) {
      self.name = name
      self.commit = commit
      self.heads = heads
      self.count = count
    }
  }

  package var good: Deployment
  package var bad: Deployment
  package var changes: RevisionChanges
  /// Of the revisions that the bad one has more, or otherwise.
  package var analysis: Analysis

  package init(
    good: Deployment, bad: Deployment, changes: RevisionChanges, analysis: Analysis
  ) {
    self.good = good
    self.bad = bad
    self.changes = changes
    self.analysis = analysis
  }

  /// Whether going back concerns the database.
  package var isInvolved: Bool {
    !changes.added.isEmpty || !changes.rewritten.isEmpty || !changes.deleted.isEmpty
  }

  /// No better than `unknown` where a revision was rewritten or is gone: what databases have run is not
  /// what the files say.
  package var verdict: Verdict {
    let worst = analysis.verdict ?? .safe
    let isSure = changes.rewritten.isEmpty && changes.deleted.isEmpty && changes.gap == nil
    return isSure ? worst : max(worst, .unknown)
  }

  /// Whether the code alone can go back.
  package var code: CodeAnswer {
    let answers = analysis.revisions.map(\.answers.code)
    if answers.contains(.breaks) { return .breaks }
    let isSure = changes.rewritten.isEmpty && changes.gap == nil && analysis.isComplete
    return answers.contains(.unknown) || !isSure ? .unknown : .works
  }
}

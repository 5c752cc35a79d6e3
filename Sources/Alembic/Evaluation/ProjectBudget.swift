// What the evaluation of all revisions together may cost.

internal import Synchronization

/// Counts the work of many steps, on all threads. Each step has its own bound; without one for all,
/// a project of many that each reach theirs would take as many times as long.
final class ProjectBudget: Sendable {
  private let spent = Atomic<Int>(0)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Far more than any project needs whose migrations are finite: some thousand units a revision.
  convenience init(revisions: Int) {
    self.init(limit: Budget.maximumWork * 12 + revisions * 5000)
  }

  func spend(_ work: Int) {
    spent.add(work, ordering: .relaxed)
  }

  var isExhausted: Bool { spent.load(ordering: .relaxed) > limit }
}

// The revisions of a project into their steps, on all processors.

internal import Synchronization
package import Threads

/// What the two functions of one revision emit.
package struct RevisionEvaluation: Sendable {
  package var upgrade: Step
  package var downgrade: Step
}

extension AlembicProject {
  /// Evaluates both directions of revisions, in their order.
  /// - Parameter use: what is made of a revision's steps, on the thread that evaluated them and thus on a
  ///   stack on which SQL can be parsed.
  package func evaluate<Result: Sendable>(
    _ revisions: [Revision], for mode: ExecutionMode,
    _ use: @escaping @Sendable (Revision, RevisionEvaluation) -> Result
  ) throws(NoThread) -> [Result] {
    let budget = ProjectBudget(revisions: revisions.count)
    let results = try mapOnLargeStacks(
      revisions, with: { StepEvaluator(self, mode, budget) },
      { evaluator, revision in budget.isExhausted ? nil : evaluator.evaluate(revision, use) })
    guard budget.isExhausted else { return results.compactMap(\.self) }
    // Which steps the budget was enough for depends on the threads; in order it does not.
    return try mapOnLargeStacks([revisions]) {
      StepEvaluator(self, mode, ProjectBudget(revisions: revisions.count))
    } _: { evaluator, revisions in
      revisions.map { evaluator.evaluate($0, use) }
    }.flatMap(\.self)
  }
}

extension StepEvaluator {
  fileprivate func evaluate<Result>(
    _ revision: Revision, _ use: (Revision, RevisionEvaluation) -> Result
  ) -> Result {
    func step(_ direction: Direction) -> Step {
      evaluate(revision.module, path: revision.path, direction: direction)
    }
    return use(
      revision, RevisionEvaluation(upgrade: step(.upgrade), downgrade: step(.downgrade)))
  }
}

/// Single steps, one at a time: what they need of the project is read once.
package final class ScheduledEvaluation: Sendable {
  private let project: AlembicProject
  private let mode: ExecutionMode
  private let evaluator = Mutex<StepEvaluator?>(nil)

  package init(_ project: AlembicProject, for mode: ExecutionMode) {
    self.project = project
    self.mode = mode
  }

  /// - Parameter schema: what the step finds.
  /// - Returns: nil where no thread could be started.
  package func step(
    _ direction: Direction, of revision: Revision, on schema: any SchemaView
  ) -> Step? {
    if Thread.remainingStack > leastStack { return evaluate(revision, direction, schema) }
    let steps = try? mapOnLargeStacks(
      [direction], with: {}, { _, direction in self.evaluate(revision, direction, schema) })
    return steps?.first
  }

  private func evaluate(
    _ revision: Revision, _ direction: Direction, _ schema: any SchemaView
  ) -> Step {
    evaluator.withLock { evaluator in
      let own =
        evaluator ?? StepEvaluator(project, mode, ProjectBudget(revisions: project.revisions.count))
      evaluator = own
      return own.evaluate(revision, direction, on: schema)
    }
  }
}

/// In bytes: what evaluation recurses on at most, and what answers it.
private let leastStack = 128 << 20

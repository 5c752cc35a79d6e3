// The revisions of a project into their steps, on all processors.

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

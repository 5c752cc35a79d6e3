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
    _ revisions: [Revision],
    _ use: @escaping @Sendable (Revision, RevisionEvaluation) -> Result
  ) throws(NoThread) -> [Result] {
    try mapOnLargeStacks(
      revisions, with: { StepEvaluator(self) },
      { evaluator, revision in
        func step(_ direction: Direction) -> Step {
          evaluator.evaluate(revision.module, path: revision.path, direction: direction)
        }
        return use(
          revision,
          RevisionEvaluation(upgrade: step(.upgrade), downgrade: step(.downgrade)))
      })
  }
}

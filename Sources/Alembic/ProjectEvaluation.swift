// The revisions of a project into their steps, on all processors.

/// What the two functions of one revision emit.
package struct RevisionEvaluation: Sendable {
  package var upgrade: Step
  package var downgrade: Step
}

extension AlembicProject {
  /// Evaluates both directions of revisions, in their order.
  package func evaluate(_ revisions: [Revision]) -> [RevisionEvaluation] {
    mapOnLargeStacks(revisions) { part in
      let evaluator = StepEvaluator(self)
      return part.map { revision in
        RevisionEvaluation(
          upgrade: evaluator.evaluate(
            revision.module, path: revision.path, direction: .upgrade),
          downgrade: evaluator.evaluate(
            revision.module, path: revision.path, direction: .downgrade))
      }
    }
  }
}

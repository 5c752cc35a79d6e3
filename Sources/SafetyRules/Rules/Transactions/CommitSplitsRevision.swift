// commit-splits-revision: a part of the revision stays when a later part fails.

import SchemaModel

enum CommitSplitsRevision: StepRule {
  static let name = "commit-splits-revision"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    let lasting = step.statements.indices.filter { step.statements[$0].isLasting }
    let outside = lasting.filter { !step.statements[$0].isInTransaction }
    let inside = lasting.filter { step.statements[$0].isInTransaction }
    guard let firstOutside = outside.first, let firstInside = inside.first else { return [] }
    // What may be run twice does no harm where nothing else was committed before it.
    if firstOutside < firstInside, outside.allSatisfy({ step.statements[$0].isRepeatable }),
      outside.allSatisfy({ $0 < firstInside })
    {
      return []
    }
    let remark = Remark(
      .warning,
      "autocommit_block() commits on its own: if a later statement of the revision fails, the part "
        + "before stays while alembic_version does not move, and running it again meets what is there",
      help:
        "one revision for what runs in autocommit, another for the rest; or write it so that it can "
        + "be run twice")
    return [(remark, at: firstOutside)]
  }
}

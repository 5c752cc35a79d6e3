// add-column-with-constraint: a constraint written at a new column is checked on every row.

import PostgresSyntax
import SchemaModel

enum AddColumnWithConstraint: StatementRule {
  static let name = "add-column-with-constraint"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    let added = context.constraints(addedBy: statement, in: step)
    // Where the table is rewritten, that is the cause, and another rule's.
    guard let addition = added.first(where: { $0.isInline && $0.isScanning }),
      statement.outcome.rewrites.isEmpty
    else { return nil }
    let what =
      switch addition.constraint.kind {
      case .check: "CHECK reads"
      case .foreignKey: "the foreign key reads"
      default: "the index of \(addition.constraint.name) is built from"
      }
    return Remark(
      .warning,
      "\(what) all of \(displayed(addition.table.name)) under "
        + statement.waiting(under: .accessExclusive),
      help: "add the column alone, then the constraint: CHECK and foreign keys with NOT VALID and "
        + "validated in a later revision, UNIQUE from an index that was built concurrently")
  }
}

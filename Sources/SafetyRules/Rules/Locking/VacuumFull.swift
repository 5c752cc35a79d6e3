// vacuum-full: VACUUM FULL writes a table anew under the strongest lock.

import PostgresSyntax
import SchemaModel

enum VacuumFull: StatementRule {
  static let name = "vacuum-full"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard
      let (table, _) = context.rewrite(by: statement, in: step, { $0 == .vacuumFull ? true : nil })
    else { return nil }
    return Remark(
      .warning,
      "VACUUM FULL writes \(displayed(table.name)) and its indexes anew under "
        + statement.waiting(under: .accessExclusive),
      help:
        "plain VACUUM lets everything go on; pg_repack gives space back with a short lock at the end"
    )
  }
}

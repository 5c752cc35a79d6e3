// data-migration-irreversible: rows that an upgrade inserts stay when the downgrade is through.

import PostgresSyntax
import SchemaModel

enum DataMigrationIrreversible: EffectRule {
  static let name = "data-migration-irreversible"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, case .rowsInserted(let rows) = effect,
      context.leavesRows(in: rows.table)
    else { return nil }
    let again =
      rows.onConflict == nil
      ? "; the next upgrade inserts them again, or fails (23505) where a key forbids it" : ""
    return Remark(
      .warning,
      "the downgrade leaves the rows that are inserted into \(displayed(rows.table.name))\(again)",
      help: "delete them by their keys in the downgrade")
  }
}

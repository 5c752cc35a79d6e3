// no-primary-key: a table whose rows have no name.

import PostgresSyntax
import SchemaModel

enum NoPrimaryKey: EffectRule {
  static let name = "no-primary-key"
  static let isOn = false

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, case .tableCreated(let table) = effect,
      table.persistence != .temporary, table.partitionOf == nil, table.inherits.isEmpty,
      let after = step.after.table(id: table.id), after.primaryKey == nil
    else { return nil }
    if case .foreign = after.kind { return nil }
    return Remark(
      .info,
      "table \(displayed(table.name)) has no primary key: logical replication of its UPDATEs and DELETEs "
        + "needs one",
      help: "add a primary key, or make the key that it has the primary one")
  }
}

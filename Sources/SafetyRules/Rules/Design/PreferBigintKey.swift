// prefer-bigint-key: a key of four bytes ends at 2,147,483,647.

import PostgresSyntax
import SchemaModel

enum PreferBigintKey: EffectRule {
  static let name = "prefer-bigint-key"
  static let isOn = false

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, case .tableCreated(let table) = effect,
      let key = table.primaryKey?.key, key.columns.count == 1, let name = key.columns.first,
      let column = table.column(name),
      column.identity != nil || column.default.expression?.nextvalSequence != nil,
      let type = column.type?.builtin, type == .int4 || type == .int2
    else { return nil }
    let limit = type == .int4 ? "2,147,483,647" : "32,767"
    return Remark(
      .info,
      "the key \(displayed(table.name)).\(name) ends at \(limit); widening it rewrites the table",
      help: "say bigint (sa.BigInteger())")
  }
}

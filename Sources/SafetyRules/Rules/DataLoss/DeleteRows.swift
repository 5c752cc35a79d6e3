// delete-rows: rows from before the upgrade are deleted.

import SchemaModel

enum DeleteRows: EffectRule {
  static let name = "delete-rows"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .rowsDeleted(let deletion) = effect,
      let loss = context.loss(by: effect, of: step)
    else { return nil }
    // Taking back one's own rows is what a downgrade is for.
    if case .changedSince? = loss.probe { return nil }
    let table = displayed(deletion.table.name)
    let which = deletion.condition == .all ? "all rows" : "the rows that match"
    guard loss.age == .old else {
      if context.isOld(deletion.table.origin) {
        return Remark(
          .info, "\(which) of \(table) are deleted: such as only the new schema allows",
          question: "whether there are any")
      }
      return Remark(
        .info, "\(which) of \(table) are deleted, which the upgrade created",
        question: "whether the table holds rows")
    }
    let also = step.direction == .downgrade ? ", also those from before the upgrade" : ""
    return Remark(
      .error, "\(which) of \(table) are deleted\(also); nothing brings them back",
      help: "copy them to a table that the downgrade reads, or mark rows instead of deleting them")
  }
}

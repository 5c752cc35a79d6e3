// drop-table: the rows of a table are gone when the statement commits.

import SchemaModel

enum DropTable: EffectRule {
  static let name = "drop-table"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .tableDropped(let drop) = effect, drop.isDirect else { return nil }
    let table = displayed(drop.table.name)
    switch context.loss(by: effect, of: step)?.age {
    case .old:
      return Remark(
        .error, "all rows of \(table) are gone for good; creating the table again creates it empty",
        help: "rename the table and drop it in a later release, when nothing goes back across it")
    case .new:
      return Remark(
        .info, "all rows written to \(table) since the upgrade are lost",
        question: "whether the table holds rows")
    case .rare, .unknown, nil: return nil
    }
  }
}

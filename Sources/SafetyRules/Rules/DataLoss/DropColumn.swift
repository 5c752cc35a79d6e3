// drop-column: the values of a column are gone when the statement commits.

import SchemaModel

enum DropColumn: EffectRule {
  static let name = "drop-column"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .columnDropped(let drop) = effect, drop.isDirect else { return nil }
    let column = "\(displayed(drop.table.name)).\(drop.column.name)"
    let along = Self.along(drop, drop.sharedNames(in: context))
    switch context.loss(by: effect, of: step)?.age {
    case .old:
      return Remark(
        .error,
        "the values of \(column) are gone for good; adding the column again adds it empty\(along)",
        help: "stop using the column now and drop it in a later release, when nothing goes back "
          + "across it; or keep a copy of its values in a table")
    case .new:
      return Remark(
        .info, "what was written to \(column) since the upgrade is lost\(along)",
        question: "whether the column holds values")
    case .rare, .unknown, nil: return nil
    }
  }

  /// What belongs to the column alone.
  private static func along(_ drop: ColumnDrop, _ shared: Set<String>) -> String {
    let names = drop.indexes.map(\.name) + drop.constraints.map(\.name)
    let own = Set(names).subtracting(shared).sorted()
    return own.isEmpty ? "" : "; with it go \(list(own))"
  }
}

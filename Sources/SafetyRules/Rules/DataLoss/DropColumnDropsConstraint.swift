// drop-column-drops-constraint: a guarantee about other columns goes with a column, without a word.

import SchemaModel

enum DropColumnDropsConstraint: EffectRule {
  static let name = "drop-column-drops-constraint"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .columnDropped(let drop) = effect else { return nil }
    let guarantees = drop.sharedGuarantees(in: context)
    guard !guarantees.isEmpty else { return nil }
    return Remark(
      .warning,
      "with column \(displayed(drop.table.name)).\(drop.column.name) goes \(list(guarantees)): what it "
        + "guarantees of the other columns is gone without a word",
      help: "drop the constraint by name first, and add one over the columns that remain")
  }
}

extension ColumnDrop {
  /// The constraints and unique indexes from before that span other columns too.
  func sharedGuarantees(in context: RoundTripContext) -> [String] {
    let shared = constraints.filter {
      Set($0.columns).count > 1 && $0.columns.contains(column.name) && context.isOld($0.origin)
    }
    let names = shared.map { constraint in
      let others = Set(constraint.columns).subtracting([column.name]).sorted()
      return "\(constraint.kindWords) \(constraint.name), also over \(list(others))"
    }
    let unique = indexes.filter { index in
      index.isUnique && index.constraint == nil && Set(index.columns).count > 1
        && context.isOld(index.origin)
    }
    return names
      + unique.map { index in
        let others = Set(index.columns).subtracting([column.name]).sorted()
        return "unique index \(index.name), also over \(list(others))"
      }
  }

  /// The names of what `sharedGuarantees` tells.
  func sharedNames(in context: RoundTripContext) -> Set<String> {
    let shared =
      constraints.filter { Set($0.columns).count > 1 && context.isOld($0.origin) }.map(\.name)
      + indexes.filter {
        $0.isUnique && Set($0.columns).count > 1 && context.isOld($0.origin)
      }.map(\.name)
    return Set(shared)
  }
}

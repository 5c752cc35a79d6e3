// redundant-index: another index of the table begins with the same columns.

import PostgresSyntax
import SchemaModel

enum RedundantIndex: EffectRule {
  static let name = "redundant-index"
  static let isOn = false

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, case .indexCreated(let reference, let index, _) = effect,
      !index.isUnique, index.predicate == nil, index.method == "btree",
      let table = step.after.table(id: reference.id), table.index(index.name) != nil,
      let wider = table.indexes.first(where: { index.isPrefix(of: $0) })
    else { return nil }
    return Remark(
      .info,
      "index \(index.name) of \(displayed(table.name)) is the beginning of \(wider.name), which serves "
        + "the same queries",
      help: "leave it out, unless it is much smaller and asked for much more often")
  }
}

extension Index {
  fileprivate func isPrefix(of other: Index) -> Bool {
    other.name != name && other.method == method && other.predicate == nil
      && other.elements.starts(with: elements)
      && (other.elements.count > elements.count || other.isUnique)
  }
}

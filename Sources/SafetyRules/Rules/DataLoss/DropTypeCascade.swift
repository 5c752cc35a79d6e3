// drop-type-cascade: the columns of a type go with it.

import PostgresSyntax
import SchemaModel

enum DropTypeCascade: StatementRule {
  static let name = "drop-type-cascade"
  static let speaksFor: Set<String> = [DropType.name]

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .typeDropped(let type, cascade: true) in statement.outcome.effects {
      let along = Cascade(statement, context)
      guard !along.isEmpty else { return nil }
      return Remark(
        along.losesData ? .error : .warning,
        "DROP TYPE \(displayed(type.name)) CASCADE drops \(list(along.names))"
          + (along.losesData ? ", with the values" : ""),
        help: "change the columns to text first, then drop the type without CASCADE")
    }
    return nil
  }
}

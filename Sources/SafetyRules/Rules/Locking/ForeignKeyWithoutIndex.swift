// foreign-key-without-index: no index finds the rows that refer to a row.

import PostgresSyntax
import SchemaModel

enum ForeignKeyWithoutIndex: StatementRule {
  static let name = "foreign-key-without-index"
  static let isOn = false

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade else { return nil }
    for effect in statement.outcome.effects {
      var keys: [Constraint] = []
      var name: QualifiedName
      switch effect {
      case .constraintAdded(let table, let constraint, _): (keys, name) = ([constraint], table.name)
      case .tableCreated(let table): (keys, name) = (table.constraints, table.name)
      default: continue
      }
      guard let table = step.after.table(name) else { continue }
      for key in keys {
        guard let columns = key.reference?.columns, !table.hasIndex(leadingWith: columns) else {
          continue
        }
        return Remark(
          .info,
          "no index of \(displayed(name)) begins with (\(columns.joined(separator: ", "))): deleting or "
            + "changing a row that \(key.name) refers to reads all of it",
          help: "op.create_index on the columns of the foreign key")
      }
    }
    return nil
  }
}

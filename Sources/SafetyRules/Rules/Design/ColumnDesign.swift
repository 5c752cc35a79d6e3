// What the rules about columns and names share: which ones an effect declares.

import PostgresSyntax
import SchemaModel

/// A rule that objects to columns as they are declared by an upgrade.
protocol ColumnDesignRule: EffectRule {
  static func objects(to column: Column) -> Bool
  /// What is said of the columns, as the end of a sentence.
  static var objection: String { get }
  static var help: String { get }
}

extension ColumnDesignRule {
  static var isOn: Bool { false }

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade, let (table, columns) = effect.declaredColumns else {
      return nil
    }
    let names = columns.filter(objects).map { "\(displayed(table)).\($0.name)" }
    guard !names.isEmpty else { return nil }
    return Remark(.info, "\(list(names)): \(objection)", help: help)
  }
}

extension Effect {
  /// The columns that get a type by it.
  fileprivate var declaredColumns: (QualifiedName, [Column])? {
    switch self {
    case .tableCreated(let table): (table.name, table.columns)
    case .columnAdded(let addition): (addition.table.name, [addition.column])
    case .columnTypeChanged(let change):
      (
        change.column.table.name,
        [
          Column(
            id: change.column.id, name: change.column.name, type: change.to, isNullable: nil)
        ]
      )
    default: nil
    }
  }

  /// The names that it gives, and what they are names of.
  var givenNames: [(kind: String, name: String)] {
    switch self {
    case .schemaCreated(let schema): [("schema", schema.name)]
    case .tableCreated(let table):
      [("table", table.name.name)] + table.columns.map { ("column", $0.name) }
        + table.constraints.map { ("constraint", $0.name) }
    case .columnAdded(let addition): [("column", addition.column.name)]
    case .constraintAdded(_, let constraint, _): [("constraint", constraint.name)]
    case .indexCreated(_, let index, _): [("index", index.name)]
    case .renamed(let renaming): [(renaming.kind.rawValue, renaming.to.name)]
    case .typeCreated(let type): [("type", type.name.name)]
    case .viewCreated(let view): [("view", view.name.name)]
    case .sequenceCreated(let sequence): [("sequence", sequence.name.name)]
    case .routineCreated(let routine, _): [("function", routine.name.name)]
    case .triggerCreated(_, let trigger, _): [("trigger", trigger.name)]
    default: []
    }
  }
}

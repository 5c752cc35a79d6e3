// What CASCADE takes along, as words for the rules about it.

import PostgresSyntax
import SchemaModel

/// The objects from before the upgrade that a statement drops without naming them.
struct Cascade {
  private(set) var names: [String] = []
  /// Whether rows or values go along.
  private(set) var losesData = false

  init(_ statement: StatementRecord, _ context: RoundTripContext) {
    for effect in statement.outcome.effects { add(effect, context) }
  }

  var isEmpty: Bool { names.isEmpty }

  private mutating func add(_ effect: Effect, _ context: RoundTripContext) {
    switch effect {
    case .tableDropped(let drop) where !drop.isDirect && context.isOld(drop.table.origin):
      losesData = true
      names.append("table \(displayed(drop.table.name))")
    case .columnDropped(let drop) where !drop.isDirect && context.isOld(drop.column.origin):
      losesData = true
      names.append("column \(displayed(drop.table.name)).\(drop.column.name)")
    case .constraintDropped(let table, let constraint, isDirect: false)
    where context.isOld(constraint.origin):
      names.append("\(constraint.kindWords) \(constraint.name) of \(displayed(table.name))")
    case .viewDropped(let view, isDirect: false) where context.isOld(view.origin):
      names.append("view \(displayed(view.name))")
    case .routineDropped(let routine, isDirect: false) where context.isOld(routine.origin):
      names.append("function \(routine.signature)")
    case .triggerDropped(let table, let trigger, isDirect: false)
    where context.isOld(trigger.origin):
      names.append("trigger \(trigger.name) of \(displayed(table.name))")
    case .policyDropped(let table, let policy, isDirect: false):
      names.append("policy \(policy.name) of \(displayed(table.name))")
    default: break
    }
  }
}

extension Constraint {
  /// What kind of constraint it is, as a person calls it.
  var kindWords: String {
    switch kind {
    case .check: "check"
    case .unique: "unique constraint"
    case .primaryKey: "primary key"
    case .foreignKey: "foreign key"
    case .exclusion: "exclusion constraint"
    case .unknown: "constraint"
    }
  }
}

extension StatementRecord {
  /// Whether one of its effects is of a kind.
  func contains(_ matches: (Effect) -> Bool) -> Bool { outcome.effects.contains(where: matches) }
}

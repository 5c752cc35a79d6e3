// disable-trigger: while triggers are off, what they check and record is not done.

import PostgresSyntax
import SchemaModel

enum DisableTrigger: StatementRule {
  static let name = "disable-trigger"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .triggerSwitched(let table, let name, .disabled) in statement.outcome.effects
    where context.isInUse(table, in: step) {
      let isBack = step.statements.contains { other in
        other.outcome.effects.contains { effect in
          guard case .triggerSwitched(let again, let trigger, let state) = effect else {
            return false
          }
          return again.name == table.name && state != .disabled
            && (trigger == name || trigger == nil)
        }
      }
      let keys =
        statement.sql.uppercased().contains("TRIGGER ALL")
        ? ", and foreign keys are not checked either" : ""
      let what = name.map { "trigger \($0)" } ?? "all triggers"
      let until =
        isBack ? "until the end of the revision" : "and nothing in the revision switches them on"
      return Remark(
        isBack ? .info : .warning,
        "\(what) of \(displayed(table.name)) switched off \(until): what is written meanwhile is not "
          + "seen by them\(keys)",
        help:
          "let the trigger's function skip such rows instead, or enable it in the same transaction "
          + "and check the rows that were written")
    }
    return nil
  }
}

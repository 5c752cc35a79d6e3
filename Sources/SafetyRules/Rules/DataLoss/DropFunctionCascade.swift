// drop-function-cascade: triggers, policies and views that call a function go with it.

import SchemaModel

enum DropFunctionCascade: StatementRule {
  static let name = "drop-function-cascade"
  static let speaksFor: Set<String> = [DropFunction.name]

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .routineDropped(let routine, isDirect: true) in statement.outcome.effects {
      let along = Cascade(statement, context)
      guard !along.isEmpty else { return nil }
      return Remark(
        along.losesData ? .error : .warning,
        "CASCADE drops with function \(routine.signature) also \(list(along.names))",
        help:
          "drop them by name before the function, so that the other direction can bring them back")
    }
    return nil
  }
}

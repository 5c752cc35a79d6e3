// drop-extension-cascade: columns, indexes and functions that use an extension go with it.

import SchemaModel

enum DropExtensionCascade: StatementRule {
  static let name = "drop-extension-cascade"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .extensionDropped(let dropped, cascade: true) in statement.outcome.effects {
      let along = Cascade(statement, context)
      let known = along.isEmpty ? "" : ", such as \(list(along.names))"
      return Remark(
        along.losesData ? .error : .warning,
        "DROP EXTENSION \(dropped.name) CASCADE drops everything that uses it\(known): columns of its "
          + "types with their values, indexes, functions",
        help: "drop or change what uses the extension by name, then drop it without CASCADE")
    }
    return nil
  }
}

// drop-table-cascade: what depends on a table goes with it.

import PostgresSyntax
import SchemaModel

enum DropTableCascade: StatementRule {
  static let name = "drop-table-cascade"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    let tables = statement.outcome.effects.compactMap { effect -> QualifiedName? in
      if case .tableDropped(let drop) = effect, drop.isDirect, drop.cascade {
        return drop.table.name
      }
      return nil
    }
    guard let table = tables.first else { return nil }
    let along = Cascade(statement, context)
    guard !along.isEmpty else { return nil }
    return Remark(
      along.losesData ? .error : .warning,
      "CASCADE drops with \(displayed(table)) also \(list(along.names))",
      help: "drop them by name before the table, so that the other direction can bring them back")
  }
}

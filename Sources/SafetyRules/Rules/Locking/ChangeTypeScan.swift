// change-type-scan: the rows are kept, but read for a CHECK or an index on the column.

import PostgresSyntax
import SchemaModel

enum ChangeTypeScan: StatementRule {
  static let name = "change-type-scan"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .columnTypeChanged(let change) in statement.outcome.effects
    where change.change.rewritesTable == false {
      let column = change.column
      let indexes = change.rebuiltIndexes
      guard change.change.scansTable || !indexes.isEmpty, context.isInUse(column.table, in: step)
      else { continue }
      var parts: [String] = []
      var helps: [String] = []
      if change.change.scansTable {
        parts.append("a CHECK on \(column.name) is verified on all of them")
        helps.append(
          "drop the CHECK before, add it again with NOT VALID, and validate it in a later revision")
      }
      if !indexes.isEmpty {
        let names = indexes.map { displayed(QualifiedName($0)) }
        parts.append(
          names.joined(separator: ", ") + (names.count == 1 ? " is" : " are") + " built anew")
        helps.append("drop what is built anew before, and create it again CONCURRENTLY afterwards")
      }
      return Remark(
        .warning,
        "the rows of \(displayed(column.table.name)) stay as they are, but "
          + parts.joined(separator: " and ")
          + " under \(statement.waiting(under: .accessExclusive))",
        help: helps.joined(separator: "; "))
    }
    return nil
  }
}

// bulk-rows-in-transaction: every row of a table is locked while the transaction goes on with other things.

import PostgresSyntax
import SchemaModel

enum BulkRowsInTransaction: StepRule {
  static let name = "bulk-rows-in-transaction"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    context.transactions(of: step).compactMap { positions in
      var bulk: (position: Int, table: TableReference)?
      for position in positions {
        let statement = step.statements[position]
        let isBlocking =
          context.lock(by: statement, in: step, where: { $0 >= .share }) != nil
        if isBlocking {
          // long-work-behind-lock is about rows that are changed after it.
          return bulk.map { (Self.remark($0.table), at: $0.position) }
        }
        guard bulk == nil, let table = statement.tableOfAllRows, context.isInUse(table, in: step)
        else { continue }
        bulk = (position, table)
      }
      return nil
    }
  }

  private static func remark(_ table: TableReference) -> Remark {
    Remark(
      .warning,
      "all rows of \(displayed(table.name)) stay locked against other writers while the transaction "
        + "goes on to change the schema",
      help: "change rows in a revision of their own, or in batches outside of the migration")
  }
}

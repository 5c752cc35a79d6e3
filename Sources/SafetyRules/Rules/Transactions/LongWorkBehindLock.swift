// long-work-behind-lock: rows are read or written while a table is kept from everybody.

import PostgresSyntax
import SchemaModel

enum LongWorkBehindLock: StepRule {
  static let name = "long-work-behind-lock"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    context.transactions(of: step).compactMap { positions in
      var held: TableReference?
      for position in positions {
        let statement = step.statements[position]
        if let held, !statement.refreshesView,
          let (table, _) = context.scan(by: statement, in: step, { $0 == .query ? true : nil })
        {
          return (Self.remark(held, table), at: position)
        }
        held =
          held
          ?? context.lock(by: statement, in: step, where: { $0 == .accessExclusive })?.relation
      }
      return nil
    }
  }

  private static func remark(_ held: TableReference, _ table: TableReference) -> Remark {
    Remark(
      .warning,
      "this goes through the rows of \(displayed(table.name)) while the transaction holds ACCESS "
        + "EXCLUSIVE on \(held.name == table.name ? "it" : displayed(held.name)): reads and writes of "
        + "\(displayed(held.name)) wait until all is done",
      help: "move the rows' part to a revision of its own, with transaction_per_migration=True in "
        + "env.py, or to a script that works in batches")
  }
}

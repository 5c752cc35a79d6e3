// alter-table-could-be-combined: one table is rewritten several times.

import PostgresSyntax
import SchemaModel

enum AlterTableCouldBeCombined: StepRule {
  static let name = "alter-table-could-be-combined"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    context.transactions(of: step).flatMap { positions -> [(Remark, at: Int)] in
      var passes: [QualifiedName: Int] = [:]
      var found: [(Remark, at: Int)] = []
      for position in positions {
        let statement = step.statements[position]
        guard let table = statement.rewrittenTable, context.isInUse(table, in: step) else {
          continue
        }
        passes[table.name, default: 0] += 1
        if passes[table.name] == 2 { found.append((Self.remark(table), at: position)) }
      }
      return found
    }
  }

  private static func remark(_ table: TableReference) -> Remark {
    Remark(
      .info,
      "the second statement of the transaction that rewrites all of \(displayed(table.name))",
      help: "one op.execute(\"ALTER TABLE …, …\") with both changes does it in a single pass")
  }
}

// drop-index-not-concurrent: an index goes, and its table is locked against reads too.

import PostgresSyntax
import SchemaModel

enum DropIndexNotConcurrent: StatementRule {
  static let name = "drop-index-not-concurrent"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for effect in statement.outcome.effects {
      switch effect {
      case .indexDropped(let table, let index, isDirect: true, concurrently: false):
        guard context.isInUse(table, in: step) else { continue }
        return remark(index.name, table: displayed(table.name), statement)
      case .otherDropped(let key, isDirect: true) where key.kind == .index:
        if statement.sql.uppercased().contains("CONCURRENTLY") { continue }
        return remark(displayed(key.name), table: "its table", statement)
      default: continue
      }
    }
    return nil
  }

  private static func remark(_ index: String, table: String, _ statement: StatementRecord) -> Remark
  {
    Remark(
      .info,
      "dropping \(index) locks \(table) too, under \(statement.waiting(under: .accessExclusive))",
      help: "op.drop_index(…, postgresql_concurrently=True) inside "
        + "`with op.get_context().autocommit_block():`, in a revision of its own")
  }
}

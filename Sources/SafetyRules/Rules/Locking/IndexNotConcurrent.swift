// index-not-concurrent: an index of a table in use is built while writes wait.

import PostgresSyntax
import SchemaModel

enum IndexNotConcurrent: StatementRule {
  static let name = "index-not-concurrent"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .indexCreated(let table, let index, concurrently: false) in statement.outcome.effects {
      guard
        context.scan(by: statement, in: step, { $0 == .index(name: index.name) ? true : nil })
          != nil
      else { continue }
      return Remark(
        .warning,
        "building \(index.name) reads all of \(displayed(table.name)) under "
          + statement.waiting(under: .share),
        help: "op.create_index(…, postgresql_concurrently=True) inside "
          + "`with op.get_context().autocommit_block():`, in a revision of its own")
    }
    return nil
  }
}

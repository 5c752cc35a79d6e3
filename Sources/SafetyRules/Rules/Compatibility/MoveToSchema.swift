// move-to-schema: running code looks for a relation in its old schema.

import PostgresSyntax
import SchemaModel

enum MoveToSchema: CodeBreakRule {
  static let name = "move-to-schema"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .relationRenamed(_, let relation, let to) = codeBreak,
      relation.name.schema != to.schema
    else { return nil }
    return Remark(
      .warning,
      "\(codeBreak.words): running code finds it only if its search_path holds the new schema",
      help: "create a view in the old schema in the same revision, and drop it in a later release")
  }
}

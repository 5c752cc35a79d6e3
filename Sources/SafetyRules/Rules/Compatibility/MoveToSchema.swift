// move-to-schema: running code looks for a relation in its old schema.

import PostgresSyntax
import SchemaModel

enum MoveToSchema: CodeBreakRule {
  static let name = "move-to-schema"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    let help: String
    switch codeBreak {
    case .relationRenamed(_, let relation, let to) where relation.name.schema != to.schema:
      help = "create a view in the old schema in the same revision, and drop it in a later release"
    case .typeRenamed(let from, let to) where from.schema != to.schema:
      help = "release code first whose search_path holds both schemas"
    case .objectMoved(_, let from, let to) where from.schema != to.schema:
      help =
        "create what calls it in the old schema in the same revision, and drop it in a later release"
    default: return nil
    }
    return Remark(
      .warning,
      "\(codeBreak.words): running code finds it only if its search_path holds the new schema",
      help: help)
  }
}

// add-check: rows that running code writes may be refused.

import PostgresSyntax
import SchemaModel

enum AddCheck: CodeBreakRule {
  static let name = "add-check"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .constraintAdded(let table, let constraint) = codeBreak,
      case .check(let expression, _) = constraint.kind
    else { return nil }
    // What stands in place of an earlier form is likely to allow more.
    let isAnotherForm = context.frame.droppedConstraints.contains(
      .init(table: table.id, name: constraint.name))
    let condition = expression.text.count > 60 ? "it" : expression.text
    return Remark(
      isAnotherForm ? .info : .warning,
      "\(codeBreak.words): running code that writes rows for which \(condition) is false fails (23514)",
      help: "release code that keeps to it first, and this revision after it")
  }
}

// view-changed: running code reads a view that shows something else.

import PostgresSyntax
import SchemaModel

enum ViewChanged: CodeBreakRule {
  static let name = "view-changed"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    let name: QualifiedName
    switch codeBreak {
    case .viewChanged(let view): name = view
    case .relationGone(let kind, let view) where kind != .table: name = view.name
    default: return nil
    }
    guard let after = context.frame.after.view(name) else { return nil }
    let columns = context.frame.before.view(name)?.columns.map(\.name) ?? []
    let gone = columns.filter { column in !after.columns.contains { $0.name == column } }
    guard gone.isEmpty || !after.isKnown else {
      return Remark(
        .warning,
        "view \(displayed(name)) has no \(list(gone)) any more: running code that reads it fails (42703)",
        help: "keep the columns until no running code reads them")
    }
    return Remark(
      .info,
      "view \(displayed(name)) has another definition: running code may read other rows or values",
      help: "give the new form a new name where running code relies on the old one")
  }
}

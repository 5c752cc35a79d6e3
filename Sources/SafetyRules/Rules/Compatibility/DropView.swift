// drop-view: running code reads a view that is gone.

import PostgresSyntax
import SchemaModel

enum DropView: CodeBreakRule {
  static let name = "drop-view"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .relationGone(let kind, let view) = codeBreak, kind != .table,
      context.frame.after.view(view.name) == nil, statement.dropsView(view.name)
    else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): running code that reads it fails (42P01)",
      help: "stop reading it in one release, and drop it in a later one")
  }
}

extension StatementRecord {
  fileprivate func dropsView(_ name: QualifiedName) -> Bool {
    contains { effect in
      if case .viewDropped(let view, isDirect: true) = effect { view.name == name } else { false }
    }
  }
}

// drop-function: running code calls a function that is gone.

import SchemaModel

enum DropFunction: CodeBreakRule {
  static let name = "drop-function"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .routineGone(let routine) = codeBreak else { return nil }
    let isDirect = !statement.contains { effect in
      if case .routineDropped(let dropped, isDirect: false) = effect {
        dropped.signature == routine.signature
      } else {
        false
      }
    }
    guard isDirect else { return nil }
    return Remark(
      .warning, "\(codeBreak.words): running code that calls it fails (42883)",
      help: "stop calling it in one release, and drop it in a later one")
  }
}

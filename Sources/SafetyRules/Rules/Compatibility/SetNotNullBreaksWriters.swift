// set-not-null-breaks-writers: running code still writes NULL.

import SchemaModel

enum SetNotNullBreaksWriters: CodeBreakRule {
  static let name = "set-not-null-breaks-writers"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .nullRefused(let column) = codeBreak, !statement.addsPrimaryKey else { return nil }
    let isOmittable = context.frame.after(column)?.mayBeOmitted == true
    return Remark(
      .warning,
      "\(codeBreak.words) (23502)"
        + (isOmittable ? "" : ", and so do INSERTs that leave it out: it has no default"),
      help: "release code that always writes a value first, and this revision after it")
  }
}

extension StatementRecord {
  fileprivate var addsPrimaryKey: Bool {
    contains { effect in
      if case .constraintAdded(_, let constraint, _) = effect {
        constraint.isPrimaryKey
      } else {
        false
      }
    }
  }
}

// add-unique: rows that running code writes may be refused as duplicates.

import SchemaModel

enum AddUnique: CodeBreakRule {
  static let name = "add-unique"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    var state = "23505"
    switch codeBreak {
    case .uniqueIndexAdded: break
    case .constraintAdded(_, let constraint):
      guard constraint.hasIndex, !statement.usesIndex else { return nil }
      if case .exclusion = constraint.kind { state = "23P01" }
    default: return nil
    }
    return Remark(
      .warning,
      "\(codeBreak.words): duplicates that running code writes are refused (\(state))",
      help: "release code that writes no duplicates first, and this revision after it")
  }
}

extension StatementRecord {
  /// Whether a constraint takes over an index, which was unique already.
  fileprivate var usesIndex: Bool {
    contains { effect in
      if case .constraintAdded(_, _, .some) = effect { true } else { false }
    }
  }
}

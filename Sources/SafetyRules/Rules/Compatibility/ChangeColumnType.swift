// change-column-type: running code reads and writes a column as another type.

import SchemaModel

enum ChangeColumnType: CodeBreakRule {
  static let name = "change-column-type"

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .typeChanged(let column, let from?, let to, let change) = codeBreak,
      change.values == .converted || change.values == .unknown
    else { return nil }
    return Remark(
      .warning,
      "\(column.words) goes from \(from.description) to \(to.description): running code reads another "
        + "type, and its comparisons and writes may fail",
      help: "add a column of the new type, write both, and drop the old one in a later release")
  }
}

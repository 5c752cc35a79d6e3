// add-constraint-on-new-column-without-default: a CHECK refuses the NULL that running code leaves in a new column.

import PostgresSyntax
import SchemaModel

enum AddConstraintOnNewColumnWithoutDefault: CodeBreakRule {
  static let name = "add-constraint-on-new-column-without-default"
  static let speaksFor: Set<String> = [AddCheck.name]

  static func remark(
    on codeBreak: CodeBreak, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .constraintAdded(let table, let constraint) = codeBreak,
      let column = context.newColumn(refusedNullBy: constraint, in: table)
    else { return nil }
    return Remark(
      .warning,
      "\(constraint.name) refuses NULL in \(column), a new column without a default: INSERTs of running "
        + "code, which leave it out, fail (23514)",
      help: "give the column a server_default, or add the constraint in a later release")
  }
}

extension RoundTripContext {
  /// A column that the upgrade made, that is NULL where nothing is said, and of which a CHECK says that
  /// it is not.
  fileprivate func newColumn(
    refusedNullBy constraint: Constraint, in table: TableReference
  ) -> String? {
    guard case .check(let expression, _) = constraint.kind, let table = frame.after(table) else {
      return nil
    }
    for conjunct in expression.conjuncts {
      guard case .isNotNull(let reference) = conjunct, let name = reference.column,
        let column = table.column(name),
        isMadeByUpgrade(column.origin), column.default == .none, column.identity == nil
      else { continue }
      return name
    }
    return nil
  }
}

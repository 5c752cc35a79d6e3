// Constraints that a statement adds to a table in use, with whether it reads the rows for them.

import PostgresSyntax
import SchemaModel

struct ConstraintAddition {
  var table: TableReference
  var constraint: Constraint
  var usingIndex: String?
  /// Whether the statement adds a column that the constraint is about.
  var isInline: Bool
  /// Whether the rows are read, or an index is built of them.
  var isScanning: Bool
}

extension RoundTripContext {
  /// The constraints that a statement adds to tables in use; none if the statement is certain to fail.
  func constraints(
    addedBy statement: StatementRecord, in step: StepRecord
  ) -> [ConstraintAddition] {
    statement.outcome.effects.compactMap { effect in
      guard case .constraintAdded(let table, let constraint, let index) = effect,
        isInUse(table, in: step)
      else { return nil }
      return ConstraintAddition(
        table: table, constraint: constraint, usingIndex: index,
        isInline: statement.addsColumn(of: constraint),
        isScanning: statement.scansRows(for: constraint))
    }
  }

  /// What is to say where the index of such a constraint is built while others wait: not of an index
  /// that is there, nor of a constraint that comes with its column.
  func remark(
    onIndexOf isConcerned: (Constraint) -> Bool, builtBy statement: StatementRecord,
    in step: StepRecord, help: String
  ) -> Remark? {
    for addition in constraints(addedBy: statement, in: step)
    where isConcerned(addition.constraint) && addition.usingIndex == nil && !addition.isInline {
      return Remark(
        .warning,
        "the index of \(addition.constraint.name) is built from all of "
          + "\(displayed(addition.table.name)) under \(statement.waiting(under: .accessExclusive))",
        help: help)
    }
    return nil
  }
}

extension StatementRecord {
  fileprivate func addsColumn(of constraint: Constraint) -> Bool {
    outcome.effects.contains { effect in
      guard case .columnAdded(let addition) = effect else { return false }
      return constraint.columns.contains(addition.column.name)
    }
  }

  fileprivate func scansRows(for constraint: Constraint) -> Bool {
    outcome.scans.contains { scan in
      switch scan.cause {
      case .check(let name), .foreignKey(let name), .index(let name): name == constraint.name
      case .notNull(let column): constraint.isPrimaryKey && constraint.columns.contains(column)
      case .partitionBound, .domain, .validate, .query: false
      }
    }
  }
}

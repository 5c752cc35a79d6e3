// unnamed-constraint: the downgrade drops by no name, or by another, what the upgrade let PostgreSQL name.

import PostgresSyntax
import SchemaModel

enum UnnamedConstraint: FailureRule {
  static let name = "unnamed-constraint"
  static let speaksFor: Set<String> = [DowngradeFails.name]

  static func remark(
    on failure: Failure, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard failure.certainty == .certain else { return nil }
    switch failure.reason {
    case .missing(.tableConstraint, let name, let owner?):
      let made = context.constraintsLeft(on: owner)
      if made.isEmpty { return nil }
      return remark("there is no constraint \(name.name) on \(displayed(owner)) (42704)", made)
    case .constraintWithoutName(let table):
      return remark(
        "SQLAlchemy drops no constraint without a name (\(failure.sqlState))",
        context.constraintsLeft(on: table))
    default: return nil
    }
  }

  private static func remark(_ problem: String, _ made: [String]) -> Remark {
    let names =
      switch made.count {
      case 0: ""
      case 1: ": the one that the upgrade adds is called \(made[0])"
      default: ": those that the upgrade adds are called \(list(made))"
      }
    return Remark(
      .error, problem + names,
      help: "give the constraint a name in the upgrade, and drop it by that name")
  }
}

extension RoundTripContext {
  /// The constraints that the upgrades added to a table and that are there in the end.
  fileprivate func constraintsLeft(on table: QualifiedName) -> [String] {
    (frame.end.table(table)?.constraints ?? []).filter { isMadeByUpgrade($0.origin) }.map(\.name)
  }
}

// unnamed-constraint: the downgrade drops by another name what the upgrade let PostgreSQL name.

import PostgresSyntax
import SchemaModel

enum UnnamedConstraint: FailureRule {
  static let name = "unnamed-constraint"
  static let speaksFor: Set<String> = [DowngradeFails.name]

  static func remark(
    on failure: Failure, of statement: StatementRecord, in context: RoundTripContext
  ) -> Remark? {
    guard failure.certainty == .certain,
      case .missing(.tableConstraint, let name, let owner?) = failure.reason,
      let actual = context.constraintsLeft(on: owner).first
    else { return nil }
    return Remark(
      .error,
      "there is no constraint \(name.name) on \(displayed(owner)) (42704): the one that the upgrade adds "
        + "is called \(actual)",
      help: "give the constraint a name in the upgrade, and drop it by that name")
  }
}

extension RoundTripContext {
  /// The constraints that the upgrades added to a table and that are there in the end.
  fileprivate func constraintsLeft(on table: QualifiedName) -> [String] {
    (frame.end.table(table)?.constraints ?? []).filter { isMadeByUpgrade($0.origin) }.map(\.name)
  }
}

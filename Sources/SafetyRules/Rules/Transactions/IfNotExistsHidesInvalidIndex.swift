// if-not-exists-hides-invalid-index: an index that a failed attempt left invalid counts as there.

import SchemaModel

enum IfNotExistsHidesInvalidIndex: StatementRule {
  static let name = "if-not-exists-hides-invalid-index"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .indexCreated(_, let index, concurrently: true) in statement.outcome.effects
    where statement.sql.uppercased().contains("IF NOT EXISTS") {
      return Remark(
        .info,
        "a build of \(index.name) that fails leaves an INVALID index behind, and IF NOT EXISTS then "
          + "takes it for done",
        help: "DROP INDEX CONCURRENTLY IF EXISTS first, and create it without IF NOT EXISTS")
    }
    return nil
  }
}

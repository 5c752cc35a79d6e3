// concurrent-index-corruption: an index that PostgreSQL 14.0 to 14.3 builds concurrently may miss rows.

import SchemaModel

enum ConcurrentIndexCorruption: StatementRule {
  static let name = "concurrent-index-corruption"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard context.server.major == 14, statement.buildsConcurrently else { return nil }
    guard let minor = context.server.minor else {
      return Remark(
        .info,
        "on PostgreSQL 14.0 to 14.3 an index that is built concurrently may miss rows that are updated "
          + "meanwhile; which minor version the server has is for backout check to tell",
        help: Self.help)
    }
    guard minor < 4 else { return nil }
    return Remark(
      .error,
      "PostgreSQL 14.\(minor): an index that is built concurrently may miss rows that are updated "
        + "meanwhile; queries by it do not find them, and a unique index lets duplicates in",
      help: Self.help)
  }

  private static let help =
    "update the server to 14.4 or later first; find indexes that were built before with pg_amcheck "
    + "--heapallindexed, and REINDEX them"
}

extension StatementRecord {
  fileprivate var buildsConcurrently: Bool {
    !outcome.failsForCertain
      && outcome.effects.contains { effect in
        switch effect {
        case .indexCreated(_, _, concurrently: true): true
        case .maintenance(.reindex(concurrently: true)): true
        default: false
        }
      }
  }
}

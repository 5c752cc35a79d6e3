// How much one object may hold: what PostgreSQL allows, and what can be followed.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// `MaxHeapAttributeNumber`; columns that were dropped count, too.
  static let maximumColumns = 1600
  /// Indexes, constraints, triggers, policies and rules of one table. PostgreSQL has no such limit, but
  /// each statement makes a new version of its table, so that their number counts twice.
  private static let maximumParts = 500
  /// The same times the partitions, each of which has them, too.
  private static let maximumCopies = 50_000
  /// The labels of one enumeration that are added one by one, for the same reason.
  private static let maximumLabels = 2000

  /// Before a column is added.
  mutating func limitColumns(of table: Table) throws(Refused) {
    guard table.columns.count + table.droppedColumns >= Self.maximumColumns else { return }
    try fail(
      "54011", .invalidDefinition("tables can have at most \(Self.maximumColumns) columns"))
  }

  /// Before a part is added.
  mutating func limitParts(of table: Table) throws(Refused) {
    let parts =
      table.indexes.count + table.constraints.count + table.triggers.count + table.policies.count
      + table.rules.count
    if parts >= Self.maximumParts { try giveUp("on a table with very many indexes and the like") }
    guard table.isPartitioned else { return }
    let users = catalog.users[table.name]?.count ?? 0
    if users * parts > Self.maximumCopies { try giveUp("on a table with very many partitions") }
  }

  mutating func limitLabels(_ labels: [String]) throws(Refused) {
    if labels.count >= Self.maximumLabels { try giveUp("on a type with very many labels") }
  }

  /// Notes work that grows with the number of objects or columns.
  func charge(_ work: Int) { context.allowance?.charge(work) }

  var isOutOfAllowance: Bool { context.allowance?.isUsedUp == true }

  /// Before a statement, or a part of one that may be as much work.
  mutating func requireAllowance() throws(Refused) {
    if isOutOfAllowance { try giveUp("in a step that takes too long to be followed") }
  }

  /// The statement is not followed: nothing is known of the catalog after it.
  private mutating func giveUp(_ place: String) throws(Refused) {
    hasGivenUp = true
    effect(.notUnderstood(.statement(place)))
    throw Refused()
  }
}

// What a rule knows of the round trip around an effect: what is old, and what the upgrade made.

import PostgresSyntax
package import SchemaModel

/// A round trip with the facts that tell what is lost: which objects it created itself, which rows it
/// inserted, which types it changed.
package final class RoundTripContext: Sendable {
  package let trip: RoundTrip
  let server: ServerVersion
  /// The origins of the steps of the round trip.
  private let origins: Set<Origin>
  private let upgradeOrigins: Set<Origin>
  let insertions: [ObjectID: [RowsInserted]]
  /// The type that a column had before the round trip changed it.
  private let originalTypes: [ObjectID: DataType]
  /// What upgrades add of each column, and the rows that they write in each table.
  let additions: [ObjectID: [ColumnAddition]]
  let writes: [ObjectID: [Effect]]
  /// The tables of which an upgrade renames a column.
  let renamedTables: Set<ObjectID>
  let frame: UpgradeFrame
  /// The tables from which the downgrades take rows; nil where that is not known, or where they do
  /// nothing at all.
  private let emptiedTables: Set<ObjectID>?

  /// The values that the round trip overwrites or drops and brings back itself.
  let keptValues: KeptValues

  /// The tables that a step drops, by the step's origin.
  private let dropped: [Origin: Set<ObjectID>]
  private let transactions: [Origin: [[Int]]]

  package init(_ trip: RoundTrip, server: ServerVersion) {
    self.trip = trip
    self.server = server
    origins = Set(trip.steps.map(\.origin))
    upgradeOrigins = Set(trip.upgrades.map(\.origin))
    dropped = Dictionary(trip.steps.map { ($0.origin, $0.droppedTables) }) { $0.union($1) }
    transactions = Dictionary(trip.steps.map { ($0.origin, $0.findTransactions()) }) { $1 }
    var insertions: [ObjectID: [RowsInserted]] = [:]
    var types: [ObjectID: DataType] = [:]
    var additions: [ObjectID: [ColumnAddition]] = [:]
    var writes: [ObjectID: [Effect]] = [:]
    var renamed: Set<ObjectID> = []
    for statement in trip.upgrades.lazy.flatMap(\.statements) {
      for effect in statement.outcome.effects {
        switch effect {
        case .columnAdded(let addition): additions[addition.column.id, default: []].append(addition)
        case .rowsUpdated(let update): writes[update.table.id, default: []].append(effect)
        case .rowsInserted(let rows):
          writes[rows.table.id, default: []].append(effect)
          if !statement.isConditional { insertions[rows.table.id, default: []].append(rows) }
        case .columnTypeChanged(let change):
          if let from = change.from, types[change.column.id] == nil, !statement.isConditional {
            types[change.column.id] = from
          }
        case .renamed(let renaming) where renaming.kind == .column:
          if let table = renaming.table { renamed.insert(table.id) }
        default: break
        }
      }
    }
    (self.additions, self.writes, renamedTables) = (additions, writes, renamed)
    self.insertions = insertions
    self.originalTypes = types
    frame = UpgradeFrame(trip)
    emptiedTables = trip.emptiedTables
    keptValues = KeptValues(trip)
  }

  /// Whether rows that an upgrade inserts into a table from before are there after the downgrades.
  func leavesRows(in table: TableReference) -> Bool {
    guard isOld(table.origin), let emptiedTables else { return false }
    return !emptiedTables.contains(table.id)
  }

  /// Whether an object was there before the round trip.
  package func isOld(_ origin: Origin?) -> Bool {
    guard let origin else { return true }
    return !origins.contains(origin)
  }

  /// Whether an object was made by one of the upgrades.
  package func isMadeByUpgrade(_ origin: Origin?) -> Bool {
    origin.map(upgradeOrigins.contains) ?? false
  }

  /// The positions of a step's statements that share a transaction, transaction by transaction. A block
  /// in autocommit ends one, as do COMMIT and ROLLBACK; its own statements are left out.
  func transactions(of step: StepRecord) -> [[Int]] { transactions[step.origin] ?? [] }

  /// Whether a step drops the table, so that nobody waits for what it does to it before.
  package func isDropped(_ table: ObjectID, by step: StepRecord) -> Bool {
    dropped[step.origin]?.contains(table) ?? false
  }

  /// Whether a narrowing only takes back what the upgrade widened: then every value from before fits.
  package func takesBack(_ change: ColumnTypeChange) -> Bool {
    // A USING that does not look at the old value brings nothing back.
    originalTypes[change.column.id] == change.to && change.using?.columns.isEmpty != true
  }
}

extension StepRecord {
  fileprivate var droppedTables: Set<ObjectID> {
    var tables: Set<ObjectID> = []
    for case .tableDropped(let drop) in statements.lazy.flatMap(\.outcome.effects) {
      tables.insert(drop.table.id)
    }
    return tables
  }
}

extension RoundTrip {
  fileprivate var emptiedTables: Set<ObjectID>? {
    guard !downgrades.isEmpty, downgrades.allSatisfy(\.isWorking) else { return nil }
    var tables: Set<ObjectID> = []
    for effect in downgrades.lazy.flatMap(\.statements).flatMap(\.outcome.effects) {
      switch effect {
      case .rowsDeleted(let deletion): tables.insert(deletion.table.id)
      case .truncated(let truncated, _, _): tables.formUnion(truncated.map(\.id))
      case .tableDropped(let drop): tables.insert(drop.table.id)
      default: break
      }
    }
    return tables
  }
}

extension StepRecord {
  /// Whether it does something, all of it known, and comes to its end.
  var isWorking: Bool { !isMissing && !isEmptyBody && raises == nil && !isCutShort && isUnderstood }
}

extension Table {
  /// Whether it has rows of its own alone, and nothing runs when they are written.
  var isPlain: Bool {
    kind == .ordinary && isComplete && triggers.isEmpty && rules.isEmpty && inherits.isEmpty
      && partitionOf == nil
  }
}

// What a rule knows of the round trip around an effect: what is old, and what the upgrade made.

import PostgresSyntax
package import SchemaModel

/// A round trip with the facts that tell what is lost: which objects it created itself, which rows it
/// inserted, which types it changed.
package final class RoundTripContext: Sendable {
  package let trip: RoundTrip
  /// The origins of the steps of the round trip.
  private let origins: Set<Origin>
  private let upgradeOrigins: Set<Origin>
  private let insertions: [ObjectID: [RowsInserted]]
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

  package init(_ trip: RoundTrip) {
    self.trip = trip
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

  /// Whether a deletion names, by a unique key, only rows that the upgrades inserted. What was written
  /// into those rows since is lost with them.
  package func takesBackInsertion(_ deletion: RowsDeleted, in catalog: Catalog) -> Bool {
    guard case .keyed(let keys) = deletion.condition,
      let inserted = insertions[deletion.table.id], !isRedefined(deletion.table.id),
      let table = catalog.table(id: deletion.table.id), isPlain(table, in: catalog),
      let key = table.uniqueKey(among: Set(keys.map(\.column))),
      inserted.allSatisfy({ $0.onConflict == nil })
    else { return false }
    let columns = keys.filter { key.contains($0.column) }
    guard Set(columns.map(\.column)).count == columns.count else { return false }
    let rows = inserted.flatMap { $0.constants(of: columns.map(\.column)) }
    let wanted = columns.reduce(1) { $0 * min($1.values.count, 10_000) }
    guard wanted > 0, wanted <= 10_000 else { return false }
    return combinations(columns.map(\.values)).allSatisfy(Set(rows).contains)
  }

  /// Whether the round trip defines the table in another way, if only for a while.
  private func isRedefined(_ table: ObjectID) -> Bool {
    trip.steps.contains { step in
      step.statements.contains { $0.outcome.effects.contains { $0.redefinedTable == table } }
    }
  }

  /// Whether the table's rows are its own, and stay where a statement puts them.
  private func isPlain(_ table: Table, in catalog: Catalog) -> Bool {
    table.isPlain && !catalog.isInherited(table.name)
      && catalog.references(to: table.name).allSatisfy {
        $0.onDelete == .noAction || $0.onDelete == .restrict
      }
  }

  private func combinations(_ values: [[SQLConstant]]) -> [[SQLConstant]] {
    values.reduce([[]]) { found, next in found.flatMap { row in next.map { row + [$0] } } }
  }
}

extension Effect {
  /// The table whose definition the effect changes, or whose rows it writes in another way than by
  /// inserting and deleting.
  fileprivate var redefinedTable: ObjectID? {
    switch self {
    case .columnAdded(let addition): addition.table.id
    case .columnDropped(let drop): drop.table.id
    case .columnTypeChanged(let change): change.column.table.id
    case .nullabilityChanged(let column, _, _), .defaultChanged(let column, _, _),
      .identityChanged(let column, _, _):
      column.table.id
    case .inheritanceChanged(let table, _, _), .partitionAttached(let table, _),
      .partitionDetached(let table, _, _), .constraintAdded(let table, _, _),
      .constraintDropped(let table, _, _), .indexCreated(let table, _, _),
      .indexDropped(let table, _, _, _), .triggerCreated(let table, _, _),
      .triggerDropped(let table, _, _), .triggerSwitched(let table, _, _):
      table.id
    case .renamed(let renaming): renaming.table?.id
    case .rowsUpdated(let update): update.table.id
    default: nil
    }
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

extension Table {
  /// The columns of a unique key that consists of columns among these.
  func uniqueKey(among columns: Set<String>) -> Set<String>? {
    for constraint in constraints {
      if let key = constraint.key, !key.columns.isEmpty, !constraint.isDeferrable,
        columns.isSuperset(of: key.columns)
      {
        return Set(key.columns)
      }
    }
    for index in indexes
    where index.isUnique && index.predicate == nil && !index.columns.isEmpty
      && columns.isSuperset(of: index.columns)
      && index.constraint.flatMap(constraint)?.isDeferrable != true
    {
      return Set(index.columns)
    }
    return nil
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
  var isWorking: Bool { !isMissing && !isEmptyBody && raises == nil && isUnderstood }
}

extension RowsInserted {
  /// The literals that columns get in the rows that the text tells; rows with anything else in them are
  /// left out.
  fileprivate func constants(of wanted: [String]) -> [[SQLConstant]] {
    let positions = wanted.compactMap { columns.firstIndex(of: $0) }
    guard positions.count == wanted.count, let rows else { return [] }
    return rows.compactMap { row in
      var values: [SQLConstant] = []
      for position in positions {
        guard position < row.count, let constant = row[position].literal, constant != .null
        else { return nil }
        values.append(constant)
      }
      return values
    }
  }
}

extension Table {
  /// Whether it has rows of its own alone, and nothing runs when they are written.
  var isPlain: Bool {
    kind == .ordinary && isComplete && triggers.isEmpty && rules.isEmpty && inherits.isEmpty
      && partitionOf == nil
  }
}

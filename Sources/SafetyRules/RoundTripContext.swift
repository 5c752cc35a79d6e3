// What a rule knows of the round trip around an effect: what is old, and what the upgrade made.

import PostgresSyntax
package import SchemaModel

/// The facts of a round trip that tell what is lost: which objects it created itself, which rows
/// it inserted, which types it changed.
package struct RoundTripContext: Sendable {
  /// The origins of the steps of the round trip.
  private let origins: Set<Origin>
  private let upgradeOrigins: Set<Origin>
  private let insertions: [QualifiedTable: [RowsInserted]]
  /// The type that a column had before the round trip changed it.
  private let originalTypes: [ObjectID: DataType]

  /// The tables that a step drops, by the step's origin.
  private let dropped: [Origin: Set<ObjectID>]

  private typealias QualifiedTable = ObjectID

  package init(_ trip: RoundTrip) {
    origins = Set(trip.steps.map(\.origin))
    upgradeOrigins = Set(trip.upgrades.map(\.origin))
    dropped = Dictionary(trip.steps.map { ($0.origin, $0.droppedTables) }) { $0.union($1) }
    var insertions: [QualifiedTable: [RowsInserted]] = [:]
    var types: [ObjectID: DataType] = [:]
    for statement in trip.upgrades.lazy.flatMap(\.statements) where !statement.isConditional {
      for effect in statement.outcome.effects {
        switch effect {
        case .rowsInserted(let rows): insertions[rows.table.id, default: []].append(rows)
        case .columnTypeChanged(let change):
          if let from = change.from, types[change.column.id] == nil {
            types[change.column.id] = from
          }
        default: break
        }
      }
    }
    self.insertions = insertions
    self.originalTypes = types
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

  /// Whether a step drops the table, so that nobody waits for what it does to it before.
  package func isDropped(_ table: ObjectID, by step: StepRecord) -> Bool {
    dropped[step.origin]?.contains(table) ?? false
  }

  /// Whether a narrowing only takes back what the upgrade widened: then every value from before fits.
  package func takesBack(_ change: ColumnTypeChange) -> Bool {
    originalTypes[change.column.id] == change.to
  }

  /// Whether a deletion names, by a unique key, only rows that the upgrades inserted.
  package func takesBackInsertion(_ deletion: RowsDeleted, in catalog: Catalog) -> Bool {
    guard case .keyed(let keys) = deletion.condition,
      let inserted = insertions[deletion.table.id],
      let table = catalog.table(id: deletion.table.id),
      table.hasUniqueKey(among: Set(keys.map(\.column)))
    else { return false }
    return keys.allSatisfy { key in
      let values = Set(inserted.flatMap { $0.constants(of: key.column) })
      return !values.isEmpty && key.values.allSatisfy(values.contains)
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
  /// Whether some unique key consists of columns among these.
  fileprivate func hasUniqueKey(among columns: Set<String>) -> Bool {
    let constraint = constraints.contains { constraint in
      constraint.key.map { !$0.columns.isEmpty && columns.isSuperset(of: $0.columns) } ?? false
    }
    return constraint
      || indexes.contains { index in
        index.isUnique && index.predicate == nil && !index.columns.isEmpty
          && columns.isSuperset(of: index.columns)
      }
  }
}

extension RowsInserted {
  /// The literals that a column gets in the rows that the text tells.
  fileprivate func constants(of column: String) -> [SQLConstant] {
    guard let position = columns.firstIndex(of: column), let rows else { return [] }
    return rows.compactMap { row in
      guard position < row.count, case .constant(let constant) = row[position] else { return nil }
      return constant
    }
  }
}

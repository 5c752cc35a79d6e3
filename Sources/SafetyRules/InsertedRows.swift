// Rows that an upgrade inserts and its downgrade deletes again: what was written into them since is lost.

package import PostgresSyntax
package import SchemaModel

/// Rows that a deletion takes, by a unique key, as the upgrades inserted them.
package struct InsertedRows: Sendable, Hashable {
  package var table: TableReference
  /// The columns of the key.
  package var key: [String]
  package var rows: [Row]

  package struct Row: Sendable, Hashable {
    /// Of each column of the key.
    package var key: [SQLConstant]
    /// What other columns were given; nil for what is no plain literal. Columns that are not here got their
    /// defaults.
    package var values: [String: SQLConstant?]
  }
}

extension RoundTripContext {
  private static let mostRows = 10_000

  /// The rows that a deletion names, by a unique key, where the upgrades inserted all of them; nil where it may
  /// take others. What was written into those rows since is lost with them.
  func insertedRows(takenBackBy deletion: RowsDeleted, in catalog: Catalog) -> InsertedRows? {
    guard case .keyed(let keys) = deletion.condition,
      let inserted = insertions[deletion.table.id], !isRedefined(deletion.table.id),
      let table = catalog.table(id: deletion.table.id), isPlain(table, in: catalog),
      let key = table.uniqueKey(among: Set(keys.map(\.column))),
      inserted.allSatisfy({ $0.onConflict == nil })
    else { return nil }
    let columns = keys.filter { key.contains($0.column) }
    let names = columns.map(\.column)
    guard Set(names).count == names.count else { return nil }
    let wanted = columns.reduce(1) { $0 * min($1.values.count, Self.mostRows) }
    guard wanted > 0, wanted <= Self.mostRows else { return nil }
    let rows = Dictionary(
      inserted.flatMap { $0.rows(by: names) }.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    let found = combinations(columns.map(\.values)).map { rows[$0] }
    guard !found.contains(nil) else { return nil }
    return InsertedRows(table: deletion.table, key: names, rows: found.compactMap(\.self))
  }

  /// The same for rows that a deletion names by what they refer to.
  func probeOfReferring(_ deletion: RowsDeleted, in step: StepRecord) -> LossProbe? {
    guard step.direction == .downgrade, case .keyed(let keys) = deletion.condition,
      let table = step.after.table(deletion.table)
    else { return nil }
    for constraint in table.constraints {
      guard let reference = constraint.reference, reference.columns.count == 1,
        let key = keys.first(where: { $0.column == reference.columns[0] }),
        let referenced = reference.referencedColumns.first,
        let parent = step.after.table(reference.table), parent.id != table.id,
        areNewer(
          table.reference, by: reference.columns, than: parent.reference,
          [.init(column: referenced, values: key.values)], in: step.after)
      else { continue }
      return .condition(.rowsMatch(deletion.table, keys))
    }
    return nil
  }

  /// The question for rows that go, or lose what they refer to, with rows that the upgrades inserted: nothing
  /// could refer to those before. Nil where older rows may be among them.
  func probeOfReferring(_ condition: DataCondition?, in step: StepRecord) -> LossProbe? {
    guard step.direction == .downgrade, case .refers(let link, let keys)? = condition,
      areNewer(
        link.table, by: link.columns.map(\.name), than: link.referenced, keys, in: step.after)
    else { return nil }
    return .condition(.refers(link, to: keys))
  }

  /// Whether rows that refer to others can be no older than these: the upgrades inserted them, and the foreign key
  /// held all the while.
  private func areNewer(
    _ table: TableReference, by columns: [String], than parent: TableReference,
    _ keys: [RowCondition.KeyComparison], in catalog: Catalog
  ) -> Bool {
    let isHeld =
      isMadeByUpgrade(table.origin)
      || trip.before.enforces(columns, of: table.id, to: parent.name)
    let rows = RowsDeleted(table: parent, condition: .keyed(keys), reads: [])
    return isHeld && !losesRowsByUpgrade(parent.id)
      && insertedRows(takenBackBy: rows, in: catalog) != nil
  }

  /// Whether the upgrades delete rows: one that comes back with the same key may be referred to all the while,
  /// where a foreign key is deferred.
  private func losesRowsByUpgrade(_ table: ObjectID) -> Bool {
    trip.upgrades.lazy.flatMap(\.statements).flatMap(\.outcome.effects).contains { effect in
      switch effect {
      case .rowsDeleted(let rows): rows.table.id == table
      case .truncated(let tables, _, _): tables.contains { $0.id == table }
      default: false
      }
    }
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
  }

  private func combinations(_ values: [[SQLConstant]]) -> [[SQLConstant]] {
    values.reduce([[]]) { found, next in found.flatMap { row in next.map { row + [$0] } } }
  }
}

extension Catalog {
  /// Whether the foreign key was there, and held for all rows.
  fileprivate func enforces(
    _ columns: [String], of id: ObjectID, to parent: QualifiedName
  ) -> Bool {
    let constraints = table(id: id)?.constraints ?? []
    return constraints.contains { constraint in
      constraint.isValidated && constraint.reference?.table == parent
        && constraint.reference?.columns == columns
    }
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

extension RowsInserted {
  /// The rows that the text tells, with literals for the columns of a key; others are left out.
  fileprivate func rows(by key: [String]) -> [InsertedRows.Row] {
    let positions = key.compactMap { columns.firstIndex(of: $0) }
    guard positions.count == key.count, let rows else { return [] }
    return rows.compactMap { row in
      guard row.count == columns.count else { return nil }
      let constants = positions.compactMap { row[$0].literal }
      guard constants.count == key.count, !constants.contains(.null) else { return nil }
      var values: [String: SQLConstant?] = [:]
      for (name, value) in zip(columns, row) where !key.contains(name) {
        switch value {
        case .constant(let constant): values[name] = .some(constant)
        case .expression: values[name] = .some(nil)
        case .default: break
        }
      }
      return InsertedRows.Row(key: constants, values: values)
    }
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

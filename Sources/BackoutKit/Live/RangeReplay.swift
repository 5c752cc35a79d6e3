// The way back from a database's revision, replayed, and its questions to the rows.

import Alembic
import DatabaseFacts
import PostgresSyntax
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

/// The replay of everything below a database's revision, and of the way back from it.
struct RangeReplay {
  let trip: RoundTrip
  let coverage: Coverage
  let notes: [OpaqueNote]
  /// The catalog that the history predicts for the database as it is.
  let current: Catalog

  init(
    _ project: AlembicProject, rows: [String], path: RevisionPath, serverVersion: Int
  ) throws(BackoutFailure) {
    let graph = project.graph
    let below = graph.ancestors(of: rows).union(rows)
    let undone = Set(path.steps.map(\.id))
    let history = try History(project, only: below)
    let kept = history.steps.filter { !undone.contains($0.revision.id) }
    let taken = history.steps.filter { undone.contains($0.revision.id) }
    var replayer = Replayer(
      isTransactional: history.isTransactional, serverVersion: serverVersion)
    var catalog = history.start(serverVersion: serverVersion)
    for (index, steps) in kept.enumerated() {
      _ = replayer.replay(
        steps.upgrade, of: steps.revision, origin: index, on: &catalog)
    }
    // What was not understood below the target is not part of the way back.
    var ranged = Replayer(
      isTransactional: history.isTransactional, serverVersion: serverVersion)
    catalog.markChanges()
    let before = catalog
    var origin = kept.count
    var upgrades: [StepRecord] = []
    for steps in taken {
      upgrades.append(
        ranged.replay(steps.upgrade, of: steps.revision, origin: origin, on: &catalog))
      origin += 1
    }
    current = catalog
    var downgrades: [StepRecord] = []
    for step in path.steps {
      guard let steps = taken.first(where: { $0.revision.id == step.id }) else { continue }
      downgrades.append(
        ranged.replay(steps.downgrade, of: steps.revision, origin: origin, on: &catalog))
      origin += 1
    }
    trip = RoundTrip(before: before, upgrades: upgrades, downgrades: downgrades)
    coverage = ranged.coverage
    notes = ranged.notes
  }

  /// The question by the names that tables and columns have in the database now; nil where there is no
  /// question for it.
  func request(for probe: LossProbe) -> ProbeRequest? {
    switch probe {
    case .rows(let table): return name(of: table).map(ProbeRequest.rows)
    case .values(let column):
      guard let (table, name) = place(of: column) else { return nil }
      return .values(table, column: name)
    case .condition(let condition): return request(for: condition)
    case .changedSince: return nil
    }
  }

  private func request(for condition: DataCondition) -> ProbeRequest? {
    switch condition {
    case .hasRows(let table): return name(of: table).map(ProbeRequest.rows)
    case .hasNulls(let table, let columns):
      guard let name = name(of: table), let columns = names(of: columns) else { return nil }
      return .nulls(name, columns: columns)
    case .hasDuplicates(let table, let key):
      guard key.predicate == nil, let columns = key.columns, let name = name(of: table),
        let names = names(of: columns), comparesAsNow(key)
      else { return nil }
      return .duplicates(name, columns: names, nullsAreEqual: key.nullsNotDistinct)
    case .hasOrphans(let probe):
      guard let name = name(of: probe.table), let columns = names(of: probe.columns),
        let other = self.name(of: probe.referenced),
        let otherColumns = names(of: probe.referencedColumns), columns.count == otherColumns.count
      else { return nil }
      return .orphans(name, columns: columns, referenced: other, referencedColumns: otherColumns)
    case .longerThan(let column, let characters):
      guard let (table, name) = place(of: column) else { return nil }
      return .longerThan(table, column: name, characters: characters)
    case .outOfRange(let column, let type):
      guard let (table, name) = place(of: column), let (low, high) = type.integerRange else {
        return nil
      }
      return .outside(table, column: name, lowest: low, highest: high)
    case .changedByCast(let column, let type, nil):
      guard let (table, name) = place(of: column), let from = currentColumn(column)?.type,
        from.isPlainBuiltin, type.isPlainBuiltin
      else { return nil }
      return .changedByCast(
        table, column: name, type: type.description, original: from.description)
    case .usesEnumValues(let column, let values):
      guard let (table, name) = place(of: column) else { return nil }
      return .enumValues(table, column: name, values: values)
    case .violates, .notCastable, .changedByCast, .exclusionConflict, .rowsMatch, .outsideBound,
      .unknown:
      return nil
    }
  }

  /// Whether the key finds the same values equal as the columns do now.
  private func comparesAsNow(_ key: DataCondition.DuplicateKey) -> Bool {
    guard key.elements.allSatisfy({ $0.collation == nil && $0.operatorClass == nil }) else {
      return false
    }
    let ids = Set((key.columns ?? []).map(\.id))
    return trip.downgrades.allSatisfy { step in
      step.statements.flatMap(\.outcome.effects).allSatisfy { effect in
        guard case .columnTypeChanged(let change) = effect, ids.contains(change.column.id) else {
          return true
        }
        return change.keepsEquality(from: current, to: step.after)
      }
    }
  }

  private func currentTable(_ table: TableReference) -> Table? {
    current.table(id: table.id)
  }

  private func name(of table: TableReference) -> TableName? {
    guard let found = currentTable(table) else { return nil }
    return TableName(schema: found.name.schema, name: found.name.name)
  }

  private func currentColumn(_ column: ColumnReferent) -> Column? {
    currentTable(column.table)?.columns.first { $0.id == column.id }
  }

  private func place(of column: ColumnReferent) -> (TableName, String)? {
    guard let table = name(of: column.table), let found = currentColumn(column) else { return nil }
    return (table, found.name)
  }

  private func names(of columns: [ColumnReferent]) -> [String]? {
    var names: [String] = []
    for column in columns {
      guard let found = currentColumn(column) else { return nil }
      names.append(found.name)
    }
    return names.isEmpty ? nil : names
  }
}

extension DataType {
  /// The limits of an integer type (manual, Table 8.2).
  fileprivate var integerRange: (String, String)? {
    switch builtin {
    case .int2?: ("-32768", "32767")
    case .int4?: ("-2147483648", "2147483647")
    case .int8?: ("-9223372036854775808", "9223372036854775807")
    default: nil
    }
  }

  /// A built-in type whose text is safe to put into a query.
  fileprivate var isPlainBuiltin: Bool {
    guard builtin != nil else { return false }
    if case .text = modifiers { return false }
    return true
  }
}

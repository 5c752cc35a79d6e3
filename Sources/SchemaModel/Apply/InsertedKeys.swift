// Keys of the rows of an INSERT: what they may share with rows that are there, and whose rows they refer to.

import PostgresSyntax

/// What a row that is put in has in one column of a key.
private enum KeyPart: Hashable {
  case constant(SQLConstant)
  /// The next number of a sequence.
  case numbered
  /// A value that no row has yet.
  case new
  case unknown

  var isNull: Bool { self == .constant(.null) }
}

/// The rows of an INSERT, and the columns that they give values for.
struct InsertedRows {
  /// Nil where they come from a query.
  let rows: [[Insert.Value]]?
  let columns: [String]
  private let places: [String: Int]

  init(rows: [[Insert.Value]]?, columns: [String]) {
    self.rows = rows
    self.columns = columns
    places = Dictionary(zip(columns, columns.indices)) { first, _ in first }
  }

  /// Where the rows have the value of a column; nil where they are given none.
  func place(of column: String) -> Int? { places[column] }

  /// For a query one that gives each of the columns a value that is not known.
  fileprivate var samples: [[Insert.Value]?] { rows ?? [nil] }
}

extension Replay {
  /// Composite keys of more rows are asked for one by one no longer.
  private static let askedRows = 16

  /// Keys that may be there already (23505), and keys without a parent (23503).
  mutating func checkKeys(
    of inserted: InsertedRows, into table: Table, _ onConflict: OnConflict?
  ) {
    let keyParts = table.indexes.reduce(0) { $1.isUnique ? $0 + $1.elements.count : $0 }
    charge((inserted.rows?.count ?? 1) * keyParts / 4)
    for constraint in table.constraints {
      guard let reference = constraint.reference,
        mayRefer(inserted, reference, of: table)
      else { continue }
      if reference.table != table.name { lock(named: reference.table, .rowShare) }
      mayFail(
        "23503", .orphansExist(table: table.name, constraint: constraint.name),
        when: missingParents(of: inserted, reference, of: table) ?? .unknown(table.reference))
    }
    guard !isKnownEmpty(table) else { return }
    if case .doNothing? = onConflict?.action { return }
    for index in table.indexes where index.isUnique {
      for condition in clashes(of: inserted, index, table) {
        if case .behindRows(let column, _, _) = condition {
          mayFail("23505", .numberTaken(table: table.name, column: column.name), when: condition)
        } else {
          let key = index.elements.flatMap(\.columns)
          mayFail("23505", .duplicatesExist(table: table.name, key: key), when: condition)
        }
      }
    }
  }

  /// Whether the rows of one statement have different keys among themselves.
  func areKeysDistinct(_ inserted: InsertedRows, _ table: Table) -> Bool {
    guard let rows = inserted.rows else { return false }
    return rows.count < 2
      || table.indexes.allSatisfy { index in
        guard index.isUnique else { return true }
        var seen: Set<[KeyPart]> = []
        return rows.allSatisfy { row in
          guard let key = key(of: row, inserted, index, table) else { return false }
          if isNeverEqual(key, index) || key.contains(.numbered) { return true }
          return !key.contains(.unknown) && seen.insert(key).inserted
        }
      }
  }

  /// What the live rows must be like so that one of the new ones is refused.
  private func clashes(
    of inserted: InsertedRows, _ index: Index, _ table: Table
  ) -> [DataCondition] {
    let unknown = DataCondition.unknown(table.reference)
    var keys: [[SQLConstant]] = []
    var isNumbered = false
    for row in inserted.samples {
      guard let key = key(of: row, inserted, index, table) else { return [unknown] }
      if isNeverEqual(key, index) { continue }
      if key == [.numbered], index.predicate == nil {
        isNumbered = true
        continue
      }
      let constants = key.compactMap { if case .constant(let value) = $0 { value } else { nil } }
      guard constants.count == key.count, !constants.contains(.null), index.predicate == nil,
        !areRowsChanged(table)
      else { return [unknown] }
      keys.append(constants)
    }
    var conditions: [DataCondition] = []
    if isNumbered { conditions.append(behindRows(index, table) ?? unknown) }
    guard !keys.isEmpty else { return conditions }
    let names = index.elements.flatMap(\.columns)
    if names.count == 1 {
      let values = keys.map { $0[0] }
      return conditions + [.rowsMatch(table.reference, [.init(column: names[0], values: values)])]
    }
    guard keys.count <= Self.askedRows else { return [unknown] }
    return conditions
      + keys.map { key in
        .rowsMatch(table.reference, zip(names, key).map { .init(column: $0, values: [$1]) })
      }
  }

  /// That a row has the number that the sequence of a key gives next, or a higher one.
  private func behindRows(_ index: Index, _ table: Table) -> DataCondition? {
    guard case .column(let name)? = index.elements.first?.key, let column = table.column(name),
      let sequence = catalog.sequence(numbering: column, of: table.name), sequence.isKnown,
      !areRowsChanged(table) || table.rows.origin == context.origin && !table.rows.areNumbersGiven,
      sequence.increment > 0
    else { return nil }
    return .behindRows(
      ColumnReferent(table: table.reference, column: column), sequence: sequence.name,
      increment: sequence.increment)
  }

  /// NULLs differ from each other, where the index does not say otherwise.
  private func isNeverEqual(_ key: [KeyPart], _ index: Index) -> Bool {
    key.contains(.new) || !index.nullsNotDistinct && key.contains(where: \.isNull)
  }

  /// Nil where a part of the key is an expression.
  private func key(
    of row: [Insert.Value]?, _ inserted: InsertedRows, _ index: Index, _ table: Table
  ) -> [KeyPart]? {
    var parts: [KeyPart] = []
    for element in index.elements {
      guard case .column(let name) = element.key else { return nil }
      parts.append(part(name, of: row, inserted, table))
    }
    return parts
  }

  private func part(
    _ name: String, of row: [Insert.Value]?, _ inserted: InsertedRows, _ table: Table
  ) -> KeyPart {
    if let place = inserted.place(of: name) {
      guard let row else { return .unknown }
      // What a row is short of is made by default.
      let value = place < row.count ? row[place] : .default
      if let constant = value.literal { return .constant(constant) }
      guard value == .default else { return .unknown }
    }
    guard let column = table.column(name) else { return .unknown }
    if column.identity != nil { return .numbered }
    switch column.default {
    case .none:
      // A domain has a default of its own, and may refuse NULL.
      let isDomain = column.type?.userType.map { catalog.type($0)?.labels == nil } ?? false
      return isDomain || column.type == nil ? .unknown : .constant(.null)
    case .expression(let expression):
      if expression.nextvalSequence != nil { return .numbered }
      if expression.isDistinct { return .new }
      return expression.constant.map(KeyPart.constant) ?? .unknown
    case .generated, .unknown: return .unknown
    }
  }

  /// The keys that a parent must have, where all are literals and the step has left the parent alone.
  private func missingParents(
    of inserted: InsertedRows, _ reference: Constraint.Reference, of table: Table
  ) -> DataCondition? {
    guard reference.table != table.name, reference.columns.count == 1,
      reference.referencedColumns.count == 1, let parent = catalog.table(reference.table),
      parent.kind == .ordinary, !catalog.isInherited(parent.name), !areRowsChanged(parent),
      let column = parent.column(reference.referencedColumns[0])
    else { return nil }
    var values: [SQLConstant] = []
    for row in inserted.samples {
      guard case .constant(let value) = part(reference.columns[0], of: row, inserted, table) else {
        return nil
      }
      if value != .null, !values.contains(value) { values.append(value) }
      guard values.count <= Self.askedRows else { return nil }
    }
    return .lacks(ColumnReferent(table: parent.reference, column: column), values)
  }

  /// Whether a row may have a key of another one: with MATCH SIMPLE a NULL in any column is none (manual,
  /// CREATE TABLE).
  private func mayRefer(
    _ inserted: InsertedRows, _ reference: Constraint.Reference, of table: Table
  ) -> Bool {
    inserted.samples.contains { row in
      let parts = reference.columns.map { part($0, of: row, inserted, table) }
      return reference.match == .simple
        ? !parts.contains(where: \.isNull) : !parts.allSatisfy(\.isNull)
    }
  }
}

extension Replay {
  /// Whether values are given for a column that a sequence numbers.
  func givesNumbers(_ inserted: InsertedRows, _ table: Table) -> Bool {
    for (place, column) in table.columns(named: inserted.columns).enumerated() {
      guard let column,
        column.identity != nil || column.default.expression?.nextvalSequence != nil
      else { continue }
      guard let rows = inserted.rows else { return true }
      if rows.contains(where: { place < $0.count && $0[place] != .default }) { return true }
    }
    return false
  }
}

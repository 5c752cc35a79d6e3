// Rows that the upgrade inserted and the downgrade deletes: whether they are as they were inserted.

import DatabaseFacts
import PostgresSyntax
import SafetyRules
import SchemaModel

extension RowQuestions {
  /// A question has this many comparisons at most.
  private static let mostComparisons = 5_000

  /// The rows that have something else in them than the upgrade put there. Which number or UUID the server made
  /// for a row is not part of what it says.
  func changed(_ rows: InsertedRows) -> ProbeRequest? {
    guard let name = name(of: rows.table), let table = current.table(id: rows.table.id),
      rows.rows.count * table.columns.count <= Self.mostComparisons
    else { return nil }
    let places = columns(of: rows.table)
    let key = rows.key.map { places(ColumnReference(column: $0)) }
    let others = table.columns
      .filter { !rows.key.contains($0.name) && !$0.isGenerated }
      .map { (column: $0, place: places(ColumnReference(column: $0.name))) }
    var conditions: [SafeSQL] = []
    for row in rows.rows {
      var parts: [SafeSQL] = []
      for (place, constant) in zip(key, row.key) {
        guard let place, let isSame = equals(place.name, place.type, constant) else { return nil }
        parts.append(isSame)
      }
      var changes: [SafeSQL] = []
      for (column, place) in others {
        let constant: SQLConstant
        if let given = row.values[column.name] {
          guard let given else { return nil }
          constant = given
        } else if column.isNumberedByServer {
          continue
        } else if let standard = column.default.expression {
          guard let literal = standard.constant, standard.casts.count <= 1 else { return nil }
          constant = literal
        } else {
          constant = .null
        }
        guard let place, let differs = differs(place.name, place.type, from: constant) else {
          return nil
        }
        changes.append(differs)
      }
      conditions.append(.all(parts + [.any(changes)]))
    }
    return .matching(name, .init(.any(conditions)))
  }
}

extension Column {
  /// Whether a row that gives nothing gets what the server makes up to tell it from others.
  fileprivate var isNumberedByServer: Bool {
    if identity != nil { return true }
    guard let calls = `default`.expression?.functions, calls.count == 1,
      `default`.expression?.operators.isEmpty == true
    else { return false }
    return ["nextval", "gen_random_uuid", "uuid_generate_v4"].contains(calls[0].name.name)
  }
}

// The queries that a person may run where a check does not run them: with the text of the migration, which
// may call anything.

import DatabaseFacts
import PostgresSyntax
import SafetyRules
import SchemaModel

extension RowQuestions {
  /// Nil where no query on the database as it is now tells.
  func queryByHand(for probe: LossProbe) -> String? {
    guard case .condition(let condition) = probe, !outdated.contains(condition) else { return nil }
    switch condition {
    case .violates(let table, let expression):
      return counting(table, expression.columns, "(\(expression.text)) IS FALSE")
    case .violatesDomain(let column, _, let expression):
      guard let (table, name) = place(of: column), typeChanges(of: column.id) == 0 else {
        return nil
      }
      return
        "SELECT count(*) FROM (SELECT \(doubleQuoted(name)) AS value FROM \(table.inSQL)) AS t "
        + "WHERE (\(expression.text)) IS FALSE;"
    case .hasDuplicates(let table, let key):
      let columns =
        key.elements.flatMap(\.columns) + (key.predicate?.columns.compactMap(\.column) ?? [])
      guard stay(columns, of: table), let name = name(of: table) else { return nil }
      let keys = key.elements.map(\.inSQL).joined(separator: ", ")
      let filter = key.predicate.map { " WHERE \($0.text)" } ?? ""
      return "SELECT \(keys), count(*) FROM \(name.inSQL)\(filter) GROUP BY \(keys) "
        + "HAVING count(*) > 1;"
    case .notCastable(let column, let type, let using):
      guard let (table, name) = place(of: column), name == column.name else { return nil }
      let value = using?.text ?? "CAST(\(doubleQuoted(name)) AS \(type.description))"
      return "SELECT count(\(value)) FROM \(table.inSQL); -- an error if a value cannot be cast"
    case .changedByCast(let column, let type, let using):
      guard let (table, name) = place(of: column), name == column.name,
        let from = currentColumn(column)?.type
      else { return nil }
      let value = using?.text ?? doubleQuoted(name)
      return "SELECT count(*) FROM \(table.inSQL) WHERE \(doubleQuoted(name)) IS DISTINCT FROM "
        + "CAST(CAST(\(value) AS \(type.description)) AS \(from.description));"
    case .exclusionConflict, .outsideBound, .insideBound, .rowsMatch, .behindRows, .lacks, .unknown,
      .hasRows,
      .hasNulls,
      .hasOrphans, .refers, .longerThan, .outOfRange, .usesEnumValues, .hasDuplicatesAfter:
      return nil
    }
  }

  private func counting(
    _ table: TableReference, _ columns: [ColumnReference], _ condition: String
  ) -> String? {
    guard stay(columns.compactMap(\.column), of: table), let name = name(of: table) else {
      return nil
    }
    return "SELECT count(*) FROM \(name.inSQL) WHERE \(condition);"
  }

  /// Whether the columns have the names and types now that they have for the statement.
  private func stay(_ columns: [String], of table: TableReference) -> Bool {
    guard let known = current.table(id: table.id) else { return false }
    return movedColumns(of: table).isDisjoint(with: columns)
      && columns.allSatisfy { name in
        known.column(name).map { typeChanges(of: $0.id) == 0 } ?? false
      }
  }
}

extension TableName {
  fileprivate var inSQL: String {
    (schema.map { doubleQuoted($0) + "." } ?? "") + doubleQuoted(name)
  }
}

extension IndexElement {
  fileprivate var inSQL: String {
    let collation = collation.map { name in
      " COLLATE " + (name.schema.map { doubleQuoted($0) + "." } ?? "") + doubleQuoted(name.name)
    }
    return switch key {
    case .column(let name): doubleQuoted(name) + (collation ?? "")
    case .expression(let expression): "(\(expression.text))" + (collation ?? "")
    }
  }
}

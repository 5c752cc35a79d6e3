// Alembic's version table: whether it is there, and its rows.

import DatabaseFacts

struct VersionTableQuery {
  private let table: String
  private let name: String

  init(_ name: TableName) {
    table = name.quoted
    self.name = name.name
  }

  /// A version table has a row for each head.
  private static let rowLimit = 1000
  /// Alembic's own column is VARCHAR(32).
  private static let identifierLimit = 255

  var existence: (sql: String, parameters: [String]) {
    let sql = """
      SELECT to_regclass($1) IS NOT NULL, n.nspname FROM (VALUES (1)) AS one
      LEFT JOIN pg_catalog.pg_class c ON to_regclass($1) IS NULL AND c.relname = $2::text::name AND c.relkind IN ('r', 'p', 'v')
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      ORDER BY 2 LIMIT 20
      """
    return (sql, [table, name])
  }

  var rows: (sql: String, parameters: [String]) {
    let sql = """
      SELECT left(version_num::text, \(Self.identifierLimit + 1)) FROM \(table)
      ORDER BY 1 LIMIT \(Self.rowLimit + 1)
      """
    return (sql, [])
  }

  func facts(
    _ existence: Answer, _ rows: Answer
  ) throws(LiveFailure) -> VersionTableFacts {
    switch existence {
    case .failure(let failure): return try unreadable(failure)
    case .success(let rows) where rows.first?.first != "t":
      let schemas = rows.compactMap { $0.count == 2 ? $0[1] : nil }
      return schemas.isEmpty ? .missing : .elsewhere(schemas)
    case .success: break
    }
    switch rows {
    case .success(let rows):
      let identifiers = rows.map { $0.first.flatMap { $0 } ?? "NULL" }
      if identifiers.count > Self.rowLimit {
        return .unreadable("\(table) has more than \(Self.rowLimit) rows")
      }
      if identifiers.contains(where: { $0.unicodeScalars.count > Self.identifierLimit }) {
        return .unreadable(
          "\(table) holds an identifier of more than \(Self.identifierLimit) characters")
      }
      return .rows(identifiers)
    case .failure(let failure): return try unreadable(failure)
    }
  }

  private func unreadable(_ failure: LiveFailure) throws(LiveFailure) -> VersionTableFacts {
    switch failure.sqlState {
    case nil: throw failure
    case "42501": return .unreadable("the role may not read \(table) (\(failure.message))")
    case "55P03": return .unreadable("another session holds an exclusive lock on \(table)")
    case "57014": return .unreadable("reading \(table) took longer than the time limit")
    case "42703": return .unreadable("\(table) has no column version_num")
    case let state?: return .unreadable("\(failure.message) (\(state))")
    }
  }
}

// A question to the rows into SQL that holds nothing but quoted names and literals.

import DatabaseFacts
import SourceText

/// The SQL of a probe. No text of a migration enters it but names, quoted, and literals, quoted.
struct ProbeQuery {
  /// A SELECT whose rows are what is asked for.
  let rows: String
  /// What holds for these rows of the table and for no others; nil where that is no matter of one row.
  let filter: String?
  /// The planner's estimate of their number, where there is one.
  let estimate: String?
  let table: TableName

  init(_ request: ProbeRequest) {
    switch request {
    case .rows(let table):
      self.init(table, where: "true", estimate: table.estimatedRows)
    case .values(let table, let column):
      self.init(
        table, where: "\(doubleQuoted(column)) IS NOT NULL",
        estimate: table.estimatedValues(of: column))
    case .nulls(let table, let columns):
      self.init(
        table, where: columns.map { "\(doubleQuoted($0)) IS NULL" }.joined(separator: " OR "))
    case .duplicates(let table, let columns, let nullsAreEqual):
      let key = columns.map(doubleQuoted).joined(separator: ", ")
      let condition = columns.map { "\(doubleQuoted($0)) IS NOT NULL" }.joined(separator: " AND ")
      let filter = nullsAreEqual ? "" : " WHERE \(condition)"
      self.init(
        table, "SELECT 1 FROM \(table.quoted)\(filter) GROUP BY \(key) HAVING count(*) > 1")
    case .orphans(let table, let columns, let referenced, let referencedColumns):
      let pairs = zip(columns, referencedColumns)
      let join = pairs.map { "r.\(doubleQuoted($1)) = t.\(doubleQuoted($0))" }
        .joined(separator: " AND ")
      let present = columns.map { "t.\(doubleQuoted($0)) IS NOT NULL" }.joined(separator: " AND ")
      self.init(
        table,
        """
        SELECT 1 FROM \(table.quoted) AS t WHERE \(present)
        AND NOT EXISTS (SELECT 1 FROM \(referenced.quoted) AS r WHERE \(join))
        """)
    case .longerThan(let table, let column, let characters):
      // Trailing blanks beyond the length are cut without an error (manual 8.3). Few bytes are few
      // characters, and are counted without reading them.
      let text = "\(doubleQuoted(column))::text"
      self.init(
        table,
        where:
          "octet_length(\(text)) > \(characters) AND length(rtrim(\(text), ' ')) > \(characters)"
      )
    case .outside(let table, let column, let lowest, let highest):
      let (low, high) = (integer(lowest), integer(highest))
      self.init(table, where: "\(doubleQuoted(column)) NOT BETWEEN \(low) AND \(high)")
    case .changedByCast(let table, let column, let type, let original):
      let value = doubleQuoted(column)
      self.init(
        table, where: "\(value) IS DISTINCT FROM CAST(CAST(\(value) AS \(type)) AS \(original))")
    case .enumValues(let table, let column, let values):
      let list = values.map(literal).joined(separator: ", ")
      self.init(table, where: "\(doubleQuoted(column))::text IN (\(list))")
    }
  }

  private init(_ table: TableName, _ rows: String) {
    self.table = table
    self.rows = rows
    filter = nil
    estimate = nil
  }

  private init(_ table: TableName, where condition: String, estimate: String? = nil) {
    self.table = table
    rows = "SELECT 1 FROM \(table.quoted) WHERE \(condition)"
    filter = condition
    self.estimate = estimate
  }

  /// Stops at the first row.
  var existence: (sql: String, parameters: [String]) { ("SELECT EXISTS (\(rows))", []) }

  var count: (sql: String, parameters: [String]) {
    ("SELECT count(*) FROM (\(rows)) AS found", [])
  }

  var estimateOrNothing: (sql: String, parameters: [String]) {
    (estimate ?? "SELECT NULL::bigint", [])
  }

  func found(_ answer: Result<[[String?]], LiveFailure>) -> ProbeResult {
    switch answer {
    case .failure(let failure): .unknown(words(for: failure))
    case .success(let rows):
      switch rows.first?.first {
      case "f": .none
      case "t": .some(count: nil, isEstimate: false)
      default: .unknown("\(table.quoted) gave no answer")
      }
    }
  }

  /// Why the rows could not be asked.
  func words(for failure: LiveFailure) -> String {
    switch failure.sqlState {
    case "42501": "the role may not read \(table.quoted)"
    case "55P03": "another session holds an exclusive lock on \(table.quoted)"
    case "57014": "reading \(table.quoted) took longer than the time limit"
    case "42P01", "3F000": "\(table.quoted) does not exist in the database"
    case "42703": "\(table.quoted) in the database lacks a column (\(failure.message))"
    case let state?: "\(failure.message) (\(state))"
    case nil: failure.message
    }
  }
}

extension TableName {
  var quoted: String {
    (schema.map { doubleQuoted($0) + "." } ?? "") + doubleQuoted(name)
  }

  /// `pg_class.reltuples`: what the planner last knew (manual 54.11).
  var estimatedRows: String {
    "SELECT reltuples::bigint FROM pg_catalog.pg_class WHERE oid = to_regclass(\(literal(quoted)))"
  }

  func estimatedValues(of column: String) -> String {
    """
    SELECT (c.reltuples * (1 - s.null_frac))::bigint FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname
    WHERE c.oid = to_regclass(\(literal(quoted))) AND s.attname = \(literal(column))
    """
  }
}

/// An identifier in double quotes. A NUL character, which no identifier holds, is left out.
func doubleQuoted(_ name: String) -> String {
  "\"" + withoutNull(name).doubling("\"") + "\""
}

/// A string constant that means the same whatever `standard_conforming_strings` says.
func literal(_ text: String) -> String {
  let doubled = withoutNull(text).doubling("'")
  let escaped = doubled.doubling("\\")
  return escaped == doubled ? "'\(doubled)'" : "E'\(escaped)'"
}

/// A constant of an integer type: with the columns of such it is compared faster than a `numeric`.
private func integer(_ text: String) -> String {
  Int64(text).map { "(\($0))" } ?? "\(literal(text))::numeric"
}

private func withoutNull(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }))
}

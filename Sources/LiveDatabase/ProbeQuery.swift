// A question to the rows into SQL that holds nothing but quoted names and literals.

package import DatabaseFacts

/// The SQL of a probe. No text of a migration enters it but names, quoted, and literals, quoted.
package struct ProbeQuery {
  /// A SELECT whose rows are what is asked for.
  let rows: String
  /// What holds for these rows of the table and for no others; nil where that is no matter of one row, or
  /// where more is to be asked than whether it holds.
  private(set) var filter: String?
  /// One whose rows may be such; nil where all are told apart.
  private var possibleRows: String?
  private var possibleWords = "some values are of a form that is not judged"
  /// The planner's estimate of their number, where there is one.
  let estimate: String?
  let table: TableName
  private var names = BuiltinNames()

  package init(_ request: ProbeRequest) {
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
    case .duplicates(let table, let key):
      var filters = key.filter.map { [$0] } ?? []
      if !key.nullsAreEqual { filters += key.values.map(\.isNotNull) }
      let groups = key.values.map(\.text).joined(separator: ", ")
      self.init(
        table,
        """
        SELECT 1 FROM \(table.quoted) WHERE \(SafeSQL.all(filters).text) \
        GROUP BY \(groups) HAVING count(*) > 1
        """)
      names = key.names
    case .orphans(let table, let columns, let referenced, let referencedColumns):
      let present = columns.map { "t.\(doubleQuoted($0)) IS NOT NULL" }.joined(separator: " AND ")
      self.init(
        table,
        """
        SELECT 1 FROM \(table.quoted) AS t WHERE \(present) \
        AND NOT EXISTS (SELECT 1 FROM \(referenced.quoted) AS r \
        WHERE \(Self.join(columns, referencedColumns)))
        """)
    case .referring(
      let table, let columns, let referenced, let referencedColumns, let condition):
      // In a query of its own the condition can name no column of the referring table.
      let keys = referencedColumns.map(doubleQuoted).joined(separator: ", ")
      self.init(
        table,
        """
        SELECT 1 FROM \(table.quoted) AS t JOIN (SELECT \(keys) FROM \(referenced.quoted) \
        WHERE \(condition.certain.text)) AS r ON \(Self.join(columns, referencedColumns))
        """)
      names = condition.names
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
    case .changedByCast(let table, let column, let type, let original, let characters):
      let value = doubleQuoted(column)
      let fits = characters.map { " AND length(rtrim(\(value)::text, ' ')) <= \($0)" } ?? ""
      self.init(
        table,
        where: "\(value) IS DISTINCT FROM CAST(CAST(\(value) AS \(type)) AS \(original))\(fits)")
    case .enumValues(let table, let column, let values):
      let list = values.map(quotedLiteral).joined(separator: ", ")
      self.init(table, where: "\(doubleQuoted(column))::text IN (\(list))")
    case .matching(let table, let condition):
      self.init(table, where: condition.certain.text)
      possibleRows = condition.possible.map { "SELECT 1 FROM \(table.quoted) WHERE \($0.text)" }
      names = condition.names
      if possibleRows != nil || !names.isEmpty { filter = nil }
    case .valuesBesideNulls(let table, let column, let condition, let isByDefault):
      self.init(table, where: condition.certain.text)
      let isNull = "\(doubleQuoted(column)) IS NULL"
      let others =
        isByDefault
        ? "" : " AND EXISTS (SELECT 1 FROM \(table.quoted) WHERE NOT \(isNull))"
      possibleRows = "SELECT 1 FROM \(table.quoted) WHERE \(isNull)\(others)"
      possibleWords =
        "NULL stands beside the value that the upgrade gives: which row has which is not kept"
      names = condition.names
      filter = nil
    case .ahead(let table, let column, let sequence, let increment):
      // Before its first number is taken, last_value is that number.
      self.init(
        table,
        """
        SELECT 1 FROM \(table.quoted) WHERE \(doubleQuoted(column)) >= (SELECT last_value \
        + CASE WHEN is_called THEN \(increment) ELSE 0 END FROM \(sequence.quoted))
        """)
    case .lacking(let table, let column, let values):
      let list = values.map { "(\($0.text))" }.joined(separator: ", ")
      self.init(
        table,
        """
        SELECT 1 FROM (VALUES \(list)) AS wanted(value) WHERE NOT EXISTS (SELECT 1 \
        FROM \(table.quoted) AS t WHERE t.\(doubleQuoted(column)) \
        OPERATOR(pg_catalog.=) wanted.value)
        """)
    case .pairs(let table, let condition, let names):
      self.init(
        table,
        """
        SELECT 1 FROM \(table.quoted) AS a WHERE EXISTS (SELECT 1 FROM \(table.quoted) AS b \
        WHERE (a.tableoid, a.ctid) <> (b.tableoid, b.ctid) AND \(condition.text))
        """)
      self.names = names
    }
  }

  /// That a row `t` refers to a row `r`.
  private static func join(_ columns: [String], _ referenced: [String]) -> String {
    zip(columns, referenced).map { "r.\(doubleQuoted($1)) = t.\(doubleQuoted($0))" }
      .joined(separator: " AND ")
  }

  private init(_ table: TableName, _ rows: String) {
    self.table = table
    self.rows = rows
    estimate = nil
  }

  private init(_ table: TableName, where condition: String, estimate: String? = nil) {
    self.table = table
    rows = "SELECT 1 FROM \(table.quoted) WHERE \(condition)"
    filter = condition
    self.estimate = estimate
  }

  /// Stops at the first row.
  var existence: (sql: String, parameters: [String]) {
    let others = names.isEmpty ? "" : "WHEN \(names.haveOtherMeanings) THEN '\(Self.other)' "
    let perhaps =
      possibleRows.map { "WHEN EXISTS (\($0)) THEN '\(Self.perhaps)' " } ?? ""
    return ("SELECT CASE \(others)WHEN EXISTS (\(rows)) THEN 't' \(perhaps)ELSE 'f' END", [])
  }

  private static let other = "other"
  private static let perhaps = "perhaps"

  /// What a person may run to see how many there are.
  package var byHand: String {
    "SELECT count(*) FROM (\(possibleRows ?? rows)) AS found;"
  }

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
      case Self.other:
        .unknown("a function or operator of the database has a name that the condition uses")
      case Self.perhaps: .unknown(possibleWords)
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

extension BuiltinNames {
  var isEmpty: Bool { functions.isEmpty && operators.isEmpty }

  /// Whether there is one for built-in types outside of `pg_catalog`.
  var haveOtherMeanings: String {
    var parts: [String] = []
    if !functions.isEmpty {
      parts.append(
        other("proc", "pro", named: functions, takes: "t.oid = ANY (o.proargtypes)"))
    }
    if !operators.isEmpty {
      parts.append(
        other("operator", "opr", named: operators, takes: "t.oid IN (o.oprleft, o.oprright)"))
    }
    return parts.joined(separator: " OR ")
  }

  private func other(
    _ catalog: String, _ prefix: String, named names: [String], takes condition: String
  ) -> String {
    let builtin = "'pg_catalog'::pg_catalog.regnamespace"
    return """
      EXISTS (SELECT 1 FROM pg_catalog.pg_\(catalog) AS o WHERE o.\(prefix)name IN (\(list(names))) \
      AND o.\(prefix)namespace <> \(builtin) AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type AS t \
      WHERE \(condition) AND t.typnamespace <> \(builtin)))
      """
  }

  private func list(_ names: [String]) -> String {
    names.map(quotedLiteral).joined(separator: ", ")
  }
}

extension TableName {
  var quoted: String {
    (schema.map { doubleQuoted($0) + "." } ?? "") + doubleQuoted(name)
  }

  /// `pg_class.reltuples`: what the planner last knew (manual 54.11).
  var estimatedRows: String {
    "SELECT reltuples::bigint FROM pg_catalog.pg_class WHERE oid = to_regclass(\(quotedLiteral(quoted)))"
  }

  func estimatedValues(of column: String) -> String {
    """
    SELECT (c.reltuples * (1 - s.null_frac))::bigint FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname
    WHERE c.oid = to_regclass(\(quotedLiteral(quoted))) AND s.attname = \(quotedLiteral(column))
    """
  }
}

/// A constant of an integer type: with the columns of such it is compared faster than a `numeric`.
private func integer(_ text: String) -> String {
  Int64(text).map { "(\($0))" } ?? "\(quotedLiteral(text))::numeric"
}

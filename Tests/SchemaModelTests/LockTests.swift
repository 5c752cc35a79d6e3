import PostgresSyntax
import SchemaModel
import Testing

/// Locks, rewrites, scans and errors as they were measured on a server.
@Suite struct MeasuredBehaviour {
  struct Row: CustomStringConvertible, Sendable {
    var statement: String
    var locks: String
    var rewrites: String
    var scans: String

    var description: String { statement }

    /// Whether an index may spare the reading, which is the planner's choice.
    var isPlanned: Bool { statement.hasPrefix("select") || statement.hasPrefix("delete from t") }

    /// Whether its locks on indexes are told, and not only those on tables.
    var namesIndex: Bool {
      ["drop index", "alter index", "reindex", "comment on index", "alter table t_c "]
        .contains(where: statement.hasPrefix)
    }

    init(_ line: Substring) {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { String($0).trimming() }
      // Operators such as `||` do not occur; a statement has no bar of its own.
      statement = parts[0]
      locks = parts.count > 1 ? parts[1] : ""
      rewrites = parts.count > 2 ? parts[2] : ""
      scans = parts.count > 3 ? parts[3] : ""
    }
  }

  static let rows = Measured.rows.split(separator: "\n").map(Row.init)

  @Test(arguments: rows) func isPredicted(_ row: Row) throws {
    var history = History(Measured.schema)
    let outcome = history.run(row.statement)
    if row.locks.hasPrefix("ERROR ") {
      let states = outcome.failures.map(\.sqlState)
      #expect(states.contains(String(row.locks.dropFirst(6))), "\(outcome.failures)")
      return
    }
    #expect(outcome.certainState == nil, "\(outcome.failures)")
    #expect(outcome.lockWords.joined(separator: " ") == row.locks)
    let rewritten = outcome.rewrittenTables.joined(separator: " ")
    #expect(rewritten == row.rewrites)
    // Tables that are new and empty are left out.
    if row.isPlanned || row.statement.hasPrefix("truncate") { return }
    let scans = row.scans.split(separator: " ").filter { $0 != "n1" }
    #expect(outcome.scannedTables.joined(separator: " ") == scans.joined(separator: " "))
  }
}

extension String {
  fileprivate func trimming() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

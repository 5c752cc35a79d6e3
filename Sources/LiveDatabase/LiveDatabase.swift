// A session with a database: one read-only snapshot from which all facts are read.

package import DatabaseFacts

/// A session that reads facts and changes nothing: read-only, in one snapshot, never waiting for a
/// lock longer than a moment, ended with its connection. Rows that a policy hides are not taken for
/// none: asking for them is refused.
package struct LiveDatabase: ~Copyable {
  let connection: Connection
  let deadline: Deadline

  /// Connects and opens the snapshot.
  /// - Parameter timeout: for everything together, in seconds.
  package static func open(
    _ target: ConnectionTarget, timeout: Double
  ) throws(LiveFailure) -> LiveDatabase {
    let deadline = Deadline(seconds: timeout)
    let connection = try Connection.open(target, deadline: deadline)
    let milliseconds = max(100, deadline.remainingMilliseconds)
    try connection.run(
      """
      SET default_transaction_read_only = on;
      SET statement_timeout = \(milliseconds);
      SET lock_timeout = 250;
      SET row_security = off;
      SET idle_in_transaction_session_timeout = \(milliseconds + 5000);
      BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
      """, deadline: deadline)
    return LiveDatabase(connection: connection, deadline: deadline)
  }

  private init(connection: consuming Connection, deadline: Deadline) {
    self.connection = connection
    self.deadline = deadline
  }

  /// Where the session is connected to, without a password.
  package var place: String { connection.place }

  package func server() throws(LiveFailure) -> ServerFacts {
    let rows = try connection.rows(
      """
      SELECT current_setting('server_version_num'), current_setting('server_version'),
             pg_is_in_recovery(), current_database(), current_user
      """, deadline: deadline)
    guard let row = rows.first, row.count == 5 else {
      throw LiveFailure(.connection, "\(place) did not say what it is")
    }
    return ServerFacts(
      versionNumber: row[0].flatMap { Int($0) } ?? 0, version: (row[1] ?? "?").cut(to: 100),
      isInRecovery: row[2] == "t", database: (row[3] ?? "?").cut(to: 100),
      user: (row[4] ?? "?").cut(to: 100), host: place)
  }

  /// A version table has a row for each head.
  private static let rowLimit = 1000
  /// Alembic's own column is VARCHAR(32).
  private static let identifierLimit = 255

  /// The rows of Alembic's version table.
  /// - Parameter schema: nil where the search path finds it.
  package func versionTable(
    _ name: String, schema: String?
  ) throws(LiveFailure) -> VersionTableFacts {
    let table = TableName(schema: schema, name: name).quoted
    let found = try attempt { () throws(LiveFailure) in
      try connection.rows("SELECT to_regclass($1) IS NOT NULL", [table], deadline: deadline)
    }
    switch found {
    case .failure(let failure): return try unreadable(failure, table)
    case .success(let rows) where rows.first?.first != "t": return .missing
    case .success: break
    }
    let rows = try attempt { () throws(LiveFailure) in
      try connection.rows(
        """
        SELECT left(version_num::text, \(Self.identifierLimit + 1)) FROM \(table)
        ORDER BY 1 LIMIT \(Self.rowLimit + 1)
        """, deadline: deadline)
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
    case .failure(let failure): return try unreadable(failure, table)
    }
  }

  private func unreadable(
    _ failure: LiveFailure, _ table: String
  ) throws(LiveFailure) -> VersionTableFacts {
    switch failure.sqlState {
    case nil: throw failure
    case "42501": return .unreadable("the role may not read \(table) (\(failure.message))")
    case "55P03": return .unreadable("another session holds an exclusive lock on \(table)")
    case "42703": return .unreadable("\(table) has no column version_num")
    case let state?: return .unreadable("\(failure.message) (\(state))")
    }
  }

  /// Who holds or awaits an advisory lock of this database (manual 54.12, `pg_locks`).
  package func advisoryLock(_ key: AdvisoryLockKey) throws(LiveFailure) -> AdvisoryLockFacts {
    let (high, low, kind) = key.catalogKey
    let rows = try connection.rows(
      """
      SELECT l.pid, l.granted, a.application_name, a.usename,
             CASE WHEN a.client_addr IS NOT NULL THEN host(a.client_addr)
                  WHEN a.client_port = -1 THEN 'local socket' END,
             to_char(coalesce(a.xact_start, a.query_start, a.backend_start) AT TIME ZONE 'UTC',
                     'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
             a.state
      FROM pg_catalog.pg_locks l
      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory'
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND l.classid = \(high)::bigint::oid AND l.objid = \(low)::bigint::oid
        AND l.objsubid = \(kind) AND l.pid <> pg_backend_pid()
      ORDER BY l.granted DESC, l.pid LIMIT \(Self.sessionLimit + 1)
      """, deadline: deadline)
    let sessions = rows.prefix(Self.sessionLimit).compactMap { row -> LockSession? in
      guard row.count == 7, let pid = row[0].flatMap({ Int($0) }) else { return nil }
      return LockSession(
        pid: pid, application: row[2], user: row[3], client: row[4], since: row[5],
        state: row[6], isGranted: row[1] == "t")
    }
    var gaps: [String] = []
    if sessions.contains(where: { $0.state == nil }) {
      gaps.append(
        "the role may not see other sessions' applications and states; grant it pg_read_all_stats")
    }
    if rows.count > Self.sessionLimit {
      gaps.append("more sessions than these \(Self.sessionLimit) hold or await the lock")
    }
    return AdvisoryLockFacts(
      key: key, sessions: sessions, gap: gaps.isEmpty ? nil : gaps.joined(separator: "; "))
  }

  /// As many sessions are told one by one.
  private static let sessionLimit = 100

  /// Asks the rows. One question that fails does not end the others.
  package func probe(_ requests: [ProbeRequest]) throws(LiveFailure) -> [ProbeRequest: ProbeResult]
  {
    var results: [ProbeRequest: ProbeResult] = [:]
    for (index, request) in requests.enumerated() where results[request] == nil {
      let share = max(200, deadline.remainingMilliseconds / max(1, requests.count - index))
      results[request] = try ask(request, milliseconds: share)
    }
    return results
  }

  private func ask(
    _ request: ProbeRequest, milliseconds: Int
  ) throws(LiveFailure) -> ProbeResult {
    guard deadline.remainingMilliseconds > 0 else { return .unknown("the time limit is reached") }
    let limit = "SET LOCAL statement_timeout = \(milliseconds / 2 + 50)"
    try connection.run(limit, deadline: deadline)
    let query = ProbeQuery(request)
    let exists = try attempt { () throws(LiveFailure) in
      try connection.rows("SELECT EXISTS (\(query.rows))", deadline: deadline)
    }
    switch exists {
    case .failure(let failure): return .unknown(query.words(for: failure))
    case .success(let rows) where rows.first?.first == "f": return .none
    case .success: break
    }
    let counted = try attempt { () throws(LiveFailure) in
      try connection.rows("SELECT count(*) FROM (\(query.rows)) AS found", deadline: deadline)
    }
    if case .success(let rows) = counted, let text = rows.first?.first.flatMap({ $0 }) {
      return .some(count: Int(text), isEstimate: false)
    }
    guard let estimate = query.estimate else { return .some(count: nil, isEstimate: true) }
    let estimated = try attempt { () throws(LiveFailure) in
      try connection.rows(estimate, deadline: deadline)
    }
    guard case .success(let rows) = estimated, let text = rows.first?.first.flatMap({ $0 }),
      let count = Double(text), count >= 1, count < 1e15
    else { return .some(count: nil, isEstimate: true) }
    return .some(count: Int(count), isEstimate: true)
  }

  /// Runs a query behind a savepoint, so that a refusal leaves the snapshot usable. Only a refusal
  /// comes back as a value; a lost connection is thrown.
  func attempt(
    _ query: () throws(LiveFailure) -> [[String?]]
  ) throws(LiveFailure) -> Result<[[String?]], LiveFailure> {
    try connection.run("SAVEPOINT probe", deadline: deadline)
    do {
      let rows = try query()
      try connection.run("RELEASE SAVEPOINT probe", deadline: deadline)
      return .success(rows)
    } catch {
      guard error.sqlState != nil, error.sqlState?.hasPrefix("57P") != true else { throw error }
      try connection.run("ROLLBACK TO SAVEPOINT probe", deadline: deadline)
      return .failure(error)
    }
  }
}

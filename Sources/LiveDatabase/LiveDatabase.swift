// A session with a database: one read-only snapshot from which all facts are read, in three exchanges.

package import DatabaseFacts

/// Who answers the questions of a check, each once and in this order: a database, or what one answered
/// earlier.
package protocol FactSource: AnyObject {
  func open(_ request: OpeningRequest) throws(LiveFailure) -> OpeningFacts
  func examine(_ request: ExaminationRequest) throws(LiveFailure) -> ExaminationFacts
  func close(_ request: ClosingRequest) throws(LiveFailure) -> ClosingFacts
}

/// A session that reads facts and changes nothing: read-only, in one snapshot, never waiting for a
/// lock longer than a moment. All its settings end with its transaction, so that a pooler may give the
/// server's session to others. Rows that a policy hides are not taken for none: asking for them is
/// refused.
package final class LiveDatabase: FactSource {
  let connection: Connection
  private var deadline: Deadline
  /// When the transaction began, about.
  private var start = ContinuousClock.now
  private var versionNumber = 0

  /// Connects.
  /// - Parameter timeout: for everything together, in seconds.
  package init(_ target: ConnectionTarget, timeout: Double) throws(LiveFailure) {
    deadline = Deadline(seconds: timeout)
    connection = try Connection.open(target, deadline: deadline)
  }

  /// Begins a new check over the same connection, after `close`.
  package func restart(timeout: Double) { deadline = Deadline(seconds: timeout) }

  /// The schemas that hold a relation of a name, in alphabetical order.
  package func schemas(holding name: String) throws(LiveFailure) -> [String] {
    let sql = """
      SELECT n.nspname FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = $1::text::name AND c.relkind IN ('r', 'p', 'v') ORDER BY 1
      """
    let answers = try connection.exchange(
      [Segment(("BEGIN READ ONLY", []), (sql, [name])), Segment(("ROLLBACK", []))],
      deadline: deadline)
    return try answers[0].get().compactMap { $0.first ?? nil }
  }

  /// Where the session is connected to, without a password.
  private var place: String { connection.place }

  /// The longest wait for a lock, in milliseconds: nobody queues up behind this session for longer.
  private static let lockTimeout = 250

  /// What every segment but the first begins with: a refusal before it is over.
  private static let again = (sql: "ROLLBACK TO SAVEPOINT probe", parameters: [String]())

  /// A third of the time for each exchange, in milliseconds; a bit less, because the answers are on the
  /// way for a while.
  private var share: Int { max(100, deadline.remainingMilliseconds / 3) }

  package func open(_ request: OpeningRequest) throws(LiveFailure) -> OpeningFacts {
    start = .now
    let left = deadline.remainingMilliseconds
    let settings = """
      SELECT set_config('statement_timeout', '\(share)', true),
             set_config('lock_timeout', '\(Self.lockTimeout)', true),
             set_config('row_security', 'off', true),
             set_config('idle_in_transaction_session_timeout', '\(left + 5000)', true)
      """
    let table = VersionTableQuery(request.versionTable)
    let answers = try connection.exchange(
      [
        Segment(
          ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", []), (settings, []),
          ("SAVEPOINT probe", []), (Self.serverQuery, [])),
        Segment(Self.again, SessionQuery.advisory(request.lock)),
        Segment(Self.again, table.existence),
        Segment(Self.again, table.rows),
      ], deadline: deadline)
    let server = try self.server(try answers[0].get())
    versionNumber = server.versionNumber
    return OpeningFacts(
      server: server, versionTable: try table.facts(answers[2], answers[3]),
      lock: SessionQuery.lock(request.lock, answers[1]))
  }

  private static let serverQuery = """
    SELECT current_setting('server_version_num'), current_setting('server_version'),
           pg_is_in_recovery(), current_database(), current_user,
           pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'),
           current_setting('default_transaction_read_only') = 'on'
    """

  private func server(_ rows: [[String?]]) throws(LiveFailure) -> ServerFacts {
    guard let row = rows.first, row.count == 7 else {
      throw LiveFailure(.connection, "\(place) did not say what it is")
    }
    var facts = ServerFacts(
      versionNumber: row[0].flatMap { Int($0) } ?? 0, version: (row[1] ?? "?").cut(to: 100),
      isInRecovery: row[2] == "t", database: (row[3] ?? "?").cut(to: 100),
      user: (row[4] ?? "?").cut(to: 100), host: place)
    facts.seesSessions = row[5] == "t"
    facts.isReadOnlyByDefault = row[6] == "t"
    return facts
  }

  package func examine(
    _ request: ExaminationRequest
  ) throws(LiveFailure) -> ExaminationFacts {
    var segments: [Segment] = []
    if let schema = request.schema {
      segments.append(Segment(Self.again, SchemaQuery.objects(schema, since: versionNumber)))
      segments.append(Segment(Self.again, SchemaQuery.dependents(schema.removals)))
    }
    segments += ActivityQuery.all(request.locked, isFirst: true).map { Segment(Self.again, $0) }
    if let rights = request.rights {
      segments.append(Segment(Self.again, RightsQuery.question(rights)))
    }
    let first = segments.count
    let end = milliseconds(untilShareOf: 0.6)
    for (index, probe) in request.probes.prefix(Self.mostProbes).enumerated() {
      let limit = timeLimit(end, for: request.probes.count - index)
      segments.append(Segment(Self.again, limit, ProbeQuery(probe).existence))
    }
    let answers = try connection.exchange(segments, deadline: deadline)
    var rest = answers[...]
    var schema: Known<SchemaFacts>?
    if request.schema != nil {
      schema = SchemaQuery.facts(rest.removeFirst(), rest.removeFirst())
    }
    let activity = ActivityQuery.facts(Array(rest.prefix(ActivityQuery.count)))
    rest = rest.dropFirst(ActivityQuery.count)
    let rights = request.rights.map { _ in RightsQuery.facts(rest.removeFirst()) }
    var probes = zip(request.probes, answers[first...]).map { ProbeQuery($0).found($1) }
    while probes.count < request.probes.count {
      probes.append(.unknown("there are more than \(Self.mostProbes) questions to the rows"))
    }
    return ExaminationFacts(schema: schema, probes: probes, activity: activity, rights: rights)
  }

  private static let mostProbes = 1000

  package func close(_ request: ClosingRequest) throws(LiveFailure) -> ClosingFacts {
    var segments: [Segment] = []
    let end = milliseconds(untilShareOf: 0.7)
    for (index, probe) in request.counted.enumerated() {
      let query = ProbeQuery(probe)
      let limit = timeLimit(end, for: request.counted.count - index)
      segments.append(Segment(Self.again, limit, query.count))
      segments.append(Segment(Self.again, query.estimateOrNothing))
    }
    segments.append(
      Segment(Self.again, SessionQuery.newSnapshot, SessionQuery.advisory(request.lock)))
    segments += ActivityQuery.all(request.locked, isFirst: false).map { Segment(Self.again, $0) }
    segments.append(Segment(("ROLLBACK", [])))
    let answers = try connection.exchange(segments, deadline: deadline)
    let counts = request.counted.indices.map { index in
      ProbeQuery.counted(answers[2 * index], estimate: answers[2 * index + 1])
    }
    let rest = answers[(2 * request.counted.count)...]
    guard let lock = rest.first else { throw LiveFailure(.connection, "\(place) said nothing") }
    return ClosingFacts(
      counts: counts,
      lock: SessionQuery.lock(request.lock, lock),
      activity: ActivityQuery.facts(Array(rest.dropFirst().dropLast())))
  }

  // MARK: - Time

  /// When a part of what is left now will be used up, in milliseconds after the transaction began.
  private func milliseconds(untilShareOf part: Double) -> Int {
    let gone = start.duration(to: .now).components
    let elapsed = Int(gone.seconds) * 1000 + Int(gone.attoseconds / 1_000_000_000_000_000)
    return elapsed + Int(Double(deadline.remainingMilliseconds) * part)
  }

  /// Gives the next statement an equal share of the time that is left by the server's clock.
  private func timeLimit(_ end: Int, for count: Int) -> (sql: String, parameters: [String]) {
    let sql = """
      SELECT set_config('statement_timeout', greatest(2, (\(end) - 1000 * extract(epoch FROM \
      clock_timestamp() - transaction_timestamp())::float8) / \(max(1, count)))::int::text, true)
      """
    return (sql, [])
  }
}

// A session with a database: one read-only snapshot from which all facts are read, in three exchanges.

package import DatabaseFacts
internal import Synchronization

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

  /// The processes of servers that have worked for this program. Its checks do not count each other as being
  /// in the way.
  private static let ownProcesses = Mutex<Set<Int>>([])

  /// A pooler may have given a process to someone else since, who has another name.
  static func isOwn(_ session: LockSession) -> Bool {
    guard let process = session.pid, session.application == Connection.application else {
      return false
    }
    return ownProcesses.withLock { $0.contains(process) }
  }

  /// The longest wait for a lock, in milliseconds: nobody queues up behind this session for longer.
  private static let lockTimeout = 250

  /// What every segment but the first begins with: a refusal before it is over.
  static let again = (sql: "ROLLBACK TO SAVEPOINT probe", parameters: [String]())

  /// A third of the time for each exchange, in milliseconds; a bit less, because the answers are on the
  /// way for a while.
  private var share: Int { max(100, deadline.remainingMilliseconds / 3) }

  package func open(_ request: OpeningRequest) throws(LiveFailure) -> OpeningFacts {
    try open([request])[0]
  }

  package func examine(
    _ request: ExaminationRequest
  ) throws(LiveFailure) -> ExaminationFacts {
    try examine([request])[0]
  }

  package func close(_ request: ClosingRequest) throws(LiveFailure) -> ClosingFacts {
    try close([request])[0]
  }

  // MARK: - Several checks of one database, in the same three exchanges

  /// What several ask together is answered as fully as each would be, or refused: then each asks alone.
  private func requireWhole(
    _ segments: [Segment], _ answers: [Answer], for count: Int
  ) throws(LiveFailure) {
    guard count > 1 else { return }
    for (segment, answer) in zip(segments, answers) {
      switch answer {
      case .failure(let failure) where failure.sqlState == "57014" && !segment.isTried:
        throw LiveFailure(.timeout, "\(place) did not answer all questions within the time limit")
      case .success(let rows) where rows.count > segment.limit ?? .max:
        throw LiveFailure(.timeout, "\(place) has more to answer than fits")
      default: continue
      }
    }
  }

  /// - Parameter requests: all with the same lock.
  package func open(_ requests: [OpeningRequest]) throws(LiveFailure) -> [OpeningFacts] {
    guard let lock = requests.first?.lock else { return [] }
    start = .now
    let left = deadline.remainingMilliseconds
    let settings = """
      SELECT set_config('statement_timeout', '\(share)', true),
             set_config('lock_timeout', '\(Self.lockTimeout)', true),
             set_config('row_security', 'off', true),
             set_config('idle_in_transaction_session_timeout', '\(left + 5000)', true)
      """
    var segments = [
      Segment(
        ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", []), (settings, []),
        ("SAVEPOINT probe", []), (Self.serverQuery, [])),
      Segment(Self.again, SessionQuery.advisory(lock)),
    ]
    let tables = requests.map { VersionTableQuery($0.versionTable) }
    for table in tables {
      segments.append(Segment(Self.again, table.existence))
      segments.append(Segment(Self.again, table.rows))
    }
    let answers = try connection.exchange(segments, deadline: deadline)
    try requireWhole(segments, answers, for: requests.count)
    let server = try self.server(try answers[0].get())
    versionNumber = server.versionNumber
    let sessions = SessionQuery.lock(lock, answers[1])
    var facts: [OpeningFacts] = []
    for (index, table) in tables.enumerated() {
      facts.append(
        OpeningFacts(
          server: server,
          versionTable: try table.facts(answers[2 * index + 2], answers[2 * index + 3]),
          lock: sessions))
    }
    return facts
  }

  private static let serverQuery = """
    SELECT current_setting('server_version_num'), current_setting('server_version'),
           pg_is_in_recovery(), current_database(), current_user,
           pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'),
           current_setting('default_transaction_read_only') = 'on', pg_backend_pid(),
           to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    """

  private func server(_ rows: [[String?]]) throws(LiveFailure) -> ServerFacts {
    guard let row = rows.first, row.count == 9 else {
      throw LiveFailure(.connection, "\(place) did not say what it is")
    }
    if let process = row[7].flatMap({ Int($0) }) {
      _ = Self.ownProcesses.withLock { $0.insert(process) }
    }
    var facts = ServerFacts(
      versionNumber: row[0].flatMap { Int($0) } ?? 0, version: (row[1] ?? "?").cut(to: 100),
      isInRecovery: row[2] == "t", database: (row[3] ?? "?").cut(to: 100),
      user: (row[4] ?? "?").cut(to: 100), host: place)
    facts.seesSessions = row[5] == "t"
    facts.isReadOnlyByDefault = row[6] == "t"
    facts.time = row[8]?.cut(to: 100)
    return facts
  }

  package func examine(
    _ requests: [ExaminationRequest]
  ) throws(LiveFailure) -> [ExaminationFacts] {
    guard !requests.isEmpty else { return [] }
    let schemas = SchemaQuery(requests.map { $0.schema ?? SchemaRequest() })
    let activity = ActivityQuery(requests.map(\.locked))
    let rights = RightsQuery(requests.map(\.rights))
    var segments = schemas.questions(since: versionNumber)
    segments += activity.questions(isFirst: true, since: versionNumber)
    segments += rights.questions
    let first = segments.count
    let end = milliseconds(untilShareOf: 0.6)
    let probes = requests.map { $0.probes.prefix(Self.mostProbes) }
    var others = probes.reduce(0) { $0 + $1.count }
    for query in probes.joined().lazy.map(ProbeQuery.init) {
      let isTried = query.filter != nil
      let limit = timeLimit(end, for: others, most: isTried ? Self.trial : nil)
      var segment = Segment(Self.again, limit, query.existence)
      segment.isTried = isTried
      segments.append(segment)
      others -= 1
    }
    let answers = try connection.exchange(segments, deadline: deadline)
    try requireWhole(segments, answers, for: requests.count)
    var rest = answers[..<first]
    let knownSchemas = schemas.facts(rest.prefix(SchemaQuery.count))
    rest = rest.dropFirst(SchemaQuery.count)
    let knownActivity = activity.facts(rest.prefix(ActivityQuery.count))
    let knownRights = rights.facts(rest.dropFirst(ActivityQuery.count))
    var found = Array(zip(segments[first...], answers[first...]))[...]
    var facts: [ExaminationFacts] = []
    for (index, request) in requests.enumerated() {
      let own = found.prefix(probes[index].count)
      found = found.dropFirst(own.count)
      let late = own.enumerated().filter { $1.0.isTried && $1.1.endedEarly }.map(\.offset)
      var results = zip(probes[index], own).map { ProbeQuery($0).found($1.1) }
      while results.count < request.probes.count {
        results.append(.unknown("there are more than \(Self.mostProbes) questions to the rows"))
      }
      facts.append(
        ExaminationFacts(
          schema: request.schema.map { _ in knownSchemas[index] }, probes: results,
          activity: knownActivity[index], rights: knownRights[index], late: late))
    }
    return facts
  }

  private static let mostProbes = 1000

  /// How long a first row is looked for, in milliseconds, where a pass over the table may settle several
  /// such questions later.
  private static let trial = 100

  /// - Parameter requests: all with the same lock.
  package func close(_ requests: [ClosingRequest]) throws(LiveFailure) -> [ClosingFacts] {
    guard let lock = requests.first?.lock else { return [] }
    var segments: [Segment] = []
    let end = milliseconds(untilShareOf: 0.7)
    let rows = requests.map { RowCounts($0.counted) }
    let passes = rows.map(\.statements)
    var others = passes.reduce(0) { $0 + $1.count }
    for pass in passes.joined() {
      segments.append(Segment(Self.again, timeLimit(end, for: others), pass))
      others -= 1
    }
    let estimates = segments.count
    segments += rows.flatMap(\.estimates).map { Segment(Self.again, $0) }
    let first = segments.count
    let activity = ActivityQuery(requests.map(\.locked))
    segments.append(Segment(Self.again, SessionQuery.newSnapshot, SessionQuery.advisory(lock)))
    segments += activity.questions(isFirst: false)
    segments.append(Segment(("ROLLBACK", [])))
    let answers = try connection.exchange(segments, deadline: deadline)
    try requireWhole(segments, answers, for: requests.count)
    let sessions = SessionQuery.lock(lock, answers[first])
    let knownActivity = activity.facts(answers[(first + 1)...].prefix(ActivityQuery.count))
    var counted = answers[..<estimates]
    var estimated = answers[estimates..<first]
    return requests.indices.map { index in
      let counts = rows[index].results(
        counted.prefix(passes[index].count),
        estimates: estimated.prefix(requests[index].counted.count))
      counted = counted.dropFirst(passes[index].count)
      estimated = estimated.dropFirst(requests[index].counted.count)
      return ClosingFacts(counts: counts, lock: sessions, activity: knownActivity[index])
    }
  }

  // MARK: - Time

  /// When a part of what is left now will be used up, in milliseconds after the transaction began.
  private func milliseconds(untilShareOf part: Double) -> Int {
    let gone = start.duration(to: .now).components
    let elapsed = Int(gone.seconds) * 1000 + Int(gone.attoseconds / 1_000_000_000_000_000)
    return elapsed + Int(Double(deadline.remainingMilliseconds) * part)
  }

  /// Gives the next statement an equal share of the time that is left by the server's clock, which someone
  /// may set meanwhile.
  /// - Parameter most: that it gets at most, in milliseconds.
  private func timeLimit(
    _ end: Int, for count: Int, most: Int? = nil
  ) -> (sql: String, parameters: [String]) {
    let share = """
      greatest(2, least(\(end), \(end) - 1000 * extract(epoch FROM \
      clock_timestamp() - transaction_timestamp())::float8) / \(max(1, count)))
      """
    guard let most else {
      return ("SELECT set_config('statement_timeout', (\(share))::int::text, true)", [])
    }
    // Waiting for a lock has to end first: it tells more.
    return (
      """
      SELECT set_config('statement_timeout', least(\(most), \(share))::int::text, true),
             set_config('lock_timeout', '\(most / 2)', true)
      """, []
    )
  }
}

// Sessions of a server into facts. Nothing of what they run is read.

import DatabaseFacts

enum SessionQuery {
  /// As many sessions are told one by one.
  static let limit = 100

  /// Lets a later question in the same transaction see the sessions as they are then (manual 28.2).
  static let newSnapshot = (sql: "SELECT pg_stat_clear_snapshot()", parameters: [String]())

  /// The columns of a session, from `pg_stat_activity AS a`.
  static let columns = """
    a.application_name, a.usename,
    CASE WHEN a.client_addr IS NOT NULL THEN host(a.client_addr)
         WHEN a.client_port = -1 THEN 'local socket' END,
    to_char(coalesce(a.xact_start, a.query_start, a.backend_start) AT TIME ZONE 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    a.state,
    floor(extract(epoch FROM clock_timestamp() - a.xact_start))::bigint,
    CASE WHEN a.state LIKE 'idle%'
         THEN floor(extract(epoch FROM clock_timestamp() - a.state_change))::bigint END,
    a.backend_type,
    a.backend_type = 'autovacuum worker' AND a.query LIKE '%(to prevent wraparound)'
    """
  private static let columnCount = 9

  /// - Parameter cells: those of `columns`.
  static func session(
    pid: Int?, isGranted: Bool, _ cells: ArraySlice<String?>
  ) -> LockSession {
    var session = LockSession(pid: pid, isGranted: isGranted)
    let cells = Array(cells)
    guard cells.count >= columnCount else { return session }
    session.application = cells[0]?.cut(to: 100)
    session.user = cells[1]
    session.client = cells[2]
    session.since = cells[3]
    session.state = cells[4]
    session.age = cells[5].flatMap { Int($0) }
    session.idle = cells[6].flatMap { Int($0) }
    session.backend = cells[7]
    session.preventsWraparound = cells[8] == "t"
    return session
  }

  static let database =
    "(SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"

  /// Who holds or awaits an advisory lock of this database (manual 54.12, `pg_locks`).
  static func advisory(_ key: AdvisoryLockKey) -> (sql: String, parameters: [String]) {
    let (high, low, kind) = key.catalogKey
    let sql = """
      SELECT l.pid, l.granted, \(columns)
      FROM pg_catalog.pg_locks l
      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.database = \(database)
        AND l.classid = \(high)::bigint::oid AND l.objid = \(low)::bigint::oid
        AND l.objsubid = \(kind) AND l.pid IS DISTINCT FROM pg_backend_pid()
      ORDER BY l.granted DESC, l.pid LIMIT \(limit + 1)
      """
    return (sql, [])
  }

  static let hidden =
    "the role may not see other sessions' applications and states; grant it pg_read_all_stats"

  static func lock(
    _ key: AdvisoryLockKey, _ answer: Answer
  ) -> AdvisoryLockFacts {
    let rows: [[String?]]
    switch answer {
    case .success(let found): rows = found
    case .failure(let failure):
      return AdvisoryLockFacts(
        key: key, sessions: [], gap: nil, unreadable: words(for: failure, "locks of other sessions")
      )
    }
    let sessions = rows.prefix(limit).compactMap { row -> LockSession? in
      guard row.count == 2 + columnCount else { return nil }
      return session(pid: row[0].flatMap { Int($0) }, isGranted: row[1] == "t", row[2...])
    }
    var gaps: [String] = []
    if sessions.contains(where: { $0.pid != nil && $0.state == nil }) { gaps.append(hidden) }
    if rows.count > limit {
      gaps.append("more sessions than these \(limit) hold or await the lock")
    }
    return AdvisoryLockFacts(
      key: key, sessions: sessions, gap: gaps.isEmpty ? nil : gaps.joined(separator: "; "))
  }
}

/// Who else is at work: locks on relations, transactions, replication; asked for several checks at once.
struct ActivityQuery {
  /// How many questions there are.
  static let count = 3
  private static let lockLimit = 1000

  private let relations: [TableName]
  /// The places in `relations` of those that each check asks about.
  private let places: [Set<Int>]

  init(_ requests: [[TableName]]) {
    let relations = unique(requests.joined().map(\.self))
    self.relations = relations
    let numbers = Dictionary(uniqueKeysWithValues: zip(relations, relations.indices))
    places = requests.map { Set($0.compactMap { numbers[$0] }) }
  }

  /// - Parameters:
  ///   - isFirst: whether replication is asked for, too.
  ///   - version: of the server.
  func questions(isFirst: Bool, since version: Int = 0) -> [Segment] {
    let names = [relations.map(\.schema), relations.map(\.name)].map(arrayLiteral)
    let again = LiveDatabase.again
    return [
      Segment(again, (Self.locks, names), limit: Self.lockLimit),
      Segment(again, (Self.transactions, [])),
      Segment(
        again, isFirst ? (Self.replication(since: version), names) : ("SELECT 1 LIMIT 0", [])),
    ]
  }

  private static let wanted = """
    unnest($1::text[], $2::text[]) WITH ORDINALITY AS w(schema, name, place)
    JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
    """

  /// A prepared transaction has no process; the lock on its own identifier tells which one it is.
  private static let locks = """
    WITH held AS (SELECT * FROM pg_catalog.pg_locks)
    SELECT n.nspname, c.relname, l.mode, l.virtualtransaction, l.pid, l.granted, p.gid,
           coalesce(p.owner, a.usename), \(SessionQuery.columns),
           to_char(p.prepared AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), w.place
    FROM \(wanted)
    JOIN held l ON l.locktype = 'relation' AND l.relation = c.oid
      AND l.database IN (0, \(SessionQuery.database))
    LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
    LEFT JOIN held x ON l.pid IS NULL AND x.pid IS NULL AND x.locktype = 'transactionid'
      AND x.virtualtransaction = l.virtualtransaction
    LEFT JOIN pg_catalog.pg_prepared_xacts p ON p.transaction = x.transactionid
    WHERE l.pid IS DISTINCT FROM pg_backend_pid()
    ORDER BY 1, 2, l.granted DESC, l.pid, 3 LIMIT \(lockLimit + 1)
    """

  private static let transactions = """
    SELECT a.pid, NULL, NULL, NULL, \(SessionQuery.columns)
    FROM pg_catalog.pg_stat_activity a
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
      AND NOT a.xact_start BETWEEN clock_timestamp() - interval '1 s' AND clock_timestamp()
      AND a.backend_type = 'client backend'
    UNION ALL
    SELECT NULL, p.gid, p.owner::text, to_char(p.prepared AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           NULL, NULL, NULL, NULL, NULL, floor(extract(epoch FROM clock_timestamp() - p.prepared))::bigint,
           NULL, NULL, false
    FROM pg_catalog.pg_prepared_xacts p WHERE p.database = current_database()
    ORDER BY 10 DESC LIMIT \(SessionQuery.limit)
    """

  private static func replication(since version: Int) -> String {
    let ofSchema =
      version >= 150_000
      ? """
      OR EXISTS (
        SELECT FROM pg_catalog.pg_publication_namespace r WHERE r.pnpubid = p.oid AND r.pnnspid = n.oid)
      """ : ""
    return """
      SELECT 'publication', n.nspname || '.' || c.relname || ': ' || p.pubname, w.place
      FROM \(wanted)
      JOIN pg_catalog.pg_publication p ON p.puballtables OR EXISTS (
        SELECT FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = c.oid) \(ofSchema)
      WHERE c.relkind IN ('r', 'p')
      UNION ALL
      SELECT 'slot', slot_name::text, 0 FROM pg_catalog.pg_replication_slots WHERE NOT active
      ORDER BY 1, 2 LIMIT 100
      """
  }

  /// The facts for each check.
  func facts(_ answers: ArraySlice<Answer>) -> [Known<ActivityFacts>] {
    let answers = Array(answers)
    guard answers.count == Self.count else {
      return places.map { _ in .unknown("other sessions were not asked for") }
    }
    let (locks, transactions): ([[String?]], [[String?]])
    switch (answers[0], answers[1]) {
    case (.success(let first), .success(let second)): (locks, transactions) = (first, second)
    case (.failure(let failure), _):
      return places.map { _ in .unknown(words(for: failure, "locks of other sessions")) }
    case (_, .failure(let failure)):
      return places.map { _ in .unknown(words(for: failure, "transactions of others")) }
    }
    // What is about replication decides nothing.
    let replication = (try? answers[2].get()) ?? []
    let sessions = transactions.compactMap(Self.transaction).filter { !LiveDatabase.isOwn($0) }
    return places.map { places in
      func concerns(_ row: [String?]) -> Bool {
        row.last.flatMap(\.self).flatMap { Int($0) }.map { places.contains($0 - 1) } ?? false
      }
      var facts = ActivityFacts()
      facts.transactions = sessions
      facts.locks = locks.prefix(Self.lockLimit).filter(concerns).compactMap(Self.lock)
        .filter { !LiveDatabase.isOwn($0.session) }
      if locks.count > Self.lockLimit {
        facts.gap = "more than \(Self.lockLimit) locks are on these tables"
      }
      for row in replication where row.count == 3 {
        if row[0] == "slot" { facts.idleSlots.append(row[1] ?? "") }
        if row[0] == "publication", concerns(row) { facts.publications.append(row[1] ?? "") }
      }
      if facts.locks.contains(where: { $0.session.pid != nil && $0.session.state == nil }) {
        facts.gap = SessionQuery.hidden
      }
      return .known(facts)
    }
  }

  private static func transaction(_ row: [String?]) -> LockSession? {
    guard row.count == 13 else { return nil }
    var session = SessionQuery.session(
      pid: row[0].flatMap { Int($0) }, isGranted: true, row[4...])
    session.prepared = row[1]
    if row[1] != nil { (session.user, session.since) = (row[2], row[3]) }
    return session
  }

  private static func lock(_ row: [String?]) -> RelationLock? {
    guard row.count == 19, let schema = row[0], let name = row[1], let mode = row[2] else {
      return nil
    }
    var session = SessionQuery.session(
      pid: row[4].flatMap { Int($0) }, isGranted: row[5] == "t", row[8...])
    session.user = row[7]
    session.prepared = row[6]
    if row[6] != nil { session.since = row[17] }
    return RelationLock(
      relation: TableName(schema: schema, name: name), mode: mode, transaction: row[3] ?? "",
      session: session)
  }
}

/// Why the catalogs did not tell.
func words(for failure: LiveFailure, _ what: String) -> String {
  switch failure.sqlState {
  case "42501": "the role may not read \(what) (\(failure.message))"
  case "57014": "reading \(what) took longer than the time limit"
  case "55P03": "another session holds an exclusive lock on \(what)"
  case let state?: "\(failure.message) (\(state))"
  case nil: failure.message
  }
}

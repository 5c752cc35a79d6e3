// Who is at work in a database, and what a role may do there.

/// A session, or a prepared transaction, which has no session. Nil is what the role may not see, or what
/// there is none of. Nothing of what a session runs is kept: a query may hold anybody's data.
package struct LockSession: Sendable, Hashable, Codable {
  /// Nil of a prepared transaction.
  package var pid: Int?
  package var application: String?
  package var user: String?
  package var client: String?
  /// When its transaction, else its last query, else the session began; UTC, ISO 8601.
  package var since: String?
  package var state: String?
  package var isGranted: Bool
  /// How long ago its transaction began, in seconds by the server's clock.
  package var age: Int?
  /// For how long it has done nothing, in seconds.
  package var idle: Int?
  /// `client backend`, `autovacuum worker`, …
  package var backend: String?
  /// An autovacuum worker that does not give way.
  package var preventsWraparound: Bool
  /// The identifier of a prepared transaction.
  package var prepared: String?

  package init(pid: Int?, isGranted: Bool = true) {
    self.pid = pid
    self.isGranted = isGranted
    preventsWraparound = false
  }
}

/// A lock that a session has or awaits on a relation (manual 54.12, `pg_locks`).
package struct RelationLock: Sendable, Hashable, Codable {
  package var relation: TableName
  /// As `pg_locks.mode` has it.
  package var mode: String
  /// `pg_locks.virtualtransaction`: the same transaction as long as it is the same.
  package var transaction: String
  /// Whether it has the lock is in the session.
  package var session: LockSession

  package init(relation: TableName, mode: String, transaction: String, session: LockSession) {
    self.relation = relation
    self.mode = mode
    self.transaction = transaction
    self.session = session
  }
}

package struct ActivityFacts: Sendable, Hashable, Codable {
  /// On the relations that were asked for, by relation.
  package var locks: [RelationLock] = []
  /// Transactions of this database that are older than a second, oldest first; prepared ones too.
  package var transactions: [LockSession] = []
  /// Replication slots that are not read: the server keeps its log for them.
  package var idleSlots: [String] = []
  /// Publications that the relations are in, each as `relation: publication`.
  package var publications: [String] = []
  /// What the role may not see; nil if it sees everything.
  package var gap: String?

  package init() {}
}

/// What the role that runs a downgrade must be allowed.
package struct RightsRequest: Sendable, Hashable, Codable {
  /// Nil for the role that asks.
  package var role: String?
  package var versionTable: TableName
  /// What is changed or removed: only an owner may.
  package var relations: [TableName] = []
  package var types: [TableName] = []
  package var routines: [TableName] = []
  /// Schemas in which something is created.
  package var schemas: [String] = []
  /// Tables whose rows are changed.
  package var written: [TableName] = []

  package init(versionTable: TableName) { self.versionTable = versionTable }
}

package struct RightsFacts: Sendable, Hashable, Codable {
  /// The role that was asked about.
  package var role: String
  /// One line each: `table t belongs to postgres`.
  package var missing: [String]

  package init(role: String, missing: [String]) {
    self.role = role
    self.missing = missing
  }
}

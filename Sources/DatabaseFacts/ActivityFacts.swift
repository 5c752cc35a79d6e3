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
  package var demands: [Demand] = []
  /// The characters of the longest identifier that goes into the version table.
  package var longestIdentifier = 0

  package init(versionTable: TableName) { self.versionTable = versionTable }

  /// What else a statement needs.
  package struct Demand: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
      /// A schema is dropped or renamed, or others get rights on it.
      case schema
      /// A trigger calls a function.
      case call
      /// A foreign key refers to a table.
      case refer
      /// Rows of a table are changed.
      case rows
      /// A column has a type.
      case type
      /// An object is given to a role.
      case role
      /// A role is named.
      case presence
      /// A function is written in a language.
      case language
      /// An extension is made.
      case `extension`
      /// All triggers of a table are switched on or off.
      case triggers
    }
    package var kind: Kind
    /// Without a schema where there is none.
    package var name: TableName

    package init(_ kind: Kind, _ name: TableName) {
      self.kind = kind
      self.name = name
    }
  }
}

package struct RightsFacts: Sendable, Hashable, Codable {
  /// The role that was asked about.
  package var role: String
  /// One line each: `table t belongs to postgres`.
  package var missing: [String]
  /// What may keep the version table from taking another revision, one line each.
  package var versionObstacles: [String]
  /// The roles that are named and not there; nil in facts that were saved by a program that did not ask.
  package var absentRoles: [String]?

  package init(
    role: String, missing: [String], versionObstacles: [String] = [], absentRoles: [String]? = nil
  ) {
    self.role = role
    self.missing = missing
    self.versionObstacles = versionObstacles
    self.absentRoles = absentRoles
  }
}

// Locks that a downgrade needs against those that others have: who would make it wait.

package import DatabaseFacts
package import PostgresSyntax
package import SafetyRules
package import SchemaModel

/// The locks that a downgrade takes, by the names that relations have in the database now.
package struct NeededLocks: Sendable {
  /// The strongest on each.
  package private(set) var modes: [TableName: LockMode] = [:]
  /// Whether a statement waits until every older transaction of the database is over (manual, CREATE INDEX,
  /// "Building Indexes Concurrently").
  package private(set) var awaitsTransactions = false
  private let versionTable: TableName

  /// - Parameter current: the catalog that the history predicts for the database as it is.
  package init(_ trip: RoundTrip, current: Catalog, versionTable: TableName) {
    self.versionTable = TableName(schema: versionTable.schema ?? "public", name: versionTable.name)
    for statement in trip.downgrades.flatMap(\.statements) {
      for lock in statement.outcome.locks where !lock.isNew {
        let name = current.table(id: lock.relation.id)?.name ?? lock.relation.name
        guard current.relations[name] != nil else { continue }
        note(lock.mode, on: name)
      }
      // Whoever uses an index has a lock on its table, and is met there by what locks the table as much.
      let strongest = statement.outcome.locks.map(\.mode).max() ?? .accessShare
      for lock in statement.outcome.indexLocks where !lock.isNew && lock.mode > strongest {
        let isThere = current.index(lock.name)?.index.id == lock.id
        if let name = isThere ? lock.name : current.indexName(id: lock.id) {
          note(lock.mode, on: name)
        }
      }
      for effect in statement.outcome.effects {
        switch effect {
        case .indexCreated(_, _, concurrently: true), .indexDropped(_, _, _, concurrently: true),
          .partitionDetached(_, _, concurrently: true):
          awaitsTransactions = true
        default: break
        }
      }
    }
    // Its row is updated: whoever has changed it, and has not committed, is in the way.
    if !modes.isEmpty { modes[self.versionTable] = .shareRowExclusive }
  }

  private mutating func note(_ mode: LockMode, on name: QualifiedName) {
    let relation = TableName(name)
    modes[relation] = max(modes[relation] ?? mode, mode)
  }

  /// Where the way is not known: every downgrade changes the version table.
  package init(versionTable: TableName) {
    self.versionTable = TableName(schema: versionTable.schema ?? "public", name: versionTable.name)
    modes[self.versionTable] = .shareRowExclusive
  }

  package var relations: [TableName] {
    modes.keys.sorted { ($0.schema ?? "", $0.name) < ($1.schema ?? "", $1.name) }
  }

  /// Who is in the way, each once, and what is not known of that.
  package func blockers(_ activity: ActivityFacts) -> [Blocker] {
    var blockers: [Blocker] = []
    for lock in activity.locks {
      guard let needed = modes[lock.relation], let mode = LockMode(catalogName: lock.mode),
        mode.conflicts(with: needed)
      else { continue }
      let blocker = Blocker(lock.session, relation: lock.relation, mode: lock.mode)
      if !blocker.isOver, !blockers.contains(where: { $0.isSame(as: blocker) }) {
        blockers.append(blocker)
      }
    }
    if awaitsTransactions {
      for session in activity.transactions {
        let blocker = Blocker(session, relation: nil, mode: nil)
        if !blockers.contains(where: { $0.isSame(as: blocker) }) { blockers.append(blocker) }
      }
    }
    return blockers
  }
}

/// A session or prepared transaction that a downgrade would wait for.
package struct Blocker: Sendable, Hashable {
  package var session: LockSession
  /// Nil where it is waited for because it is an older transaction.
  package var relation: TableName?
  /// As `pg_locks.mode` has it.
  package var mode: String?

  init(_ session: LockSession, relation: TableName?, mode: String?) {
    self.session = session
    self.relation = relation
    self.mode = mode
  }

  /// In seconds: what is shorter passes by itself.
  private static let patience = 1

  /// Transactions come and go on a table in use; only what lasts is in the way. Autovacuum gives way unless
  /// it prevents wraparound (manual 25.1.6). One that began in the future began before the clock was set back.
  fileprivate var isOver: Bool {
    if session.prepared != nil { return false }
    if session.backend == "autovacuum worker" { return !session.preventsWraparound }
    guard let age = session.age, age >= 0 else { return false }
    return age < Self.patience
  }

  /// Whether it is not known how long its transaction lasts.
  package var isUncertain: Bool { session.prepared == nil && session.age == nil }

  fileprivate func isSame(as other: Blocker) -> Bool {
    session.pid == other.session.pid && session.prepared == other.session.prepared
  }

  package var words: String {
    guard let relation, let mode else {
      return "CONCURRENTLY waits for every older transaction, such as that of \(session.words)"
    }
    let name = displayed(QualifiedName(schema: relation.schema, relation.name))
    return "\(mode) on \(name) is \(session.isGranted ? "held" : "awaited") by \(session.words)"
  }
}

extension LockMode {
  init?(catalogName: String) {
    guard let mode = Self.allCases.first(where: { $0.catalogName == catalogName }) else {
      return nil
    }
    self = mode
  }
}

extension LockSession {
  package var words: String {
    if let prepared {
      let owner = user.map { " of \($0)" } ?? ""
      return "prepared transaction \(prepared)\(owner), since \(since ?? "?")\(ago)"
    }
    var parts = [pid.map { "pid \($0)" } ?? "a session"]
    if let application, !application.isEmpty { parts.append("application \(application)") }
    if let user { parts.append("user \(user)") }
    if let client { parts.append("from \(client)") }
    if let since { parts.append("since \(since)\(ago)") }
    if preventsWraparound {
      parts.append("autovacuum to prevent wraparound, which does not give way")
    } else if let state {
      parts.append(idle.map { "\(state) for \(duration($0))" } ?? state)
    }
    return parts.joined(separator: ", ")
  }

  /// By the server's clock, so that nobody has to compare it with another one.
  private var ago: String {
    guard let age else { return "" }
    return age < 0 ? " by a clock that was set back since" : " (\(duration(age)) ago)"
  }

  /// What makes it look as if nobody is at work in it any more; nil where nothing does.
  package var staleness: String? {
    if prepared != nil {
      return "a prepared transaction stays, also over a restart, until someone ends it"
    }
    guard let state, state.hasPrefix("idle"), let idle, idle >= 60 else { return nil }
    return
      "it has done nothing for \(duration(idle)): perhaps a pooled connection that kept the lock, or what "
      + "is left of a deployment that ended"
  }
}

/// Seconds, minutes or hours, for a person.
private func duration(_ seconds: Int) -> String {
  switch seconds {
  case ..<120: "\(max(0, seconds)) s"
  case ..<7200: "\(seconds / 60) min"
  default: "\(seconds / 3600) h"
  }
}

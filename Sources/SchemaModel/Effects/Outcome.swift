// Everything that is known of one statement, and what it is applied with.

package import PostgresSyntax

/// What a statement's effect depends on beside the catalog.
package struct ApplyContext: Sendable {
  /// The step, by an ordinal that grows in the order of execution.
  package var origin: Origin
  /// Whether the statement runs inside a transaction block; false in `autocommit_block()`.
  package var isInTransaction: Bool
  /// Whether BEGIN began that block: several statements sent in one text share a transaction that has no
  /// savepoints.
  package var isInBlock: Bool
  /// The transaction, by a number that differs from that of any other.
  package var transaction: Int
  /// PostgreSQL's major version, 11 to 18.
  package var serverVersion: Int
  /// Whether TimeZone is UTC, on which the rewrite by `timestamp` ↔ `timestamptz` depends.
  package var timeZoneIsUTC: Bool
  /// What the step may still cost; nil: as much as it takes.
  package var allowance: Allowance?

  package init(
    origin: Origin, isInTransaction: Bool = true, isInBlock: Bool? = nil, transaction: Int = 0,
    serverVersion: Int = 15, timeZoneIsUTC: Bool = false, allowance: Allowance? = nil
  ) {
    self.origin = origin
    self.isInTransaction = isInTransaction
    self.isInBlock = isInBlock ?? isInTransaction
    self.transaction = transaction
    self.serverVersion = serverVersion
    self.timeZoneIsUTC = timeZoneIsUTC
    self.allowance = allowance
  }
}

package struct StatementOutcome: Sendable {
  /// In the order of happening; what goes along comes before what takes it along.
  package internal(set) var effects: [Effect] = []
  /// The strongest lock on each relation, tables and views; not on indexes.
  package internal(set) var locks: [TableLock] = []
  /// On the indexes that the statement names, and on those that it drops or builds anew with them; not on those
  /// that queries read, and that go with a table that is locked as much.
  package internal(set) var indexLocks: [IndexLock] = []
  package internal(set) var rewrites: [TableRewrite] = []
  package internal(set) var scans: [TableScan] = []
  package internal(set) var indexRebuilds: [IndexRebuild] = []
  package var failures: [Failure] = []
  /// What stands against answers that rest on the outcome.
  package var doubts: [Doubt] = []
  package internal(set) var codeBreaks: [CodeBreak] = []
  /// What had to be taken as given, because the history does not create it.
  package internal(set) var assumptions: [Assumption] = []

  package init() {}

  /// Whether the statement fails whatever the data is. The catalog is then as before it.
  package var failsForCertain: Bool { failures.contains { $0.certainty == .certain } }

  /// Whether what the statement does is known.
  package var isUnderstood: Bool {
    !effects.contains { if case .notUnderstood = $0 { true } else { false } }
  }
}

package struct TableLock: Sendable, Hashable {
  package var relation: TableReference
  package var mode: LockMode
  /// Created by the same step: nobody else can wait for it.
  package var isNew: Bool
}

/// A query holds ACCESS SHARE on the indexes of each table that it reads, whichever it uses.
package struct IndexLock: Sendable, Hashable {
  package var id: ObjectID
  package var name: QualifiedName
  package var mode: LockMode
  /// Created by the same step.
  package var isNew: Bool
}

package struct TableRewrite: Sendable, Hashable {
  package var table: TableReference
  package var cause: Cause
  package var isNew: Bool

  package enum Cause: Sendable, Hashable {
    /// A default that is computed for each row.
    case columnDefault(column: String)
    /// Also serial columns.
    case identity(column: String)
    case generated(column: String)
    case typeChange(column: String)
    case persistence
    case tablespace
    case accessMethod
    case cluster
    case vacuumFull
    case truncate
    case refresh
  }
}

/// An index that was there before, and is built anew: with its table, or alone.
package struct IndexRebuild: Sendable, Hashable {
  package var table: TableReference
  package var index: String
  package var isNew: Bool
}

package struct TableScan: Sendable, Hashable {
  package var table: TableReference
  package var cause: Cause
  package var isNew: Bool

  package enum Cause: Sendable, Hashable {
    case notNull(column: String)
    case check(constraint: String)
    case foreignKey(constraint: String)
    case index(name: String)
    case partitionBound
    case domain(QualifiedName)
    case validate(constraint: String)
    /// A view's or table's query, UPDATE, DELETE.
    case query
  }
}

/// What a statement takes as given of objects that the history did not create.
package enum Assumption: Sendable, Hashable {
  case table(QualifiedName)
  case column(table: QualifiedName, column: String)
  case constraint(table: QualifiedName, name: String)
  case index(table: QualifiedName?, name: String)
  case relation(QualifiedName)
  case type(QualifiedName)
  case schema(String)
  case object(ObjectKind, QualifiedName)
}

/// What an operation says of a column beyond its SQL.
package struct ColumnNote: Sendable {
  package var table: QualifiedName
  package var column: String
  package var type: TypeName?
  package var isNullable: Bool?
  /// Outer nil: nothing is said.
  package var `default`: SQLExpression??

  package init(
    table: QualifiedName, column: String, type: TypeName? = nil, isNullable: Bool? = nil,
    default defaultValue: SQLExpression?? = nil
  ) {
    self.table = table
    self.column = column
    self.type = type
    self.isNullable = isNullable
    self.default = defaultValue
  }
}

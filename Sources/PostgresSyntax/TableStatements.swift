// CREATE TABLE, ALTER TABLE and CREATE INDEX as values.

package struct CreateTable: Hashable, Sendable {
  package var name: QualifiedName
  package var persistence = Persistence.permanent
  package var ifNotExists = false
  /// In the order written, which is the order of the columns.
  package var elements: [Element] = []
  package var inherits: [QualifiedName] = []
  package var partitionBy: PartitionKey?
  package var partitionOf: PartitionOf?
  /// `OF type`.
  package var ofType: QualifiedName?
  /// The server of a foreign table.
  package var server: String?
  package var options: [Option] = []
  package var tablespace: String?
  /// `USING method`.
  package var accessMethod: String?
  package var onCommit: OnCommit?

  package enum OnCommit: String, Hashable, Sendable {
    case preserveRows = "preserve rows"
    case deleteRows = "delete rows"
    case drop
  }

  package enum Element: Hashable, Sendable {
    case column(ColumnDefinition)
    case constraint(TableConstraint)
    case like(TableLike)
  }

  package struct PartitionOf: Hashable, Sendable {
    package var parent: QualifiedName
    package var bound: PartitionBound
  }

  package var columns: [ColumnDefinition] {
    elements.compactMap { if case .column(let column) = $0 { column } else { nil } }
  }

  /// The constraints written beside the columns; those at a column are in its definition.
  package var constraints: [TableConstraint] {
    elements.compactMap { if case .constraint(let constraint) = $0 { constraint } else { nil } }
  }
}

/// `LIKE table INCLUDING …`.
package struct TableLike: Hashable, Sendable {
  package var table: QualifiedName
  package var including: Set<Part>

  package enum Part: String, Hashable, Sendable, CaseIterable {
    case comments
    case compression
    case constraints
    case defaults
    case generated
    case identity
    case indexes
    case statistics
    case storage
  }
}

/// `CREATE TABLE … AS query`, `SELECT … INTO` and `CREATE MATERIALIZED VIEW`.
package struct CreateTableAs: Hashable, Sendable {
  package var name: QualifiedName
  package var persistence = Persistence.permanent
  package var ifNotExists = false
  package var columnNames: [String] = []
  /// The SELECT, VALUES or TABLE; empty of facts for `AS EXECUTE`, which names `prepared`.
  package var query: Query
  package var prepared: String?
  package var withData = true
  package var options: [Option] = []
  package var onCommit: CreateTable.OnCommit?
  package var tablespace: String?
}

package struct AlterTable: Hashable, Sendable {
  /// `table`, `view`, `materializedView`, `index`, `sequence`, `foreignTable`, or `type` for the
  /// attributes of a composite type.
  package var kind: ObjectKind
  package var name: QualifiedName
  package var ifExists: Bool
  /// `ONLY`: descendants are not changed.
  package var only: Bool
  package var commands: [AlterTableCommand]
}

/// One subcommand of ALTER TABLE (PostgreSQL 15).
package enum AlterTableCommand: Hashable, Sendable {
  case addColumn(ColumnDefinition, ifNotExists: Bool)
  case dropColumn(String, ifExists: Bool, cascade: Bool)
  case setDefault(column: String, SQLExpression)
  case dropDefault(column: String)
  case setNotNull(column: String)
  case dropNotNull(column: String)
  case setType(column: String, TypeName, using: SQLExpression?, collation: QualifiedName?)
  case dropExpression(column: String, ifExists: Bool)
  case setStatistics(column: String, Int64)
  case setColumnOptions(column: String, [Option])
  case resetColumnOptions(column: String, [String])
  case setStorage(column: String, String)
  case setCompression(column: String, String)
  case addIdentity(column: String, Identity)
  case setIdentity(column: String, isAlways: Bool?, SequenceOptions)
  case dropIdentity(column: String, ifExists: Bool)
  case addConstraint(TableConstraint)
  case alterConstraint(String, isDeferrable: Bool, isInitiallyDeferred: Bool)
  case validateConstraint(String)
  case dropConstraint(String, ifExists: Bool, cascade: Bool)
  case setOwner(String)
  case clusterOn(index: String)
  case setWithoutCluster
  case setLogged
  case setUnlogged
  case setAccessMethod(String)
  case setTablespace(String)
  case setOptions([Option])
  case resetOptions([String])
  /// The trigger's name, or nil for USER.
  case setTrigger(String?, FiringState)
  /// ALL: those too by which foreign keys are enforced.
  case setAllTriggers(FiringState)
  case setRule(String, FiringState)
  case inherit(QualifiedName)
  case noInherit(QualifiedName)
  case ofType(QualifiedName)
  case notOf
  case replicaIdentity(ReplicaIdentity)
  case rowSecurity(RowSecurity)
  case attachPartition(QualifiedName, PartitionBound?)
  case detachPartition(QualifiedName, concurrently: Bool)
  case detachPartitionFinalize(QualifiedName)
  /// A subcommand that is not understood, by its name in PostgreSQL's source.
  case other(String)
}

package enum FiringState: String, Hashable, Sendable {
  case disabled
  case enabled
  case replica
  case always
}

package enum ReplicaIdentity: Hashable, Sendable {
  case `default`
  case full
  case nothing
  case index(String)
}

package enum RowSecurity: String, Hashable, Sendable {
  case enable
  case disable
  case force
  case noForce
}

package struct CreateIndex: Hashable, Sendable {
  /// Nil where PostgreSQL chooses the name.
  package var name: String?
  package var table: QualifiedName
  package var isUnique = false
  package var concurrently = false
  package var ifNotExists = false
  /// `ON ONLY`: the partitions get no index.
  package var only = false
  /// `btree` where none is written.
  package var method = "btree"
  package var elements: [IndexElement]
  package var including: [String] = []
  package var predicate: SQLExpression?
  package var nullsNotDistinct = false
  package var options: [Option] = []
  package var tablespace: String?
}

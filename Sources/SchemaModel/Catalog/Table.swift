// A table with its columns, constraints, indexes and what else belongs to it.

package import PostgresSyntax

package struct Table: Sendable, Hashable {
  package var id: ObjectID
  package var name: QualifiedName
  package var origin: Origin?
  /// Whether every column, constraint and index is known: false for a table that the history names
  /// but did not create, and after something opaque may have changed it.
  package var isComplete: Bool
  /// What the running step did to the rows.
  var rows: Rows
  package var kind: Kind
  package var persistence: Persistence
  /// In the order of `attnum`.
  package var columns: [Column]
  /// How many columns were dropped: they count where PostgreSQL limits the number of columns.
  var droppedColumns: Int
  package var constraints: [Constraint]
  package var indexes: [Index]
  package var triggers: [Trigger]
  package var policies: [Policy]
  package var rules: [CreateRule]
  package var inherits: [QualifiedName]
  package var partitionOf: PartitionPlace?
  package var comment: String?
  package var settings: TableSettings

  package enum Kind: Sendable, Hashable {
    case ordinary
    case partitioned(PartitionKey)
    case foreign(server: String)
  }

  package struct PartitionPlace: Sendable, Hashable {
    package var parent: QualifiedName
    package var bound: PartitionBound?
  }

  /// What a step itself did to a table's rows: known only within that step.
  struct Rows: Sendable, Hashable {
    var origin: Origin?
    /// Rows were put into it.
    var areAdded = false
    /// All rows were taken away, and none were added since.
    var areGone = false
    /// Rows were added, changed or taken away, so that what a live database says of them before the
    /// step is not what a later statement meets.
    var areChanged = false
    /// Columns that a sequence numbers may have been given values.
    var areNumbersGiven = false
  }

  package init(id: ObjectID, name: QualifiedName, origin: Origin?, isComplete: Bool) {
    self.id = id
    self.name = name
    self.origin = origin
    self.isComplete = isComplete
    self.rows = Rows()
    self.kind = .ordinary
    self.persistence = .permanent
    self.columns = []
    self.droppedColumns = 0
    self.constraints = []
    self.indexes = []
    self.triggers = []
    self.policies = []
    self.rules = []
    self.inherits = []
    self.partitionOf = nil
    self.comment = nil
    self.settings = TableSettings()
  }

  package func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The column of each name.
  func columns(named names: [String]) -> [Column?] {
    if names.count < 8 { return names.map(column) }
    let places = Dictionary(
      columns.indices.map { (columns[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    return names.map { name in places[name].map { columns[$0] } }
  }

  package func constraint(_ name: String) -> Constraint? {
    constraints.first { $0.name == name }
  }

  package func index(_ name: String) -> Index? { indexes.first { $0.name == name } }

  package var primaryKey: Constraint? { constraints.first(where: \.isPrimaryKey) }

  var partitionKey: PartitionKey? { if case .partitioned(let key) = kind { key } else { nil } }

  package var isPartitioned: Bool { if case .partitioned = kind { true } else { false } }

  /// What names an index that is gone. Without its index a replica identity is none, until it is set again
  /// (manual, ALTER TABLE).
  mutating func forgetIndex(_ name: String) {
    if settings.clusteredOn == name { settings.clusteredOn = nil }
    if settings.replicaIdentity == .index(name) { settings.replicaIdentity = .index("") }
  }

  mutating func renameIndex(_ name: String, to new: String) {
    if settings.clusteredOn == name { settings.clusteredOn = new }
    if settings.replicaIdentity == .index(name) { settings.replicaIdentity = .index(new) }
  }

  package var reference: TableReference {
    TableReference(id: id, name: name, origin: origin, isComplete: isComplete)
  }
}

/// What effects and probes say of a table: enough to find it again, whatever it is called then.
package struct TableReference: Sendable, Hashable {
  /// 0 where the table is not in the catalog.
  package var id: ObjectID
  package var name: QualifiedName
  package var origin: Origin?
  package var isComplete: Bool
}

/// The rarer properties of a table.
package struct TableSettings: Sendable, Hashable {
  package var rowSecurity = false
  package var forcesRowSecurity = false
  package var owner: String?
  package var tablespace: String?
  package var accessMethod: String?
  package var options: [String: String] = [:]
  package var replicaIdentity = ReplicaIdentity.default
  package var clusteredOn: String?
  package var ofType: QualifiedName?
  /// `privilege TO role`, and the same once more with `WITH GRANT OPTION`, in order.
  package var grants: [String] = []
  /// Comments of rules and policies.
  package var partComments: [ObjectKey: String] = [:]
  /// Of rules that are not simply on.
  package var ruleStates: [String: FiringState] = [:]
  /// Whether the triggers that enforce foreign keys fire, which DISABLE TRIGGER ALL switches off too.
  package var foreignKeyTriggers = FiringState.enabled
  /// Temporary, and only for its transaction.
  package var isDroppedOnCommit = false
}

/// An index, under its own name in the schema of its table.
package struct Index: Sendable, Hashable {
  package var id: ObjectID
  package var name: String
  package var isUnique: Bool
  package var method: String
  package var elements: [IndexElement]
  /// The names of its columns as they were when it was built, which names of copies are made of.
  package var columnNames: [String]
  package var including: [String]
  package var predicate: SQLExpression?
  package var nullsNotDistinct: Bool
  package var options: [Option]
  package var tablespace: String?
  /// The constraint that the index belongs to.
  package var constraint: String?
  /// The index of the partitioned table that this one is a part of.
  package var parent: QualifiedName?
  package var comment: String?
  package var origin: Origin?
  /// False where the history names the index but did not create it.
  package var isKnown: Bool

  /// The columns that the index is computed from, those of its condition too.
  package var columns: [String] {
    elements.flatMap(\.columns) + including
      + (predicate?.columns.compactMap(\.column) ?? [])
  }
}

package struct Trigger: Sendable, Hashable {
  package var definition: CreateTrigger
  /// With its schema.
  package var function: QualifiedName
  package var state: FiringState
  package var comment: String?
  package var origin: Origin?

  package var name: String { definition.name }
}

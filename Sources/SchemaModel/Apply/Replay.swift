// The state in which one statement is applied: the catalog as it becomes, and what is found out.

import HashTreeCollections
import PostgresSyntax

/// Thrown where a statement fails for certain; the failure itself is already in the outcome.
struct Refused: Error {}

struct Replay {
  var catalog: Catalog
  let context: ApplyContext
  var outcome = StatementOutcome()
  /// The objects that the statement drops by name: they do not block each other.
  var dropping: Set<QualifiedName> = []
  /// The statement is refused because it cannot be followed, not because it fails.
  var hasGivenUp = false
  /// How deep objects take others along; bounded, as the dependencies come from the input.
  var depth = 0

  /// Where the lock of a relation stands in the outcome, and which scans and rewrites are in it.
  private var lockPlaces: [QualifiedName: Int] = [:]
  private var scans: Set<TableScan> = []
  private var rewrites: Set<TableRewrite> = []
  private var undo: Undo

  /// Takes the catalog out of its place, which is empty until it is put back.
  init(taking catalog: inout Catalog, context: ApplyContext) {
    self.catalog = catalog
    self.context = context
    catalog.relations = Relations()
    catalog.users = [:]
    catalog.constraintNames = [:]
    self.undo = Undo(rest: catalog)
  }

  mutating func newID() -> ObjectID {
    catalog.lastID &+= 1
    return catalog.lastID
  }

  mutating func effect(_ effect: Effect) {
    outcome.effects.append(effect)
  }

  mutating func doubt(_ answers: Doubt.Answers, _ reason: Doubt.Reason) {
    let doubt = Doubt(answers, reason)
    if !outcome.doubts.contains(doubt) { outcome.doubts.append(doubt) }
    // What is made again in its place does not have what was changed.
    if case .notCompared(_, let name) = reason { catalog.uncompared.insert(name) }
  }

  mutating func breaks(_ codeBreak: CodeBreak) {
    outcome.codeBreaks.append(codeBreak)
  }

  // MARK: Failures

  mutating func fail(_ sqlState: String, _ reason: FailureReason) throws(Refused) {
    outcome.failures.append(Failure(sqlState: sqlState, reason: reason, certainty: .certain))
    throw Refused()
  }

  /// Fails for certain if what it rests on is known for certain, else possibly.
  mutating func fail(
    _ sqlState: String, _ reason: FailureReason, ifCertain isCertain: Bool
  ) throws(Refused) {
    if isCertain { try fail(sqlState, reason) }
    mayFail(sqlState, reason)
  }

  mutating func mayFail(_ sqlState: String, _ reason: FailureReason) {
    outcome.failures.append(Failure(sqlState: sqlState, reason: reason, certainty: .uncertain))
  }

  mutating func mayFail(
    _ sqlState: String, _ reason: FailureReason, when condition: DataCondition
  ) {
    outcome.failures.append(
      Failure(sqlState: sqlState, reason: reason, certainty: .dependsOnData(condition)))
  }

  /// Whether an object is still as the catalog has it: nothing opaque happened since it was made.
  func isSettled(_ id: ObjectID) -> Bool { catalog.isSettled(id) }

  /// Whether a part of a table was there before the last opaque thing happened.
  func isOlder(_ origin: Origin?) -> Bool {
    guard let origin, let last = catalog.lastOpaque else { return true }
    return origin <= last
  }

  /// Whether the table's columns and constraints are all known.
  func knowsAll(of table: Table) -> Bool {
    table.isComplete && isSettled(table.id)
  }

  /// Whether the table has no rows for certain: created or emptied by this step, and not written
  /// since.
  func isKnownEmpty(_ table: Table) -> Bool {
    guard isSettled(table.id), catalog.lastOpaque != context.origin else { return false }
    let rows = table.rows.origin == context.origin ? table.rows : Table.Rows()
    return rows.areGone || table.origin == context.origin && !rows.areAdded
  }

  /// Whether statements of this step changed the rows, or may have, so that a question to the live database from
  /// before it does not settle anything.
  func areRowsChanged(_ table: Table) -> Bool {
    catalog.lastOpaque == context.origin
      || table.rows.origin == context.origin && table.rows.areChanged
  }

  /// What this step is known to have made of a column's values.
  func contents(_ column: Column) -> Column.Contents? {
    guard let contents = column.contents, contents.origin == context.origin,
      catalog.lastOpaque != context.origin
    else { return nil }
    return contents
  }

  func isNew(_ origin: Origin?) -> Bool { origin == context.origin }

  // MARK: Locks, rewrites, scans

  mutating func lock(_ table: TableReference, _ mode: LockMode) {
    if let place = lockPlaces[table.name] {
      if outcome.locks[place].mode < mode { outcome.locks[place].mode = mode }
      return
    }
    lockPlaces[table.name] = outcome.locks.count
    outcome.locks.append(TableLock(relation: table, mode: mode, isNew: isNew(table.origin)))
  }

  mutating func lock(_ table: Table, _ mode: LockMode) {
    lock(table.reference, mode)
  }

  /// Locks whatever relation has the name, if any has.
  mutating func lock(named name: QualifiedName, _ mode: LockMode) {
    lock(reference(to: name), mode)
  }

  func reference(to name: QualifiedName) -> TableReference {
    switch catalog.relations[name] {
    case .table(let table): table.value.reference
    case .view(let view):
      TableReference(
        id: view.value.id, name: name, origin: view.value.origin, isComplete: view.value.isKnown)
    case .sequence(let sequence):
      TableReference(
        id: sequence.value.id, name: name, origin: sequence.value.origin, isComplete: true)
    case .index, nil: TableReference(id: 0, name: name, origin: nil, isComplete: false)
    }
  }

  mutating func rewrite(_ table: Table, _ cause: TableRewrite.Cause) {
    let rewrite = TableRewrite(table: table.reference, cause: cause, isNew: isNew(table.origin))
    guard rewrites.insert(rewrite).inserted else { return }
    outcome.rewrites.append(rewrite)
    // SET TABLESPACE leaves the indexes where they are (manual, ALTER TABLE).
    if cause != .tablespace { rebuildIndexes(of: table) }
  }

  /// A partitioned table has no rows of its own to be read.
  mutating func scan(_ table: Table, _ cause: TableScan.Cause) {
    if !table.isPartitioned { scan(table.reference, cause) }
  }

  mutating func scan(_ table: TableReference, _ cause: TableScan.Cause) {
    let scan = TableScan(table: table, cause: cause, isNew: isNew(table.origin))
    if scans.insert(scan).inserted { outcome.scans.append(scan) }
  }

  /// The tables that a query reads are read as a whole, as far as no index spares it.
  mutating func scan(_ relations: [QualifiedName]) {
    for name in relations {
      if let table = catalog.table(name) { scan(table, .query) }
    }
  }

  // MARK: Storing

  mutating func set(_ relation: Relation?, for name: QualifiedName) {
    if case .table(let table)? = relation, let place = table.value.partitionOf,
      place.bound?.isDefault == true, let parent = catalog.table(place.parent)
    {
      catalog.defaultPartitions[parent.id] = name
    }
    undo.relations.append((name, catalog.relations.set(relation, for: name)))
  }

  /// The catalog as it was before the statement.
  consuming func undone() -> Catalog {
    var restored = undo.rest
    restored.relations = catalog.relations
    restored.constraintNames = catalog.constraintNames
    restored.users = catalog.users
    for (name, relation) in undo.relations.reversed() { restored.relations[name] = relation }
    for (name, count) in undo.constraintNames.reversed() { restored.constraintNames[name] = count }
    return restored
  }

  /// What restores the catalog where a statement fails. The large dictionaries are changed in place,
  /// with a log; a second reference to them would make every change copy the way to it.
  struct Undo {
    var relations: [(QualifiedName, Relation?)] = []
    var constraintNames: [(QualifiedName, Int?)] = []
    /// The rest of the catalog, without relations, users and the names of constraints.
    var rest: Catalog
  }

  mutating func store(_ table: Table) {
    charge(1 + (table.columns.count + table.constraints.count + table.indexes.count) / 8)
    set(.table(Shared(table)), for: table.name)
  }

  mutating func store(_ view: View) {
    set(.view(Shared(view)), for: view.name)
  }

  mutating func store(_ sequence: SequenceObject) {
    set(.sequence(Shared(sequence)), for: sequence.name)
  }

  mutating func store(_ type: UserType) {
    catalog.types[type.name] = Shared(type)
  }

  /// Remembers that `user` may depend on `used`.
  mutating func note(_ user: QualifiedName, uses used: QualifiedName) {
    guard user != used else { return }
    if catalog.users[used]?.contains(user) == true { return }
    catalog.users[used, default: []].insert(user)
  }

  func users(of name: QualifiedName) -> [QualifiedName] {
    guard let users = catalog.users[name] else { return [] }
    charge(users.count)
    return users.sorted()
  }

  mutating func countConstraint(_ name: String, of relation: QualifiedName, by change: Int) {
    let key = QualifiedName(schema: relation.schema, name)
    let count = (catalog.constraintNames[key] ?? 0) + change
    undo.constraintNames.append((key, catalog.constraintNames[key]))
    catalog.constraintNames[key] = count > 0 ? count : nil
  }
}

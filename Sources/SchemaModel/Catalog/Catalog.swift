// What a database holds as far as the history tells: a value whose copies share what is equal.

package import HashTreeCollections
package import PostgresSyntax

/// The objects of one database. Copying is O(1); a change copies only the way to it.
///
/// Every name in a catalog has its schema. Not knowing is explicit: see `isComplete`, and
/// `Table.isComplete`.
package struct Catalog: Sendable {
  /// Whether what is not in the catalog is not in the database: false where the history does not
  /// begin at an empty database, and once something opaque happened.
  package internal(set) var isComplete: Bool
  /// The origin at which something last happened that may have changed any object. Objects of an
  /// earlier origin may be gone.
  package internal(set) var lastOpaque: Origin?
  /// Objects with a greater id came after it.
  var lastOpaqueID: ObjectID = 0
  package internal(set) var relations = Relations()
  /// For each relation, type and routine the relations and types that may use it: a superset, to be
  /// checked against the user itself.
  var users: TreeDictionary<QualifiedName, TreeSet<QualifiedName>> = [:]
  /// How many constraints of a schema have a name, which decides the names that PostgreSQL chooses.
  var constraintNames: TreeDictionary<QualifiedName, Int> = [:]
  var lastID: ObjectID = 0
  /// Objects with a greater id got the default privileges as ALTER DEFAULT PRIVILEGES last left them; 0
  /// where it never ran.
  var defaultPrivilegesID: ObjectID = 0
  /// Whether the schema of temporary tables is searched, which it is before all others.
  var hasTemporaryObjects = false
  /// Whether the running step limits how long a statement may take.
  var limitsStatements = false
  /// Whether the history begins with a revision that does nothing, as that of a database which was there
  /// before it does.
  package var mayFollowOthers = false
  private var rest = CopyOnWrite(Rest())

  /// An empty database: the schema `public`, nothing else.
  /// - Parameter isComplete: whether the history begins there.
  package init(isComplete: Bool = true) {
    self.isComplete = isComplete
  }

  /// What few statements change: one reference, as every statement copies the catalog.
  private struct Rest: Sendable {
    var searchPath = ["public"]
    var schemas: TreeDictionary = ["public": Schema(name: "public", grants: ["usage TO public"])]
    var types: TreeDictionary<QualifiedName, Shared<UserType>> = [:]
    var routines: TreeDictionary<QualifiedName, Shared<[Routine]>> = [:]
    var extensions: TreeDictionary = [
      "plpgsql": InstalledExtension(name: "plpgsql", schema: "pg_catalog")
    ]
    var others: TreeDictionary<ObjectKey, OtherObject> = [:]
    var defaultPartitions: TreeDictionary<ObjectID, QualifiedName> = [:]
    var openSettings: [String] = []
    var unfollowed: Unfollowed = []
    var hasOtherPath = false
    var checksBodies = true
    var uncheckedBodies: TreeSet<QualifiedName> = []
    var uncompared: TreeSet<QualifiedName> = []
    var dropped: TreeSet<QualifiedName> = []
    var ofServer: TreeSet<ObjectKey> = []
    var privileges: TreeDictionary<ObjectKey, [String]> = [:]
    var unusableLabels: [UnusableLabel] = []
    var openWork = OpenWork()
    var savepoints: [Savepoint] = []
    var definitions = 0
    var copies = 0
  }

  /// The schemas in which names without one are looked up, `pg_catalog` aside; the first takes new
  /// objects.
  package internal(set) var searchPath: [String] {
    get { rest.value.searchPath }
    _modify { yield &rest.value.searchPath }
  }

  package internal(set) var schemas: TreeDictionary<String, Schema> {
    get { rest.value.schemas }
    _modify { yield &rest.value.schemas }
  }

  package internal(set) var types: TreeDictionary<QualifiedName, Shared<UserType>> {
    get { rest.value.types }
    _modify { yield &rest.value.types }
  }

  package internal(set) var routines: TreeDictionary<QualifiedName, Shared<[Routine]>> {
    get { rest.value.routines }
    _modify { yield &rest.value.routines }
  }

  package internal(set) var extensions: TreeDictionary<String, InstalledExtension> {
    get { rest.value.extensions }
    _modify { yield &rest.value.extensions }
  }

  package internal(set) var others: TreeDictionary<ObjectKey, OtherObject> {
    get { rest.value.others }
    _modify { yield &rest.value.others }
  }

  /// The default partition of a partitioned table, to be checked against that itself: each new
  /// partition locks it.
  var defaultPartitions: TreeDictionary<ObjectID, QualifiedName> {
    get { rest.value.defaultPartitions }
    _modify { yield &rest.value.defaultPartitions }
  }

  /// What else runs when statements do, of which nothing is known.
  var unfollowed: Unfollowed {
    get { rest.value.unfollowed }
    _modify { yield &rest.value.unfollowed }
  }

  struct Unfollowed: OptionSet, Sendable {
    let rawValue: UInt8
    /// Functions that run with each statement that defines something.
    static let eventTriggers = Unfollowed(rawValue: 1)
    /// Operators, casts and aggregates, which call functions without their name in the text.
    static let operators = Unfollowed(rawValue: 2)
  }

  /// Settings of the running step that change what later statements do.
  var openSettings: [String] {
    get { rest.value.openSettings }
    _modify { yield &rest.value.openSettings }
  }

  /// Whether the history gave a role or database a search path of its own, which sessions begin with.
  var hasOtherPath: Bool {
    get { rest.value.hasOtherPath }
    _modify { yield &rest.value.hasOtherPath }
  }

  /// Whether the running step lets PostgreSQL check the bodies of functions, as it does by itself.
  var checksBodies: Bool {
    get { rest.value.checksBodies }
    _modify { yield &rest.value.checksBodies }
  }

  /// Routines that were made while bodies were not checked.
  var uncheckedBodies: TreeSet<QualifiedName> {
    get { rest.value.uncheckedBodies }
    _modify { yield &rest.value.uncheckedBodies }
  }

  /// Objects whose privileges or settings are not followed; `*` in a schema for all objects of one
  /// kind in it.
  package internal(set) var uncompared: TreeSet<QualifiedName> {
    get { rest.value.uncompared }
    _modify { yield &rest.value.uncompared }
  }

  /// Relations, routines, schemas and extensions that the history dropped, and columns of a relation as
  /// names of its own: they are known not to be there.
  var dropped: TreeSet<QualifiedName> {
    get { rest.value.dropped }
    _modify { yield &rest.value.dropped }
  }

  /// Roles, tablespaces and extensions that the history did not make, and that a statement of it needed: the server
  /// has them.
  var ofServer: TreeSet<ObjectKey> {
    get { rest.value.ofServer }
    _modify { yield &rest.value.ofServer }
  }

  /// What the history granted on objects that it did not make; `*` stands for all of those in a schema.
  var privileges: TreeDictionary<ObjectKey, [String]> {
    get { rest.value.privileges }
    _modify { yield &rest.value.privileges }
  }

  /// Enum labels that their own transaction cannot use yet (manual, ALTER TYPE).
  var unusableLabels: [UnusableLabel] {
    get { rest.value.unusableLabels }
    _modify { yield &rest.value.unusableLabels }
  }

  /// What the last transaction that wrote has left open.
  var openWork: OpenWork {
    get { rest.value.openWork }
    _modify { yield &rest.value.openWork }
  }

  /// In the order in which they were set; those of transactions that are over mean nothing.
  var savepoints: [Savepoint] {
    get { rest.value.savepoints }
    _modify { yield &rest.value.savepoints }
  }

  /// How many statements defined what may use an operator without naming it.
  var definitions: Int {
    get { rest.value.definitions }
    _modify { yield &rest.value.definitions }
  }

  /// How many tables got their columns from others, with collations that are not followed.
  var copies: Int {
    get { rest.value.copies }
    _modify { yield &rest.value.copies }
  }

  struct UnusableLabel: Sendable, Hashable {
    var type: QualifiedName
    var label: String
    var transaction: Int
  }
}

/// What a name in `pg_class` stands for.
package enum Relation: Sendable, Equatable {
  case table(Shared<Table>)
  case view(Shared<View>)
  case sequence(Shared<SequenceObject>)
  /// The index itself is in its table or materialised view.
  indirect case index(on: QualifiedName)
}

extension Relation {
  /// Nil for an index, which its table knows.
  package var id: ObjectID? {
    switch self {
    case .table(let table): table.value.id
    case .view(let view): view.value.id
    case .sequence(let sequence): sequence.value.id
    case .index: nil
    }
  }
}

extension Catalog {
  /// Whether an object is still as the catalog has it: nothing opaque happened since it was made.
  package func isSettled(_ id: ObjectID) -> Bool { id > lastOpaqueID }

  /// Whether names without a schema are those of `public`, as in a session that was told nothing else.
  package var findsPublicOnly: Bool {
    searchPath == ["public"] && !hasOtherPath && !hasTemporaryObjects
  }

  /// Whether the history made it once: then it is known not to be there.
  package func hasDropped(_ name: QualifiedName) -> Bool { dropped.contains(name) }

  package func holdsSchema(_ name: String) -> Bool { schemas[name] != nil }

  package func table(_ name: QualifiedName) -> Table? {
    if case .table(let table) = relations[name] { table.value } else { nil }
  }

  package func view(_ name: QualifiedName) -> View? {
    if case .view(let view) = relations[name] { view.value } else { nil }
  }

  package func sequence(_ name: QualifiedName) -> SequenceObject? {
    if case .sequence(let sequence) = relations[name] { sequence.value } else { nil }
  }

  package func type(_ name: QualifiedName) -> UserType? { types[name]?.value }

  /// The routines of a name, which differ in their arguments.
  package func routines(_ name: QualifiedName) -> [Routine] { routines[name]?.value ?? [] }

  /// The relation that an index is on, and the index.
  package func index(_ name: QualifiedName) -> (owner: QualifiedName, index: Index)? {
    guard case .index(on: let owner) = relations[name] else { return nil }
    let indexes = table(owner)?.indexes ?? view(owner)?.indexes ?? []
    return indexes.first { $0.name == name.name }.map { (owner, $0) }
  }

  /// All tables, in the order of their names.
  package var tables: [Table] {
    relations.values.compactMap { if case .table(let table) = $0 { table.value } else { nil } }
      .sorted { $0.name < $1.name }
  }

  /// Whether statements on a table reach rows of others that inherit it.
  package func isInherited(_ name: QualifiedName) -> Bool {
    tables(using: name).contains { $0.inherits.contains(name) }
  }

  /// The foreign keys that refer to a table, its own included.
  package func references(to name: QualifiedName) -> [Constraint.Reference] {
    (tables(using: name) + [table(name)].compactMap { $0 })
      .flatMap(\.constraints).compactMap(\.reference).filter { $0.table == name }
  }

  private func tables(using name: QualifiedName) -> [Table] {
    users[name].map { $0.compactMap(table) } ?? []
  }

  /// Whether there is a schema, or something in one, beside `public`.
  package var hasOtherSchemas: Bool {
    schemas.keys.contains { $0 != "public" } || relations.areElsewhere
      || types.keys.contains { $0.schema != "public" }
  }

  /// The table that was once given this id, whatever it is called now.
  package func table(id: ObjectID) -> Table? {
    for case .table(let table) in relations.values where table.value.id == id {
      return table.value
    }
    return nil
  }

  /// The table that a reference means, whatever it is called here.
  package func table(_ reference: TableReference) -> Table? {
    if let table = table(reference.name), table.id == reference.id { return table }
    return table(id: reference.id)
  }

  /// A name with its schema: the first of the search path that holds such a relation, else the one
  /// that a new object would go to.
  package func resolveRelation(_ name: QualifiedName) -> QualifiedName {
    resolve(name) { relations[$0] != nil }
  }

  package func resolveType(_ name: QualifiedName) -> QualifiedName {
    resolve(name) { types[$0] != nil || relations[$0] != nil }
  }

  package func resolveRoutine(_ name: QualifiedName) -> QualifiedName {
    resolve(name) { routines[$0] != nil }
  }

  /// The schema that a new object without one goes to.
  package var creationSchema: String { searchPath.first ?? "public" }

  func resolveNew(_ name: QualifiedName) -> QualifiedName {
    name.schema == nil ? QualifiedName(schema: creationSchema, name.name) : name
  }

  private func resolve(_ name: QualifiedName, _ exists: (QualifiedName) -> Bool) -> QualifiedName {
    guard name.schema == nil else { return name }
    if hasTemporaryObjects {
      let candidate = QualifiedName(schema: "pg_temp", name.name)
      if exists(candidate) { return candidate }
    }
    for schema in searchPath {
      let candidate = QualifiedName(schema: schema, name.name)
      if exists(candidate) { return candidate }
    }
    return QualifiedName(schema: creationSchema, name.name)
  }
}

// The objects that a statement names: found, assumed where the history does not tell, or missing.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// The table of a name; one that is not known is taken as given where the catalog is incomplete.
  /// - Parameter byQuery: PostgreSQL says of a query, INSERT, UPDATE or DELETE that the table is
  ///   missing (42P01) where of others it says that the table's schema is (3F000).
  mutating func table(
    _ written: QualifiedName, byQuery: Bool = false
  ) throws(Refused) -> Table {
    let name = catalog.resolveRelation(written)
    switch catalog.relations[name] {
    case .table(let table): return table.value
    case nil: return try assumedTable(name, byQuery: byQuery)
    default:
      try fail("42809", .wrongKind(name, expected: .table))
      throw Refused()
    }
  }

  /// The table, or nil where IF EXISTS forgives that there is none.
  mutating func table(_ written: QualifiedName, ifExists: Bool) throws(Refused) -> Table? {
    let name = catalog.resolveRelation(written)
    if ifExists, catalog.relations[name] == nil, catalog.isComplete {
      skipMissing(.table, name)
      return nil
    }
    return try table(written)
  }

  /// IF EXISTS makes nothing of a statement about what the history does not have; a database may have
  /// it all the same, with all that is in it.
  mutating func skipMissing(_ kind: ObjectKind, _ name: QualifiedName) {
    effect(.skipped(kind, name))
    switch kind {
    case .table, .foreignTable, .schema, .sequence, .extension, .column, .materializedView, .type,
      .domain:
      doubt([.data, .schema], .mayBeThere(kind, name))
    default: doubt(.schema, .mayBeThere(kind, name))
    }
  }

  /// IF NOT EXISTS and OR REPLACE make an object that the history does not have. A database that the history
  /// has made alone does not have it either; but extensions and schemas are also made by who sets a
  /// database up.
  mutating func doubtAbsence(of kind: ObjectKind, _ name: QualifiedName) {
    let isOfOthers = kind == .extension || kind == .schema || catalog.mayFollowOthers
    if isOfOthers || !catalog.isComplete, !catalog.dropped.contains(name) {
      // Its rows go on the way back, and what uses it may stand against that.
      let holdsRows = kind == .table || kind == .column
      doubt(holdsRows ? .all : .schema, .mayHaveBeenThere(kind, name))
    }
  }

  private mutating func assumedTable(
    _ name: QualifiedName, byQuery: Bool
  ) throws(Refused) -> Table {
    if !byQuery || !catalog.isComplete { try requireSchema(name.schema) }
    try fail(
      "42P01", .missing(.table, name, of: nil),
      ifCertain: catalog.isComplete && !isSystemSchema(name.schema))
    let table = Table(id: newID(), name: name, origin: nil, isComplete: false)
    store(table)
    outcome.assumptions.append(.table(name))
    return table
  }

  func isSystemSchema(_ schema: String?) -> Bool {
    schema == "pg_catalog" || schema == "information_schema"
  }

  /// The place of a column in a table; one that is not known is added where the table is incomplete.
  mutating func column(_ name: String, in table: inout Table) throws(Refused) -> Int {
    if let index = table.columns.firstIndex(where: { $0.name == name }) { return index }
    try fail(
      "42703", .missing(.column, QualifiedName(name), of: table.name),
      ifCertain: knowsAll(of: table))
    let column = Column(id: newID(), name: name, type: nil, isNullable: nil, default: .unknown)
    table.columns.append(column)
    store(table)
    outcome.assumptions.append(.column(table: table.name, column: name))
    return table.columns.count - 1
  }

  func referent(_ table: Table, _ column: Column) -> ColumnReferent {
    ColumnReferent(table: table.reference, column: column)
  }

  func referents(_ table: Table, _ names: [String]) -> [ColumnReferent] {
    names.compactMap { name in table.column(name).map { referent(table, $0) } }
  }

  /// Refuses a schema that is known not to be there.
  mutating func requireSchema(_ schema: String?) throws(Refused) {
    guard let schema, catalog.schemas[schema] == nil, !schema.hasPrefix("pg_"),
      schema != "information_schema"
    else { return }
    try fail(
      "3F000", .missing(.schema, QualifiedName(schema), of: nil), ifCertain: catalog.isComplete)
    catalog.schemas[schema] = Schema(name: schema)
    outcome.assumptions.append(.schema(schema))
  }

  func id(of relation: Relation, named name: QualifiedName) -> ObjectID {
    relation.id ?? catalog.index(name)?.index.id ?? 0
  }

  /// Whether the name is free for a new relation; with IF NOT EXISTS false says that nothing is done.
  mutating func claimRelation(
    _ name: QualifiedName, _ kind: ObjectKind, ifNotExists: Bool = false
  ) throws(Refused) -> Bool {
    try requireSchema(name.schema)
    guard let taken = catalog.relations[name] else {
      if kind != .index || catalog.type(name)?.isComposite == true {
        try claimType(name, exceptRelations: true)
      }
      if ifNotExists, kind != .index { doubtAbsence(of: kind, name) }
      return true
    }
    if ifNotExists {
      effect(.skipped(kind, name))
      return false
    }
    try fail(
      "42P07", .alreadyExists(kind, name, of: nil), ifCertain: isSettled(id(of: taken, named: name))
    )
    return true
  }

  mutating func claimType(_ name: QualifiedName, exceptRelations: Bool = false) throws(Refused) {
    try requireSchema(name.schema)
    if let taken = catalog.types[name] {
      // As a relation, which comes first.
      let isRelation = exceptRelations && taken.value.isComposite
      try fail(
        isRelation ? "42P07" : "42710", .alreadyExists(.type, name, of: nil),
        ifCertain: isSettled(taken.value.id))
    }
    guard !exceptRelations else { return }
    switch catalog.relations[name] {
    case .table(let table):
      try fail(
        "42710", .alreadyExists(.type, name, of: nil), ifCertain: isSettled(table.value.id))
    case .view: try fail("42710", .alreadyExists(.type, name, of: nil), ifCertain: false)
    case .index, .sequence, nil: break
    }
  }
}

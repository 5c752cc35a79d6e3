// Publications: what they hold, and what they ask of a table.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func publication(_ statement: Publication) throws(Refused) {
    for name in statement.tables { lock(try table(name), .shareUpdateExclusive) }
    for use in statement.columns { try requireColumns([use.column], of: use.table) }
    for filter in statement.conditions {
      try requireComparable(filter.condition, in: table(filter.table))
    }
    let key = ObjectKey(.publication, QualifiedName(statement.name))
    var tables = statement.tables.map { catalog.resolveRelation($0).description }
    tables += statement.schemas.map { "schema \($0)" }
    if statement.allTables { tables.append("all") }
    if statement.change != .drop, statement.publishesChanges != false {
      noteWithoutIdentity(statement)
    }
    switch statement.change {
    case .create:
      if catalog.others[key] != nil {
        try fail("42710", .alreadyExists(.publication, key.name, of: nil))
      }
      var object = OtherObject(
        definition: tables.sorted().joined(separator: ","), relations: [], columns: [],
        origin: context.origin)
      object.columnUses = columnUses(statement)
      object.publishesChanges = statement.publishesChanges ?? true
      catalog.others[key] = object
      effect(.otherCreated(key))
    case .add, .set, .drop, .options:
      changePublication(key, statement, tables)
      // Conditions, lists of columns and options of its members are not followed.
      doubt(.schema, .notCompared(.publication, key.name))
      effect(.otherChanged(key))
    }
  }

  /// Of tables that are published from now on, code can neither update nor delete rows where nothing
  /// tells them apart.
  private mutating func noteWithoutIdentity(_ statement: Publication) {
    let named = statement.tables.map(catalog.resolveRelation)
    let published = catalog.relations.filter { name, _ in
      statement.allTables || named.contains(name)
        || name.schema.map(statement.schemas.contains) == true
    }
    for table in published.map(\.key).sorted().compactMap(catalog.table)
    where knowsAll(of: table) && !isNew(table.origin) && !table.hasReplicaIdentity {
      breaks(.publishedWithoutIdentity(table.reference))
    }
  }

  private mutating func changePublication(
    _ key: ObjectKey, _ statement: Publication, _ tables: [String]
  ) {
    guard var present = catalog.others[key], let definition = present.definition else { return }
    var members = Set(definition.split(separator: ",").map(String.init))
    switch statement.change {
    case .add: members.formUnion(tables)
    case .set: members = Set(tables)
    case .drop: members.subtract(tables)
    case .create, .options: break
    }
    present.columnUses += columnUses(statement)
    if statement.change == .options, statement.publishesChanges != present.publishesChanges {
      present.publishesChanges = nil
    }
    present.definition = members.sorted().joined(separator: ",")
    catalog.others[key] = present
  }

  private func columnUses(_ statement: Publication) -> [View.ColumnUse] {
    statement.columns.map { use in
      View.ColumnUse(relation: catalog.resolveRelation(use.table), column: use.column)
    }
  }

  /// The publications whose list of columns, or condition on rows, names a column.
  func publications(naming column: String, of table: QualifiedName) -> [Dependent] {
    let use = View.ColumnUse(relation: table, column: column)
    return catalog.others.compactMap { $0.value.columnUses.contains(use) ? $0.key : nil }.sorted()
      .map { Dependent($0.kind, $0.name) }
  }

  /// UPDATE and DELETE of a published table are refused, rows or not, where nothing tells its rows apart
  /// for a subscriber (manual, 31.1).
  mutating func requireReplicaIdentity(of table: Table) throws(Refused) {
    guard !catalog.others.isEmpty, !table.hasReplicaIdentity else { return }
    for key in catalog.others.keys.sorted() where key.kind == .publication {
      guard let publication = catalog.others[key], publication.publishesChanges != false,
        let members = publication.definition?.split(separator: ",").map(String.init),
        members.contains("all") || members.contains("schema \(table.name.schema ?? "")")
          || members.contains(table.name.description)
      else { continue }
      try fail(
        "55000",
        .invalidDefinition("\(displayed(table.name)) is published and has no replica identity"),
        ifCertain: knowsAll(of: table) && publication.publishesChanges == true)
      return
    }
  }
}

extension Table {
  /// Whether a subscriber can tell its rows apart; true also where none is told of them.
  package var hasReplicaIdentity: Bool {
    if persistence != .permanent { return true }
    switch settings.replicaIdentity {
    case .full: return true
    case .index(let name): return index(name) != nil
    case .default: return primaryKey != nil
    case .nothing: return false
    }
  }
}

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
    for schema in statement.schemas { try requireSchema(schema) }
    if statement.change != .drop, statement.publishesChanges != false {
      noteWithoutIdentity(statement)
    }
    if statement.change == .create {
      if let present = catalog.others[key] {
        try fail(
          "42710", .alreadyExists(.publication, key.name, of: nil), ifCertain: isSettled(present))
      }
      var object = OtherObject(
        definition: "", relations: [], columns: [], origin: context.origin)
      object.members = members(of: statement)
      object.columnUses = columnUses(statement)
      object.publishesChanges = statement.publishesChanges ?? true
      object.take(statement.options)
      catalog.others[key] = object
      return effect(.otherCreated(key))
    }
    guard var present = catalog.others[key], present.definition != nil else {
      try missing(key)
      doubt(.schema, .notCompared(.publication, key.name))
      return effect(.otherChanged(key))
    }
    try change(&present, statement, key)
    catalog.others[key] = present
    effect(.otherChanged(key))
  }

  private func members(of statement: Publication) -> [String: String] {
    var members: [String: String] = [:]
    for table in statement.tables {
      members[catalog.resolveRelation(table).description] = statement.details[table] ?? ""
    }
    for schema in statement.schemas { members["schema \(schema)"] = "" }
    if statement.allTables { members["all"] = "" }
    return members
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

  private mutating func change(
    _ present: inout OtherObject, _ statement: Publication, _ key: ObjectKey
  ) throws(Refused) {
    let isCertain = isSettled(present)
    let named = members(of: statement)
    if statement.change != .options, present.members["all"] != nil {
      try fail(
        "55000", .notSupported("members of publication \(key.name.name) FOR ALL TABLES"),
        ifCertain: isCertain)
    }
    for member in named.keys.sorted() {
      switch statement.change {
      case .add where present.members[member] != nil:
        try fail(
          "42710", .alreadyExists(.table, QualifiedName(member), of: key.name), ifCertain: isCertain
        )
      case .drop where present.members[member] == nil:
        try fail(
          "42704", .missing(.table, QualifiedName(member), of: key.name), ifCertain: isCertain)
      default: break
      }
    }
    switch statement.change {
    case .add: present.members.merge(named) { $1 }
    case .set: present.members = named
    case .drop: present.members = present.members.filter { named[$0.key] == nil }
    case .create, .options: break
    }
    present.columnUses += columnUses(statement)
    if statement.change == .options {
      present.take(statement.options)
      if let publishes = statement.publishesChanges { present.publishesChanges = publishes }
    }
  }

  /// A table that is dropped is no member any more, and under another name it is one still.
  mutating func followMembers() {
    guard catalog.others.keys.contains(where: { $0.kind == .publication }) else { return }
    for effect in outcome.effects {
      switch effect {
      case .tableDropped(let drop): moveMembers(drop.table.name.description, to: nil)
      case .schemaDropped(let schema, _): moveMembers("schema \(schema.name)", to: nil)
      case .movedToSchema(.table, let from, let to):
        moveMembers(from.description, to: to.description)
      case .renamed(let renaming) where renaming.kind == .table:
        moveMembers(renaming.from.description, to: renaming.to.description)
      case .renamed(let renaming) where renaming.kind == .schema:
        moveMembers("schema \(renaming.from.name)", to: "schema \(renaming.to.name)")
        for table in catalog.tables where table.name.schema == renaming.to.name {
          let old = QualifiedName(schema: renaming.from.name, table.name.name)
          moveMembers(old.description, to: table.name.description)
        }
      default: continue
      }
    }
  }

  private mutating func moveMembers(_ name: String, to new: String?) {
    for (key, object) in catalog.others where object.members[name] != nil {
      var changed = object
      let detail = changed.members.removeValue(forKey: name)
      if let new { changed.members[new] = detail }
      catalog.others[key] = changed
    }
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
        publication.members["all"] != nil
          || publication.members["schema \(table.name.schema ?? "")"] != nil
          || publication.members[table.name.description] != nil
      else { continue }
      try fail(
        "55000",
        .invalidDefinition("\(displayed(table.name)) is published and has no replica identity"),
        ifCertain: knowsAll(of: table) && publication.publishesChanges == true)
      return
    }
  }
}

extension OtherObject {
  fileprivate mutating func take(_ new: [Option]) {
    for option in new {
      let value = option.value?.filter { $0 != " " } ?? "true"
      let usual = [
        "publish": "insert,update,delete,truncate", "publish_via_partition_root": "false",
      ]
      options[option.name] = usual[option.name] == value ? nil : value
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

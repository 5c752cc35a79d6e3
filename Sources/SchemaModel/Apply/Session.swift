// Statements about settings, locks and maintenance, and about properties that no query sees.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func setVariable(name: String?, values: [SQLConstant], isLocal: Bool) {
    if name == "search_path" { setSearchPath(values) }
    effect(.settingChanged(name: name, values: values, isLocal: isLocal))
  }

  /// `pg_dump` sets an empty path and qualifies every name.
  private mutating func setSearchPath(_ values: [SQLConstant]) {
    var path: [String] = []
    for case .string(let text) in values {
      for part in text.split(separator: ",") {
        let name = part.drop { $0 == " " || $0 == "\"" }
        let trimmed = String(name.prefix { $0 != "\"" && $0 != " " })
        if !trimmed.isEmpty, trimmed != "$user", trimmed != "pg_catalog" { path.append(trimmed) }
      }
    }
    catalog.searchPath = values.isEmpty ? ["public"] : path
  }

  mutating func lockTables(_ statement: LockTables) throws(Refused) {
    if !context.isInTransaction { try fail("25P01", .needsTransaction(command: "LOCK TABLE")) }
    for name in statement.tables {
      if catalog.view(catalog.resolveRelation(name)) != nil {
        lock(named: catalog.resolveRelation(name), statement.mode)
      } else {
        lock(try table(name), statement.mode)
      }
    }
    effect(.maintenance(.lock))
  }

  mutating func vacuum(_ statement: Vacuum) throws(Refused) {
    if statement.isVacuum { try forbidTransaction("VACUUM") }
    let isFull = statement.options.contains { $0.name == "full" && $0.value != "false" }
    for name in statement.tables {
      guard catalog.view(catalog.resolveRelation(name)) == nil else { continue }
      let table = try table(name)
      lock(table, isFull ? .accessExclusive : .shareUpdateExclusive)
      if isFull { rewrite(table, .vacuumFull) }
    }
    effect(.maintenance(statement.isVacuum ? .vacuum(full: isFull) : .analyze))
  }

  mutating func reindex(_ statement: Reindex) throws(Refused) {
    if statement.concurrently { try forbidTransaction("REINDEX CONCURRENTLY") }
    if statement.kind == .database || statement.kind == .schema || statement.kind == .other {
      try forbidTransaction("REINDEX \(statement.kind.rawValue.uppercased())")
    }
    if let name = statement.name, statement.kind == .table || statement.kind == .index {
      let mode: LockMode = statement.concurrently ? .shareUpdateExclusive : .share
      let relation = catalog.resolveRelation(name)
      if case .index(on: let owner) = catalog.relations[relation] {
        lock(named: owner, mode)
        if let table = catalog.table(owner) { scan(table, .index(name: relation.name)) }
      } else if statement.kind == .table {
        let table = try table(name)
        lock(table, mode)
        for index in table.indexes { scan(table, .index(name: index.name)) }
      } else {
        try fail("42P01", .missing(.index, relation, of: nil), ifCertain: catalog.isComplete)
      }
    }
    effect(.maintenance(.reindex(concurrently: statement.concurrently)))
  }

  mutating func cluster(_ statement: Cluster) throws(Refused) {
    if let name = statement.table {
      var table = try table(name)
      lock(table, .accessExclusive)
      rewrite(table, .cluster)
      if let index = statement.index { table.settings.clusteredOn = index }
      store(table)
    } else {
      try forbidTransaction("CLUSTER")
    }
    effect(.maintenance(.cluster))
  }

  mutating func setOwner(_ statement: SetOwner) throws(Refused) {
    let object = statement.object
    let name = catalog.resolveRelation(object.name)
    switch object.kind {
    case .table, .foreignTable:
      var table = try table(object.name)
      lock(table, .accessExclusive)
      table.settings.owner = statement.owner
      store(table)
      return effect(.tableSettingChanged(table.reference, setting: .owner(statement.owner)))
    case .view, .materializedView:
      if var view = catalog.view(name) {
        lock(named: name, .accessExclusive)
        view.owner = statement.owner
        store(view)
      }
    case .sequence:
      if var sequence = catalog.sequence(name) {
        sequence.owner = statement.owner
        store(sequence)
      }
    case .schema: catalog.schemas[object.name.name]?.owner = statement.owner
    case .type, .domain:
      if var type = catalog.type(catalog.resolveType(object.name)) {
        type.owner = statement.owner
        store(type)
      }
    case .function, .procedure, .routine, .aggregate:
      let routine = catalog.resolveRoutine(object.name)
      if let routines = catalog.routines[routine]?.value, routines.count == 1 {
        var changed = routines[0]
        changed.owner = statement.owner
        catalog.routines[routine] = Shared([changed])
      }
    default: break
    }
    effect(.ownerChanged(object.kind, name))
  }

  mutating func grant(_ statement: Grant) {
    var names: [QualifiedName] = []
    for object in statement.objects {
      let name = catalog.resolveRelation(object.name)
      names.append(name)
      guard var table = catalog.table(name), !statement.allInSchema else { continue }
      let privileges = statement.privileges.isEmpty ? ["ALL"] : statement.privileges
      for grantee in statement.grantees {
        for privilege in privileges {
          let entry = "\(privilege) TO \(grantee)"
          table.settings.grants.removeAll { $0 == entry }
          if statement.isGrant { table.settings.grants.append(entry) }
        }
      }
      if !statement.isGrant, statement.privileges.isEmpty {
        table.settings.grants.removeAll { entry in
          statement.grantees.contains { entry.hasSuffix(" TO \($0)") }
        }
      }
      table.settings.grants.sort()
      store(table)
    }
    effect(.privilegesChanged(statement.kind, names, isGrant: statement.isGrant))
    if !statement.isGrant { breaks(.privilegesRevoked(names)) }
  }

  mutating func createSchema(_ statement: CreateSchema) throws(Refused) {
    let name = statement.name ?? statement.owner ?? ""
    if let present = catalog.schemas[name] {
      if statement.ifNotExists { return effect(.skipped(.schema, QualifiedName(name))) }
      try fail(
        "42P06", .alreadyExists(.schema, QualifiedName(name), of: nil),
        ifCertain: present.origin != nil && catalog.lastOpaque == nil || catalog.isComplete)
    }
    let schema = Schema(name: name, owner: statement.owner, origin: context.origin)
    catalog.schemas[name] = schema
    effect(.schemaCreated(schema))
    let path = catalog.searchPath
    catalog.searchPath = [name] + path
    for element in statement.elements { try apply(element) }
    catalog.searchPath = path
  }

  mutating func createStatistics(_ statement: CreateStatistics) throws(Refused) {
    let relations = statement.relations.map { catalog.resolveRelation($0) }
    for relation in statement.relations where catalog.view(catalog.resolveRelation(relation)) == nil
    {
      lock(try table(relation), .shareUpdateExclusive)
    }
    guard let owner = relations.first else { return }
    let columns = indexColumnNames(statement.elements)
    let name =
      statement.name.map { catalog.resolveNew($0) }
      ?? QualifiedName(
        schema: owner.schema, makeObjectName(owner.name, nameAddition(columns), "stat"))
    let key = ObjectKey(.statistics, name)
    if catalog.others[key] != nil {
      if statement.ifNotExists { return effect(.skipped(.statistics, name)) }
      try fail("42710", .alreadyExists(.statistics, name, of: nil))
    }
    catalog.others[key] = OtherObject(
      definition: "\(statement.kinds.sorted()) \(columns)", relations: relations,
      columns: statement.elements.flatMap(\.columns), origin: context.origin)
    effect(.otherCreated(key))
  }

  mutating func publication(_ statement: Publication) throws(Refused) {
    for name in statement.tables { lock(try table(name), .shareUpdateExclusive) }
    let key = ObjectKey(.publication, QualifiedName(statement.name))
    var tables = statement.tables.map { catalog.resolveRelation($0).description }
    tables += statement.schemas.map { "schema \($0)" }
    if statement.allTables { tables.append("all") }
    switch statement.change {
    case .create:
      if catalog.others[key] != nil {
        try fail("42710", .alreadyExists(.publication, key.name, of: nil))
      }
      catalog.others[key] = OtherObject(
        definition: tables.sorted().joined(separator: ","), relations: [], columns: [],
        origin: context.origin)
      effect(.otherCreated(key))
    case .add, .set, .drop, .options:
      changePublication(key, statement.change, tables)
      effect(.otherChanged(key))
    }
  }

  private mutating func changePublication(
    _ key: ObjectKey, _ change: Publication.Change, _ tables: [String]
  ) {
    guard var present = catalog.others[key], let definition = present.definition else { return }
    var members = Set(definition.split(separator: ",").map(String.init))
    switch change {
    case .add: members.formUnion(tables)
    case .set: members = Set(tables)
    case .drop: members.subtract(tables)
    case .create, .options: break
    }
    present.definition = members.sorted().joined(separator: ",")
    catalog.others[key] = present
  }
}

// Statements about settings, and about properties that no query sees.

import HashTreeCollections
package import PostgresSyntax

/// Settings that neither change what a statement does to schema and rows nor whether it may run.
private let harmlessSettings: Set<String> = [
  "application_name", "backslash_quote", "check_function_bodies", "client_encoding",
  "client_min_messages", "commit_delay", "constraint_exclusion",
  "default_table_access_method", "default_tablespace", "default_toast_compression",
  "default_with_oids", "effective_cache_size", "idle_in_transaction_session_timeout",
  "idle_session_timeout", "lc_messages", "lock_timeout", "log_statement",
  "log_min_duration_statement", "maintenance_work_mem", "max_parallel_maintenance_workers",
  "max_parallel_workers", "max_parallel_workers_per_gather", "random_page_cost", "search_path",
  "synchronous_commit", "temp_buffers", "work_mem", "xmloption",
]

extension Catalog {
  /// Ends the session of a step: temporary objects go, settings are those of a new session again.
  /// Returns what a later step of the same session would meet.
  /// - Parameter keepsTemporaries: another step follows in the session, which meets its temporary objects.
  package mutating func endSession(keepsTemporaries: Bool = false) -> [String] {
    var leftovers: [String] = []
    // Nothing can be made without a schema by an empty path, which pg_dump sets.
    if searchPath != ["public"], !searchPath.isEmpty {
      leftovers.append(
        "the step leaves the search path at \(searchPath.joined(separator: ", ")), which later steps "
          + "of the same session meet")
    }
    if !openSettings.isEmpty {
      leftovers.append(
        "the step leaves \(openSettings.joined(separator: ", ")) changed, which later steps of the "
          + "same session meet")
    }
    searchPath = ["public"]
    openSettings = []
    limitsStatements = false
    if !checksBodies { checksBodies = true }
    guard hasTemporaryObjects else { return leftovers }
    let temporary = relations.names.filter { $0.schema == "pg_temp" }.sorted()
    for name in temporary {
      if !keepsTemporaries { relations[name] = nil }
      let hidden = QualifiedName(schema: "public", name.name)
      if relations[hidden] != nil {
        leftovers.append("the temporary \(name.name) hides the permanent one for the whole session")
      }
    }
    if keepsTemporaries { return leftovers }
    for name in types.keys where name.schema == "pg_temp" { types[name] = nil }
    for name in routines.keys where name.schema == "pg_temp" { routines[name] = nil }
    for key in constraintNames.keys where key.schema == "pg_temp" { constraintNames[key] = nil }
    hasTemporaryObjects = false
    return leftovers
  }

  /// Ends a transaction: the temporary tables that were made for it alone go.
  package mutating func endTransaction() {
    guard hasTemporaryObjects else { return }
    for table in tables where table.settings.isDroppedOnCommit { removeTemporary(table) }
  }

  private mutating func removeTemporary(_ table: Table) {
    for name in relations.names where name.schema == "pg_temp" {
      if name == table.name || relations[name] == .index(on: table.name) { relations[name] = nil }
    }
    for constraint in table.constraints {
      constraintNames[QualifiedName(schema: "pg_temp", constraint.name)] = nil
    }
  }
}

/// The schemas that a value of `search_path` names, without `pg_catalog` and that of the role.
package func schemas(ofSearchPath values: [SQLConstant]) -> [String] {
  var path: [String] = []
  for case .string(let text) in values {
    for part in text.split(separator: ",") {
      let name = part.drop { $0 == " " || $0 == "\"" }
      let trimmed = String(name.prefix { $0 != "\"" && $0 != " " })
      if !trimmed.isEmpty, trimmed != "$user", trimmed != "pg_catalog" { path.append(trimmed) }
    }
  }
  return path
}

extension Replay {
  mutating func setVariable(name: String?, values: [SQLConstant], isLocal: Bool) {
    if name == "search_path" || name == nil { setSearchPath(values) }
    effect(.settingChanged(name: name, values: values, isLocal: isLocal))
    guard let name else {
      catalog.openSettings = []
      catalog.limitsStatements = false
      catalog.checksBodies = true
      return
    }
    if name == "check_function_bodies" {
      catalog.checksBodies = !isOff(values)
    }
    if name == "statement_timeout" {
      catalog.limitsStatements = !values.isEmpty && !isHarmless(name, values)
      return
    }
    if name == "TRANSACTION" || name.hasPrefix("SESSION") { return doubt(.all, .setting(name)) }
    if name == "search_path", !values.isEmpty, catalog.searchPath.isEmpty {
      doubt(.executes, .setting(name))
    }
    if values.isEmpty, !name.contains("."), !harmlessSettings.contains(name),
      !isOtherSetting(name), !catalog.openSettings.contains(name)
    {
      doubt(.executes, .setting(name))
    }
    // A setting with a dot is the application's own.
    guard !name.contains("."), !values.isEmpty, !isHarmless(name, values) else {
      catalog.openSettings.removeAll { $0 == name }
      return
    }
    doubt(.all, .setting(name))
    if !catalog.openSettings.contains(name) { catalog.openSettings.append(name) }
  }

  private func isHarmless(_ name: String, _ values: [SQLConstant]) -> Bool {
    let texts = values.map { value in
      switch value {
      case .string(let text): text
      case .integer(let number): String(number)
      default: "?"
      }
    }
    switch name {
    case "statement_timeout", "transaction_timeout": return texts == ["0"]
    case "row_security": return texts == ["off"]
    case "standard_conforming_strings": return texts == ["on"]
    case "default_transaction_read_only", "transaction_read_only": return texts == ["off"]
    case "lock_timeout", "idle_in_transaction_session_timeout":
      return texts.count == 1 && isAmount(texts[0], in: unitsOfTime)
    default: return harmlessSettings.contains(name) && isValue(values, texts, of: name)
    }
  }

  /// `pg_dump` sets an empty path and qualifies every name.
  private mutating func setSearchPath(_ values: [SQLConstant]) {
    catalog.searchPath = values.isEmpty ? ["public"] : schemas(ofSearchPath: values)
  }

  mutating func setOwner(_ statement: SetOwner) throws(Refused) {
    try changeOwner(statement)
    try requireRoles([statement.owner])
  }

  private mutating func changeOwner(_ statement: SetOwner) throws(Refused) {
    let object = statement.object
    let name = catalog.resolveRelation(object.name)
    switch object.kind {
    case .table, .foreignTable:
      var table = try table(object.name)
      try requireIdle(table)
      lock(table, .accessExclusive)
      table.settings.owner = statement.owner
      store(table)
      return effect(.tableSettingChanged(table.reference, setting: .owner(statement.owner)))
    case .view, .materializedView:
      if var view = catalog.view(name) {
        lock(named: name, .accessExclusive)
        view.owner = statement.owner
        store(view)
      } else {
        doubt(.schema, .notCompared(object.kind, name))
      }
    case .sequence:
      if var sequence = catalog.sequence(name) {
        sequence.owner = statement.owner
        store(sequence)
      } else {
        doubt(.schema, .notCompared(.sequence, name))
      }
    case .schema:
      if catalog.schemas[object.name.name] != nil {
        catalog.schemas[object.name.name]?.owner = statement.owner
      } else {
        doubt(.schema, .notCompared(.schema, object.name))
      }
    case .type, .domain:
      let type = catalog.resolveType(object.name)
      if var known = catalog.type(type) {
        known.owner = statement.owner
        store(known)
      } else {
        doubt(.schema, .notCompared(object.kind, type))
      }
    case .function, .procedure, .routine, .aggregate:
      let routine = catalog.resolveRoutine(object.name)
      if let routines = catalog.routines[routine]?.value, routines.count == 1 {
        var changed = routines[0]
        changed.owner = statement.owner
        catalog.routines[routine] = Shared([changed])
      } else {
        doubt(.schema, .notCompared(object.kind, routine))
      }
    default:
      let key = otherKey(object)
      if catalog.others[key] != nil {
        catalog.others[key]?.owner = statement.owner
      } else {
        if key.kind.isDefined, !object.isBuiltin { try missing(key) }
        if key.kind == .largeObject { mayFail("42704", .missing(.largeObject, key.name, of: nil)) }
        if key.kind == .database { requireOfServer(key, "3D000") }
        doubt(.schema, .notCompared(object.kind, key.name))
      }
      return effect(.ownerChanged(object.kind, key.name))
    }
    effect(.ownerChanged(object.kind, name))
  }

  /// What reads or writes rows may take longer than the step allows; what changes only the catalogs waits
  /// for nothing but locks.
  mutating func limitTime() {
    let isLong =
      outcome.scans.contains { !$0.isNew } || outcome.rewrites.contains { !$0.isNew }
      || outcome.effects.contains(where: \.writesRows)
    if catalog.limitsStatements, isLong { mayFail("57014", .takesTooLong) }
  }

  /// Remembers what the statement dropped by its own name, and so found to be there.
  mutating func noteDropped() {
    for effect in outcome.effects {
      switch effect {
      case .tableDropped(let drop): catalog.dropped.insert(drop.table.name)
      case .columnDropped(let drop):
        catalog.dropped.insert(
          QualifiedName(schema: drop.table.name.description, drop.column.name))
      case .viewDropped(let view, _): catalog.dropped.insert(view.name)
      case .sequenceDropped(let sequence, _): catalog.dropped.insert(sequence.name)
      case .routineDropped(let routine, _): catalog.dropped.insert(routine.name)
      case .renamed(let renaming) where renaming.kind.isRoutine:
        catalog.dropped.insert(renaming.from)
      case .schemaDropped(let schema, _): catalog.dropped.insert(QualifiedName(schema.name))
      case .extensionDropped(let installed, _):
        catalog.dropped.insert(QualifiedName(installed.name))
      case .indexDropped(let table, let index, _, _):
        catalog.dropped.insert(QualifiedName(schema: table.name.schema, index.name))
      default: continue
      }
    }
  }

  mutating func createSchema(_ statement: CreateSchema) throws(Refused) {
    let name = statement.name ?? statement.owner ?? ""
    if let present = catalog.schemas[name] {
      if statement.ifNotExists { return effect(.skipped(.schema, QualifiedName(name))) }
      try fail(
        "42P06", .alreadyExists(.schema, QualifiedName(name), of: nil),
        ifCertain: present.origin != nil && catalog.lastOpaque == nil || catalog.isComplete)
    }
    try requireRoles(statement.owner.map { [$0] } ?? [])
    if statement.name == nil, ownRoles.contains(name) {
      return effect(.notUnderstood(.statement("CREATE SCHEMA AUTHORIZATION of the session's role")))
    }
    if statement.ifNotExists { doubtAbsence(of: .schema, QualifiedName(name)) }
    let schema = Schema(name: name, owner: statement.owner, origin: context.origin)
    catalog.schemas[name] = schema
    effect(.schemaCreated(schema))
    let path = catalog.searchPath
    catalog.searchPath = [name] + path
    for element in statement.elements { try apply(element) }
    catalog.searchPath = path
  }

  /// Refuses what no statistics are kept of (`CreateStatistics` in statscmds.c).
  private mutating func requireForm(of statement: CreateStatistics) throws(Refused) {
    if statement.relations.count > 1 {
      try fail("0A000", .notSupported("statistics of more than one relation"))
    }
    if let name = statement.relations.first, let view = catalog.view(catalog.resolveRelation(name)),
      !view.isMaterialized
    {
      try fail("42809", .wrongKind(view.name, expected: .table), ifCertain: isSettled(view.id))
    }
    if statement.elements.count > 8 {
      try fail("54011", .notSupported("statistics of more than 8 columns"))
    }
    let names = statement.elements.compactMap { element in
      if case .column(let name) = element.key { name } else { nil }
    }
    if let name = names.first(where: isSystemColumn) {
      try fail("0A000", .notSupported("statistics of the system column \(name)"))
    }
    if statement.elements.count == 1 {
      if names.count == 1 {
        try fail("42P17", .invalidDefinition("extended statistics of one column"))
      } else if !statement.kinds.isEmpty {
        try fail("0A000", .notSupported("kinds of the statistics of one expression"))
      }
    }
    if Set(names).count < names.count {
      try fail("42701", .invalidDefinition("statistics of one column twice"))
    }
    if let kind = statement.kinds.first(where: {
      !["ndistinct", "dependencies", "mcv"].contains($0)
    }) {
      try fail("42601", .invalidDefinition("statistics of kind \(kind)"))
    }
  }

  mutating func createStatistics(_ statement: CreateStatistics) throws(Refused) {
    let relations = statement.relations.map { catalog.resolveRelation($0) }
    try requireForm(of: statement)
    for relation in statement.relations where catalog.view(catalog.resolveRelation(relation)) == nil
    {
      lock(try table(relation), .shareUpdateExclusive)
    }
    guard let owner = relations.first, let written = statement.relations.first else { return }
    try requireColumns(statement.elements.flatMap(\.columns), of: written)
    try requireNames(of: statement.elements.map(\.expression))
    if let table = catalog.table(owner) {
      for element in statement.elements {
        if let expression = element.expression { try requireComparable(expression, in: table) }
      }
    }
    // An expression has no name here (`ChooseExtendedStatisticNameAddition`).
    let columns = statement.elements.map { element in
      if case .column(let name) = element.key { name } else { "expr" }
    }
    let name =
      statement.name.map { catalog.resolveNew($0) }
      ?? QualifiedName(
        schema: owner.schema, makeObjectName(owner.name, nameAddition(columns), "stat"))
    let key = ObjectKey(.statistics, name)
    if catalog.others[key] != nil {
      if statement.ifNotExists { return effect(.skipped(.statistics, name)) }
      try fail("42710", .alreadyExists(.statistics, name, of: nil))
    }
    if statement.ifNotExists { doubtAbsence(of: .statistics, name) }
    let expressions = statement.elements.compactMap(\.expression)
    var statistics = OtherObject(
      definition: "\(statement.kinds.sorted()) \(columns) "
        + expressions.map(\.text).joined(separator: ", "),
      relations: relations,
      columns: statement.elements.flatMap(\.columns), origin: context.origin)
    statistics.expressions = expressions
    catalog.others[key] = statistics
    effect(.otherCreated(key))
  }
}

extension ObjectKind {
  var isRoutine: Bool {
    switch self {
    case .function, .procedure, .routine, .aggregate: true
    default: false
    }
  }
}

extension Effect {
  fileprivate var writesRows: Bool {
    switch self {
    case .rowsInserted, .rowsUpdated, .rowsDeleted, .notUnderstood: true
    default: false
    }
  }
}

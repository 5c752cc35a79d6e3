// One statement applied to a catalog: what it does, and the catalog after it.

import HashTreeCollections
package import PostgresSyntax

extension Catalog {
  /// Applies a statement as PostgreSQL would: the catalog becomes the one after it, or stays as it
  /// is where the statement fails for certain.
  ///
  /// What is not understood is an effect of its own, after which nothing is certain of any object
  /// that was there: see `noteOpaque`.
  package mutating func apply(
    _ statement: Statement, context: ApplyContext
  ) -> StatementOutcome {
    var replay = Replay(taking: &self, context: context)
    do {
      try replay.apply(statement)
      replay.doubtPrivileges()
      replay.followMembers()
      replay.doubtPath()
      replay.noteDropped()
      replay.limitTime()
      replay.noteOpenWork(of: statement)
    } catch {
      if replay.hasGivenUp {
        replay.outcome.failures = []
        replay.outcome.effects.removeAll { if case .notUnderstood = $0 { false } else { true } }
        let outcome = replay.outcome
        self = replay.undone()
        noteOpaque(origin: context.origin)
        return outcome
      }
      // Nothing of a statement that fails is done.
      replay.outcome.effects = []
      replay.outcome.codeBreaks = []
      replay.outcome.doubts = []
      let outcome = replay.outcome
      self = replay.undone()
      return outcome
    }
    let outcome = replay.outcome
    self = replay.catalog
    if outcome.effects.contains(where: \.definesUse) { definitions += 1 }
    if !outcome.isUnderstood { noteOpaque(origin: context.origin, scope(outcome)) }
    return outcome
  }

  /// What a trigger does is not known, but rows are all that it is likely to touch.
  private func scope(_ outcome: StatementOutcome) -> OpaqueScope {
    for case .notUnderstood(let what) in outcome.effects {
      switch what {
      case .trigger, .copy: continue
      default: return .everything
      }
    }
    return .rows
  }

  /// What something opaque may have changed.
  package enum OpaqueScope: Sendable, Hashable {
    case everything
    case tables([QualifiedName])
    /// Rows of any table, but no definition.
    case rows
  }

  /// Says that something happened whose effect is not known: from now on nothing is certain of the
  /// objects that were there, or of the parts that the scope names.
  package mutating func noteOpaque(origin: Origin, _ scope: OpaqueScope = .everything) {
    switch scope {
    case .everything:
      isComplete = false
      lastOpaque = origin
      lastOpaqueID = lastID
    case .tables(let names):
      for name in names {
        guard case .table(let shared) = relations[resolveRelation(name)] else { continue }
        var table = shared.value
        table.isComplete = false
        table.rows = .init(origin: origin, areAdded: true, areChanged: true)
        for place in table.columns.indices { table.columns[place].contents = nil }
        relations[table.name] = .table(Shared(table))
      }
    case .rows: lastOpaque = origin
    }
  }

  /// Takes over what an operation says of a column, where the history does not tell it.
  package mutating func note(_ note: ColumnNote) {
    let name = resolveRelation(note.table)
    guard catalogNeeds(note, name) else { return }
    var table =
      table(name) ?? Table(id: nextID(), name: name, origin: nil, isComplete: false)
    var column =
      table.column(note.column)
      ?? Column(id: nextID(), name: note.column, type: nil, isNullable: nil, default: .unknown)
    if column.type == nil, let type = note.type {
      var copy = self
      var replay = Replay(taking: &copy, context: ApplyContext(origin: 0))
      column.type = try? replay.dataType(type)
    }
    if column.isNullable == nil { column.isNullable = note.isNullable }
    if column.default == .unknown, let value = note.default {
      column.default = value.map { .expression($0) } ?? .none
    }
    if let place = table.columns.firstIndex(where: { $0.name == note.column }) {
      table.columns[place] = column
    } else {
      table.columns.append(column)
    }
    relations[name] = .table(Shared(table))
  }

  private func catalogNeeds(_ note: ColumnNote, _ name: QualifiedName) -> Bool {
    guard let relation = relations[name] else { return !isComplete }
    guard case .table(let shared) = relation else { return false }
    guard let column = shared.value.column(note.column) else { return !shared.value.isComplete }
    return column.type == nil || column.isNullable == nil || column.default == .unknown
  }

  /// From here on `differences(from:)` looks only at relations that were set since; for the catalog
  /// before and those that are made from it.
  package mutating func markChanges() {
    relations.setMark()
  }

  private mutating func nextID() -> ObjectID {
    lastID &+= 1
    return lastID
  }

  /// Below zero, so that it is none that the later catalog gave to another object meanwhile.
  private mutating func assumedID() -> ObjectID { -nextID() }

  /// Adds what a later statement had to take as given, so that a catalog from before it can be
  /// compared with one from after it.
  package mutating func assume(_ assumptions: [Assumption]) {
    for assumption in assumptions {
      switch assumption {
      case .table(let name):
        if relations[name] == nil {
          relations[name] = .table(
            Shared(Table(id: assumedID(), name: name, origin: nil, isComplete: false)))
        }
      case .column(let name, let column): assumeColumn(column, of: name)
      case .constraint(let name, let constraint):
        guard var table = table(name), table.constraint(constraint) == nil else { continue }
        table.constraints.append(Constraint(name: constraint, kind: .unknown))
        relations[name] = .table(Shared(table))
      case .type(let name):
        if types[name] == nil {
          types[name] = Shared(UserType(id: assumedID(), name: name, kind: .unknown))
        }
      case .schema(let name):
        if schemas[name] == nil { schemas[name] = Schema(name: name) }
      case .index, .relation, .object: continue
      }
    }
  }

  private mutating func assumeColumn(_ column: String, of name: QualifiedName) {
    guard var table = table(name), table.column(column) == nil else { return }
    table.columns.append(
      Column(id: assumedID(), name: column, type: nil, isNullable: nil, default: .unknown))
    relations[name] = .table(Shared(table))
  }
}

extension Replay {
  mutating func apply(_ statement: Statement) throws(Refused) {
    guard depth < Self.maximumDepth else {
      return effect(.notUnderstood(.statement("a nested statement")))
    }
    try requireAllowance()
    depth += 1
    defer { depth -= 1 }
    if catalog.unfollowed.contains(.eventTriggers), statement.firesEventTriggers {
      effect(.notUnderstood(.statement("an event trigger")))
    }
    try requireVersion(for: statement)
    switch statement {
    case .refused(let refusal, let statement): try refuse(statement, refusal)
    case .createTable(let statement): try createTable(statement)
    case .createTableAs(let statement): try createTableAs(statement)
    case .alterTable(let statement): try alterTable(statement)
    case .createIndex(let statement): try createIndex(statement)
    case .drop(let statement): try drop(statement)
    case .rename(let statement): try rename(statement)
    case .setSchema(let statement): try setSchema(statement)
    case .setOwner(let statement): try setOwner(statement)
    case .createType(let statement): try createType(statement)
    case .alterEnum(let statement): try alterEnum(statement)
    case .createDomain(let statement): try createDomain(statement)
    case .alterDomain(let statement): try alterDomain(statement)
    case .createSequence(let statement): try createSequence(statement)
    case .alterSequence(let statement): try alterSequence(statement)
    case .createView(let statement): try createView(statement)
    case .createMaterializedView(let statement): try createMaterializedView(statement)
    case .refreshMaterializedView(let statement): try refresh(statement)
    case .createFunction(let statement): try createFunction(statement)
    case .createTrigger(let statement): try createTrigger(statement)
    case .createExtension(let statement): try createExtension(statement)
    case .createSchema(let statement): try createSchema(statement)
    case .comment(let statement): try comment(statement)
    case .createPolicy(let statement): try createPolicy(statement)
    case .alterPolicy(let statement): try alterPolicy(statement)
    case .createRule(let statement): try createRule(statement)
    case .createStatistics(let statement): try createStatistics(statement)
    case .createObject(let statement): try createObject(statement)
    case .alterObject(let statement): try alterObject(statement)
    case .publication(let statement): try publication(statement)
    default: try applyToRows(statement)
    }
  }

  private mutating func applyToRows(_ statement: Statement) throws(Refused) {
    switch statement {
    case .select(let query):
      if query.isCursor, !query.isHeld, !context.isInTransaction {
        try fail("25P01", .needsTransaction(command: "DECLARE CURSOR"))
      }
      rowsMayRaise(query, in: try read(query))
      try requireTypes(of: query)
      proveQuery(query)
      try requireSequences(of: query.functions, areCalled: true)
    case .insert(let statement): try insert(statement)
    case .update(let statement): try update(statement)
    case .delete(let statement): try delete(statement)
    case .merge(let statement): try merge(statement)
    case .truncate(let statement): try truncate(statement)
    case .copy(let statement): try copy(statement)
    case .call(let call): effect(.notUnderstood(.routineCall(catalog.resolveRoutine(call.name))))
    case .doBlock(let block): try run(block)
    case .explain(let inner, let analyze):
      if analyze {
        try apply(inner)
      } else if case .select(let query) = inner {
        _ = try read(query)
        proveQuery(query)
      }
    case .execute(let name): effect(.notUnderstood(.prepared(name)))
    default: try applyToSession(statement)
    }
  }

  private mutating func applyToSession(_ statement: Statement) throws(Refused) {
    switch statement {
    case .alterFunction(let statement): try alterFunction(statement)
    case .updateExtension(let name, let version):
      if catalog.extensions[name] == nil {
        mayFail("42704", .missing(.extension, QualifiedName(name), of: nil))
      }
      requireAvailable(name, version: version)
      catalog.extensions[name]?.version = version
      effect(.extensionUpdated(name: name))
      doubt(.schema, .notCompared(.extension, QualifiedName(name)))
    case .alterStatistics(let name):
      let key = otherKey(ObjectReference(kind: .statistics, name: name))
      if catalog.others[key] == nil { try missing(key) }
      effect(.otherChanged(ObjectKey(.statistics, catalog.resolveNew(name))))
      doubt(.schema, .notCompared(.statistics, catalog.resolveNew(name)))
    case .grant(let statement): try grant(statement)
    case .grantRoles(let statement): try grantRoles(statement)
    case .owned(let statement): try apply(statement)
    case .defaultPrivileges(let statement): try alterDefaultPrivileges(statement)
    case .transaction(let command): try control(command)
    case .setVariable(let statement):
      setVariable(name: statement.name, values: statement.values, isLocal: statement.isLocal)
    case .setPathOfSessions:
      catalog.hasOtherPath = true
      effect(.notUnderstood(.statement("SET search_path of later sessions")))
    case .setConstraints(let names, let deferred):
      for name in names { try setConstraint(name, deferred: deferred) }
    case .inert("CLOSE"), .inert("FETCH"), .inert("DEALLOCATE"):
      mayFail("34000", .invalidDefinition("a cursor or prepared statement that is not known"))
    case .prepare: doubt(.executes, .unprovedQuery)
    case .show(let name): show(name)
    case .inert: break
    case .lock(let statement): try lockTables(statement)
    case .vacuum(let statement): try vacuum(statement)
    case .reindex(let statement): try reindex(statement)
    case .cluster(let statement): try cluster(statement)
    case .other(let tag):
      if let command = commandsOutsideTransactions[tag] { try forbidTransaction(command) }
      effect(.notUnderstood(.statement(tag)))
      switch tag {
      case "CREATE EVENT TRIG": catalog.unfollowed.insert(.eventTriggers)
      case "CREATE OPERATOR", "CREATE CAST", "CREATE AGGREGATE", "DEFINE", "ALTER OP FAMILY":
        catalog.unfollowed.insert(.operators)
      default: break
      }
    default: effect(.notUnderstood(.statement("?")))
    }
  }
}

/// Commands that no transaction may hold, by the names of their nodes in PostgreSQL's source.
private let commandsOutsideTransactions = [
  "CREATEDB": "CREATE DATABASE", "DROPDB": "DROP DATABASE", "ALTER SYSTEM": "ALTER SYSTEM",
  "CREATE TABLE SPACE": "CREATE TABLESPACE", "DROP TABLE SPACE": "DROP TABLESPACE",
]

extension Effect {
  /// Whether it may leave something behind that uses an operator, be it one that is not written.
  fileprivate var definesUse: Bool {
    switch self {
    case .tableCreated, .columnAdded, .columnTypeChanged, .defaultChanged, .constraintAdded,
      .constraintAltered, .indexCreated, .domainChanged, .typeCreated, .compositeChanged,
      .viewCreated, .viewReplaced, .routineCreated, .triggerCreated, .ruleCreated, .policyCreated,
      .policyChanged, .partitionAttached, .extensionCreated, .extensionUpdated, .notUnderstood:
      true
    case .otherCreated(let key), .otherChanged(let key):
      key.kind == .statistics || key.kind == .publication || key.kind == .view
    default: false
    }
  }
}

extension Statement {
  /// Whether it defines something (manual, Event Trigger Firing Matrix), as far as it is told apart here.
  fileprivate var firesEventTriggers: Bool {
    switch self {
    case .select, .insert, .update, .delete, .merge, .truncate, .copy, .call, .doBlock, .explain,
      .execute, .transaction, .setVariable, .setConstraints, .prepare, .show, .inert, .lock,
      .vacuum,
      .cluster:
      false
    case .refused(_, let statement): statement.firesEventTriggers
    case .createObject(let statement): statement.object.kind.firesEventTriggers
    case .alterObject(let statement): statement.object.kind.firesEventTriggers
    case .drop(let statement): statement.kind.firesEventTriggers
    case .setOwner(let statement): statement.object.kind.firesEventTriggers
    case .rename(let statement): statement.object.kind.firesEventTriggers
    case .comment(let statement): statement.object.kind.firesEventTriggers
    case .grantRoles: false
    default: true
    }
  }
}

extension ObjectKind {
  /// Event triggers have nothing to do with each other, nor with what belongs to all databases.
  fileprivate var firesEventTriggers: Bool {
    switch self {
    case .eventTrigger, .role, .database, .tablespace: false
    default: true
    }
  }
}

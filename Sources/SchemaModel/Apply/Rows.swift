// What statements that write rows have in common; DELETE, TRUNCATE, MERGE and COPY.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// The target of a write: a table, or what is known of a view that is written through.
  mutating func target(
    _ written: QualifiedName, _ events: Set<CreateTrigger.Event>, _ columns: [String] = []
  ) throws(Refused) -> Table? {
    let name = catalog.resolveRelation(written)
    if catalog.view(name) != nil {
      lock(named: name, .rowExclusive)
      effect(.notUnderstood(.trigger(name)))
      return nil
    }
    if isSystemSchema(name.schema)
      || written.schema == nil && catalog.relations[name] == nil && name.name.hasPrefix("pg_")
    {
      effect(.notUnderstood(.statement("a write to a system catalog")))
      return nil
    }
    let table = try table(written, byQuery: true)
    lock(table, .rowExclusive)
    noteTriggers(of: table, events, columns)
    if !table.rules.isEmpty { effect(.notUnderstood(.trigger(table.name))) }
    return table
  }

  /// Whether a statement does to each row that it names just what it says: no trigger leaves a row out or
  /// changes it, no child keeps rows of its own, and FROM or USING leaves none out.
  func writesAsSaid(
    _ table: Table, _ event: CreateTrigger.Event, only: Bool, isJoined: Bool
  ) -> Bool {
    if isJoined || only && !descendants(of: table.name).isEmpty { return false }
    let isTriggered = table.triggers.contains { trigger in
      trigger.state != .disabled && trigger.definition.timing == .before
        && trigger.definition.events.contains(event)
    }
    return !isTriggered && table.rules.isEmpty
  }

  mutating func changeRows(
    of table: inout Table, adds: Bool = false, empties: Bool = false, givesNumbers: Bool = true
  ) {
    if table.rows.origin != context.origin { table.rows = .init(origin: context.origin) }
    table.rows.areChanged = true
    if givesNumbers { table.rows.areNumbersGiven = true }
    if empties {
      table.rows.areGone = true
      table.rows.areAdded = false
    }
    if adds {
      table.rows.areGone = false
      table.rows.areAdded = true
    }
  }

  // MARK: DELETE, TRUNCATE

  mutating func delete(_ statement: Delete) throws(Refused) {
    var statement = statement
    let use = RelationUse(name: statement.table, alias: statement.alias)
    let reads = try read(statement.reads, writing: use)
      .filter { $0 != catalog.resolveRelation(statement.table) }
    guard var table = try target(statement.table, [.delete]) else { return }
    if statement.isJoined { statement.predicate?.keepConjuncts(of: use, table) }
    try requireReplicaIdentity(of: table)
    try requireColumns(of: statement.predicate, in: table, reads)
    try requireReadable(statement.predicate, of: table, reads)
    try requireTypes(of: statement.reads, writing: use, table)
    let condition = RowCondition(statement.predicate, isJoined: statement.isJoined)
    if let predicate = statement.predicate { rowsMayRaise(predicate, of: table) }
    if readsAllRows(condition, of: table) { scan(table, .query) }
    let takesWhatItSays = writesAsSaid(
      table, .delete, only: statement.only, isJoined: statement.isJoined)
    deleteReferring(to: table, takesWhatItSays ? condition : nil, depth: 0)
    if takesWhatItSays, let conjuncts = statement.predicate?.conjuncts, conjuncts.count == 1,
      case .equals(let reference, let values) = conjuncts[0], let name = reference.column,
      let place = table.columns.firstIndex(where: { $0.name == name })
    {
      var known = contents(table.columns[place]) ?? .init(origin: context.origin)
      known.gone += values
      table.columns[place].contents = known
    }
    if takesWhatItSays, let conjuncts = statement.predicate?.conjuncts, conjuncts.count == 1,
      case .isNull(let reference) = conjuncts[0],
      let place = table.columns.firstIndex(where: { $0.name == reference.column })
    {
      var known = contents(table.columns[place]) ?? .init(origin: context.origin)
      (known.hasNoNull, known.isOnlyNull) = (true, false)
      table.columns[place].contents = known
    }
    changeRows(
      of: &table, empties: condition == .all && takesWhatItSays, givesNumbers: false)
    store(table)
    effect(
      .rowsDeleted(
        RowsDeleted(
          table: table.reference, condition: condition, reads: reads,
          conjuncts: statement.predicate?.conjuncts ?? [])))
    if statement.only { return }
    reachDescendants(of: table) { child in
      .rowsDeleted(
        RowsDeleted(
          table: child, condition: condition, reads: reads,
          conjuncts: statement.predicate?.conjuncts ?? []))
    }
  }

  /// Rows that refer to the deleted ones go too, are changed, or stop the statement.
  /// - Parameter condition: which rows are deleted; nil where it is not known.
  private mutating func deleteReferring(
    to table: Table, _ condition: RowCondition?, depth: Int
  ) {
    guard !isKnownEmpty(table), depth < Self.maximumDepth else { return }
    for user in users(of: table.name) {
      guard let other = catalog.table(user), !isKnownEmpty(other) else { continue }
      for constraint in other.constraints {
        guard let reference = constraint.reference, reference.table == table.name else { continue }
        follow(reference, constraint, other, from: table, condition, depth)
      }
    }
  }

  private mutating func follow(
    _ reference: Constraint.Reference, _ constraint: Constraint, _ other: Table,
    from table: Table, _ condition: RowCondition?, _ depth: Int
  ) {
    if !hasIndex(leadingWithOneOf: reference.columns, of: other) { scan(other, .query) }
    let referring = rows(of: other, referring: reference, to: table, condition)
    switch reference.onDelete {
    case .noAction, .restrict:
      lock(other, .rowShare)
      if haveGone(from: other, referring: reference, condition) { return }
      mayFail(
        "23503", .referencedRows(table: other.name, constraint: constraint.name),
        when: referring ?? .unknown(other.reference))
    case .cascade:
      let isSeen = outcome.effects.contains { effect in
        if case .rowsDeleted(let rows) = effect { rows.table.name == other.name } else { false }
      }
      if isSeen { return }
      lock(other, .rowExclusive)
      noteTriggers(of: other, [.delete], [])
      effect(
        .rowsDeleted(
          RowsDeleted(
            table: other.reference, condition: .other("rows that refer to \(table.name.name)"),
            reads: [], referring: constraint.isValidated ? referring : nil)))
      deleteReferring(to: other, nil, depth: depth + 1)
    case .setNull, .setDefault:
      let columns = reference.setColumns.isEmpty ? reference.columns : reference.setColumns
      updateAlong(other, columns, from: table, constraint.isValidated ? referring : nil)
    }
  }

  /// Whether the step has deleted the rows that refer to those which go.
  private func haveGone(
    from other: Table, referring reference: Constraint.Reference, _ condition: RowCondition?
  ) -> Bool {
    guard case .keyed(let keys)? = condition, reference.columns.count == 1,
      let key = keys.first(where: { $0.column == reference.referencedColumns.first }),
      let column = other.column(reference.columns[0]), let contents = contents(column),
      !(other.rows.origin == context.origin && other.rows.areAdded)
    else { return false }
    return key.values.allSatisfy(contents.gone.contains)
  }

  /// The rows that refer to those which go, as a database can be asked for them before the step.
  private func rows(
    of other: Table, referring reference: Constraint.Reference, to table: Table,
    _ condition: RowCondition?
  ) -> DataCondition? {
    guard other.name != table.name, !areRowsChanged(table) else { return nil }
    let probe = probe(reference, of: other, to: table)
    switch condition {
    case .all?: return settled(.refers(probe, to: []), on: other, reference.columns)
    case .keyed(let keys)?:
      return settled(.refers(probe, to: keys), on: other, reference.columns)
    case .other?, nil: return nil
    }
  }

  mutating func truncate(_ statement: Truncate) throws(Refused) {
    var tables: [Table] = []
    for name in statement.tables { tables.append(try table(name)) }
    var found = Set(tables.map(\.name))
    var place = 0
    while place < tables.count {
      let table = tables[place]
      place += 1
      try requireAllowance()
      for user in users(of: table.name) {
        guard let other = catalog.table(user), !found.contains(other.name) else { continue }
        let isPart = other.partitionOf?.parent == table.name || other.inherits.contains(table.name)
        let refers = other.constraints.contains { $0.reference?.table == table.name }
        if isPart || refers && statement.cascade {
          tables.append(other)
          found.insert(other.name)
        } else if refers {
          try fail(
            "0A000",
            .hasDependents(.table, table.name, dependents: [Dependent(.table, other.name)]),
            ifCertain: isSettled(other.id))
        }
      }
    }
    for table in tables { try requireIdle(table) }
    for var table in tables {
      lock(table, .accessExclusive)
      noteTriggers(of: table, [.truncate], [])
      rewrite(table, .truncate)
      changeRows(of: &table, empties: true)
      store(table)
    }
    effect(
      .truncated(
        tables.map(\.reference), restartIdentity: statement.restartIdentity,
        cascade: statement.cascade))
  }

  // MARK: MERGE, COPY

  mutating func merge(_ statement: Merge) throws(Refused) {
    let reads = try read(statement.reads).filter { $0 != catalog.resolveRelation(statement.table) }
    guard var table = try target(statement.table, [.insert, .update, .delete], statement.updates)
    else { return }
    scan(table, .query)
    changeRows(of: &table, adds: statement.inserts)
    for place in table.columns.indices {
      table.columns[place].contents = .init(origin: context.origin, isChanged: true)
    }
    store(table)
    let reference = table.reference
    if statement.inserts {
      effect(
        .rowsInserted(
          RowsInserted(table: reference, columns: [], rows: nil, reads: reads, onConflict: nil)))
    }
    if !statement.updates.isEmpty {
      effect(
        .rowsUpdated(
          RowsUpdated(
            table: reference, columns: statement.updates.map { Assignment(column: $0) },
            condition: .other("MERGE"), reads: reads)))
    }
    if statement.deletes {
      effect(
        .rowsDeleted(RowsDeleted(table: reference, condition: .other("MERGE"), reads: reads)))
    }
    if statement.inserts || !statement.updates.isEmpty {
      mayFail("23505", .duplicatesExist(table: table.name, key: []), when: .unknown(reference))
    } else {
      // What is deleted may be referred to or met twice, and the conditions are computed.
      mayFail("22000", .invalidDefinition("what MERGE meets in \(table.name.name)"))
    }
  }

  mutating func copy(_ statement: Copy) throws(Refused) {
    if statement.isProgram || statement.file != nil { return effect(.notUnderstood(.copy)) }
    // The rows are sent between the client and the server, for which a driver has calls of its own.
    mayFail("08P01", .notSupported("COPY with STDIN or STDOUT as a plain statement"))
    if let query = statement.query { rowsMayRaise(query, in: try read(query)) }
    guard let name = statement.table else { return }
    guard statement.isFrom else {
      return lock(try table(name), .accessShare)
    }
    guard var table = try target(name, [.insert]) else { return }
    changeRows(of: &table, adds: true)
    store(table)
    effect(
      .rowsInserted(
        RowsInserted(
          table: table.reference, columns: statement.columns, rows: nil, reads: [],
          onConflict: nil)))
    if !isKnownEmpty(table) {
      mayFail(
        "23505", .duplicatesExist(table: table.name, key: []), when: .unknown(table.reference))
    }
  }
}

// Tables that their transaction is not done with: rows that deferred triggers have still to look at, open cursors.
// Until then PostgreSQL neither alters nor drops them (`CheckTableNotInUse` in tablecmds.c, 55006).

import HashTreeCollections
import PostgresSyntax

/// What one transaction has left open.
struct OpenWork: Sendable {
  var transaction = 0
  var busy: [BusyTable] = []
  /// Tables whose rows it has changed.
  var written: TreeSet<ObjectID> = []
  /// Constraints that SET CONSTRAINTS deferred; `ALL` among them for all.
  var deferred: TreeSet<String> = []
}

struct BusyTable: Hashable, Sendable {
  enum Cause: String, Sendable {
    case triggers = "deferred triggers have not run for rows of it"
    case cursor = "a cursor over it is open"
  }
  var table: ObjectID
  var cause: Cause
  /// Nil where it is busy for certain.
  var condition: DataCondition?
}

extension Replay {
  /// Whether the transaction is not done with some table.
  var hasOpenWork: Bool {
    context.isInTransaction && catalog.openWork.transaction == context.transaction
      && !catalog.openWork.busy.isEmpty
  }

  /// Refuses to change a table that the transaction is not done with.
  mutating func requireIdle(_ table: Table) throws(Refused) {
    guard hasOpenWork else { return }
    charge(catalog.openWork.busy.count / 16)
    for busy in catalog.openWork.busy where busy.table == table.id {
      let reason = FailureReason.inUse(table.name, busy.cause.rawValue)
      if let condition = busy.condition {
        mayFail("55006", reason, when: condition)
      } else {
        try fail("55006", reason)
      }
    }
  }

  /// Remembers what the statement leaves open, after it was applied.
  mutating func noteOpenWork(of statement: Statement) {
    guard context.isInTransaction else { return }
    let effects = outcome.effects
    switch statement {
    case .setConstraints(let names, let deferred): setConstraints(names, deferred)
    case .select(let query) where query.isCursor:
      for relation in query.relations {
        if let table = catalog.table(catalog.resolveRelation(relation.name)) {
          leave(BusyTable(table: table.id, cause: .cursor))
        }
      }
    case .inert("CLOSE"): catalog.openWork.busy.removeAll { $0.cause == .cursor }
    default:
      for effect in effects { noteOpenWork(of: effect) }
    }
  }

  private mutating func setConstraints(_ names: [QualifiedName], _ isDeferred: Bool) {
    begin()
    let names = names.isEmpty ? ["ALL"] : names.map(\.name)
    if isDeferred {
      catalog.openWork.deferred.formUnion(names)
    } else {
      // Deferred triggers run now.
      if names == ["ALL"] { catalog.openWork.busy.removeAll { $0.cause == .triggers } }
      catalog.openWork.deferred.subtract(names)
    }
  }

  /// Forgets what another transaction left open.
  private mutating func begin() {
    if catalog.openWork.transaction != context.transaction {
      catalog.openWork = OpenWork(transaction: context.transaction)
    }
  }

  private mutating func leave(_ busy: BusyTable) {
    begin()
    if !catalog.openWork.busy.contains(busy) { catalog.openWork.busy.append(busy) }
  }

  private mutating func noteOpenWork(of effect: Effect) {
    switch effect {
    case .rowsInserted(let rows):
      guard let table = catalog.table(rows.table) else { return }
      let isQueued = table.constraints.contains { $0.reference != nil && isDeferred($0) }
      if isQueued || hasDeferredTrigger(table, .insert) {
        let isCertain = rows.count ?? 0 > 0 && rows.onConflict == nil && table.triggers.isEmpty
        queue(table, isCertain && isQueued ? nil : .unknown(table.reference))
      }
      wrote(table)
    case .rowsUpdated(let rows):
      guard let table = catalog.table(rows.table), !isUnwritten(table) else { return }
      let columns = Set(rows.columns.map(\.column))
      let isQueued = table.constraints.contains {
        ($0.reference != nil || $0.key != nil) && isDeferred($0)
          && !columns.isDisjoint(with: $0.columns)
      }
      let isReferenced = deferredReferences(to: table).contains {
        !columns.isDisjoint(with: $0.referencedColumns)
      }
      if isQueued || isReferenced || hasDeferredTrigger(table, .update) {
        queue(table, .unknown(table.reference))
      }
      wrote(table)
    case .rowsDeleted(let rows):
      guard let table = catalog.table(rows.table), !isUnwritten(table) else { return }
      if !deferredReferences(to: table).isEmpty || hasDeferredTrigger(table, .delete) {
        queue(table, condition(of: rows, table))
      }
      wrote(table)
    default: return
    }
  }

  /// The rows of partitions wait there.
  private mutating func queue(_ table: Table, _ condition: DataCondition?) {
    leave(BusyTable(table: table.id, cause: .triggers, condition: condition))
    for name in descendants(of: table.name) {
      guard let child = catalog.table(name) else { continue }
      leave(BusyTable(table: child.id, cause: .triggers, condition: .unknown(child.reference)))
    }
  }

  /// Whether the step made the table and put nothing into it.
  private func isUnwritten(_ table: Table) -> Bool {
    isNew(table.origin) && !catalog.openWork.written.contains(table.id)
  }

  private mutating func wrote(_ table: Table) {
    begin()
    catalog.openWork.written.insert(table.id)
  }

  /// Which rows a DELETE finds, as far as a question to the rows from before the transaction tells.
  private func condition(of rows: RowsDeleted, _ table: Table) -> DataCondition {
    let work = catalog.openWork
    if work.transaction == context.transaction, work.written.contains(table.id) {
      return .unknown(table.reference)
    }
    return switch rows.condition {
    case .all: .hasRows(table.reference)
    case .keyed(let keys): .rowsMatch(table.reference, keys)
    case .other: .unknown(table.reference)
    }
  }

  private func isDeferred(_ constraint: Constraint) -> Bool {
    guard constraint.isDeferrable || constraint.isInitiallyDeferred else { return false }
    let work = catalog.openWork
    let isSet =
      work.transaction == context.transaction
      && (work.deferred.contains("ALL") || work.deferred.contains(constraint.name))
    return constraint.isInitiallyDeferred || isSet
  }

  /// The foreign keys that look for what referred to a row only at the end of the transaction.
  private func deferredReferences(to table: Table) -> [Constraint.Reference] {
    (users(of: table.name) + [table.name]).compactMap { catalog.table($0) }
      .flatMap(\.constraints).filter(isDeferred).compactMap(\.reference)
      .filter { $0.table == table.name && $0.onDelete == .noAction }
  }

  private func hasDeferredTrigger(_ table: Table, _ event: CreateTrigger.Event) -> Bool {
    table.triggers.contains {
      $0.definition.isInitiallyDeferred && $0.definition.events.contains(event)
        && $0.state != .disabled
    }
  }
}

// Values that an upgrade overwrites or drops and that its downgrade brings back: copied aside and copied
// back, or computed there and back without loss.

import PostgresSyntax
import SchemaModel

/// What a round trip does to columns that it writes itself.
struct KeptValues: Sendable {
  enum Fate: Sendable {
    case lost
    case kept
    /// Brought back as they were, whatever was written in between.
    case keptIfUnchanged
    /// Both directions compute the values from themselves; whether one undoes the other is not known.
    case unknown
  }

  private struct Place: Hashable {
    var table: ObjectID
    var column: String
  }
  /// Columns that were copied to a new column, and back from it.
  private var copied: Set<Place> = []
  /// The new columns.
  private var copies: Set<Place> = []
  private var undone: Set<Place> = []
  private var computed: Set<Place> = []

  /// Tables that were emptied after all their rows went to a backup, from which they come back.
  private var emptied: Set<ObjectID> = []
  private var backups: Set<ObjectID> = []

  init(_ trip: RoundTrip) {
    let upgrades = Events(trip.upgrades)
    guard !upgrades.isEmpty else { return }
    let downgrades = Events(trip.downgrades)
    for backup in upgrades.backups {
      guard let table = trip.before.table(backup.source), trip.isPlain(table),
        upgrades.isAllTaken(from: table.id, after: backup), downgrades.bringsBack(backup, table)
      else { continue }
      emptied.insert(table.id)
      backups.insert(backup.table)
    }
    guard !downgrades.updates.isEmpty else { return }
    for update in upgrades.updates {
      guard let table = trip.before.table(update.rows.table),
        !upgrades.renames.contains(table.id), !downgrades.renames.contains(table.id)
      else { continue }
      let isPlain = trip.isPlain(table)
      for assignment in update.rows.columns {
        let place = Place(table: table.id, column: assignment.column)
        if isPlain, let source = update.copiedColumn(assignment),
          isCopied(source, to: assignment.column, update, table, upgrades, downgrades)
        {
          copied.insert(Place(table: table.id, column: source))
          copies.insert(place)
        }
        settle(assignment, place, update, table, isPlain, upgrades, downgrades)
      }
    }
  }

  /// Whether all rows of the table come back from a backup.
  func bringsBackRows(of table: ObjectID) -> Bool { emptied.contains(table) }

  /// Whether a statement is the INSERT that brings them back.
  func bringsBackRows(by statement: StatementRecord) -> Bool {
    statement.outcome.effects.contains { effect in
      if case .rowsInserted(let rows) = effect { bringsBackRows(of: rows.table.id) } else { false }
    }
  }

  func isBackup(_ table: ObjectID) -> Bool { backups.contains(table) }

  /// Whether what goes with a dropped column is in another one by then.
  func survives(_ drop: ColumnDrop) -> Bool {
    let place = Place(table: drop.table.id, column: drop.column.name)
    return copied.contains(place) || copies.contains(place)
  }

  func fate(of column: String, in table: TableReference, _ direction: StepDirection) -> Fate {
    let place = Place(table: table.id, column: column)
    if undone.contains(place) { return .kept }
    if copied.contains(place) { return direction == .upgrade ? .kept : .keptIfUnchanged }
    return computed.contains(place) ? .unknown : .lost
  }

  /// Whether `new` holds the values of `old` from this statement on until the downgrade copies them back.
  private func isCopied(
    _ old: String, to new: String, _ update: Events.Update, _ table: Table, _ upgrades: Events,
    _ downgrades: Events
  ) -> Bool {
    guard let column = table.column(old), let type = column.type, !column.isGenerated,
      table.column(new) == nil,
      upgrades.added(new, to: table.id).contains(where: { $0.type == type && !$0.isGenerated }),
      !upgrades.changes(of: old, in: table.id).contains(where: { $0 < update.position }),
      upgrades.changes(of: new, in: table.id).allSatisfy({ $0 == update.position })
    else { return false }
    let back = downgrades.updates.first { other in
      other.rows.table.id == table.id
        && other.rows.columns.contains { $0.column == old && other.copiedColumn($0) == new }
    }
    guard let back, downgrades.changes(of: old, in: table.id).allSatisfy({ $0 == back.position }),
      !downgrades.changes(of: new, in: table.id).contains(where: { $0 < back.position }),
      !downgrades.drops(of: new, in: table.id).contains(where: { $0 < back.position })
    else { return false }
    let isDropped = !upgrades.drops(of: old, in: table.id).isEmpty
    return downgrades.drops(of: old, in: table.id).isEmpty
      && (!isDropped || downgrades.added(old, to: table.id).contains { $0.type == type })
  }

  /// One statement in each direction that computes a column from itself.
  private mutating func settle(
    _ assignment: Assignment, _ place: Place, _ update: Events.Update, _ table: Table,
    _ isPlain: Bool, _ upgrades: Events, _ downgrades: Events
  ) {
    guard let column = table.column(place.column), let value = assignment.value,
      value.columns.contains(where: { $0.column == place.column }),
      let back = downgrades.updates.first(where: { $0.rows.table.id == table.id }),
      let other = back.rows.columns.first(where: { $0.column == place.column })?.value,
      other.columns.contains(where: { $0.column == place.column })
    else { return }
    let isAlone =
      upgrades.changes(of: place.column, in: table.id) == [update.position]
      && downgrades.changes(of: place.column, in: table.id) == [back.position]
      && upgrades.drops(of: place.column, in: table.id).isEmpty
      && downgrades.drops(of: place.column, in: table.id).isEmpty
    if isPlain, isAlone, update.takesAll, back.takesAll, value.isUndone(by: other, column) {
      undone.insert(place)
    } else {
      computed.insert(place)
    }
  }
}

/// What one direction does to columns, in the order of its statements.
private struct Events {
  struct Update {
    var position: Int
    var rows: RowsUpdated
    var isConditional: Bool

    var takesAll: Bool { rows.condition == .all && rows.reads.isEmpty && !isConditional }

    /// The column of the same row whose value is taken as it is.
    func copiedColumn(_ assignment: Assignment) -> String? {
      guard takesAll, let value = assignment.value, value.constant == nil,
        value.columns.count == 1, let name = value.columns[0].column, value.functions.isEmpty,
        value.operators.isEmpty, value.casts.isEmpty, !value.containsSubquery,
        !value.containsParameter
      else { return nil }
      let last = value.text.split(separator: ".").last.map(String.init)
      return last == name || last == quoteIdentifier(name) ? name : nil
    }
  }
  /// `CREATE TABLE … AS SELECT * FROM source`
  struct Backup {
    var position: Int
    var table: ObjectID
    var name: QualifiedName
    var source: TableReference
  }
  /// Rows inserted or taken away.
  private struct RowChange {
    var position: Int
    var table: ObjectID
    var takesAll: Bool
    var sql: String
  }
  private struct Addition {
    var table: ObjectID
    var column: Column
  }
  private struct Change {
    var table: ObjectID
    var column: String
    var position: Int
  }

  private(set) var updates: [Update] = []
  private(set) var backups: [Backup] = []
  private var rowChanges: [RowChange] = []
  /// The tables of which a column is renamed.
  private(set) var renames: Set<ObjectID> = []
  private var additions: [Addition] = []
  private var changes: [Change] = []
  private var drops: [Change] = []

  init(_ steps: [StepRecord]) {
    for (index, statement) in steps.lazy.flatMap(\.statements).enumerated() {
      for effect in statement.outcome.effects {
        note(effect, of: statement, at: index + 1)
        noteRows(effect, of: statement, at: index + 1)
      }
    }
  }

  /// What happens to tables and columns.
  private mutating func note(_ effect: Effect, of statement: StatementRecord, at position: Int) {
    switch effect {
    case .tableCreated(let table) where !statement.isConditional:
      if let backup = statement.backup(table, position) { backups.append(backup) }
    case .columnTypeChanged(let change):
      changes.append(
        Change(table: change.column.table.id, column: change.column.name, position: position))
    case .columnAdded(let addition) where !statement.isConditional:
      additions.append(Addition(table: addition.table.id, column: addition.column))
    case .columnDropped(let drop):
      drops.append(Change(table: drop.table.id, column: drop.column.name, position: position))
    case .renamed(let renaming):
      if let table = renaming.table { renames.insert(table.id) }
    default: break
    }
  }

  private mutating func noteRows(
    _ effect: Effect, of statement: StatementRecord, at position: Int
  ) {
    func change(_ table: TableReference, takesAll: Bool, _ sql: String) -> RowChange {
      RowChange(
        position: position, table: table.id, takesAll: takesAll && !statement.isConditional,
        sql: sql)
    }
    switch effect {
    case .rowsDeleted(let rows):
      rowChanges.append(change(rows.table, takesAll: rows.condition == .all, statement.sql))
    case .truncated(let tables, _, _):
      rowChanges += tables.map { change($0, takesAll: true, statement.sql) }
    case .rowsUpdated(let rows):
      updates.append(Update(position: position, rows: rows, isConditional: statement.isConditional))
      noteWrites(of: rows.columns, in: rows.table, at: position)
    case .rowsInserted(let rows):
      rowChanges.append(
        change(rows.table, takesAll: false, statement.isConditional ? "" : statement.sql))
      if case .doUpdate(let assignments, predicate: _)? = rows.onConflict?.action {
        noteWrites(of: assignments, in: rows.table, at: position)
      }
    default: break
    }
  }

  private mutating func noteWrites(
    of assignments: [Assignment], in table: TableReference, at position: Int
  ) {
    changes += assignments.map {
      Change(table: table.id, column: $0.column, position: position)
    }
  }

  var isEmpty: Bool { updates.isEmpty && backups.isEmpty }

  /// Whether the table's rows are those of the backup until all of them are taken away at once.
  func isAllTaken(from table: ObjectID, after backup: Backup) -> Bool {
    let own = rowChanges.filter { $0.table == table }
    let later = rowChanges.filter { $0.table == backup.table && $0.position > backup.position }
    return own.count == 1 && own[0].takesAll && own[0].position > backup.position
      && later.isEmpty && !updates.contains { [table, backup.table].contains($0.rows.table.id) }
      && !changes.contains { $0.table == table || $0.table == backup.table }
      && !drops.contains { $0.table == table || $0.table == backup.table }
      && !additions.contains { $0.table == table || $0.table == backup.table }
      && renames.isDisjoint(with: [table, backup.table])
  }

  /// Whether one INSERT takes all rows of the backup to the table again, before anything else happens there.
  func bringsBack(_ backup: Backup, _ table: Table) -> Bool {
    let own = rowChanges.filter { $0.table == table.id }
    let wanted = "insert into \(displayed(table.name)) select * from \(displayed(backup.name))"
    return own.count == 1 && own[0].sql.words == wanted
      && !rowChanges.contains { $0.table == backup.table }
      && !updates.contains { [table.id, backup.table].contains($0.rows.table.id) }
      && !changes.contains { $0.table == table.id || $0.table == backup.table }
      && !drops.contains { $0.table == table.id || $0.table == backup.table }
      && !additions.contains { $0.table == table.id || $0.table == backup.table }
      && renames.isDisjoint(with: [table.id, backup.table])
  }

  func added(_ column: String, to table: ObjectID) -> [Column] {
    additions.filter { $0.table == table && $0.column.name == column }.map(\.column)
  }

  /// The positions of the statements that write a column or change its type.
  func changes(of column: String, in table: ObjectID) -> [Int] {
    changes.filter { $0.table == table && $0.column == column }.map(\.position)
  }

  func drops(of column: String, in table: ObjectID) -> [Int] {
    drops.filter { $0.table == table && $0.column == column }.map(\.position)
  }
}

extension RoundTrip {
  /// Whether statements do to the table's rows just what they say, all the way.
  fileprivate func isPlain(_ table: Table) -> Bool {
    let catalogs = [before] + steps.map(\.after)
    let later = steps.compactMap { $0.after.table(table.reference) }
    guard later.count == steps.count, ([table] + later).allSatisfy(\.isPlain) else { return false }
    let isTriggeredMeanwhile = steps.contains { step in
      step.statements.contains { $0.outcome.effects.contains { $0.addsTrigger(to: table) } }
    }
    return !isTriggeredMeanwhile && !catalogs.contains { $0.isInherited(table.name) }
  }
}

extension Effect {
  /// Whether from now on something else runs when rows of the table are written, or other rows are reached.
  fileprivate func addsTrigger(to table: Table) -> Bool {
    switch self {
    case .triggerCreated(let other, _, replaces: _), .triggerSwitched(let other, _, _):
      other.id == table.id
    case .ruleCreated(relation: let name, _): name == table.name
    case .inheritanceChanged: true
    default: false
    }
  }
}

extension SQLExpression {
  /// Whether another expression of the same column gives back what this one was computed from: an integer
  /// that is added and subtracted again, where an overflow is an error, or a truth value turned twice.
  fileprivate func isUndone(by other: SQLExpression, _ column: Column) -> Bool {
    let name = quoteIdentifier(column.name)
    switch column.type?.builtin {
    case .bool: return text == "NOT \(name)" && other.text == text
    case .int2, .int4, .int8:
      let signs = ["+": "-", "-": "+"]
      let (words, others) = (text.split(separator: " "), other.text.split(separator: " "))
      return words.count == 3 && others.count == 3 && words[0] == name && others[0] == name
        && signs[String(words[1])] == String(others[1]) && words[2] == others[2]
        && Int32(words[2]) != nil
    default: return false
    }
  }
}

extension StatementRecord {
  /// The backup that the statement makes of a table, if that is all it does.
  fileprivate func backup(_ table: Table, _ position: Int) -> Events.Backup? {
    for case .rowsInserted(let rows) in outcome.effects
    where rows.table.id == table.id && rows.reads.count == 1 {
      let source = rows.reads[0]
      guard
        sql.words == "create table \(displayed(table.name)) as select * from \(displayed(source))",
        let lock = outcome.locks.first(where: { $0.relation.name == source })
      else { return nil }
      return Events.Backup(
        position: position, table: table.id, name: table.name, source: lock.relation)
    }
    return nil
  }
}

extension String {
  /// The text with single blanks and in lower case; equal for plain names only.
  fileprivate var words: String {
    split { $0.isWhitespace || $0 == ";" }.joined(separator: " ").lowercased()
  }
}

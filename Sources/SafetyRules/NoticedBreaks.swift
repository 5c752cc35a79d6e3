// Which code breaks remain when the upgrades are through: what they bring about and take back again,
// and what code from before never knew, breaks nothing.

import PostgresSyntax
package import SchemaModel

/// The schema around the upgrades of a round trip, and the names that they gave themselves.
struct UpgradeFrame: Sendable {
  private let trip: RoundTrip
  private(set) var newNames: Set<QualifiedName> = []
  private(set) var newColumnNames: Set<PartName> = []
  private(set) var droppedConstraints: Set<PartName> = []

  struct PartName: Hashable {
    var table: ObjectID
    var name: String
  }

  init(_ trip: RoundTrip) {
    self.trip = trip
    for effect in trip.upgrades.lazy.flatMap(\.statements).flatMap(\.outcome.effects) {
      if case .constraintDropped(let table, let constraint, _) = effect {
        droppedConstraints.insert(PartName(table: table.id, name: constraint.name))
      }
      guard case .renamed(let renaming) = effect else { continue }
      if renaming.kind == .column, let table = renaming.table {
        newColumnNames.insert(PartName(table: table.id, name: renaming.to.name))
      } else {
        newNames.insert(renaming.to)
      }
    }
  }

  var before: Catalog { trip.before }
  var after: Catalog { trip.upgrades.last?.after ?? trip.before }
  /// The schema after the downgrades.
  var end: Catalog { trip.after }

  func before(_ reference: TableReference) -> Table? { before.table(reference) }

  func after(_ reference: TableReference) -> Table? { after.table(reference) }

  func after(_ column: ColumnReferent) -> Column? {
    after(column.table)?.columns.first { $0.id == column.id }
  }

  func before(_ column: ColumnReferent) -> Column? {
    before(column.table)?.columns.first { $0.id == column.id }
  }
}

extension RoundTripContext {
  /// The breaks of an upgrade's statement that code from before the upgrades meets after them.
  package func codeBreaks(of statement: StatementRecord) -> [CodeBreak] {
    statement.outcome.codeBreaks.filter(isNoticed)
  }

  private func isNoticed(_ codeBreak: CodeBreak) -> Bool {
    if let table = codeBreak.table, !isOld(table.origin) { return false }
    if let origin = codeBreak.columnOrigin, !isOld(origin) { return false }
    switch codeBreak {
    case .relationGone(let kind, let relation):
      if isOwnName(relation.name) { return false }
      return kind == .table ? !isReplaced(relation) : !isSameView(relation.name)
    case .relationRenamed(let kind, let relation, let to):
      if isOwnName(relation.name) { return false }
      return kind == .table
        ? !isReplaced(relation) && !isStandIn(relation, to) : !isSameView(relation.name)
    case .viewChanged(let name): return frame.after.view(name) == nil || !isSameView(name)
    case .sequenceGone(let name):
      if isOwnName(name) { return false }
      return !frame.newNames.contains(name) || frame.after.sequence(name) == nil
    case .typeGone(let name), .typeRenamed(let name, _):
      return !isOwnName(name) && !keepsType(name)
    case .compositeChanged(let name):
      guard let before = frame.before.type(name), let after = frame.after.type(name) else {
        return !isOwnName(name)
      }
      return before.kind != after.kind
    case .routineGone(let routine):
      return !frame.after.routines(routine.name).contains { other in
        other.signature == routine.signature && other.kind == routine.kind
          && other.definition?.returns == routine.definition?.returns
      }
    case .privilegesRevoked(let names): return !names.allSatisfy(isMadeByUpgrade)
    default: return isNoticedInTable(codeBreak)
    }
  }

  private func isNoticedInTable(_ codeBreak: CodeBreak) -> Bool {
    switch codeBreak {
    case .columnGone(let column):
      guard frame.newColumnNames.contains(.init(table: column.table.id, name: column.name)),
        let before = frame.before(column.table)
      else { return true }
      // A name that the upgrade itself gave the column: what had it before is told by its own break.
      guard let known = before.column(column.name) else { return false }
      guard let after = frame.after(column.table)?.column(column.name) else { return true }
      return !after.isUsedLike(known)
    case .columnRequired(let column):
      guard let table = frame.after(column.table) else { return true }
      guard let after = table.columns.first(where: { $0.id == column.id }) else { return false }
      return after.mayBeOmitted != true
    case .nullRefused(let column): return frame.after(column)?.isNullable != true
    case .nullAllowed(let column): return frame.after(column)?.isNullable != false
    case .defaultGone(let column), .defaultChanged(let column):
      guard let before = frame.before(column), let after = frame.after(column) else { return true }
      return before.default == .unknown || before.default != after.default
        || before.identity != after.identity
    case .typeChanged(let column, _, _, _):
      guard let before = frame.before(column)?.type, before == frame.after(column)?.type else {
        return true
      }
      return before.userType.map { !keepsType($0) } ?? false
    case .constraintAdded(let table, let constraint):
      return !wasThere(constraint, table) && !cannotBeViolated(constraint, table)
        && !isRequired(constraint.columns, table)
    case .uniqueIndexAdded(let table, let index):
      let columns = index.elements.flatMap(\.columns)
      if isRequired(columns, table) { return false }
      // What an expression makes of values that differ, or of NULL, is not known.
      guard index.isPlain, !index.nullsNotDistinct else { return true }
      return !hadKey(among: columns, table) && !isAlwaysNull(columns, table, all: false)
    case .uniquenessGone(let table, let name): return !keepsKey(name, table)
    case .ruleAdded(let table, let name):
      guard let before = frame.before(table), let after = frame.after(table) else { return false }
      return before.rules.first { $0.name == name } != after.rules.first { $0.name == name }
    case .policiesTightened(let table):
      guard let before = frame.before(table), let after = frame.after(table) else { return false }
      // That it is enabled is told by a break of its own.
      return (before.settings.rowSecurity || !before.isComplete)
        && Set(before.policies) != Set(after.policies)
    case .publishedWithoutIdentity(let table):
      return frame.after(table).map { !$0.hasReplicaIdentity } ?? false
    default: return true
    }
  }

  // MARK: Names

  private func isMadeByUpgrade(_ name: QualifiedName) -> Bool {
    let routine = frame.after.routines(name).first?.origin
    return isMadeByUpgrade(
      frame.after.table(name)?.origin ?? frame.after.view(name)?.origin ?? routine)
  }

  /// Whether the upgrades gave the name to something, and nothing had it before them.
  private func isOwnName(_ name: QualifiedName) -> Bool {
    frame.newNames.contains(name) && frame.before.table(name) == nil
      && frame.before.view(name) == nil && frame.before.sequence(name) == nil
      && frame.before.type(name) == nil
  }

  /// Whether another table has the name in the end, which code can use like the old one.
  private func isReplaced(_ table: TableReference) -> Bool {
    guard frame.newNames.contains(table.name), let before = frame.before(table),
      let after = frame.after.table(table.name), before.isComplete, after.isComplete,
      before.kind == after.kind, after.triggers == before.triggers, after.rules == before.rules
    else { return false }
    return before.columns.allSatisfy { old in
      after.column(old.name)?.isUsedLike(old) == true
    }
      && after.columns.allSatisfy { before.column($0.name) != nil || $0.mayBeOmitted == true }
      && after.constraints.allSatisfy { new in
        before.constraints.contains { $0.kind == new.kind && $0.isDeferrable == new.isDeferrable }
      }
      && before.constraints.allSatisfy { old in
        old.key == nil || after.constraints.contains { $0.kind == old.kind }
      }
      && after.indexes.allSatisfy { new in
        !new.isUnique
          || before.indexes.contains {
            $0.isUnique && $0.elements == new.elements && $0.predicate == new.predicate
          }
      }
  }

  private func isSameView(_ name: QualifiedName) -> Bool {
    guard let before = frame.before.view(name), let after = frame.after.view(name) else {
      return false
    }
    return before.query == after.query && before.relations == after.relations
      && before.columns.map(\.name) == after.columns.map(\.name)
  }

  /// Whether a view of the old name shows every column of the renamed table, so that it is updatable.
  private func isStandIn(_ table: TableReference, _ to: QualifiedName) -> Bool {
    guard let view = frame.after.view(table.name), view.isKnown, view.relations == [to],
      !view.isMaterialized, view.rules.isEmpty, view.triggers.isEmpty,
      let before = frame.before(table), before.isComplete, let now = frame.after.table(to)
    else { return false }
    let words = [" WHERE ", " GROUP BY ", " DISTINCT ", " LIMIT ", " OFFSET ", " HAVING ", "("]
    guard !words.contains(where: view.query.contains) else { return false }
    return before.columns.allSatisfy { old in
      let shown = view.columns.first { $0.name == old.name }
      return shown?.type == old.type && now.column(old.name)?.isUsedLike(old) == true
        && view.reads.contains(.init(relation: to, column: old.name))
    }
      && now.columns.allSatisfy { before.column($0.name) != nil || $0.mayBeOmitted == true }
  }

  private func keepsType(_ name: QualifiedName) -> Bool {
    guard let before = frame.before.type(name), let after = frame.after.type(name) else {
      return false
    }
    if let old = before.labels, let new = after.labels { return Set(new).isSuperset(of: old) }
    return before.kind == after.kind
  }

  // MARK: Constraints

  /// Whether an equal constraint held before: then no row that was allowed is refused now.
  private func wasThere(_ constraint: Constraint, _ table: TableReference) -> Bool {
    if let key = constraint.key, !constraint.isPrimaryKey {
      return !key.nullsNotDistinct && hadKey(among: key.columns, table)
    }
    guard let before = frame.before(table) else { return false }
    return before.constraints.contains { other in
      switch (other.kind, constraint.kind) {
      // What deletes or changes a parent meets the same as before, at the same moment.
      case (.foreignKey(let old), .foreignKey(let new)):
        new.refusesNoMore(than: old) && other.isDeferrable == constraint.isDeferrable
          && other.isInitiallyDeferred == constraint.isInitiallyDeferred
      case (.check(let old, _), .check(let new, _)): new.allows(allOf: old)
      case (.primaryKey(let old), .primaryKey(let new)): old.columns == new.columns
      default: other.kind == constraint.kind
      }
    }
  }

  /// Whether one of the columns is new and needs a value: then that already breaks every INSERT.
  private func isRequired(_ columns: [String], _ table: TableReference) -> Bool {
    guard let after = frame.after(table) else { return false }
    return columns.contains { name in
      guard let column = after.column(name) else { return false }
      return isMadeByUpgrade(column.origin) && column.mayBeOmitted == false
    }
  }

  private func hadKey(among columns: [String], _ table: TableReference) -> Bool {
    frame.before(table)?.uniqueKey(among: Set(columns)) != nil
  }

  private func keepsKey(_ name: String, _ table: TableReference) -> Bool {
    guard let before = frame.before(table), let after = frame.after(table) else { return false }
    let columns =
      before.constraint(name)?.key?.columns ?? before.index(name)?.elements.flatMap(\.columns)
    guard let columns, !columns.isEmpty else { return false }
    if let index = before.index(name), !index.isPlain { return false }
    return after.constraints.contains {
      !$0.isDeferrable && $0.key.map { Set($0.columns) } == Set(columns)
    }
      || after.indexes.contains {
        $0.isUnique && $0.predicate == nil && $0.isPlain && $0.constraint == nil
          && Set($0.elements.flatMap(\.columns)) == Set(columns)
      }
  }

  /// Whether no row that code from before writes violates a constraint, because it leaves the new
  /// columns NULL.
  private func cannotBeViolated(_ constraint: Constraint, _ table: TableReference) -> Bool {
    switch constraint.kind {
    case .foreignKey(let reference):
      return isAlwaysNull(reference.columns, table, all: reference.match == .full)
    case .unique(let key):
      return !key.nullsNotDistinct && isAlwaysNull(key.columns, table, all: false)
    case .check(let expression, _):
      let text = expression.text.uppercased()
      return isAlwaysNull(constraint.columns, table, all: true) && expression.functions.isEmpty
        && !expression.containsSubquery && !text.contains("NULL") && !text.contains("CASE")
        && !text.contains(" IS ") && !text.contains("FALSE")
    case .primaryKey, .exclusion, .unknown: return false
    }
  }

  /// Whether one, or all, of the columns are new and stay NULL where nothing is said of them.
  private func isAlwaysNull(_ columns: [String], _ table: TableReference, all: Bool) -> Bool {
    guard let after = frame.after(table), !columns.isEmpty else { return false }
    func isNull(_ name: String) -> Bool {
      guard let column = after.column(name), isMadeByUpgrade(column.origin) else { return false }
      return column.default == .none && column.identity == nil && column.isNullable == true
    }
    return all ? columns.allSatisfy(isNull) : columns.contains(where: isNull)
  }
}

extension Constraint.Reference {
  /// Whether no write fails that passed before: where the parent could not go, it may go now.
  fileprivate func refusesNoMore(than old: Constraint.Reference) -> Bool {
    func isLooser(_ before: ForeignKey.Action, _ after: ForeignKey.Action) -> Bool {
      before == after
        || after != .restrict && (before == .noAction || before == .restrict)
    }
    return old.columns == columns && old.table == table
      && old.referencedColumns == referencedColumns && old.match == match
      && isLooser(old.onDelete, onDelete) && isLooser(old.onUpdate, onUpdate)
      && (old.onDelete != onDelete || old.setColumns == setColumns)
  }
}

extension Column {
  /// Whether code reads and writes it as it did the earlier one.
  fileprivate func isUsedLike(_ earlier: Column) -> Bool {
    type != nil && type == earlier.type && isNullable == earlier.isNullable
      && identity == earlier.identity && isGenerated == earlier.isGenerated
      && (mayBeOmitted == true || earlier.mayBeOmitted == false)
  }
}

extension Index {
  /// Whether it compares columns as they are.
  fileprivate var isPlain: Bool {
    elements.allSatisfy { element in
      guard case .column = element.key else { return false }
      return element.operatorClass == nil && element.collation == nil
    }
  }
}

extension SQLExpression {
  /// Whether a CHECK holds wherever an earlier one holds: the same text, or a longer list of values.
  fileprivate func allows(allOf earlier: SQLExpression) -> Bool {
    if text == earlier.text { return true }
    guard conjuncts.count == 1, earlier.conjuncts.count == 1,
      case .equals(let column, let values) = conjuncts[0],
      case .equals(let other, let fewer) = earlier.conjuncts[0]
    else { return false }
    return column.column == other.column && Set(values).isSuperset(of: fewer)
  }
}

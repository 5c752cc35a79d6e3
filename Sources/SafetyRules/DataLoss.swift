// Which effects destroy rows or values, and whose: those from before the upgrade, or only newer ones.

package import PostgresSyntax
package import SchemaModel

/// What an effect destroys.
package struct DataLoss: Sendable {
  package enum Age: Sendable, Hashable {
    /// What was there before the upgrade.
    case old
    /// Only what was written since, into what the upgrade created.
    case new
    /// Only what is there by accident, such as blanks at the end of a text: nothing is expected to be lost, and
    /// the rows tell whether it is.
    case rare
    /// It cannot be told what the effect does.
    case unknown
  }
  package var age: Age
  package var what: What
  /// The question that tells whether anything is really lost; nil where none does.
  package var probe: LossProbe?

  package enum What: Sendable, Hashable {
    case table(QualifiedTableName)
    case column(table: QualifiedTableName, column: String)
    case values(table: QualifiedTableName, column: String)
    case rows(table: QualifiedTableName)
    case sequence(QualifiedTableName)
    case notUnderstood
  }
}

package typealias QualifiedTableName = String

/// A question to the rows of a live database, about objects as they are called when it is asked.
package enum LossProbe: Sendable, Hashable {
  /// Are there rows, and how many?
  case rows(TableReference)
  /// Are there values that are not NULL, and how many?
  case values(ColumnReferent)
  /// Are there values other than NULL and the one that the upgrade gave to every row?
  case valuesOtherThan(ColumnReferent, DataType, SQLConstant)
  case condition(DataCondition)
  /// Were rows changed since the upgrade inserted them? Nothing that is asked of rows settles it for those of a
  /// query.
  case changedSince(TableReference, InsertedRows?)

  /// Whether what is lost was written into something that is the upgrade's own.
  package var isAboutChanges: Bool { if case .changedSince = self { true } else { false } }
}

extension RoundTripContext {
  /// What an effect of a step destroys; nil where nothing is lost by it.
  package func loss(by effect: Effect, of step: StepRecord) -> DataLoss? {
    switch effect {
    case .tableDropped(let drop):
      let reference = drop.table.reference
      if step.direction == .downgrade, keptValues.isBackup(reference.id) {
        return DataLoss(
          age: .new, what: .table(displayed(reference.name)), probe: .changedSince(reference, nil))
      }
      return loss(
        reference.origin, step, .table(displayed(reference.name)), probe: .rows(reference))
    case .columnDropped(let drop): return loss(by: drop, of: step)
    case .columnTypeChanged(let change): return loss(by: change, of: step)
    case .rowsDeleted(let deletion):
      if step.direction == .downgrade,
        let rows = insertedRows(takenBackBy: deletion, in: step.after)
      {
        return DataLoss(
          age: .new, what: .rows(table: displayed(deletion.table.name)),
          probe: .changedSince(deletion.table, rows))
      }
      let what = DataLoss.What.rows(table: displayed(deletion.table.name))
      if step.direction == .upgrade,
        deletion.condition == .all && keptValues.bringsBackRows(of: deletion.table.id)
          || takesNothing(deletion.table, deletion.conjuncts)
      {
        return nil
      }
      if step.direction == .downgrade,
        let probe = probeOfNewRows(deletion.table, deletion.conjuncts, in: step)
          ?? probeOfReferring(deletion.referring, in: step) ?? probeOfReferring(deletion, in: step)
      {
        return DataLoss(age: .new, what: what, probe: probe)
      }
      return loss(deletion.table.origin, step, what, probe: .rows(deletion.table))
    case .rowsUpdated(let update): return loss(by: update, of: step)
    case .rowsInserted(let rows): return loss(by: rows, of: step)
    case .truncated(let tables, _, _): return loss(byTruncating: tables, of: step)
    case .sequenceDropped(let sequence, let isDirect):
      guard isDirect, isOld(sequence.origin) else { return nil }
      return DataLoss(age: .old, what: .sequence(displayed(sequence.name)), probe: nil)
    case .sequenceSet(let name, _):
      guard isOld(step.after.sequence(name)?.origin) else { return nil }
      return DataLoss(age: .unknown, what: .sequence(displayed(name)), probe: nil)
    case .identityChanged(let column, let from, nil):
      guard from != nil, isOld(column.origin) else { return nil }
      return DataLoss(
        age: .unknown, what: .sequence("\(displayed(column.table.name)).\(column.name)"), probe: nil
      )
    case .enumValueRenamed(let type, let from, _):
      // Values are shown by their label, which nothing gives back.
      guard step.direction == .upgrade, let before = trip.before.type(type),
        before.labels?.contains(from) == true, let after = trip.after.type(type),
        after.id == before.id, after.labels?.contains(from) == false
      else { return nil }
      return DataLoss(
        age: .old, what: .values(table: displayed(type), column: from), probe: nil)
    case .extensionDropped(_, let cascade):
      return cascade ? DataLoss(age: .unknown, what: .notUnderstood, probe: nil) : nil
    case .notUnderstood: return DataLoss(age: .unknown, what: .notUnderstood, probe: nil)
    default: return nil
    }
  }

  /// What a step made and destroys itself held nothing; what the upgrade made holds newer rows only.
  private func loss(
    _ origin: Origin?, _ step: StepRecord, _ what: DataLoss.What, probe: LossProbe?
  ) -> DataLoss? {
    if isOld(origin) {
      // What the upgrade destroyed is gone; what the downgrade would destroy can still be asked for.
      return DataLoss(age: .old, what: what, probe: step.direction == .downgrade ? probe : nil)
    }
    guard step.direction == .downgrade, isMadeByUpgrade(origin) else { return nil }
    return DataLoss(age: .new, what: what, probe: probe)
  }

  private func loss(by drop: ColumnDrop, of step: StepRecord) -> DataLoss? {
    guard !drop.column.isGenerated, !keptValues.survives(drop) else { return nil }
    let name = displayed(drop.table.name)
    return loss(
      drop.column.origin, step, .column(table: name, column: drop.column.name),
      probe: probe(ofValuesIn: ColumnReferent(table: drop.table, column: drop.column)))
  }

  /// What an upgrade gives every row anew each time is not lost with the column: the default of a column that
  /// it adds, or the one value that it writes into all of it.
  private func probe(ofValuesIn column: ColumnReferent) -> LossProbe {
    guard !renamedTables.contains(column.table.id) else { return .values(column) }
    var type: DataType?
    var constants: [SQLConstant?] = []
    for addition in additions[column.id] ?? [] {
      type = addition.column.type
      if addition.fill == .constant {
        constants.append(addition.column.default.expression?.constant)
      }
    }
    for effect in writes[column.table.id] ?? [] {
      switch effect {
      case .rowsUpdated(let update):
        guard let assignment = update.columns.first(where: { $0.column == column.name }) else {
          continue
        }
        let isNull = Conjunct.isNull(ColumnReference(column: column.name))
        let isOfAll = update.condition == .all || update.conjuncts == [isNull]
        constants.append(isOfAll ? assignment.value?.constant : nil)
      case .rowsInserted(let rows) where rows.onConflict != nil:
        return .values(column)
      default: break
      }
    }
    guard let type, constants.count == 1, let constant = constants[0], constant != .null else {
      return .values(column)
    }
    return .valuesOtherThan(column, type, constant)
  }

  private func loss(by change: ColumnTypeChange, of step: StepRecord) -> DataLoss? {
    let what = DataLoss.What.values(
      table: displayed(change.column.table.name), column: change.column.name)
    switch change.change.values {
    case .unchanged, .kept, .converted: return nil
    case .readOrFails where step.direction == .upgrade:
      // Of '007' nothing but 7 is there any more to be asked.
      guard isOld(change.column.origin), !takesBack(change) else { return nil }
      return DataLoss(age: .unknown, what: what, probe: nil)
    case .readOrFails:
      // A day is read without the time that was written behind it.
      let probe = LossProbe.changed(by: change)
      return takesBack(change)
        ? DataLoss(age: .new, what: what, probe: probe)
        : loss(change.column.origin, step, what, probe: probe)
    case .keptOrFails:
      // Blanks behind the new length are cut without a word (manual 8.3).
      guard change.to.lengthLimit != nil, change.from?.isString == true else { return nil }
      let probe = LossProbe.changed(by: change)
      if step.direction == .downgrade, !isOld(change.column.origin) || takesBack(change) {
        // In `char` blanks at the end mean nothing.
        guard change.to.builtin == .varchar else { return nil }
        return DataLoss(age: .rare, what: what, probe: probe)
      }
      guard isOld(change.column.origin) else { return nil }
      return DataLoss(age: .unknown, what: what, probe: nil)
    case .unknown:
      return isOld(change.column.origin) || step.direction == .downgrade
        ? DataLoss(age: .unknown, what: what, probe: nil) : nil
    case .mayChangeSilently:
      let probe = LossProbe.changed(by: change)
      if step.direction == .downgrade, takesBack(change) {
        // 24:00 is a day as an interval, and 00:00 again as a time.
        let isTurnedRound =
          change.from?.element.builtin == .interval
          && change.to.element.builtin == .time
        return DataLoss(age: isTurnedRound ? .unknown : .new, what: what, probe: probe)
      }
      return loss(change.column.origin, step, what, probe: probe)
    }
  }

  private func loss(by update: RowsUpdated, of step: StepRecord) -> DataLoss? {
    if step.direction == .upgrade, takesNothing(update.table, update.conjuncts) { return nil }
    if step.direction == .downgrade,
      let probe = probeOfNewValues(update, in: step)
        ?? probeOfReferring(update.referring, in: step)
    {
      let what = DataLoss.What.values(
        table: displayed(update.table.name), column: update.columns[0].column)
      return DataLoss(age: .new, what: what, probe: probe)
    }
    return loss(
      overwriting: update.columns.map(\.column), in: update.table, of: step, by: update)
  }

  /// `ON CONFLICT DO UPDATE` overwrites like an UPDATE.
  private func loss(by rows: RowsInserted, of step: StepRecord) -> DataLoss? {
    guard case .doUpdate(let assignments, predicate: _) = rows.onConflict?.action else {
      return nil
    }
    return loss(overwriting: assignments.map(\.column), in: rows.table, of: step)
  }

  /// Values of a column that the round trip added itself are not from before it.
  private func loss(
    overwriting columns: [String], in table: TableReference, of step: StepRecord,
    by update: RowsUpdated? = nil
  ) -> DataLoss? {
    // After a column was renamed, another one may have its name at the end of the step.
    let known = step.renamesColumn(of: table.id) ? nil : step.after.table(table)
    var newer: DataLoss?
    for column in columns {
      let origin = known?.column(column)?.origin ?? table.origin
      let what = DataLoss.What.values(table: displayed(table.name), column: column)
      guard var loss = loss(origin, step, what, probe: .rows(table)) else { continue }
      if loss.age == .old, update != nil {
        switch keptValues.fate(of: column, in: table, step.direction) {
        case .lost: break
        case .kept: continue
        case .keptIfUnchanged:
          loss = DataLoss(age: .new, what: what, probe: .changedSince(table, nil))
        case .unknown: return DataLoss(age: .unknown, what: what, probe: nil)
        }
      }
      if loss.age == .old { return loss }
      newer = newer ?? loss
    }
    return newer
  }

  private func loss(byTruncating tables: [TableReference], of step: StepRecord) -> DataLoss? {
    let losses = tables.compactMap { table -> DataLoss? in
      if step.direction == .upgrade, keptValues.bringsBackRows(of: table.id) { return nil }
      return loss(table.origin, step, .rows(table: displayed(table.name)), probe: .rows(table))
    }
    return losses.first { $0.age == .old } ?? losses.first
  }
}

extension LossProbe {
  /// Whether there are values that another type makes others of.
  fileprivate static func changed(by change: ColumnTypeChange) -> LossProbe {
    .condition(.changedByCast(change.column, type: change.to, using: change.using))
  }
}

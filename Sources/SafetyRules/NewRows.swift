// Rows and values that the schema before the upgrade did not allow: what a downgrade does to them is not
// done to anything older.

import PostgresSyntax
import SchemaModel

extension RoundTripContext {
  /// The question whether there are rows that a condition takes, where none of them can be as it was before
  /// the upgrade; nil where older ones may be among them.
  func probeOfNewRows(
    _ table: TableReference, _ conjuncts: [Conjunct], in step: StepRecord
  ) -> LossProbe? {
    for conjunct in conjuncts {
      if let (probe, _) = newValues(table, conjunct, in: step) { return probe }
    }
    return nil
  }

  /// Whether a condition of an upgrade takes no row: NULL in a column that is NOT NULL all along.
  func takesNothing(_ table: TableReference, _ conjuncts: [Conjunct]) -> Bool {
    guard let before = trip.before.table(table), before.isComplete else { return false }
    return conjuncts.contains { conjunct in
      guard case .isNull(let reference) = conjunct, let name = reference.column,
        let column = before.column(name), column.isNullable == false,
        let after = frame.after(table), after.column(name)?.id == column.id
      else { return false }
      return !trip.upgrades.lazy.flatMap(\.statements).flatMap(\.outcome.effects).contains {
        if case .nullabilityChanged(let changed, isNullable: true, _) = $0 {
          changed.id == column.id
        } else if case .renamed(let renaming) = $0 {
          renaming.kind == .column && renaming.table?.id == table.id
        } else {
          false
        }
      }
    }
  }

  /// The same for an UPDATE that writes nothing but what its condition asks for.
  func probeOfNewValues(_ update: RowsUpdated, in step: StepRecord) -> LossProbe? {
    for conjunct in update.conjuncts {
      guard let (probe, column) = newValues(update.table, conjunct, in: step) else { continue }
      if update.columns.allSatisfy({ $0.column == column }) { return probe }
    }
    return nil
  }

  private func newValues(
    _ table: TableReference, _ conjunct: Conjunct, in step: StepRecord
  ) -> (LossProbe, column: String)? {
    let reference: ColumnReference
    switch conjunct {
    case .isNull(let column), .equals(let column, _): reference = column
    case .isNotNull, .other: return nil
    }
    guard let name = reference.column, let later = frame.after(table),
      !trip.downgrades.contains(where: { $0.renamesColumn(of: table.id) }),
      let column = later.column(name), let earlier = trip.before.table(table),
      earlier.isComplete, let before = earlier.columns.first(where: { $0.id == column.id }),
      !isWritten(column, name, of: table, until: step),
      // Children may have what their parent does not allow.
      !trip.before.isInherited(earlier.name)
    else { return nil }
    let referent = ColumnReferent(table: table, column: column)
    switch conjunct {
    case .isNull where before.isNullable == false:
      return (.condition(.hasNulls(table, [referent])), name)
    case .equals(_, let values):
      let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
      if !texts.isEmpty, texts.count == values.count, let type = before.type, !type.isArray,
        let labels = type.userType.flatMap({ trip.before.type($0)?.labels }),
        !texts.contains(where: labels.contains)
      {
        return (.condition(.usesEnumValues(referent, values: texts)), name)
      }
      if earlier.excludes(values, from: before) {
        return (.condition(.rowsMatch(table, [.init(column: name, values: values)])), name)
      }
      return nil
    case .isNull, .isNotNull, .other: return nil
    }
  }

  /// Whether the round trip itself may have written the column before the step's own statement.
  private func isWritten(
    _ column: Column, _ name: String, of table: TableReference, until step: StepRecord
  ) -> Bool {
    var count = 0
    for other in trip.steps {
      for effect in other.statements.lazy.flatMap(\.outcome.effects) {
        switch effect {
        case .rowsUpdated(let rows) where rows.table.id == table.id:
          guard let assignment = rows.columns.first(where: { $0.column == name }) else { continue }
          if other.direction == .upgrade { return true }
          let fillsNulls = rows.conjuncts.contains { conjunct in
            if case .isNull(let reference) = conjunct { reference.column == name } else { false }
          }
          if fillsNulls { continue }
          if assignment.value?.constant == nil || assignment.value?.isNull == true { count += 1 }
        case .rowsInserted(let rows) where rows.table.id == table.id && rows.onConflict != nil:
          return true
        case .columnTypeChanged(let change)
        where change.column.id == column.id && change.using?.isPlainCast == false:
          return true
        case .notUnderstood: return true
        default: continue
        }
      }
    }
    return count > 0
  }
}

extension SQLExpression {
  /// Nothing but a column under casts: NULL stays NULL, and nothing else becomes it.
  fileprivate var isPlainCast: Bool {
    columns.count == 1 && functions.isEmpty && operators.isEmpty && !containsSubquery
      && !text.contains("CASE")
  }
}

extension Table {
  /// Whether a validated CHECK lists the values of a column, and these are not among them.
  fileprivate func excludes(_ values: [SQLConstant], from column: Column) -> Bool {
    guard let type = column.type, !type.isArray, column.collation == nil else { return false }
    return constraints.contains { constraint in
      guard case .check(let expression, noInherit: false) = constraint.kind, constraint.isValidated,
        expression.conjuncts.count == 1,
        case .equals(let reference, let allowed) = expression.conjuncts[0],
        reference.column == column.name,
        let kept = type.distinct(allowed), let gone = type.distinct(values)
      else { return false }
      return kept.isDisjoint(with: gone)
    }
  }
}

extension DataType {
  /// The constants in a form in which different ones are different values of the type; nil for types of which
  /// one value has several spellings.
  fileprivate func distinct(_ constants: [SQLConstant]) -> Set<String>? {
    var found: Set<String> = []
    for constant in constants {
      switch (builtin, constant) {
      // Blanks at the end do not count if one side is `char`.
      case (.text, .string(let text)), (.varchar, .string(let text)):
        found.insert(String(text.reversed().drop { $0 == " " }.reversed()))
      case (.int2, .integer(let number)), (.int4, .integer(let number)),
        (.int8, .integer(let number)):
        found.insert(String(number))
      default: return nil
      }
    }
    return found
  }
}

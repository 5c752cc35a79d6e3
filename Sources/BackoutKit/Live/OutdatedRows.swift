// Which conditions of a downgrade are about rows that its earlier steps write.

import SafetyRules
import SchemaModel

extension RowQuestions {
  /// Within a step the model knows what its statements do to the rows; from one step to the next nothing of
  /// that is known.
  static func outdated(_ trip: RoundTrip) -> Set<DataCondition> {
    var conditions: Set<DataCondition> = []
    var written: Set<ObjectID> = []
    /// Columns in which USING may have made NULLs.
    var computed: Set<ObjectID> = []
    for step in trip.downgrades {
      var writtenHere: Set<ObjectID> = []
      for statement in step.statements {
        for failure in statement.outcome.failures {
          guard case .dependsOnData(let condition) = failure.certainty,
            !written.isDisjoint(with: condition.tables)
              || !computed.isDisjoint(with: condition.nullColumns)
          else { continue }
          conditions.insert(condition)
        }
        for effect in statement.outcome.effects {
          writtenHere.formUnion(effect.writtenTables)
          if case .columnTypeChanged(let change) = effect,
            change.using?.isCast(of: change.column.name) == false
          {
            computed.insert(change.column.id)
          }
        }
      }
      written.formUnion(writtenHere)
    }
    return conditions
  }
}

extension Effect {
  fileprivate var writtenTables: [ObjectID] {
    switch self {
    case .rowsInserted(let rows): [rows.table.id]
    case .rowsUpdated(let rows): [rows.table.id]
    case .rowsDeleted(let rows): [rows.table.id]
    case .truncated(let tables, _, _): tables.map(\.id)
    default: []
    }
  }
}

extension DataCondition {
  /// The columns that are asked for NULL.
  fileprivate var nullColumns: [ObjectID] {
    if case .hasNulls(_, let columns) = self { columns.map(\.id) } else { [] }
  }

  fileprivate var tables: [ObjectID] {
    switch self {
    case .hasRows(let table), .hasNulls(let table, _), .hasDuplicates(let table, _),
      .violates(let table, _),
      .exclusionConflict(let table, _), .rowsMatch(let table, _),
      .outsideBound(let table, _, _), .insideBound(let table, _, _), .unknown(let table):
      [table.id]
    case .hasDuplicatesAfter(let change): [change.table.id]
    case .hasOrphans(let probe), .refers(let probe, _): [probe.table.id, probe.referenced.id]
    case .longerThan(let column, _), .outOfRange(let column, _), .notCastable(let column, _, _),
      .changedByCast(let column, _, _), .usesEnumValues(let column, _),
      .violatesDomain(let column, _, _), .behindRows(let column, _, _), .lacks(let column, _):
      [column.table.id]
    }
  }
}

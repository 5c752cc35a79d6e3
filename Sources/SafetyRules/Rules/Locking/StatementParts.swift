// What rules about locks ask of a statement, a constraint or a table.

import PostgresSyntax
import SchemaModel

extension StatementRecord {
  /// The column of that name which the statement adds.
  func addedColumn(_ name: String) -> Column? {
    for case .columnAdded(let addition) in outcome.effects where addition.column.name == name {
      return addition.column
    }
    return nil
  }

  /// The tables that foreign keys refer to which go with the statement, directly or with their column
  /// or table.
  var parentsOfDroppedKeys: [QualifiedName] {
    outcome.effects.flatMap { effect -> [QualifiedName] in
      switch effect {
      case .constraintDropped(let table, let constraint, _):
        [constraint].compactMap(\.reference?.table).filter { $0 != table.name }
      case .columnDropped(let drop):
        drop.constraints.compactMap(\.reference?.table).filter { $0 != drop.table.name }
      case .tableDropped(let drop):
        drop.table.constraints.compactMap(\.reference?.table).filter { $0 != drop.table.name }
      default: []
      }
    }
  }

  var refreshesView: Bool {
    outcome.effects.contains { if case .viewRefreshed = $0 { true } else { false } }
  }

  /// The table of which an UPDATE or DELETE without a condition takes all rows.
  var tableOfAllRows: TableReference? {
    for effect in outcome.effects {
      switch effect {
      case .rowsUpdated(let rows) where rows.condition == .all: return rows.table
      case .rowsDeleted(let rows) where rows.condition == .all: return rows.table
      default: continue
      }
    }
    return nil
  }

  /// The table that ALTER TABLE rewrites, in a way that can be done together with another change.
  var rewrittenTable: TableReference? {
    if outcome.failsForCertain { return nil }
    for rewrite in outcome.rewrites {
      switch rewrite.cause {
      case .columnDefault, .identity, .generated, .typeChange: return rewrite.table
      default: continue
      }
    }
    return nil
  }

  /// Whether running it a second time does no harm.
  var isRepeatable: Bool {
    let text = sql.uppercased()
    return text.contains("IF NOT EXISTS") || text.contains("IF EXISTS")
  }
}

extension Constraint {
  var isCheck: Bool { if case .check = kind { true } else { false } }
  var isUniqueKey: Bool { if case .unique = kind { true } else { false } }
  var isExclusion: Bool { if case .exclusion = kind { true } else { false } }
}

extension Table {
  /// Whether an index without a condition begins with these columns, in any order.
  func hasIndex(leadingWith columns: [String]) -> Bool {
    indexes.contains { index in
      index.predicate == nil
        && Set(index.elements.prefix(columns.count).flatMap(\.columns)) == Set(columns)
    }
  }
}

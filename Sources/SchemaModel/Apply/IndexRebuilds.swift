// Indexes that PostgreSQL builds anew: with their table, or alone because a column has another type.

import PostgresSyntax

extension Replay {
  /// Every index of a table whose rows are written anew.
  mutating func rebuildIndexes(of table: Table) {
    for index in table.indexes { rebuild(index.name, of: table.reference) }
  }

  mutating func rebuild(_ index: String, of table: TableReference) {
    outcome.indexRebuilds.append(
      IndexRebuild(table: table, index: index, isNew: isNew(table.origin)))
  }

  /// The indexes that do not survive another type or collation of a column although the rows do: those with
  /// an expression or a condition, even where the type is as it was, and those whose operator class or
  /// collation becomes another one (CheckIndexCompatible in PostgreSQL's indexcmds.c). The table is read for
  /// each of them. Returns their names.
  mutating func rebuildIndexes(
    on column: Column, of table: Table, as type: DataType, _ collation: QualifiedName?
  ) -> [String] {
    var names: [String] = []
    for table in family(of: table) {
      for index in table.indexes where index.columns.contains(column.name) {
        let isComputed = index.predicate != nil || index.elements.contains { $0.expression != nil }
        let isCompared = index.elements.contains { element in
          guard case .column(column.name) = element.key else { return false }
          return element.operatorClass == nil && !haveOneClass(column.type, type)
            || element.collation == nil && column.collation != collation
        }
        guard isComputed || isCompared else { continue }
        names.append(index.name)
        rebuild(index.name, of: table.reference)
        scan(table, .index(name: index.name))
      }
    }
    return names
  }

  /// Whether both types have the same default operator class (manual 11.10): of those whose values are the
  /// same bytes, `varchar` is compared as `text`, `cidr` as `inet`, and the names of objects as their numbers.
  private func haveOneClass(_ old: DataType?, _ new: DataType) -> Bool {
    guard let old else { return false }
    if old.base == new.base { return old.isArray == new.isArray }
    guard !old.isArray, !new.isArray, let first = baseBuiltin(old), let second = baseBuiltin(new)
    else { return false }
    return first == second || classes.contains { $0.contains(first) && $0.contains(second) }
  }
}

/// Types that one operator class compares.
private let classes: [Set<BuiltinType>] = [
  [.text, .varchar], [.inet, .cidr],
  [
    .oid, .regclass, .regproc, .regprocedure, .regtype, .regrole, .regnamespace, .regoper,
    .regoperator, .regconfig, .regdictionary,
  ],
]

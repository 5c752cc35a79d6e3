// What ALTER TABLE does to the partitions and inheriting tables of a table, and what ONLY spares them.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses ONLY where the tables beneath must be changed along (42P16).
  mutating func refuseOnly(_ table: Table, _ part: String) throws(Refused) {
    guard !descendants(of: table.name).isEmpty else { return }
    try fail(
      "42P16", .invalidDefinition("\(part) is not to be changed with ONLY, as tables inherit it"),
      ifCertain: isSettled(table.id))
  }

  /// Changes a column in the tables beneath too.
  mutating func changeDescendants(
    of table: Table, _ name: String, _ change: (inout Column) -> Void
  ) {
    for child in descendants(of: table.name) {
      guard var childTable = catalog.table(child),
        let place = childTable.columns.firstIndex(where: { $0.name == name })
      else { continue }
      lock(childTable, .accessExclusive)
      change(&childTable.columns[place])
      noteUses(of: childTable.columns[place], by: child)
      store(childTable)
    }
  }

  /// The inheriting tables keep a column that ONLY the parent loses, as their own.
  mutating func releaseColumn(_ name: String, of table: Table) {
    for user in users(of: table.name) {
      guard var child = catalog.table(user), child.inherits.contains(table.name),
        let place = child.columns.firstIndex(where: { $0.name == name })
      else { continue }
      child.columns[place].inheritedFrom -= 1
      child.columns[place].isLocal = true
      store(child)
    }
  }

  /// The inheriting tables keep a constraint that ONLY the parent loses, as their own.
  mutating func releaseConstraint(_ name: String, of table: Table) {
    for user in users(of: table.name) {
      guard var child = catalog.table(user), child.inherits.contains(table.name),
        let place = child.constraints.firstIndex(where: { $0.name == name && $0.isInherited })
      else { continue }
      child.constraints[place].isInherited = false
      store(child)
    }
  }
}

extension Column {
  /// Another type comes with its own storage and compression, whatever was set before; without COLLATE also
  /// with its own collation (`ATExecAlterColumnType` in tablecmds.c).
  mutating func take(_ newType: DataType, collation newCollation: QualifiedName?) {
    type = newType
    collation = newCollation
    settings["storage"] = nil
    settings["compression"] = nil
  }
}

// Locks on indexes, which a statement that names an index may take without one on the table.

import HashTreeCollections
package import PostgresSyntax

extension Replay {
  mutating func lock(index name: QualifiedName, _ mode: LockMode) {
    if let index = catalog.index(name)?.index { lock(index, name, mode) }
  }

  /// - Parameter name: with its schema.
  mutating func lock(_ index: Index, _ name: QualifiedName, _ mode: LockMode) {
    outcome.indexLocks.append(
      IndexLock(id: index.id, name: name, mode: mode, isNew: isNew(index.origin)))
  }

  /// What ALTER INDEX … RENAME takes; as ALTER TABLE it locks the index like a table (manual, ALTER INDEX;
  /// before 12 both did).
  func lockOfRenaming(as kind: ObjectKind) -> LockMode {
    kind == .index && context.serverVersion >= 12 ? .shareUpdateExclusive : .accessExclusive
  }
}

extension Catalog {
  /// What the index is called that was once given this id.
  package func indexName(id: ObjectID) -> QualifiedName? {
    for relation in relations.values {
      let (schema, indexes): (String?, [Index])
      switch relation {
      case .table(let table): (schema, indexes) = (table.value.name.schema, table.value.indexes)
      case .view(let view): (schema, indexes) = (view.value.name.schema, view.value.indexes)
      case .index, .sequence: continue
      }
      if let index = indexes.first(where: { $0.id == id }) {
        return QualifiedName(schema: schema, index.name)
      }
    }
    return nil
  }
}

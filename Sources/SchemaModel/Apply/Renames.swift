// ALTER … RENAME: which function follows which kind of object.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func rename(_ statement: Rename) throws(Refused) {
    let object = statement.object
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence, .index:
      try renameRelation(statement)
    case .column: try renameColumn(statement)
    case .attribute: try renameAttribute(statement)
    case .tableConstraint: try renameConstraint(statement)
    case .domainConstraint: try renameDomainConstraint(statement)
    case .type, .domain: try renameType(statement)
    case .trigger, .policy, .rule: try renamePart(statement)
    case .function, .procedure, .routine, .aggregate: try renameRoutine(statement)
    case .schema: try renameSchema(statement)
    default: try renameOther(statement)
    }
  }

  mutating func renamed(
    _ kind: ObjectKind, _ from: QualifiedName, _ to: QualifiedName, origin: Origin?,
    of owner: QualifiedName? = nil, table: TableReference? = nil
  ) {
    effect(
      .renamed(
        Renaming(kind: kind, owner: owner, from: from, to: to, origin: origin, table: table)))
  }
}

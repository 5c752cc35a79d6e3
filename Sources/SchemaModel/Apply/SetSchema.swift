// ALTER … SET SCHEMA: objects in another schema.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func setSchema(_ statement: SetSchema) throws(Refused) {
    try requireSchema(statement.newSchema)
    let kind = statement.object.kind
    switch kind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      if statement.newSchema == "pg_temp" {
        try fail("0A000", .notSupported("a move into the schema of temporary objects"))
      }
      try moveRelation(statement)
    case .type, .domain:
      let from = catalog.resolveType(statement.object.name)
      let to = QualifiedName(schema: statement.newSchema, from.name)
      guard let type = catalog.type(from) else {
        try fail("42704", .missing(.type, from, of: nil), ifCertain: catalog.isComplete)
        return doubt(.schema, .notCompared(kind, from))
      }
      if from != to {
        try claimType(to)
        moveType(type, to: to)
        if !isNew(type.origin) { breaks(.typeRenamed(from: from, to: to)) }
      }
      effect(.movedToSchema(kind, from: from, to: to))
    case .collation, .operator, .operatorClass, .operatorFamily, .textSearchConfiguration,
      .textSearchDictionary, .textSearchParser, .textSearchTemplate, .statistics, .conversion:
      let key = otherKey(statement.object)
      var target = key
      target.name.schema = statement.newSchema
      try moveOther(key, to: target)
      effect(.movedToSchema(kind, from: key.name, to: target.name))
    case .extension: try moveExtension(statement)
    default:
      let from = catalog.resolveNew(statement.object.name)
      let to = QualifiedName(schema: statement.newSchema, from.name)
      effect(.movedToSchema(kind, from: from, to: to))
      let routines = catalog.routines[catalog.resolveRoutine(statement.object.name)]?.value
      let isOwn = routines?.allSatisfy { isNew($0.origin) } ?? false
      if from != to, !isOwn { breaks(.objectMoved(kind, from, to: to)) }
      effect(.otherChanged(otherKey(statement.object)))
      if kind.isRoutine, let routines, routines.count == 1 {
        if routines[0].name != to { moveRoutine(routines[0], to: to) }
      } else {
        doubt(.schema, .notCompared(kind, from))
      }
    }
  }

  /// Some extensions stay where they were made (`relocatable` in control files).
  private mutating func moveExtension(_ statement: SetSchema) throws(Refused) {
    let name = statement.object.name.name
    guard let present = catalog.extensions[name] else {
      mayFail("42704", .missing(.extension, statement.object.name, of: nil))
      doubt(.schema, .notCompared(.extension, statement.object.name))
      return effect(.otherChanged(ObjectKey(.extension, statement.object.name)))
    }
    if present.schema != statement.newSchema, !isRelocatable(name) {
      try fail(
        "0A000", .notSupported("another schema of extension \(name)"),
        ifCertain: name == "plpgsql")
    }
    let from = QualifiedName(schema: present.schema, name)
    catalog.extensions[name]?.schema = statement.newSchema
    if !isNew(present.origin), present.schema != statement.newSchema {
      breaks(
        .objectMoved(.extension, from, to: QualifiedName(schema: statement.newSchema, name)))
    }
    effect(
      .movedToSchema(
        .extension, from: from, to: QualifiedName(schema: statement.newSchema, name)))
  }

  private mutating func moveRelation(_ statement: SetSchema) throws(Refused) {
    var from = catalog.resolveRelation(statement.object.name)
    if catalog.relations[from] == nil {
      guard let table = try table(statement.object.name, ifExists: statement.ifExists) else {
        return
      }
      from = table.name
    }
    try requireKind(statement.object.kind, of: from)
    switch catalog.relations[from] {
    case .index: try fail("42809", .notSupported("another schema of an index"))
    case .sequence(let sequence) where sequence.value.ownedBy != nil:
      try fail(
        "0A000", .notSupported("another schema of a sequence that a table owns"),
        ifCertain: isSettled(sequence.value.id))
    default: break
    }
    let to = QualifiedName(schema: statement.newSchema, from.name)
    lock(named: from, .accessExclusive)
    effect(.movedToSchema(statement.object.kind, from: from, to: to))
    guard from != to else { return }
    _ = try claimRelation(to, statement.object.kind)
    breaks(.relationRenamed(statement.object.kind, reference(to: from), to: to))
    switch catalog.relations[from] {
    case .table(let table):
      move(table.value, to: to)
      moveOwnedSequences(of: to)
    case .view(let view): moveView(view.value, to: to)
    case .sequence(let sequence): moveSequence(sequence.value, to: to)
    case .index, nil: break
    }
  }

  private mutating func moveOwnedSequences(of table: QualifiedName) {
    for user in users(of: table) {
      guard let sequence = catalog.sequence(user), sequence.ownedBy?.table == table else {
        continue
      }
      moveSequence(sequence, to: QualifiedName(schema: table.schema, user.name))
    }
  }
}

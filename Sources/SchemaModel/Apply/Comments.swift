// COMMENT ON every kind of object.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func comment(_ statement: Comment) throws(Refused) {
    let object = statement.object
    let text = statement.text.flatMap { $0.isEmpty ? nil : $0 }
    try requireKind(object.kind, of: catalog.resolveRelation(object.name))
    switch object.kind {
    case .table, .foreignTable: try commentOnTable(object, text)
    case .column, .tableConstraint, .trigger, .rule, .policy: try commentOnPart(object, text)
    case .domainConstraint: try commentOnDomainConstraint(object, text)
    case .view, .materializedView:
      let name = catalog.resolveRelation(object.name)
      guard var view = catalog.view(name) else { return try commentOnMissing(object, text) }
      lock(named: name, .shareUpdateExclusive)
      note(object, view.comment, text, name)
      view.comment = text
      store(view)
    case .index: try commentOnIndex(object, text)
    case .sequence:
      let name = catalog.resolveRelation(object.name)
      guard var sequence = catalog.sequence(name) else {
        return try commentOnMissing(object, text)
      }
      note(object, sequence.comment, text, name)
      sequence.comment = text
      store(sequence)
    case .type, .domain:
      let name = catalog.resolveType(object.name)
      guard var type = catalog.type(name) else { return try commentOnMissing(object, text) }
      note(object, type.comment, text, name)
      type.comment = text
      store(type)
    case .schema:
      try requireSchema(object.name.name)
      note(object, catalog.schemas[object.name.name]?.comment, text, object.name)
      catalog.schemas[object.name.name]?.comment = text
    case .extension:
      if catalog.extensions[object.name.name] == nil {
        try fail("42704", .missing(.extension, object.name, of: nil), ifCertain: catalog.isComplete)
      }
      // It was created with the comment of its control file, which is not known.
      if catalog.extensions[object.name.name]?.comment == nil {
        doubt(.schema, .notCompared(.extension, object.name))
      }
      note(object, catalog.extensions[object.name.name]?.comment, text, object.name)
      catalog.extensions[object.name.name]?.comment = text
    case .function, .procedure, .routine, .aggregate: try commentOnRoutine(object, text)
    default:
      let key = otherKey(object)
      note(object, catalog.others[key]?.comment, text, key.name)
      if catalog.others[key] == nil {
        if key.kind.isDefined { try missing(key) }
        doubt(.schema, .notCompared(object.kind, key.name))
      }
      catalog.others[key]?.comment = text
    }
  }

  private mutating func note(
    _ object: ObjectReference, _ from: String?, _ to: String?, _ name: QualifiedName,
    owner: QualifiedName? = nil
  ) {
    effect(.commentChanged(ObjectKey(object.kind, name, owner: owner), from: from, to: to))
  }

  private mutating func commentOnMissing(
    _ object: ObjectReference, _ text: String?
  ) throws(Refused) {
    let name = catalog.resolveRelation(object.name)
    try fail(
      "42P01", .missing(object.kind, name, of: object.owner), ifCertain: catalog.isComplete)
    doubt(.schema, .notCompared(object.kind, name))
    note(object, nil, text, name)
  }

  private mutating func commentOnTable(
    _ object: ObjectReference, _ text: String?
  ) throws(Refused) {
    var table = try table(object.name)
    lock(table, .shareUpdateExclusive)
    note(object, table.comment, text, table.name)
    if table.origin == nil, table.comment == nil { doubt(.schema, .former(.table, table.name)) }
    table.comment = text
    store(table)
  }

  private mutating func commentOnPart(
    _ object: ObjectReference, _ text: String?
  ) throws(Refused) {
    guard let owner = object.owner else { return try commentOnMissing(object, text) }
    let ownerName = catalog.resolveRelation(owner)
    let name = object.name.name
    if var view = catalog.view(ownerName) {
      if object.kind != .column {
        note(object, nil, text, object.name, owner: ownerName)
        return doubt(.schema, .notCompared(.view, ownerName))
      }
      if let place = view.columns.firstIndex(where: { $0.name == name }) {
        note(object, view.columns[place].comment, text, object.name, owner: ownerName)
        view.columns[place].comment = text
        store(view)
      } else {
        try fail(
          "42703", .missing(.column, QualifiedName(name), of: ownerName), ifCertain: view.isKnown)
      }
      return
    }
    var table = try table(owner)
    lock(table, object.kind == .column ? .shareUpdateExclusive : .accessShare)
    switch object.kind {
    case .column:
      let place = try column(name, in: &table)
      note(object, table.columns[place].comment, text, object.name, owner: table.name)
      let column = table.columns[place]
      if column.origin == nil, column.comment == nil { doubtFormer(column, of: table) }
      table.columns[place].comment = text
    case .tableConstraint:
      if let place = table.constraints.firstIndex(where: { $0.name == name }) {
        note(object, table.constraints[place].comment, text, object.name, owner: table.name)
        table.constraints[place].comment = text
      } else {
        try fail(
          "42704", .missing(.tableConstraint, object.name, of: table.name),
          ifCertain: knowsAll(of: table))
      }
    case .rule, .policy:
      let isThere =
        object.kind == .rule
        ? table.rules.contains { $0.name == name } : table.policies.contains { $0.name == name }
      if !isThere {
        try fail(
          "42704", .missing(object.kind, object.name, of: table.name),
          ifCertain: knowsAll(of: table))
      }
      let part = ObjectKey(object.kind, QualifiedName(name))
      note(object, table.settings.partComments[part], text, object.name, owner: table.name)
      table.settings.partComments[part] = text
    default:
      if let place = table.triggers.firstIndex(where: { $0.name == name }) {
        note(object, table.triggers[place].comment, text, object.name, owner: table.name)
        table.triggers[place].comment = text
      } else {
        try fail(
          "42704", .missing(.trigger, object.name, of: table.name),
          ifCertain: knowsAll(of: table))
      }
    }
    store(table)
  }

  private mutating func commentOnDomainConstraint(
    _ object: ObjectReference, _ text: String?
  ) throws(Refused) {
    let owner = object.owner.map { catalog.resolveType($0) }
    guard let owner, var type = catalog.type(owner), var domain = type.domain,
      let place = domain.constraints.firstIndex(where: { $0.name == object.name.name })
    else { return try commentOnMissing(object, text) }
    note(object, domain.constraints[place].comment, text, object.name, owner: owner)
    domain.constraints[place].comment = text
    type.kind = .domain(domain)
    store(type)
  }

  private mutating func commentOnIndex(
    _ object: ObjectReference, _ text: String?
  ) throws(Refused) {
    let name = catalog.resolveRelation(object.name)
    lock(index: name, .shareUpdateExclusive)
    if case .index(on: let owner) = catalog.relations[name], var view = catalog.view(owner),
      let place = view.indexes.firstIndex(where: { $0.name == name.name })
    {
      note(object, view.indexes[place].comment, text, name, owner: owner)
      view.indexes[place].comment = text
      return store(view)
    }
    guard case .index(on: let owner) = catalog.relations[name], var table = catalog.table(owner),
      let place = table.indexes.firstIndex(where: { $0.name == name.name })
    else { return try commentOnMissing(object, text) }
    note(object, table.indexes[place].comment, text, name, owner: owner)
    table.indexes[place].comment = text
    store(table)
  }

  private mutating func commentOnRoutine(
    _ object: ObjectReference, _ text: String?
  ) throws(Refused) {
    let name = catalog.resolveRoutine(object.name)
    if catalog.routines[name] == nil {
      try requireRoutines([FunctionCall(name: object.name)])
    }
    let routines = catalog.routines[name]?.value ?? []
    note(object, routines.first?.comment, text, name)
    guard routines.count == 1 else { return doubt(.schema, .notCompared(object.kind, name)) }
    var routine = routines[0]
    routine.comment = text
    catalog.routines[name] = Shared([routine])
  }
}

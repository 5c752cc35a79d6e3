// Types, routines, schemas and other objects under another name.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func renameType(_ statement: Rename) throws(Refused) {
    let from = catalog.resolveType(statement.object.name)
    let to = QualifiedName(schema: from.schema, truncatedIdentifier(statement.newName))
    guard let type = catalog.type(from) else {
      try fail("42704", .missing(.type, from, of: nil), ifCertain: catalog.isComplete)
      outcome.assumptions.append(.type(from))
      store(UserType(id: newID(), name: to, kind: .unknown))
      return renamed(.type, from, to, origin: nil)
    }
    if statement.object.kind == .domain, type.domain == nil, type.kind != .unknown {
      try fail("42809", .wrongKind(from, expected: .domain), ifCertain: isSettled(type.id))
    }
    try claimType(to)
    renamed(statement.object.kind, from, to, origin: type.origin)
    if !isNew(type.origin) { breaks(.typeRenamed(from: from, to: to)) }
    moveType(type, to: to)
  }

  mutating func moveType(_ type: UserType, to name: QualifiedName) {
    let from = type.name
    if !dependents(ofPart: ObjectKey(.type, from)).isEmpty {
      // Operators and casts are found by the names of their types.
      effect(.notUnderstood(.statement("another name of a type that operators or casts have")))
    }
    var type = type
    catalog.types[from] = nil
    type.name = name
    if !type.formerNames.contains(from.name) { type.formerNames.append(from.name) }
    store(type)
    for user in users(of: from) { retarget(user, from: from, to: name) }
    for user in users(of: from) { retargetType(user, from: from, to: name) }
    for user in users(of: from) { retargetRoutines(user, from: from, to: name) }
    catalog.users[name] = catalog.users[from]
    catalog.users[from] = nil
    catalog.unusableLabels = catalog.unusableLabels.map { label in
      label.type == from
        ? .init(type: name, label: label.label, transaction: label.transaction) : label
    }
  }

  private mutating func retargetRoutines(
    _ user: QualifiedName, from: QualifiedName, to: QualifiedName
  ) {
    guard var routines = catalog.routines[user]?.value else { return }
    for place in routines.indices {
      for argument in routines[place].arguments.indices
      where routines[place].arguments[argument].userType == from {
        routines[place].arguments[argument].base = .user(to)
      }
    }
    catalog.routines[user] = Shared(routines)
  }

  mutating func renameAttribute(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner else { return }
    let name = catalog.resolveType(owner)
    let from = statement.object.name.name
    guard var type = catalog.type(name), case .composite(var columns) = type.kind,
      let place = columns.firstIndex(where: { $0.name == from })
    else {
      try fail("42703", .missing(.attribute, QualifiedName(from), of: name), ifCertain: false)
      return
    }
    columns[place].name = statement.newName
    type.kind = .composite(columns)
    store(type)
    if !isNew(type.origin) { breaks(.compositeChanged(name)) }
    effect(.compositeChanged(name))
  }

  mutating func renameDomainConstraint(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner.map({ catalog.resolveType($0) }),
      var type = catalog.type(owner), var domain = type.domain
    else { return try renameOther(statement) }
    let from = statement.object.name.name
    let to = truncatedIdentifier(statement.newName)
    guard let place = domain.constraints.firstIndex(where: { $0.name == from }) else {
      try fail(
        "42704", .missing(.domainConstraint, QualifiedName(from), of: owner),
        ifCertain: isSettled(type.id))
      return try renameOther(statement)
    }
    if domain.constraints.contains(where: { $0.name == to }) {
      try fail("42710", .alreadyExists(.domainConstraint, QualifiedName(to), of: owner))
    }
    domain.constraints[place].name = to
    type.kind = .domain(domain)
    store(type)
    countConstraint(from, of: owner, by: -1)
    countConstraint(to, of: owner, by: 1)
    renamed(
      .domainConstraint, QualifiedName(from), QualifiedName(to), origin: type.origin, of: owner)
  }

  mutating func renameRoutine(_ statement: Rename) throws(Refused) {
    let from = catalog.resolveRoutine(statement.object.name)
    let to = QualifiedName(schema: from.schema, statement.newName)
    guard let routines = catalog.routines[from]?.value, routines.count == 1 else {
      try fail(
        "42883", .missing(statement.object.kind, from, of: nil),
        ifCertain: catalog.isComplete && catalog.routines[from] == nil)
      outcome.assumptions.append(.object(statement.object.kind, from))
      return renamed(statement.object.kind, from, to, origin: nil)
    }
    moveRoutine(routines[0], to: to)
    renamed(statement.object.kind, from, to, origin: routines[0].origin)
    if !isNew(routines[0].origin) { breaks(.routineGone(routines[0])) }
  }

  mutating func renameSchema(_ statement: Rename) throws(Refused) {
    let from = statement.object.name.name
    let to = statement.newName
    guard var schema = catalog.schemas[from] else {
      try fail(
        "3F000", .missing(.schema, QualifiedName(from), of: nil), ifCertain: catalog.isComplete)
      return renamed(.schema, QualifiedName(from), QualifiedName(to), origin: nil)
    }
    if to.hasPrefix("pg_") {
      try fail("42939", .invalidDefinition("schema \(to), a reserved name"))
    }
    if catalog.schemas[to] != nil {
      try fail("42P06", .alreadyExists(.schema, QualifiedName(to), of: nil))
    }
    schema.name = to
    catalog.schemas[from] = nil
    catalog.schemas[to] = schema
    for (key, grants) in catalog.privileges where key.name.schema == from {
      catalog.privileges[key] = nil
      catalog.privileges[ObjectKey(key.kind, QualifiedName(schema: to, key.name.name))] = grants
    }
    renamed(.schema, QualifiedName(from), QualifiedName(to), origin: schema.origin)
    breaks(.schemaRenamed(from: from, to: to))
    let moved = catalog.relations.filter { $0.key.schema == from }
    for (name, relation) in moved {
      let target = QualifiedName(schema: to, name.name)
      switch relation {
      case .table(let table): move(catalog.table(name) ?? table.value, to: target)
      case .view(let view): moveView(catalog.view(name) ?? view.value, to: target)
      case .sequence(let sequence):
        moveSequence(catalog.sequence(name) ?? sequence.value, to: target)
      case .index: break
      }
    }
    for (name, type) in catalog.types.filter({ $0.key.schema == from }) {
      moveType(type.value, to: QualifiedName(schema: to, name.name))
    }
    for (name, routines) in catalog.routines.filter({ $0.key.schema == from }) {
      let target = QualifiedName(schema: to, name.name)
      for routine in routines.value { moveRoutine(routine, to: target) }
    }
    for (key, other) in catalog.others where key.name.schema == from {
      var target = key
      target.name.schema = to
      catalog.others[key] = nil
      catalog.others[target] = other
      retargetParts(from: key, to: target)
      retargetElements(from: key, to: target)
    }
  }
}

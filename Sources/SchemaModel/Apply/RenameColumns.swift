// Columns, constraints and other parts of a table under another name.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func renameColumn(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner else { return }
    let ownerName = catalog.resolveRelation(owner)
    let from = statement.object.name.name
    let to = truncatedIdentifier(statement.newName)
    try requireFreeName(to)
    if var view = catalog.view(ownerName) {
      lock(named: ownerName, .accessExclusive)
      let isCertain = view.isKnown && isSettled(view.id)
      if view.columns.contains(where: { $0.name == to }) {
        try fail(
          "42701", .alreadyExists(.column, QualifiedName(to), of: ownerName), ifCertain: isCertain)
      }
      if let place = view.columns.firstIndex(where: { $0.name == from }) {
        view.columns[place].name = to
      } else {
        try fail(
          "42703", .missing(.column, QualifiedName(from), of: ownerName), ifCertain: isCertain)
      }
      store(view)
      if !isNew(view.origin) { breaks(.viewChanged(ownerName)) }
      return renamed(
        .column, QualifiedName(from), QualifiedName(to), origin: view.origin, of: ownerName)
    }
    guard var table = try table(owner, ifExists: statement.ifExists) else { return }
    lock(table, .accessExclusive)
    let place = try column(from, in: &table)
    if table.column(to) != nil {
      try fail(
        "42701", .alreadyExists(.column, QualifiedName(to), of: table.name),
        ifCertain: isSettled(table.id))
    }
    let column = table.columns[place]
    try requireOwnColumns(of: table)
    if column.inheritedFrom > 0 {
      try fail("42P16", .invalidDefinition("inherited column \(from)"))
    }
    renamed(
      .column, QualifiedName(from), QualifiedName(to), origin: column.origin, of: table.name,
      table: table.reference)
    if !isNew(table.origin), !isNew(column.origin) {
      breaks(.columnRenamed(referent(table, column), to: to))
    }
    renameColumn(from, to: to, in: &table)
    store(table)
    var done: Set<QualifiedName> = [table.name]
    renameColumnElsewhere(from, to: to, of: table, &done)
  }

  mutating func renameColumn(_ from: String, to: String, in table: inout Table) {
    func new(_ name: String) -> String { name == from ? to : name }
    table.settings.renameGrants(onColumn: from, to: to)
    for place in table.columns.indices {
      table.columns[place].name = new(table.columns[place].name)
    }
    for place in table.constraints.indices {
      rename(from, to: to, in: &table.constraints[place], of: table.name)
    }
    for place in table.indexes.indices {
      table.indexes[place].elements = table.indexes[place].elements.map {
        renamed($0, from, to)
      }
      table.indexes[place].including = table.indexes[place].including.map(new)
    }
    for place in table.triggers.indices {
      table.triggers[place].definition.updateColumns =
        table.triggers[place].definition.updateColumns.map(new)
    }
    if case .partitioned(var key) = table.kind {
      key.elements = key.elements.map { renamed($0, from, to) }
      table.kind = .partitioned(key)
    }
    table.changeExpressions { $0.renaming(column: from, to: to) }
  }

  private func renamed(_ element: IndexElement, _ from: String, _ to: String) -> IndexElement {
    var element = element
    if case .column(from) = element.key { element.key = .column(to) }
    return element
  }

  private func rename(
    _ from: String, to: String, in constraint: inout Constraint, of table: QualifiedName
  ) {
    func new(_ name: String) -> String { name == from ? to : name }
    switch constraint.kind {
    case .unique(var key):
      key.columns = key.columns.map(new)
      key.including = key.including.map(new)
      constraint.kind = .unique(key)
    case .primaryKey(var key):
      key.columns = key.columns.map(new)
      key.including = key.including.map(new)
      constraint.kind = .primaryKey(key)
    case .foreignKey(var reference):
      reference.columns = reference.columns.map(new)
      reference.setColumns = reference.setColumns.map(new)
      if reference.table == table {
        reference.referencedColumns = reference.referencedColumns.map(new)
      }
      constraint.kind = .foreignKey(reference)
    case .exclusion(var exclusion):
      exclusion.elements = exclusion.elements.map { renamed($0, from, to) }
      constraint.kind = .exclusion(exclusion)
    case .check, .unknown: break
    }
  }

  /// - Parameter done: the tables whose column has its new name; a child may have several parents.
  private mutating func renameColumnElsewhere(
    _ from: String, to: String, of table: Table, _ done: inout Set<QualifiedName>
  ) {
    for user in users(of: table.name) {
      switch catalog.relations[user] {
      case .table(let shared):
        renameColumn(from, to: to, of: table.name, in: shared.value, &done)
      case .view(let shared):
        var view = shared.value
        view.reads = view.reads.map { use in
          use.relation == table.name && use.column == from
            ? .init(relation: use.relation, column: to) : use
        }
        store(view)
      case .sequence(let shared):
        var sequence = shared.value
        if sequence.ownedBy?.table == table.name, sequence.ownedBy?.column == from {
          sequence.ownedBy?.column = to
          store(sequence)
        }
      case .index, nil: break
      }
    }
  }

  private mutating func renameColumn(
    _ from: String, to: String, of parent: QualifiedName, in user: Table,
    _ done: inout Set<QualifiedName>
  ) {
    var user = user
    for place in user.constraints.indices {
      guard case .foreignKey(var reference) = user.constraints[place].kind,
        reference.table == parent
      else { continue }
      reference.referencedColumns = reference.referencedColumns.map { $0 == from ? to : $0 }
      user.constraints[place].kind = .foreignKey(reference)
    }
    let isChild = user.inherits.contains(parent) || user.partitionOf?.parent == parent
    guard isChild, depth < Self.maximumDepth, done.insert(user.name).inserted else {
      return store(user)
    }
    lock(user, .accessExclusive)
    renameColumn(from, to: to, in: &user)
    store(user)
    depth += 1
    renameColumnElsewhere(from, to: to, of: user, &done)
    depth -= 1
  }

  mutating func renameConstraint(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner else { return try renameOther(statement) }
    guard var table = try table(owner, ifExists: statement.ifExists) else { return }
    lock(table, .accessExclusive)
    let from = statement.object.name.name
    let to = truncatedIdentifier(statement.newName)
    guard let place = table.constraints.firstIndex(where: { $0.name == from }) else {
      try fail(
        "42704", .missing(.tableConstraint, QualifiedName(from), of: table.name),
        ifCertain: knowsAll(of: table))
      outcome.assumptions.append(.constraint(table: table.name, name: from))
      table.constraints.append(Constraint(name: to, kind: .unknown))
      store(table)
      return renamed(
        .tableConstraint, QualifiedName(from), QualifiedName(to), origin: nil, of: table.name,
        table: table.reference)
    }
    if table.constraint(to) != nil {
      try fail(
        "42710", .alreadyExists(.tableConstraint, QualifiedName(to), of: table.name),
        ifCertain: isSettled(table.id))
    }
    renamed(
      .tableConstraint, QualifiedName(from), QualifiedName(to),
      origin: table.constraints[place].origin, of: table.name, table: table.reference)
    if let own = table.indexes.firstIndex(where: { $0.constraint == from }) {
      let schema = table.name.schema
      _ = try claimRelation(QualifiedName(schema: schema, to), .index)
      set(nil, for: QualifiedName(schema: schema, from))
      set(.index(on: table.name), for: QualifiedName(schema: schema, to))
      table.indexes[own].name = to
      table.indexes[own].constraint = to
    }
    table.constraints[place].name = to
    countConstraint(from, of: table.name, by: -1)
    countConstraint(to, of: table.name, by: 1)
    store(table)
  }

  mutating func renamePart(_ statement: Rename) throws(Refused) {
    guard let owner = statement.object.owner, catalog.view(catalog.resolveRelation(owner)) == nil
    else { return try renameOther(statement) }
    var table = try table(owner)
    lock(table, .accessExclusive)
    let from = statement.object.name.name
    if let place = table.triggers.firstIndex(where: { $0.name == from }),
      statement.object.kind == .trigger
    {
      table.triggers[place].definition.name = statement.newName
    } else if let place = table.policies.firstIndex(where: { $0.name == from }),
      statement.object.kind == .policy
    {
      table.policies[place].name = statement.newName
    } else if let place = table.rules.firstIndex(where: { $0.name == from }),
      statement.object.kind == .rule
    {
      table.rules[place].name = statement.newName
      table.settings.ruleStates[statement.newName] = table.settings.ruleStates[from]
      table.settings.ruleStates[from] = nil
    } else {
      try fail(
        "42704", .missing(statement.object.kind, QualifiedName(from), of: table.name),
        ifCertain: knowsAll(of: table))
    }
    let part = ObjectKey(statement.object.kind, QualifiedName(from))
    if let comment = table.settings.partComments.removeValue(forKey: part) {
      table.settings.partComments[ObjectKey(part.kind, QualifiedName(statement.newName))] = comment
    }
    store(table)
    renamed(
      statement.object.kind, QualifiedName(from), QualifiedName(statement.newName),
      origin: table.origin, of: table.name, table: table.reference)
  }
}

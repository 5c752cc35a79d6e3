// Views and materialised views: created, replaced, refreshed.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func createView(_ statement: CreateView) throws(Refused) {
    let name =
      statement.persistence == .temporary
      ? QualifiedName(schema: "pg_temp", statement.name.name) : catalog.resolveNew(statement.name)
    if statement.persistence == .temporary { catalog.hasTemporaryObjects = true }
    let relations = try read(statement.query)
    // A view of a temporary table is temporary itself.
    if statement.persistence != .temporary, relations.contains(where: { $0.schema == "pg_temp" }) {
      effect(.notUnderstood(.statement("a view of a temporary table")))
    }
    let present = catalog.view(name)
    try requireParameters(statement.options, of: .view)
    var view = try makeView(
      name, statement.query, relations, columnNames: statement.columnNames,
      isMaterialized: false)
    if view.isKnown {
      try requireOutput(view.columns, named: statement.columnNames, of: statement.query, name)
    }
    view.options = statement.options
    view.persistence = statement.persistence
    if let present, statement.orReplace, !present.isMaterialized {
      try replace(present, with: &view)
      return
    }
    guard try claimRelation(name, .view) else { return }
    if statement.orReplace { doubtAbsence(of: .view, name) }
    finish(view)
    effect(.viewCreated(view))
  }

  /// CREATE OR REPLACE VIEW may add columns at the end; others must keep name and type (42P16).
  private mutating func replace(_ present: View, with view: inout View) throws(Refused) {
    lock(named: present.name, .accessExclusive)
    view.id = present.id
    view.comment = present.comment
    view.grants = present.grants
    view.owner = present.owner
    view.triggers = present.triggers
    view.rules = present.rules
    view.origin = present.origin
    if view.isKnown, present.isKnown {
      if view.columns.count < present.columns.count {
        try fail("42P16", .invalidDefinition("columns of view \(present.name.name)"))
      }
      for (old, new) in zip(present.columns, view.columns) where old.name != new.name {
        try fail("42P16", .invalidDefinition("column \(old.name) of view \(present.name.name)"))
      }
      for (old, new) in zip(present.columns, view.columns) {
        if let before = old.type, let after = new.type, before != after {
          try fail("42P16", .invalidDefinition("type of \(old.name) of view \(present.name.name)"))
        }
      }
    }
    let isTold =
      view.isKnown && present.isKnown
      && (view.columns + present.columns).allSatisfy { $0.type != nil }
      && !view.query.contains("WITH ") && !view.query.contains("(SELECT ")
    if !isTold, view.query != present.query {
      mayFail("42P16", .invalidDefinition("columns of view \(present.name.name)"))
    }
    finish(view)
    effect(.viewReplaced(from: present, to: view))
    if !isNew(present.origin) { breaks(.viewChanged(present.name)) }
  }

  private mutating func finish(_ view: View) {
    store(view)
    lock(named: view.name, .accessExclusive)
    guard view.isMaterialized else { return noteUses(of: view) }
    scan(view.relations)
    noteUses(of: view)
  }

  private mutating func noteUses(of view: View) {
    for relation in view.relations { note(view.name, uses: relation) }
    for used in view.functions + view.types { note(view.name, uses: used) }
  }

  mutating func createMaterializedView(_ statement: CreateTableAs) throws(Refused) {
    let name = catalog.resolveNew(statement.name)
    let relations = try read(statement.query)
    guard
      try claimRelation(name, .materializedView, ifNotExists: statement.ifNotExists)
    else { return }
    try requireParameters(statement.options, of: .table)
    try requireTablespace(statement.tablespace)
    var view = try makeView(
      name, statement.query, relations, columnNames: statement.columnNames,
      isMaterialized: true)
    if view.isKnown {
      try requireOutput(view.columns, named: statement.columnNames, of: statement.query, name)
    }
    view.isPopulated = statement.withData
    view.options = statement.options
    if statement.withData { rowsMayRaise(statement.query, in: relations) }
    finish(view)
    effect(.viewCreated(view))
  }

  private mutating func makeView(
    _ name: QualifiedName, _ query: Query, _ relations: [QualifiedName], columnNames: [String],
    isMaterialized: Bool
  ) throws(Refused) -> View {
    let columns = outputColumns(of: query, named: columnNames, relations)
    var view = View(
      id: newID(), name: name, isMaterialized: isMaterialized, isKnown: columns != nil,
      columns: columns ?? [], query: query.text, relations: relations, reads: [], mayRead: [],
      functions: [], types: [], indexes: [], triggers: [], rules: [], options: [],
      persistence: .permanent, comment: nil, owner: nil, origin: context.origin)
    for call in query.functions where !isBuiltin(call.name) {
      view.functions.append(catalog.resolveRoutine(call.name))
    }
    for type in query.casts where !type.isBuiltin {
      view.types.append(catalog.resolveType(type.qualifiedName))
    }
    noteReads(of: query, in: &view)
    try requireTypes(of: query)
    view.mayRaise =
      query.mayRaise || relations.contains { catalog.view($0)?.raisesWhenRead == true }
    return view
  }

  /// Which columns of which relations a view's query reads; PostgreSQL holds just these fast.
  private func noteReads(of query: Query, in view: inout View) {
    var certain: Set<View.ColumnUse> = []
    var references = query.columns
    references += query.output.compactMap(\.source)
    for reference in references {
      guard let column = reference.column else {
        noteAllReads(reference.qualifier, query, &certain, &view.mayRead)
        continue
      }
      if let (relation, found) = find(reference, in: query) {
        certain.insert(.init(relation: relation, column: found.name))
      } else {
        view.mayRead.append(column)
      }
    }
    noteJoins(of: query, &certain, &view.mayRead)
    view.mayRead += query.fields
    view.reads = certain.sorted { ($0.relation, $0.column) < ($1.relation, $1.column) }
    view.mayRead = Array(Set(view.mayRead)).sorted()
  }

  /// JOIN … USING and NATURAL JOIN compare columns that the query need not name.
  private func noteJoins(
    of query: Query, _ certain: inout Set<View.ColumnUse>, _ possible: inout [String]
  ) {
    let relations = query.relations.map { catalog.resolveRelation($0.name) }
    var shared = Set(query.joinColumns)
    if query.hasNaturalJoin {
      var seen: Set<String> = []
      for relation in relations {
        guard let columns = columnsOfRelation(relation) else { return possible.append("*") }
        for column in columns where !seen.insert(column.name).inserted {
          shared.insert(column.name)
        }
      }
    }
    let isTold = relations.count == 2 && !query.relations.contains(where: \.namesColumns)
    for name in shared {
      guard isTold else {
        possible.append(name)
        continue
      }
      for relation in relations { certain.insert(.init(relation: relation, column: name)) }
    }
  }

  private func noteAllReads(
    _ qualifier: [String], _ query: Query, _ certain: inout Set<View.ColumnUse>,
    _ possible: inout [String]
  ) {
    // Relations of subqueries are among them.
    guard query.isNamedByRelations || !qualifier.isEmpty else { return possible.append("*") }
    for use in query.relations {
      if let last = qualifier.last {
        if (use.alias ?? use.name.name) != last { continue }
        if query.derived.contains(last) {
          possible.append("*")
          continue
        }
      }
      let relation = catalog.resolveRelation(use.name)
      guard let columns = columnsOfRelation(relation) else {
        possible.append("*")
        continue
      }
      for column in columns { certain.insert(.init(relation: relation, column: column.name)) }
    }
  }

  mutating func refresh(_ statement: RefreshMaterializedView) throws(Refused) {
    let name = catalog.resolveRelation(statement.name)
    guard var view = catalog.view(name) else {
      try fail("42P01", .missing(.materializedView, name, of: nil), ifCertain: catalog.isComplete)
      outcome.assumptions.append(.relation(name))
      return effect(.viewRefreshed(name, concurrently: statement.concurrently))
    }
    try requireKind(.materializedView, of: name)
    lock(named: name, statement.concurrently ? .exclusive : .accessExclusive)
    noteFunctions(of: view)
    for relation in view.relations {
      lock(named: relation, .accessShare)
      if let table = catalog.table(relation) { scan(table, .query) }
    }
    if !statement.concurrently {
      outcome.rewrites.append(
        TableRewrite(table: reference(to: name), cause: .refresh, isNew: isNew(view.origin)))
      for index in view.indexes { rebuild(index.name, of: reference(to: name)) }
    } else {
      scan(reference(to: name), .query)
    }
    if statement.concurrently, !view.isPopulated {
      try fail(
        "0A000", .notSupported("REFRESH CONCURRENTLY of a view without data"),
        ifCertain: isSettled(view.id))
    }
    if statement.concurrently, view.isKnown,
      !view.indexes.contains(where: { $0.isUnique && $0.predicate == nil })
    {
      try fail("55000", .notSupported("REFRESH CONCURRENTLY without a unique index"))
    }
    if statement.withData {
      if view.mayRaise { rowsMayRaise(in: view.relations) }
      for index in view.indexes where index.isUnique || statement.concurrently {
        mayFail(
          "23505", .duplicatesExist(table: name, key: index.columns),
          when: .unknown(reference(to: name)))
      }
    }
    if view.isPopulated != statement.withData {
      view.isPopulated = statement.withData
      store(view)
    }
    effect(.viewRefreshed(name, concurrently: statement.concurrently))
  }
}

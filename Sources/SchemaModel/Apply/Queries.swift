// What a query reads, what it calls, and the columns that it returns.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Locks the relations that a query reads, follows what it calls, and applies the statements in
  /// its WITH; returns the relations.
  /// - Parameter target: the table that the statement writes, which its columns may be qualified by.
  mutating func read(
    _ query: Query, writing target: RelationUse? = nil
  ) throws(Refused) -> [QualifiedName] {
    var relations: [QualifiedName] = []
    for use in query.relations {
      let name = catalog.resolveRelation(use.name)
      if relations.contains(name) { continue }
      relations.append(name)
      try readRelation(name, mode: query.locksRows ? .rowShare : .accessShare)
    }
    try requireColumns(of: query, writing: target)
    if catalog.unfollowed.contains(.operators), hasWritingRoutines {
      effect(
        .notUnderstood(.statement("a query beside operators or casts of one's own")))
    }
    try requireKnownRoutines(query.functions)
    doubt(query.operators)
    for call in query.functions { try noteCall(call) }
    for type in query.casts { _ = try dataType(type) }
    try requireReadable(query.typedLiterals)
    for statement in query.dataModifying { try apply(statement) }
    return relations
  }

  /// Refuses a column that is named with its table, where the table is known not to have it or the statement
  /// has no such table.
  mutating func requireColumns(
    of query: Query, writing target: RelationUse?
  ) throws(Refused) {
    try requireTables(of: query, writing: target)
    for reference in query.columns where reference.qualifier.count == 1 {
      guard let name = reference.column, !isSystemColumn(name) else { continue }
      var table: Table?
      var isFound = false
      for use in query.relations where use.qualifies(reference) {
        guard !use.namesColumns, let known = catalog.table(catalog.resolveRelation(use.name)),
          knowsAll(of: known), known.column(name) == nil
        else {
          isFound = true
          break
        }
        table = known
      }
      // Elsewhere in the statement the name may stand for something that is no table.
      if isFound || target?.qualifies(reference) == true
        || query.derived.contains(reference.qualifier[0])
      {
        continue
      }
      guard let table else {
        if query.isNamedByRelations {
          try fail("42P01", .missing(.table, QualifiedName(reference.qualifier[0]), of: nil))
        }
        continue
      }
      try fail("42703", .missing(.column, QualifiedName(name), of: table.name))
    }
    if query.isPlain { try requirePlainColumns(of: query) }
  }

  /// Refuses `t.*` where there is no such table, and the name of the target once more in FROM or USING.
  private mutating func requireTables(
    of query: Query, writing target: RelationUse?
  ) throws(Refused) {
    guard query.isNamedByRelations else { return }
    for reference in query.columns where reference.column == nil && reference.qualifier.count == 1 {
      if target?.qualifies(reference) == true { continue }
      if !query.relations.contains(where: { $0.qualifies(reference) }) {
        try fail("42P01", .missing(.table, QualifiedName(reference.qualifier[0]), of: nil))
      }
    }
    guard let target else { return }
    for use in query.relations {
      guard (use.alias ?? use.name.name) == (target.alias ?? target.name.name) else { continue }
      // Tables of two schemas may have one name.
      if use.alias == nil, target.alias == nil,
        catalog.resolveRelation(use.name) != catalog.resolveRelation(target.name)
      {
        continue
      }
      try fail(
        "42712", .invalidDefinition("table \(use.alias ?? use.name.name) is named more than once"))
    }
  }

  /// Refuses a column without a table that no relation of a query has, and operators that types lack.
  private mutating func requirePlainColumns(of query: Query) throws(Refused) {
    let names = query.relations.map { catalog.resolveRelation($0.name) }
    var columns: Set<String> = []
    var shared: Set<String> = []
    var owners: [String: Int] = [:]
    for (use, name) in zip(query.relations, names) {
      guard !use.namesColumns, let own = columnsOfRelation(name) else { return }
      for column in own { owners[column.name, default: 0] += 1 }
      shared.formUnion(own.map(\.name).filter(columns.contains))
      columns.formUnion(own.map(\.name))
      // The whole row.
      columns.formUnion([use.alias ?? use.name.name])
    }
    // Names that the query itself gives.
    columns.formUnion(
      query.output.filter { $0.source?.column != $0.name }.compactMap(\.name))
    for reference in query.columns where reference.qualifier.isEmpty {
      guard let name = reference.column, !isSystemColumn(name), !columns.contains(name) else {
        continue
      }
      try fail(
        "42703", .missing(.column, QualifiedName(name), of: names.count == 1 ? names[0] : nil))
    }
    doubtNames(of: query, shared)
    for name in query.joinColumns {
      // Each USING makes one column of two.
      guard let joined = query.typed?.joined.count(where: { $0 == name }),
        owners[name, default: 0] > joined + 1
      else { continue }
      mayFail("42702", .invalidDefinition("column \(name) is of more than one relation"))
    }
    guard names.count == 1, let table = catalog.table(names[0]), isSettled(table.id) else { return }
    if let predicate = query.predicate {
      try requireOperators(of: predicate, in: table)
      try requireReadable(predicate, of: table, [])
    }
    guard query.isDistinct else { return }
    for output in query.output {
      guard let name = output.source?.column, let type = table.column(name)?.type,
        type.hasNoEquality
      else { continue }
      try fail("42883", .invalidDefinition("\(type.description) has no equality for DISTINCT"))
    }
  }

  /// What PostgreSQL refuses of a query whose names are all known: a column that two relations have, and one
  /// beside an aggregate that no GROUP BY names.
  private mutating func doubtNames(of query: Query, _ shared: Set<String>) {
    var ambiguous = query.hasNaturalJoin ? [] : shared.subtracting(query.joinColumns)
    for output in query.output where output.source?.column != output.name {
      if let name = output.name { ambiguous.remove(name) }
    }
    for output in query.output where output.source?.qualifier.isEmpty == false {
      if let name = output.name { ambiguous.remove(name) }
    }
    for reference in query.columns where reference.qualifier.isEmpty {
      guard let name = reference.column, ambiguous.contains(name) else { continue }
      mayFail("42702", .invalidDefinition("column \(name) is of more than one relation"))
    }
    let aggregates: Set<String> = ["count", "max", "min", "sum", "avg", "array_agg", "string_agg"]
    let isGrouped = ["GROUP BY", " OVER "].contains(where: query.text.contains)
    guard !isGrouped, query.output.contains(where: { $0.source != nil }),
      query.functions.contains(where: { aggregates.contains($0.name.name) })
    else { return }
    mayFail("42803", .invalidDefinition("a column beside an aggregate, without GROUP BY"))
  }

  /// Refuses a column in a condition that is about one table only.
  mutating func requireColumns(
    of predicate: SQLExpression?, in table: Table, _ reads: [QualifiedName]
  ) throws(Refused) {
    guard let predicate, !predicate.containsSubquery, reads.isEmpty, knowsAll(of: table) else {
      return
    }
    for reference in predicate.columns where reference.qualifier.isEmpty {
      guard let name = reference.column, !isSystemColumn(name), name != table.name.name,
        table.column(name) == nil
      else { continue }
      try fail("42703", .missing(.column, QualifiedName(name), of: table.name))
    }
    try requireOperators(of: predicate, in: table)
  }

  /// Refuses a comparison for which there is no operator.
  private mutating func requireOperators(
    of predicate: SQLExpression, in table: Table
  ) throws(Refused) {
    try requireComparable(predicate, in: table)
    guard predicate.casts.isEmpty else { return }
    for case .equals(let reference, let values) in predicate.conjuncts {
      guard let name = reference.column, let type = table.column(name)?.type,
        type.hasNoNumbers || type.isString, values.contains(where: \.isNumber)
      else { continue }
      try fail("42883", .invalidDefinition("\(name) of type \(type) is compared with a number"))
    }
  }

  private mutating func readRelation(_ name: QualifiedName, mode: LockMode) throws(Refused) {
    if isSystemSchema(name.schema) { return }
    switch catalog.relations[name] {
    case .table(let table): lock(table.value, mode)
    case .view: readView(name)
    case .sequence: break
    case .index: try fail("42809", .wrongKind(name, expected: .table))
    case nil:
      if name.name.hasPrefix("pg_") { return }
      lock(try table(name, byQuery: true), mode)
    }
  }

  /// Reads what the view reads, views in it too.
  private mutating func readView(_ name: QualifiedName) {
    var pending = [name]
    var seen: Set<QualifiedName> = [name]
    while let next = pending.popLast() {
      charge(1)
      lock(named: next, .accessShare)
      guard let view = catalog.view(next), !view.isMaterialized else { continue }
      noteFunctions(of: view)
      pending += view.relations.filter { seen.insert($0).inserted }.reversed()
    }
  }

  /// Reading a view calls what its query calls.
  mutating func noteFunctions(of view: View) {
    for name in view.functions { noteUnlessHarmless(FunctionCall(name: name)) }
  }

  /// What an expression calls that is computed for rows: a default, a CHECK, USING.
  mutating func noteCalls(of expression: SQLExpression) {
    for call in expression.functions { noteUnlessHarmless(call) }
  }

  private mutating func noteUnlessHarmless(_ call: FunctionCall) {
    guard !isHarmless(call) else { return }
    effect(.notUnderstood(.routineCall(catalog.resolveRoutine(call.name))))
  }

  /// Follows a call for what it does beside returning a value.
  mutating func noteCall(_ call: FunctionCall) throws(Refused) {
    switch call.name.name {
    case "setval": setSequence(call)
    case "set_config":
      if case .string(let name)?? = call.arguments.first {
        var values: [SQLConstant] = []
        if call.arguments.count > 1, let value = call.arguments[1] { values = [value] }
        setVariable(name: name, values: values, isLocal: false)
      } else {
        effect(.notUnderstood(.routineCall(call.name)))
      }
    case let name where isBuiltin(call.name) && name == "nextval":
      break
    default: noteUnlessHarmless(call)
    }
  }

  private mutating func setSequence(_ call: FunctionCall) {
    guard case .string(let text)?? = call.arguments.first else {
      effect(.sequenceSet(QualifiedName("?"), to: nil))
      return
    }
    let asNextval = SQLExpression(
      text: "",
      functions: [FunctionCall(name: QualifiedName("nextval"), arguments: [.string(text)])])
    let name = asNextval.nextvalSequence.map { catalog.resolveRelation($0) }
    var value: Int64?
    if call.arguments.count > 1, case .integer(let number)? = call.arguments[1] { value = number }
    effect(.sequenceSet(name ?? QualifiedName(text), to: value))
  }

  /// The columns that a query returns; nil where they are not all known, or more than a relation can have.
  mutating func outputColumns(
    of query: Query, named names: [String], _ relations: [QualifiedName]
  ) -> [Column]? {
    var columns: [Column] = []
    for output in query.output {
      if let source = output.source, source.column == nil {
        guard let all = allColumns(source.qualifier, query) else { return nil }
        columns += all
        guard columns.count <= Self.maximumColumns else { return tooManyColumns() }
        continue
      }
      let source = output.source.flatMap { find($0, in: query) }
      let name = output.name ?? output.source?.column ?? "?column?"
      if output.name == nil, output.source == nil { return nil }
      columns.append(
        Column(
          id: newID(), name: name, type: source?.1.type, isNullable: source?.1.isNullable,
          default: .none, origin: context.origin))
    }
    if query.output.isEmpty { return nil }
    for (place, name) in names.enumerated() where place < columns.count {
      columns[place].name = name
    }
    return columns
  }

  /// What `*` or `t.*` stands for; nil where it is not that of relations alone, as they are.
  private mutating func allColumns(_ qualifier: [String], _ query: Query) -> [Column]? {
    var uses = query.relations
    if let last = qualifier.last {
      uses = uses.filter { ($0.alias ?? $0.name.name) == last }
      guard !query.derived.contains(last), uses.count == 1 || query.isNamedByRelations else {
        return nil
      }
    } else {
      // USING and NATURAL make one column of two.
      guard query.isNamedByRelations, query.joinColumns.isEmpty, !query.hasNaturalJoin else {
        return nil
      }
    }
    var columns: [Column] = []
    for use in uses {
      guard let own = columnsOfRelation(catalog.resolveRelation(use.name)) else { return nil }
      guard columns.count + own.count <= Self.maximumColumns else { return tooManyColumns() }
      for column in own {
        var copy = column
        copy.id = newID()
        copy.origin = context.origin
        columns.append(copy)
      }
    }
    return columns
  }

  /// PostgreSQL refuses such a relation, but for a NATURAL JOIN or USING it may have fewer.
  private mutating func tooManyColumns() -> [Column]? {
    mayFail(
      "54011", .invalidDefinition("tables can have at most \(Self.maximumColumns) columns"))
    return nil
  }

  /// The columns of a table or view; nil where they are not all known.
  func columnsOfRelation(_ name: QualifiedName) -> [Column]? {
    switch catalog.relations[name] {
    case .table(let table): knowsAll(of: table.value) ? table.value.columns : nil
    case .view(let view): view.value.isKnown ? view.value.columns : nil
    default: nil
    }
  }

  /// The relation and column that a reference means, where only one can be meant.
  func find(_ reference: ColumnReference, in query: Query) -> (QualifiedName, Column)? {
    if let last = reference.qualifier.last, query.derived.contains(last) { return nil }
    return find(reference, among: query.relations)
  }

  func find(
    _ reference: ColumnReference, among relations: [RelationUse]
  ) -> (QualifiedName, Column)? {
    guard let name = reference.column, !isOutOfAllowance else { return nil }
    var found: (QualifiedName, Column)?
    for use in relations {
      charge(1)
      if let last = reference.qualifier.last, (use.alias ?? use.name.name) != last { continue }
      let relation = catalog.resolveRelation(use.name)
      let columns: [Column]
      switch catalog.relations[relation] {
      case .table(let table): columns = table.value.columns
      case .view(let view): columns = view.value.columns
      default: continue
      }
      charge(columns.count / 16)
      guard let column = columns.first(where: { $0.name == name }) else { continue }
      if let found, found.0 != relation { return nil }
      found = (relation, column)
    }
    return found
  }
}

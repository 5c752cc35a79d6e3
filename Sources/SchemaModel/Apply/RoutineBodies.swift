// What CREATE FUNCTION checks of a body in SQL: it is read against the catalog of that moment.

import HashTreeCollections
import PostgresSyntax

/// What the grammar writes like a call, and what no catalog of routines has.
private let grammarRoutines: Set<String> = ["coalesce", "greatest", "least", "nullif", "grouping"]

extension Replay {
  /// Refuses a body in SQL that names what is not there (manual, check_function_bodies).
  mutating func checkBody(of statement: CreateFunction, _ name: QualifiedName) throws(Refused) {
    guard let body = statement.body else {
      guard let body = statement.atomicBody ?? statement.returned.map({ "SELECT " + $0.text }),
        case .success(let statements) = parseStatements(body)
      else { return }
      for parsed in statements { try check(parsed.statement, of: statement) }
      return try checkResult(statements.map(\.statement), of: statement)
    }
    guard let language = statement.language, ["sql", "plpgsql"].contains(language) else { return }
    if !catalog.checksBodies {
      catalog.uncheckedBodies.insert(name)
      return
    }
    if catalog.uncheckedBodies.contains(name) {
      mayFail("42601", .invalidDefinition("the body of \(name.name), which was never checked"))
    }
    if language == "plpgsql" { return try checkProcedure(statement, body) }
    guard case .success(let statements) = parseStatements(body) else {
      return mayFail("42601", .invalidDefinition("the body of \(name.name)"))
    }
    for parsed in statements { try check(parsed.statement, of: statement) }
    try checkResult(statements.map(\.statement), of: statement)
  }

  /// Refuses a body in PL/pgSQL that its own grammar does not take; what it names is looked up when it runs.
  private mutating func checkProcedure(
    _ statement: CreateFunction, _ body: String
  ) throws(Refused) {
    charge(body.utf8.count / 64)
    let form = procedureForm(of: statement, body: body)
    if let refusal = form.refusal {
      // A later version may have words and conditions that this grammar does not have.
      try fail(
        refusal.sqlState,
        .invalidDefinition("the body of \(statement.name.name): \(refusal.reason)"),
        ifCertain: context.serverVersion <= 15 && !refusal.isUncertain)
    }
    // A variable may be a record (`build_datatype` in pl_comp.c).
    for type in form.types.map({ $0.lowercased() })
    where type != "record" && pseudoTypes.contains(type) {
      try fail("0A000", .invalidDefinition("a variable of the pseudo-type \(type)"))
    }
    for type in form.types where type.lowercased().hasPrefix("setof ") {
      try fail("42601", .invalidDefinition("a variable of the type \(type)"))
    }
    for type in form.listedTypes { try requireScalar(type) }
    guard !statement.definition.contains(" SET search_path") else { return }
    for type in form.types { try requireType(type) }
  }

  /// No record and no row stands among several targets of INTO.
  private mutating func requireScalar(_ type: String) throws(Refused) {
    let type = type.lowercased()
    let isRow = type == "record" || type.hasSuffix("%rowtype")
    guard isRow || isComposite(type) else { return }
    try fail(
      "42601", .invalidDefinition("a record or row among several targets of INTO"),
      ifCertain: isRow)
  }

  /// Whether a type of this name may be that of a row.
  private func isComposite(_ type: String) -> Bool {
    guard case .success(let statements) = parseStatements("TABLE " + type),
      case .select(let query)? = statements.first?.statement, let written = query.relations.first
    else { return false }
    let name = catalog.resolveRelation(written.name)
    return catalog.relations[name] != nil || catalog.types[name] != nil
  }

  /// The type of a variable in a function's body, which may be that of something else.
  private mutating func requireType(_ type: String) throws(Refused) {
    guard let sign = type.firstRange(of: "%") else { return try requireDeclared(type) }
    if type[sign.upperBound...].lowercased() == "type" {
      return columnMayBeMissing(String(type[..<sign.lowerBound]))
    }
    guard type[sign.upperBound...].lowercased() == "rowtype",
      case .success(let statements) = parseStatements("TABLE " + type[..<sign.lowerBound]),
      case .select(let query)? = statements.first?.statement, let written = query.relations.first
    else { return }
    let name = catalog.resolveRelation(written.name)
    guard catalog.relations[name] == nil, !isSystemSchema(name.schema),
      written.name.schema != nil || !name.name.hasPrefix("pg_")
    else { return }
    try fail(
      "42P01", .missing(.table, name, of: nil),
      ifCertain: catalog.isComplete && catalog.extensions.count == 1)
  }

  private mutating func check(
    _ statement: Statement, of definition: CreateFunction
  ) throws(Refused) {
    switch statement {
    case .refused(let refusal, let inner):
      try check(inner, of: definition)
      try refuse(refusal)
    case .select(let query):
      try check(query, of: definition)
      try checkTypes(of: query, nil, definition)
    case .insert(let insert):
      try check(insert.reads, of: definition, writing: insert.table, insert.columns)
      try checkTypes(of: insert.reads, written(insert.table), definition)
    case .update(let update):
      try check(
        update.reads, of: definition, writing: update.table, alias: update.alias,
        update.assignments.map(\.column))
      try checkTypes(
        of: update.reads, written(update.table), definition,
        RelationUse(name: update.table, alias: update.alias))
    case .delete(let delete):
      try check(delete.reads, of: definition, writing: delete.table, alias: delete.alias)
      try checkTypes(
        of: delete.reads, written(delete.table), definition,
        RelationUse(name: delete.table, alias: delete.alias))
    default: break
    }
  }

  private func written(_ name: QualifiedName) -> Table? {
    catalog.table(catalog.resolveRelation(name))
  }

  private mutating func checkTypes(
    of query: Query, _ table: Table?, _ definition: CreateFunction, _ use: RelationUse? = nil
  ) throws(Refused) {
    // The names are looked up in the path that the function has of its own.
    guard !definition.definition.contains(" SET search_path") else { return }
    try requireTypes(of: query, writing: use, table, parameters(of: definition))
  }

  /// The names of a body in SQL, which columns come before (manual 38.5.1).
  func parameters(of definition: CreateFunction) -> NameScope {
    let inputs = definition.parameters.filter { ![.output, .table].contains($0.mode) }
    let columns = inputs.map {
      QueryOutput(name: $0.name, type: valueType(namedType($0.type)))
    }
    var scope = NameScope(
      sources: [
        .init(
          name: definition.name.name, relation: nil, columns: .list(columns), isOfParameters: true)
      ])
    // `parameter.field` of a row.
    for parameter in inputs where !parameter.type.isBuiltin {
      guard let name = parameter.name else { continue }
      scope.sources.append(
        .init(
          name: name, relation: nil, columns: fields(of: parameter.type), isOfParameters: true))
    }
    return scope
  }

  /// Those of a row, as far as they are known.
  private func fields(of type: TypeName) -> SourceColumns {
    let name = catalog.resolveType(type.qualifiedName)
    if type.isArray { return .open }
    if let table = catalog.table(name) {
      return .catalog(table.columns, areAll: knowsAll(of: table))
    }
    guard let user = catalog.type(name), case .composite(let attributes) = user.kind else {
      return .open
    }
    return .catalog(attributes, areAll: isSettled(user.id))
  }

  private mutating func check(
    _ query: Query, of definition: CreateFunction, writing target: QualifiedName? = nil,
    alias: String? = nil, _ columns: [String] = []
  ) throws(Refused) {
    // The names are looked up in the path that the function has of its own.
    guard !definition.definition.contains(" SET search_path") else { return }
    var relations = query.relations.map(\.name)
    if let target {
      relations.append(target)
      if catalog.view(catalog.resolveRelation(target)) == nil {
        var table = try table(target, byQuery: true)
        for name in columns { _ = try column(name, in: &table) }
      }
    }
    for written in relations {
      let name = catalog.resolveRelation(written)
      if isSystemSchema(name.schema) || written.schema == nil && name.name.hasPrefix("pg_") {
        continue
      }
      switch catalog.relations[name] {
      case .index: try fail("42809", .wrongKind(name, expected: .table))
      case nil: lock(try table(written, byQuery: true), .accessShare)
      default: lock(named: name, .accessShare)
      }
    }
    let inputs = definition.parameters.filter { ![.output, .table].contains($0.mode) }
    if query.lastParameter > inputs.count {
      try fail("42P02", .invalidDefinition("there is no parameter $\(query.lastParameter)"))
    }
    var query = query
    query.columns.removeAll { definition.isParameter($0) }
    fieldsMayBeMissing(query.fields, of: definition.parameters.map { namedType($0.type) })
    // A value may be that of a parameter.
    if query.containsParameter
      || query.predicate?.columns.contains(where: definition.isParameter) == true
    {
      query.predicate = nil
    }
    try requireColumns(of: query, writing: target.map { RelationUse(name: $0, alias: alias) })
    for type in query.casts { _ = try dataType(type) }
    try requireRoutines(query.functions, except: definition.name)
  }

  /// `table.column%TYPE`: the table may also be a variable.
  private mutating func columnMayBeMissing(_ text: String) {
    guard case .success(let statements) = parseStatements("SELECT " + text),
      case .select(let query)? = statements.first?.statement, let reference = query.columns.first,
      let name = reference.column, let last = reference.qualifier.last,
      let table = catalog.table(
        catalog.resolveRelation(QualifiedName(schema: reference.qualifier.dropLast().last, last))),
      knowsAll(of: table), table.column(name) == nil, !isSystemColumn(name)
    else { return }
    mayFail("42601", .missing(.column, QualifiedName(name), of: table.name))
  }

  /// Refuses a call of a routine that is known not to be there. What something in the catalog calls
  /// already is there, also where the history does not make it.
  /// - Parameter user: what is being made of the calls, which proves nothing of them.
  mutating func requireRoutines(
    _ calls: [FunctionCall], except own: QualifiedName? = nil, by user: QualifiedName? = nil
  ) throws(Refused) {
    try requireVersion(for: calls)
    for call in calls where call.name != own && !isBuiltin(call.name) {
      let name = catalog.resolveRoutine(call.name)
      guard catalog.routines[name] == nil, !grammarRoutines.contains(name.name) else { continue }
      let isLost = lostExtension(bringing: name.name) != nil
      if !isLost, !catalog.dropped.contains(name) {
        let isUsed = users(of: name).contains { $0 != user }
        if isUsed || isOfExtension(call.name) { continue }
        if catalog.isComplete, catalog.extensions.count > 1 { continue }
      }
      try fail("42883", .missing(.function, name, of: nil), ifCertain: catalog.isComplete)
    }
  }
}

extension CreateFunction {
  /// The statements between BEGIN ATOMIC and END, which are part of the statement itself.
  fileprivate var atomicBody: String? {
    guard let start = definition.firstRange(of: "BEGIN ATOMIC ") else { return nil }
    let rest = definition[start.upperBound...]
    guard rest.hasSuffix("END") else { return nil }
    return String(rest.dropLast(3))
  }

  /// Whether a reference may be to a parameter: by its name, or as `function.parameter`.
  fileprivate func isParameter(_ reference: ColumnReference) -> Bool {
    let inputs = parameters.filter { ![.output, .table].contains($0.mode) }
    let names = Set(inputs.compactMap(\.name))
    if let first = reference.qualifier.first { return first == name.name || names.contains(first) }
    return reference.column.map(names.contains) ?? false
  }
}

// DO blocks in PL/pgSQL: the statements in their text, applied in order as far as it is known which
// of them run.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func run(_ block: DoBlock) throws(Refused) {
    guard block.language == "plpgsql", let body = parseProcedure(block.body) else {
      return effect(.notUnderstood(.doBlock(block.language)))
    }
    for type in body.types { try requireDeclared(type) }
    for value in body.initialValues { try compute(value) }
    try run(body.parts, hasVariables: body.hasVariables)
  }

  /// The type of a variable is looked up before the first statement.
  mutating func requireDeclared(_ type: String) throws(Refused) {
    guard !type.contains("%"),
      case .success(let statements) = parseStatements("SELECT CAST(NULL AS \(type))"),
      statements.count == 1, case .select(let query) = statements[0].statement,
      let written = query.casts.first
    else { return mayFail("42704", .invalidDefinition("the type \(type) of a variable")) }
    _ = try dataType(written)
  }

  /// The value that a variable begins with is computed before the first statement.
  private mutating func compute(_ value: ProcedureBody.InitialValue) throws(Refused) {
    let isQuery = value.text.prefix(7).uppercased() == "SELECT "
    guard
      case .success(let statements) = parseStatements(isQuery ? value.text : "SELECT \(value.text)"),
      statements.count == 1, case .select(let query) = statements[0].statement,
      query.relations.isEmpty, query.dataModifying.isEmpty
    else { return effect(.notUnderstood(.doBlock("plpgsql"))) }
    for call in query.functions { try noteCall(call) }
    let words = ["text", "varchar", "character varying", "name"]
    let isRead = query.text.contains("'") && !words.contains(where: value.type.contains)
    if query.mayRaise || isRead || !query.columns.isEmpty {
      mayFail("22000", .invalidDefinition("the initial value of a variable: \(value.text)"))
    }
  }

  /// Returns whether a RETURN, or what is not understood, ended the block.
  @discardableResult
  private mutating func run(
    _ parts: [ProcedurePart], hasVariables: Bool
  ) throws(Refused) -> Bool {
    for part in parts {
      switch part {
      case .statement(let text): try run(text, hasVariables: hasVariables)
      case .branches(let branches, let otherwise):
        guard let chosen = chosen(branches, otherwise) else { return giveUp() }
        if try run(chosen, hasVariables: hasVariables) { return true }
      case .guarded(let parts, let handlers):
        guard try run(parts, guardedBy: handlers, hasVariables: hasVariables) else {
          return giveUp()
        }
      case .leave: return true
      case .other: return giveUp()
      }
    }
    return false
  }

  private mutating func giveUp() -> Bool {
    effect(.notUnderstood(.doBlock("plpgsql")))
    return true
  }

  private mutating func run(_ text: String, hasVariables: Bool) throws(Refused) {
    guard case .success(let statements) = parseStatements(text) else {
      return effect(.notUnderstood(.doBlock("plpgsql")))
    }
    for parsed in statements {
      // A name in the statement may be a variable, which PL/pgSQL puts in its place.
      if hasVariables, !parsed.statement.isDefinition {
        return effect(.notUnderstood(.doBlock("plpgsql")))
      }
      if case .transaction = parsed.statement {
        return effect(.notUnderstood(.doBlock("plpgsql")))
      }
      try apply(parsed.statement)
    }
  }

  /// The parts that run, where every condition up to the one that holds is known.
  private func chosen(
    _ branches: [ProcedurePart.Branch], _ otherwise: [ProcedurePart]
  ) -> [ProcedurePart]? {
    for branch in branches {
      switch catalog.holds(branch.condition) {
      case true?: return branch.parts
      case false?: continue
      case nil: return nil
      }
    }
    return otherwise
  }

  /// One statement whose failure is handled by doing nothing: it runs, or it does not.
  private mutating func run(
    _ parts: [ProcedurePart], guardedBy handlers: [ProcedurePart.Handler], hasVariables: Bool
  ) throws(Refused) -> Bool {
    guard parts.count == 1, case .statement(let text) = parts[0],
      handlers.allSatisfy({ $0.parts.isEmpty })
    else { return false }
    let names = Set(handlers.flatMap(\.conditions))
    let known = outcome.failures.count
    let before = catalog
    let effects = (outcome.effects, outcome.codeBreaks)
    do {
      try run(text, hasVariables: hasVariables)
    } catch {
      guard let failure = outcome.failures.last, handles(names, failure.sqlState) else {
        throw error
      }
      outcome.failures.removeSubrange(known...)
      (outcome.effects, outcome.codeBreaks) = effects
      catalog = before
      switch failure.reason {
      case .alreadyExists(let kind, let name, of: _), .missing(let kind, let name, of: _):
        effect(.skipped(kind, name))
      default: break
      }
      return true
    }
    // What may have been missing is not proved to be there.
    catalog.ofServer = before.ofServer
    outcome.failures.replaceSubrange(
      known..., with: outcome.failures[known...].filter { !handles(names, $0.sqlState) })
    return true
  }

  /// Whether a handler for these conditions catches an error (manual, Appendix A).
  private func handles(_ names: Set<String>, _ sqlState: String) -> Bool {
    if names.contains("others") { return true }
    let conditions = [
      "42710": "duplicate_object", "42P07": "duplicate_table", "42701": "duplicate_column",
      "42723": "duplicate_function", "42P06": "duplicate_schema", "42704": "undefined_object",
      "42P01": "undefined_table", "42703": "undefined_column", "42883": "undefined_function",
      "3F000": "invalid_schema_name", "23505": "unique_violation",
    ]
    return conditions[sqlState].map(names.contains) ?? false
  }
}

extension Statement {
  /// A statement that defines something, in which no variable can stand.
  fileprivate var isDefinition: Bool {
    switch self {
    case .createTable, .alterTable, .createIndex, .drop, .rename, .setSchema, .setOwner,
      .createType, .alterEnum, .createDomain, .alterDomain, .createSequence, .alterSequence,
      .createFunction, .createTrigger, .createExtension, .createSchema, .comment:
      true
    default: false
    }
  }
}

// MARK: - Conditions on the system catalogs

extension Catalog {
  /// Whether `[NOT] EXISTS (SELECT … FROM a catalog WHERE column = 'name' AND …)` holds; nil where
  /// that is not known.
  func holds(_ condition: String) -> Bool? {
    var text = condition[...]
    var isNegated = false
    text = text.drop(while: \.isWhitespace)
    if text.prefix(4).uppercased() == "NOT " {
      isNegated = true
      text = text.dropFirst(4).drop(while: \.isWhitespace)
    }
    guard text.prefix(6).uppercased() == "EXISTS" else { return nil }
    text = text.dropFirst(6).drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    guard text.first == "(", text.last == ")" else { return nil }
    let query = text.dropFirst().dropLast()
    // What the query returns does not matter: the words up to FROM give way to DELETE, whose
    // condition is read in parts.
    guard let from = query.uppercased().firstRange(of: "FROM "),
      query.uppercased().firstRange(of: "(") == nil
    else { return nil }
    let offset = query.uppercased().distance(
      from: query.uppercased().startIndex, to: from.lowerBound)
    let deletion = "DELETE " + query.dropFirst(offset)
    guard case .success(let statements) = parseStatements(deletion), statements.count == 1,
      case .delete(let delete) = statements[0].statement, let predicate = delete.predicate
    else { return nil }
    var names: [String: String] = [:]
    for conjunct in predicate.conjuncts {
      guard case .equals(let column, let values) = conjunct, let name = column.column,
        values.count == 1, case .string(let value) = values[0], names[name] == nil
      else { return nil }
      names[name] = value
    }
    return exists(in: delete.table.name, names).map { $0 != isNegated }
  }

  /// Whether a row of a system catalog has these values; nil where that is not known.
  private func exists(in catalog: String, _ names: [String: String]) -> Bool? {
    func values(_ columns: String...) -> [String?]? {
      guard Set(names.keys).isSubset(of: columns), names[columns[0]] != nil else { return nil }
      return columns.map { names[$0] }
    }
    switch catalog {
    case "pg_type":
      guard let found = values("typname") else { return nil }
      // Every relation has a type of its name.
      let relation = relations.contains { name, relation in
        if case .index = relation { return false }
        return name.name == found[0]
      }
      return answer(relation || types.keys.contains { $0.name == found[0] })
    case "pg_class":
      guard let found = values("relname") else { return nil }
      return answer(relations.names.contains { $0.name == found[0] })
    case "pg_tables", "tables":
      guard
        let found = catalog == "tables"
          ? values("table_name", "table_schema") : values("tablename", "schemaname")
      else { return nil }
      return answer(
        relations.contains { name, relation in
          switch relation {
          case .table: break
          case .view where catalog == "tables": break
          default: return false
          }
          return name.name == found[0] && (found[1] == nil || name.schema == found[1])
        })
    case "columns":
      guard let found = values("column_name", "table_name", "table_schema"), found[1] != nil
      else { return nil }
      return answer(
        relations.contains { name, relation in
          guard case .table(let table) = relation, name.name == found[1],
            found[2] == nil || name.schema == found[2]
          else { return false }
          return table.value.column(found[0] ?? "") != nil
        })
    case "pg_extension":
      guard let found = values("extname") else { return nil }
      return answer(extensions[found[0] ?? ""] != nil)
    case "pg_namespace", "schemata":
      guard let found = values(catalog == "schemata" ? "schema_name" : "nspname") else {
        return nil
      }
      return answer(schemas[found[0] ?? ""] != nil)
    default: return nil
    }
  }

  /// What is there is there; what is not may be there all the same, unless everything is known.
  private func answer(_ isFound: Bool) -> Bool? {
    if lastOpaque != nil { return nil }
    return isFound ? true : isComplete ? false : nil
  }
}

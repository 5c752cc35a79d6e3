// What a body in SQL has to return (`check_sql_fn_retval` in functions.c).

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses a body whose last statement does not return what the function does.
  mutating func checkResult(
    _ statements: [Statement], of definition: CreateFunction
  ) throws(Refused) {
    guard definition.returnsSomething else { return }
    let words = "\(definition.name.name) returns nothing of what it is declared to return"
    guard let last = statements.last, last.mayReturnRows else {
      return try fail("42P13", .invalidDefinition(words))
    }
    guard case .select(let query) = last else { return }
    try checkColumns(of: query, definition)
    try checkColumn(of: query, definition)
  }

  /// The type of the one value that a function returns; nil for rows, and for a type that is not known.
  private func onlyResult(of definition: CreateFunction) -> DataType? {
    let outputs = definition.parameters.filter { ![.input, .variadic].contains($0.mode) }
    if outputs.isEmpty { return definition.returns.map(namedType) }
    return outputs.count == 1 && !definition.isProcedure && outputs[0].mode != .table
      ? namedType(outputs[0].type) : nil
  }

  /// Refuses another number of columns than one, where the function returns one value.
  private mutating func checkColumns(
    of query: Query, _ definition: CreateFunction
  ) throws(Refused) {
    guard let result = onlyResult(of: definition), result.builtin != nil || result.isArray else {
      return
    }
    let isCounted = query.output.allSatisfy { $0.source.map { $0.column != nil } ?? true }
    guard isCounted, query.output.count != 1, query.isPlain || query.output.count > 1 else {
      return
    }
    try fail(
      "42P13",
      .invalidDefinition(
        "\(definition.name.name) returns \(query.output.count) columns as one value"))
  }

  /// Refuses a column that is not assigned to what the function returns.
  private mutating func checkColumn(
    of query: Query, _ definition: CreateFunction
  ) throws(Refused) {
    guard let result = onlyResult(of: definition), let wanted = valueType(result),
      // The names are looked up in the path that the function has of its own.
      !definition.definition.contains(" SET search_path"), wanted.polymorphism == nil,
      let outputs = outputs(of: query, parameters(of: definition)), outputs.columns.count == 1,
      let type = outputs.columns[0].settledType, type != .record,
      !catalog.unfollowed.contains(.operators)
    else { return }
    if TypeCatalog.shared.context(from: type, to: wanted).map({ $0 <= .assignment }) == true {
      return
    }
    try fail(
      "42P13",
      .invalidDefinition(
        "\(definition.name.name) returns \(result.description), and its query \(type.description)"),
      ifCertain: outputs.areSettled)
  }
}

extension CreateFunction {
  fileprivate var returnsSomething: Bool {
    if parameters.contains(where: { ![.input, .variadic].contains($0.mode) }) { return true }
    guard let returns, !isProcedure else { return false }
    return !(returns.isBuiltin && returns.name == "void" && !returns.isArray)
  }
}

extension Statement {
  /// Whether rows may come out of it, as the last statement of a body.
  fileprivate var mayReturnRows: Bool {
    switch self {
    case .select: true
    case .insert(let insert): insert.reads.typed.map { !$0.returned.isEmpty } ?? true
    case .update(let update): update.reads.typed.map { !$0.values.isEmpty } ?? true
    case .delete(let delete): delete.reads.typed.map { !$0.values.isEmpty } ?? true
    case .refused(_, let statement): statement.mayReturnRows
    // RETURNING of MERGE is of PostgreSQL 17, and what is not understood may be anything.
    case .merge, .other: true
    default: false
    }
  }
}

// The types of what queries return, and what PostgreSQL refuses of the queries.

import PostgresSyntax

extension ExpressionTyper {
  /// What a query in an expression gives.
  func type(of query: TypedSubquery) throws(TypeProblem) -> ValueType? {
    switch query.kind {
    case .exists:
      _ = try outputs(of: query.query)
      return .bool
    case .value: return try single(query.query)
    case .array:
      guard let type = try single(query.query) else { return nil }
      return type.isArray ? type : type.array
    case .compared(let value, let name):
      guard name.schema == nil || name.schema == "pg_catalog" else {
        _ = try type(of: value)
        _ = try outputs(of: query.query)
        return .bool
      }
      if case .row(let values) = value {
        return try compare(values, with: query.query, by: name.name)
      }
      return try compare([value], with: query.query, by: name.name)
    }
  }

  /// Compares values with what a query returns, one by one.
  func compare(
    _ values: [TypedForm], with query: TypedParts, by name: String
  ) throws(TypeProblem) -> ValueType? {
    let types = try types(of: values)
    guard let outputs = try outputs(of: query), !values.contains(where: \.isStar) else {
      return .bool
    }
    guard outputs.count == values.count else {
      throw TypeProblem(
        sqlState: "42601",
        words: "a subquery returns \(outputs.count) columns where \(values.count) are compared")
    }
    for place in values.indices {
      _ = try result(of: name, [types[place], outputs[place].settledType], [values[place]])
    }
    return .bool
  }

  private func single(_ query: TypedParts) throws(TypeProblem) -> ValueType? {
    guard let outputs = try outputs(of: query) else { return nil }
    guard outputs.count == 1 else {
      throw TypeProblem(
        sqlState: "42601", words: "a subquery returns \(outputs.count) columns in place of one")
    }
    return outputs[0].settledType
  }

  // MARK: - Statements that write rows

  /// Refuses what does not suit in a statement.
  /// - Parameters:
  ///   - use: what it changes, whose columns its values are from, too.
  ///   - count: how many columns the target has.
  ///   - wanted: the type of what is assigned to.
  mutating func require(
    _ parts: TypedParts, writing use: RelationUse?, _ count: Int?,
    _ wanted: (TypedParts.Target) -> ValueType?
  ) throws(TypeProblem) {
    let outputs: [QueryOutput]?
    if let use {
      try add(parts.with)
      var scope = try scope(of: parts)
      scope.sources.insert(source(use), at: 0)
      scopes.append(scope)
      outputs = try self.outputs(here: parts)
    } else {
      outputs = try self.outputs(of: parts)
      try add(parts.with)
    }
    for assigned in parts.assigned {
      try requireAssignable(assigned.value, to: wanted(assigned.target))
    }
    for row in parts.assignedRows { try require(row, wanted) }
    guard let inserted = parts.inserted, let outputs else { return }
    let isMany = (inserted.isEmpty ? count : inserted.count).map { outputs.count > $0 } ?? false
    if isMany || outputs.count < inserted.count {
      throw TypeProblem(sqlState: "42601", words: "other values than columns")
    }
    for (place, output) in outputs.enumerated() {
      let target: TypedParts.Target? =
        inserted.isEmpty
        ? .place(place) : place < inserted.count ? .column(inserted[place]) : nil
      guard let target else { return }
      try requireAssignable(output.type, output.form, to: wanted(target))
    }
  }

  private func require(
    _ row: TypedParts.AssignedRow, _ wanted: (TypedParts.Target) -> ValueType?
  ) throws(TypeProblem) {
    guard let outputs = try outputs(of: row.query) else { return }
    guard outputs.count == row.columns.count else {
      throw TypeProblem(sqlState: "42601", words: "other values than columns")
    }
    for (output, name) in zip(outputs, row.columns) {
      try requireAssignable(output.settledType, nil, to: wanted(.column(name)))
    }
  }

  /// What ON CONFLICT does.
  func require(
    _ conflict: TypedParts.Conflict, _ wanted: (TypedParts.Target) -> ValueType?
  ) throws(TypeProblem) {
    for assigned in conflict.assigned {
      try requireAssignable(assigned.value, to: wanted(assigned.target))
    }
    for condition in conflict.conditions { try requireTruth(condition) }
  }

  // MARK: - Queries

  /// The columns that a query returns; nil where it is not known how many.
  func outputs(of parts: TypedParts) throws(TypeProblem) -> [QueryOutput]? {
    guard catalog.mayGoOn(parts.values.count + parts.conditions.count + 1) else { return nil }
    var typer = self
    try typer.add(parts.with)
    if !parts.united.isEmpty { return try typer.united(parts) }
    if !parts.rows.isEmpty { return try typer.columns(of: parts) }
    typer.scopes.append(try typer.scope(of: parts))
    return try typer.outputs(here: parts)
  }

  /// Those of a query whose FROM is the innermost scope.
  func outputs(here parts: TypedParts) throws(TypeProblem) -> [QueryOutput]? {
    for condition in parts.conditions { try requireTruth(condition) }
    var outputs: [QueryOutput]? = []
    for (place, form) in parts.values.enumerated() {
      if case .column(let reference) = form, reference.column == nil {
        _ = try column(reference)
        let columns = allColumns(reference.qualifier)
        outputs = columns.flatMap { columns in outputs.map { $0 + columns } }
        if let count = outputs?.count, count > Replay.maximumColumns { outputs = nil }
        continue
      }
      let type = try type(of: form)
      let name = parts.names.indices.contains(place) ? parts.names[place] : nil
      outputs?.append(QueryOutput(name: name, type: type, form: form))
    }
    let names = Set(parts.names.compactMap(\.self))
    for form in parts.ordered { try require(form, names, outputs?.count) }
    for form in parts.grouped + parts.distinctOn { try require(form, names, outputs?.count) }
    for form in parts.limits { try requireAmount(form) }
    try requireJoined(parts.joined)
    try requireGroups(of: parts)
    try requireDistinct(of: parts)
    guard parts.isDistinct else { return outputs }
    try requireSorted(of: parts)
    return settled(outputs)
  }

  private func united(_ parts: TypedParts) throws(TypeProblem) -> [QueryOutput]? {
    guard parts.united.count == 2 else { return nil }
    let first = try outputs(of: parts.united[0])
    let second = try outputs(of: parts.united[1])
    guard let first, let second else { return nil }
    guard first.count == second.count else {
      throw TypeProblem(
        sqlState: "42601", words: "queries of \(first.count) and \(second.count) columns are united"
      )
    }
    var result: [QueryOutput] = []
    for (left, right) in zip(first, second) {
      let type = try common(of: [left.type, right.type], [left.form, right.form])
      result.append(QueryOutput(name: left.name, type: type))
    }
    guard result.allSatisfy({ $0.name != nil }) else { return result }
    for case .column(let reference) in parts.ordered where reference.qualifier.isEmpty {
      if let name = reference.column, !result.contains(where: { $0.name == name }) {
        throw .missing(.column, name)
      }
    }
    return result
  }

  /// The columns of VALUES.
  private func columns(of parts: TypedParts) throws(TypeProblem) -> [QueryOutput]? {
    var rows: [[ValueType?]] = []
    for row in parts.rows { rows.append(try types(of: row)) }
    guard let width = rows.first?.count, rows.allSatisfy({ $0.count == width }) else { return nil }
    var result: [QueryOutput] = []
    for place in 0..<width {
      let type = try common(of: rows.map { $0[place] }, parts.rows.map { $0[place] })
      result.append(QueryOutput(name: parts.names[place], type: type))
    }
    return result
  }

  /// A string without a type is a text where it leaves a query.
  func settled(_ outputs: [QueryOutput]?) -> [QueryOutput]? {
    outputs?.map { QueryOutput(name: $0.name, type: $0.settledType) }
  }
}

extension QueryOutput {
  var settledType: ValueType? { type == .unknown ? .text : type }
}

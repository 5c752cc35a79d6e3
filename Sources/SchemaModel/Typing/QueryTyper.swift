// The types of what queries return, and what PostgreSQL refuses of the queries.

import PostgresSyntax

/// Functions that return one column in FROM, named like the alias or themselves.
private let namedByAlias: Set<String> = [
  "generate_series", "unnest", "generate_subscripts", "regexp_split_to_table", "string_to_table",
  "json_object_keys", "jsonb_object_keys", "regexp_matches",
]

/// Functions whose one column has a name of its own.
private let ownColumns: [String: String] = [
  "json_array_elements": "value", "jsonb_array_elements": "value",
  "json_array_elements_text": "value", "jsonb_array_elements_text": "value",
]

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

  /// Refuses what is named in ORDER BY and GROUP BY (`findTargetlistEntrySQL92`).
  private func require(
    _ form: TypedForm, _ names: Set<String>, _ count: Int?
  ) throws(TypeProblem) {
    switch form {
    case .constant(.integer(let place)):
      if let count, !(1...max(1, Int64(count))).contains(place) {
        throw TypeProblem(sqlState: "42P10", words: "position \(place) is not of the select list")
      }
    case .column(let reference) where reference.qualifier.isEmpty:
      guard let name = reference.column else { return }
      // A column of the tables comes first in GROUP BY, but is refused for no other reason.
      if names.contains(name) { return }
      _ = try column(reference)
    default: _ = try type(of: form)
    }
  }

  /// LIMIT and OFFSET are the same for all rows (`transformLimitClause`).
  private func requireAmount(_ form: TypedForm) throws(TypeProblem) {
    if case .column = form {
      throw TypeProblem(sqlState: "42P10", words: "a column in LIMIT")
    }
    try requireAssignable(form, to: ValueType("int8"))
  }

  /// Refuses a column of USING that only one table has, or none.
  private func requireJoined(_ names: [String]) throws(TypeProblem) {
    guard let scope = scopes.last, !scope.isOpen else { return }
    for name in names {
      let found = scope.sources.map { find(name, in: $0.columns) }
      if found.contains(where: { if case .open = $0 { true } else { false } }) { return }
      let count = found.count { if case .column = $0 { true } else { false } }
      if count < 2 { throw .missing(.column, name) }
    }
  }

  /// Refuses to sort distinct rows by what they do not have (`transformDistinctClause`).
  private func requireSorted(of parts: TypedParts) throws(TypeProblem) {
    guard !parts.values.contains(where: \.isStar) else { return }
    for form in parts.ordered where !parts.values.contains(form) {
      switch form {
      case .constant: continue
      case .column(let reference):
        if parts.names.contains(reference.column) { continue }
        let isReturned = parts.values.contains {
          if case .column(let other) = $0 { other.column == reference.column } else { false }
        }
        if isReturned { continue }
      default: continue
      }
      throw TypeProblem(
        sqlState: "42P10", words: "distinct rows are sorted by what is not in the select list")
    }
  }

  /// Refuses to sort by other columns before those of DISTINCT ON (`transformDistinctOnClause`).
  private func requireDistinct(of parts: TypedParts) throws(TypeProblem) {
    let names = parts.distinctOn.map(\.plainName)
    let first = parts.ordered.prefix(names.count).map(\.plainName)
    guard !names.contains(nil), !first.contains(nil), !parts.values.contains(where: \.isStar)
    else { return }
    for case let name? in first where !names.contains(name) {
      // Under another name it may be the same.
      let isRenamed = zip(parts.values, parts.names).contains {
        ($1 == name || $0.plainName == name) && $0.plainName != $1
      }
      if isRenamed { continue }
      throw TypeProblem(
        sqlState: "42P10", words: "rows are sorted by \(name) before what DISTINCT ON names")
    }
  }

  // MARK: - GROUP BY

  /// Refuses a column that no GROUP BY names beside one that does (`check_ungrouped_columns`), as far as
  /// columns and whole expressions are named.
  private func requireGroups(of parts: TypedParts) throws(TypeProblem) {
    guard !parts.grouped.isEmpty, !parts.grouped.contains(where: \.isUnseen)
    else { return }
    var grouped: Set<TypedForm> = []
    var names: Set<String> = []
    for form in parts.grouped {
      var form = form
      if case .constant(.integer(let place)) = form {
        guard parts.values.indices.contains(Int(clamping: place) - 1) else { return }
        form = parts.values[Int(clamping: place) - 1]
      }
      grouped.insert(form)
      guard case .column(let reference) = form, let name = reference.column else { continue }
      names.insert(name)
      for (value, alias) in zip(parts.values, parts.names) where alias == name {
        grouped.insert(value)
        if case .column(let source) = value, let own = source.column { names.insert(own) }
      }
    }
    // The primary key decides about the other columns of its table.
    guard let scope = scopes.last, !scope.sources.contains(where: { $0.isKeyed(by: names) }) else {
      return
    }
    for value in parts.values + [parts.having].compactMap(\.self) {
      guard let column = loneColumn(in: value, grouped, names), hasColumn(column, scope) else {
        continue
      }
      throw TypeProblem(
        sqlState: "42803", words: "column \(column) is neither in GROUP BY nor in an aggregate")
    }
  }

  private func hasColumn(_ name: String, _ scope: NameScope) -> Bool {
    scope.sources.contains {
      if case .column = find(name, in: $0.columns) { true } else { false }
    }
  }

  /// A column that stands by itself; nil where there is none, or it is not told.
  private func loneColumn(
    in form: TypedForm, _ grouped: Set<TypedForm>, _ names: Set<String>
  ) -> String? {
    if grouped.contains(form) { return nil }
    switch form {
    case .column(let reference):
      guard let name = reference.column, !names.contains(name) else { return nil }
      return name
    case .cast(let part, _), .collated(let part), .isNull(let part):
      return loneColumn(in: part, grouped, names)
    case .operation(_, let left, let right):
      return [left, right].compactMap(\.self).lazy
        .compactMap { loneColumn(in: $0, grouped, names) }.first
    case .truth(let parts):
      return parts.lazy.compactMap { loneColumn(in: $0, grouped, names) }.first
    default: return nil
    }
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

  // MARK: - WITH

  mutating func add(_ named: [TypedParts.Named]) throws(TypeProblem) {
    for entry in named {
      queries[entry.name] = .open
      guard let query = entry.query else { continue }
      if entry.isRecursive, !query.united.isEmpty {
        // What it returns is decided by the part that does not read itself.
        let first = try settled(outputs(of: query.united[0]))
        queries[entry.name] = try columns(first, entry)
        if case .open? = queries[entry.name] { continue }
        _ = try outputs(of: query)
        continue
      }
      // With RECURSIVE it may read those behind it.
      if entry.isRecursive, named.count > 1 { continue }
      var typer = self
      if entry.isRecursive { typer.queries[entry.name] = .open }
      if let target = entry.target {
        var scope = try typer.scope(of: query)
        scope.sources.insert(source(target), at: 0)
        typer.scopes.append(scope)
        queries[entry.name] = try columns(typer.outputs(here: query), entry)
      } else {
        queries[entry.name] = try columns(settled(typer.outputs(of: query)), entry)
      }
    }
  }

  private func columns(
    _ outputs: [QueryOutput]?, _ entry: TypedParts.Named
  ) throws(TypeProblem) -> SourceColumns {
    guard let outputs else { return .open }
    guard entry.columnNames.count <= outputs.count else {
      throw TypeProblem(
        sqlState: "42P10",
        words: "\(entry.name) has \(outputs.count) columns, and \(entry.columnNames.count) names")
    }
    return SourceColumns.list(outputs).renamed(entry.columnNames, catalog.type)
  }

  // MARK: - FROM

  func source(_ use: RelationUse) -> NameScope.Source {
    NameScope.Source(
      name: use.alias ?? use.name.name, relation: use.alias == nil ? use.name : nil,
      columns: catalog.columns(use.name))
  }

  /// What FROM reads.
  func scope(of parts: TypedParts) throws(TypeProblem) -> NameScope {
    var scope = NameScope(mergesColumns: parts.mergesColumns)
    for source in parts.sources {
      let (name, columns) = try read(source, beside: scope)
      if case .other = source.kind, source.alias == nil { scope.isOpen = true }
      scope.sources.append(
        .init(
          name: name, relation: source.relation,
          columns: columns.renamed(source.columnNames, catalog.type), key: key(of: source)))
    }
    return scope
  }

  private func key(of source: TypedSource) -> [String] {
    guard case .relation(let name) = source.kind, source.columnNames.isEmpty,
      name.schema != nil || queries[name.name] == nil
    else { return [] }
    return catalog.key(name)
  }

  private func read(
    _ source: TypedSource, beside scope: NameScope
  ) throws(TypeProblem) -> (String, SourceColumns) {
    switch source.kind {
    case .relation(let name):
      let own = name.schema == nil ? queries[name.name] : nil
      return (source.alias ?? name.name, own ?? catalog.columns(name))
    case .query(let query, let isLateral):
      var typer = self
      if isLateral { typer.scopes.append(scope) }
      let outputs = try settled(typer.outputs(of: query))
      return (source.alias ?? "", outputs.map(SourceColumns.list) ?? .open)
    case .call(let name, let arguments, let columns):
      var typer = self
      typer.scopes.append(scope)
      let type = try typer.type(of: .call(name, arguments))
      let alias = source.alias ?? name.name
      if !columns.isEmpty {
        let list = columns.map { QueryOutput(name: $0.name, type: catalog.named($0.type)) }
        return (alias, .list(list))
      }
      guard let type, type != .record, name.schema == nil || name.schema == "pg_catalog",
        !catalog.isOpen(name)
      else { return (alias, .open) }
      if let own = ownColumns[name.name] { return (alias, .list([.init(name: own, type: type)])) }
      return (
        alias,
        namedByAlias.contains(name.name) ? .list([.init(name: alias, type: type)]) : .open
      )
    case .other: return (source.alias ?? "", .open)
    }
  }

  /// A string without a type is a text where it leaves a query.
  private func settled(_ outputs: [QueryOutput]?) -> [QueryOutput]? {
    outputs?.map { QueryOutput(name: $0.name, type: $0.settledType) }
  }
}

extension TypedForm {
  /// The name of what is a column and nothing else.
  fileprivate var plainName: String? {
    if case .column(let reference) = self { reference.column } else { nil }
  }
}

extension QueryOutput {
  var settledType: ValueType? { type == .unknown ? .text : type }
}

extension TypedSource {
  fileprivate var relation: QualifiedName? {
    if alias == nil, case .relation(let name) = kind { name } else { nil }
  }
}

// The columns of what WITH and FROM read.

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
      let alias = source.alias ?? name.name
      // In FROM it takes several arrays, too.
      if name.name == "unnest", arguments.count != 1 {
        _ = try typer.types(of: arguments)
        return (alias, .open)
      }
      let type = try typer.type(of: .call(name, arguments))
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
}

extension TypedSource {
  fileprivate var relation: QualifiedName? {
    if alias == nil, case .relation(let name) = kind { name } else { nil }
  }
}

// A tenant: what the files have in `public` is in a schema of its own.

import DatabaseFacts

/// Asks about the tenant's schema where `public` is asked for, and takes the answers as if it were that.
struct SchemaOfItsOwn: Sendable {
  let schema: String

  init(_ schema: String) { self.schema = schema }

  func there(_ request: OpeningRequest) -> OpeningRequest {
    var request = request
    request.versionTable.schema = schema
    return request
  }

  func there(_ request: ExaminationRequest) -> ExaminationRequest {
    var request = request
    if var wanted = request.schema {
      wanted.relations = wanted.relations.map(there)
      wanted.types = wanted.types.map(there)
      wanted.routines = wanted.routines.map(there)
      wanted.schemas = wanted.schemas.map(there)
      wanted.divided = wanted.divided.map(there)
      for index in wanted.parts.indices {
        wanted.parts[index].table = there(wanted.parts[index].table)
      }
      for index in wanted.others.indices where wanted.others[index].name.schema != nil {
        wanted.others[index].name = there(wanted.others[index].name)
      }
      for index in wanted.removals.indices {
        wanted.removals[index].schema = wanted.removals[index].schema.map(there)
      }
      wanted.used = wanted.used.map(there)
      request.schema = wanted
    }
    request.probes = request.probes.map(there)
    request.locked = request.locked.map(there)
    if var rights = request.rights {
      rights.versionTable.schema = schema
      rights.relations = rights.relations.map(there)
      rights.types = rights.types.map(there)
      rights.routines = rights.routines.map(there)
      rights.schemas = rights.schemas.map(there)
      rights.written = rights.written.map(there)
      for index in rights.demands.indices {
        let demand = rights.demands[index]
        if demand.kind == .schema {
          rights.demands[index].name.name = there(demand.name.name)
        } else if demand.name.schema != nil {
          rights.demands[index].name = there(demand.name)
        }
      }
      request.rights = rights
    }
    return request
  }

  func there(_ request: ClosingRequest) -> ClosingRequest {
    var request = request
    request.counted = request.counted.map(there)
    request.locked = request.locked.map(there)
    return request
  }

  func here(_ facts: ExaminationFacts) -> ExaminationFacts {
    var facts = facts
    if case .known(let found)? = facts.schema { facts.schema = .known(here(found)) }
    facts.activity = here(facts.activity)
    return facts
  }

  func here(_ facts: ClosingFacts) -> ClosingFacts {
    var facts = facts
    facts.activity = here(facts.activity)
    return facts
  }

  // MARK: - Names

  private func there(_ name: String) -> String { name == "public" ? schema : name }
  private func here(_ name: String) -> String { name == schema ? "public" : name }

  private func there(_ table: TableName) -> TableName {
    TableName(schema: there(table.schema ?? "public"), name: table.name)
  }

  private func here(_ table: TableName) -> TableName {
    TableName(schema: table.schema.map(here), name: table.name)
  }

  /// What has no schema in the files may be the tenant's, or on the path of all.
  private func there(_ use: SchemaRequest.Use) -> SchemaRequest.Use {
    var use = use
    if use.kind == .schema { use.name.name = there(use.name.name) }
    if let name = use.name.schema { use.name.schema = there(name) }
    use.ownSchema = schema
    return use
  }

  private func here(_ use: SchemaRequest.Use) -> SchemaRequest.Use {
    var use = use
    if use.kind == .schema { use.name.name = here(use.name.name) }
    use.name.schema = use.name.schema.map(here)
    use.ownSchema = nil
    return use
  }

  private func there(_ probe: ProbeRequest) -> ProbeRequest {
    switch probe {
    case .rows(let table): .rows(there(table))
    case .values(let table, let column): .values(there(table), column: column)
    case .nulls(let table, let columns): .nulls(there(table), columns: columns)
    case .duplicates(let table, let key): .duplicates(there(table), key)
    case .orphans(let table, let columns, let other, let otherColumns):
      .orphans(
        there(table), columns: columns, referenced: there(other), referencedColumns: otherColumns)
    case .referring(let table, let columns, let other, let otherColumns, let condition):
      .referring(
        there(table), columns: columns, referenced: there(other), referencedColumns: otherColumns,
        condition)
    case .longerThan(let table, let column, let count):
      .longerThan(there(table), column: column, characters: count)
    case .outside(let table, let column, let low, let high):
      .outside(there(table), column: column, lowest: low, highest: high)
    case .changedByCast(let table, let column, let type, let original, let characters):
      .changedByCast(
        there(table), column: column, type: type, original: original, characters: characters)
    case .enumValues(let table, let column, let values):
      .enumValues(there(table), column: column, values: values)
    case .matching(let table, let condition): .matching(there(table), condition)
    case .valuesBesideNulls(let table, let column, let condition, let isByDefault):
      .valuesBesideNulls(there(table), column: column, condition, isByDefault: isByDefault)
    case .ahead(let table, let column, let sequence, let increment):
      .ahead(there(table), column: column, sequence: there(sequence), increment: increment)
    case .lacking(let table, let column, let values):
      .lacking(there(table), column: column, values: values)
    case .pairs(let table, let condition, let names):
      .pairs(there(table), condition: condition, names: names)
    }
  }

  private func here(_ facts: SchemaFacts) -> SchemaFacts {
    func renamed<Value>(_ named: [TableName: Value]) -> [TableName: Value] {
      Dictionary(named.map { (here($0.key), $0.value) }) { first, _ in first }
    }
    var facts = facts
    // The tenant's code sets it so.
    facts.searchPath = ["public"]
    facts.relations = renamed(facts.relations)
    facts.types = renamed(facts.types)
    facts.routines = renamed(facts.routines)
    facts.schemas = Set(facts.schemas.map(here))
    for index in facts.dependents.indices where !facts.dependents[index].names.isEmpty {
      facts.dependents[index].names[0] = here(facts.dependents[index].names[0])
    }
    for (name, relation) in facts.relations {
      guard let table = relation.indexed?.table else { continue }
      facts.relations[name]?.indexed?.table = here(table)
    }
    facts.others = Set(facts.others.map { .init($0.kind, here($0.name)) })
    facts.used = facts.used.map { used in
      LiveUse(here(used.use), isFound: used.isFound, elsewhere: used.elsewhere.map(here))
    }
    for index in facts.neighbours.indices {
      facts.neighbours[index].table = here(facts.neighbours[index].table)
      facts.neighbours[index].other = here(facts.neighbours[index].other)
    }
    return facts
  }

  private func here(_ activity: Known<ActivityFacts>) -> Known<ActivityFacts> {
    guard case .known(var facts) = activity else { return activity }
    for index in facts.locks.indices {
      facts.locks[index].relation = here(facts.locks[index].relation)
    }
    return .known(facts)
  }
}

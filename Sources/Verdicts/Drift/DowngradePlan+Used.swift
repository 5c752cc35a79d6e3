// The names in the statements of a downgrade into what to ask of a database: whether it has what they use.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SafetyRules
import SchemaModel

/// What a statement names and does not change.
struct NameUse {
  /// As the statement writes it.
  var name: UsedName
  /// The object of the history, by the name that it has now; nil for what the history did not make.
  var known: NamedObject?
  /// One of these has to be there. That of the object itself comes first.
  var asked: [SchemaRequest.Use]
  var statement: Int
  /// Whether the statement fails for certain where none is there.
  var isCertain: Bool
  /// The extension of the history that an operator may be one of.
  var provider: String?
  /// The columns of a relation that the statement names; nil: it may take all.
  var columns: Set<String>?
}

/// A search path that a statement has set.
struct LookupPath {
  var schemas: [String]
  /// It may be over with the transaction.
  var isLocal: Bool
}

extension DowngradePlan {
  /// After the effects of the statement are taken up.
  /// - Parameter before: the names as they were before it.
  mutating func use(_ used: UsedNames, before: PresentNames, _ index: Int) {
    let outcome = statements[index].outcome
    let isSkipped =
      !outcome.effects.isEmpty
      && outcome.effects.allSatisfy { if case .skipped = $0 { true } else { false } }
    if !isSkipped {
      let columns = used.takesAllColumns ? nil : used.columns
      for name in used.names {
        use(name, columns, isInBody: used.inBodies.contains(name), before, index)
      }
      for effect in outcome.effects { useClasses(effect, index) }
      if !wordings[index].ifExists {
        for assumption in outcome.assumptions {
          if let name = assumption.used { use(name, [], isInBody: false, before, index) }
        }
      }
    }
    for effect in outcome.effects {
      switch effect {
      case .settingChanged(name: "search_path", let values, let isLocal):
        path =
          values.isEmpty
          ? nil : LookupPath(schemas: schemas(ofSearchPath: values), isLocal: isLocal)
      case .settingChanged(name: nil, values: _, isLocal: _): path = nil
      case .extensionCreated, .extensionUpdated, .notUnderstood: mayHaveMadeMore = true
      default: break
      }
    }
  }

  private mutating func use(
    _ used: UsedName, _ columns: Set<String>?, isInBody: Bool, _ before: PresentNames, _ index: Int
  ) {
    guard let kind = SchemaRequest.Use.Kind(rawValue: used.kind.rawValue) else { return }
    var use = NameUse(
      name: used, asked: [], statement: index, isCertain: !isInBody && !mayHaveMadeMore,
      columns: columns)
    if let schema = used.name.schema {
      if schema.hasPrefix("pg_temp") || before[.schema(schema)] == nil { return }
      if names[.schema(schema)] == nil { return }
    }
    let candidates = self.candidates(used.name)
    for object in candidates.flatMap({ used.kind.objects($0) }) {
      guard let present = before[object], names[object] != nil, gone[present] == nil else {
        return
      }
      if case .routine = object, made.contains(object) { return }
      if use.known == nil, isKnown(present) {
        use.known = present
        if let exact = SchemaRequest.Use(kind, present) { use.asked = [exact] }
        if present != object { return uses.append(use) }
      } else if target.has(object), !isKnown(object) {
        return
      }
    }
    if use.known == nil, mayHaveMadeMore { return }
    use.asked += lookups(used.name).map { SchemaRequest.Use(kind, TableName($0), of: used.method) }
    uses.append(use)
    if used.kind == .operator, used.name.schema == nil { useProviders(of: used, index) }
  }

  /// The names that a name may stand for in the catalog of the history.
  private func candidates(_ name: QualifiedName) -> [QualifiedName] {
    guard name.schema == nil else { return [name] }
    let schemas = ["pg_temp"] + (path?.schemas ?? current.searchPath)
    return schemas.map { QualifiedName(schema: $0, name.name) }
  }

  /// The names to look up in the database.
  private func lookups(_ name: QualifiedName) -> [QualifiedName] {
    guard name.schema == nil, let path else { return [name] }
    let named = (path.schemas + ["pg_catalog"]).map { QualifiedName(schema: $0, name.name) }
    return path.isLocal ? named + [name] : named
  }

  /// Of a name that many operators have, one may be that of an extension.
  private mutating func useProviders(of used: UsedName, _ index: Int) {
    for provider in current.extensions.keys.sorted()
    where provider != "plpgsql" && gone[.extension(provider)] == nil {
      uses.append(
        NameUse(
          name: used,
          asked: [
            SchemaRequest.Use(.extensionOperator, TableName(used.name), of: provider)
          ], statement: index, isCertain: false, provider: provider))
    }
  }

  // MARK: - Operator classes

  /// Those that columns get by default: PostgreSQL has none itself for plain types in GIN and GiST.
  private mutating func useClasses(_ effect: Effect, _ index: Int) {
    switch effect {
    case .indexCreated(let table, let made, _):
      useClasses(made.elements, made.method, self.table(table)?.columns ?? [], index)
    case .constraintAdded(let table, let constraint, _):
      useClasses(constraint, self.table(table)?.columns ?? [], index)
    case .tableCreated(let table):
      for constraint in table.constraints { useClasses(constraint, table.columns, index) }
      for made in table.indexes where made.constraint == nil {
        useClasses(made.elements, made.method, table.columns, index)
      }
    default: break
    }
  }

  private func table(_ reference: TableReference) -> Table? {
    current.table(reference) ?? target.table(reference)
  }

  private mutating func useClasses(_ constraint: Constraint, _ columns: [Column], _ index: Int) {
    guard case .exclusion(let exclusion) = constraint.kind else { return }
    useClasses(exclusion.elements, exclusion.method, columns, index)
  }

  private mutating func useClasses(
    _ elements: [IndexElement], _ method: String, _ columns: [Column], _ index: Int
  ) {
    guard method == "gin" || method == "gist", !mayHaveMadeMore else { return }
    for element in elements where element.operatorClass == nil {
      guard case .column(let name) = element.key,
        let type = columns.first(where: { $0.name == name })?.type, !type.isArray,
        let builtin = type.builtin, isWithoutClass(builtin, method: method)
      else { continue }
      // Text's serves the type, as their values are the same.
      let typeName = builtin == .varchar ? "text" : builtin.rawValue
      uses.append(
        NameUse(
          name: UsedName(.defaultClass, QualifiedName(typeName), method: method),
          asked: [
            SchemaRequest.Use(
              .defaultClass, TableName(schema: nil, name: typeName), of: method)
          ], statement: index, isCertain: true))
    }
  }
}

extension SchemaRequest.Use {
  /// The object itself, by the name that it has now.
  fileprivate init?(_ kind: Kind, _ object: NamedObject) {
    switch object {
    case .relation(let name), .type(let name), .routine(let name):
      self.init(kind, TableName(name))
    case .schema(let name): self.init(kind, TableName(schema: nil, name: name))
    default: return nil
    }
  }
}

extension UsedName.Kind {
  /// What an object of a name would be in the catalog of the history.
  fileprivate func objects(_ name: QualifiedName) -> [NamedObject] {
    switch self {
    case .relation: [.relation(name)]
    case .type: [.type(name), .relation(name)]
    case .function: [.routine(name), .type(name)]
    case .schema: [.schema(name.name)]
    default: []
    }
  }
}

extension Assumption {
  /// What a statement about an object that the history did not make needs of the database.
  fileprivate var used: UsedName? {
    switch self {
    case .table(let name), .relation(let name): UsedName(.relation, name)
    case .column(let table, _), .constraint(let table, _): UsedName(.relation, table)
    case .index(let table?, let name):
      UsedName(.relation, QualifiedName(schema: table.schema, name))
    case .index(nil, let name): UsedName(.relation, QualifiedName(name))
    case .type(let name): UsedName(.type, name)
    case .schema(let name): UsedName(.schema, QualifiedName(name))
    case .object(let kind, let name):
      switch kind {
      case .type, .domain: UsedName(.type, name)
      case .function, .procedure, .routine, .aggregate: UsedName(.function, name)
      case .schema: UsedName(.schema, name)
      case .table, .view, .materializedView, .sequence, .index, .foreignTable:
        UsedName(.relation, name)
      default: nil
      }
    }
  }
}

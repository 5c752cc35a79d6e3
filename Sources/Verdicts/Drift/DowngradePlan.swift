// The statements of a downgrade into the objects that they need, create and remove, by the names that
// these have in the database now.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SafetyRules
import SchemaModel

struct DowngradePlan {
  struct Use {
    var object: NamedObject
    /// The place of the statement among those of the way back.
    var statement: Int
  }
  struct Removal {
    var use: Use
    var request: SchemaRequest.Removal
  }

  /// The catalog that the history predicts for the database as it is.
  let current: Catalog
  let statements: [StatementRecord]
  let wordings: [Wording]
  private(set) var needs: [Use] = []
  private(set) var creates: [Use] = []
  /// What IF [NOT] EXISTS makes nothing of, as far as the history tells.
  var skips: [Use] = []
  private(set) var removals: [Removal] = []
  /// The first statement that changes or removes an object.
  private(set) var touched: [NamedObject: Int] = [:]
  /// Indexes that a change of type builds anew with what PostgreSQL has itself: nothing else is needed for them
  /// any more.
  var plain: [NamedObject: Int] = [:]
  var gone: [NamedObject: Int] = [:]
  /// Tables whose shape the downgrade is about, and those of which only rows are changed.
  var altered: Set<QualifiedName> = []
  private(set) var written: Set<QualifiedName> = []
  /// What statements take for granted of objects that they do not change.
  var assumptions: [Assumption] = []
  /// What only an owner may change, beside `needs`.
  var owned: Set<NamedObject> = []
  var demands: [RightsRequest.Demand] = []
  /// What statements name beside what they change.
  var uses: [NameUse] = []
  /// How names without a schema are looked up by then; nil: as by the role's own path.
  var path: LookupPath?
  /// Whether something was done by then that may have brought along objects that are not known.
  var mayHaveMadeMore = false
  private let namesByID: [ObjectID: QualifiedName]
  /// As of the statement that is taken up.
  var names = PresentNames()
  private(set) var made: Set<NamedObject> = []
  /// The catalog after the downgrade.
  let target: Catalog

  init(_ trip: RoundTrip, current: Catalog) {
    self.current = current
    target = trip.downgrades.last?.after ?? current
    statements = trip.downgrades.flatMap(\.statements)
    wordings = parseStatements(inAll: statements.map(\.sql)).map(Wording.init)
    let used = usedNames(inAll: statements.map(\.sql))
    var names: [ObjectID: QualifiedName] = [:]
    for case .table(let table) in current.relations.values {
      names[table.value.id] = table.value.name
    }
    namesByID = names
    for (index, statement) in statements.enumerated() where !statement.outcome.failsForCertain {
      let before = self.names
      if let table = wordings[index].only { assumeAlone(table, index) }
      for effect in statement.outcome.effects {
        assume(effect, index)
        demand(effect, index)
        take(effect, index)
      }
      for failure in statement.outcome.failures { demand(failure) }
      use(used[index], before: before, index)
    }
  }

  /// No downgrade: every table, to be compared as a whole.
  init(whole current: Catalog) {
    self.current = current
    target = current
    statements = []
    wordings = []
    namesByID = [:]
    altered = Set(current.tables.map(\.name))
  }

  /// The tables that the downgrade is about.
  var tables: Set<QualifiedName> { altered.union(written) }

  /// Whether an object, or what it is a part of, is changed or removed by then.
  func isTouched(_ object: NamedObject, by statement: Int) -> Bool {
    for first in [touched[object], gone[object]] {
      if let first, first <= statement { return true }
    }
    if let whole = object.relation ?? owner(of: object), let first = gone[.relation(whole)],
      first <= statement
    {
      return true
    }
    // Where its table goes, to another schema too, its sequence goes along.
    if case .relation(let name) = object, let table = current.sequence(name)?.ownedBy?.table {
      return isTouched(.relation(table), by: statement)
    }
    return false
  }

  /// An index goes with its table.
  private func owner(of object: NamedObject) -> QualifiedName? {
    if case .relation(let name) = object { current.index(name)?.owner } else { nil }
  }
}

// MARK: - Names

extension DowngradePlan {
  func name(of table: TableReference) -> QualifiedName? { namesByID[table.id] }

  func column(_ id: ObjectID, of table: QualifiedName) -> String? {
    current.table(table)?.columns.first { $0.id == id }?.name
  }

  func column(_ column: ColumnReferent) -> NamedObject? {
    guard let table = name(of: column.table), let name = self.column(column.id, of: table) else {
      return nil
    }
    return .column(table, name)
  }

  func object(_ kind: ObjectKind, _ name: QualifiedName) -> NamedObject? {
    switch kind {
    case .table, .view, .materializedView, .sequence, .index, .foreignTable:
      .relation(current.resolveRelation(name))
    case .type, .domain: .type(current.resolveType(name))
    case .function, .procedure, .routine, .aggregate: .routine(current.resolveRoutine(name))
    case .schema: .schema(name.name)
    case .extension: .extension(name.name)
    default: nil
    }
  }

  /// Whether the history has the object in the database as it is.
  func isKnown(_ object: NamedObject) -> Bool { current.has(object) }
}

// MARK: - Notes

extension DowngradePlan {
  mutating func touch(_ object: NamedObject, _ index: Int) {
    if touched[object] == nil { touched[object] = index }
  }

  mutating func touch(named object: NamedObject, _ index: Int) {
    if let object = names[object] { touch(object, index) }
  }

  mutating func need(named object: NamedObject, _ index: Int) {
    if let object = names[object] { need(object, index) }
  }

  mutating func remove(
    named object: NamedObject, _ index: Int, isDirect: Bool = true, part: String? = nil
  ) {
    if let object = names[object] { remove(object, index, isDirect: isDirect, part: part) }
  }

  mutating func need(_ object: NamedObject, _ index: Int) {
    if let table = object.relation { altered.insert(table) }
    if gone[object] == nil, isKnown(object) {
      needs.append(Use(object: object, statement: index))
    }
    touch(object, index)
  }

  mutating func create(_ object: NamedObject, _ index: Int) {
    if let table = object.relation { altered.insert(table) }
    if !isKnown(object) { creates.append(Use(object: object, statement: index)) }
    touch(object, index)
    names.make(object)
    made.insert(object)
  }

  mutating func concern(
    _ table: TableReference, _ index: Int, isRows: Bool = false
  ) {
    guard let name = name(of: table) else { return }
    if isRows { written.insert(name) } else { altered.insert(name) }
    if gone[.relation(name)] == nil {
      needs.append(Use(object: .relation(name), statement: index))
    }
  }

  /// A part that a statement creates.
  mutating func part(
    _ table: TableReference, _ index: Int, _ object: (QualifiedName) -> NamedObject
  ) {
    concern(table, index)
    if let name = name(of: table) { create(object(name), index) }
  }

  /// A part that a statement changes or removes.
  mutating func owned(
    _ table: TableReference, _ index: Int, isNeeded: Bool,
    _ object: (QualifiedName) -> NamedObject
  ) {
    guard let name = name(of: table) else { return }
    altered.insert(name)
    if isNeeded {
      need(named: object(name), index)
    } else {
      touch(named: object(name), index)
    }
  }

  mutating func remove(
    _ object: NamedObject, _ index: Int, isDirect: Bool = true, part: String? = nil
  ) {
    if isDirect, isKnown(object), gone[object] == nil {
      need(object, index)
      request(object, wordings[index].cascade ? .cascade : .restrict, index, part: part)
    }
    touch(object, index)
    if gone[object] == nil { gone[object] = index }
  }

  mutating func request(
    _ object: NamedObject, _ mode: SchemaRequest.Removal.Mode, _ index: Int, part: String? = nil
  ) {
    func removal(
      _ kind: SchemaRequest.Removal.Object, _ name: QualifiedName, _ part: String? = nil
    ) -> SchemaRequest.Removal {
      SchemaRequest.Removal(kind, mode, schema: name.schema, name: name.name, part: part)
    }
    let request: SchemaRequest.Removal? =
      switch object {
      case .relation(let name): removal(.relation, name)
      case .column(let table, let name): removal(.column, table, name)
      case .constraint(let table, let name): removal(.constraint, table, name)
      case .type(let name): removal(.type, name)
      case .routine(let name): removal(.routine, name, part)
      case .schema(let name): removal(.schema, QualifiedName(name))
      case .extension(let name): removal(.extension, QualifiedName(name))
      case .trigger, .policy, .rule, .other: nil
      }
    guard let request else { return }
    removals.append(
      Removal(use: Use(object: object, statement: index), request: request))
  }
}

extension Routine {
  /// `pg_type.typname` of each argument; nil where one is not certain.
  var argumentTypeNames: String? {
    var names: [String] = []
    for argument in arguments {
      switch argument.base {
      case .builtin(let builtin): names.append((argument.isArray ? "_" : "") + builtin.rawValue)
      case .user(let name): names.append((argument.isArray ? "_" : "") + name.name)
      case .other: return nil
      }
    }
    return names.joined(separator: ",")
  }
}

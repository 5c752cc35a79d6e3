// What a downgrade takes for granted of a database, and what to read of the catalogs.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SafetyRules
import SchemaModel

extension DowngradePlan {
  /// What a statement takes for granted of an object that is there, by the name that it has now.
  struct Assumption {
    enum Matter {
      /// The columns that a foreign key of a table refers to.
      case referred(QualifiedName, columns: [String], by: QualifiedName)
      /// A table, nil for a new one, becomes a partition of another one.
      case attached(QualifiedName?, to: QualifiedName)
      case detached(QualifiedName, from: QualifiedName)
      /// A table is changed without those that inherit from it.
      case alone(QualifiedName)
      case primaryKey(QualifiedName)
      case replacedView(QualifiedName)
      case replacedRoutine(Routine)
      case droppedRoutine(Routine)
      case written(QualifiedName, RowChange)
      /// A relation that is read by a view or policy that is made.
      case read(QualifiedName)
    }
    enum RowChange {
      case insertion
      case update(columns: [String])
      case deletion
    }
    var matter: Matter
    var statement: Int
  }

  /// Before the effect is taken up.
  mutating func assume(_ effect: Effect, _ index: Int) {
    switch effect {
    case .tableCreated(let table):
      for constraint in table.constraints { assume(constraint, of: table.name, index) }
      if let place = table.partitionOf { attach(nil, to: place.parent, index) }
    case .constraintAdded(let table, let constraint, _):
      let owner = name(of: table)
      assume(constraint, of: owner ?? table.name, index)
      if constraint.isPrimaryKey, let owner { note(.primaryKey(owner), index) }
    case .partitionAttached(let table, let parent): attach(name(of: table), to: parent, index)
    case .partitionDetached(let table, let parent, _):
      guard let child = name(of: table), case .relation(let parent)? = names[.relation(parent)]
      else { return }
      altered.insert(parent)
      note(.detached(child, from: parent), index)
    case .viewCreated(let view): read(view, index)
    case .policyCreated(_, let policy):
      for condition in [policy.using, policy.check].compactMap(\.self) {
        for use in condition.relations { read(current.resolveRelation(use.name), index) }
      }
    case .viewReplaced(let old, let view):
      read(view, index)
      if case .relation(let name)? = names[.relation(old.name)] { note(.replacedView(name), index) }
    case .routineCreated(_, let old?):
      if gone[.routine(old.name)] == nil { note(.replacedRoutine(old), index) }
    case .routineDropped(let routine, isDirect: true): note(.droppedRoutine(routine), index)
    case .rowsInserted(let rows): write(rows.table, .insertion, index)
    case .rowsUpdated(let rows):
      write(rows.table, .update(columns: rows.columns.map(\.column)), index)
    case .rowsDeleted(let rows): write(rows.table, .deletion, index)
    case .truncated(let tables, _, _): for table in tables { write(table, .deletion, index) }
    default: break
    }
  }

  /// `ONLY` of a table that is there, by the name that it has before the statement.
  mutating func assumeAlone(_ table: QualifiedName, _ index: Int) {
    guard case .relation(let name)? = names[.relation(current.resolveRelation(table))],
      current.table(name) != nil
    else { return }
    note(.alone(name), index)
  }

  private mutating func read(_ view: View, _ index: Int) {
    for relation in view.relations { read(relation, index) }
  }

  private mutating func read(_ relation: QualifiedName, _ index: Int) {
    guard case .relation(let name)? = names[.relation(relation)], gone[.relation(name)] == nil
    else { return }
    note(.read(name), index)
  }

  private mutating func note(_ matter: Assumption.Matter, _ index: Int) {
    assumptions.append(Assumption(matter: matter, statement: index))
  }

  private mutating func assume(
    _ constraint: Constraint, of owner: QualifiedName, _ index: Int
  ) {
    guard let reference = constraint.reference, !reference.referencedColumns.isEmpty,
      case .relation(let table)? = names[.relation(reference.table)], table != owner
    else { return }
    note(.referred(table, columns: reference.referencedColumns, by: owner), index)
  }

  private mutating func attach(_ table: QualifiedName?, to parent: QualifiedName, _ index: Int) {
    guard case .relation(let parent)? = names[.relation(parent)] else { return }
    altered.insert(parent)
    note(.attached(table, to: parent), index)
  }

  private mutating func write(
    _ table: TableReference, _ change: Assumption.RowChange, _ index: Int
  ) {
    if let name = name(of: table) { note(.written(name, change), index) }
  }

  /// Whether a statement defines something, and does not only change rows.
  var definesSomething: Bool {
    statements.lazy.flatMap(\.outcome.effects).contains { effect in
      switch effect {
      case .rowsInserted, .rowsUpdated, .rowsDeleted, .truncated, .settingChanged,
        .transactionControl, .maintenance, .sequenceSet, .skipped:
        false
      default: true
      }
    }
  }

  /// What to read of the catalogs.
  var request: SchemaRequest {
    var relations: Set<QualifiedName> = tables
    var types: Set<QualifiedName> = []
    var routines: Set<QualifiedName> = []
    var schemas: Set<String> = []
    var extensions: Set<String> = []
    var request = SchemaRequest()
    for object in (needs + creates + skips).map(\.object) {
      switch object {
      case .relation(let name): relations.insert(name)
      case .type(let name): types.insert(name)
      case .routine(let name): routines.insert(name)
      case .schema(let name): schemas.insert(name)
      case .extension(let name): extensions.insert(name)
      case .other(let kind, let name):
        if let other = SchemaRequest.OtherObject(kind, name), !request.others.contains(other) {
          request.others.append(other)
        }
      case .column, .constraint, .trigger, .policy, .rule:
        if let table = object.relation { relations.insert(table) }
      }
    }
    for object in creates.map(\.object) {
      // A table or view has a type of its name.
      if case .relation(let name) = object { types.insert(name) }
      if let part = SchemaRequest.Part(object) { request.parts.append(part) }
    }
    for object in gone.keys {
      if case .relation(let name) = object, current.index(name) != nil { relations.insert(name) }
    }
    var divided: Set<QualifiedName> = []
    for assumption in assumptions {
      switch assumption.matter {
      case .referred(let table, _, _): relations.insert(table)
      case .alone(let table): divided.insert(table)
      case .attached(let table, let parent): divided.formUnion([table, parent].compactMap { $0 })
      case .primaryKey(let table):
        request.parts.append(.init(.primaryKey, of: TableName(table), name: ""))
      case .replacedView(let view): relations.insert(view)
      case .read(let relation): relations.insert(relation)
      case .replacedRoutine(let routine), .droppedRoutine(let routine):
        routines.insert(routine.name)
      case .detached, .written: break
      }
    }
    for use in uses {
      request.used += use.asked
      switch use.known {
      case .relation(let name)?: relations.insert(name)
      case .type(let name)?: types.insert(name)
      case .routine(let name)?: routines.insert(name)
      default: break
      }
      if let provider = use.provider { extensions.insert(provider) }
    }
    var asked: Set<SchemaRequest.Use> = []
    request.used.removeAll { !asked.insert($0).inserted }
    request.relations = relations.union(divided).sorted().map(TableName.init)
    request.types = types.sorted().map(TableName.init)
    request.routines = routines.sorted().map(TableName.init)
    request.schemas = schemas.sorted()
    request.extensions = extensions.sorted()
    request.removals = removals.map(\.request)
    request.divided = divided.sorted().map(TableName.init)
    return request
  }
}

extension SchemaRequest.Part {
  /// Nil for what a descendant does not inherit.
  fileprivate init?(_ object: NamedObject) {
    switch object {
    case .column(let table, let name): self.init(.column, of: TableName(table), name: name)
    case .constraint(let table, let name): self.init(.constraint, of: TableName(table), name: name)
    case .trigger(let table, let name): self.init(.trigger, of: TableName(table), name: name)
    default: return nil
    }
  }
}

extension SchemaRequest.OtherObject {
  init?(_ kind: ObjectKind, _ name: QualifiedName) {
    switch kind {
    case .publication: self.init(.publication, TableName(name))
    case .statistics: self.init(.statistics, TableName(name))
    default: return nil
    }
  }
}

extension NamedObject {
  /// Nil for objects that are not looked for.
  init?(_ key: ObjectKey) {
    guard SchemaRequest.OtherObject(key.kind, key.name) != nil else { return nil }
    self = .other(key.kind, key.name)
  }
}

// Which objects depend on another, and their going with it under CASCADE.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Past this the chain of what goes along is given up as not understood.
  static let maximumDepth = 64

  /// Refuses to drop what others depend on, or drops them under CASCADE.
  /// - Parameter id: the object's; something that is not known may rest on what was there before it.
  mutating func settle(
    _ dependents: [Dependent], of kind: ObjectKind, _ name: QualifiedName, id: ObjectID? = nil,
    cascade: Bool, sqlState: String = "2BP01"
  ) throws(Refused) {
    guard !dependents.isEmpty else {
      if let id, !cascade, !isSettled(id) {
        mayFail(sqlState, .hasDependents(kind, name, dependents: []))
      }
      return
    }
    guard cascade else {
      let isCertain = dependents.allSatisfy(isSettled)
      try fail(
        sqlState, .hasDependents(kind, name, dependents: dependents), ifCertain: isCertain)
      return
    }
    guard depth < Self.maximumDepth else {
      effect(.notUnderstood(.statement("CASCADE")))
      return
    }
    depth += 1
    defer { depth -= 1 }
    for dependent in dependents { try dropAlong(dependent) }
  }

  private func isSettled(_ dependent: Dependent) -> Bool {
    guard catalog.lastOpaque != nil else { return true }
    let relation = dependent.owner ?? dependent.name
    guard let found = catalog.relations[relation] else { return true }
    return isSettled(id(of: found, named: relation))
  }

  private mutating func dropAlong(_ dependent: Dependent) throws(Refused) {
    switch dependent.kind {
    case .view, .materializedView:
      if let view = catalog.view(dependent.name) {
        try dropView(view, cascade: true, isDirect: false)
      }
    case .table, .foreignTable:
      if let table = catalog.table(dependent.name) {
        try dropTable(table, cascade: true, isDirect: false)
      }
    case .sequence:
      if let sequence = catalog.sequence(dependent.name) {
        try dropSequence(sequence, cascade: true, isDirect: false)
      }
    case .tableConstraint:
      guard let owner = dependent.owner, var table = catalog.table(owner) else { return }
      try dropConstraint(dependent.name.name, of: &table, cascade: true, isDirect: false)
      store(table)
    case .column: try dropColumnAlong(dependent)
    case .attribute: dropDefaultAlong(dependent)
    case .trigger, .policy, .rule: dropPartAlong(dependent)
    case .index:
      if let owner = dependent.owner, var table = catalog.table(owner) {
        removeIndex(dependent.name.name, from: &table, isDirect: false)
        store(table)
      }
    case .function, .procedure, .aggregate, .routine:
      for routine in catalog.routines[dependent.name]?.value ?? [] {
        try dropRoutine(routine, cascade: true, isDirect: false)
      }
    case .type, .domain:
      if let type = catalog.type(dependent.name) {
        try dropType(type, cascade: true, isDirect: false)
      }
    default:
      let keys = catalog.others.keys.filter { key in
        key.kind == dependent.kind && key.name == dependent.name && key.owner == dependent.owner
      }
      if dependent.kind == .publication || dependent.kind == .extension {
        return effect(.notUnderstood(.statement("CASCADE")))
      }
      for key in keys.sorted() {
        guard let other = catalog.others[key] else { continue }
        try dropOther(key, other, cascade: true, isDirect: false)
      }
    }
  }

  private mutating func dropColumnAlong(_ dependent: Dependent) throws(Refused) {
    guard let owner = dependent.owner else { return }
    if var type = catalog.type(owner), case .composite(var columns) = type.kind {
      columns.removeAll { $0.name == dependent.name.name }
      type.kind = .composite(columns)
      store(type)
      return effect(.compositeChanged(owner))
    }
    guard var table = catalog.table(owner) else { return }
    guard table.column(dependent.name.name) != nil else { return }
    try dropColumn(dependent.name.name, of: &table, cascade: true, isDirect: false)
    store(table)
  }

  private mutating func dropDefaultAlong(_ dependent: Dependent) {
    guard let owner = dependent.owner, var table = catalog.table(owner),
      let place = table.columns.firstIndex(where: { $0.name == dependent.name.name })
    else { return }
    lock(table, .accessExclusive)
    let column = table.columns[place]
    table.columns[place].default = .none
    effect(.defaultChanged(referent(table, column), from: column.default, to: .none))
    store(table)
  }

  private mutating func dropPartAlong(_ dependent: Dependent) {
    guard let owner = dependent.owner, var table = catalog.table(owner) else { return }
    lock(table, .accessExclusive)
    let name = dependent.name.name
    switch dependent.kind {
    case .trigger:
      if let place = table.triggers.firstIndex(where: { $0.name == name }) {
        effect(.triggerDropped(table.reference, table.triggers.remove(at: place), isDirect: false))
      }
    case .policy:
      if let place = table.policies.firstIndex(where: { $0.name == name }) {
        effect(.policyDropped(table.reference, table.policies.remove(at: place), isDirect: false))
      }
    default: table.rules.removeAll { $0.name == name }
    }
    store(table)
  }

  // MARK: Of relations

  /// What a DROP of the table would need CASCADE for.
  func dependents(ofTable name: QualifiedName) -> [Dependent] {
    var found: [Dependent] = []
    for user in users(of: name) where !dropping.contains(user) {
      switch catalog.relations[user] {
      case .view(let view) where view.value.relations.contains(name):
        found.append(Dependent(view.value.isMaterialized ? .materializedView : .view, user))
      case .table(let table):
        found += dependents(ofTable: name, in: table.value)
      case nil: found += dependents(ofRowType: name, user)
      default: break
      }
    }
    return found
  }

  /// Domains, composite types and routines that have a relation's row type.
  private func dependents(ofRowType name: QualifiedName, _ user: QualifiedName) -> [Dependent] {
    dependents(ofType: name).filter { $0.name == user || $0.owner == user }
  }

  private func dependents(ofTable name: QualifiedName, in user: Table) -> [Dependent] {
    if user.inherits.contains(name) { return [Dependent(.table, user.name)] }
    // A partition goes with its parent, without CASCADE.
    if user.partitionOf?.parent == name { return [] }
    var found: [Dependent] = []
    for constraint in user.constraints
    where constraint.reference?.table == name && !isInheritedFromPartitioned(constraint, user) {
      found.append(Dependent(.tableConstraint, QualifiedName(constraint.name), of: user.name))
    }
    for column in user.columns where column.type?.userType == name {
      found.append(Dependent(.column, QualifiedName(column.name), of: user.name))
    }
    return found
  }

  private func isInheritedFromPartitioned(_ constraint: Constraint, _ table: Table) -> Bool {
    constraint.isInherited && table.partitionOf != nil
  }

  func dependents(ofView name: QualifiedName) -> [Dependent] {
    users(of: name).flatMap { user -> [Dependent] in
      if dropping.contains(user) { return [] }
      guard let view = catalog.view(user) else {
        return catalog.relations[user] == nil ? dependents(ofRowType: name, user) : []
      }
      guard view.relations.contains(name) else { return [] }
      return [Dependent(view.isMaterialized ? .materializedView : .view, user)]
    }
  }

  func dependents(
    ofSequence name: QualifiedName, exceptColumn: String? = nil, of table: QualifiedName? = nil
  )
    -> [Dependent]
  {
    var found: [Dependent] = []
    for user in users(of: name) where !dropping.contains(user) {
      if let view = catalog.view(user), view.relations.contains(name) {
        found.append(Dependent(view.isMaterialized ? .materializedView : .view, user))
      }
      guard let owner = catalog.table(user) else { continue }
      for column in owner.columns {
        if column.name == exceptColumn, owner.name == table { continue }
        guard let expression = column.default.expression,
          sequences(in: expression).contains(name)
        else { continue }
        found.append(Dependent(.attribute, QualifiedName(column.name), of: owner.name))
      }
    }
    return found
  }

  /// A view whose query groups rows of a table: it may return columns that only the table's primary key
  /// lets it return.
  func grouped(by table: QualifiedName) -> Dependent? {
    for user in users(of: table) where !dropping.contains(user) {
      guard let view = catalog.view(user), view.relations.contains(table),
        view.query.contains("GROUP BY")
      else { continue }
      return Dependent(view.isMaterialized ? .materializedView : .view, user)
    }
    return routine(mentioning: table)
  }

  /// A column that has a table or composite type as its own type, or elements of it.
  func column(withRowType name: QualifiedName, _ depth: Int = 0) -> Dependent? {
    for user in users(of: name) {
      guard let table = catalog.table(user) else {
        // Inside of a composite type or domain it is looked for, too.
        if depth < Self.maximumDepth, catalog.type(user) != nil,
          let found = column(withRowType: user, depth + 1)
        {
          return found
        }
        continue
      }
      for column in table.columns where column.type?.userType == name {
        return Dependent(.column, QualifiedName(column.name), of: user)
      }
    }
    return nil
  }

  // MARK: Of columns

  /// The views and materialised views that read a column, and those that may.
  func views(reading column: String, of table: QualifiedName) -> (
    certain: [Dependent], possible: [Dependent]
  ) {
    var certain: [Dependent] = []
    var possible: [Dependent] = []
    for user in users(of: table) {
      guard let view = catalog.view(user), view.relations.contains(table) else { continue }
      let dependent = Dependent(view.isMaterialized ? .materializedView : .view, user)
      if view.reads.contains(.init(relation: table, column: column)) {
        certain.append(dependent)
      } else if view.mayRead.contains(column) || view.mayRead.contains("*") {
        possible.append(dependent)
      }
    }
    return (certain, possible)
  }

  /// What blocks a change of a column in its own table: generated columns, triggers, policies.
  func ownDependents(ofColumn name: String, in table: Table) -> [Dependent] {
    var found: [Dependent] = []
    for column in table.columns where column.name != name {
      if case .generated(let expression) = column.default, uses(expression, name) {
        found.append(Dependent(.column, QualifiedName(column.name), of: table.name))
      }
    }
    for trigger in table.triggers
    where trigger.definition.updateColumns.contains(name)
      || trigger.definition.condition.map({ uses($0, name) }) == true
    {
      found.append(Dependent(.trigger, QualifiedName(trigger.name), of: table.name))
    }
    for policy in table.policies
    where policy.using.map({ uses($0, name) }) == true
      || policy.check.map({ uses($0, name) }) == true
    {
      found.append(Dependent(.policy, QualifiedName(policy.name), of: table.name))
    }
    return found
  }

  func uses(_ expression: SQLExpression, _ column: String) -> Bool {
    expression.columns.contains { $0.column == column }
  }

  /// The foreign keys that rest on a key of a table. PostgreSQL takes the first unique index whose
  /// columns are the referenced ones.
  func foreignKeys(onKey columns: [String], index: String, of table: Table) -> [Dependent] {
    let wanted = Set(columns)
    let first = table.indexes.first {
      $0.isUnique && $0.predicate == nil && Set($0.elements.flatMap(\.columns)) == wanted
    }
    guard first == nil || first?.name == index else { return [] }
    var found: [Dependent] = []
    for user in [table.name] + users(of: table.name) where !dropping.contains(user) {
      for constraint in catalog.table(user)?.constraints ?? [] {
        guard let reference = constraint.reference, reference.table == table.name,
          Set(reference.referencedColumns) == wanted
        else { continue }
        let dependent = Dependent(.tableConstraint, QualifiedName(constraint.name), of: user)
        if !found.contains(dependent) { found.append(dependent) }
      }
    }
    return found
  }

  // MARK: Of types and routines

  func dependents(ofType name: QualifiedName) -> [Dependent] {
    var found = dependents(ofPart: ObjectKey(.type, name))
    for user in users(of: name) where !dropping.contains(user) {
      if let table = catalog.table(user) {
        if table.settings.ofType == name { found.append(Dependent(.table, user)) }
        for column in table.columns where column.type?.userType == name {
          found.append(Dependent(.column, QualifiedName(column.name), of: user))
        }
        for column in table.columns
        where column.type?.userType != name && casts(column.default.expression, to: name) {
          found.append(Dependent(.attribute, QualifiedName(column.name), of: user))
        }
      } else if let view = catalog.view(user), view.types.contains(name) {
        found.append(Dependent(view.isMaterialized ? .materializedView : .view, user))
      } else if let type = catalog.type(user) {
        if type.domain?.type.userType == name { found.append(Dependent(.domain, user)) }
        if case .range = type.kind { found.append(Dependent(.type, user)) }
        if case .composite(let columns) = type.kind {
          for column in columns where column.type?.userType == name {
            found.append(Dependent(.column, QualifiedName(column.name), of: user))
          }
        }
      }
      for routine in catalog.routines[user]?.value ?? []
      where uses(routine, type: name) {
        found.append(Dependent(.function, user))
      }
    }
    return found
  }

  private func casts(_ expression: SQLExpression?, to type: QualifiedName) -> Bool {
    expression?.casts.contains {
      !$0.isBuiltin && catalog.resolveType($0.qualifiedName) == type
    } ?? false
  }

  private func uses(_ routine: Routine, type: QualifiedName) -> Bool {
    if routine.arguments.contains(where: { $0.userType == type }) { return true }
    guard let result = routine.definition?.returns, !result.isBuiltin else { return false }
    return catalog.resolveType(result.qualifiedName) == type
  }

  func dependents(ofRoutine name: QualifiedName) -> [Dependent] {
    var found = dependents(ofPart: ObjectKey(.function, name))
    for user in users(of: name) where !dropping.contains(user) {
      if let table = catalog.table(user) {
        found += dependents(ofRoutine: name, in: table)
      } else if let view = catalog.view(user), view.functions.contains(name) {
        found.append(Dependent(view.isMaterialized ? .materializedView : .view, user))
      } else if case .range(let options)? = catalog.type(user)?.kind,
        routines(of: options).contains(name)
      {
        found.append(Dependent(.type, user))
      }
    }
    return found
  }

  /// The functions that a range type is made of.
  func routines(of options: [Option]) -> [QualifiedName] {
    options.compactMap { option in
      guard ["canonical", "subtype_diff"].contains(option.name) else { return nil }
      return option.value.flatMap(parseQualifiedName).map { catalog.resolveRoutine($0) }
    }
  }

  private func dependents(ofRoutine name: QualifiedName, in table: Table) -> [Dependent] {
    var found: [Dependent] = []
    for trigger in table.triggers where trigger.function == name {
      found.append(Dependent(.trigger, QualifiedName(trigger.name), of: table.name))
    }
    for column in table.columns {
      guard let expression = column.default.expression, calls(expression, name) else { continue }
      found.append(
        Dependent(
          column.isGenerated ? .column : .attribute, QualifiedName(column.name), of: table.name))
    }
    for constraint in table.constraints {
      if case .check(let expression, _) = constraint.kind, calls(expression, name) {
        found.append(Dependent(.tableConstraint, QualifiedName(constraint.name), of: table.name))
      }
    }
    for index in table.indexes where calls(index, name) {
      found.append(Dependent(.index, QualifiedName(index.name), of: table.name))
    }
    for policy in table.policies
    where policy.using.map({ calls($0, name) }) == true
      || policy.check.map({ calls($0, name) }) == true
    {
      found.append(Dependent(.policy, QualifiedName(policy.name), of: table.name))
    }
    return found
  }

  private func calls(_ index: Index, _ name: QualifiedName) -> Bool {
    for element in index.elements {
      if case .expression(let expression) = element.key, calls(expression, name) { return true }
    }
    return index.predicate.map { calls($0, name) } ?? false
  }

  private func calls(_ expression: SQLExpression, _ name: QualifiedName) -> Bool {
    expression.functions.contains { calls($0.name, name) }
  }

  /// Whether a name, as it is written, is that of a function of the history.
  func calls(_ written: QualifiedName, _ name: QualifiedName) -> Bool {
    !isBuiltin(written) && catalog.resolveRoutine(written) == name
  }
}

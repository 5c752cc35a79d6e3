// What an effect of a downgrade needs, creates and removes.

import DatabaseFacts
import PostgresSyntax
import SchemaModel

extension DowngradePlan {
  mutating func take(_ effect: Effect, _ index: Int) {
    switch effect {
    case .tableCreated(let table):
      create(.relation(table.name), index)
      for made in table.indexes {
        create(.relation(QualifiedName(schema: table.name.schema, made.name)), index)
      }
    case .tableDropped(let drop):
      guard let name = name(of: drop.table.reference) else { return }
      altered.insert(name)
      remove(.relation(name), index, isDirect: drop.isDirect)
    case .columnAdded(let addition):
      part(addition.table, index) { .column($0, addition.column.name) }
    case .columnDropped(let drop): take(drop, index)
    case .columnTypeChanged(let change):
      guard let column = column(change.column) else { return }
      need(column, index)
      request(column, .retype, index)
      rebuild(change, index)
    case .nullabilityChanged(let column, _, _), .defaultChanged(let column, _, _),
      .identityChanged(let column, _, _), .columnSettingChanged(let column, _):
      if let column = self.column(column) { need(column, index) }
    case .constraintAdded(let table, let constraint, let indexName):
      part(table, index) { .constraint($0, constraint.name) }
      if constraint.hasIndex, indexName == nil, let name = name(of: table) {
        create(.relation(QualifiedName(schema: name.schema, constraint.name)), index)
      }
      if let indexName, let name = name(of: table) {
        need(named: .relation(QualifiedName(schema: name.schema, indexName)), index)
      }
    case .constraintDropped(let table, let constraint, let isDirect):
      guard let name = name(of: table) else { return }
      altered.insert(name)
      let named = NamedObject.constraint(name, constraint.name)
      guard let object = names[named], isKnown(object) else { return }
      remove(named: named, index, isDirect: isDirect)
      if constraint.hasIndex, case .constraint(_, let own) = object {
        gone[.relation(QualifiedName(schema: name.schema, own))] = index
      }
    case .constraintValidated(let table, let constraint),
      .constraintAltered(let table, let constraint):
      guard let name = name(of: table) else { return }
      altered.insert(name)
      need(named: .constraint(name, constraint.name), index)
    case .indexCreated(let table, let made, _):
      if let name = name(of: table) { altered.insert(name) }
      create(.relation(QualifiedName(schema: table.name.schema, made.name)), index)
    case .indexDropped(let table, let dropped, let isDirect, _):
      let name = self.name(of: table)
      if let name { altered.insert(name) }
      let schema = name?.schema ?? table.name.schema
      remove(
        named: .relation(QualifiedName(schema: schema, dropped.name)), index, isDirect: isDirect)
    default: takeOther(effect, index)
    }
  }

  private mutating func take(_ drop: ColumnDrop, _ index: Int) {
    guard let table = name(of: drop.table) else { return }
    altered.insert(table)
    guard let column = column(drop.column.id, of: table) else { return }
    for made in drop.indexes {
      touch(named: .relation(QualifiedName(schema: table.schema, made.name)), index)
    }
    for constraint in drop.constraints {
      touch(named: .constraint(table, constraint.name), index)
    }
    remove(.column(table, column), index, isDirect: drop.isDirect)
  }

  private mutating func takeOther(_ effect: Effect, _ index: Int) {
    switch effect {
    case .renamed(let renaming): take(renaming, index)
    case .movedToSchema(let kind, let from, let to): move(kind, from, to, index)
    case .typeCreated(let type): create(.type(type.name), index)
    case .typeDropped(let type, _): remove(named: .type(type.name), index)
    case .enumValueAdded(let addition): need(named: .type(addition.type), index)
    case .enumValueRenamed(let type, _, _): need(named: .type(type), index)
    case .compositeChanged(let type):
      need(named: .type(type), index)
      if case .type(let name)? = names[.type(type)] { request(.relation(name), .retype, index) }
    case .domainChanged(let type, let change):
      need(named: .type(type.name), index)
      switch change {
      case .constraintAdded, .constraintValidated, .notNullSet:
        if let object = names[.type(type.name)] { request(object, .constrain, index) }
      default: break
      }
    case .viewCreated(let view): create(.relation(view.name), index)
    case .viewReplaced(let old, _): need(named: .relation(old.name), index)
    case .viewDropped(let view, let isDirect):
      remove(named: .relation(view.name), index, isDirect: isDirect)
    case .viewRefreshed(let name, _): need(named: .relation(name), index)
    case .sequenceCreated(let sequence): create(.relation(sequence.name), index)
    case .sequenceDropped(let sequence, let isDirect):
      remove(named: .relation(sequence.name), index, isDirect: isDirect)
    case .sequenceChanged(let sequence): need(named: .relation(sequence.name), index)
    case .sequenceSet(let name, _): need(named: .relation(name), index)
    case .routineCreated(let routine, let old):
      if old == nil { create(.routine(routine.name), index) }
      touch(named: .routine(routine.name), index)
    case .routineDropped(let routine, let isDirect):
      remove(
        named: .routine(routine.name), index, isDirect: isDirect, part: routine.argumentTypeNames)
    case .triggerCreated(let table, let trigger, let replaces):
      if !replaces { part(table, index) { .trigger($0, trigger.name) } }
    case .triggerDropped(let table, let trigger, let isDirect):
      owned(table, index, isNeeded: isDirect) { .trigger($0, trigger.name) }
    case .triggerSwitched(let table, let name?, _):
      owned(table, index, isNeeded: true) { .trigger($0, name) }
    case .policyCreated(let table, let policy): part(table, index) { .policy($0, policy.name) }
    case .policyChanged(let table, let name):
      owned(table, index, isNeeded: true) { .policy($0, name) }
    case .policyDropped(let table, let policy, let isDirect):
      owned(table, index, isNeeded: isDirect) { .policy($0, policy.name) }
    case .ruleCreated(let relation, let rule): create(.rule(relation, rule.name), index)
    case .otherCreated(let key):
      if let object = NamedObject(key) { create(object, index) }
    case .otherDropped(let key, let isDirect):
      if let object = NamedObject(key) { remove(named: object, index, isDirect: isDirect) }
    case .ruleDropped(let relation, let name): need(named: .rule(relation, name), index)
    case .extensionCreated(let made): create(.extension(made.name), index)
    case .extensionDropped(let dropped, _): remove(named: .extension(dropped.name), index)
    case .extensionUpdated(let name): need(named: .extension(name), index)
    case .schemaCreated(let schema): create(.schema(schema.name), index)
    case .schemaDropped(let schema, _): remove(named: .schema(schema.name), index)
    case .rowsInserted(let rows): concern(rows.table, index, isRows: true)
    case .rowsUpdated(let rows): concern(rows.table, index, isRows: true)
    case .rowsDeleted(let rows): concern(rows.table, index, isRows: true)
    case .truncated(let tables, _, _): for table in tables { concern(table, index) }
    case .tableSettingChanged(let table, _), .inheritanceChanged(let table, _, _),
      .partitionAttached(let table, _), .partitionDetached(let table, _, _),
      .triggerSwitched(let table, nil, _):
      concern(table, index)
    case .skipped(let kind, let name): skip(kind, name, index)
    default: break
    }
  }

  private mutating func take(_ renaming: Renaming, _ index: Int) {
    switch renaming.kind {
    case .column:
      guard let owner = renaming.table.flatMap(name) ?? renaming.owner else { return }
      // Of a view the columns are not looked for one by one.
      if current.view(owner) != nil { return need(.relation(owner), index) }
      if current.table(owner)?.column(renaming.from.name) != nil {
        need(.column(owner, renaming.from.name), index)
      }
      create(.column(owner, renaming.to.name), index)
      altered.insert(owner)
    case .tableConstraint:
      rename(renaming, index) { .constraint($0, $1) }
    case .trigger: rename(renaming, index) { .trigger($0, $1) }
    case .policy: rename(renaming, index) { .policy($0, $1) }
    case .rule: rename(renaming, index) { .rule($0, $1) }
    case .table:
      if let table = renaming.table { concern(table, index) }
      rename(.relation(renaming.from), to: .relation(renaming.to), index)
    default: move(renaming.kind, renaming.from, renaming.to, index)
    }
    renameIndex(renaming, index)
  }

  private mutating func rename(
    _ renaming: Renaming, _ index: Int, _ object: (QualifiedName, String) -> NamedObject
  ) {
    guard let owner = renaming.table.flatMap(name) else { return }
    let old = object(owner, renaming.from.name)
    need(named: old, index)
    rename(old, to: object(owner, renaming.to.name), index)
    altered.insert(owner)
  }

  /// The index of a constraint has its name, whichever of the two is renamed.
  private mutating func renameIndex(_ renaming: Renaming, _ statement: Int) {
    guard renaming.kind == .tableConstraint || renaming.kind == .index,
      let owner = renaming.table.flatMap(name)
    else { return }
    let constraint = NamedObject.constraint(owner, renaming.from.name)
    let index = NamedObject.relation(QualifiedName(schema: owner.schema, renaming.from.name))
    if renaming.kind == .index {
      names.rename(constraint, to: .constraint(owner, renaming.to.name))
    } else if case .relation(let name)? = names[index], current.index(name) != nil {
      let new = NamedObject.relation(QualifiedName(schema: owner.schema, renaming.to.name))
      create(new, statement)
      names.rename(index, to: new)
    }
  }

  private mutating func move(
    _ kind: ObjectKind, _ from: QualifiedName, _ to: QualifiedName, _ index: Int
  ) {
    guard let old = object(kind, from), let new = object(kind, to) else { return }
    need(named: old, index)
    if from.schema != to.schema, case .relation(let name)? = names[old],
      let table = current.table(name)
    {
      for made in table.indexes {
        create(.relation(QualifiedName(schema: to.schema, made.name)), index)
      }
    }
    rename(old, to: new, index)
  }

  private mutating func rename(_ old: NamedObject, to new: NamedObject, _ index: Int) {
    create(new, index)
    names.rename(old, to: new)
  }

  private mutating func skip(_ kind: ObjectKind, _ name: QualifiedName, _ index: Int) {
    let found: NamedObject?
    switch kind {
    case .column, .tableConstraint:
      guard let table = wordings[index].table.map(current.resolveRelation) else { return }
      altered.insert(table)
      found = kind == .column ? .column(table, name.name) : .constraint(table, name.name)
    default: found = object(kind, name)
    }
    if let found { skips.append(Use(object: found, statement: index)) }
  }
}

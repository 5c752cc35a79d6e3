// What the statements of a downgrade ask of a role beside what the objects say that they need or create.

import DatabaseFacts
import PostgresSyntax
import SafetyRules
import SchemaModel

extension DowngradePlan {
  /// Before the effect is taken up.
  mutating func demand(_ effect: Effect, _ index: Int) {
    switch effect {
    case .commentChanged(let key, _, _):
      own(key.kind, key.owner ?? key.name, isPart: key.owner != nil)
    case .privilegesChanged(let kind, let objects, _, let roles):
      for name in objects { own(kind, name, isPart: false) }
      demand(roles: roles)
    case .policyCreated(_, let policy): demand(roles: policy.roles)
    case .schemaCreated(let schema): demand(roles: [schema.owner].compactMap { $0 })
    case .schemaDropped(let schema, _): own(.schema, QualifiedName(schema.name), isPart: false)
    case .renamed(let renaming) where renaming.kind == .schema:
      own(.schema, renaming.from, isPart: false)
    case .triggerCreated(_, let trigger, _): demand(.call, trigger.function)
    case .tableCreated(let table):
      for column in table.columns { demand(column.type) }
      for constraint in table.constraints { demand(constraint) }
    case .columnAdded(let addition): demand(addition.column.type)
    case .columnTypeChanged(let change): demand(change.to)
    case .constraintAdded(_, let constraint, _): demand(constraint)
    case .tableSettingChanged(_, .owner(let role)):
      demand(.role, QualifiedName(role))
      demand(roles: [role])
    case .routineCreated(let routine, _):
      if let language = routine.definition?.language { demand(.language, QualifiedName(language)) }
    case .extensionCreated(let made): demand(.extension, QualifiedName(made.name))
    case .rowsInserted(let rows): demandRows(of: rows.table)
    case .rowsUpdated(let rows): demandRows(of: rows.table)
    case .rowsDeleted(let rows): demandRows(of: rows.table)
    case .triggerSwitched(let table, nil, _):
      // USER leaves those of the system alone.
      if !statements[index].sql.uppercased().hasSuffix("TRIGGER USER"), let name = name(of: table) {
        demand(.triggers, name)
      }
    default: break
    }
  }

  /// A role that the history does not tell of is asked for.
  mutating func demand(_ failure: Failure) {
    if case .missing(.role, let role, of: nil) = failure.reason { demand(roles: [role.name]) }
  }

  private mutating func own(_ kind: ObjectKind, _ name: QualifiedName, isPart: Bool) {
    let object: NamedObject
    switch kind {
    case .schema where !isPart: object = .schema(name.name)
    case .type, .domain, .domainConstraint: object = .type(current.resolveType(name))
    case .function, .procedure, .routine, .aggregate:
      object = .routine(current.resolveRoutine(name))
    case .table, .view, .materializedView, .sequence, .index, .foreignTable, .column,
      .tableConstraint,
      .trigger, .policy, .rule:
      object = .relation(current.resolveRelation(name))
    default: return
    }
    guard let present = names[object], isKnown(present) else { return }
    if case .schema(let name) = present {
      demand(.schema, QualifiedName(name))
    } else {
      owned.insert(present)
    }
  }

  /// Roles that have to be there, as PostgreSQL's own words always are.
  private mutating func demand(roles: [String]) {
    let own = ["public", "current_role", "current_user", "session_user"]
    for role in roles where !own.contains(role) { demand(.presence, QualifiedName(role)) }
  }

  private mutating func demandRows(of table: TableReference) {
    if let name = name(of: table) { demand(.rows, name) }
  }

  private mutating func demand(_ type: DataType?) {
    if let name = type?.userType { demand(.type, name) }
  }

  private mutating func demand(_ constraint: Constraint) {
    guard let table = constraint.reference?.table,
      case .relation(let name)? = names[.relation(table)]
    else { return }
    demand(.refer, name)
  }

  private mutating func demand(_ kind: RightsRequest.Demand.Kind, _ name: QualifiedName) {
    let demand = RightsRequest.Demand(kind, TableName(name))
    if !demands.contains(demand) { demands.append(demand) }
  }
}

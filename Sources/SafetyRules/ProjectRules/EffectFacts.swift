// An effect in words, for the rules that a project writes itself.

import PostgresSyntax
import SchemaModel

/// What a rule of a project can ask of an effect. What is not known, or is no matter of the effect, is
/// nil and matches no condition.
struct EffectFacts {
  /// The word for the kind of effect, such as `column-added`.
  var kind: String
  var table: QualifiedName?
  /// When the table was made; nil for one from before the history.
  var tableOrigin: Origin?
  var column: String?
  /// Of a constraint, index, view, type and so on.
  var name: String?
  var schema: String?
  var type: String?
  var isNullable: Bool?
  var hasDefault: Bool?
  var constraint: String?
  var isUnique: Bool?
  var isConcurrent: Bool?

  init(_ kind: String, table: TableReference? = nil, name: String? = nil, schema: String? = nil) {
    self.kind = kind
    self.table = table?.name
    self.tableOrigin = table?.origin
    self.name = name
    self.schema = schema ?? table?.name.schema
  }

  init(_ kind: String, _ object: QualifiedName) {
    self.init(kind, name: object.name, schema: object.schema)
  }

  /// Every word for a kind of effect.
  static let kinds: Set<String> = [
    "column-added", "column-dropped", "column-type-changed", "comment-changed", "constraint-added",
    "constraint-dropped", "constraint-validated", "default-changed", "enum-value-added",
    "enum-value-renamed", "extension-created", "extension-dropped", "identity-changed",
    "index-created", "index-dropped", "moved-to-schema", "nullability-changed", "owner-changed",
    "policy-created", "policy-dropped", "privileges-changed", "renamed", "routine-created",
    "routine-dropped", "rows-deleted", "rows-inserted", "rows-updated", "schema-created",
    "schema-dropped", "sequence-created", "sequence-dropped", "table-created", "table-dropped",
    "trigger-created", "trigger-dropped", "truncated", "type-created", "type-dropped",
    "view-created", "view-dropped", "view-replaced",
  ]
}

extension Effect {
  /// A new table counts as its columns, constraints and indexes, too.
  var facts: [EffectFacts] { relationFacts ?? objectFacts ?? rowFacts ?? [] }

  private var relationFacts: [EffectFacts]? {
    switch self {
    case .tableCreated(let table):
      let reference = table.reference
      return [EffectFacts("table-created", table: reference)]
        + table.columns.map { EffectFacts("column-added", reference, $0) }
        + table.constraints.map { EffectFacts("constraint-added", reference, $0) }
    case .tableDropped(let drop):
      return [EffectFacts("table-dropped", table: drop.table.reference)]
    case .columnAdded(let addition):
      return [EffectFacts("column-added", addition.table, addition.column)]
    case .columnDropped(let drop): return [EffectFacts("column-dropped", drop.table, drop.column)]
    case .columnTypeChanged(let change):
      var facts = EffectFacts("column-type-changed", change.column)
      facts.type = change.to.description
      return [facts]
    case .nullabilityChanged(let column, let isNullable, _):
      var facts = EffectFacts("nullability-changed", column)
      facts.isNullable = isNullable
      return [facts]
    case .defaultChanged(let column, _, let to):
      var facts = EffectFacts("default-changed", column)
      facts.hasDefault = to == .unknown ? nil : to != .none
      return [facts]
    case .identityChanged(let column, _, _): return [EffectFacts("identity-changed", column)]
    case .constraintAdded(let table, let constraint, _):
      return [EffectFacts("constraint-added", table, constraint)]
    case .constraintDropped(let table, let constraint, _):
      return [EffectFacts("constraint-dropped", table, constraint)]
    case .constraintValidated(let table, let constraint):
      return [EffectFacts("constraint-validated", table, constraint)]
    case .indexCreated(let table, let index, let concurrently):
      return [EffectFacts("index-created", table, index, concurrently)]
    case .indexDropped(let table, let index, _, let concurrently):
      return [EffectFacts("index-dropped", table, index, concurrently)]
    case .triggerCreated(let table, let trigger, _):
      return [EffectFacts("trigger-created", table: table, name: trigger.name)]
    case .triggerDropped(let table, let trigger, _):
      return [EffectFacts("trigger-dropped", table: table, name: trigger.name)]
    case .policyCreated(let table, let policy):
      return [EffectFacts("policy-created", table: table, name: policy.name)]
    case .policyDropped(let table, let policy, _):
      return [EffectFacts("policy-dropped", table: table, name: policy.name)]
    default: return nil
    }
  }

  private var objectFacts: [EffectFacts]? {
    switch self {
    case .schemaCreated(let schema): return [EffectFacts("schema-created", name: schema.name)]
    case .schemaDropped(let schema, _): return [EffectFacts("schema-dropped", name: schema.name)]
    case .renamed(let renaming):
      var facts = EffectFacts("renamed", table: renaming.table, name: renaming.to.name)
      if renaming.kind == .column { facts.column = renaming.from.name }
      return [facts]
    case .movedToSchema(_, let from, let to):
      return [EffectFacts("moved-to-schema", name: from.name, schema: to.schema)]
    case .ownerChanged(_, let name): return [EffectFacts("owner-changed", name)]
    case .typeCreated(let type): return [EffectFacts("type-created", type.name)]
    case .typeDropped(let type, _): return [EffectFacts("type-dropped", type.name)]
    case .enumValueAdded(let addition): return [EffectFacts("enum-value-added", addition.type)]
    case .enumValueRenamed(let type, _, _): return [EffectFacts("enum-value-renamed", type)]
    case .viewCreated(let view): return [EffectFacts("view-created", view.name)]
    case .viewReplaced(_, let view): return [EffectFacts("view-replaced", view.name)]
    case .viewDropped(let view, _): return [EffectFacts("view-dropped", view.name)]
    case .sequenceCreated(let sequence): return [EffectFacts("sequence-created", sequence.name)]
    case .sequenceDropped(let sequence, _):
      return [EffectFacts("sequence-dropped", sequence.name)]
    case .routineCreated(let routine, _): return [EffectFacts("routine-created", routine.name)]
    case .routineDropped(let routine, _): return [EffectFacts("routine-dropped", routine.name)]
    case .extensionCreated(let installed):
      return [EffectFacts("extension-created", name: installed.name)]
    case .extensionDropped(let installed, _):
      return [EffectFacts("extension-dropped", name: installed.name)]
    case .commentChanged(let key, _, _): return [EffectFacts("comment-changed", key.name)]
    case .privilegesChanged(_, let names, _, _):
      return names.map { EffectFacts("privileges-changed", $0) }
    default: return nil
    }
  }

  private var rowFacts: [EffectFacts]? {
    switch self {
    case .rowsInserted(let rows): return [EffectFacts("rows-inserted", table: rows.table)]
    case .rowsUpdated(let rows): return [EffectFacts("rows-updated", table: rows.table)]
    case .rowsDeleted(let rows): return [EffectFacts("rows-deleted", table: rows.table)]
    case .truncated(let tables, _, _): return tables.map { EffectFacts("truncated", table: $0) }
    default: return nil
    }
  }
}

extension EffectFacts {
  fileprivate init(_ kind: String, _ column: ColumnReferent) {
    self.init(kind, table: column.table)
    self.column = column.name
  }

  fileprivate init(_ kind: String, _ table: TableReference, _ column: Column) {
    self.init(kind, table: table)
    self.column = column.name
    type = column.type?.description
    isNullable = column.isNullable
    hasDefault = column.default == .unknown ? nil : column.default != .none
  }

  fileprivate init(_ kind: String, _ table: TableReference, _ constraint: Constraint) {
    self.init(kind, table: table, name: constraint.name)
    switch constraint.kind {
    case .check: self.constraint = "check"
    case .unique: self.constraint = "unique"
    case .primaryKey: self.constraint = "primary-key"
    case .foreignKey: self.constraint = "foreign-key"
    case .exclusion: self.constraint = "exclusion"
    case .unknown: break
    }
  }

  fileprivate init(
    _ kind: String, _ table: TableReference, _ index: Index, _ concurrently: Bool
  ) {
    self.init(kind, table: table, name: index.name)
    isUnique = index.isUnique
    isConcurrent = concurrently
  }
}

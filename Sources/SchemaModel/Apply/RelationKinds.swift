// Which kinds of relations a statement may name, and which subcommands of ALTER TABLE each kind has.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses a relation of another kind than the statement names (`RangeVarCallbackForAlterRelation` in
  /// tablecmds.c); ALTER TABLE may name any. A relation that is not known is for the caller.
  mutating func requireKind(_ kind: ObjectKind, of name: QualifiedName) throws(Refused) {
    guard let relation = catalog.relations[name], let kinds = RelationKinds(of: kind) else {
      return
    }
    let own = self.kind(of: relation)
    if kinds.isDisjoint(with: own) {
      try fail(
        "42809", .wrongKind(name, expected: kind),
        ifCertain: isSettled(id(of: relation, named: name)))
    }
  }

  /// Refuses subcommands that the kind of relation does not have (`ATSimplePermissions` in tablecmds.c).
  mutating func requireTargets(
    of commands: [AlterTableCommand], _ name: QualifiedName
  ) throws(Refused) {
    guard let relation = catalog.relations[name] else { return }
    let own = kind(of: relation)
    for command in commands where command.targets.isDisjoint(with: own) {
      try fail(
        "42809", .notSupported("this subcommand of ALTER TABLE on \(own.word) \(name.name)"),
        ifCertain: isSettled(id(of: relation, named: name)))
    }
  }

  private func kind(of relation: Relation) -> RelationKinds {
    switch relation {
    case .table(let table):
      if case .foreign = table.value.kind { return .foreignTable }
      return table.value.origin == nil && !table.value.isComplete ? .any : .table
    case .view(let view): return view.value.isMaterialized ? .materializedView : .view
    case .sequence: return .sequence
    case .index: return .index
    }
  }
}

/// Kinds of relations, and nothing of partitions, which are tables and indexes.
struct RelationKinds: OptionSet {
  let rawValue: UInt8
  static let table = RelationKinds(rawValue: 1)
  static let foreignTable = RelationKinds(rawValue: 2)
  static let view = RelationKinds(rawValue: 4)
  static let materializedView = RelationKinds(rawValue: 8)
  static let index = RelationKinds(rawValue: 16)
  static let sequence = RelationKinds(rawValue: 32)
  /// Of what the history names but did not create.
  static let any = RelationKinds(rawValue: 63)
  static let tables: RelationKinds = [.table, .foreignTable]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Nil where every kind will do.
  init?(of kind: ObjectKind) {
    switch kind {
    case .foreignTable: self = .foreignTable
    case .view: self = .view
    case .materializedView: self = .materializedView
    case .index: self = .index
    case .sequence: self = .sequence
    default: return nil
    }
  }

  fileprivate var word: String {
    switch self {
    case .foreignTable: "foreign table"
    case .view: "view"
    case .materializedView: "materialized view"
    case .index: "index"
    case .sequence: "sequence"
    default: "table"
    }
  }
}

extension AlterTableCommand {
  /// The kinds of relations that have the subcommand (`ATPrepCmd` in tablecmds.c, PostgreSQL 15).
  fileprivate var targets: RelationKinds {
    switch self {
    case .addColumn, .dropColumn, .setType, .setNotNull, .dropNotNull, .dropExpression,
      .dropConstraint, .validateConstraint, .inherit, .noInherit, .setTrigger, .setAllTriggers:
      .tables
    case .addConstraint(let constraint): constraint.isKey ? .table : .tables
    case .setDefault, .dropDefault, .addIdentity, .setIdentity, .dropIdentity:
      [.table, .foreignTable, .view]
    case .setStatistics: [.table, .foreignTable, .materializedView, .index]
    case .setColumnOptions, .resetColumnOptions, .setStorage:
      [.table, .foreignTable, .materializedView]
    case .setCompression, .clusterOn, .setWithoutCluster, .setAccessMethod, .replicaIdentity:
      [.table, .materializedView]
    case .setLogged, .setUnlogged: [.table, .sequence]
    case .setTablespace: [.table, .materializedView, .index]
    case .setOptions, .resetOptions: [.table, .view, .materializedView, .index]
    case .attachPartition: [.table, .index]
    case .alterConstraint, .detachPartition, .detachPartitionFinalize, .setRule, .rowSecurity,
      .ofType, .notOf:
      .table
    case .setOwner, .other: .any
    }
  }
}

extension TableConstraint {
  fileprivate var isKey: Bool {
    switch kind {
    case .primaryKey, .unique, .exclusion: true
    case .check, .foreignKey: false
    }
  }
}

// ALTER TABLE: one case a subcommand.

internal import CPGQuery

extension Translator {
  func alterTable(_ pointer: UnsafeMutablePointer<PgQuery__AlterTableStmt>?) -> AlterTable {
    guard let pointer = unsafe pointer else {
      return misunderstood(
        AlterTable(
          kind: .other, name: QualifiedName(""), ifExists: false, only: false, commands: []))
    }
    let statement = unsafe pointer.pointee
    return unsafe AlterTable(
      kind: objectKind(statement.objtype), name: qualifiedName(statement.relation),
      ifExists: statement.missing_ok != 0, only: statement.relation?.pointee.inh == 0,
      commands: nodes(statement.n_cmds, statement.cmds).map { node in
        guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_CMD,
          let command = unsafe node.pointee.alter_table_cmd
        else { return misunderstood(.other("")) }
        return unsafe columnCommand(command.pointee) ?? constraintCommand(command.pointee)
          ?? storageCommand(command.pointee) ?? triggerCommand(command.pointee)
          ?? inheritanceCommand(command.pointee) ?? .other(commandName(command.pointee.subtype))
      })
  }

  /// The subcommands that the grammar has and this vocabulary has not, by their names in
  /// parsenodes.h; the rest are never in a raw tree.
  private func commandName(_ subtype: PgQuery__AlterTableType) -> String {
    switch subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids: "AT_DropOids"
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions: "AT_AlterColumnGenericOptions"
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions: "AT_GenericOptions"
    default: "AlterTableType \(subtype.rawValue)"
    }
  }

  private func columnCommand(_ command: PgQuery__AlterTableCmd) -> AlterTableCommand? {
    let name = unsafe text(command.name)
    let ifExists = unsafe command.missing_ok != 0
    switch unsafe command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return unsafe .addColumn(definedColumn(command.def), ifNotExists: ifExists)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      return unsafe .dropColumn(name, ifExists: ifExists, cascade: isCascade(command.behavior))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      guard let value = unsafe command.def else { return .dropDefault(column: name) }
      return unsafe .setDefault(column: name, expression(value, in: .default))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull: return .setNotNull(column: name)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull: return .dropNotNull(column: name)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return unsafe setType(name, command.def)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      return .dropExpression(column: name, ifExists: ifExists)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
      // A column of an index has a number instead of a name.
      let column = unsafe name.isEmpty ? String(command.num) : name
      return unsafe .setStatistics(column: column, integer(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
      return unsafe .setColumnOptions(column: name, options(elements(command.def)))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
      return unsafe .resetColumnOptions(column: name, optionNames(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
      return unsafe .setStorage(column: name, requiredString(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
      return unsafe .setCompression(column: name, requiredString(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return unsafe .addIdentity(column: name, definedIdentity(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity: return unsafe setIdentity(name, command.def)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return .dropIdentity(column: name, ifExists: ifExists)
    default: return nil
    }
  }

  private func constraintCommand(_ command: PgQuery__AlterTableCmd) -> AlterTableCommand? {
    let name = unsafe text(command.name)
    switch unsafe command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      guard let node = unsafe command.def, let constraint = unsafe tableConstraint(node) else {
        return misunderstood(nil)
      }
      return .addConstraint(constraint)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      guard let node = unsafe command.def,
        unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CONSTRAINT,
        let constraint = unsafe node.pointee.constraint
      else { return misunderstood(nil) }
      return unsafe .alterConstraint(
        text(constraint.pointee.conname), isDeferrable: constraint.pointee.deferrable != 0,
        isInitiallyDeferred: constraint.pointee.initdeferred != 0)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint: return .validateConstraint(name)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      return unsafe .dropConstraint(
        name, ifExists: command.missing_ok != 0, cascade: isCascade(command.behavior))
    default: return nil
    }
  }

  private func storageCommand(_ command: PgQuery__AlterTableCmd) -> AlterTableCommand? {
    let name = unsafe text(command.name)
    return switch unsafe command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner: unsafe .setOwner(roleName(command.newowner))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn: .clusterOn(index: name)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster: .setWithoutCluster
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged: .setLogged
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged: .setUnlogged
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod: .setAccessMethod(name)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace: .setTablespace(name)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
      unsafe .setOptions(options(elements(command.def)))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
      unsafe .resetOptions(optionNames(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
      unsafe .replicaIdentity(replicaIdentity(command.def))
    default: nil
    }
  }

  private func triggerCommand(_ command: PgQuery__AlterTableCmd) -> AlterTableCommand? {
    let name = unsafe text(command.name)
    return switch unsafe command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig: .setTrigger(name, .enabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig: .setTrigger(name, .always)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig: .setTrigger(name, .replica)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig: .setTrigger(name, .disabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll: .setAllTriggers(.enabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser: .setTrigger(nil, .enabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll: .setAllTriggers(.disabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser: .setTrigger(nil, .disabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule: .setRule(name, .enabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule: .setRule(name, .always)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule: .setRule(name, .replica)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule: .setRule(name, .disabled)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity: .rowSecurity(.enable)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity: .rowSecurity(.disable)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity: .rowSecurity(.force)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity: .rowSecurity(.noForce)
    default: nil
    }
  }

  private func inheritanceCommand(_ command: PgQuery__AlterTableCmd) -> AlterTableCommand? {
    switch unsafe command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit: unsafe .inherit(definedRelation(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
      unsafe .noInherit(definedRelation(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf: unsafe .ofType(definedType(command.def))
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf: .notOf
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      unsafe partitionCommand(command)
    default: nil
    }
  }

  private func partitionCommand(_ command: PgQuery__AlterTableCmd) -> AlterTableCommand? {
    guard let node = unsafe command.def,
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_PARTITION_CMD,
      let partition = unsafe node.pointee.partition_cmd
    else { return misunderstood(nil) }
    let name = unsafe qualifiedName(partition.pointee.name)
    return switch unsafe command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
      unsafe .attachPartition(name, partition.pointee.bound.map { unsafe partitionBound($0) })
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
      unsafe .detachPartition(name, concurrently: partition.pointee.concurrent != 0)
    default: .detachPartitionFinalize(name)
    }
  }
}

extension Translator {
  func isCascade(_ behavior: PgQuery__DropBehavior) -> Bool {
    behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE
  }

  private func definedColumn(_ node: CNode?) -> ColumnDefinition {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF
    else { return misunderstood(ColumnDefinition(name: "")) }
    return unsafe columnDefinition(node.pointee.column_def)
  }

  private func setType(_ column: String, _ node: CNode?) -> AlterTableCommand? {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF,
      let definition = unsafe node.pointee.column_def
    else { return misunderstood(nil) }
    return unsafe .setType(
      column: column, typeName(definition.pointee.type_name),
      using: optionalExpression(definition.pointee.raw_default),
      collation: collation(definition.pointee.coll_clause))
  }

  private func definedIdentity(_ node: CNode?) -> Identity {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CONSTRAINT,
      let clause = unsafe node.pointee.constraint
    else { return misunderstood(Identity(isAlways: false, options: SequenceOptions())) }
    return unsafe identity(clause)
  }

  /// `SET GENERATED …` is an option beside those of the sequence.
  private func setIdentity(_ column: String, _ node: CNode?) -> AlterTableCommand {
    let parts = unsafe elements(node)
    let generated = unsafe definitionElements(parts).first { $0.name == "generated" }
    var isAlways: Bool?
    if let code = unsafe constant(generated?.argument) {
      isAlways = code == .integer(0x61) || code == .string("a")
    }
    return unsafe .setIdentity(column: column, isAlways: isAlways, sequenceOptions(parts))
  }

  private func requiredString(_ node: CNode?) -> String {
    unsafe stringValue(node) ?? misunderstood("")
  }

  private func optionNames(_ node: CNode?) -> [String] {
    unsafe definitionElements(elements(node)).map { $0.name }
  }

  private func definedRelation(_ node: CNode?) -> QualifiedName {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_RANGE_VAR
    else { return misunderstood(QualifiedName("")) }
    return unsafe qualifiedName(node.pointee.range_var)
  }

  private func definedType(_ node: CNode?) -> QualifiedName {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_NAME
    else { return misunderstood(QualifiedName("")) }
    return unsafe typeName(node.pointee.type_name).qualifiedName
  }

  /// The letters of `REPLICA_IDENTITY_…` in pg_class.h.
  private func replicaIdentity(_ node: CNode?) -> ReplicaIdentity {
    guard let node = unsafe node,
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_REPLICA_IDENTITY_STMT,
      let identity = unsafe node.pointee.replica_identity_stmt
    else { return misunderstood(.default) }
    return switch unsafe text(identity.pointee.identity_type) {
    case "d": .default
    case "f": .full
    case "n": .nothing
    case "i": unsafe .index(text(identity.pointee.name))
    default: misunderstood(.default)
    }
  }
}

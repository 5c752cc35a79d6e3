// Transactions, settings, locks and maintenance.

internal import CPGQuery

extension Translator {
  func transaction(_ pointer: UnsafeMutablePointer<PgQuery__TransactionStmt>?) -> Statement? {
    guard let statement = unsafe pointer?.pointee else { return nil }
    let savepoint = unsafe text(statement.savepoint_name)
    let identifier = unsafe text(statement.gid)
    switch unsafe statement.kind {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN,
      PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      return .transaction(.begin)
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT: return .transaction(.commit)
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK: return .transaction(.rollback)
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
      return .transaction(.savepoint(savepoint))
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
      return .transaction(.release(savepoint))
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
      return .transaction(.rollbackTo(savepoint))
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
      return .transaction(.prepare(identifier))
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT_PREPARED:
      return .transaction(.commitPrepared(identifier))
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_PREPARED:
      return .transaction(.rollbackPrepared(identifier))
    default: return nil
    }
  }

  func setVariable(_ pointer: UnsafeMutablePointer<PgQuery__VariableSetStmt>?) -> SetVariable {
    guard let statement = unsafe pointer?.pointee else { return misunderstood(SetVariable()) }
    let isMultiple = unsafe statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI
    var result = unsafe SetVariable(isLocal: statement.is_local != 0)
    let name = unsafe optionalText(statement.name)
    result.name = isMultiple ? name : name?.lowercased()
    if unsafe statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE {
      result.values = unsafe nodes(statement.n_args, statement.args).map {
        unsafe constant($0) ?? misunderstood(.null)
      }
    }
    return result
  }

  /// The setting of a role or database, where it is the search path.
  func pathOfSessions(_ pointer: UnsafeMutablePointer<PgQuery__VariableSetStmt>?) -> Statement? {
    unsafe setVariable(pointer).name == "search_path" ? .setPathOfSessions : nil
  }

  func setConstraints(
    _ pointer: UnsafeMutablePointer<PgQuery__ConstraintsSetStmt>?
  ) -> Statement? {
    guard let statement = unsafe pointer?.pointee else { return nil }
    return unsafe .setConstraints(
      relationNames(statement.n_constraints, statement.constraints),
      deferred: statement.deferred != 0)
  }

  func prepare(_ pointer: UnsafeMutablePointer<PgQuery__PrepareStmt>?) -> Statement? {
    guard let prepared = unsafe pointer?.pointee else { return nil }
    return unsafe .prepare(name: text(prepared.name), statement(prepared.query))
  }

  func lock(_ pointer: UnsafeMutablePointer<PgQuery__LockStmt>?) -> LockTables {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(LockTables(tables: [], mode: .accessExclusive))
    }
    let mode = unsafe LockMode(rawValue: Int(statement.mode))
    return unsafe LockTables(
      tables: relationNames(statement.n_relations, statement.relations),
      mode: mode ?? misunderstood(.accessExclusive), noWait: statement.nowait != 0)
  }

  func vacuum(_ pointer: UnsafeMutablePointer<PgQuery__VacuumStmt>?) -> Vacuum {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Vacuum(isVacuum: true))
    }
    let tables = unsafe nodes(statement.n_rels, statement.rels).map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_VACUUM_RELATION,
        let relation = unsafe node.pointee.vacuum_relation
      else { return misunderstood(QualifiedName("")) }
      return unsafe qualifiedName(relation.pointee.relation)
    }
    let columns = unsafe nodes(statement.n_rels, statement.rels).flatMap { node in
      unsafe node.pointee.vacuum_relation.map {
        unsafe strings($0.pointee.n_va_cols, $0.pointee.va_cols)
      } ?? []
    }
    return unsafe Vacuum(
      tables: tables, isVacuum: statement.is_vacuumcmd != 0,
      options: options(statement.n_options, statement.options), columns: columns)
  }

  func reindex(_ pointer: UnsafeMutablePointer<PgQuery__ReindexStmt>?) -> Reindex {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Reindex(kind: .other))
    }
    let kind: ObjectKind =
      switch unsafe statement.kind {
      case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX: .index
      case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE: .table
      case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA: .schema
      case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE: .database
      default: .other
      }
    let name =
      if let relation = unsafe statement.relation {
        unsafe qualifiedName(relation)
      } else {
        unsafe optionalText(statement.name).map { QualifiedName($0) }
      }
    let parameters = unsafe definitionElements(statement.n_params, statement.params)
    let concurrently = parameters.contains { element in
      unsafe element.name == "concurrently" && isOn(element.argument)
    }
    return Reindex(kind: kind, name: name, concurrently: concurrently)
  }

  func cluster(_ pointer: UnsafeMutablePointer<PgQuery__ClusterStmt>?) -> Cluster {
    guard let statement = unsafe pointer?.pointee else { return misunderstood(Cluster()) }
    return unsafe Cluster(
      table: statement.relation.map { unsafe qualifiedName($0) },
      index: optionalText(statement.indexname))
  }

  func explain(_ pointer: UnsafeMutablePointer<PgQuery__ExplainStmt>?) -> Statement? {
    guard let explanation = unsafe pointer?.pointee else { return nil }
    let elements = unsafe definitionElements(explanation.n_options, explanation.options)
    let analyze = elements.contains { element in
      unsafe element.name == "analyze" && isOn(element.argument)
    }
    return unsafe .explain(statement(explanation.query), analyze: analyze)
  }
}

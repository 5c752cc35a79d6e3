// Which reader each statement of the grammar goes to.

internal import CPGQuery

extension Translator {
  /// A statement, or `.other` with its tag; nested statements come here too.
  func statement(_ node: CNode?) -> Statement {
    guard let node = unsafe node else { return misunderstood(.other("EMPTY")) }
    return unsafe tableStatement(node) ?? objectStatement(node) ?? routineStatement(node)
      ?? dataStatement(node) ?? sessionStatement(node) ?? .other(commandTag(node))
  }

  private func tableStatement(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      unsafe .createTable(createTable(node.pointee.create_stmt))
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
      unsafe .createTable(createForeignTable(node.pointee.create_foreign_table_stmt))
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      unsafe createTableAs(node.pointee.create_table_as_stmt)
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      unsafe .alterTable(alterTable(node.pointee.alter_table_stmt))
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      unsafe .createIndex(createIndex(node.pointee.index_stmt))
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      unsafe .createSequence(createSequence(node.pointee.create_seq_stmt))
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
      unsafe .alterSequence(alterSequence(node.pointee.alter_seq_stmt))
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      unsafe .createView(createView(node.pointee.view_stmt))
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
      unsafe .refreshMaterializedView(refresh(node.pointee.refresh_mat_view_stmt))
    case PG_QUERY__NODE__NODE_RULE_STMT:
      unsafe .createRule(createRule(node.pointee.rule_stmt))
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
      unsafe .createPolicy(createPolicy(node.pointee.create_policy_stmt))
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
      unsafe .alterPolicy(alterPolicy(node.pointee.alter_policy_stmt))
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
      unsafe .createStatistics(createStatistics(node.pointee.create_stats_stmt))
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT:
      unsafe alterStatistics(node.pointee.alter_stats_stmt)
    default: nil
    }
  }

  private func objectStatement(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_DROP_STMT: unsafe .drop(drop(node.pointee.drop_stmt))
    case PG_QUERY__NODE__NODE_RENAME_STMT: unsafe .rename(rename(node.pointee.rename_stmt))
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
      unsafe .setSchema(setSchema(node.pointee.alter_object_schema_stmt))
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
      unsafe .setOwner(setOwner(node.pointee.alter_owner_stmt))
    case PG_QUERY__NODE__NODE_COMMENT_STMT: unsafe .comment(comment(node.pointee.comment_stmt))
    case PG_QUERY__NODE__NODE_GRANT_STMT: unsafe grant(node.pointee.grant_stmt)
    case PG_QUERY__NODE__NODE_DROP_OWNED_STMT:
      unsafe node.pointee.drop_owned_stmt.map { statement in
        unsafe .owned(
          OwnedObjects(roles: roleNames(statement.pointee.n_roles, statement.pointee.roles)))
      }
    case PG_QUERY__NODE__NODE_REASSIGN_OWNED_STMT:
      unsafe node.pointee.reassign_owned_stmt.map { statement in
        unsafe .owned(
          OwnedObjects(
            roles: roleNames(statement.pointee.n_roles, statement.pointee.roles),
            newOwner: roleName(statement.pointee.newrole)))
      }
    case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT:
      unsafe grantRoles(node.pointee.grant_role_stmt)
    case PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT:
      unsafe defaultPrivileges(node.pointee.alter_default_privileges_stmt)
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
      unsafe .createType(createEnum(node.pointee.create_enum_stmt))
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
      unsafe .alterEnum(alterEnum(node.pointee.alter_enum_stmt))
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
      unsafe .createType(createComposite(node.pointee.composite_type_stmt))
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
      unsafe .createType(createRange(node.pointee.create_range_stmt))
    case PG_QUERY__NODE__NODE_DEFINE_STMT: unsafe define(node)
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
      unsafe .createDomain(createDomain(node.pointee.create_domain_stmt))
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
      unsafe .alterDomain(alterDomain(node.pointee.alter_domain_stmt))
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
      unsafe .createSchema(createSchema(node.pointee.create_schema_stmt))
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
      unsafe .createExtension(createExtension(node.pointee.create_extension_stmt))
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
      unsafe updateExtension(node.pointee.alter_extension_stmt)
    case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
      unsafe .publication(createPublication(node.pointee.create_publication_stmt))
    case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT:
      unsafe .publication(alterPublication(node.pointee.alter_publication_stmt))
    default: unsafe definedObject(node)
    }
  }

  private func routineStatement(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
      unsafe .createFunction(createFunction(node.pointee.create_function_stmt))
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT:
      unsafe alterFunction(node.pointee.alter_function_stmt)
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
      unsafe .createTrigger(createTrigger(node.pointee.create_trig_stmt))
    case PG_QUERY__NODE__NODE_DO_STMT: unsafe .doBlock(doBlock(node.pointee.do_stmt))
    case PG_QUERY__NODE__NODE_CALL_STMT: unsafe call(node.pointee.call_stmt)
    default: nil
    }
  }

  private func dataStatement(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_SELECT_STMT: return unsafe select(node)
    case PG_QUERY__NODE__NODE_INSERT_STMT, PG_QUERY__NODE__NODE_UPDATE_STMT,
      PG_QUERY__NODE__NODE_DELETE_STMT, PG_QUERY__NODE__NODE_MERGE_STMT:
      guard let message = unsafe node.pointee.insert_stmt else { return nil }
      return unsafe dataModifying(UnsafeRawPointer(message), nodeCase: node.pointee.node_case)
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
      return unsafe .truncate(truncate(node.pointee.truncate_stmt))
    case PG_QUERY__NODE__NODE_COPY_STMT: return unsafe .copy(copy(node.pointee.copy_stmt))
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT: return unsafe explain(node.pointee.explain_stmt)
    case PG_QUERY__NODE__NODE_PREPARE_STMT:
      return unsafe prepare(node.pointee.prepare_stmt)
    case PG_QUERY__NODE__NODE_EXECUTE_STMT:
      return unsafe .execute(name: text(node.pointee.execute_stmt?.pointee.name))
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
      let statement = unsafe statement(node.pointee.declare_cursor_stmt?.pointee.query)
      guard case .select(var query) = statement else { return statement }
      query.isCursor = true
      query.isHeld = unsafe (node.pointee.declare_cursor_stmt?.pointee.options ?? 0) & 0x20 != 0
      return .select(query)
    default: return nil
    }
  }

  private func sessionStatement(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
      unsafe transaction(node.pointee.transaction_stmt)
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
      unsafe .setVariable(setVariable(node.pointee.variable_set_stmt))
    case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT:
      unsafe setConstraints(node.pointee.constraints_set_stmt)
    case PG_QUERY__NODE__NODE_LOCK_STMT: unsafe .lock(lock(node.pointee.lock_stmt))
    case PG_QUERY__NODE__NODE_VACUUM_STMT: unsafe .vacuum(vacuum(node.pointee.vacuum_stmt))
    case PG_QUERY__NODE__NODE_REINDEX_STMT: unsafe .reindex(reindex(node.pointee.reindex_stmt))
    case PG_QUERY__NODE__NODE_CLUSTER_STMT: unsafe .cluster(cluster(node.pointee.cluster_stmt))
    case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
      unsafe pathOfSessions(node.pointee.alter_role_set_stmt?.pointee.setstmt)
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT:
      unsafe pathOfSessions(node.pointee.alter_database_set_stmt?.pointee.setstmt)
    case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
      unsafe .show(text(node.pointee.variable_show_stmt?.pointee.name))
    case PG_QUERY__NODE__NODE_LISTEN_STMT: .inert("LISTEN")
    case PG_QUERY__NODE__NODE_UNLISTEN_STMT: .inert("UNLISTEN")
    case PG_QUERY__NODE__NODE_NOTIFY_STMT: .inert("NOTIFY")
    case PG_QUERY__NODE__NODE_CHECK_POINT_STMT: .inert("CHECKPOINT")
    case PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT: .inert("CLOSE")
    case PG_QUERY__NODE__NODE_FETCH_STMT: .inert("FETCH")
    case PG_QUERY__NODE__NODE_DEALLOCATE_STMT:
      unsafe text(node.pointee.deallocate_stmt?.pointee.name).isEmpty
        ? .inert("DEALLOCATE ALL") : .inert("DEALLOCATE")
    default: nil
    }
  }
}

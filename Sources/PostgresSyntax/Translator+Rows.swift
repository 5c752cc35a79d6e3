// INSERT, UPDATE, DELETE, MERGE, TRUNCATE and COPY.

internal import CPGQuery

extension Translator {
  /// A statement that writes rows; `message` is of the type that `nodeCase` says.
  func dataModifying(
    _ message: UnsafeRawPointer, nodeCase: PgQuery__Node__NodeCase
  ) -> Statement {
    switch nodeCase {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      unsafe .insert(insert(message.assumingMemoryBound(to: PgQuery__InsertStmt.self).pointee))
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      unsafe .update(update(message.assumingMemoryBound(to: PgQuery__UpdateStmt.self).pointee))
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      unsafe .delete(delete(message.assumingMemoryBound(to: PgQuery__DeleteStmt.self).pointee))
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      unsafe .merge(merge(message.assumingMemoryBound(to: PgQuery__MergeStmt.self).pointee))
    default: misunderstood(.other(""))
    }
  }

  private func insert(_ statement: PgQuery__InsertStmt) -> Insert {
    var facts = TreeFacts()
    return unsafe withQueries(statement.with_clause, into: &facts) { facts in
      unsafe collect(statement.select_stmt, into: &facts)
      if let rows = unsafe statement.select_stmt?.pointee.select_stmt?.pointee {
        unsafe refuse(nodes(rows.n_values_lists, rows.values_lists), in: .values, facts)
      }
      let returning = unsafe nodes(statement.n_returning_list, statement.returning_list)
      unsafe collect(returning, into: &facts)
      unsafe refuse(returning, in: .returning, facts)
      let conflict = unsafe statement.on_conflict_clause.map { unsafe onConflict($0, into: &facts) }
      let targets = unsafe nodes(statement.n_cols, statement.cols)
      let columns = unsafe targetNames(targets)
      let hasParts = unsafe targets.contains { unsafe isPart($0) }
      var reads = Query(facts, text: "")
      if !hasParts {
        reads.typed = unsafe typedParts(
          inserting: statement, into: columns, returning: returning)
      }
      return unsafe Insert(
        table: qualifiedName(statement.relation), columns: columns, hasParts: hasParts,
        source: insertSource(statement.select_stmt),
        output: outputColumns(of: statement.select_stmt),
        overridesIdentity: statement.override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE
          || statement.override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE,
        onConflict: conflict, reads: reads)
    }
  }

  /// The names of the columns that ResTarget nodes assign to.
  private func targetNames(_ targets: [CNode]) -> [String] {
    unsafe targets.map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET,
        let target = unsafe node.pointee.res_target
      else { return misunderstood("") }
      return unsafe text(target.pointee.name)
    }
  }

  private func insertSource(_ node: CNode?) -> Insert.Source {
    guard let node = unsafe node else { return .defaultValues }
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
      let select = unsafe node.pointee.select_stmt
    else { return misunderstood(.query) }
    // VALUES … LIMIT and VALUES … UNION are queries.
    guard unsafe select.pointee.n_values_lists > 0, unsafe select.pointee.limit_count == nil,
      unsafe select.pointee.limit_offset == nil
    else { return .query }
    let rows = unsafe nodes(select.pointee.n_values_lists, select.pointee.values_lists)
    return unsafe .values(rows.map { row in unsafe elements(row).map { unsafe insertValue($0) } })
  }

  private func insertValue(_ node: CNode) -> Insert.Value {
    if unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT { return .default }
    if unsafe node.pointee.node_case != PG_QUERY__NODE__NODE_TYPE_CAST,
      let constant = unsafe constant(node)
    {
      return .constant(constant)
    }
    return unsafe .expression(expression(node))
  }

  private func onConflict(
    _ clause: UnsafeMutablePointer<PgQuery__OnConflictClause>, into facts: inout TreeFacts
  ) -> OnConflict {
    let targets = unsafe nodes(clause.pointee.n_target_list, clause.pointee.target_list)
    unsafe collect(targets, into: &facts)
    unsafe collect(clause.pointee.where_clause, into: &facts)
    var result = OnConflict(action: .doNothing)
    if unsafe clause.pointee.action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE {
      result.action = unsafe .doUpdate(
        assignments(targets), predicate: optionalCondition(clause.pointee.where_clause))
    }
    if let target = unsafe clause.pointee.infer {
      result.target = unsafe nodes(target.pointee.n_index_elems, target.pointee.index_elems).map {
        unsafe indexElement($0)
      }
      result.constraint = unsafe optionalText(target.pointee.conname)
    }
    return result
  }

  private func assignments(_ targets: [CNode]) -> [Assignment] {
    unsafe targets.map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET,
        let target = unsafe node.pointee.res_target?.pointee, let value = unsafe target.val
      else { return misunderstood(Assignment(column: "")) }
      let column = unsafe text(target.name)
      return switch unsafe value.pointee.node_case {
      case PG_QUERY__NODE__NODE_SET_TO_DEFAULT: Assignment(column: column, isDefault: true)
      case PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF: Assignment(column: column)
      default:
        unsafe Assignment(
          column: column, value: expression(value),
          isRow: value.pointee.node_case == PG_QUERY__NODE__NODE_ROW_EXPR,
          isPart: target.n_indirection > 0)
      }
    }
  }

  private func update(_ statement: PgQuery__UpdateStmt) -> Update {
    var facts = TreeFacts()
    return unsafe withQueries(statement.with_clause, into: &facts) { facts in
      let targets = unsafe nodes(statement.n_target_list, statement.target_list)
      unsafe collect(targets, into: &facts)
      let from = unsafe nodes(statement.n_from_clause, statement.from_clause)
      unsafe collect(from, into: &facts)
      unsafe collect(statement.where_clause, into: &facts)
      let returning = unsafe nodes(statement.n_returning_list, statement.returning_list)
      unsafe collect(returning, into: &facts)
      unsafe refuse(targets, in: .assignment, facts)
      unsafe refuseClauses(from, statement.where_clause, returning, facts)
      var reads = unsafe reads(facts, from: from, statement.with_clause)
      reads.typed = unsafe typedParts(
        setting: targets, from: from, where: statement.where_clause, returning: returning,
        statement.with_clause)
      return unsafe Update(
        table: qualifiedName(statement.relation), alias: alias(statement.relation),
        only: statement.relation?.pointee.inh == 0, isJoined: !from.isEmpty,
        assignments: assignments(targets), predicate: optionalCondition(statement.where_clause),
        reads: reads)
    }
  }

  private func delete(_ statement: PgQuery__DeleteStmt) -> Delete {
    var facts = TreeFacts()
    return unsafe withQueries(statement.with_clause, into: &facts) { facts in
      let using = unsafe nodes(statement.n_using_clause, statement.using_clause)
      unsafe collect(using, into: &facts)
      unsafe collect(statement.where_clause, into: &facts)
      let returning = unsafe nodes(statement.n_returning_list, statement.returning_list)
      unsafe collect(returning, into: &facts)
      unsafe refuseClauses(using, statement.where_clause, returning, facts)
      var reads = unsafe reads(facts, from: using, statement.with_clause)
      reads.typed = unsafe typedParts(
        setting: [], from: using, where: statement.where_clause, returning: returning,
        statement.with_clause)
      return unsafe Delete(
        table: qualifiedName(statement.relation), alias: alias(statement.relation),
        only: statement.relation?.pointee.inh == 0, isJoined: !using.isEmpty,
        predicate: optionalCondition(statement.where_clause),
        reads: reads)
    }
  }

  /// What an UPDATE or DELETE has in common.
  private func refuseClauses(
    _ from: [CNode], _ condition: CNode?, _ returning: [CNode], _ facts: TreeFacts
  ) {
    unsafe refuseTwice(from)
    if unsafe condition?.pointee.node_case == PG_QUERY__NODE__NODE_CURRENT_OF_EXPR {
      mayRefuse("34000", "the row of a cursor that may not be open")
    }
    unsafe refuse(condition, in: .whereClause, facts)
    unsafe refuse(returning, in: .returning, facts)
  }

  /// What an UPDATE or DELETE reads.
  private func reads(
    _ facts: TreeFacts, from: [CNode], _ with: UnsafeMutablePointer<PgQuery__WithClause>?
  ) -> Query {
    var query = Query(facts, text: "")
    query.isNamedByRelations = unsafe with == nil && !facts.containsSubquery && areTables(from)
    return query
  }

  private func merge(_ statement: PgQuery__MergeStmt) -> Merge {
    var facts = TreeFacts()
    return unsafe withQueries(statement.with_clause, into: &facts) { facts in
      let clauses = unsafe nodes(statement.n_merge_when_clauses, statement.merge_when_clauses)
      unsafe collect(statement.source_relation, into: &facts)
      unsafe collect(statement.join_condition, into: &facts)
      unsafe collect(clauses, into: &facts)
      var merge = unsafe Merge(
        table: qualifiedName(statement.relation), reads: Query(facts, text: ""))
      unsafe each(clauses) { unsafe read($0, into: &merge) }
      return merge
    }
  }

  private func read(_ node: CNode, into merge: inout Merge) {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_MERGE_WHEN_CLAUSE,
      let clause = unsafe node.pointee.merge_when_clause?.pointee
    else { return misunderstood(()) }
    switch unsafe clause.command_type {
    case PG_QUERY__CMD_TYPE__CMD_INSERT: merge.inserts = true
    case PG_QUERY__CMD_TYPE__CMD_DELETE: merge.deletes = true
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
      merge.updates += unsafe targetNames(nodes(clause.n_target_list, clause.target_list))
    case PG_QUERY__CMD_TYPE__CMD_NOTHING: break
    default: misunderstood(())
    }
  }

  private func alias(_ relation: UnsafeMutablePointer<PgQuery__RangeVar>?) -> String? {
    unsafe optionalText(relation?.pointee.alias?.pointee.aliasname)
  }

  func truncate(_ pointer: UnsafeMutablePointer<PgQuery__TruncateStmt>?) -> Truncate {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Truncate(tables: []))
    }
    return unsafe Truncate(
      tables: relationNames(statement.n_relations, statement.relations),
      restartIdentity: statement.restart_seqs != 0, cascade: isCascade(statement.behavior))
  }

  func copy(_ pointer: UnsafeMutablePointer<PgQuery__CopyStmt>?) -> Copy {
    guard let statement = unsafe pointer?.pointee else { return misunderstood(Copy(isFrom: true)) }
    return unsafe Copy(
      table: statement.relation.map { unsafe qualifiedName($0) },
      columns: strings(statement.n_attlist, statement.attlist),
      query: statement.query.map { unsafe copiedQuery($0) }, isFrom: statement.is_from != 0,
      isProgram: statement.is_program != 0, file: optionalText(statement.filename))
  }

  /// `COPY (DELETE … RETURNING …) TO` is a query with a statement inside.
  private func copiedQuery(_ node: CNode) -> Query {
    if unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT {
      return unsafe query(node)
    }
    var facts = TreeFacts()
    unsafe collect(node, into: &facts)
    return Query(facts, text: unsafe statementText(node))
  }
}

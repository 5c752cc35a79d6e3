// SELECT and the statements that are made of a query.

internal import CPGQuery

extension Translator {
  /// A SELECT, or the table that `SELECT … INTO` creates.
  func select(_ node: CNode) -> Statement? {
    guard let select = unsafe node.pointee.select_stmt else { return nil }
    var query = unsafe typedQuery(node)
    guard let into = unsafe leftmost(select).pointee.into_clause else {
      if query.isPlain { query.selection = unsafe selection(of: select.pointee) }
      return .select(query)
    }
    let table = unsafe createTableAs(into, query)
    unsafe refuseNames(table.columnNames, of: query, node, isView: false)
    return .createTableAs(table)
  }

  /// A query by itself or inside another statement.
  func query(_ node: CNode?) -> Query {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
      let select = unsafe node.pointee.select_stmt
    else { return misunderstood(Query(text: "")) }
    var facts = TreeFacts()
    unsafe collect(node, into: &facts)
    var query = Query(
      facts, text: unsafe statementText(node), output: unsafe outputColumns(of: leftmost(select)))
    query.isPlain = unsafe isPlain(select.pointee) && !facts.containsSubquery
    query.isNamedByRelations = query.isPlain
    query.isDistinct = unsafe select.pointee.n_distinct_clause > 0
    if query.isPlain { query.predicate = unsafe optionalCondition(select.pointee.where_clause) }
    return query
  }

  private func isPlain(_ select: PgQuery__SelectStmt) -> Bool {
    unsafe select.op == PG_QUERY__SET_OPERATION__SETOP_NONE && select.n_values_lists == 0
      && select.with_clause == nil
      && areTables(nodes(select.n_from_clause, select.from_clause))
  }

  /// A query with the parts whose types the columns of its tables decide.
  func typedQuery(_ node: CNode?) -> Query {
    var query = unsafe query(node)
    query.typed = unsafe typedParts(ofQuery: node)
    return query
  }

  /// Nil for a SELECT that has other parts.
  private func selection(of select: PgQuery__SelectStmt) -> Query.Selection? {
    var found = Query.Selection()
    guard unsafe select.n_distinct_clause == 0, unsafe select.n_group_clause == 0,
      unsafe select.having_clause == nil, unsafe select.n_window_clause == 0,
      unsafe select.n_locking_clause == 0, unsafe isAmount(select.limit_count),
      unsafe isAmount(select.limit_offset)
    else { return nil }
    let targets = unsafe nodes(select.n_target_list, select.target_list)
    let keys = unsafe nodes(select.n_sort_clause, select.sort_clause)
    let tables = unsafe nodes(select.n_from_clause, select.from_clause)
    found.values = unsafe targets.compactMap { unsafe selectedValue($0) }
    found.values += unsafe keys.compactMap { unsafe sortedColumn($0) }
    guard unsafe found.values.count == targets.count + keys.count,
      unsafe tables.allSatisfy({ unsafe addJoins($0, depth: 0, to: &found) })
    else { return nil }
    if let condition = unsafe select.where_clause {
      guard let tree = unsafe valueTree(condition, depth: 0) else { return nil }
      found.conditions.append(tree)
    }
    return found
  }

  /// LIMIT and OFFSET with a number that is not negative, or none.
  private func isAmount(_ node: CNode?) -> Bool {
    guard let node = unsafe node else { return true }
    if case .integer(let number)? = unsafe constant(node) { return number >= 0 }
    return false
  }

  private func sortedColumn(_ node: CNode) -> ValueTree? {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SORT_BY,
      let sort = unsafe node.pointee.sort_by?.pointee, unsafe sort.n_use_op == 0,
      let key = unsafe valueTree(sort.node, depth: 0), case .column = key
    else { return nil }
    return key
  }

  private func selectedValue(_ target: CNode) -> ValueTree? {
    guard unsafe target.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET,
      let node = unsafe target.pointee.res_target?.pointee.val
    else { return nil }
    if unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COLUMN_REF {
      return unsafe columnReference(node).map(ValueTree.column)
    }
    if unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_FUNC_CALL,
      let call = unsafe node.pointee.func_call?.pointee, unsafe call.agg_star != 0,
      unsafe call.over == nil, unsafe call.agg_filter == nil
    {
      return unsafe .call(qualifiedName(call.n_funcname, call.funcname), [])
    }
    return unsafe valueTree(node, depth: 0)
  }

  /// The conditions of joins; false where one has none, or is by the names of columns.
  private func addJoins(_ node: CNode?, depth: Int, to found: inout Query.Selection) -> Bool {
    guard let node = unsafe node, depth < 64 else { return false }
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_JOIN_EXPR,
      let join = unsafe node.pointee.join_expr?.pointee
    else { return true }
    guard unsafe join.is_natural == 0, unsafe join.n_using_clause == 0 else { return false }
    if let condition = unsafe join.quals {
      guard let tree = unsafe valueTree(condition, depth: 0) else { return false }
      found.conditions.append(tree)
    }
    return unsafe addJoins(join.larg, depth: depth + 1, to: &found)
      && addJoins(join.rarg, depth: depth + 1, to: &found)
  }

  func areTables(_ from: [CNode]) -> Bool {
    unsafe from.allSatisfy { unsafe isTable($0, depth: 0) }
  }

  /// A table, or a join of tables.
  private func isTable(_ node: CNode?, depth: Int) -> Bool {
    guard let node = unsafe node, depth < 64 else { return false }
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_RANGE_VAR: return true
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      guard let join = unsafe node.pointee.join_expr?.pointee, unsafe join.alias == nil,
        unsafe join.join_using_alias == nil
      else { return false }
      return unsafe isTable(join.larg, depth: depth + 1) && isTable(join.rarg, depth: depth + 1)
    default: return false
    }
  }

  /// The query that names the columns of a UNION and its like.
  func leftmost(
    _ select: UnsafeMutablePointer<PgQuery__SelectStmt>
  ) -> UnsafeMutablePointer<PgQuery__SelectStmt> {
    var select = unsafe select
    while unsafe select.pointee.op != PG_QUERY__SET_OPERATION__SETOP_NONE,
      let left = unsafe select.pointee.larg
    {
      unsafe select = left
    }
    return unsafe select
  }

  /// What a query returns, without the rows of VALUES.
  func outputColumns(of node: CNode?) -> [OutputColumn] {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
      let select = unsafe node.pointee.select_stmt
    else { return [] }
    let first = unsafe leftmost(select)
    return unsafe first.pointee.n_values_lists > 0 ? [] : outputColumns(of: first)
  }

  private func outputColumns(
    of select: UnsafeMutablePointer<PgQuery__SelectStmt>
  ) -> [OutputColumn] {
    if unsafe select.pointee.n_values_lists > 0 {
      let rows = unsafe nodes(select.pointee.n_values_lists, select.pointee.values_lists)
      let width = unsafe elements(rows.first).count
      return (0..<width).map { OutputColumn(name: "column\($0 + 1)") }
    }
    return unsafe nodes(select.pointee.n_target_list, select.pointee.target_list).map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET,
        let target = unsafe node.pointee.res_target
      else { return misunderstood(OutputColumn()) }
      return unsafe OutputColumn(
        name: optionalText(target.pointee.name)
          ?? impliedName(
            target.pointee.val, otherwise: "?column?"),
        source: columnReference(target.pointee.val))
    }
  }

  func createTableAs(
    _ pointer: UnsafeMutablePointer<PgQuery__CreateTableAsStmt>?
  ) -> Statement? {
    guard let statement = unsafe pointer?.pointee, let into = unsafe statement.into,
      let source = unsafe statement.query
    else { return misunderstood(nil) }
    var table: CreateTableAs
    if unsafe source.pointee.node_case == PG_QUERY__NODE__NODE_EXECUTE_STMT {
      table = unsafe createTableAs(into, Query(text: ""))
      table.prepared = unsafe text(source.pointee.execute_stmt?.pointee.name)
    } else {
      table = unsafe createTableAs(into, typedQuery(source))
      unsafe refuseNames(table.columnNames, of: table.query, source, isView: false)
    }
    table.ifNotExists = unsafe statement.if_not_exists != 0
    let isView = unsafe statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW
    return isView ? .createMaterializedView(table) : .createTableAs(table)
  }

  private func createTableAs(
    _ into: UnsafeMutablePointer<PgQuery__IntoClause>, _ query: Query
  ) -> CreateTableAs {
    unsafe CreateTableAs(
      name: qualifiedName(into.pointee.rel), persistence: persistence(into.pointee.rel),
      columnNames: strings(into.pointee.n_col_names, into.pointee.col_names), query: query,
      withData: into.pointee.skip_data == 0,
      options: options(into.pointee.n_options, into.pointee.options),
      onCommit: onCommit(into.pointee.on_commit),
      tablespace: optionalText(into.pointee.table_space_name))
  }

  func createView(_ pointer: UnsafeMutablePointer<PgQuery__ViewStmt>?) -> CreateView {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateView(name: QualifiedName(""), query: Query(text: "")))
    }
    var view = unsafe CreateView(
      name: qualifiedName(statement.view), orReplace: statement.replace != 0,
      persistence: persistence(statement.view),
      columnNames: strings(statement.n_aliases, statement.aliases),
      query: typedQuery(statement.query),
      options: options(statement.n_options, statement.options))
    unsafe refuseNames(view.columnNames, of: view.query, statement.query, isView: true)
    switch unsafe statement.with_check_option {
    case PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION:
      view.options.append(Option(name: "check_option", value: "local"))
    case PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION:
      view.options.append(Option(name: "check_option", value: "cascaded"))
    default: break
    }
    return view
  }

  func refresh(
    _ pointer: UnsafeMutablePointer<PgQuery__RefreshMatViewStmt>?
  ) -> RefreshMaterializedView {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(RefreshMaterializedView(name: QualifiedName("")))
    }
    return unsafe RefreshMaterializedView(
      name: qualifiedName(statement.relation), concurrently: statement.concurrent != 0,
      withData: statement.skip_data == 0)
  }
}

extension Query {
  init(_ facts: TreeFacts, text: String, output: [OutputColumn] = []) {
    self.init(
      text: text, output: output, relations: facts.relations.values,
      derived: facts.derived, columns: facts.columns.values,
      functions: facts.functions.values, operators: facts.operators.values,
      casts: facts.casts.values, typedLiterals: facts.typedLiterals.values,
      joinColumns: facts.joinColumns.values,
      hasNaturalJoin: facts.containsNaturalJoin, fields: facts.fields.values,
      containsParameter: facts.containsParameter, lastParameter: facts.lastParameter,
      containsScalarSubquery: facts.containsScalarSubquery, dataModifying: facts.dataModifying,
      locksRows: facts.locksRows)
  }
}

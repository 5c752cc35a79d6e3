// What parse analysis refuses of queries by their text: calls where they may not stand, rows of different lengths,
// one name for two things.

internal import CPGQuery

extension Translator {
  /// Notes why PostgreSQL refuses the statement; the first reason counts.
  func refuse(_ sqlState: String, _ reason: String, unlessOwn function: String? = nil) {
    if refusal?.isUncertain != false {
      refusal = Refusal(sqlState: sqlState, reason: reason, function: function)
    }
  }

  /// Notes why PostgreSQL may refuse the statement.
  func mayRefuse(_ sqlState: String, _ reason: String) {
    if refusal == nil {
      refusal = Refusal(sqlState: sqlState, reason: reason, isUncertain: true)
    }
  }

  /// Refuses what a place does not take.
  func refuse(_ facts: TreeFacts, in place: ExpressionPlace) {
    if facts.containsSubquery, !place.allowsSubqueries {
      refuse("0A000", "a subquery in \(place.rawValue)")
    }
    if let name = facts.special.window {
      refuse("42P20", "the window function \(name) in \(place.rawValue)")
    }
    if let name = facts.special.aggregate, !place.allowsAggregates {
      refuse("42803", "the aggregate \(name) in \(place.rawValue)", unlessOwn: name)
    }
    if let name = facts.special.setReturning, !place.allowsSets {
      refuse("0A000", "\(name), which returns rows, in \(place.rawValue)", unlessOwn: name)
    }
  }

  /// Refuses what stands in one of a statement's clauses; `facts` are those of the whole statement.
  func refuse(_ nodes: [CNode], in place: ExpressionPlace, _ facts: TreeFacts) {
    guard facts.special.count > 0 else { return }
    unsafe each(nodes) { node in
      var own = TreeFacts()
      unsafe collect(node, into: &own)
      refuse(own, in: place)
    }
  }

  func refuse(_ node: CNode?, in place: ExpressionPlace, _ facts: TreeFacts) {
    if let node = unsafe node { unsafe refuse([node], in: place, facts) }
  }

  // MARK: Calls

  /// Adds a call to the special ones; what it is called with is not looked at.
  func note(_ call: PgQuery__FuncCall, _ name: QualifiedName, in facts: inout TreeFacts) {
    if facts.subqueries > 0 { return }
    if unsafe call.over != nil {
      facts.special.window = facts.special.window ?? name.name
      facts.special.count += 1
      if let outer = facts.aggregate {
        refuse("42803", "a window function in the aggregate \(outer)", unlessOwn: outer)
      }
      return
    }
    let isMarked =
      unsafe call.agg_star != 0 || call.agg_distinct != 0 || call.n_agg_order > 0
      || call.agg_filter != nil || call.agg_within_group != 0
    switch RoutineNature(of: name) {
    case .aggregate:
      facts.special.aggregate = facts.special.aggregate ?? name.name
      facts.special.count += 1
      if let outer = facts.aggregate {
        refuse("42803", "the aggregate \(name.name) in \(outer)", unlessOwn: name.name)
      }
      if unsafe name.name == "count" && call.n_args == 0 && call.agg_star == 0 {
        refuse("42809", "count() without an argument", unlessOwn: name.name)
      }
    case .setReturning:
      facts.special.setReturning = facts.special.setReturning ?? name.name
      facts.special.count += 1
    case .plain:
      if isMarked {
        facts.special.aggregate = facts.special.aggregate ?? name.name
        facts.special.count += 1
      }
    }
  }

  // MARK: SELECT

  /// Refuses a SELECT, VALUES or UNION by itself: its clauses, lengths and names.
  /// - Parameter facts: those of the SELECT and what it stands in.
  func refuseParts(of select: PgQuery__SelectStmt, _ facts: TreeFacts) {
    unsafe refuseLengths(of: select)
    unsafe refuseNames(of: select)
    // A call in a subquery may belong to a query around it.
    if facts.subqueries == 0, facts.special.count > 0 {
      unsafe refuse(select.where_clause, in: .whereClause, facts)
      unsafe refuse(nodes(select.n_group_clause, select.group_clause), in: .groupBy, facts)
      unsafe refuse(select.having_clause, in: .having, facts)
      unsafe each(nodes(select.n_from_clause, select.from_clause)) {
        unsafe refuseJoins($0, facts, depth: 0)
      }
    }
  }

  private func refuseJoins(_ node: CNode?, _ facts: TreeFacts, depth: Int) {
    guard depth < 64, let node = unsafe node,
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_JOIN_EXPR,
      let join = unsafe node.pointee.join_expr?.pointee
    else { return }
    unsafe refuse(join.quals, in: .joinCondition, facts)
    unsafe refuseJoins(join.larg, facts, depth: depth + 1)
    unsafe refuseJoins(join.rarg, facts, depth: depth + 1)
  }

  private func refuseLengths(of select: PgQuery__SelectStmt) {
    let rows = unsafe nodes(select.n_values_lists, select.values_lists)
    if let first = unsafe rows.first {
      let length = unsafe elements(first).count
      if unsafe rows.contains(where: { unsafe elements($0).count != length }) {
        refuse("42601", "VALUES lists of different lengths")
      }
    }
    if unsafe select.op != PG_QUERY__SET_OPERATION__SETOP_NONE {
      // The left side of a chain is as long as its own right side.
      let left = unsafe select.larg.flatMap { unsafe $0.pointee.rarg ?? $0 }
      if let left = unsafe left, let right = unsafe select.rarg,
        let first = unsafe width(left.pointee), let second = unsafe width(right.pointee),
        first != second
      {
        refuse("42601", "UNION, INTERSECT or EXCEPT of \(first) and \(second) columns")
      }
      return
    }
    guard let width = unsafe width(select) else { return }
    unsafe refusePositions(nodes(select.n_group_clause, select.group_clause), "GROUP BY", width)
    let keys = unsafe nodes(select.n_sort_clause, select.sort_clause).compactMap { node in
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SORT_BY
        ? node.pointee.sort_by?.pointee.node : nil
    }
    unsafe refusePositions(keys, "ORDER BY", width)
  }

  private func refusePositions(_ keys: [CNode], _ clause: String, _ width: Int) {
    unsafe each(keys) { key in
      if unsafe key.pointee.node_case == PG_QUERY__NODE__NODE_A_CONST,
        case .integer(let place)? = unsafe constant(key), place < 1 || place > width
      {
        refuse("42P10", "\(clause) position \(place), where \(width) columns are selected")
      }
    }
  }

  /// How many columns a query returns; nil where a `*` stands for some.
  func width(_ select: PgQuery__SelectStmt) -> Int? {
    var select = unsafe select
    for _ in 0..<64 {
      if unsafe select.op == PG_QUERY__SET_OPERATION__SETOP_NONE { break }
      guard let right = unsafe select.rarg else { return nil }
      unsafe select = right.pointee
    }
    guard unsafe select.op == PG_QUERY__SET_OPERATION__SETOP_NONE else { return nil }
    if unsafe select.n_values_lists > 0 {
      return unsafe elements(nodes(select.n_values_lists, select.values_lists).first).count
    }
    let targets = unsafe nodes(select.n_target_list, select.target_list)
    for target in unsafe targets.indices {
      guard unsafe targets[target].pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET,
        let value = unsafe targets[target].pointee.res_target?.pointee.val
      else { return nil }
      switch unsafe value.pointee.node_case {
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        guard unsafe columnReference(value)?.column != nil else { return nil }
      case PG_QUERY__NODE__NODE_A_INDIRECTION: return nil
      default: break
      }
    }
    return unsafe targets.count
  }

  func width(_ query: CNode?) -> Int? {
    guard let query = unsafe query,
      unsafe query.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT
    else { return nil }
    return unsafe query.pointee.select_stmt.flatMap { unsafe width($0.pointee) }
  }

  // MARK: Names

  private func refuseNames(of select: PgQuery__SelectStmt) {
    unsafe refuseTwice(nodes(select.n_from_clause, select.from_clause))
    if let clause = unsafe select.with_clause?.pointee { unsafe refuseQueries(of: clause) }
  }

  /// Refuses a second table of one name in FROM, and of UPDATE's and DELETE's (`checkNameSpaceConflicts`).
  func refuseTwice(_ from: [CNode]) {
    if let only = unsafe from.first, unsafe from.count == 1,
      unsafe only.pointee.node_case != PG_QUERY__NODE__NODE_JOIN_EXPR
    {
      return
    }
    var seen: [String: String?] = [:]
    unsafe each(from) { unsafe refuseTwice($0, &seen, depth: 0) }
  }

  /// - Parameter seen: the schema that is written with a name, or nil for one that stands for no table by
  ///   itself: tables of two schemas may have one name.
  private func refuseTwice(_ node: CNode?, _ seen: inout [String: String?], depth: Int) {
    guard let node = unsafe node, depth < 64 else { return }
    var name: String?
    var schema: String?
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      guard let table = unsafe node.pointee.range_var?.pointee else { return }
      name = unsafe optionalText(table.alias?.pointee.aliasname)
      if name == nil {
        name = unsafe text(table.relname)
        schema = unsafe text(table.schemaname)
      }
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      name = unsafe optionalText(node.pointee.range_subselect?.pointee.alias?.pointee.aliasname)
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      guard let join = unsafe node.pointee.join_expr?.pointee else { return }
      name = unsafe optionalText(join.alias?.pointee.aliasname)
      // Its own name hides those inside.
      var inner: [String: String?] = [:]
      if name == nil { swap(&inner, &seen) }
      unsafe refuseTwice(join.larg, &inner, depth: depth + 1)
      unsafe refuseTwice(join.rarg, &inner, depth: depth + 1)
      if name == nil { swap(&inner, &seen) }
    default: return
    }
    guard let name else { return }
    if let other = seen[name], other == nil || schema == nil || other == schema {
      refuse("42712", "table \(name) is named more than once")
    }
    seen[name] = .some(schema)
  }

  private func refuseQueries(of clause: PgQuery__WithClause) {
    var names: Set<String> = []
    unsafe each(nodes(clause.n_ctes, clause.ctes)) { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR,
        let query = unsafe node.pointee.common_table_expr?.pointee
      else { return }
      let name = unsafe text(query.ctename)
      if !names.insert(name).inserted { refuse("42712", "WITH query \(name) twice") }
      if let width = unsafe width(query.ctequery), unsafe query.n_aliascolnames > width {
        refuse("42P10", "more names than columns of WITH query \(name)")
      }
    }
  }

  // MARK: Rows

  /// Refuses a subquery of the wrong number of columns (`transformSubLink`).
  func refuseWidth(of link: PgQuery__SubLink) {
    guard let width = unsafe width(link.subselect) else { return }
    switch unsafe link.sub_link_type {
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK, PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
      if width != 1 { refuse("42601", "a subquery of \(width) columns for one value") }
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK, PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK,
      PG_QUERY__SUB_LINK_TYPE__ROWCOMPARE_SUBLINK:
      let length = unsafe rowLength(link.testexpr) ?? 1
      if width != length {
        refuse("42601", "a subquery of \(width) columns is compared with \(length)")
      }
    default: break
    }
  }

  /// The number of values of `(a, b)` and `ROW(…)`; nil for another expression.
  private func rowLength(_ node: CNode?) -> Int? {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_ROW_EXPR
    else { return nil }
    let values = unsafe nodes(
      node.pointee.row_expr?.pointee.n_args ?? 0, node.pointee.row_expr?.pointee.args)
    let hasStar = unsafe values.contains { value in
      unsafe value.pointee.node_case == PG_QUERY__NODE__NODE_COLUMN_REF
        && columnReference(value)?.column == nil
    }
    return unsafe hasStar ? nil : values.count
  }

  /// Refuses rows of different lengths, and ANY and ALL of a number.
  func refuseRows(of expression: PgQuery__AExpr) {
    switch unsafe expression.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP, PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT,
      PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
      guard let left = unsafe rowLength(expression.lexpr),
        let right = unsafe rowLength(expression.rexpr), left != right
      else { return }
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      guard let left = unsafe rowLength(expression.lexpr),
        unsafe elements(expression.rexpr).contains(where: {
          let length = unsafe rowLength($0)
          return length != nil && length != left
        })
      else { return }
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY, PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
      if let right = unsafe expression.rexpr,
        unsafe right.pointee.node_case == PG_QUERY__NODE__NODE_A_CONST,
        unsafe constant(right)?.isNumber == true
      {
        refuse("42809", "ANY or ALL of what is no array")
      }
      return
    default: return
    }
    refuse("42601", "rows of different lengths are compared")
  }

  /// Refuses `(a, b) = …` with another number of values; the value itself is not looked at.
  func refuseLength(of assignment: PgQuery__MultiAssignRef) {
    guard unsafe assignment.colno == 1, let source = unsafe assignment.source else { return }
    let wanted = Int(unsafe assignment.ncolumns)
    var given: Int?
    if unsafe source.pointee.node_case == PG_QUERY__NODE__NODE_SUB_LINK {
      given = unsafe width(source.pointee.sub_link?.pointee.subselect)
    } else {
      given = unsafe rowLength(source)
    }
    if let given, given != wanted {
      refuse("42601", "\(given) values for \(wanted) columns")
    }
  }
}

extension SQLConstant {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }
}

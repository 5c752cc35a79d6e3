// Queries and statements that write rows into their typed parts.

internal import CPGQuery

extension Translator {
  private typealias Select = UnsafeMutablePointer<PgQuery__SelectStmt>

  /// Those of a SELECT or VALUES; nil where it has other parts, or stands too deep.
  func typedParts(ofQuery node: CNode?, depth: Int = 0) -> TypedParts? {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
      let select = unsafe node.pointee.select_stmt
    else { return nil }
    return unsafe typedParts(of: select, depth: depth)
  }

  private func typedParts(of pointer: Select, depth: Int) -> TypedParts? {
    guard depth < Self.deepestForm else { return nil }
    let select = unsafe pointer.pointee
    let depth = depth + 1
    var parts = TypedParts()
    unsafe parts.with = namedQueries(select.with_clause, depth)
    unsafe parts.ordered = sortedForms(nodes(select.n_sort_clause, select.sort_clause), depth)
    guard unsafe select.op == PG_QUERY__SET_OPERATION__SETOP_NONE else {
      guard let left = unsafe select.larg, let right = unsafe select.rarg,
        let first = unsafe typedParts(of: left, depth: depth),
        let second = unsafe typedParts(of: right, depth: depth)
      else { return nil }
      parts.united = [first, second]
      return parts
    }
    guard unsafe select.n_values_lists == 0 else {
      parts.rows = unsafe nodes(select.n_values_lists, select.values_lists).map { row in
        unsafe typedForms(elements(row), depth)
      }
      parts.names = (parts.rows.first ?? []).indices.map { "column\($0 + 1)" }
      return parts
    }
    unsafe add(nodes(select.n_from_clause, select.from_clause), depth, to: &parts)
    if unsafe select.where_clause != nil {
      unsafe parts.conditions.append(typedForm(select.where_clause, depth: depth))
    }
    if unsafe select.having_clause != nil {
      let having = unsafe typedForm(select.having_clause, depth: depth)
      parts.having = having
      parts.conditions.append(having)
    }
    unsafe addValues(nodes(select.n_target_list, select.target_list), depth, to: &parts)
    // DISTINCT without ON has one empty node.
    let distinct = unsafe nodes(select.n_distinct_clause, select.distinct_clause).filter {
      unsafe $0.pointee.node_case != PG_QUERY__NODE__NODE__NOT_SET
    }
    unsafe parts.distinctOn = typedForms(distinct, depth)
    parts.isDistinct = unsafe select.n_distinct_clause > 0 && distinct.isEmpty
    unsafe parts.limits = typedForms(
      [select.limit_count, select.limit_offset].compactMap(\.self), depth)
    unsafe parts.grouped = typedForms(nodes(select.n_group_clause, select.group_clause), depth)
    return parts
  }

  // MARK: - WITH

  private func namedQueries(
    _ clause: UnsafeMutablePointer<PgQuery__WithClause>?, _ depth: Int
  ) -> [TypedParts.Named] {
    guard let clause = unsafe clause?.pointee else { return [] }
    let isRecursive = unsafe clause.recursive != 0
    return unsafe nodes(clause.n_ctes, clause.ctes).compactMap { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR,
        let query = unsafe node.pointee.common_table_expr?.pointee
      else { return nil }
      var named = unsafe TypedParts.Named(
        name: text(query.ctename), columnNames: strings(query.n_aliascolnames, query.aliascolnames),
        isRecursive: isRecursive)
      // Both add columns.
      if unsafe query.search_clause == nil && query.cycle_clause == nil {
        unsafe read(query.ctequery, depth, into: &named)
      }
      return named
    }
  }

  private func read(_ node: CNode?, _ depth: Int, into named: inout TypedParts.Named) {
    guard let node = unsafe node else { return }
    var target: UnsafeMutablePointer<PgQuery__RangeVar>?
    var returning: [CNode] = unsafe []
    var from: [CNode] = unsafe []
    var condition: CNode?
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      guard let statement = unsafe node.pointee.insert_stmt?.pointee else { return }
      unsafe target = statement.relation
      unsafe returning = nodes(statement.n_returning_list, statement.returning_list)
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      guard let statement = unsafe node.pointee.update_stmt?.pointee else { return }
      unsafe target = statement.relation
      unsafe from = nodes(statement.n_from_clause, statement.from_clause)
      unsafe condition = statement.where_clause
      unsafe returning = nodes(statement.n_returning_list, statement.returning_list)
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      guard let statement = unsafe node.pointee.delete_stmt?.pointee else { return }
      unsafe target = statement.relation
      unsafe from = nodes(statement.n_using_clause, statement.using_clause)
      unsafe condition = statement.where_clause
      unsafe returning = nodes(statement.n_returning_list, statement.returning_list)
    default:
      named.query = unsafe typedParts(ofQuery: node, depth: depth)
      return
    }
    guard let target = unsafe target else { return }
    named.target = unsafe RelationUse(
      name: qualifiedName(target), alias: optionalText(target.pointee.alias?.pointee.aliasname))
    var parts = TypedParts()
    unsafe add(from, depth, to: &parts)
    if unsafe condition != nil {
      unsafe parts.conditions.append(typedForm(condition, depth: depth))
    }
    unsafe addValues(returning, depth, to: &parts)
    named.query = parts
  }

  // MARK: - Statements that write rows

  /// Those of INSERT: what its rows or its query give.
  /// - Parameter columns: empty where the statement names none.
  func typedParts(
    inserting statement: PgQuery__InsertStmt, into columns: [String], returning: [CNode]
  ) -> TypedParts? {
    var parts = unsafe inserted(statement.select_stmt, columns) ?? TypedParts()
    unsafe parts.with = namedQueries(statement.with_clause, 0) + parts.with
    parts.alias = unsafe optionalText(statement.relation?.pointee.alias?.pointee.aliasname)
    parts.returned = unsafe returning.compactMap { node in
      unsafe resultTarget(node).map { unsafe typedForm($0.val) }
    }
    if let clause = unsafe statement.on_conflict_clause?.pointee {
      var conflict = TypedParts.Conflict()
      conflict.assigned = unsafe assignments(
        nodes(clause.n_target_list, clause.target_list), keepingLiterals: true)
      if unsafe clause.where_clause != nil {
        unsafe conflict.conditions.append(typedForm(clause.where_clause))
      }
      parts.conflict = conflict
    }
    return parts
  }

  private func inserted(_ source: CNode?, _ columns: [String]) -> TypedParts? {
    guard let select = unsafe source?.pointee.select_stmt?.pointee else { return nil }
    guard unsafe select.n_values_lists > 0 else {
      guard var parts = unsafe typedParts(ofQuery: source) else { return nil }
      parts.inserted = columns
      return parts
    }
    var parts = TypedParts()
    unsafe parts.with = namedQueries(select.with_clause, 0)
    unsafe each(nodes(select.n_values_lists, select.values_lists)) { row in
      let values = unsafe elements(row).map { unsafe typedForm($0) }
      // `(row).*` stands for several.
      if values.contains(where: \.isStar) { return }
      // Literals are held to their columns as they stand.
      parts.assigned += assignments(of: values, to: columns).filter { !$0.value.isConstant }
    }
    return parts
  }

  private func assignments(
    of values: [TypedForm], to columns: [String]
  ) -> [TypedParts.Assigned] {
    let targets: [TypedParts.Target] =
      columns.isEmpty ? values.indices.map { .place($0) } : columns.map { .column($0) }
    return zip(targets, values).map { .init(target: $0, value: $1) }
  }

  /// Those of UPDATE and DELETE.
  func typedParts(
    setting targets: [CNode], from: [CNode], where condition: CNode?, returning: [CNode],
    _ with: UnsafeMutablePointer<PgQuery__WithClause>?
  ) -> TypedParts? {
    var parts = TypedParts()
    unsafe parts.with = namedQueries(with, 0)
    unsafe add(from, 0, to: &parts)
    parts.assigned = unsafe assignments(targets)
    parts.assignedRows = unsafe assignedRows(targets)
    if unsafe condition != nil { unsafe parts.conditions.append(typedForm(condition)) }
    unsafe addValues(returning, 0, to: &parts)
    return parts
  }

  /// - Parameter keepingLiterals: what a literal is assigned to is asked nowhere else.
  private func assignments(
    _ targets: [CNode], keepingLiterals: Bool = false
  ) -> [TypedParts.Assigned] {
    unsafe targets.compactMap { node in
      guard let target = unsafe resultTarget(node), unsafe !isPart(node) else { return nil }
      let value = unsafe typedForm(assignedValue(target.val))
      // Literals are held to their columns as they stand.
      let kind = unsafe target.val?.pointee.node_case
      let isAlone = kind != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF
      if isAlone, !keepingLiterals, value.isConstant { return nil }
      return unsafe .init(target: .column(text(target.name)), value: value)
    }
  }

  /// Of `(a, b) = (1, 2)` the value for its column.
  private func assignedValue(_ node: CNode?) -> CNode? {
    guard let node = unsafe node,
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF,
      let reference = unsafe node.pointee.multi_assign_ref?.pointee,
      let source = unsafe reference.source,
      unsafe source.pointee.node_case == PG_QUERY__NODE__NODE_ROW_EXPR,
      let row = unsafe source.pointee.row_expr?.pointee
    else { return unsafe node }
    let values = unsafe nodes(row.n_args, row.args)
    if unsafe values.contains(where: { unsafe isStar($0) }) { return unsafe node }
    let place = unsafe Int(reference.colno) - 1
    return unsafe values.indices.contains(place) ? values[place] : node
  }

  /// `(a, b) = (SELECT …)`, once for all of its columns.
  private func assignedRows(_ targets: [CNode]) -> [TypedParts.AssignedRow] {
    unsafe targets.indices.compactMap { place in
      guard let value = unsafe resultTarget(targets[place])?.val,
        unsafe value.pointee.node_case == PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF,
        let reference = unsafe value.pointee.multi_assign_ref?.pointee,
        unsafe reference.colno == 1, let source = unsafe reference.source,
        unsafe source.pointee.node_case == PG_QUERY__NODE__NODE_SUB_LINK,
        let link = unsafe source.pointee.sub_link?.pointee,
        let query = unsafe typedParts(ofQuery: link.subselect)
      else { return nil }
      let all = unsafe targets[place...].prefix(Int(reference.ncolumns))
      guard unsafe !all.contains(where: { unsafe isPart($0) }) else { return nil }
      return unsafe TypedParts.AssignedRow(
        columns: all.map { unsafe text(resultTarget($0)?.name) }, query: query)
    }
  }

  private func isStar(_ node: CNode) -> Bool {
    unsafe columnReference(node).map { $0.column == nil } ?? false
  }

  // MARK: - Values

  /// What a SELECT or RETURNING gives.
  private func addValues(_ targets: [CNode], _ depth: Int, to parts: inout TypedParts) {
    unsafe each(targets) { node in
      guard let target = unsafe resultTarget(node) else { return }
      unsafe parts.values.append(typedForm(target.val, depth: depth))
      unsafe parts.names.append(
        optionalText(target.name) ?? impliedName(target.val, otherwise: "?column?"))
    }
  }

  /// `a[1]` or `a.b` in the place of a column that is written.
  func isPart(_ target: CNode) -> Bool {
    unsafe resultTarget(target).map { unsafe $0.n_indirection > 0 } ?? false
  }

  private func resultTarget(_ node: CNode) -> PgQuery__ResTarget? {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET else { return nil }
    return unsafe node.pointee.res_target?.pointee
  }

  // MARK: - FROM

  private func add(_ from: [CNode], _ depth: Int, to parts: inout TypedParts) {
    unsafe each(from) { unsafe add($0, depth, joins: 0, to: &parts) }
  }

  private func add(_ node: CNode?, _ depth: Int, joins: Int, to parts: inout TypedParts) {
    guard let node = unsafe node, joins < 64 else {
      return parts.sources.append(TypedSource(kind: .other))
    }
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_JOIN_EXPR,
      let join = unsafe node.pointee.join_expr?.pointee
    else { return parts.sources.append(unsafe source(node, depth)) }
    unsafe add(join.larg, depth, joins: joins + 1, to: &parts)
    unsafe add(join.rarg, depth, joins: joins + 1, to: &parts)
    if unsafe join.alias != nil || join.join_using_alias != nil {
      parts.sources.append(TypedSource(kind: .other))
    }
    if unsafe join.is_natural != 0 || join.n_using_clause > 0 { parts.mergesColumns = true }
    unsafe parts.joined += strings(join.n_using_clause, join.using_clause)
    if unsafe join.quals != nil {
      unsafe parts.conditions.append(typedForm(join.quals, depth: depth))
    }
  }

  private func source(_ node: CNode, _ depth: Int) -> TypedSource {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      guard let relation = unsafe node.pointee.range_var else { break }
      return unsafe source(.relation(qualifiedName(relation)), relation.pointee.alias)
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      guard let entry = unsafe node.pointee.range_subselect?.pointee else { break }
      guard let query = unsafe typedParts(ofQuery: entry.subquery, depth: depth) else {
        return unsafe source(.other, entry.alias)
      }
      return unsafe source(.query(query, isLateral: entry.lateral != 0), entry.alias)
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      guard let entry = unsafe node.pointee.range_function?.pointee else { break }
      return unsafe source(calledSource(entry, depth), entry.alias)
    default: break
    }
    return TypedSource(kind: .other)
  }

  private func source(
    _ kind: TypedSource.Kind, _ alias: UnsafeMutablePointer<PgQuery__Alias>?
  ) -> TypedSource {
    let names = unsafe alias.map { unsafe strings($0.pointee.n_colnames, $0.pointee.colnames) }
    return unsafe TypedSource(
      kind: kind, alias: optionalText(alias?.pointee.aliasname), columnNames: names ?? [])
  }

  private func calledSource(_ entry: PgQuery__RangeFunction, _ depth: Int) -> TypedSource.Kind {
    guard unsafe entry.n_functions == 1, unsafe entry.ordinality == 0,
      unsafe entry.is_rowsfrom == 0,
      let first = unsafe elements(nodes(entry.n_functions, entry.functions).first).first,
      case .call(let name, let arguments) = unsafe typedForm(first, depth: depth)
    else { return .other }
    let columns = unsafe nodes(entry.n_coldeflist, entry.coldeflist).compactMap { node in
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF
        ? node.pointee.column_def : nil
    }
    return unsafe .call(
      name, arguments,
      columns: columns.map { column in
        unsafe TypedSource.Column(
          name: text(column.pointee.colname), type: typeName(column.pointee.type_name))
      })
  }
}

extension TypedForm {
  fileprivate var isConstant: Bool { if case .constant = self { true } else { false } }

  /// `*` and `t.*`
  package var isStar: Bool {
    if case .column(let reference) = self { reference.column == nil } else { false }
  }
}

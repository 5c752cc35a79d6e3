// Collects from a subtree what it reads, calls and casts to.

internal import CPGQuery

/// What an expression or query depends on, in order of appearance, each once.
struct TreeFacts {
  var columns = UniqueList<ColumnReference>()
  var functions = UniqueList<FunctionCall>()
  var operators = UniqueList<QualifiedName>()
  var casts = UniqueList<TypeName>()
  var typedLiterals = UniqueList<TypedLiteral>()
  var relations = UniqueList<RelationUse>()
  /// What else columns are qualified by: queries of WITH, subqueries, functions and joins, by alias or name.
  var derived: Set<String> = []
  var dataModifying: [Statement] = []
  /// The columns of JOIN … USING.
  var joinColumns = UniqueList<String>()
  /// What is taken of a value in parentheses: `z` of `(t).z`.
  var fields = UniqueList<String>()
  var containsNaturalJoin = false
  var containsSubquery = false
  /// A subquery stands for a value, and may return more than one row.
  var containsScalarSubquery = false
  var containsParameter = false
  /// The greatest number of a parameter; 0 where there is none.
  var lastParameter = 0
  var locksRows = false
  /// Those outside of subqueries, which stand for values of the query around them.
  var special = SpecialCalls()
  /// How many subqueries are around the current place.
  var subqueries = 0
  /// The subquery that comes next is for several columns.
  var assignsRow = false
  /// The aggregate that is around the current place, in the same query.
  var aggregate: String?
  /// The windows of the query that is around the current place; nil outside of queries.
  var windows: [String: NamedWindow]?
}

/// Functions that make one value of all rows.
private let aggregates: Set<String> = ["max", "min", "count", "sum", "avg", "bool_or", "bool_and"]

/// A list that takes each value once; linear in the number of values that are offered.
struct UniqueList<Value: Hashable> {
  private(set) var values: [Value] = []
  /// Filled once the list is too long to be searched.
  private var seen: Set<Value> = []

  mutating func append(_ value: Value) {
    if values.count < 8 {
      guard !values.contains(value) else { return }
    } else {
      if seen.isEmpty { seen = Set(values) }
      guard seen.insert(value).inserted else { return }
    }
    values.append(value)
  }
}

extension Translator {
  /// Adds what stands in `node` to `facts`.
  func collect(_ node: CNode?, into facts: inout TreeFacts) {
    guard let node = unsafe node, let message = unsafe node.pointee.range_var else { return }
    unsafe collect(
      UnsafeRawPointer(message), nodeCase: node.pointee.node_case, into: &facts)
  }

  func collect(_ nodes: [CNode], into facts: inout TreeFacts) {
    unsafe each(nodes) { unsafe collect($0, into: &facts) }
  }

  /// Runs `body` with the queries of WITH visible, after adding what stands in them.
  func withQueries<Result>(
    _ clause: UnsafeMutablePointer<PgQuery__WithClause>?, into facts: inout TreeFacts,
    _ body: (inout TreeFacts) -> Result
  ) -> Result {
    let outer = visibleQueries.count
    defer { visibleQueries.removeSubrange(outer...) }
    if let clause = unsafe clause { unsafe collectQueries(clause, into: &facts) }
    return body(&facts)
  }

  /// Without RECURSIVE a query sees those before it, with RECURSIVE all and itself (manual, SELECT).
  private func collectQueries(
    _ clause: UnsafeMutablePointer<PgQuery__WithClause>, into facts: inout TreeFacts
  ) {
    let queries = unsafe nodes(clause.pointee.n_ctes, clause.pointee.ctes).compactMap { node in
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR
        ? node.pointee.common_table_expr : nil
    }
    let isRecursive = unsafe clause.pointee.recursive != 0
    if isRecursive {
      visibleQueries += unsafe queries.map { unsafe text($0.pointee.ctename) }
    }
    unsafe each(queries) { query in
      unsafe collect(query.pointee.ctequery, into: &facts)
      if !isRecursive { visibleQueries.append(unsafe text(query.pointee.ctename)) }
    }
  }

  private func collect(
    _ message: UnsafeRawPointer, nodeCase: PgQuery__Node__NodeCase, into facts: inout TreeFacts
  ) {
    switch nodeCase {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      let message = unsafe message.assumingMemoryBound(to: PgQuery__ColumnRef.self)
      unsafe facts.columns.append(columnReference(message))
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      unsafe collectRelation(
        message.assumingMemoryBound(to: PgQuery__RangeVar.self), into: &facts)
    case PG_QUERY__NODE__NODE_ALIAS:
      let alias = unsafe message.assumingMemoryBound(to: PgQuery__Alias.self).pointee
      unsafe facts.derived.insert(text(alias.aliasname))
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      let call = unsafe message.assumingMemoryBound(to: PgQuery__FuncCall.self)
      let found = unsafe functionCall(UnsafeMutablePointer(mutating: call))
      facts.functions.append(found)
      unsafe note(call.pointee, found.name, in: &facts)
      unsafe refuseWindow(of: call.pointee, facts.windows)
      let outer = facts.aggregate
      if unsafe call.pointee.over == nil, RoutineNature(of: found.name) == .aggregate {
        facts.aggregate = found.name.name
      }
      unsafe collectChildren(message, into: &facts)
      facts.aggregate = outer
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      unsafe collectCast(message.assumingMemoryBound(to: PgQuery__TypeCast.self), into: &facts)
    case PG_QUERY__NODE__NODE_A_EXPR:
      let expression = unsafe message.assumingMemoryBound(to: PgQuery__AExpr.self)
      let name = unsafe strings(expression.pointee.n_name, expression.pointee.name)
      if !name.isEmpty { facts.operators.append(qualifiedName(name)) }
      unsafe refuseRows(of: expression.pointee)
      unsafe collectChildren(message, into: &facts)
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      let function = unsafe message.assumingMemoryBound(to: PgQuery__SQLValueFunction.self)
      let name = unsafe valueFunctionName(function.pointee.op)
      facts.functions.append(FunctionCall(name: QualifiedName(schema: "pg_catalog", name)))
    case PG_QUERY__NODE__NODE_PARAM_REF:
      facts.containsParameter = true
      let number = unsafe message.assumingMemoryBound(to: PgQuery__ParamRef.self).pointee.number
      facts.lastParameter = max(facts.lastParameter, Int(number))
    case PG_QUERY__NODE__NODE_SUB_LINK:
      facts.containsSubquery = true
      let link = unsafe message.assumingMemoryBound(to: PgQuery__SubLink.self)
      if unsafe mayGiveRows(link.pointee) { facts.containsScalarSubquery = true }
      if facts.assignsRow { facts.assignsRow = false } else { unsafe refuseWidth(of: link.pointee) }
      unsafe collect(link.pointee.testexpr, into: &facts)
      facts.subqueries += 1
      unsafe collect(link.pointee.subselect, into: &facts)
      facts.subqueries -= 1
    case PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF:
      let assignment = unsafe message.assumingMemoryBound(to: PgQuery__MultiAssignRef.self)
      unsafe refuseLength(of: assignment.pointee)
      facts.assignsRow =
        unsafe assignment.pointee.source?.pointee.node_case == PG_QUERY__NODE__NODE_SUB_LINK
      unsafe collectChildren(message, into: &facts)
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      let join = unsafe message.assumingMemoryBound(to: PgQuery__JoinExpr.self)
      if unsafe join.pointee.is_natural != 0 { facts.containsNaturalJoin = true }
      for name in unsafe strings(join.pointee.n_using_clause, join.pointee.using_clause) {
        facts.joinColumns.append(name)
      }
      unsafe collectChildren(message, into: &facts)
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
      let value = unsafe message.assumingMemoryBound(to: PgQuery__AIndirection.self)
      let parts = unsafe nodes(value.pointee.n_indirection, value.pointee.indirection)
      for name in unsafe parts.compactMap({ unsafe stringValue($0) }) { facts.fields.append(name) }
      unsafe collectChildren(message, into: &facts)
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      let query = unsafe message.assumingMemoryBound(to: PgQuery__SelectStmt.self)
      let outer = (facts.aggregate, facts.windows)
      facts.aggregate = nil
      unsafe withQueries(query.pointee.with_clause, into: &facts) { facts in
        facts.windows = unsafe namedWindows(of: query.pointee)
        unsafe collectChildren(message, into: &facts)
      }
      (facts.aggregate, facts.windows) = outer
      unsafe refuseParts(of: query.pointee, facts)
    case PG_QUERY__NODE__NODE_INSERT_STMT, PG_QUERY__NODE__NODE_UPDATE_STMT,
      PG_QUERY__NODE__NODE_DELETE_STMT, PG_QUERY__NODE__NODE_MERGE_STMT:
      unsafe facts.dataModifying.append(dataModifying(message, nodeCase: nodeCase))
    case PG_QUERY__NODE__NODE_LOCKING_CLAUSE:
      facts.locksRows = true
    case PG_QUERY__NODE__NODE_WITH_CLAUSE, PG_QUERY__NODE__NODE_INTO_CLAUSE,
      PG_QUERY__NODE__NODE_TYPE_NAME, PG_QUERY__NODE__NODE_A_CONST,
      PG_QUERY__NODE__NODE_STRING, PG_QUERY__NODE__NODE_INTEGER, PG_QUERY__NODE__NODE_FLOAT:
      break
    default:
      unsafe collectChildren(message, into: &facts)
    }
  }

  /// Whether more than one row of a subquery may stand where one value is wanted.
  private func mayGiveRows(_ link: PgQuery__SubLink) -> Bool {
    guard
      unsafe link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK
        || link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ROWCOMPARE_SUBLINK
    else { return false }
    guard let node = unsafe link.subselect,
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
      let select = unsafe node.pointee.select_stmt?.pointee,
      unsafe select.op == PG_QUERY__SET_OPERATION__SETOP_NONE
    else { return true }
    if unsafe select.n_from_clause == 0 { return unsafe select.n_values_lists > 1 }
    if unsafe constant(select.limit_count) == .integer(1) { return false }
    let output = unsafe nodes(select.n_target_list, select.target_list)
    guard unsafe select.n_group_clause == 0, unsafe output.count == 1,
      unsafe output[0].pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET,
      let value = unsafe output[0].pointee.res_target?.pointee.val,
      unsafe value.pointee.node_case == PG_QUERY__NODE__NODE_FUNC_CALL,
      let call = unsafe value.pointee.func_call, unsafe call.pointee.over == nil
    else { return true }
    return unsafe !aggregates.contains(functionCall(call).name.name)
  }

  private func collectChildren(_ message: UnsafeRawPointer, into facts: inout TreeFacts) {
    guard let shape = unsafe MessageShape.of(message) else { return misunderstood(()) }
    for child in shape.children {
      unsafe each(child.values(in: message)) { value in
        unsafe collectAny(value, into: &facts)
      }
    }
  }

  /// A message of any type, as the fields of other messages hold them.
  private func collectAny(_ message: UnsafeRawPointer, into facts: inout TreeFacts) {
    guard let shape = unsafe MessageShape.of(message) else { return misunderstood(()) }
    if shape.isNode {
      let node = unsafe message.assumingMemoryBound(to: PgQuery__Node.self)
      unsafe collect(CNode(mutating: node), into: &facts)
    } else if let nodeCase = shape.nodeCase {
      unsafe collect(
        message, nodeCase: PgQuery__Node__NodeCase(rawValue: nodeCase), into: &facts)
    }
  }

  private func collectRelation(
    _ relation: UnsafePointer<PgQuery__RangeVar>, into facts: inout TreeFacts
  ) {
    if let use = unsafe relationUse(relation) {
      facts.relations.append(use)
    } else {
      let alias = unsafe optionalText(relation.pointee.alias?.pointee.aliasname)
      unsafe facts.derived.insert(alias ?? text(relation.pointee.relname))
    }
  }

  /// Nil for what is no relation but a query of WITH.
  func relationUse(_ relation: UnsafePointer<PgQuery__RangeVar>) -> RelationUse? {
    let name = unsafe qualifiedName(UnsafeMutablePointer(mutating: relation))
    if name.schema == nil, visibleQueries.contains(name.name) { return nil }
    let alias = unsafe relation.pointee.alias?.pointee
    var use = RelationUse(name: name, alias: unsafe optionalText(alias?.aliasname))
    use.namesColumns = unsafe (alias?.n_colnames ?? 0) > 0
    return use
  }

  /// TRUE and FALSE are casts in the grammar's tree, which nobody wrote.
  private func collectCast(
    _ cast: UnsafePointer<PgQuery__TypeCast>, into facts: inout TreeFacts
  ) {
    let type = unsafe typeName(cast.pointee.type_name)
    let argument = unsafe cast.pointee.arg
    if case .boolean = unsafe constant(argument), type == .builtin("bool") { return }
    facts.casts.append(type)
    if let argument = unsafe argument,
      unsafe argument.pointee.node_case == PG_QUERY__NODE__NODE_A_CONST,
      case .string(let text)? = unsafe constant(argument)
    {
      facts.typedLiterals.append(TypedLiteral(text: text, type: type))
    }
    unsafe collect(argument, into: &facts)
  }

  private func columnReference(
    _ reference: UnsafePointer<PgQuery__ColumnRef>
  ) -> ColumnReference {
    let parts = unsafe nodes(reference.pointee.n_fields, reference.pointee.fields).map {
      unsafe stringValue($0)
    }
    guard let last = parts.last else { return misunderstood(ColumnReference(column: nil)) }
    return ColumnReference(qualifier: parts.dropLast().compactMap { $0 }, column: last)
  }

  func functionCall(_ call: UnsafeMutablePointer<PgQuery__FuncCall>) -> FunctionCall {
    unsafe FunctionCall(
      name: qualifiedName(call.pointee.n_funcname, call.pointee.funcname),
      arguments: nodes(call.pointee.n_args, call.pointee.args).map { unsafe constant($0) })
  }

  func valueFunctionName(_ operation: PgQuery__SQLValueFunctionOp) -> String {
    switch operation {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE: "current_date"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME,
      PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
      "current_time"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP,
      PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
      "current_timestamp"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME,
      PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
      "localtime"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP,
      PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
      "localtimestamp"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE: "current_role"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER: "current_user"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER: "user"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER: "session_user"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG: "current_catalog"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA: "current_schema"
    default: misunderstood("")
    }
  }
}

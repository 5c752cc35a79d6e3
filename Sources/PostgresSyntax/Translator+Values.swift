// Value expressions of the tree into our own.

internal import CPGQuery

extension Translator {
  /// The expression of `SELECT expression`.
  func onlyTarget(of node: CNode?) -> CNode? {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
      let select = unsafe node.pointee.select_stmt?.pointee, unsafe select.n_target_list == 1,
      unsafe select.n_from_clause == 0, unsafe select.where_clause == nil,
      let target = unsafe nodes(1, select.target_list).first,
      unsafe target.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET
    else { return nil }
    return unsafe target.pointee.res_target?.pointee.val
  }

  /// Deeper ones are not worth a question.
  private static let deepest = 30

  func valueTree(_ node: CNode?, depth: Int) -> ValueTree? {
    guard let node = unsafe node, depth < Self.deepest else { return nil }
    let depth = depth + 1
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      guard let column = unsafe columnReference(node), column.column != nil else { return nil }
      return .column(column)
    case PG_QUERY__NODE__NODE_A_CONST: return unsafe constant(node).map(ValueTree.constant)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      guard let cast = unsafe node.pointee.type_cast?.pointee,
        let value = unsafe valueTree(cast.arg, depth: depth)
      else { return nil }
      let type = unsafe typeName(cast.type_name)
      // TRUE and FALSE are casts in the grammar's tree.
      if case .constant(.boolean) = value, type == .builtin("bool") { return value }
      return .cast(value, type)
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return unsafe node.pointee.func_call.flatMap { unsafe callTree($0.pointee, depth) }
    case PG_QUERY__NODE__NODE_A_EXPR:
      return unsafe node.pointee.a_expr.flatMap { unsafe operationTree($0.pointee, depth) }
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      return unsafe node.pointee.bool_expr.flatMap { unsafe logicTree($0.pointee, depth) }
    case PG_QUERY__NODE__NODE_NULL_TEST:
      guard let test = unsafe node.pointee.null_test?.pointee,
        let value = unsafe valueTree(test.arg, depth: depth)
      else { return nil }
      return unsafe test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL
        ? .isNull(value) : .not(.isNull(value))
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      guard let coalesce = unsafe node.pointee.coalesce_expr?.pointee else { return nil }
      return unsafe valueTrees(nodes(coalesce.n_args, coalesce.args), depth)
        .map(ValueTree.coalesce)
    default: return nil
    }
  }

  private func valueTrees(_ nodes: [CNode], _ depth: Int) -> [ValueTree]? {
    let trees = unsafe nodes.compactMap { unsafe valueTree($0, depth: depth) }
    return unsafe trees.count == nodes.count ? trees : nil
  }

  private func callTree(_ call: PgQuery__FuncCall, _ depth: Int) -> ValueTree? {
    guard unsafe call.n_agg_order == 0, unsafe call.agg_filter == nil, unsafe call.over == nil,
      unsafe call.agg_star == 0, unsafe call.agg_distinct == 0, unsafe call.func_variadic == 0,
      unsafe call.agg_within_group == 0,
      let arguments = unsafe valueTrees(nodes(call.n_args, call.args), depth)
    else { return nil }
    return unsafe .call(qualifiedName(call.n_funcname, call.funcname), arguments)
  }

  private func logicTree(_ expression: PgQuery__BoolExpr, _ depth: Int) -> ValueTree? {
    guard let parts = unsafe valueTrees(nodes(expression.n_args, expression.args), depth) else {
      return nil
    }
    switch unsafe expression.boolop {
    case PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR: return .all(parts)
    case PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR: return .any(parts)
    case PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR: return parts.first.map(ValueTree.not)
    default: return nil
    }
  }

  private func operationTree(_ expression: PgQuery__AExpr, _ depth: Int) -> ValueTree? {
    let name = unsafe qualifiedName(expression.n_name, expression.name)
    let left = unsafe expression.lexpr == nil ? nil : valueTree(expression.lexpr, depth: depth)
    if unsafe expression.lexpr != nil, left == nil { return nil }
    switch unsafe expression.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP, PG_QUERY__A__EXPR__KIND__AEXPR_LIKE,
      PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
      guard let right = unsafe valueTree(expression.rexpr, depth: depth) else { return nil }
      return .operation(name, left: left, right: right)
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      guard let left, let values = unsafe valueTrees(elements(expression.rexpr), depth) else {
        return nil
      }
      let among = ValueTree.among(left, values)
      return name.name == "<>" ? .not(among) : among
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      guard let left, name == QualifiedName("="),
        let values = unsafe arrayTrees(expression.rexpr, depth)
      else { return nil }
      return .among(left, values)
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
      let ends = unsafe elements(expression.rexpr)
      guard let left, unsafe ends.count == 2,
        let low = unsafe valueTree(ends[0], depth: depth),
        let high = unsafe valueTree(ends[1], depth: depth)
      else { return nil }
      let between = ValueTree.all([
        .operation(QualifiedName(">="), left: left, right: low),
        .operation(QualifiedName("<="), left: left, right: high),
      ])
      return unsafe expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN
        ? between : .not(between)
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
      guard let left, let right = unsafe valueTree(expression.rexpr, depth: depth) else {
        return nil
      }
      let differs = ValueTree.differs(left, right)
      return unsafe expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT
        ? differs : .not(differs)
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
      guard let left, let right = unsafe valueTree(expression.rexpr, depth: depth) else {
        return nil
      }
      return .nullIf(left, right)
    default: return nil
    }
  }

  /// The elements of `ARRAY[…]`, each with the casts around the array.
  private func arrayTrees(_ node: CNode?, _ depth: Int) -> [ValueTree]? {
    guard var node = unsafe node else { return nil }
    var casts: [TypeName] = []
    while unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_CAST {
      guard let cast = unsafe node.pointee.type_cast?.pointee, let inner = unsafe cast.arg else {
        return nil
      }
      var type = unsafe typeName(cast.type_name)
      guard type.arrayDimensions == 1 else { return nil }
      type.arrayDimensions = 0
      casts.append(type)
      unsafe node = inner
    }
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR,
      let array = unsafe node.pointee.a_array_expr?.pointee,
      let values = unsafe valueTrees(nodes(array.n_elements, array.elements), depth)
    else { return nil }
    return values.map { value in casts.reversed().reduce(value) { .cast($0, $1) } }
  }
}

extension ParseTree {
  /// The expression of `SELECT expression` as it is read, where it is the one that is expected.
  func onlyValue<Value>(
    expected: SQLExpression, _ read: (Translator, CNode) -> Value?
  ) -> Value? {
    unsafe withStatements { statements in
      guard statements.count == 1, let statement = unsafe statements[0] else { return nil }
      let translator = Translator()
      guard let node = unsafe translator.onlyTarget(of: statement.pointee.stmt) else { return nil }
      let found =
        expected.conjuncts.isEmpty
        ? unsafe translator.expression(node) : unsafe translator.condition(node)
      guard translator.isUnderstood, found == expected else { return nil }
      let value = unsafe read(translator, node)
      return translator.isUnderstood ? value : nil
    }
  }
}

// Value expressions and conditions of the tree.

internal import CPGQuery

extension Translator {
  /// - Parameter place: where it stands, which decides what may be in it; nil where that was seen already.
  func expression(_ node: CNode?, in place: ExpressionPlace? = nil) -> SQLExpression {
    var facts = TreeFacts()
    unsafe collect(node, into: &facts)
    if let place { refuse(facts, in: place) }
    return SQLExpression(
      text: unsafe expressionText(node), constant: unsafe constant(node),
      columns: facts.columns.values, functions: facts.functions.values,
      operators: facts.operators.values, casts: facts.casts.values,
      typedLiterals: facts.typedLiterals.values, relations: facts.relations.values,
      containsSubquery: facts.containsSubquery,
      containsScalarSubquery: facts.containsScalarSubquery,
      containsParameter: facts.containsParameter)
  }

  /// The expression of a WHERE, CHECK or index predicate, with its conjuncts.
  func condition(_ node: CNode?, in place: ExpressionPlace? = nil) -> SQLExpression {
    var expression = unsafe expression(node, in: place)
    let parts = unsafe conjunctNodes(node)
    expression.conjuncts = unsafe parts.map { part in
      unsafe conjunct(part) ?? .other(parts.count == 1 ? expression.text : expressionText(part))
    }
    return expression
  }

  /// Nil for no node.
  func optionalExpression(_ node: CNode?, in place: ExpressionPlace? = nil) -> SQLExpression? {
    unsafe node.map { unsafe expression($0, in: place) }
  }

  func optionalCondition(_ node: CNode?, in place: ExpressionPlace? = nil) -> SQLExpression? {
    unsafe node.map { unsafe condition($0, in: place) }
  }

  private func conjunctNodes(_ node: CNode?) -> [CNode] {
    guard let node = unsafe node else { return unsafe [] }
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_BOOL_EXPR,
      let expression = unsafe node.pointee.bool_expr,
      unsafe expression.pointee.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR
    else { return unsafe [node] }
    return unsafe nodes(expression.pointee.n_args, expression.pointee.args).flatMap {
      unsafe conjunctNodes($0)
    }
  }

  private func conjunct(_ node: CNode) -> Conjunct? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_NULL_TEST:
      guard let test = unsafe node.pointee.null_test,
        let column = unsafe columnReference(test.pointee.arg)
      else { return nil }
      let isNull = unsafe test.pointee.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL
      return isNull ? .isNull(column) : .isNotNull(column)
    case PG_QUERY__NODE__NODE_A_EXPR:
      return unsafe node.pointee.a_expr.flatMap { unsafe equality($0) }
    default:
      return nil
    }
  }

  /// `column = 1`, `1 = column`, `column IN (1, 2)` and `column = ANY (ARRAY[1, 2])`.
  private func equality(_ expression: UnsafeMutablePointer<PgQuery__AExpr>) -> Conjunct? {
    let left = unsafe expression.pointee.lexpr
    let right = unsafe expression.pointee.rexpr
    guard unsafe strings(expression.pointee.n_name, expression.pointee.name) == ["="] else {
      return nil
    }
    switch unsafe expression.pointee.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
      if let column = unsafe columnReference(left), let value = unsafe constant(right) {
        return .equals(column, [value])
      }
      guard let column = unsafe columnReference(right), let value = unsafe constant(left)
      else { return nil }
      return .equals(column, [value])
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      return unsafe membership(of: left, in: elements(right))
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      return unsafe membership(of: left, in: arrayElements(right))
    default:
      return nil
    }
  }

  private func membership(of column: CNode?, in values: [CNode]) -> Conjunct? {
    let constants = unsafe values.compactMap { unsafe constant($0) }
    guard let column = unsafe columnReference(column), !constants.isEmpty,
      unsafe constants.count == values.count
    else { return nil }
    return .equals(column, constants)
  }

  /// The elements of `ARRAY[…]`, under casts; empty for any other expression.
  private func arrayElements(_ node: CNode?) -> [CNode] {
    guard var node = unsafe node else { return unsafe [] }
    while unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_CAST {
      guard let argument = unsafe node.pointee.type_cast?.pointee.arg else { return unsafe [] }
      unsafe node = argument
    }
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR,
      let array = unsafe node.pointee.a_array_expr
    else { return unsafe [] }
    return unsafe nodes(array.pointee.n_elements, array.pointee.elements)
  }
}

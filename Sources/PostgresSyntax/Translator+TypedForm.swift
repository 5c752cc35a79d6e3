// Value expressions of the tree into forms of typed parts.

internal import CPGQuery

extension Translator {
  /// Deeper ones are not followed.
  private static let deepestForm = 30

  func typedForm(_ node: CNode?, depth: Int) -> TypedForm? {
    guard let node = unsafe node, depth < Self.deepestForm else { return nil }
    let depth = depth + 1
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_COLUMN_REF, PG_QUERY__NODE__NODE_A_CONST:
      return unsafe leafForm(node)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      guard let cast = unsafe node.pointee.type_cast?.pointee,
        let value = unsafe typedForm(cast.arg, depth: depth)
      else { return nil }
      let type = unsafe typeName(cast.type_name)
      // TRUE and FALSE are casts in the grammar's tree.
      if case .constant(.boolean) = value, type == .builtin("bool") { return value }
      return .cast(value, type)
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return unsafe typedForm(node.pointee.collate_clause?.pointee.arg, depth: depth)
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      guard let function = unsafe node.pointee.sqlvalue_function?.pointee else { return nil }
      return .call(QualifiedName(schema: "pg_catalog", unsafe valueFunctionName(function.op)), [])
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      guard let call = unsafe node.pointee.func_call?.pointee, unsafe call.func_variadic == 0,
        let arguments = unsafe typedForms(nodes(call.n_args, call.args), depth)
      else { return nil }
      return unsafe .call(qualifiedName(call.n_funcname, call.funcname), arguments)
    case PG_QUERY__NODE__NODE_A_EXPR:
      return unsafe node.pointee.a_expr.flatMap { unsafe operationForm($0.pointee, depth) }
    case PG_QUERY__NODE__NODE_BOOL_EXPR, PG_QUERY__NODE__NODE_NULL_TEST,
      PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      return unsafe truthForm(node, depth)
    case PG_QUERY__NODE__NODE_COALESCE_EXPR, PG_QUERY__NODE__NODE_MIN_MAX_EXPR,
      PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return unsafe typedForms(sharers(node), depth).map(TypedForm.shared)
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      return unsafe node.pointee.case_expr.flatMap { unsafe choiceForm($0.pointee, depth) }
    default: return nil
    }
  }

  private func typedForms(_ nodes: [CNode], _ depth: Int) -> [TypedForm]? {
    let forms = unsafe nodes.compactMap { unsafe typedForm($0, depth: depth) }
    return unsafe forms.count == nodes.count ? forms : nil
  }

  private func leafForm(_ node: CNode) -> TypedForm? {
    switch unsafe valueTree(node, depth: 0) {
    case .column(let reference)?: .column(reference)
    case .constant(let constant)?: .constant(constant)
    default: nil
    }
  }

  private func truthForm(_ node: CNode, _ depth: Int) -> TypedForm? {
    if let expression = unsafe node.pointee.bool_expr?.pointee,
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_BOOL_EXPR
    {
      return unsafe typedForms(nodes(expression.n_args, expression.args), depth)
        .map(TypedForm.truth)
    }
    if let test = unsafe node.pointee.null_test?.pointee,
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_NULL_TEST
    {
      return unsafe typedForm(test.arg, depth: depth).map(TypedForm.isNull)
    }
    return unsafe typedForm(node.pointee.boolean_test?.pointee.arg, depth: depth)
      .map { .truth([$0]) }
  }

  /// The values of COALESCE, GREATEST, LEAST and `ARRAY[…]`.
  private func sharers(_ node: CNode) -> [CNode] {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      guard let list = unsafe node.pointee.coalesce_expr?.pointee else { return unsafe [] }
      return unsafe nodes(list.n_args, list.args)
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      guard let list = unsafe node.pointee.min_max_expr?.pointee else { return unsafe [] }
      return unsafe nodes(list.n_args, list.args)
    default:
      guard let list = unsafe node.pointee.a_array_expr?.pointee else { return unsafe [] }
      return unsafe nodes(list.n_elements, list.elements)
    }
  }

  /// `CASE value WHEN …` compares; without ELSE there is a NULL.
  private func choiceForm(_ expression: PgQuery__CaseExpr, _ depth: Int) -> TypedForm? {
    let value = unsafe expression.arg == nil ? nil : typedForm(expression.arg, depth: depth)
    if unsafe expression.arg != nil, value == nil { return nil }
    let branches = unsafe nodes(expression.n_args, expression.args)
    var (tests, outcomes): ([CNode], [CNode]) = unsafe ([], [])
    unsafe each(branches) { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CASE_WHEN,
        let when = unsafe node.pointee.case_when?.pointee, let test = unsafe when.expr,
        let outcome = unsafe when.result
      else { return }
      unsafe tests.append(test)
      unsafe outcomes.append(outcome)
    }
    guard unsafe tests.count == branches.count,
      var conditions = unsafe typedForms(tests, depth),
      var results = unsafe typedForms(outcomes, depth)
    else { return nil }
    if let value {
      conditions = conditions.map { .operation(QualifiedName("="), [value, $0]) }
    }
    if unsafe expression.defresult == nil {
      results.append(.constant(.null))
    } else {
      guard let result = unsafe typedForm(expression.defresult, depth: depth) else { return nil }
      results.append(result)
    }
    return .choice(.shared(results), by: conditions)
  }

  private func operationForm(_ expression: PgQuery__AExpr, _ depth: Int) -> TypedForm? {
    let name = unsafe qualifiedName(expression.n_name, expression.name)
    let left = unsafe expression.lexpr.map { unsafe [$0] } ?? []
    let operands = unsafe left + elements(expression.rexpr)
    guard let parts = unsafe typedForms(operands, depth), !parts.isEmpty else { return nil }
    switch unsafe expression.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
      return parts.count == 2 ? .nullIf(parts[0], parts[1]) : nil
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY, PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
      guard parts.count == 2, case .shared(let values) = parts[1] else {
        return .operation(name, parts)
      }
      return .operation(name, [parts[0]] + values)
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP, PG_QUERY__A__EXPR__KIND__AEXPR_LIKE,
      PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE, PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
      return .operation(name, parts)
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN, PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN,
      PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN, PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM,
      PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM, PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT,
      PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
      return .operation(QualifiedName("="), parts)
    default: return nil
    }
  }
}

// Value expressions of the tree into forms of typed parts.

internal import CPGQuery

extension Translator {
  /// Deeper ones are not followed.
  static let deepestForm = 40

  func typedForm(_ node: CNode?, depth: Int = 0) -> TypedForm {
    guard let node = unsafe node, depth < Self.deepestForm else { return .other(isTruth: false) }
    let depth = depth + 1
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_COLUMN_REF, PG_QUERY__NODE__NODE_A_CONST:
      return unsafe leafForm(node)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      guard let cast = unsafe node.pointee.type_cast?.pointee else {
        return .other(isTruth: false)
      }
      let value = unsafe typedForm(cast.arg, depth: depth)
      let type = unsafe typeName(cast.type_name)
      // TRUE and FALSE are casts in the grammar's tree.
      if case .constant(.boolean) = value, type == .builtin("bool") { return value }
      return .cast(value, type)
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return unsafe .collated(typedForm(node.pointee.collate_clause?.pointee.arg, depth: depth))
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      guard let function = unsafe node.pointee.sqlvalue_function?.pointee else {
        return .other(isTruth: false)
      }
      return .call(QualifiedName(schema: "pg_catalog", unsafe valueFunctionName(function.op)), [])
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      guard let call = unsafe node.pointee.func_call?.pointee else {
        return .other(isTruth: false)
      }
      return unsafe callForm(call, depth)
    case PG_QUERY__NODE__NODE_A_EXPR:
      guard let expression = unsafe node.pointee.a_expr?.pointee else {
        return .other(isTruth: false)
      }
      return unsafe operationForm(expression, depth)
    case PG_QUERY__NODE__NODE_BOOL_EXPR, PG_QUERY__NODE__NODE_NULL_TEST,
      PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      return unsafe truthForm(node, depth)
    case PG_QUERY__NODE__NODE_SUB_LINK:
      guard let link = unsafe node.pointee.sub_link?.pointee else { return .other(isTruth: false) }
      return unsafe subqueryForm(link, depth)
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      guard let row = unsafe node.pointee.row_expr?.pointee else { return .other(isTruth: false) }
      return unsafe .row(typedForms(nodes(row.n_args, row.args), depth))
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
      return unsafe .made(of: [typedForm(node.pointee.a_indirection?.pointee.arg, depth: depth)])
    case PG_QUERY__NODE__NODE_COALESCE_EXPR, PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return unsafe .shared(typedForms(sharers(node), depth))
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return unsafe .array(typedForms(sharers(node), depth))
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      guard let expression = unsafe node.pointee.case_expr?.pointee else {
        return .other(isTruth: false)
      }
      return unsafe choiceForm(expression, depth)
    default: return .other(isTruth: false)
    }
  }

  func typedForms(_ nodes: [CNode], _ depth: Int) -> [TypedForm] {
    unsafe nodes.map { unsafe typedForm($0, depth: depth) }
  }

  private func callForm(_ call: PgQuery__FuncCall, _ depth: Int) -> TypedForm {
    let name = unsafe qualifiedName(call.n_funcname, call.funcname)
    let arguments = unsafe typedForms(nodes(call.n_args, call.args), depth)
    let order = unsafe sortedForms(nodes(call.n_agg_order, call.agg_order), depth)
    guard unsafe call.func_variadic == 0, unsafe call.agg_within_group == 0 else {
      return .made(of: arguments + order)
    }
    var values = order
    if let window = unsafe call.over?.pointee {
      unsafe values += typedForms(nodes(window.n_partition_clause, window.partition_clause), depth)
      unsafe values += sortedForms(nodes(window.n_order_clause, window.order_clause), depth)
    }
    let filter = unsafe call.agg_filter.map { unsafe [typedForm($0, depth: depth)] } ?? []
    let form = TypedForm.call(name, arguments)
    return values.isEmpty && filter.isEmpty
      ? form : .beside(form, values: values, conditions: filter)
  }

  /// What ORDER BY names.
  func sortedForms(_ keys: [CNode], _ depth: Int) -> [TypedForm] {
    unsafe keys.compactMap { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SORT_BY else { return nil }
      return unsafe typedForm(node.pointee.sort_by?.pointee.node, depth: depth)
    }
  }

  private func subqueryForm(_ link: PgQuery__SubLink, _ depth: Int) -> TypedForm {
    let kind: TypedSubquery.Kind?
    var isTruth = true
    switch unsafe link.sub_link_type {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK: kind = .exists
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK, PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK,
      PG_QUERY__SUB_LINK_TYPE__ROWCOMPARE_SUBLINK:
      // IN names no operator.
      let name =
        unsafe link.n_oper_name == 0
        ? QualifiedName("=") : qualifiedName(link.n_oper_name, link.oper_name)
      kind = unsafe .compared(typedForm(link.testexpr, depth: depth), by: name)
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: (kind, isTruth) = (.value, false)
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK: (kind, isTruth) = (.array, false)
    default: (kind, isTruth) = (nil, false)
    }
    guard let kind, let query = unsafe typedParts(ofQuery: link.subselect, depth: depth) else {
      return .other(isTruth: isTruth)
    }
    return .subquery(TypedSubquery(kind: kind, query: query))
  }

  private func leafForm(_ node: CNode) -> TypedForm {
    if let column = unsafe columnReference(node) { return .column(column) }
    return switch unsafe valueTree(node, depth: 0) {
    case .constant(let constant)?: .constant(constant)
    default: .other(isTruth: false)
    }
  }

  private func truthForm(_ node: CNode, _ depth: Int) -> TypedForm {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      guard let expression = unsafe node.pointee.bool_expr?.pointee else { break }
      return unsafe .truth(typedForms(nodes(expression.n_args, expression.args), depth))
    case PG_QUERY__NODE__NODE_NULL_TEST:
      return unsafe .isNull(typedForm(node.pointee.null_test?.pointee.arg, depth: depth))
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      return unsafe .truth([typedForm(node.pointee.boolean_test?.pointee.arg, depth: depth)])
    default: break
    }
    return .other(isTruth: true)
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

  /// Without ELSE there is a NULL.
  private func choiceForm(_ expression: PgQuery__CaseExpr, _ depth: Int) -> TypedForm {
    var (tests, results): ([TypedForm], [TypedForm]) = ([], [])
    unsafe each(nodes(expression.n_args, expression.args)) { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CASE_WHEN,
        let when = unsafe node.pointee.case_when?.pointee
      else { return }
      unsafe tests.append(typedForm(when.expr, depth: depth))
      unsafe results.append(typedForm(when.result, depth: depth))
    }
    if unsafe expression.defresult == nil {
      results.append(.constant(.null))
    } else {
      unsafe results.append(typedForm(expression.defresult, depth: depth))
    }
    let value = unsafe expression.arg.map { unsafe typedForm($0, depth: depth) }
    return .choice(value, tests: tests, results: results)
  }

  private func operationForm(_ expression: PgQuery__AExpr, _ depth: Int) -> TypedForm {
    let name = unsafe qualifiedName(expression.n_name, expression.name)
    let left = unsafe expression.lexpr.map { unsafe typedForm($0, depth: depth) }
    func right() -> TypedForm { unsafe typedForm(expression.rexpr, depth: depth) }
    switch unsafe expression.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP, PG_QUERY__A__EXPR__KIND__AEXPR_LIKE,
      PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE, PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
      return .operation(name, left: left, right: right())
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
      return .operation(QualifiedName("="), left: left, right: right())
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
      return left.map { .nullIf($0, right()) } ?? .other(isTruth: false)
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY, PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
      return left.map { .anyOf(name, $0, array: right()) } ?? .other(isTruth: true)
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      return left.map { unsafe .among($0, typedForms(elements(expression.rexpr), depth)) }
        ?? .other(isTruth: true)
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
      let ends = unsafe typedForms(elements(expression.rexpr), depth)
      guard let left, ends.count == 2 else { return .other(isTruth: true) }
      return .between(left, ends[0], ends[1])
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM,
      PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      guard let left else { return .other(isTruth: true) }
      let ends = unsafe typedForms(elements(expression.rexpr), depth)
      guard ends.count == 2 else { return .other(isTruth: true) }
      return .between(left, ends[0], ends[1])
    default: return .other(isTruth: false)
    }
  }
}

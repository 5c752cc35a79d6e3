// The text of the commonest expressions, as libpg_query prints them: its way there packs and unpacks the tree.

internal import CPGQuery

/// A text with what decides whether parentheses go around it in another expression.
private struct PlainText {
  enum Kind {
    /// A constant, column, call or array.
    case atom
    case cast
    /// AND or OR.
    case junction
    case other
  }
  var text: String
  var kind: Kind

  init(_ text: String, _ kind: Kind = .atom) {
    self.text = text
    self.kind = kind
  }
}

extension Translator {
  /// The text of an expression; nil for one that is left to libpg_query.
  func plainText(_ node: CNode) -> String? { unsafe plain(node)?.text }

  private func plain(_ node: CNode?) -> PlainText? {
    guard let node = unsafe node else { return nil }
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_A_CONST: return unsafe plainConstant(node).map { PlainText($0) }
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      guard let reference = unsafe columnReference(node), let column = reference.column else {
        return nil
      }
      return PlainText(
        (reference.qualifier + [column]).map(quoteIdentifier).joined(separator: "."))
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return unsafe node.pointee.func_call.flatMap { unsafe plain($0.pointee) }
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return unsafe node.pointee.sqlvalue_function.flatMap { unsafe plain($0.pointee) }
    case PG_QUERY__NODE__NODE_A_EXPR:
      return unsafe node.pointee.a_expr.flatMap { unsafe plain($0.pointee) }
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      return unsafe node.pointee.bool_expr.flatMap { unsafe plain($0.pointee) }
    case PG_QUERY__NODE__NODE_NULL_TEST:
      guard let test = unsafe node.pointee.null_test, unsafe test.pointee.argisrow == 0,
        let operand = unsafe atom(test.pointee.arg)
      else { return nil }
      let isNull = unsafe test.pointee.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL
      return PlainText(operand + (isNull ? " IS NULL" : " IS NOT NULL"), .other)
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      guard let test = unsafe node.pointee.boolean_test,
        let operand = unsafe atom(test.pointee.arg),
        let suffix = unsafe suffix(of: test.pointee.booltesttype)
      else { return nil }
      return PlainText(operand + suffix, .other)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return unsafe node.pointee.type_cast.flatMap { unsafe plain($0.pointee) }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      guard let array = unsafe node.pointee.a_array_expr,
        let elements = unsafe joined(
          nodes(array.pointee.n_elements, array.pointee.elements), operand)
      else { return nil }
      return PlainText("ARRAY[" + elements + "]")
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      guard let call = unsafe node.pointee.coalesce_expr,
        let arguments = unsafe joined(nodes(call.pointee.n_args, call.pointee.args), operand)
      else { return nil }
      return PlainText("COALESCE(" + arguments + ")")
    default: return nil
    }
  }

  private func plainConstant(_ node: CNode) -> String? {
    switch unsafe constant(node) {
    case .null: "NULL"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let text): text
    case .string(let text):
      text.utf8.contains { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") }
        ? nil : "'" + text + "'"
    default: nil
    }
  }

  /// The text of something around which no parentheses are ever written.
  private func atom(_ node: CNode?) -> String? {
    guard let plain = unsafe plain(node), plain.kind == .atom else { return nil }
    return plain.text
  }

  /// The text of an atom or cast: around it there are none in a list or beside an operator.
  private func operand(_ node: CNode?) -> String? {
    guard let plain = unsafe plain(node), plain.kind == .atom || plain.kind == .cast else {
      return nil
    }
    return plain.text
  }

  /// What stands in a list, separated; nil where one of it has no text.
  private func joined(_ list: [CNode], _ text: (CNode) -> String?) -> String? {
    let texts = unsafe list.compactMap { unsafe text($0) }
    return unsafe texts.count == list.count ? texts.joined(separator: ", ") : nil
  }

  /// A call of a function without a schema and with nothing around its arguments.
  private func plain(_ call: PgQuery__FuncCall) -> PlainText? {
    let names = unsafe nodes(call.n_funcname, call.funcname)
    guard unsafe names.count == 1, let name = unsafe stringValue(names[0]),
      quoteIdentifier(name) == name, unsafe call.n_agg_order == 0, unsafe call.agg_filter == nil,
      unsafe call.over == nil, unsafe call.agg_star == 0, unsafe call.agg_distinct == 0,
      unsafe call.func_variadic == 0, unsafe call.agg_within_group == 0,
      let arguments = unsafe joined(nodes(call.n_args, call.args), atom)
    else { return nil }
    return PlainText(name + "(" + arguments + ")")
  }

  private func plain(_ function: PgQuery__SQLValueFunction) -> PlainText? {
    switch unsafe function.op {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE: PlainText("current_date", .other)
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
      PlainText("current_timestamp", .other)
    default: nil
    }
  }

  private func suffix(of test: PgQuery__BoolTestType) -> String? {
    switch test {
    case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE: " IS TRUE"
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE: " IS NOT TRUE"
    case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE: " IS FALSE"
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE: " IS NOT FALSE"
    default: nil
    }
  }

  /// `a = 1`, `a IN (1, 2)`, `a = ANY(ARRAY[1, 2])`
  private func plain(_ expression: PgQuery__AExpr) -> PlainText? {
    let names = unsafe nodes(expression.n_name, expression.name)
    guard unsafe names.count == 1, let name = unsafe stringValue(names[0]),
      let left = unsafe operand(expression.lexpr)
    else { return nil }
    switch unsafe expression.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
      guard let right = unsafe operand(expression.rexpr) else { return nil }
      return PlainText("\(left) \(name) \(right)", .other)
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      guard let right = unsafe atom(expression.rexpr) else { return nil }
      return PlainText("\(left) \(name) ANY(\(right))", .other)
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      guard let list = unsafe joined(elements(expression.rexpr), operand) else { return nil }
      return PlainText("\(left) \(name == "=" ? "IN" : "NOT IN") (\(list))", .other)
    default: return nil
    }
  }

  private func plain(_ expression: PgQuery__BoolExpr) -> PlainText? {
    let operands = unsafe nodes(expression.n_args, expression.args)
    let texts = unsafe operands.compactMap { node -> String? in
      guard let operand = unsafe plain(node) else { return nil }
      return operand.kind == .junction ? "(" + operand.text + ")" : operand.text
    }
    guard unsafe texts.count == operands.count else { return nil }
    return switch unsafe expression.boolop {
    case PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR:
      PlainText(texts.joined(separator: " AND "), .junction)
    case PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR: PlainText(texts.joined(separator: " OR "), .junction)
    case PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR: PlainText("NOT " + texts.joined(), .other)
    default: nil
    }
  }

  /// Types whose names libpg_query prints as they were written.
  private static let plainTypes: Set<String> = [
    "text", "uuid", "json", "jsonb", "date", "regclass",
  ]

  private func plain(_ cast: PgQuery__TypeCast) -> PlainText? {
    guard let operand = unsafe atom(cast.arg), let type = unsafe cast.type_name?.pointee,
      unsafe type.setof == 0, unsafe type.pct_type == 0, unsafe type.n_typmods == 0,
      unsafe type.n_array_bounds == 0
    else { return nil }
    // Around some numbers libpg_query writes parentheses.
    switch unsafe constant(cast.arg) {
    case nil, .null?, .string?, .boolean?: break
    default: return nil
    }
    let names = unsafe nodes(type.n_names, type.names)
    guard unsafe names.count == 1, let name = unsafe stringValue(names[0]),
      Self.plainTypes.contains(name)
    else { return nil }
    return PlainText("\(operand)::\(name)", .cast)
  }
}

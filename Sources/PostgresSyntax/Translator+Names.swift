// The names that PostgreSQL makes of expressions: of a query's columns and of an index's keys.

internal import CPGQuery

extension Translator {
  /// The name of a column or an index key that is this expression and has none of its own
  /// (`FigureColname` and `FigureIndexColname` in parse_target.c).
  /// - Parameter otherwise: what is said of an expression that gives no name.
  /// - Returns: nil where a subquery's columns have to be known.
  func impliedName(_ node: CNode?, otherwise: String) -> String? {
    var next = unsafe node
    var otherwise = otherwise
    // The outermost name that gives way to one further in.
    var weak: String?
    while let node = unsafe next {
      unsafe next = nil
      switch unsafe node.pointee.node_case {
      case PG_QUERY__NODE__NODE_TYPE_CAST:
        guard let cast = unsafe node.pointee.type_cast?.pointee else { break }
        let type = unsafe cast.type_name?.pointee
        let name = unsafe type.flatMap { unsafe stringValue(nodes($0.n_names, $0.names).last) }
        weak = weak ?? name
        unsafe next = cast.arg
      case PG_QUERY__NODE__NODE_CASE_EXPR:
        weak = weak ?? "case"
        unsafe next = node.pointee.case_expr?.pointee.defresult
      case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        unsafe next = node.pointee.collate_clause?.pointee.arg
      case PG_QUERY__NODE__NODE_A_INDIRECTION:
        guard let value = unsafe node.pointee.a_indirection?.pointee else { break }
        let fields = unsafe nodes(value.n_indirection, value.indirection)
        if let name = unsafe fields.compactMap({ unsafe stringValue($0) }).last { return name }
        unsafe next = value.arg
      case PG_QUERY__NODE__NODE_SUB_LINK:
        guard let link = unsafe node.pointee.sub_link?.pointee else { break }
        switch unsafe link.sub_link_type {
        case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK: return "exists"
        case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK: return "array"
        case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
          (weak, otherwise) = (nil, "?column?")
          guard let query = unsafe link.subselect,
            unsafe query.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
            let select = unsafe query.pointee.select_stmt
          else { return nil }
          let part = unsafe leftmost(select).pointee
          if unsafe part.n_values_lists > 0 { return "column1" }
          guard let first = unsafe nodes(part.n_target_list, part.target_list).first,
            unsafe first.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET,
            let target = unsafe first.pointee.res_target?.pointee
          else { return nil }
          if let name = unsafe optionalText(target.name) { return name }
          unsafe next = target.val
        default: break
        }
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        if let column = unsafe columnReference(node) {
          guard let name = column.column else { return nil }
          return name
        }
      default:
        if let name = unsafe ownName(node) { return name }
      }
    }
    return weak ?? otherwise
  }

  /// The name of an expression whose kind alone tells it.
  private func ownName(_ node: CNode) -> String? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      guard let call = unsafe node.pointee.func_call?.pointee else { return nil }
      return unsafe stringValue(nodes(call.n_funcname, call.funcname).last)
    case PG_QUERY__NODE__NODE_A_EXPR:
      let kind = unsafe node.pointee.a_expr?.pointee.kind
      return kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? "nullif" : nil
    case PG_QUERY__NODE__NODE_GROUPING_FUNC: return "grouping"
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: return "array"
    case PG_QUERY__NODE__NODE_ROW_EXPR: return "row"
    case PG_QUERY__NODE__NODE_COALESCE_EXPR: return "coalesce"
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      let operation = unsafe node.pointee.min_max_expr?.pointee.op
      return operation == PG_QUERY__MIN_MAX_OP__IS_LEAST ? "least" : "greatest"
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return unsafe node.pointee.sqlvalue_function.map { unsafe valueFunctionName($0.pointee.op) }
    case PG_QUERY__NODE__NODE_XML_SERIALIZE: return "xmlserialize"
    case PG_QUERY__NODE__NODE_XML_EXPR:
      switch unsafe node.pointee.xml_expr?.pointee.op {
      case PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT: return "xmlconcat"
      case PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT: return "xmlelement"
      case PG_QUERY__XML_EXPR_OP__IS_XMLFOREST: return "xmlforest"
      case PG_QUERY__XML_EXPR_OP__IS_XMLPARSE: return "xmlparse"
      case PG_QUERY__XML_EXPR_OP__IS_XMLPI: return "xmlpi"
      case PG_QUERY__XML_EXPR_OP__IS_XMLROOT: return "xmlroot"
      default: return nil
      }
    default: return nil
    }
  }
}

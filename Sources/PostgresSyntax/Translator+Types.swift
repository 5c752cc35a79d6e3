// Type names and constants of the tree.

internal import CPGQuery

extension Translator {
  func typeName(_ type: UnsafeMutablePointer<PgQuery__TypeName>?) -> TypeName {
    guard let type = unsafe type else { return misunderstood(TypeName(name: "")) }
    let parts = unsafe strings(type.pointee.n_names, type.pointee.names)
    if unsafe type.pointee.pct_type != 0 {
      return TypeName(name: parts.joined(separator: ".") + "%TYPE")
    }
    let name = qualifiedName(parts)
    return unsafe TypeName(
      schema: name.schema, written: name.name,
      modifiers: nodes(type.pointee.n_typmods, type.pointee.typmods).map {
        unsafe typeModifier($0)
      },
      brackets: type.pointee.n_array_bounds)
  }

  /// A number, or a word as PostGIS has it: `Point` is read as a column reference. What is beyond PostgreSQL's
  /// integer, which its modifiers are, counts as a word.
  private func typeModifier(_ node: CNode) -> TypeModifier {
    if let constant = unsafe constant(node) {
      if case .integer(let value) = constant, let number = Int32(exactly: value) {
        return .number(Int(number))
      }
      return .word(constant.plainText ?? "NULL")
    }
    guard let column = unsafe columnReference(node)?.column else {
      return misunderstood(.number(0))
    }
    return .word(column)
  }

  /// The value of a literal, through casts and COLLATE; nil for any other expression.
  func constant(_ node: CNode?) -> SQLConstant? {
    guard var node = unsafe node else { return nil }
    while true {
      switch unsafe node.pointee.node_case {
      case PG_QUERY__NODE__NODE_TYPE_CAST:
        guard let argument = unsafe node.pointee.type_cast?.pointee.arg else { return nil }
        unsafe node = argument
      case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        guard let argument = unsafe node.pointee.collate_clause?.pointee.arg else { return nil }
        unsafe node = argument
      case PG_QUERY__NODE__NODE_A_CONST:
        return unsafe node.pointee.a_const.flatMap { unsafe literal($0) }
      case PG_QUERY__NODE__NODE_INTEGER:
        return unsafe node.pointee.integer.map { unsafe .integer(Int64($0.pointee.ival)) }
      case PG_QUERY__NODE__NODE_FLOAT:
        return unsafe node.pointee.float_.map { unsafe number(text($0.pointee.fval)) }
      case PG_QUERY__NODE__NODE_BOOLEAN:
        return unsafe node.pointee.boolean.map { unsafe .boolean($0.pointee.boolval != 0) }
      case PG_QUERY__NODE__NODE_STRING:
        return unsafe stringValue(node).map { .string($0) }
      default:
        return nil
      }
    }
  }

  private func literal(_ constant: UnsafeMutablePointer<PgQuery__AConst>) -> SQLConstant? {
    if unsafe constant.pointee.isnull != 0 { return .null }
    switch unsafe constant.pointee.val_case {
    case PG_QUERY__A__CONST__VAL_IVAL:
      return unsafe constant.pointee.ival.map { unsafe .integer(Int64($0.pointee.ival)) }
    case PG_QUERY__A__CONST__VAL_FVAL:
      return unsafe constant.pointee.fval.map { unsafe number(text($0.pointee.fval)) }
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
      return unsafe constant.pointee.boolval.map { unsafe .boolean($0.pointee.boolval != 0) }
    case PG_QUERY__A__CONST__VAL_SVAL:
      return unsafe constant.pointee.sval.map { unsafe .string(text($0.pointee.sval)) }
    case PG_QUERY__A__CONST__VAL_BSVAL:
      return unsafe constant.pointee.bsval.map { unsafe .bits(text($0.pointee.bsval)) }
    default:
      return nil
    }
  }

  /// The grammar has integers beyond 32 bits as Float.
  private func number(_ text: String) -> SQLConstant {
    Int64(text).map { .integer($0) } ?? .number(text)
  }

  /// A column reference; nil for any other node.
  func columnReference(_ node: CNode?) -> ColumnReference? {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COLUMN_REF,
      let reference = unsafe node.pointee.column_ref
    else { return nil }
    let fields = unsafe nodes(reference.pointee.n_fields, reference.pointee.fields)
    let parts = unsafe fields.map { unsafe stringValue($0) }
    guard let last = parts.last else { return misunderstood(nil) }
    return ColumnReference(qualifier: parts.dropLast().compactMap { $0 }, column: last)
  }
}

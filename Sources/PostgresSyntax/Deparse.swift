// Prints parts of a tree as normalised SQL, through libpg_query.

internal import CPGQuery
internal import Glibc

extension Translator {
  /// The normalised text of an expression: what libpg_query prints for `SELECT expression`.
  func expressionText(_ node: CNode?) -> String {
    guard let node = unsafe node else { return misunderstood("") }
    if let text = unsafe plainText(node) { return text }
    var target = unsafe PgQuery__ResTarget()
    unsafe pg_query__res_target__init(&target)
    unsafe target.val = unsafe node
    return unsafe withUnsafeMutablePointer(to: &target) { target in
      var targetNode = unsafe PgQuery__Node()
      unsafe pg_query__node__init(&targetNode)
      unsafe targetNode.node_case = PG_QUERY__NODE__NODE_RES_TARGET
      unsafe targetNode.res_target = unsafe target
      return unsafe withUnsafeMutablePointer(to: &targetNode) { unsafe selectText($0) }
    }
  }

  /// The text of `SELECT target` without the SELECT.
  private func selectText(_ target: CNode) -> String {
    var list: CNode? = unsafe target
    var select = unsafe PgQuery__SelectStmt()
    unsafe pg_query__select_stmt__init(&select)
    unsafe select.op = PG_QUERY__SET_OPERATION__SETOP_NONE
    unsafe select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT
    unsafe select.n_target_list = 1
    let text = unsafe withUnsafeMutablePointer(to: &list) { list in
      unsafe select.target_list = unsafe list
      return unsafe withUnsafeMutablePointer(to: &select) { select in
        var node = unsafe PgQuery__Node()
        unsafe pg_query__node__init(&node)
        unsafe node.node_case = PG_QUERY__NODE__NODE_SELECT_STMT
        unsafe node.select_stmt = unsafe select
        return unsafe withUnsafeMutablePointer(to: &node) { unsafe statementText($0) }
      }
    }
    let prefix = "SELECT "
    return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : misunderstood(text)
  }

  /// The normalised text of a statement.
  func statementText(_ node: CNode?) -> String {
    guard let node = unsafe node else { return misunderstood("") }
    var raw = unsafe PgQuery__RawStmt()
    unsafe pg_query__raw_stmt__init(&raw)
    unsafe raw.stmt = unsafe node
    return unsafe withUnsafeMutablePointer(to: &raw) { raw in
      var list: UnsafeMutablePointer<PgQuery__RawStmt>? = unsafe raw
      return unsafe withUnsafeMutablePointer(to: &list) { list in
        var result = unsafe PgQuery__ParseResult()
        unsafe pg_query__parse_result__init(&result)
        unsafe result.version = PG_VERSION_NUM
        unsafe result.n_stmts = 1
        unsafe result.stmts = unsafe list
        return unsafe deparse(&result)
      }
    }
  }

  private func deparse(_ tree: UnsafeMutablePointer<PgQuery__ParseResult>) -> String {
    let size = unsafe pg_query__parse_result__get_packed_size(tree)
    guard let buffer = unsafe malloc(max(size, 1)) else { return misunderstood("") }
    defer { unsafe free(buffer) }
    let bytes = unsafe buffer.assumingMemoryBound(to: UInt8.self)
    let length = unsafe pg_query__parse_result__pack(tree, bytes)
    let result = unsafe pg_query_deparse_protobuf(
      PgQueryProtobuf(len: length, data: buffer.assumingMemoryBound(to: CChar.self)))
    defer { unsafe pg_query_free_deparse_result(result) }
    guard unsafe result.error == nil, let query = unsafe result.query else {
      return misunderstood("")
    }
    return unsafe String(cString: query)
  }
}

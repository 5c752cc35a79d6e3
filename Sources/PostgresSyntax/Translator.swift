// Reads libpg_query's C structs into our vocabulary: the state and the smallest readers.

internal import CPGQuery

typealias CNode = UnsafeMutablePointer<PgQuery__Node>
typealias CNodeList = UnsafeMutablePointer<UnsafeMutablePointer<PgQuery__Node>?>

/// Translates the statements of one parse tree. Where a tree has a shape that is not foreseen, the
/// readers return a placeholder and note it, and the whole statement becomes `.other`.
///
/// The translator recurses with the tree; it runs on a `ParserThread` like the parser itself.
final class Translator {
  /// Whether all of the current statement was understood.
  var isUnderstood = true
  /// The names of WITH queries that are visible at the current place.
  var visibleQueries: [String] = []
  /// Why PostgreSQL refuses the current statement, as far as its text tells.
  var refusal: Refusal?

  func translate(_ node: CNode?) -> Statement {
    isUnderstood = true
    visibleQueries = []
    refusal = nil
    var statement = unsafe statement(node)
    if !isUnderstood { statement = .other(unsafe commandTag(node)) }
    return refusal.map { .refused($0, statement) } ?? statement
  }

  func misunderstood<Placeholder>(_ placeholder: Placeholder) -> Placeholder {
    isUnderstood = false
    return placeholder
  }
}

/// The text of a C string; empty for NULL.
func text(_ string: UnsafeMutablePointer<CChar>?) -> String {
  guard let string = unsafe string else { return "" }
  return unsafe String(cString: string)
}

/// Nil for an empty text, which is how protobuf writes what is not there.
func optionalText(_ string: UnsafeMutablePointer<CChar>?) -> String? {
  guard let string = unsafe string, unsafe string[0] != 0 else { return nil }
  return unsafe String(cString: string)
}

/// The nodes of a repeated field.
func nodes(_ count: Int, _ list: CNodeList?) -> [CNode] {
  unsafe UnsafeBufferPointer(start: list, count: unsafe list == nil ? 0 : count).compactMap {
    unsafe $0
  }
}

/// Runs `body` for each element. (A loop over pointers is spelled `for unsafe`, which the formatter
/// of this toolchain joins into one word.)
func each<Element>(_ elements: [Element], _ body: (Element) -> Void) {
  for index in elements.indices { body(elements[index]) }
}

/// The elements of a List node; a node of another kind is its own only element.
func elements(_ node: CNode?) -> [CNode] {
  guard let node = unsafe node else { return unsafe [] }
  guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_LIST,
    let list = unsafe node.pointee.list
  else { return unsafe [node] }
  return unsafe nodes(list.pointee.n_items, list.pointee.items)
}

/// The value of a String node.
func stringValue(_ node: CNode?) -> String? {
  guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_STRING,
    let string = unsafe node.pointee.string
  else { return nil }
  return unsafe text(string.pointee.sval)
}

extension Translator {
  /// The values of a list of String nodes.
  func strings(_ count: Int, _ list: CNodeList?) -> [String] {
    unsafe strings(nodes(count, list))
  }

  func strings(_ nodes: [CNode]) -> [String] {
    unsafe nodes.map { unsafe stringValue($0) ?? misunderstood("") }
  }

  /// A name from its parts; a database in front is dropped, as it can only be the current one.
  func qualifiedName(_ parts: [String]) -> QualifiedName {
    guard let name = parts.last else { return misunderstood(QualifiedName("")) }
    return QualifiedName(schema: parts.dropLast().last, name)
  }

  func qualifiedName(_ count: Int, _ list: CNodeList?) -> QualifiedName {
    unsafe qualifiedName(strings(count, list))
  }

  func qualifiedName(_ relation: UnsafeMutablePointer<PgQuery__RangeVar>?) -> QualifiedName {
    guard let relation = unsafe relation else { return misunderstood(QualifiedName("")) }
    if let database = unsafe optionalText(relation.pointee.catalogname) {
      mayRefuse("0A000", "a name in the database \(database), which may be another one")
    }
    return unsafe QualifiedName(
      schema: optionalText(relation.pointee.schemaname), text(relation.pointee.relname))
  }

  /// The names of a list of RangeVar nodes.
  func relationNames(_ count: Int, _ list: CNodeList?) -> [QualifiedName] {
    unsafe nodes(count, list).map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_RANGE_VAR else {
        return misunderstood(QualifiedName(""))
      }
      return unsafe qualifiedName(node.pointee.range_var)
    }
  }

  func persistence(_ relation: UnsafeMutablePointer<PgQuery__RangeVar>?) -> Persistence {
    switch unsafe text(relation?.pointee.relpersistence) {
    case "t": .temporary
    case "u": .unlogged
    default: .permanent
    }
  }

  func roleName(_ role: UnsafeMutablePointer<PgQuery__RoleSpec>?) -> String {
    guard let role = unsafe role else { return misunderstood("") }
    return switch unsafe role.pointee.roletype {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE: "current_role"
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER: "current_user"
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER: "session_user"
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC: "public"
    default: unsafe text(role.pointee.rolename)
    }
  }

  func roleNames(_ count: Int, _ list: CNodeList?) -> [String] {
    unsafe nodes(count, list).map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_ROLE_SPEC else {
        return misunderstood("")
      }
      return unsafe roleName(node.pointee.role_spec)
    }
  }
}

// The values and conditions of statements whose columns are those of tables.

internal import CPGQuery

/// The parts of a statement whose types PostgreSQL finds from the columns of the tables in one FROM.
package struct TypedParts: Hashable, Sendable {
  /// The tables of FROM; the target of the statement is not among them.
  package var sources: [RelationUse] = []
  /// What has to be true or false.
  package var conditions: [TypedForm] = []
  package var values: [TypedForm] = []
  package var assigned: [Assigned] = []
  /// RETURNING of an INSERT, which knows the columns of its target only.
  package var returned: [TypedForm] = []
  /// The queries that UNION, INTERSECT or EXCEPT puts together; the parts themselves are empty then.
  package var united: [TypedParts] = []

  package struct Assigned: Hashable, Sendable {
    package var target: Target
    package var value: TypedForm
  }

  package enum Target: Hashable, Sendable {
    case column(String)
    /// Where the statement names no columns.
    case place(Int)
  }
}

extension Translator {
  /// Those of a SELECT; nil where it reads anything but tables.
  func typedParts(ofQuery node: CNode?) -> TypedParts? {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_SELECT_STMT,
      let select = unsafe node.pointee.select_stmt
    else { return nil }
    return unsafe typedParts(of: select, depth: 0)
  }

  private func typedParts(
    of pointer: UnsafeMutablePointer<PgQuery__SelectStmt>, depth: Int
  ) -> TypedParts? {
    let select = unsafe pointer.pointee
    guard unsafe select.with_clause == nil, unsafe select.n_values_lists == 0, depth < 16 else {
      return nil
    }
    guard unsafe select.op == PG_QUERY__SET_OPERATION__SETOP_NONE else {
      guard let left = unsafe select.larg, let right = unsafe select.rarg,
        let first = unsafe typedParts(of: left, depth: depth + 1),
        let second = unsafe typedParts(of: right, depth: depth + 1)
      else { return nil }
      return TypedParts(united: [first, second])
    }
    guard
      var parts = unsafe typedParts(from: nodes(select.n_from_clause, select.from_clause))
    else { return nil }
    unsafe each([select.where_clause, select.having_clause].compactMap(\.self)) { condition in
      unsafe parts.conditions.append(typedForm(condition))
    }
    parts.values = unsafe values(nodes(select.n_target_list, select.target_list))
    return parts
  }

  /// Those of INSERT: what its rows or its query give.
  /// - Parameter columns: empty where the statement names none.
  func typedParts(
    inserting source: CNode?, into columns: [String], returning: [CNode]
  ) -> TypedParts? {
    guard var parts = unsafe inserted(source, columns) else { return nil }
    parts.returned = unsafe values(returning)
    return parts
  }

  private func inserted(_ source: CNode?, _ columns: [String]) -> TypedParts? {
    guard let select = unsafe source?.pointee.select_stmt?.pointee else { return nil }
    guard unsafe select.n_values_lists > 0 else {
      guard var parts = unsafe typedParts(ofQuery: source) else { return nil }
      // Behind `*` the places are not known.
      let values = parts.values.prefix {
        if case .column(let reference) = $0 { reference.column != nil } else { true }
      }
      parts.assigned = assignments(of: Array(values), to: columns)
      return parts
    }
    guard unsafe select.with_clause == nil else { return nil }
    var parts = TypedParts()
    unsafe each(nodes(select.n_values_lists, select.values_lists)) { row in
      let values = unsafe elements(row).map { unsafe typedForm($0) }
      // Literals are held to their columns as they stand.
      parts.assigned += assignments(of: values, to: columns).filter { !$0.value.isConstant }
    }
    return parts
  }

  private func assignments(
    of values: [TypedForm], to columns: [String]
  ) -> [TypedParts.Assigned] {
    let targets: [TypedParts.Target] =
      columns.isEmpty ? values.indices.map { .place($0) } : columns.map { .column($0) }
    return zip(targets, values).map { .init(target: $0, value: $1) }
  }

  /// Those of UPDATE and DELETE.
  func typedParts(
    setting targets: [CNode], from: [CNode], where condition: CNode?, returning: [CNode]
  ) -> TypedParts? {
    guard var parts = unsafe typedParts(from: from) else { return nil }
    unsafe each(targets) { node in
      guard let target = unsafe resultTarget(node), unsafe !isPart(node) else { return }
      let value = unsafe typedForm(target.val)
      if value.isConstant { return }
      parts.assigned.append(.init(target: .column(unsafe text(target.name)), value: value))
    }
    if unsafe condition != nil { unsafe parts.conditions.append(typedForm(condition)) }
    parts.values = unsafe values(returning)
    return parts
  }

  /// What a SELECT or RETURNING gives.
  private func values(_ targets: [CNode]) -> [TypedForm] {
    unsafe targets.compactMap { node in
      unsafe resultTarget(node).map { unsafe typedForm($0.val) }
    }
  }

  /// `a[1]` or `a.b` in the place of a column that is written.
  func isPart(_ target: CNode) -> Bool {
    unsafe resultTarget(target).map { unsafe $0.n_indirection > 0 } ?? false
  }

  private func resultTarget(_ node: CNode) -> PgQuery__ResTarget? {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_RES_TARGET else { return nil }
    return unsafe node.pointee.res_target?.pointee
  }

  private func typedParts(from: [CNode]) -> TypedParts? {
    var parts = TypedParts()
    return unsafe from.allSatisfy { unsafe add($0, depth: 0, to: &parts) } ? parts : nil
  }

  /// False for anything but tables and joins of them.
  private func add(_ node: CNode?, depth: Int, to parts: inout TypedParts) -> Bool {
    guard let node = unsafe node, depth < 64 else { return false }
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      guard let relation = unsafe node.pointee.range_var,
        let use = unsafe relationUse(relation), !use.namesColumns
      else { return false }
      parts.sources.append(use)
      return true
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      guard let join = unsafe node.pointee.join_expr?.pointee, unsafe join.alias == nil,
        unsafe join.join_using_alias == nil,
        unsafe add(join.larg, depth: depth + 1, to: &parts),
        unsafe add(join.rarg, depth: depth + 1, to: &parts)
      else { return false }
      if unsafe join.quals != nil { unsafe parts.conditions.append(typedForm(join.quals)) }
      return true
    default: return false
    }
  }
}

extension TypedForm {
  fileprivate var isConstant: Bool { if case .constant = self { true } else { false } }
}

// Expressions that PostgreSQL stores alike, however they are written. Each form was seen on a server.

import PostgresSyntax

extension Comparison {
  /// Whether two conditions over a table are one once they are stored: `IN` and `= ANY (ARRAY[…])`, BETWEEN and two
  /// comparisons, `'x'` and `'x'::text`, columns with and without their table. Only over columns of type
  /// `integer` and `text`; of others PostgreSQL keeps more of what was written.
  func areStoredAlike(
    _ old: SQLExpression, _ new: SQLExpression, in table: QualifiedName
  ) -> Bool {
    if old.text == new.text { return true }
    guard let owner = later.table(table), !old.isSpecial, !new.isSpecial,
      let first = old.tree.flatMap({ stored($0, owner) }),
      let second = new.tree.flatMap({ stored($0, owner) })
    else { return false }
    return first == second
  }

  /// Nil where the form is none of those.
  private func stored(_ value: ValueTree, _ table: Table) -> ValueTree? {
    switch value {
    case .column(let reference):
      guard let name = reference.column, type(of: value, table) != nil,
        reference.qualifier.isEmpty || reference.qualifier == [table.name.name]
      else { return nil }
      return .column(ColumnReference(column: name))
    case .constant(.integer(let number)): return Int32(exactly: number) == nil ? nil : value
    case .constant(.string): return value
    case .cast(.constant(.string(let text)), .builtin("text")): return .constant(.string(text))
    case .operation(let name, let left?, let right):
      guard name.schema == nil, name.isComparison || name.name == "~~",
        let left = stored(left, table), let right = stored(right, table)
      else { return nil }
      return .operation(name.name == "!=" ? QualifiedName("<>") : name, left: left, right: right)
    case .all(let parts): return stored(parts, table).map(ValueTree.all)
    case .any(let parts): return stored(parts, table).map(ValueTree.any)
    case .isNull(.column): return value
    case .not(.isNull(.column)): return value
    case .among(let column, let values):
      // One value alone is stored as `=` or as an array, as it was written.
      guard values.count > 1, let type = type(of: column, table),
        let column = stored(column, table), let values = stored(values, table),
        values.allSatisfy({ $0.isConstant(of: type) })
      else { return nil }
      return .among(column, values)
    default: return nil
    }
  }

  private func stored(_ values: [ValueTree], _ table: Table) -> [ValueTree]? {
    let found = values.compactMap { stored($0, table) }
    return found.count == values.count ? found : nil
  }

  private func type(of value: ValueTree, _ table: Table) -> BuiltinType? {
    guard case .column(let reference) = value,
      let type = reference.column.flatMap(table.column)?.type, !type.isArray,
      type.builtin == .int4 || type.builtin == .text
    else { return nil }
    return type.builtin
  }
}

extension SQLExpression {
  /// Whether the tree does not tell forms apart that are stored in other ways: NOT around them, casts of arrays.
  fileprivate var isSpecial: Bool {
    let rest = text.replacing("IS NOT NULL", with: "")
    return rest.contains("NOT ") || rest.contains("[]") || containsSubquery
  }
}

extension ValueTree {
  fileprivate func isConstant(of type: BuiltinType) -> Bool {
    switch self {
    case .constant(.integer): type == .int4
    case .constant(.string): type == .text
    default: false
    }
  }
}

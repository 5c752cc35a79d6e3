// Expressions that PostgreSQL stores alike, however they are written. Each form was seen on a server.

import HashTreeCollections
import PostgresSyntax

/// Functions of one text.
private let functionsOfText: Set<String> = ["length", "char_length", "lower", "upper"]

extension Comparison {
  /// Whether two conditions over a table are one once they are stored: `IN` and `= ANY (ARRAY[…])`, BETWEEN and two
  /// comparisons, `'x'` and `'x'::text`, columns with and without their table; `(b)::text` for a `varchar` that is
  /// compared or handed to a function of texts, and `(0)::numeric` beside a `numeric`. Lists only over columns of
  /// type `integer` and `text`: of others PostgreSQL keeps more of what was written.
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
    case .cast(let column, .builtin("text")) where type(of: column, table) == .varchar:
      return stored(column, table)
    case .call(let name, let arguments):
      guard name.schema == nil, functionsOfText.contains(name.name), arguments.count == 1,
        !later.routines.keys.contains(where: { $0.name == name.name }), !arguments[0].isLiteral,
        let argument = stored(arguments[0], table)
      else { return nil }
      return .call(name, [argument])
    case .operation(let name, let left?, let right):
      guard name.schema == nil, name.isComparison || ["~~", "~"].contains(name.name),
        let left = stored(left, table, beside: right),
        let right = stored(right, table, beside: left)
      else { return nil }
      return .operation(name.name == "!=" ? QualifiedName("<>") : name, left: left, right: right)
    case .all(let parts): return stored(parts, table).map(ValueTree.all)
    case .any(let parts): return stored(parts, table).map(ValueTree.any)
    case .isNull(.column): return value
    case .not(.isNull(.column)): return value
    case .among(let column, let values):
      // One value alone is stored as `=` or as an array, as it was written.
      guard values.count > 1, let type = type(of: column, table), type == .int4 || type == .text,
        let column = stored(column, table), let values = stored(values, table),
        values.allSatisfy({ $0.isConstant(of: type) })
      else { return nil }
      return .among(column, values)
    default: return nil
    }
  }

  /// A number beside a `numeric` is one itself.
  private func stored(
    _ value: ValueTree, _ table: Table, beside other: ValueTree
  ) -> ValueTree? {
    guard case .cast(let number, let type) = value, type == TypeName.builtin("numeric"),
      case .constant(.integer(_)) = number, self.type(of: other, table) == BuiltinType.numeric
    else { return stored(value, table) }
    return stored(number, table)
  }

  private func stored(_ values: [ValueTree], _ table: Table) -> [ValueTree]? {
    let found = values.compactMap { stored($0, table) }
    return found.count == values.count ? found : nil
  }

  private func type(of value: ValueTree, _ table: Table) -> BuiltinType? {
    guard case .column(let reference) = value,
      let type = reference.column.flatMap(table.column)?.type, let builtin = type.builtin
    else { return nil }
    switch builtin {
    case .int4, .int8, .numeric, .text, .varchar: return builtin
    default: return nil
    }
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
  fileprivate var isLiteral: Bool { if case .constant = self { true } else { false } }

  fileprivate func isConstant(of type: BuiltinType) -> Bool {
    switch self {
    case .constant(.integer): type == .int4
    case .constant(.string): type == .text
    default: false
    }
  }
}

// Whether a table's own constraints keep its rows inside of a partition's bound, so that ATTACH reads none.

import PostgresSyntax

extension Replay {
  /// For a key of one column, and constraints that have the very literals of the bound (manual, 5.11.2.2).
  func implies(_ child: Table, _ bound: PartitionBound, of parent: Table) -> Bool {
    guard case .partitioned(let key) = parent.kind, key.elements.count == 1,
      case .column(let name) = key.elements[0].key, let column = child.column(name),
      knowsAll(of: child), !bound.isDefault
    else { return false }
    var conjuncts: [Conjunct] = []
    for constraint in child.constraints where constraint.isValidated {
      if case .check(let expression, _) = constraint.kind { conjuncts += expression.conjuncts }
    }
    let isNotNull =
      column.isNullable == false
      || conjuncts.contains { conjunct in
        if case .isNotNull(let reference) = conjunct { reference.column == name } else { false }
      }
    guard isNotNull else { return false }
    let literals = bound.text.components(inParentheses: ["FROM", "TO"])
    if literals.count == 2 {
      let texts = conjuncts.compactMap { if case .other(let text) = $0 { text } else { nil } }
      let column = quoteIdentifier(name)
      return texts.contains("\(column) >= \(literals[0])")
        && texts.contains("\(column) < \(literals[1])")
    }
    return false
  }
}

extension String {
  /// What stands in the parentheses after each of the words, where it is one literal; else nothing.
  fileprivate func components(inParentheses words: [String]) -> [String] {
    var rest = self[...]
    var found: [String] = []
    for word in words {
      guard let start = rest.firstRange(of: word + " (") else { return [] }
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: ")") else { return [] }
      let literal = rest[..<end]
      guard !literal.contains(","), !literal.contains("VALUE") else { return [] }
      found.append(String(literal))
      rest = rest[end...]
    }
    return found
  }
}

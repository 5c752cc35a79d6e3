// The bounds of partitions: those that PostgreSQL refuses, and whether a table's own constraints keep its rows inside
// of one, so that ATTACH reads none.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// With more partitions they are not compared one by one.
  private static let mostCompared = 200

  /// Refuses a bound of another kind than the key, one that holds nothing, and one that meets that of another
  /// partition (`check_new_partition_bound` in partbounds.c), as far as its literals are compared here.
  mutating func requireBound(
    _ bound: PartitionBound, of child: QualifiedName, in parent: Table
  ) throws(Refused) {
    guard case .partitioned(let key) = parent.kind, isSettled(parent.id) else { return }
    let isOfOtherKind =
      switch bound.values {
      case .list: key.strategy != "list"
      case .range: key.strategy != "range"
      case nil: bound.isDefault && key.strategy == "hash"
      }
    if isOfOtherKind {
      try fail("42P16", .invalidDefinition("a bound that is none of a \(key.strategy)"))
    }
    if key.elements.count == 1, case .column(let name) = key.elements[0].key,
      let type = parent.column(name)?.type
    {
      for case .string(let text) in bound.literals {
        guard case .invalid(let sqlState) = type.reading(of: text) else { continue }
        try fail(sqlState, .invalidDefinition("'\(text)' is no value of \(type.description)"))
      }
    }
    if case .range(.value(let lower), .value(let upper)) = bound.values,
      let isBelow = lower.isBelow(upper), !isBelow
    {
      try fail("42P17", .invalidDefinition("the empty bound of partition \(child.name)"))
    }
    let others = catalog.users[parent.name]?.count ?? 0
    guard others <= Self.mostCompared else { return charge(others) }
    for name in descendants(of: parent.name) where name != child {
      charge(1)
      guard let other = catalog.table(name), other.partitionOf?.parent == parent.name,
        let taken = other.partitionOf?.bound, bound.meets(taken)
      else { continue }
      try fail(
        "42P17",
        .invalidDefinition("partition \(child.name), which would overlap \(other.name.name)"),
        ifCertain: isSettled(other.id))
    }
  }

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

extension PartitionBound {
  fileprivate var literals: [SQLConstant] {
    switch values {
    case .list(let values): values
    case .range(let lower, let upper):
      [lower, upper].compactMap { if case .value(let value) = $0 { value } else { nil } }
    case nil: []
    }
  }

  /// Whether a row belongs into both; false where that is not known.
  fileprivate func meets(_ other: PartitionBound) -> Bool {
    if isDefault || other.isDefault { return isDefault && other.isDefault }
    switch (values, other.values) {
    case (.list(let mine), .list(let others)): return !Set(mine).isDisjoint(with: others)
    case (.range(let lower, let upper), .range(let otherLower, let otherUpper)):
      return lower.isBelow(otherUpper) == true && otherLower.isBelow(upper) == true
    default: return false
    }
  }
}

extension PartitionBound.Edge {
  /// Whether a lower edge is below an upper one; nil where that is not known.
  fileprivate func isBelow(_ upper: PartitionBound.Edge) -> Bool? {
    guard case .value(let first) = self, case .value(let second) = upper else { return true }
    return first.isBelow(second)
  }
}

extension SQLConstant {
  /// Whole numbers, and days and moments that are written alike.
  fileprivate func isBelow(_ other: SQLConstant) -> Bool? {
    switch (self, other) {
    case (.integer(let first), .integer(let second)): first < second
    case (.string(let first), .string(let second)):
      first.isMoment && second.isMoment && first.utf8.count == second.utf8.count
        ? first < second : nil
    default: nil
    }
  }
}

extension String {
  /// `2024-01-31`, and the time behind it to the second.
  fileprivate var isMoment: Bool {
    let form = Array("0000-00-00 00:00:00".utf8)
    let bytes = Array(utf8)
    guard bytes.count == 10 || bytes.count == 19 else { return false }
    return zip(bytes, form).allSatisfy { $1 == 0x30 ? (0x30...0x39).contains($0) : $0 == $1 }
  }

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

// What the clauses of a query beside its values may name.

import PostgresSyntax

extension ExpressionTyper {
  /// Refuses what is named in ORDER BY and GROUP BY (`findTargetlistEntrySQL92`).
  func require(
    _ form: TypedForm, _ names: Set<String>, _ count: Int?
  ) throws(TypeProblem) {
    switch form {
    case .constant(.integer(let place)):
      if let count, !(1...max(1, Int64(count))).contains(place) {
        throw TypeProblem(sqlState: "42P10", words: "position \(place) is not of the select list")
      }
    case .column(let reference) where reference.qualifier.isEmpty:
      guard let name = reference.column else { return }
      // A column of the tables comes first in GROUP BY, but is refused for no other reason.
      if names.contains(name) { return }
      _ = try column(reference)
    default: _ = try type(of: form)
    }
  }

  /// LIMIT and OFFSET are the same for all rows (`transformLimitClause`).
  func requireAmount(_ form: TypedForm) throws(TypeProblem) {
    if case .column = form {
      throw TypeProblem(sqlState: "42P10", words: "a column in LIMIT")
    }
    try requireAssignable(form, to: ValueType("int8"))
  }

  /// Refuses a column of USING that only one table has, or none.
  func requireJoined(_ names: [String]) throws(TypeProblem) {
    guard let scope = scopes.last, !scope.isOpen else { return }
    for name in names {
      let found = scope.sources.map { find(name, in: $0.columns) }
      if found.contains(where: { if case .open = $0 { true } else { false } }) { return }
      let count = found.count { if case .column = $0 { true } else { false } }
      if count < 2 { throw .missing(.column, name) }
    }
  }

  /// Refuses to sort distinct rows by what they do not have (`transformDistinctClause`).
  func requireSorted(of parts: TypedParts) throws(TypeProblem) {
    guard !parts.values.contains(where: \.isStar) else { return }
    for form in parts.ordered where !parts.values.contains(form) {
      switch form {
      case .constant: continue
      case .column(let reference):
        if parts.names.contains(reference.column) { continue }
        let isReturned = parts.values.contains {
          if case .column(let other) = $0 { other.column == reference.column } else { false }
        }
        if isReturned { continue }
      default: continue
      }
      throw TypeProblem(
        sqlState: "42P10", words: "distinct rows are sorted by what is not in the select list")
    }
  }

  /// Refuses to sort by other columns before those of DISTINCT ON (`transformDistinctOnClause`).
  func requireDistinct(of parts: TypedParts) throws(TypeProblem) {
    let names = parts.distinctOn.map(\.plainName)
    let first = parts.ordered.prefix(names.count).map(\.plainName)
    guard !names.contains(nil), !first.contains(nil), !parts.values.contains(where: \.isStar)
    else { return }
    for case let name? in first where !names.contains(name) {
      // Under another name it may be the same.
      let isRenamed = zip(parts.values, parts.names).contains {
        ($1 == name || $0.plainName == name) && $0.plainName != $1
      }
      if isRenamed { continue }
      throw TypeProblem(
        sqlState: "42P10", words: "rows are sorted by \(name) before what DISTINCT ON names")
    }
  }

  // MARK: - GROUP BY

  /// Refuses a column that no GROUP BY names beside one that does (`check_ungrouped_columns`), as far as
  /// columns and whole expressions are named.
  func requireGroups(of parts: TypedParts) throws(TypeProblem) {
    guard !parts.grouped.isEmpty, !parts.grouped.contains(where: \.isUnseen)
    else { return }
    var grouped: Set<TypedForm> = []
    var names: Set<String> = []
    for form in parts.grouped {
      var form = form
      if case .constant(.integer(let place)) = form {
        guard parts.values.indices.contains(Int(clamping: place) - 1) else { return }
        form = parts.values[Int(clamping: place) - 1]
      }
      grouped.insert(form)
      guard case .column(let reference) = form, let name = reference.column else { continue }
      names.insert(name)
      for (value, alias) in zip(parts.values, parts.names) where alias == name {
        grouped.insert(value)
        if case .column(let source) = value, let own = source.column { names.insert(own) }
      }
    }
    // The primary key decides about the other columns of its table.
    guard let scope = scopes.last, !scope.sources.contains(where: { $0.isKeyed(by: names) }) else {
      return
    }
    let areColumns = grouped.allSatisfy { $0.plainName != nil }
    for value in parts.values + [parts.having].compactMap(\.self) {
      // What is made of columns may be one of the expressions, in other words.
      guard areColumns || value.plainName != nil else { continue }
      guard let column = loneColumn(in: value, grouped, names), hasColumn(column, scope) else {
        continue
      }
      throw TypeProblem(
        sqlState: "42803", words: "column \(column) is neither in GROUP BY nor in an aggregate")
    }
  }

  private func hasColumn(_ name: String, _ scope: NameScope) -> Bool {
    scope.sources.contains {
      if case .column = find(name, in: $0.columns) { true } else { false }
    }
  }

  /// A column that stands by itself; nil where there is none, or it is not told.
  private func loneColumn(
    in form: TypedForm, _ grouped: Set<TypedForm>, _ names: Set<String>
  ) -> String? {
    if grouped.contains(form) { return nil }
    switch form {
    case .column(let reference):
      guard let name = reference.column, !names.contains(name) else { return nil }
      return name
    case .cast(let part, _), .collated(let part), .isNull(let part):
      return loneColumn(in: part, grouped, names)
    case .operation(_, let left, let right):
      return [left, right].compactMap(\.self).lazy
        .compactMap { loneColumn(in: $0, grouped, names) }.first
    case .truth(let parts):
      return parts.lazy.compactMap { loneColumn(in: $0, grouped, names) }.first
    default: return nil
    }
  }
}

extension TypedForm {
  /// The name of what is a column and nothing else.
  fileprivate var plainName: String? {
    if case .column(let reference) = self { reference.column } else { nil }
  }
}

// Expressions that follow the renaming of columns and functions, as those in PostgreSQL's catalogs do.

import PostgresSyntax
import SourceText

extension SQLExpression {
  /// The expression with another name for a column of its own table.
  func renaming(column: String, to name: String) -> SQLExpression {
    guard columns.contains(where: { $0.column == column }) else { return self }
    var copy = self
    copy.text = renamed(text, column, name)
    copy.columns = columns.map { reference in
      var reference = reference
      if reference.column == column { reference.column = name }
      return reference
    }
    copy.conjuncts = conjuncts.map { conjunct in
      switch conjunct {
      case .equals(var reference, let values):
        if reference.column == column { reference.column = name }
        return .equals(reference, values)
      case .isNull(var reference):
        if reference.column == column { reference.column = name }
        return .isNull(reference)
      case .isNotNull(var reference):
        if reference.column == column { reference.column = name }
        return .isNotNull(reference)
      case .other(let text): return .other(renamed(text, column, name))
      }
    }
    return copy
  }

  /// The expression with another name for a function.
  /// - Parameter isOld: whether a name, as it is written, is the function's.
  func renaming(
    function name: QualifiedName, where isOld: (QualifiedName) -> Bool
  ) -> SQLExpression {
    guard functions.contains(where: { isOld($0.name) }) else { return self }
    func renamed(_ old: QualifiedName) -> QualifiedName {
      guard isOld(old) else { return old }
      return name.schema == "public" ? QualifiedName(name.name) : name
    }
    func rewritten(_ text: String) -> String {
      rewritingNames(in: text) { path, place in
        guard place == .call, path.count <= 2 else { return nil }
        let old = QualifiedName(schema: path.count == 2 ? path[0] : nil, path[path.count - 1])
        let new = renamed(old)
        return new == old ? nil : [new.schema, new.name].compactMap(\.self)
      }
    }
    var copy = self
    copy.text = rewritten(text)
    copy.functions = functions.map { call in
      var call = call
      call.name = renamed(call.name)
      return call
    }
    copy.conjuncts = conjuncts.map { conjunct in
      if case .other(let text) = conjunct { .other(rewritten(text)) } else { conjunct }
    }
    return copy
  }

  /// The expression as it is stored of a table: its columns are those of the table, whatever that is called.
  func unqualified(in table: QualifiedName) -> SQLExpression {
    func isOwn(_ qualifier: [String]) -> Bool {
      qualifier == [table.name] || qualifier == [table.schema ?? "", table.name]
    }
    guard !containsSubquery, columns.contains(where: { isOwn($0.qualifier) }) else { return self }
    func bare(_ reference: ColumnReference) -> ColumnReference {
      isOwn(reference.qualifier) ? ColumnReference(column: reference.column) : reference
    }
    func rewritten(_ text: String) -> String {
      rewritingNames(in: text) { path, place in
        place == .other && isOwn(path.dropLast()) ? path.suffix(1) : nil
      }
    }
    var copy = self
    copy.text = rewritten(text)
    copy.columns = []
    for reference in columns.map(bare) where !copy.columns.contains(reference) {
      copy.columns.append(reference)
    }
    copy.conjuncts = conjuncts.map { conjunct in
      switch conjunct {
      case .equals(let reference, let values): .equals(bare(reference), values)
      case .isNull(let reference): .isNull(bare(reference))
      case .isNotNull(let reference): .isNotNull(bare(reference))
      case .other(let text): .other(rewritten(text))
      }
    }
    return copy
  }
}

/// Replaces a column's name in SQL text.
private func renamed(_ text: String, _ old: String, _ new: String) -> String {
  rewritingNames(in: text) { path, place in
    place == .other && path.last == old ? path.dropLast() + [new] : nil
  }
}

/// An identifier in double quotes, inner quotes doubled (PostgreSQL manual 4.1.1).
func quotedIdentifier(_ name: String) -> String {
  "\"" + name.doubling("\"") + "\""
}

extension Table {
  /// Changes every expression that belongs to the table.
  mutating func changeExpressions(_ change: (SQLExpression) -> SQLExpression) {
    for place in columns.indices {
      switch columns[place].default {
      case .expression(let value): columns[place].default = .expression(change(value))
      case .generated(let value): columns[place].default = .generated(change(value))
      case .none, .unknown: break
      }
    }
    for place in constraints.indices { constraints[place].changeExpressions(change) }
    for place in indexes.indices { indexes[place].changeExpressions(change) }
    for place in policies.indices {
      policies[place].using = policies[place].using.map(change)
      policies[place].check = policies[place].check.map(change)
    }
    for place in triggers.indices {
      triggers[place].definition.condition = triggers[place].definition.condition.map(change)
    }
    if case .partitioned(var key) = kind {
      for place in key.elements.indices { key.elements[place].changeExpression(change) }
      kind = .partitioned(key)
    }
  }
}

extension Constraint {
  mutating func changeExpressions(_ change: (SQLExpression) -> SQLExpression) {
    switch kind {
    case .check(let condition, let noInherit):
      kind = .check(change(condition), noInherit: noInherit)
    case .exclusion(var exclusion):
      for place in exclusion.elements.indices {
        exclusion.elements[place].changeExpression(change)
      }
      kind = .exclusion(exclusion)
    case .unique, .primaryKey, .foreignKey, .unknown: break
    }
  }
}

extension Index {
  mutating func changeExpressions(_ change: (SQLExpression) -> SQLExpression) {
    for place in elements.indices { elements[place].changeExpression(change) }
    predicate = predicate.map(change)
  }
}

extension IndexElement {
  fileprivate mutating func changeExpression(_ change: (SQLExpression) -> SQLExpression) {
    if case .expression(let expression) = key { key = .expression(change(expression)) }
  }
}

// Keys that become unique again, and exclusion constraints, into questions to the rows.

import DatabaseFacts
import PostgresSyntax
import SafetyRules
import SchemaModel
import Verdicts

extension RowQuestions {
  func duplicates(
    _ table: TableReference, _ key: DataCondition.DuplicateKey
  ) -> ProbeRequest? {
    guard let name = name(of: table), keepsItsTypes(key) else { return nil }
    let expressions =
      key.elements.compactMap { element in
        if case .expression(let expression) = element.key { expression } else { nil }
      } + (key.predicate.map { [$0] } ?? [])
    if expressions.isEmpty {
      guard let names = key.columns.flatMap(names) else { return nil }
      return .duplicates(
        name, .init(values: names.map { .column($0) }, nullsAreEqual: key.nullsNotDistinct))
    }
    guard
      var writer = ValueWriter(expressions, isEnum: isEnum, columns: columns(of: table))
    else { return nil }
    var request = ProbeRequest.RowKey(values: [], nullsAreEqual: key.nullsNotDistinct)
    let columns = columns(of: table)
    for element in key.elements {
      switch element.key {
      case .column(let name):
        guard let column = columns(ColumnReference(column: name)) else { return nil }
        request.values.append(.column(column.name))
      case .expression(let expression):
        guard let value = writer.sql(expression) else { return nil }
        request.values.append(value)
      }
    }
    if let predicate = key.predicate {
      guard let filter = writer.sql(predicate) else { return nil }
      request.filter = filter
    }
    request.names = writer.names
    return .duplicates(name, request)
  }

  /// By the key as it is after the change; else, whether a value changes at all: what does not become another
  /// value does not become equal to one.
  func duplicates(after change: DataCondition.TypeChangeOfKey) -> ProbeRequest? {
    if let key = key(after: change) { return key }
    switch changedByCast(change.changed, change.type, change.using) {
    case .matching(let table, let condition):
      return .matching(
        table,
        .init(
          .boolean(false), possible: condition.possible ?? condition.certain, names: condition.names
        ))
    case .changedByCast(let table, let column, let type, let original, _):
      let value = SafeSQL.column(column)
      guard let back = value.cast(to: type)?.cast(to: original) else { return nil }
      return .matching(table, .init(.boolean(false), possible: value.differs(from: back)))
    default: return nil
    }
  }

  private func key(after change: DataCondition.TypeChangeOfKey) -> ProbeRequest? {
    let changed = change.changed
    guard let place = name(of: change.table), let columns = change.columns,
      let names = names(of: columns),
      columns.allSatisfy({ typeChanges(of: $0.id) == ($0.id == changed.id ? 1 : 0) })
    else { return nil }
    var values: [SafeSQL] = []
    for (column, name) in zip(columns, names) {
      let value = SafeSQL.column(name)
      guard column.id == changed.id else {
        values.append(value)
        continue
      }
      guard let value = self.value(value, of: column, after: change) else { return nil }
      values.append(value)
    }
    return .duplicates(place, .init(values: values, nullsAreEqual: false))
  }

  /// What is compared in the place of a value that got another type.
  private func value(
    _ value: SafeSQL, of column: ColumnReferent, after change: DataCondition.TypeChangeOfKey
  ) -> SafeSQL? {
    let isText = currentColumn(column)?.type?.isText == true
    guard change.type.isCaseInsensitive else {
      // A text that cannot be cast would be written into the server's log, and of strings the collation
      // says what is equal.
      guard !isText, !change.type.isString, isPlainCast(column, change.type, change.using) else {
        return nil
      }
      return value.cast(to: change.type.description)
    }
    // As the extension `citext` compares: by what `lower` makes of a text.
    guard change.using == nil, isText, let text = value.cast(to: "text") else { return nil }
    return SafeSQL.call("lower", [text.byDefaultCollation]).byLetter
  }

  /// Whether the key finds the same values equal as the columns do now.
  private func keepsItsTypes(_ key: DataCondition.DuplicateKey) -> Bool {
    guard key.elements.allSatisfy({ $0.collation == nil && $0.operatorClass == nil }) else {
      return false
    }
    let ids = Set((key.columns ?? []).map(\.id))
    return trip.downgrades.allSatisfy { step in
      step.statements.flatMap(\.outcome.effects).allSatisfy { effect in
        guard case .columnTypeChanged(let change) = effect, ids.contains(change.column.id) else {
          return true
        }
        return change.keepsEquality(from: current, to: step.after)
      }
    }
  }

  func conflicts(_ table: TableReference, _ exclusion: Exclusion) -> ProbeRequest? {
    guard let name = name(of: table), exclusion.elements.count == exclusion.operators.count,
      exclusion.elements.allSatisfy({ $0.collation == nil && $0.operatorClass == nil })
    else { return nil }
    let columns = columns(of: table)
    var parts: [SafeSQL] = []
    var names = BuiltinNames()
    func sides(_ expression: SQLExpression) -> (SafeSQL, SafeSQL)? {
      var sides: [SafeSQL] = []
      for alias in [SafeSQL.Alias.a, .b] {
        guard
          var writer = ValueWriter([expression], alias: alias, isEnum: isEnum, columns: columns),
          let side = writer.sql(expression)
        else { return nil }
        names.add(writer.names)
        sides.append(side)
      }
      return (sides[0], sides[1])
    }
    for (element, operation) in zip(exclusion.elements, exclusion.operators) {
      let pair: (SafeSQL, SafeSQL)?
      switch element.key {
      case .column(let name):
        let column = columns(ColumnReference(column: name))
        guard let column, column.type.isPlainBuiltin || column.type.userType.map(isEnum) == true
        else { return nil }
        pair = (.column(column.name, of: .a), .column(column.name, of: .b))
      case .expression(let expression): pair = sides(expression)
      }
      guard let pair, operation.schema == nil || operation.schema == "pg_catalog",
        ValueWriter.comparisons.contains(operation.name),
        let both = SafeSQL.operation(operation.name, pair.0, pair.1)
      else { return nil }
      names.use(operator: operation.name)
      parts.append(both)
    }
    if let predicate = exclusion.predicate {
      guard let pair = sides(predicate) else { return nil }
      parts += [pair.0, pair.1]
    }
    return .pairs(name, condition: .all(parts), names: names)
  }
}

// Values whose types PostgreSQL does not take where they stand.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses a statement with an operator, a function, a condition or an assignment for which the types of the
  /// values do not suit. What is not known is taken to be right.
  /// - Parameters:
  ///   - use: what the statement changes, whose columns its values are from, too; nil for what only reads.
  ///   - table: what is assigned to.
  mutating func requireTypes(
    of query: Query, writing use: RelationUse? = nil, _ table: Table? = nil
  ) throws(Refused) {
    guard let parts = query.typed, !catalog.unfollowed.contains(.operators) else { return }
    let sources = parts.sources + (use.map { [$0] } ?? [])
    let read = sources + parts.united.flatMap(\.allSources)
    charge((parts.conditions.count + parts.values.count + parts.assigned.count) * 4)
    do throws(TypeProblem) {
      let typer = typer(over: sources)
      _ = try outputTypes(of: parts, typer)
      for assigned in parts.assigned {
        let target = table.flatMap { column(assigned.target, of: $0) }
        try typer.requireAssignable(assigned.value, to: valueType(target?.type))
      }
      if let table, !parts.returned.isEmpty {
        let typer = self.typer(over: table)
        for form in parts.returned { _ = try typer.type(of: form) }
      }
    } catch {
      let areSettled =
        read.allSatisfy(isSettled) && table.map { isSettled($0.id) } != false
      try refuse(error, isSettled: areSettled)
    }
  }

  /// Nil where it is not known: the places of columns are those of a table that the history made.
  private func column(_ target: TypedParts.Target, of table: Table) -> Column? {
    switch target {
    case .column(let name): table.column(name)
    case .place(let place):
      table.isComplete && place < table.columns.count ? table.columns[place] : nil
    }
  }

  /// The types of what a query returns; nil for those that are not known.
  private func outputTypes(
    of parts: TypedParts, _ typer: ExpressionTyper
  ) throws(TypeProblem) -> [ValueType?] {
    guard parts.united.isEmpty else {
      var columns: [[ValueType?]] = []
      for part in parts.united {
        columns.append(try outputTypes(of: part, self.typer(over: part.sources)))
      }
      // With `*` the places are not known.
      guard columns.count == 2, columns[0].count == columns[1].count, !parts.hasStar else {
        return []
      }
      var result: [ValueType?] = []
      for (left, right) in zip(columns[0], columns[1]) {
        result.append(try typer.common(of: [left, right]))
      }
      return result
    }
    for form in parts.conditions { try typer.requireTruth(form) }
    var types: [ValueType?] = []
    for form in parts.values { types.append(try typer.type(of: form)) }
    return types
  }

  /// What an expression stands for, which decides the type that it has to have.
  enum TypedPlace {
    case condition
    case value
    case assigned(DataType?)
  }

  /// Refuses an expression over the columns of one table.
  /// - Parameter reason: what to say where it is not assigned.
  mutating func requireTypes(
    of expression: SQLExpression?, as place: TypedPlace, in table: Table,
    otherwise reason: FailureReason? = nil
  ) throws(Refused) {
    guard let expression, !catalog.unfollowed.contains(.operators), !expression.isPlainTest,
      let form = expression.plainForm ?? expression.typedForm
    else { return }
    charge(4)
    do throws(TypeProblem) {
      let typer = typer(over: table)
      switch place {
      case .condition: try typer.requireTruth(form)
      case .value: _ = try typer.type(of: form)
      case .assigned(let type):
        try typer.requireAssignable(form, to: valueType(type))
      }
    } catch {
      try refuse(error, isSettled: isSettled(table.id), reason)
    }
  }

  private mutating func refuse(
    _ problem: TypeProblem, isSettled: Bool, _ reason: FailureReason? = nil
  ) throws(Refused) {
    // An operator of an extension that the history makes is taken to be there.
    if problem.mayBeExtended, catalog.extensions.keys.contains(where: { $0 != "plpgsql" }) {
      return
    }
    let mayBeAnother =
      problem.mayBeExtended || problem.isOfFunction && context.serverVersion > 15
      || catalog.extensions.keys.contains { !isWellKnown($0) && !isOfOwnTypes($0) }
    try fail(
      problem.sqlState,
      problem.sqlState == "42804"
        ? reason ?? .invalidDefinition(problem.words)
        : .invalidDefinition(problem.words),
      ifCertain: isSettled && !mayBeAnother)
  }

  /// Whether an extension has functions and operators for types of its own only.
  private func isOfOwnTypes(_ name: String) -> Bool {
    name.hasPrefix("postgis") || ["vector", "cube", "earthdistance", "dblink"].contains(name)
  }

  private func isSettled(_ use: RelationUse) -> Bool {
    switch catalog.relations[catalog.resolveRelation(use.name)] {
    case .table(let table): isSettled(table.value.id)
    case .view(let view): isSettled(view.value.id)
    default: false
    }
  }

  private func typer(over sources: [RelationUse]) -> ExpressionTyper {
    ExpressionTyper(
      column: { find($0, among: sources)?.1.type.flatMap(valueType) },
      named: { valueType(namedType($0)) }, isOpen: isOpen)
  }

  private func typer(over table: Table) -> ExpressionTyper {
    ExpressionTyper(
      column: { valueType($0.column.flatMap(table.column)?.type) },
      named: { valueType(namedType($0)) }, isOpen: isOpen)
  }

  private func isOpen(_ name: QualifiedName) -> Bool {
    catalog.routines[catalog.resolveRoutine(name)] != nil
  }

  /// Nil for a type of which the operators and casts are not known.
  func valueType(_ type: DataType?) -> ValueType? { type.flatMap { valueType($0, depth: 0) } }

  private func valueType(_ type: DataType, depth: Int) -> ValueType? {
    switch type.base {
    case .builtin(let builtin): return ValueType((type.isArray ? "_" : "") + builtin.rawValue)
    case .other(let name): return ValueType((type.isArray ? "_" : "") + name)
    case .user(let name):
      guard let user = catalog.type(name) else { return nil }
      if user.labels != nil { return ValueType(enumeration: name, isArray: type.isArray) }
      guard !type.isArray, depth < 16, let domain = user.domain else { return nil }
      return valueType(domain.type, depth: depth + 1)
    }
  }
}

extension SQLExpression {
  /// Whether it only compares columns with literals, which is asked elsewhere.
  fileprivate var isPlainTest: Bool {
    !conjuncts.isEmpty && casts.isEmpty && functions.isEmpty
      && conjuncts.allSatisfy { if case .other = $0 { false } else { true } }
  }

  /// The form of what is often a default, without parsing it again: a literal, and `now()`.
  fileprivate var plainForm: TypedForm? {
    if let constant, casts.isEmpty { return .constant(constant) }
    guard functions.count == 1, functions[0].arguments.isEmpty, columns.isEmpty, casts.isEmpty,
      operators.isEmpty, text == functions[0].name.description + "()"
    else { return nil }
    return .call(functions[0].name, [])
  }
}

extension TypedParts {
  /// Those of the queries that are put together, too.
  fileprivate var allSources: [RelationUse] { sources + united.flatMap(\.allSources) }

  fileprivate var hasStar: Bool {
    united.contains(where: \.hasStar)
      || values.contains {
        if case .column(let reference) = $0 { reference.column == nil } else { false }
      }
  }
}

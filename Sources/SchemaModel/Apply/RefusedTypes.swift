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
    of query: Query, writing use: RelationUse? = nil, _ table: Table? = nil,
    _ outer: NameScope? = nil
  ) throws(Refused) {
    guard let parts = query.typed, !catalog.unfollowed.contains(.operators) else { return }
    charge((parts.conditions.count + parts.values.count + parts.assigned.count) * 4)
    var typer = typer()
    if let outer { typer.scopes = [outer] }
    let count = table.flatMap { knowsAll(of: $0) ? $0.columns.count : nil }
    do throws(TypeProblem) {
      try typer.require(parts, writing: use, count) { target in
        wantedType(table.flatMap { column(target, of: $0) }?.type)
      }
      if let table {
        typer.scopes = [NameScope(sources: [source(parts.alias ?? table.name.name, table)])]
        _ = try typer.types(of: parts.returned)
        if let conflict = parts.conflict {
          typer.scopes[0].sources.append(source("excluded", table))
          try typer.require(conflict) { wantedType(column($0, of: table)?.type) }
        }
      }
    } catch {
      let isSettled = typer.notes.areSettled && table.map { self.isSettled($0.id) } != false
      try refuse(error, isSettled: isSettled)
    }
    doubt(typer.notes)
  }

  /// What a query returns; nil where it is not known how many columns, or what PostgreSQL refuses.
  func outputs(
    of query: Query, _ outer: NameScope
  ) -> (columns: [QueryOutput], areSettled: Bool)? {
    guard let parts = query.typed else { return nil }
    charge((parts.conditions.count + parts.values.count) * 4)
    var typer = typer()
    typer.scopes = [outer]
    guard let columns = (try? typer.outputs(of: parts)) ?? nil else { return nil }
    return (columns, typer.notes.areSettled)
  }

  private func source(_ name: String, _ table: Table) -> NameScope.Source {
    NameScope.Source(
      name: name, relation: table.name,
      columns: .catalog(table.columns, areAll: knowsAll(of: table)))
  }

  /// Nil where it is not known: the places of columns are those of a table that the history made.
  private func column(_ target: TypedParts.Target, of table: Table) -> Column? {
    switch target {
    case .column(let name): table.column(name)
    case .place(let place):
      table.isComplete && place < table.columns.count ? table.columns[place] : nil
    }
  }

  /// Says of strings that they may be no values of the types that they are taken for.
  private mutating func doubt(_ notes: TypingNotes) {
    for (text, type) in notes.unread {
      mayFail("22P02", .invalidDefinition("'\(text)' may be no value of \(type.description)"))
    }
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
    try requireTypes(
      of: expression, as: place, typer(over: table), isSettled: isSettled(table.id), reason)
  }

  private mutating func requireTypes(
    of expression: SQLExpression?, as place: TypedPlace, _ typer: ExpressionTyper,
    isSettled: Bool, _ reason: FailureReason? = nil
  ) throws(Refused) {
    guard let expression, !catalog.unfollowed.contains(.operators),
      let form = expression.plainForm ?? expression.typedForm
    else { return }
    charge(4)
    do throws(TypeProblem) {
      switch place {
      case .condition: try typer.requireTruth(form)
      case .value: _ = try typer.type(of: form)
      case .assigned(let type):
        try typer.requireAssignable(form, to: wantedType(type))
      }
    } catch {
      try refuse(error, isSettled: isSettled && typer.notes.areSettled, reason)
    }
    doubt(typer.notes)
  }

  /// The type of an expression over the columns of one table; nil where it is not known.
  func typeOfValue(_ expression: SQLExpression, in table: Table) -> ValueType? {
    guard let form = expression.plainForm ?? expression.typedForm else { return nil }
    charge(4)
    return (try? typer(over: table).type(of: form)) ?? nil
  }

  /// Refuses a condition on OLD and NEW.
  mutating func requireRowTypes(of condition: SQLExpression?, in table: Table) throws(Refused) {
    var typer = typer(over: table)
    typer.scopes[0].sources = [source("old", table), source("new", table)]
    try requireTypes(of: condition, as: .condition, typer, isSettled: isSettled(table.id))
  }

  /// Refuses a condition on VALUE, and a default.
  mutating func requireTypes(
    of expression: SQLExpression?, as place: TypedPlace, ofDomainOver type: DataType
  ) throws(Refused) {
    var typer = typer()
    let value = QueryOutput(name: "value", type: valueType(type))
    typer.scopes = [
      NameScope(sources: [.init(name: "", relation: nil, columns: .list([value]))], isOpen: true)
    ]
    try requireTypes(of: expression, as: place, typer, isSettled: true)
  }

  /// What the statements of a rule do with OLD and NEW.
  mutating func requireTypes(of actions: [Statement], ofRuleOn table: Table) throws(Refused) {
    let rows = NameScope(sources: [source("old", table), source("new", table)])
    for action in actions {
      switch action {
      case .insert(let insert):
        try requireTypes(of: insert.reads, catalog.table(target(insert.table)), rows)
      case .update(let update):
        try requireTypes(
          of: update.reads, writing: RelationUse(name: update.table, alias: update.alias),
          catalog.table(target(update.table)), rows)
      case .delete(let delete):
        try requireTypes(
          of: delete.reads, writing: RelationUse(name: delete.table, alias: delete.alias),
          catalog.table(target(delete.table)), rows)
      default: continue
      }
    }
  }

  private func target(_ written: QualifiedName) -> QualifiedName {
    catalog.resolveRelation(written)
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
    if let kind = problem.missing {
      return try fail(
        problem.sqlState, .missing(kind, QualifiedName(problem.words), of: nil),
        ifCertain: isSettled)
    }
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

  private func typer() -> ExpressionTyper {
    let notes = TypingNotes()
    let held = Held(self)
    let catalog = TypingCatalog(
      columns: { held.replay.columns(of: $0, notes) }, key: { held.replay.key(of: $0) },
      type: { held.replay.valueType($0) },
      named: { held.replay.valueType(held.replay.namedType($0)) },
      composite: { held.replay.composite(held.replay.namedType($0)) },
      fields: { held.replay.fields(of: $0) }, isOpen: { held.replay.isOpen($0) },
      own: { held.replay.ownFunctions($0) }, reading: { held.replay.reading($0, $1) },
      isSystemColumn: { held.replay.isSystemColumn($0) },
      mayGoOn: {
        held.replay.charge($0)
        return !held.replay.isOutOfAllowance
      })
    return ExpressionTyper(catalog: catalog, notes: notes)
  }

  /// Other names than those of the columns are asked for elsewhere.
  private func typer(over table: Table) -> ExpressionTyper {
    var typer = typer()
    typer.scopes = [NameScope(sources: [source(table.name.name, table)], isOpen: true)]
    return typer
  }

  private func key(of written: QualifiedName) -> [String] {
    catalog.table(catalog.resolveRelation(written))?.primaryKey?.columns ?? []
  }

  private func columns(of written: QualifiedName, _ notes: TypingNotes) -> SourceColumns {
    guard !isOutOfAllowance, !isSystemSchema(written.schema) else { return .open }
    let name = catalog.resolveRelation(written)
    switch catalog.relations[name] {
    case .table(let table):
      charge(table.value.columns.count / 16)
      if !isSettled(table.value.id) { notes.areSettled = false }
      return .catalog(table.value.columns, areAll: knowsAll(of: table.value))
    case .view(let view):
      let isSettled = isSettled(view.value.id)
      if !isSettled { notes.areSettled = false }
      return .catalog(view.value.columns, areAll: view.value.isKnown && isSettled)
    default:
      notes.areSettled = false
      return .open
    }
  }

  /// How a type takes a text; names of other objects are asked for elsewhere.
  private func reading(_ text: String, _ type: ValueType) -> LiteralReading {
    switch type.base {
    case .enumeration(let name):
      guard let labels = catalog.type(name)?.labels else { return .valid }
      guard let values = type.isArray ? text.arrayElements : [text] else { return .unknown }
      let isValid = values.allSatisfy {
        labels.contains($0) || type.isArray && $0.uppercased() == "NULL"
      }
      return isValid ? .valid : .invalid(sqlState: "22P02")
    case .composite: return .unknown
    case .builtin:
      guard let builtin = type.builtin, !builtin.namesObjects, builtin != .char else {
        return .valid
      }
      return DataType(builtin, isArray: type.isArray).reading(of: text)
    }
  }

  private func isOpen(_ name: QualifiedName) -> Bool {
    catalog.routines[catalog.resolveRoutine(name)] != nil
  }

  /// Nil where the database may have others of the name, and for parameters of kinds that are not followed.
  private func ownFunctions(_ written: QualifiedName) -> [OwnFunction]? {
    guard catalog.isComplete, !isBuiltin(written),
      let overloads = catalog.routines[catalog.resolveRoutine(written)]?.value
    else { return nil }
    var result: [OwnFunction] = []
    for routine in overloads {
      guard routine.kind == .function, isSettled(routine.id), let made = routine.definition else {
        return nil
      }
      var function = OwnFunction(arguments: [], defaults: 0)
      for parameter in made.parameters {
        switch parameter.mode {
        case .input:
          guard let type = valueType(namedType(parameter.type)) else { return nil }
          function.arguments.append(type)
          if parameter.default != nil { function.defaults += 1 }
        case .table: continue
        case .output, .inputOutput, .variadic: return nil
        }
      }
      function.result = made.returns.flatMap { valueType(namedType($0)) }
      result.append(function)
    }
    return result
  }

  /// The type of what is assigned to, which may be composite.
  private func wantedType(_ type: DataType?) -> ValueType? {
    valueType(type) ?? type.flatMap(composite).map { ValueType(composite: $0) }
  }

  /// Nil for what is no composite type that the history made.
  private func composite(_ type: DataType) -> QualifiedName? {
    guard !type.isArray, let name = type.userType else { return nil }
    if let user = catalog.type(name) { return user.isComposite && isSettled(user.id) ? name : nil }
    return catalog.table(name).map(knowsAll) == true ? name : nil
  }

  private func fields(of name: QualifiedName) -> [ValueType?]? {
    if let user = catalog.type(name) {
      guard case .composite(let attributes) = user.kind else { return nil }
      return attributes.map { wantedType($0.type) }
    }
    return catalog.table(name)?.columns.map { wantedType($0.type) }
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
  /// The form of what only compares columns with literals, without parsing it again.
  private var plainTest: TypedForm? {
    guard !conjuncts.isEmpty, casts.isEmpty, functions.isEmpty else { return nil }
    var parts: [TypedForm] = []
    for conjunct in conjuncts {
      switch conjunct {
      case .equals(let column, let values):
        parts.append(.among(.column(column), values.map(TypedForm.constant)))
      case .isNull(let column), .isNotNull(let column): parts.append(.isNull(.column(column)))
      case .other: return nil
      }
    }
    return .truth(parts)
  }

  /// The form of what is often a default, without parsing it again: a literal, and `now()`.
  fileprivate var plainForm: TypedForm? {
    if let constant, casts.isEmpty { return .constant(constant) }
    if let plainTest { return plainTest }
    guard functions.count == 1, functions[0].arguments.isEmpty, columns.isEmpty, casts.isEmpty,
      operators.isEmpty, text == functions[0].name.description + "()"
    else { return nil }
    return .call(functions[0].name, [])
  }
}

extension BuiltinType {
  /// `regclass` and its like.
  fileprivate var namesObjects: Bool { rawValue.hasPrefix("reg") }
}

/// One copy for all that asks it.
private final class Held {
  let replay: Replay
  init(_ replay: Replay) { self.replay = replay }
}

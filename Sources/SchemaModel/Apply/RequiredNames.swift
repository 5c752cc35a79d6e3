// What definitions name that is known not to be there: functions that the history dropped or renamed, and what
// came with an extension that it dropped.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses an expression that names what is known not to be there.
  mutating func requireNames(of expression: SQLExpression) throws(Refused) {
    try requireKnownRoutines(expression.functions)
    for type in expression.casts where !type.isBuiltin { _ = try dataType(type) }
    doubt(expression.operators)
  }

  mutating func requireNames(of expressions: [SQLExpression?]) throws(Refused) {
    for case let expression? in expressions { try requireNames(of: expression) }
  }

  /// Refuses calls of routines that are known to be gone; others may have come from elsewhere.
  mutating func requireKnownRoutines(_ calls: [FunctionCall]) throws(Refused) {
    let gone = calls.filter { call in
      catalog.dropped.contains(catalog.resolveRoutine(call.name))
        || lostExtension(bringing: call.name.name) != nil
    }
    try requireRoutines(gone)
    try requireVersion(for: calls)
    for call in calls where isOfExtension(call.name) { extensionMayBeMissing(call.name) }
  }

  /// Says that a function is that of an extension which the history does not make. What uses it already stands
  /// for it.
  private mutating func extensionMayBeMissing(_ written: QualifiedName) {
    let name = catalog.resolveRoutine(written)
    guard catalog.routines[name] == nil, !isBuiltin(written), users(of: name).isEmpty,
      lacksExtension(bringing: name.name)
    else { return }
    mayFail("42883", .missing(.function, name, of: nil))
  }

  /// Whether it is known which extensions bring it, and none of them is made.
  func lacksExtension(bringing part: String) -> Bool {
    guard let providers = extensionsByPart[part] else { return false }
    return !providers.contains { catalog.extensions[$0] != nil }
  }

  /// An operator that came with an extension may be one of PostgreSQL's own for other types.
  mutating func doubt(_ operators: [QualifiedName]) {
    for used in operators where lostExtension(bringing: used.name) != nil {
      mayFail("42883", .missing(.operator, used, of: nil))
    }
  }

  /// Whether the history dropped the extension and has not made it again.
  func lostExtension(named name: String) -> Bool {
    catalog.extensions[name] == nil && isExtension(name)
      && catalog.dropped.contains(QualifiedName(name))
  }

  /// The extension that brought a function, operator or operator class, and is gone.
  func lostExtension(bringing part: String) -> String? {
    guard let providers = extensionsByPart[part] else { return nil }
    if providers.contains(where: { catalog.extensions[$0] != nil }) { return nil }
    return providers.first(where: lostExtension(named:))
  }

  // MARK: Columns

  /// Refuses columns that are known not to be there.
  mutating func requireColumns(_ names: [String], of written: QualifiedName) throws(Refused) {
    guard catalog.view(catalog.resolveRelation(written)) == nil else { return }
    var table = try table(written)
    for name in names where !isSystemColumn(name) { _ = try column(name, in: &table) }
  }

  /// Refuses actions of a rule that name columns or functions that are known not to be there.
  mutating func requireNames(of actions: [Statement]) throws(Refused) {
    for action in actions {
      switch action {
      case .insert(let insert): try requireNames(of: insert.reads, insert.table, insert.columns)
      case .update(let update):
        try requireNames(of: update.reads, update.table, update.assignments.map(\.column))
      case .delete(let delete): try requireNames(of: delete.reads, delete.table, [])
      case .select(let query): try requireKnownRoutines(query.functions)
      default: break
      }
    }
  }

  private mutating func requireNames(
    of reads: Query, _ target: QualifiedName, _ columns: [String]
  ) throws(Refused) {
    try requireColumns(columns, of: target)
    try requireKnownRoutines(reads.functions)
  }

  /// Says that a body may take a field of a row that no parameter's type has, such as `a` of `$1.a`.
  mutating func fieldsMayBeMissing(_ fields: [String], of arguments: [DataType]) {
    if let field = fields.first, arguments.allSatisfy({ $0.builtin != nil }) {
      mayFail("42809", .invalidDefinition("\(field) of a value that is no row"))
    }
    let rows = arguments.compactMap { $0.userType.flatMap { catalog.table($0) } }
    guard !fields.isEmpty, !rows.isEmpty, rows.count == arguments.compactMap(\.userType).count,
      rows.allSatisfy(knowsAll)
    else { return }
    for field in fields where !rows.contains(where: { $0.column(field) != nil }) {
      mayFail("42703", .missing(.column, QualifiedName(field), of: rows[0].name))
    }
  }
}

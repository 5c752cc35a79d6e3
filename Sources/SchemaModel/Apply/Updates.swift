// UPDATE: what becomes of the columns, and values that they may not take.

import HashTreeCollections
import PostgresSyntax

/// Functions and operators that give no NULL where none of their arguments is one.
private let neverNullFunctions: Set<String> = [
  "lower", "upper", "btrim", "ltrim", "rtrim", "trim", "length", "char_length", "octet_length",
  "md5", "reverse", "initcap", "date_trunc", "now", "current_timestamp", "current_date",
  "clock_timestamp", "nextval", "gen_random_uuid", "uuid_generate_v4", "random", "coalesce",
  "greatest", "least", "replace", "concat", "round", "floor", "ceil", "abs", "left", "right",
]
private let neverNullOperators: Set<String> = [
  "=", "<>", "!=", "<", ">", "<=", ">=", "||", "+", "-", "*", "/", "%", "~~", "!~~",
]

extension [String] {
  /// The first that is there more than once.
  var firstTwice: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0).inserted }
  }
}

extension Replay {
  mutating func update(_ statement: Update) throws(Refused) {
    var statement = statement
    let use = RelationUse(name: statement.table, alias: statement.alias)
    let reads = try read(statement.reads, writing: use)
      .filter { $0 != catalog.resolveRelation(statement.table) }
    let names = statement.assignments.map(\.column)
    guard var table = try target(statement.table, [.update], names) else { return }
    if statement.isJoined { statement.predicate?.keepConjuncts(of: use, table) }
    try requireReplicaIdentity(of: table)
    try requireColumns(of: statement.predicate, in: table, reads)
    try requireReadable(statement.predicate, of: table, reads)
    try requireTypes(of: statement.reads, writing: use, table)
    if let name = names.firstTwice {
      try fail(
        "42601", .invalidDefinition("column \(name) is set more than once"),
        ifCertain: table.column(name)?.type?.builtin != nil)
    }
    let condition = RowCondition(statement.predicate, isJoined: statement.isJoined)
    let takesWhatItSays = writesAsSaid(
      table, .update, only: statement.only, isJoined: statement.isJoined)
    if let predicate = statement.predicate { rowsMayRaise(predicate, of: table) }
    if readsAllRows(condition, of: table) { scan(table, .query) }
    for assignment in statement.assignments {
      charge(table.columns.count / 64)
      try requireAllowance()
      let place = try column(assignment.column, in: &table)
      if assignment.value?.columns.contains(where: { $0.column == statement.alias }) != true {
        try requireColumns(of: assignment.value, in: table, reads)
      }
      try checkAssignment(
        assignment, table.columns[place], where: statement.predicate, table)
      table.columns[place].contents =
        takesWhatItSays
        ? after(assignment, statement, table.columns[place])
        : Column.Contents(origin: context.origin, isChanged: true)
    }
    uncheckedRowsMayFail(table, names, where: statement.predicate)
    changeRows(of: &table)
    store(table)
    effect(
      .rowsUpdated(
        RowsUpdated(
          table: table.reference, columns: statement.assignments, condition: condition,
          reads: reads, conjuncts: statement.predicate?.conjuncts ?? [])))
    updateReferring(to: table, names)
    if statement.only { return }
    reachDescendants(of: table) { child in
      .rowsUpdated(
        RowsUpdated(
          table: child, columns: statement.assignments, condition: condition, reads: reads,
          conjuncts: statement.predicate?.conjuncts ?? []))
    }
  }

  /// A row that is written is checked as a whole, also by what was added as NOT VALID (manual, ALTER TABLE).
  private mutating func uncheckedRowsMayFail(
    _ table: Table, _ assigned: [String], where predicate: SQLExpression?
  ) {
    guard !isKnownEmpty(table) else { return }
    for constraint in table.constraints where !constraint.isValidated {
      guard case .check(let expression, _) = constraint.kind,
        !constraint.columns.contains(where: assigned.contains)
      else { continue }
      mayFail(
        "23514", .checkViolated(table: table.name, constraint: constraint.name),
        when: predicate == nil
          ? settled(
            .violates(table.reference, expression: expression), on: table, constraint.columns)
          : .unknown(table.reference))
    }
  }

  /// Whether there is no index to find the rows by.
  func readsAllRows(_ condition: RowCondition, of table: Table) -> Bool {
    guard case .keyed(let keys) = condition else { return true }
    return !hasIndex(leadingWithOneOf: keys.map(\.column), of: table)
  }

  /// Whether an index begins with one of the columns, as far as the table's indexes are known.
  func hasIndex(leadingWithOneOf columns: [String], of table: Table) -> Bool {
    guard knowsAll(of: table) else { return true }
    return table.indexes.contains { index in
      guard index.predicate == nil, case .column(let first)? = index.elements.first?.key else {
        return false
      }
      return columns.contains(first)
    }
  }

  /// Statements on a parent reach the rows of its children, which may be older than it.
  mutating func reachDescendants(
    of table: Table, _ effect: (TableReference) -> Effect
  ) {
    for name in descendants(of: table.name) {
      guard let child = catalog.table(name), child.origin != table.origin else { continue }
      self.effect(effect(child.reference))
    }
  }

  /// Rows that refer to a key follow its change where ON UPDATE says so.
  private mutating func updateReferring(to table: Table, _ columns: [String]) {
    guard !isKnownEmpty(table) else { return }
    for user in [table.name] + users(of: table.name) {
      guard let other = catalog.table(user), !isKnownEmpty(other) else { continue }
      for constraint in other.constraints {
        guard let reference = constraint.reference, reference.table == table.name,
          reference.referencedColumns.isEmpty
            || reference.referencedColumns.contains(where: columns.contains)
        else { continue }
        switch reference.onUpdate {
        case .noAction, .restrict: continue
        case .cascade, .setNull, .setDefault: updateAlong(other, reference.columns, from: table)
        }
      }
    }
  }

  /// Rows of another table that are changed because they refer to this one.
  mutating func updateAlong(
    _ other: Table, _ columns: [String], from table: Table, _ referring: DataCondition? = nil
  ) {
    lock(other, .rowExclusive)
    noteTriggers(of: other, [.update], columns)
    var changed = other
    for place in changed.columns.indices where columns.contains(changed.columns[place].name) {
      changed.columns[place].contents = .init(origin: context.origin, isChanged: true)
    }
    changeRows(of: &changed, givesNumbers: false)
    store(changed)
    effect(
      .rowsUpdated(
        RowsUpdated(
          table: other.reference, columns: columns.map { Assignment(column: $0) },
          condition: .other("rows that refer to \(table.name.name)"), reads: [],
          referring: referring)))
  }

  /// What is known of a column after an UPDATE of it.
  private func after(
    _ assignment: Assignment, _ statement: Update, _ column: Column
  ) -> Column.Contents {
    let before = contents(column)
    var after = Column.Contents(origin: context.origin, isChanged: true)
    after.gone = before?.gone ?? []
    let constant = assignment.isPart ? nil : assignment.value?.constant
    let isNonNull = constant != nil && constant != .null
    if isNonNull {
      if statement.predicate == nil || isNullTest(statement.predicate, of: assignment.column) {
        after.hasNoNull = true
      } else {
        after.hasNoNull = before?.hasNoNull ?? false
      }
    }
    if let constant {
      after.gone.removeAll { $0 == constant }
      after.gone += goneValues(statement.predicate, of: assignment.column).filter { $0 != constant }
    } else {
      after.gone = []
    }
    return after
  }

  private func isNullTest(_ predicate: SQLExpression?, of column: String) -> Bool {
    guard let conjuncts = predicate?.conjuncts, conjuncts.count == 1 else { return false }
    if case .isNull(let reference) = conjuncts[0] { return reference.column == column }
    return false
  }

  /// The values of a column that no row has after all rows with them were changed or deleted.
  private func goneValues(_ predicate: SQLExpression?, of column: String) -> [SQLConstant] {
    guard let conjuncts = predicate?.conjuncts, conjuncts.count == 1,
      case .equals(let reference, let values) = conjuncts[0], reference.column == column
    else { return [] }
    return values
  }

  private mutating func checkAssignment(
    _ assignment: Assignment, _ column: Column, where predicate: SQLExpression?, _ table: Table
  ) throws(Refused) {
    if column.isGenerated || column.identity == .always, !assignment.isDefault {
      try refuse(column, of: table, isCertain: true)
    }
    if assignment.isRow, !assignment.isPart, let type = column.type,
      type.builtin?.isString == false || type.isArray
    {
      try fail(
        "42804", .invalidDefinition("a row for \(column.name) of type \(type.description)"),
        ifCertain: isSettled(table.id))
    }
    if assignment.isPart {
      // The type of an element or attribute is another.
      doubt(.executes, .unprovedQuery)
      if let value = assignment.value { rowsMayRaise(value, of: table) }
      return
    }
    let constant = assignment.value?.constant
    if let constant, assignment.value?.casts.isEmpty == true {
      try checkConstant(constant, column, table)
    }
    try requireLabel(constant, for: column.type)
    if let value = assignment.value { try requireAssignable(value, column, of: table) }
    guard !isKnownEmpty(table) else { return }
    if column.isNullable == false, constant == .null {
      mayFail(
        "23502", .nullsExist(table: table.name, column: column.name),
        when: .hasRows(table.reference))
    } else if column.isNullable == false, constant == nil,
      !isNeverNull(assignment, column, where: predicate, in: table)
    {
      mayFail(
        "23502", .nullsExist(table: table.name, column: column.name),
        when: .unknown(table.reference))
    }
    if let value = assignment.value {
      rowsMayRaise(value, of: table)
      if constant == nil, !fits(value, column, in: table) {
        mayFail(
          "22000", .invalidDefinition("\(value.text) does not fit into \(column.name)"),
          when: .unknown(table.reference))
      }
    } else if !assignment.isDefault {
      mayFail(
        "22000", .invalidDefinition("what a query gives does not fit into \(column.name)"),
        when: .unknown(table.reference))
    }
    for index in table.indexes where index.isUnique && index.columns.contains(column.name) {
      mayFail(
        "23505", .duplicatesExist(table: table.name, key: index.columns),
        when: .unknown(table.reference))
    }
    for constraint in table.constraints where uses(constraint, column.name) {
      switch constraint.kind {
      case .check:
        mayFail(
          "23514", .checkViolated(table: table.name, constraint: constraint.name),
          when: .unknown(table.reference))
      case .foreignKey where constant != .null:
        mayFail(
          "23503", .orphansExist(table: table.name, constraint: constraint.name),
          when: .unknown(table.reference))
      case .exclusion:
        mayFail(
          "23P01", .exclusionViolated(table: table.name, constraint: constraint.name),
          when: .unknown(table.reference))
      default: break
      }
    }
  }

  private func uses(_ constraint: Constraint, _ column: String) -> Bool {
    if constraint.columns.contains(column) { return true }
    guard case .exclusion(let exclusion) = constraint.kind else { return false }
    return exclusion.predicate?.columns.contains { $0.column == column } == true
  }

  /// Whether an assignment gives no row a NULL: computed strictly from what is not NULL itself.
  func isNeverNull(
    _ assignment: Assignment, _ column: Column, where predicate: SQLExpression?, in table: Table
  ) -> Bool {
    guard let value = assignment.value else {
      return assignment.isDefault
        && (column.identity != nil || column.default.expression.map { !$0.isNull } ?? false)
    }
    guard value.isStrict else { return false }
    if value.functions.count == 1, value.functions[0].name.name == "coalesce",
      value.text.hasPrefix("COALESCE("), value.operators.isEmpty,
      value.functions[0].arguments.contains(where: { $0.map { $0 != .null } ?? false })
    {
      return true
    }
    let tested = (predicate?.conjuncts ?? []).compactMap { conjunct -> String? in
      switch conjunct {
      case .isNotNull(let reference): reference.column
      case .equals(let reference, let values): values.contains(.null) ? nil : reference.column
      case .isNull, .other: nil
      }
    }
    return value.isNullOnlyFromColumns
      && value.columns.allSatisfy { reference in
        guard let name = reference.column, let source = table.column(name) else { return false }
        return source.isNullable == false || tested.contains(name)
          || contents(source)?.hasNoNull == true
      }
  }

  /// Whether every value of an expression fits into a column: those of a column whose type is the same or
  /// narrower do, and types without a length, precision or range take what becomes a value of theirs.
  private func fits(_ value: SQLExpression, _ column: Column, in table: Table) -> Bool {
    guard let type = column.type, !value.containsSubquery else { return false }
    if type.userType.flatMap({ catalog.type($0)?.domain }) != nil { return false }
    let sources = value.columns.map { $0.column.flatMap(table.column)?.type }
    let isPlain = value.functions.isEmpty && value.operators.isEmpty && value.casts.isEmpty
    if isPlain, sources.count == 1, let from = sources[0] {
      let classifier = TypeClassifier(timeZoneIsUTC: true) { [catalog] in catalog.type($0) }
      let change = classifier.change(from: from, to: type, using: .none)
      switch change.values {
      case .unchanged, .kept, .converted: return !change.needsUsing && change.failures.isEmpty
      case .keptOrFails, .readOrFails, .mayChangeSilently, .unknown: return false
      }
    }
    let isSameType = sources.allSatisfy { $0 == type }
    switch type.builtin {
    case .text: return true
    case .varchar: return type.modifiers == .none
    case .timestamp, .timestamptz, .time, .timetz, .interval, .date, .bool, .uuid: return true
    case .int8, .numeric, .float8: return type.modifiers == .none
    default: return isSameType && type.modifiers == .none
    }
  }

  /// A literal that its column does not take.
  private mutating func checkConstant(
    _ constant: SQLConstant, _ column: Column, _ table: Table
  ) throws(Refused) {
    guard let type = column.type else { return }
    try requireAssignable(constant, column, of: table)
    guard !type.isArray else { return }
    try requireReadable(constant, column, of: table)
    try requireFit(of: constant, in: column, of: table)
    guard !isKnownEmpty(table) else { return }
    if let domain = type.userType.flatMap({ catalog.type($0)?.domain }) {
      if domain.isNotNull, constant == .null {
        mayFail(
          "23502", .nullsExist(table: table.name, column: column.name),
          when: .hasRows(table.reference))
      }
      for constraint in domain.constraints {
        mayFail(
          "23514", .checkViolated(table: table.name, constraint: constraint.name),
          when: .unknown(table.reference))
      }
    }
  }
}

extension SQLExpression {
  /// Whether a value without columns is never NULL, as far as its parts tell.
  var isNeverNull: Bool {
    if let constant { return constant != .null }
    return isStrict && columns.isEmpty && isNullOnlyFromColumns
  }

  /// Whether it gives each row another value.
  var isDistinct: Bool {
    ["gen_random_uuid()", "uuid_generate_v4()", "uuid_generate_v1()"].contains(text)
  }

  /// Whether no part of it turns values into NULL.
  fileprivate var isStrict: Bool {
    !["CASE", "NULL", "["].contains(where: text.contains) && !containsSubquery
      && !containsParameter
  }

  fileprivate var isNullOnlyFromColumns: Bool {
    functions.allSatisfy { neverNullFunctions.contains($0.name.name) }
      && operators.allSatisfy { neverNullOperators.contains($0.name) }
  }

  /// Of the conditions of a statement that reads other relations too, those that name a column of its target
  /// stay told apart.
  mutating func keepConjuncts(of target: RelationUse, _ table: Table) {
    conjuncts = conjuncts.map { conjunct in
      let reference: ColumnReference
      switch conjunct {
      case .equals(let column, _), .isNull(let column), .isNotNull(let column): reference = column
      case .other: return conjunct
      }
      // Without a table it would be ambiguous if others had it too.
      let isOwn =
        reference.qualifier.isEmpty
        ? reference.column.map { table.column($0) != nil } ?? false
        : target.qualifies(reference)
      return isOwn ? conjunct : .other(text)
    }
  }
}

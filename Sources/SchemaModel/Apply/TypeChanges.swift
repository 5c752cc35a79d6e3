// ALTER COLUMN … TYPE: what it does to the values, the table, and what rests on the column.

import HashTreeCollections
import PostgresSyntax

/// Functions of which the value depends on the time (manual 9.9.5).
private let clocks: Set<String> = [
  "age", "clock_timestamp", "current_date", "current_time", "current_timestamp", "localtime",
  "localtimestamp", "now", "statement_timestamp", "timeofday", "transaction_timestamp",
]

extension DataType {
  /// Whether its values are moments, which a session shows in its own time zone.
  fileprivate var isZoned: Bool { builtin == .timestamptz || builtin == .timetz }
}

extension Replay {
  mutating func setType(
    _ name: String, _ written: TypeName, using: SQLExpression?, collation: QualifiedName?,
    of table: inout Table
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    let type = try dataType(written)
    try refuseUsedColumn(column, of: table)
    if column.inheritedFrom > 0 {
      try fail("42P16", .invalidDefinition("inherited column \(name)"))
    }
    if case .partitioned(let key) = table.kind,
      key.elements.contains(where: { $0.columns.contains(name) })
    {
      try fail("42P16", .invalidDefinition("partition key column \(name)"))
    }
    try requireNames(of: [using])
    if using?.containsSubquery == true {
      try fail("0A000", .invalidDefinition("a subquery in USING for column \(name)"))
    }
    if column.type == nil { doubtFormer(column, of: table) }
    var change = classify(column, type, using)
    try refuseCast(column, type, change, using: using, table)
    let newCollation = ownCollation(collation)
    var rebuiltIndexes: [String] = []
    if change.rewritesTable != false, change.values != .unchanged {
      rewriteAll(table, .typeChange(column: name))
    } else {
      change.scansTable = verifyChecks(on: name, of: table)
      rebuiltIndexes = rebuildIndexes(on: column, of: table, as: type, newCollation)
    }
    if let using, !isKnownEmpty(table) { noteCalls(of: using) }
    valuesMayFail(table, column, type, change, using)
    checksMayFail(table, column, type, change)
    if let using { nullsMayFail(table, column, using) }
    lockPartners(of: name, in: table, scanning: change.rewritesTable != false)

    table.columns[place].take(type, collation: newCollation)
    if case .expression = column.default, type != column.type {
      table.columns[place].defaultType = column.defaultType ?? column.type
    }
    // The default stays what it was, cast to the new type: it still depends on the old one.
    if let old = column.type?.userType, old != type.userType,
      case .expression(var expression) = column.default
    {
      expression.casts.append(TypeName(schema: old.schema, name: old.name))
      table.columns[place].default = .expression(expression)
    }
    if using != nil {
      table.columns[place].contents = .init(origin: context.origin, isChanged: true)
    }
    noteUses(of: table.columns[place], by: table.name)
    store(table)
    effect(
      .columnTypeChanged(
        ColumnTypeChange(
          column: referent(table, column), from: column.type, to: type, using: using,
          change: change, rebuiltIndexes: rebuiltIndexes)))
    if !isNew(table.origin), !isNew(column.origin), change.values != .unchanged {
      breaks(.typeChanged(referent(table, column), from: column.type, to: type, change))
    }
    changeDescendants(of: table, name) { $0.take(type, collation: newCollation) }
    doubtRebuilt(on: column, of: table)
    if column.identity != nil { try changeIdentity(of: column, to: type, table) }
  }

  /// The valid CHECKs on a column are made anew, and verified on all rows, even where its type is as it was.
  private mutating func verifyChecks(on column: String, of table: Table) -> Bool {
    let checked = family(of: table).filter { table in
      table.constraints.contains { $0.isValidCheck && $0.columns.contains(column) }
    }
    for table in checked { scan(table, .check(constraint: "")) }
    return !checked.isEmpty
  }

  /// Indexes of expressions and extended statistics are made anew from their text, without their statistics
  /// targets.
  private mutating func doubtRebuilt(on column: Column, of table: Table) {
    for index in table.indexes where index.columns.contains(column.name) {
      let name = QualifiedName(schema: table.name.schema, index.name)
      let expressions =
        index.elements.compactMap(\.expression) + [index.predicate].compactMap { $0 }
      guard expressions.contains(where: { uses($0, column.name) }) else { continue }
      if catalog.uncompared.contains(name) { doubt(.schema, .notCompared(.index, name)) }
    }
    for (key, other) in catalog.others where key.kind == .statistics {
      if other.relations.contains(table.name), other.columns.contains(column.name),
        catalog.uncompared.contains(key.name)
      {
        doubt(.schema, .notCompared(.statistics, key.name))
      }
    }
  }

  /// The sequence of an identity column takes the column's type.
  private mutating func changeIdentity(
    of column: Column, to type: DataType, _ table: Table
  ) throws(Refused) {
    guard let integer = type.builtin, type.isWholeNumber else {
      return try fail("22023", .invalidDefinition("type of identity column \(column.name)"))
    }
    guard var sequence = catalog.sequence(identitySequence(of: column, table)) else { return }
    sequence.options.setType(.builtin(integer.rawValue))
    if case .value(let maximum)? = sequence.options.maxValue, maximum > sequence.options.largest {
      try fail(
        "22023",
        .invalidDefinition("MAXVALUE of identity column \(column.name) for its new type"),
        ifCertain: sequence.isKnown)
    }
    store(sequence)
  }

  /// Views, rules, triggers, policies and generated columns hold a column's type fast (0A000).
  private mutating func refuseUsedColumn(_ column: Column, of table: Table) throws(Refused) {
    let readers = views(reading: column.name, of: table.name)
    let holders = readers.certain + ownDependents(ofColumn: column.name, in: table)
    if let holder = holders.first {
      try fail("0A000", .typeUsed(column: column.name, by: holder))
    }
    let user =
      readers.possible.first ?? self.column(withRowType: table.name)
      ?? routine(mentioning: QualifiedName(column.name))
    if let user {
      mayFail("0A000", .typeUsed(column: column.name, by: user))
    } else if !isSettled(column.id) {
      mayFail("0A000", .hasDependents(.column, QualifiedName(column.name), dependents: []))
    }
  }

  private func classify(
    _ column: Column, _ type: DataType, _ using: SQLExpression?
  ) -> TypeChange {
    let classifier = TypeClassifier(timeZoneIsUTC: context.timeZoneIsUTC) { [catalog] name in
      catalog.type(name)
    }
    let way: TypeClassifier.Using
    if let using {
      if isInUTC(using, of: column) {
        way = .inUTC
      } else if using.isCast(of: column.name), let cast = wayOfCast(using, to: type) {
        way = cast
      } else if using.columns.isEmpty, using.relations.isEmpty {
        way = .overwritten
      } else {
        way = .expression
      }
    } else {
      way = .none
    }
    return classifier.change(from: column.type, to: type, using: way)
  }

  /// Whether USING moves the column's value from or to UTC, with PostgreSQL's own function.
  private func isInUTC(_ using: SQLExpression, of column: Column) -> Bool {
    using.isInUTC(of: column.name)
      && catalog.routines[catalog.resolveRoutine(QualifiedName("timezone"))] == nil
  }

  /// How a column under casts becomes a value of the new type; nil where a cast by way of another type than
  /// text may lose something on its way.
  private func wayOfCast(_ using: SQLExpression, to type: DataType) -> TypeClassifier.Using? {
    guard let last = using.casts.first.map(namedType) else { return TypeClassifier.Using.none }
    var bare = type
    bare.modifiers = .none
    for cast in using.casts.map(namedType) where cast != bare && !cast.isPlainText {
      if cast != type || last != type { return nil }
    }
    return last == type ? .castOnly : .assigned(last)
  }

  private mutating func refuseCast(
    _ column: Column, _ type: DataType, _ change: TypeChange, using: SQLExpression?,
    _ table: Table
  ) throws(Refused) {
    guard let from = column.type else { return }
    if change.needsUsing {
      try fail("42804", .cannotCast(column: column.name, from: from, to: type))
    }
    try requireTypes(of: using, as: .assigned(type), in: table)
    // What suited its first type suits it again.
    guard using != nil, case .expression(let value) = column.default, column.defaultType != type
    else { return }
    let own = typeOfDefault(value, column)
    let plain = TypeClassifier(timeZoneIsUTC: true) { [catalog] in catalog.type($0) }
      .change(from: own ?? from, to: type, using: .none)
    if plain.needsUsing {
      try fail(
        "42804", .defaultCannotBeCast(column: column.name, to: type), ifCertain: own != nil)
    }
  }

  /// The type of a default's expression before it is cast to that of its column, which is what another
  /// type is made from (ATExecAlterColumnType strips the implicit casts); nil where it is not known.
  private mutating func typeOfDefault(_ value: SQLExpression, _ column: Column) -> DataType? {
    if value.casts.isEmpty, case .string? = value.constant {
      return column.defaultType ?? column.type
    }
    return typeOfConstant(value)
  }

  private mutating func valuesMayFail(
    _ table: Table, _ column: Column, _ type: DataType, _ change: TypeChange,
    _ using: SQLExpression?
  ) {
    guard !isKnownEmpty(table), contents(column)?.isOnlyNull != true else { return }
    let referent = referent(table, column)
    let mayHaveChanged = contents(column)?.isChanged == true || isNew(column.origin)
    func asked(_ condition: DataCondition) -> DataCondition {
      mayHaveChanged ? .unknown(table.reference) : condition
    }
    for hazard in change.failures {
      switch hazard {
      case .tooLong where type.builtin == .bit:
        // Too short is as wrong.
        mayFail(
          "22026", .valueNotCastable(column: column.name, type: type),
          when: asked(.notCastable(referent, type: type, using: using)))
      case .tooLong(let limit):
        mayFail(
          "22001", .valueTooLong(column: column.name, type: type),
          when: asked(.longerThan(referent, characters: limit)))
      case .outOfRange:
        mayFail(
          "22003", .valueOutOfRange(column: column.name, type: type),
          when: asked(.outOfRange(referent, type: type)))
      case .notCastable:
        guard let condition = castCondition(referent, column, type, using) else { continue }
        mayFail(
          "22P02", .valueNotCastable(column: column.name, type: type), when: asked(condition))
      }
    }
    for label in unusableLabels(of: type) where change.values != .unchanged {
      let reason = FailureReason.enumValueNotUsableYet(
        type: type.userType ?? QualifiedName(""), value: label)
      if column.type?.isText == true, using?.isCast(of: column.name) != false {
        let holds = RowCondition.KeyComparison(column: column.name, values: [.string(label)])
        mayFail("55P04", reason, when: asked(.rowsMatch(table.reference, [holds])))
      } else {
        mayFail("55P04", reason, when: .unknown(table.reference))
      }
    }
    if change.values == .unknown, change.failures.isEmpty {
      mayFail(
        "22P02", .valueNotCastable(column: column.name, type: type),
        when: asked(.notCastable(referent, type: type, using: using)))
    }
    let mayBecomeEqual = type.isCaseInsensitive && column.type?.isCaseInsensitive != true
    if type.userType != column.type?.userType,
      let domain = type.userType.flatMap({ catalog.type($0)?.domain })
    {
      if domain.isNotNull, column.isNullable != false {
        mayFail(
          "23502", .nullsExist(table: table.name, column: column.name),
          when: asked(.hasNulls(table.reference, [referent])))
      }
      for constraint in domain.constraints {
        mayFail(
          "23514", .checkViolated(table: table.name, constraint: constraint.name),
          when: .unknown(table.reference))
      }
    }
    guard change.values == .mayChangeSilently || mayBecomeEqual else { return }
    for index in table.indexes where index.isUnique && index.columns.contains(column.name) {
      mayFail(
        "23505", .duplicatesExist(table: table.name, key: index.columns),
        when: asked(
          .hasDuplicatesAfter(
            .init(
              table: table.reference, columns: plainKey(of: index, of: table), changed: referent,
              type: type, using: using))))
    }
  }

  /// CHECKs on the column are computed anew for all rows: values that were rounded or moved to another zone, and
  /// a clock that went on, may be refused now.
  private mutating func checksMayFail(
    _ table: Table, _ column: Column, _ type: DataType, _ change: TypeChange
  ) {
    guard change.values != .unchanged, !isKnownEmpty(table) else { return }
    let isRounded = change.values == .mayChangeSilently
    let isMoved = column.type?.isZoned != type.isZoned
    for constraint in table.constraints {
      guard case .check(let expression, _) = constraint.kind,
        constraint.columns.contains(column.name)
      else { continue }
      let isTest = expression.functions.isEmpty && expression.operators.isEmpty
      guard !isTest && (isRounded || isMoved) || readsClock(expression) else { continue }
      mayFail(
        "23514", .checkViolated(table: table.name, constraint: constraint.name),
        when: .unknown(table.reference))
    }
  }

  /// Whether the expression may give another value at another time.
  private func readsClock(_ expression: SQLExpression) -> Bool {
    expression.functions.contains { call in
      clocks.contains(call.name.name) || !isBuiltin(call.name) && !isOfExtension(call.name)
    }
  }

  /// USING may make NULLs in a column that takes none.
  private mutating func nullsMayFail(_ table: Table, _ column: Column, _ using: SQLExpression) {
    guard column.isNullable == false, !isKnownEmpty(table) else { return }
    // Since PostgreSQL 18 the null of JSON is NULL as a number.
    let isCast = using.isCast(of: column.name) && column.type?.builtin != .jsonb
    var assignment = Assignment(column: column.name)
    assignment.value = using
    if isCast || isInUTC(using, of: column)
      || isNeverNull(assignment, column, where: nil, in: table)
    {
      return
    }
    mayFail(
      "23502", .nullsExist(table: table.name, column: column.name),
      when: using.isNull ? .hasRows(table.reference) : .unknown(table.reference))
  }

  /// The columns that are compared as their types are, in all rows; nil for any other key.
  private func plainKey(of index: Index, of table: Table) -> [ColumnReferent]? {
    let names = index.elements.compactMap { element -> String? in
      guard element.operatorClass == nil, element.collation == nil,
        case .column(let name) = element.key
      else { return nil }
      return name
    }
    guard names.count == index.elements.count, index.predicate == nil, !index.nullsNotDistinct
    else { return nil }
    return referents(table, names)
  }

  /// Between enums it is known which values cannot be taken over; nil where there are none left.
  private func castCondition(
    _ referent: ColumnReferent, _ column: Column, _ type: DataType, _ using: SQLExpression?
  ) -> DataCondition? {
    guard let old = column.type?.userType.flatMap({ catalog.type($0)?.labels }),
      let new = type.userType.flatMap({ catalog.type($0)?.labels }),
      column.type?.isArray == false, using?.isCast(of: column.name) == true
    else { return .notCastable(referent, type: type, using: using) }
    let gone = contents(column)?.gone ?? []
    let left = old.filter { !new.contains($0) && !gone.contains(.string($0)) }
    return left.isEmpty ? nil : .usesEnumValues(referent, values: left)
  }

  /// Foreign keys on the column, and those that refer to it, are made anew.
  private mutating func lockPartners(of column: String, in table: Table, scanning: Bool) {
    for constraint in table.constraints {
      guard let reference = constraint.reference, reference.columns.contains(column) else {
        continue
      }
      lock(named: reference.table, .accessExclusive)
      if scanning, let parent = catalog.table(reference.table) {
        scan(parent, .foreignKey(constraint: constraint.name))
      }
    }
    for user in users(of: table.name) {
      guard let other = catalog.table(user) else { continue }
      for constraint in other.constraints {
        guard let reference = constraint.reference, reference.table == table.name,
          reference.referencedColumns.contains(column)
        else { continue }
        lock(other, .accessExclusive)
        if scanning { scan(other, .foreignKey(constraint: constraint.name)) }
      }
    }
  }
}

extension Constraint {
  fileprivate var isValidCheck: Bool { if case .check = kind { isValidated } else { false } }
}

extension DataType {
  var isWholeNumber: Bool { builtin == .int2 || builtin == .int4 || builtin == .int8 }

  /// `text`, or `varchar` of any length.
  fileprivate var isPlainText: Bool {
    (builtin == .text || builtin == .varchar) && modifiers == .none && !isArray
  }
}

// INSERT, UPDATE, DELETE, MERGE, TRUNCATE and COPY.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// The target of a write: a table, or what is known of a view that is written through.
  private mutating func target(
    _ written: QualifiedName, _ events: Set<CreateTrigger.Event>, _ columns: [String] = []
  ) throws(Refused) -> Table? {
    let name = catalog.resolveRelation(written)
    if catalog.view(name) != nil {
      lock(named: name, .rowExclusive)
      effect(.notUnderstood(.trigger(name)))
      return nil
    }
    if isSystemSchema(name.schema)
      || written.schema == nil && catalog.relations[name] == nil && name.name.hasPrefix("pg_")
    {
      effect(.notUnderstood(.statement("a write to a system catalog")))
      return nil
    }
    let table = try table(written, byQuery: true)
    lock(table, .rowExclusive)
    noteTriggers(of: table, events, columns)
    if !table.rules.isEmpty { effect(.notUnderstood(.trigger(table.name))) }
    return table
  }

  mutating func changeRows(
    of table: inout Table, adds: Bool = false, empties: Bool = false
  ) {
    if table.rows.origin != context.origin { table.rows = .init(origin: context.origin) }
    table.rows.areChanged = true
    if empties {
      table.rows.areGone = true
      table.rows.areAdded = false
    }
    if adds {
      table.rows.areGone = false
      table.rows.areAdded = true
    }
  }

  // MARK: INSERT

  mutating func insert(_ statement: Insert) throws(Refused) {
    let reads = try read(statement.reads).filter { $0 != catalog.resolveRelation(statement.table) }
    guard var table = try target(statement.table, insertEvents(statement)) else { return }
    for name in statement.columns where !isSystemColumn(name) {
      _ = try column(name, in: &table)
    }
    if case .query = statement.source { scan(reads) }
    let columns = statement.columns.isEmpty ? table.columns.map(\.name) : statement.columns
    var rows: [[Insert.Value]]?
    switch statement.source {
    case .values(let values): rows = values
    case .defaultValues: rows = [[]]
    case .query: rows = nil
    }
    try checkInsert(statement, rows, columns, &table)
    let wasEmpty = isKnownEmpty(table)
    for place in table.columns.indices {
      table.columns[place].contents = afterInsert(table.columns[place], wasEmpty)
    }
    changeRows(of: &table, adds: true)
    store(table)
    effect(
      .rowsInserted(
        RowsInserted(
          table: table.reference, columns: columns, rows: rows, reads: reads,
          onConflict: statement.onConflict)))
  }

  private func insertEvents(_ statement: Insert) -> Set<CreateTrigger.Event> {
    if case .doUpdate? = statement.onConflict?.action { [.insert, .update] } else { [.insert] }
  }

  /// New rows may hold what a step's earlier statements had ruled out.
  private func afterInsert(_ column: Column, _ wasEmpty: Bool) -> Column.Contents? {
    guard contents(column) != nil else { return nil }
    return Column.Contents(origin: context.origin, isChanged: true)
  }

  private mutating func checkInsert(
    _ statement: Insert, _ rows: [[Insert.Value]]?, _ columns: [String], _ table: inout Table
  ) throws(Refused) {
    for column in table.columns
    where column.mayBeOmitted == false && !columns.contains(column.name) && rows?.isEmpty != true {
      if statement.columns.isEmpty { continue }
      let reason = FailureReason.nullsExist(table: table.name, column: column.name)
      if rows == nil { continue }
      try fail("23502", reason, ifCertain: isSettled(table.id) && table.triggers.isEmpty)
    }
    for row in rows ?? [] {
      for (name, value) in zip(columns, row) {
        guard let column = table.column(name) else { continue }
        try checkValue(value, column, table)
      }
    }
    try checkConflicts(statement, rows, columns, table)
    if !isPlainInsert(statement, rows, columns, table) {
      mayFail("22000", .invalidDefinition("a row does not suit \(table.name.name)"))
    }
  }

  /// Whether the rows suit the table, whatever else it holds: literals of the columns' own types.
  private func isPlainInsert(
    _ statement: Insert, _ rows: [[Insert.Value]]?, _ columns: [String], _ table: Table
  ) -> Bool {
    guard let rows, statement.onConflict == nil, table.kind == .ordinary,
      table.partitionOf == nil,
      table.constraints.allSatisfy({ if case .check = $0.kind { false } else { true } }),
      table.constraints.allSatisfy({ if case .exclusion = $0.kind { false } else { true } }),
      rows.count < 2 || !table.indexes.contains(where: \.isUnique)
        || isDistinct(rows, columns, table),
      table.columns.allSatisfy({
        columns.contains($0.name)
          || $0.mayBeOmitted != false && ($0.default.expression != nil || !mayRefuseNull($0))
      })
    else { return false }
    return rows.allSatisfy { row in
      row.count <= columns.count
        && (!statement.columns.isEmpty || row.isEmpty || row.count == columns.count)
        && zip(columns, row).allSatisfy { name, value in
          guard let column = table.column(name), !column.isGenerated else { return false }
          return suits(value, column)
        }
    }
  }

  /// Whether the rows of one statement differ in some unique key at least.
  private func isDistinct(
    _ rows: [[Insert.Value]], _ columns: [String], _ table: Table
  ) -> Bool {
    table.indexes.filter(\.isUnique).allSatisfy { index in
      let places = index.columns.compactMap { columns.firstIndex(of: $0) }
      // A key that a default makes.
      guard places.count == index.columns.count else { return true }
      let keys = rows.map { row in places.map { $0 < row.count ? row[$0] : .default } }
      return Set(keys).count == keys.count
    }
  }

  /// Whether the column's type may be what does not take NULL.
  private func mayRefuseNull(_ column: Column) -> Bool {
    guard let type = column.type, !type.isArray,
      let domain = type.userType.flatMap({ catalog.type($0)?.domain })
    else { return false }
    return domain.isNotNull || !domain.constraints.isEmpty
  }

  private func suits(_ value: Insert.Value, _ column: Column) -> Bool {
    guard case .constant(let constant) = value else {
      if case .default = value { return column.mayBeOmitted != false }
      return false
    }
    guard let type = column.type, !type.isArray else { return constant == .null }
    switch constant {
    case .null: return column.isNullable != false && !mayRefuseNull(column)
    case .boolean: return type.builtin == .bool
    case .integer(let number):
      switch type.builtin {
      case .int2: return Int16(exactly: number) != nil
      case .int4: return Int32(exactly: number) != nil
      case .int8, .float8: return true
      case .numeric: return type.modifiers == .none
      default: return false
      }
    case .string(let text):
      switch type.builtin {
      case .text: return true
      case .varchar:
        if case .one(let limit) = type.modifiers { return text.unicodeScalars.count <= limit }
        return true
      // Checked as a label, where the type is an enum.
      case nil: return type.userType.flatMap { catalog.type($0)?.labels } != nil
      default: return false
      }
    case .number, .bits: return false
    }
  }

  private mutating func checkValue(
    _ value: Insert.Value, _ column: Column, _ table: Table
  ) throws(Refused) {
    switch value {
    case .constant(let constant):
      if constant == .null, column.isNullable == false, table.triggers.isEmpty {
        try fail(
          "23502", .nullsExist(table: table.name, column: column.name),
          ifCertain: isSettled(table.id))
      }
      if column.identity == .always, constant != .null {
        mayFail("428C9", .invalidDefinition("identity column \(column.name)"))
      }
      try requireLabel(constant, for: column.type)
    case .expression(let expression): try requireLabel(expression.constant, for: column.type)
    case .default: break
    }
  }

  /// Keys that may be there already, and keys without a parent.
  private mutating func checkConflicts(
    _ statement: Insert, _ rows: [[Insert.Value]]?, _ columns: [String], _ table: Table
  ) throws(Refused) {
    for constraint in table.constraints {
      guard let reference = constraint.reference, reference.table != table.name,
        reference.columns.contains(where: { columns.contains($0) })
      else { continue }
      lock(named: reference.table, .rowShare)
    }
    guard !isKnownEmpty(table) else { return }
    if case .doNothing? = statement.onConflict?.action { return }
    for index in table.indexes where index.isUnique {
      let key = index.elements.flatMap(\.columns)
      guard key.contains(where: { columns.contains($0) }) else { continue }
      if key.contains(where: {
        table.column($0)?.default.expression != nil && !columns.contains($0)
      }) {
        continue
      }
      mayFail(
        "23505", .duplicatesExist(table: table.name, key: key),
        when: conflict(rows, columns, key, table))
    }
    for constraint in table.constraints {
      guard let reference = constraint.reference,
        reference.columns.contains(where: { columns.contains($0) }),
        !isAllNull(rows, columns, reference.columns)
      else { continue }
      mayFail(
        "23503", .orphansExist(table: table.name, constraint: constraint.name),
        when: .unknown(table.reference))
    }
  }

  private func conflict(
    _ rows: [[Insert.Value]]?, _ columns: [String], _ key: [String], _ table: Table
  ) -> DataCondition {
    guard let rows, key.count == 1, let place = columns.firstIndex(of: key[0]),
      !areRowsChanged(table)
    else { return .unknown(table.reference) }
    var values: [SQLConstant] = []
    for row in rows {
      guard place < row.count, case .constant(let constant) = row[place] else {
        return .unknown(table.reference)
      }
      values.append(constant)
    }
    return .rowsMatch(table.reference, [.init(column: key[0], values: values)])
  }

  private func isAllNull(
    _ rows: [[Insert.Value]]?, _ columns: [String], _ wanted: [String]
  ) -> Bool {
    guard let rows else { return false }
    return rows.allSatisfy { row in
      zip(columns, row).allSatisfy { name, value in
        !wanted.contains(name) || value == .constant(.null)
      }
    }
  }

  // MARK: UPDATE

  mutating func update(_ statement: Update) throws(Refused) {
    let reads = try read(statement.reads).filter { $0 != catalog.resolveRelation(statement.table) }
    let names = statement.assignments.map(\.column)
    guard var table = try target(statement.table, [.update], names) else { return }
    try requireColumns(of: statement.predicate, in: table, reads)
    let condition = RowCondition(statement.predicate)
    if let predicate = statement.predicate { rowsMayRaise(predicate, of: table) }
    if readsAllRows(condition, of: table) { scan(table, .query) }
    for assignment in statement.assignments {
      let place = try column(assignment.column, in: &table)
      if assignment.value?.columns.contains(where: { $0.column == statement.alias }) != true {
        try requireColumns(of: assignment.value, in: table, reads)
      }
      try checkAssignment(assignment, table.columns[place], table)
      table.columns[place].contents = after(assignment, statement, table.columns[place])
    }
    changeRows(of: &table)
    store(table)
    effect(
      .rowsUpdated(
        RowsUpdated(
          table: table.reference, columns: statement.assignments, condition: condition,
          reads: reads)))
    updateReferring(to: table, names)
    reachDescendants(of: table) { child in
      .rowsUpdated(
        RowsUpdated(
          table: child, columns: statement.assignments, condition: condition, reads: reads))
    }
  }

  /// Whether there is no index to find the rows by.
  private func readsAllRows(_ condition: RowCondition, of table: Table) -> Bool {
    guard case .keyed(let keys) = condition else { return true }
    return !hasIndex(leadingWithOneOf: keys.map(\.column), of: table)
  }

  /// Whether an index begins with one of the columns, as far as the table's indexes are known.
  private func hasIndex(leadingWithOneOf columns: [String], of table: Table) -> Bool {
    guard knowsAll(of: table) else { return true }
    return table.indexes.contains { index in
      guard index.predicate == nil, case .column(let first)? = index.elements.first?.key else {
        return false
      }
      return columns.contains(first)
    }
  }

  /// Statements on a parent reach the rows of its children, which may be older than it.
  private mutating func reachDescendants(
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
  private mutating func updateAlong(_ other: Table, _ columns: [String], from table: Table) {
    lock(other, .rowExclusive)
    noteTriggers(of: other, [.update], columns)
    effect(
      .rowsUpdated(
        RowsUpdated(
          table: other.reference, columns: columns.map { Assignment(column: $0) },
          condition: .other("rows that refer to \(table.name.name)"), reads: [])))
  }

  /// What is known of a column after an UPDATE of it.
  private func after(
    _ assignment: Assignment, _ statement: Update, _ column: Column
  ) -> Column.Contents {
    let before = contents(column)
    var after = Column.Contents(origin: context.origin, isChanged: true)
    after.gone = before?.gone ?? []
    let constant = assignment.value?.constant
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
    _ assignment: Assignment, _ column: Column, _ table: Table
  ) throws(Refused) {
    let constant = assignment.value?.constant
    if let constant, assignment.value?.casts.isEmpty == true {
      try checkConstant(constant, column, table)
    }
    guard !isKnownEmpty(table) else { return }
    try requireLabel(constant, for: column.type)
    if column.isNullable == false, constant == .null {
      mayFail(
        "23502", .nullsExist(table: table.name, column: column.name),
        when: .hasRows(table.reference))
    }
    if let value = assignment.value {
      rowsMayRaise(value, of: table)
      if constant == nil, !fits(value, column, in: table) {
        mayFail(
          "22000", .invalidDefinition("\(value.text) does not fit into \(column.name)"),
          when: .unknown(table.reference))
      }
    }
    for index in table.indexes where index.isUnique && index.columns.contains(column.name) {
      mayFail(
        "23505", .duplicatesExist(table: table.name, key: index.columns),
        when: .unknown(table.reference))
    }
    for constraint in table.constraints where constraint.columns.contains(column.name) {
      switch constraint.kind {
      case .check:
        mayFail(
          "23514", .checkViolated(table: table.name, constraint: constraint.name),
          when: .unknown(table.reference))
      case .foreignKey where constant != .null:
        mayFail(
          "23503", .orphansExist(table: table.name, constraint: constraint.name),
          when: .unknown(table.reference))
      default: break
      }
    }
  }

  /// Whether every value of an expression fits into a column: those of a column of the same type do, and
  /// types without a length, precision or narrow range take what they can be assigned.
  private func fits(_ value: SQLExpression, _ column: Column, in table: Table) -> Bool {
    guard let type = column.type else { return true }
    let isPlain = value.functions.isEmpty && value.operators.isEmpty && value.casts.isEmpty
    if isPlain, !value.containsSubquery, value.columns.count == 1,
      let name = value.columns[0].column, table.column(name)?.type == type
    {
      return true
    }
    switch type.builtin {
    case .timestamp, .timestamptz, .time, .timetz, .interval: return true
    case .int2: return false
    default: return type.modifiers == .none
    }
  }

  /// A literal that its column does not take.
  private mutating func checkConstant(
    _ constant: SQLConstant, _ column: Column, _ table: Table
  ) throws(Refused) {
    guard let type = column.type, !type.isArray else { return }
    if constant.isNumber, type.hasNoNumbers {
      try fail(
        "42804", .invalidDefinition("\(column.name) of type \(type) is set to a number"),
        ifCertain: isSettled(table.id))
    }
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
    switch (constant, type.builtin, type.modifiers) {
    case (.string(let text), .varchar, .one(let limit))
    where text.unicodeScalars.count > limit:
      mayFail(
        "22001", .valueTooLong(column: column.name, type: type), when: .unknown(table.reference))
    case (.integer(let number), .int2, _) where Int16(exactly: number) == nil,
      (.integer(let number), .int4, _) where Int32(exactly: number) == nil:
      mayFail(
        "22003", .valueOutOfRange(column: column.name, type: type),
        when: .unknown(table.reference))
    default: break
    }
  }

  // MARK: DELETE, TRUNCATE

  mutating func delete(_ statement: Delete) throws(Refused) {
    let reads = try read(statement.reads).filter { $0 != catalog.resolveRelation(statement.table) }
    guard var table = try target(statement.table, [.delete]) else { return }
    try requireColumns(of: statement.predicate, in: table, reads)
    let condition = RowCondition(statement.predicate)
    if let predicate = statement.predicate { rowsMayRaise(predicate, of: table) }
    if readsAllRows(condition, of: table) { scan(table, .query) }
    deleteReferring(to: table, depth: 0)
    if let conjuncts = statement.predicate?.conjuncts, conjuncts.count == 1,
      case .equals(let reference, let values) = conjuncts[0], let name = reference.column,
      let place = table.columns.firstIndex(where: { $0.name == name })
    {
      var known = contents(table.columns[place]) ?? .init(origin: context.origin)
      known.gone += values
      table.columns[place].contents = known
    }
    changeRows(of: &table, empties: condition == .all)
    store(table)
    effect(
      .rowsDeleted(
        RowsDeleted(table: table.reference, condition: condition, reads: reads)))
    reachDescendants(of: table) { child in
      .rowsDeleted(RowsDeleted(table: child, condition: condition, reads: reads))
    }
  }

  /// Rows that refer to the deleted ones go too, are changed, or stop the statement.
  private mutating func deleteReferring(to table: Table, depth: Int) {
    guard !isKnownEmpty(table), depth < Self.maximumDepth else { return }
    for user in users(of: table.name) {
      guard let other = catalog.table(user), !isKnownEmpty(other) else { continue }
      for constraint in other.constraints {
        guard let reference = constraint.reference, reference.table == table.name else { continue }
        follow(reference, constraint, other, from: table, depth)
      }
    }
  }

  private mutating func follow(
    _ reference: Constraint.Reference, _ constraint: Constraint, _ other: Table,
    from table: Table, _ depth: Int
  ) {
    if !hasIndex(leadingWithOneOf: reference.columns, of: other) { scan(other, .query) }
    switch reference.onDelete {
    case .noAction, .restrict:
      lock(other, .rowShare)
      mayFail(
        "23503", .referencedRows(table: other.name, constraint: constraint.name),
        when: .unknown(other.reference))
    case .cascade:
      let isSeen = outcome.effects.contains { effect in
        if case .rowsDeleted(let rows) = effect { rows.table.name == other.name } else { false }
      }
      if isSeen { return }
      lock(other, .rowExclusive)
      noteTriggers(of: other, [.delete], [])
      effect(
        .rowsDeleted(
          RowsDeleted(
            table: other.reference, condition: .other("rows that refer to \(table.name.name)"),
            reads: [])))
      deleteReferring(to: other, depth: depth + 1)
    case .setNull, .setDefault:
      let columns = reference.setColumns.isEmpty ? reference.columns : reference.setColumns
      updateAlong(other, columns, from: table)
    }
  }

  mutating func truncate(_ statement: Truncate) throws(Refused) {
    var tables: [Table] = []
    for name in statement.tables { tables.append(try table(name)) }
    var place = 0
    while place < tables.count {
      let table = tables[place]
      place += 1
      for user in users(of: table.name) + [] {
        guard let other = catalog.table(user),
          !tables.contains(where: { $0.name == other.name })
        else { continue }
        let isPart = other.partitionOf?.parent == table.name || other.inherits.contains(table.name)
        let refers = other.constraints.contains { $0.reference?.table == table.name }
        if isPart {
          tables.append(other)
        } else if refers, statement.cascade {
          tables.append(other)
        } else if refers {
          try fail(
            "0A000",
            .hasDependents(.table, table.name, dependents: [Dependent(.table, other.name)]),
            ifCertain: isSettled(other.id))
        }
      }
    }
    for var table in tables {
      lock(table, .accessExclusive)
      rewrite(table, .truncate)
      changeRows(of: &table, empties: true)
      store(table)
    }
    effect(
      .truncated(
        tables.map(\.reference), restartIdentity: statement.restartIdentity,
        cascade: statement.cascade))
  }

  // MARK: MERGE, COPY

  mutating func merge(_ statement: Merge) throws(Refused) {
    let reads = try read(statement.reads).filter { $0 != catalog.resolveRelation(statement.table) }
    guard var table = try target(statement.table, [.insert, .update, .delete], statement.updates)
    else { return }
    scan(table, .query)
    changeRows(of: &table, adds: statement.inserts)
    for place in table.columns.indices {
      table.columns[place].contents = .init(origin: context.origin, isChanged: true)
    }
    store(table)
    let reference = table.reference
    if statement.inserts {
      effect(
        .rowsInserted(
          RowsInserted(table: reference, columns: [], rows: nil, reads: reads, onConflict: nil)))
    }
    if !statement.updates.isEmpty {
      effect(
        .rowsUpdated(
          RowsUpdated(
            table: reference, columns: statement.updates.map { Assignment(column: $0) },
            condition: .other("MERGE"), reads: reads)))
    }
    if statement.deletes {
      effect(
        .rowsDeleted(RowsDeleted(table: reference, condition: .other("MERGE"), reads: reads)))
    }
    mayFail("23505", .duplicatesExist(table: table.name, key: []), when: .unknown(reference))
  }

  mutating func copy(_ statement: Copy) throws(Refused) {
    if statement.isProgram || statement.file != nil { return effect(.notUnderstood(.copy)) }
    if let query = statement.query { _ = try read(query) }
    guard let name = statement.table else { return }
    guard statement.isFrom else {
      return lock(try table(name), .accessShare)
    }
    guard var table = try target(name, [.insert]) else { return }
    changeRows(of: &table, adds: true)
    store(table)
    effect(
      .rowsInserted(
        RowsInserted(
          table: table.reference, columns: statement.columns, rows: nil, reads: [],
          onConflict: nil)))
    if !isKnownEmpty(table) {
      mayFail(
        "23505", .duplicatesExist(table: table.name, key: []), when: .unknown(table.reference))
    }
  }
}

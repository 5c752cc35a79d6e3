// INSERT: rows that suit their table, and those that may not.

import PostgresSyntax

extension Replay {
  mutating func insert(_ statement: Insert) throws(Refused) {
    let reads = try read(statement.reads).filter { $0 != catalog.resolveRelation(statement.table) }
    guard var table = try target(statement.table, insertEvents(statement)) else { return }
    for name in statement.columns where !isSystemColumn(name) {
      _ = try column(name, in: &table)
    }
    // Parts of a composite or array value are assigned one by one.
    if let name = statement.columns.firstTwice {
      try fail(
        "42701", .invalidDefinition("column \(name) is given more than once"),
        ifCertain: table.column(name)?.type?.builtin != nil)
    }
    if case .query = statement.source { scan(reads) }
    try requireConflict(statement.onConflict, table)
    try requireTypes(of: statement.reads, table)
    var columns = statement.columns
    // Of a table that the history did not make the places of the columns are not known.
    if columns.isEmpty, table.isComplete { columns = table.columns.map(\.name) }
    var rows: [[Insert.Value]]?
    try requireCounts(statement)
    switch statement.source {
    case .values(let values): rows = values
    case .defaultValues: (rows, columns) = ([[]], [])
    case .query: rows = nil
    }
    let inserted = InsertedRows(rows: rows, columns: columns)
    try refuseGenerated(statement, rows, columns, table)
    try checkInsert(statement, inserted, &table)
    let wasEmpty = isKnownEmpty(table)
    for place in table.columns.indices {
      table.columns[place].contents = afterInsert(table.columns[place], wasEmpty)
    }
    let givesNumbers = givesNumbers(inserted, table)
    changeRows(of: &table, adds: true, givesNumbers: givesNumbers)
    store(table)
    effect(
      .rowsInserted(
        RowsInserted(
          table: table.reference, columns: columns, rows: rows, reads: reads,
          onConflict: statement.onConflict)))
  }

  /// Refuses ON CONFLICT with columns and constraints that are not there, and with columns that no unique index
  /// is of (`infer_arbiter_indexes` in plancat.c).
  private mutating func requireConflict(
    _ conflict: OnConflict?, _ table: Table
  ) throws(Refused) {
    guard let conflict, knowsAll(of: table) else { return }
    if case .doUpdate(let assignments, _) = conflict.action {
      for name in assignments.map(\.column) where table.column(name) == nil {
        try fail("42703", .missing(.column, QualifiedName(name), of: table.name))
      }
    }
    if let name = conflict.constraint, !table.constraints.contains(where: { $0.name == name }) {
      try fail("42704", .missing(.tableConstraint, QualifiedName(name), of: table.name))
    }
    var columns: Set<String> = []
    for element in conflict.target {
      guard case .column(let name) = element.key else { return }
      if table.column(name) == nil, !isSystemColumn(name) {
        try fail("42703", .missing(.column, QualifiedName(name), of: table.name))
      }
      columns.insert(name)
    }
    let unique = table.indexes.filter(\.isUnique)
    if columns.isEmpty || unique.contains(where: { $0.plainColumns == columns }) { return }
    try fail(
      "42P10", .invalidDefinition("no unique index of \(columns.sorted().joined(separator: ", "))"),
      ifCertain: unique.allSatisfy { $0.predicate == nil } && table.rules.isEmpty)
  }

  /// Each row has as many values as columns are named.
  private mutating func requireCounts(_ statement: Insert) throws(Refused) {
    guard case .values(let rows) = statement.source, !statement.columns.isEmpty else { return }
    guard rows.contains(where: { $0.count != statement.columns.count }) else { return }
    // `(row).*` stands for several.
    try fail(
      "42601", .invalidDefinition("other values than columns"),
      ifCertain: rows.allSatisfy { $0.allSatisfy { $0.literal != nil || $0 == .default } })
  }

  private func insertEvents(_ statement: Insert) -> Set<CreateTrigger.Event> {
    if case .doUpdate? = statement.onConflict?.action { [.insert, .update] } else { [.insert] }
  }

  /// New rows may hold what a step's earlier statements had ruled out.
  private func afterInsert(_ column: Column, _ wasEmpty: Bool) -> Column.Contents? {
    guard contents(column) != nil else { return nil }
    return Column.Contents(origin: context.origin, isChanged: true)
  }

  /// A column that is always generated takes DEFAULT and nothing else, whether or not there is a row
  /// (manual, CREATE TABLE); an identity column takes what OVERRIDING says, too.
  private mutating func refuseGenerated(
    _ statement: Insert, _ rows: [[Insert.Value]]?, _ columns: [String], _ table: Table
  ) throws(Refused) {
    for (place, column) in table.columns(named: columns).enumerated() {
      guard let column,
        column.isGenerated || column.identity == .always && !statement.overridesIdentity
      else { continue }
      if let rows {
        let isGiven = rows.contains { $0.indices.contains(place) && $0[place] != .default }
        if isGiven { try refuse(column, of: table, isCertain: true) }
      } else {
        // A query without a list of columns has one at least.
        try refuse(column, of: table, isCertain: !statement.columns.isEmpty || place == 0)
      }
    }
  }

  /// Says that a value is given for a column that is always generated.
  mutating func refuse(
    _ column: Column, of table: Table, isCertain: Bool
  ) throws(Refused) {
    try fail(
      "428C9", .generatedAlways(table: table.name, column: column.name),
      ifCertain: isCertain && isSettled(table.id) && table.rules.isEmpty)
  }

  private mutating func checkInsert(
    _ statement: Insert, _ inserted: InsertedRows, _ table: inout Table
  ) throws(Refused) {
    let (rows, columns) = (inserted.rows, inserted.columns)
    let named = Set(columns)
    for column in table.columns
    where column.mayBeOmitted == false && !named.contains(column.name) && rows?.isEmpty != true {
      if statement.columns.isEmpty, statement.source != .defaultValues { continue }
      let reason = FailureReason.nullsExist(table: table.name, column: column.name)
      if rows == nil { continue }
      try fail("23502", reason, ifCertain: isSettled(table.id) && table.triggers.isEmpty)
    }
    charge(table.columns.count / 4)
    let targets = table.columns(named: columns)
    if statement.hasParts {
      mayFail("22000", .invalidDefinition("a part of a column of \(table.name.name) is given"))
    }
    for row in statement.hasParts ? [] : rows ?? [] {
      for case (let column?, let value) in zip(targets, row) {
        try checkValue(value, column, table)
      }
    }
    checkKeys(of: inserted, into: table, statement.onConflict)
    for column in table.columns where column.isGenerated && column.isNullable == false {
      mayFail(
        "23502", .nullsExist(table: table.name, column: column.name),
        when: .unknown(table.reference))
    }
    if !isPlainInsert(statement, inserted, table) {
      mayFail("22000", .invalidDefinition("a row does not suit \(table.name.name)"))
    }
  }

  /// Whether the rows suit the table, whatever else it holds: literals of the columns' own types.
  private func isPlainInsert(
    _ statement: Insert, _ inserted: InsertedRows, _ table: Table
  ) -> Bool {
    let columns = inserted.columns
    let named = Set(columns)
    guard let rows = inserted.rows, statement.onConflict == nil, table.kind == .ordinary,
      table.partitionOf == nil,
      table.constraints.allSatisfy({ if case .check = $0.kind { false } else { true } }),
      table.constraints.allSatisfy({ if case .exclusion = $0.kind { false } else { true } }),
      areKeysDistinct(inserted, table),
      table.columns.allSatisfy({ column in
        !column.isGenerated || !mayRefuseNull(column)
      }),
      table.columns.allSatisfy({
        named.contains($0.name)
          || $0.mayBeOmitted != false && ($0.default.expression != nil || !mayRefuseNull($0))
      })
    else { return false }
    let targets = table.columns(named: columns)
    return rows.allSatisfy { row in
      row.count <= columns.count
        && (!statement.columns.isEmpty || row.isEmpty || row.count == columns.count)
        && zip(targets, row).allSatisfy { column, value in
          guard let column, !column.isGenerated || value == .default else { return false }
          return suits(value, column)
        }
    }
  }

  /// Whether the column's type may be what does not take NULL.
  private func mayRefuseNull(_ column: Column) -> Bool {
    guard let type = column.type, !type.isArray,
      let domain = type.userType.flatMap({ catalog.type($0)?.domain })
    else { return false }
    return domain.isNotNull || !domain.constraints.isEmpty
  }

  /// Whether a column has just this type, whatever its modifiers are.
  private func isType(_ column: Column, _ type: TypeName) -> Bool {
    switch column.type?.base {
    case .builtin(let builtin)?:
      type.isBuiltin && type.modifiers.isEmpty && type.name == builtin.rawValue
    case .user(let name)?: !type.isBuiltin && catalog.resolveType(type.qualifiedName) == name
    case .other?, nil: false
    }
  }

  private func suits(_ value: Insert.Value, _ column: Column) -> Bool {
    if case .default = value { return column.mayBeOmitted != false }
    if case .expression(let expression) = value,
      !expression.casts.allSatisfy({ isType(column, $0) })
    {
      return false
    }
    guard let constant = value.literal else { return false }
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
      // Checked as a label, where the type is an enum.
      if let name = type.userType { return catalog.type(name)?.labels != nil }
      if case .valid = type.reading(of: text) { return true }
      return false
    case .number, .bits: return false
    }
  }

  private mutating func checkValue(
    _ value: Insert.Value, _ column: Column, _ table: Table
  ) throws(Refused) {
    switch value {
    case .constant(let constant):
      try requireAssignable(constant, column, of: table)
      try requireReadable(constant, column, of: table)
      try requireFit(of: constant, in: column, of: table)
      if constant == .null, column.isNullable == false, table.triggers.isEmpty {
        try fail(
          "23502", .nullsExist(table: table.name, column: column.name),
          ifCertain: isSettled(table.id))
      }
      try requireLabel(constant, for: column.type)
    case .expression(let expression):
      try requireLabel(expression.constant, for: column.type)
      try requireAssignable(expression, column, of: table)
    case .default: break
    }
  }
}

extension Index {
  /// What it is of, where that is nothing but columns of all rows.
  fileprivate var plainColumns: Set<String>? {
    var columns: Set<String> = []
    for element in elements {
      guard predicate == nil, case .column(let name) = element.key else { return nil }
      columns.insert(name)
    }
    return columns
  }
}

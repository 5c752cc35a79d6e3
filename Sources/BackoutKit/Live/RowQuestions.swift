// What decides a downgrade, into questions to the rows: by the names that tables and columns have in the
// database now.

import DatabaseFacts
import LiveDatabase
import PostgresSyntax
import SafetyRules
import SchemaModel
import Verdicts

struct RowQuestions {
  let trip: RoundTrip
  /// The catalog that the history predicts for the database as it is.
  let current: Catalog
  /// The conditions that later steps have after earlier ones wrote the rows: what the rows are like now does
  /// not tell.
  let outdated: Set<DataCondition>

  init(_ trip: RoundTrip, current: Catalog) {
    self.trip = trip
    self.current = current
    outdated = Self.outdated(trip)
  }

  /// Nil where there is no question that is certain to mean the same.
  func request(for probe: LossProbe) -> ProbeRequest? {
    switch probe {
    case .rows(let table): return name(of: table).map(ProbeRequest.rows)
    case .values(let column):
      guard let (table, name) = place(of: column) else { return nil }
      return .values(table, column: name)
    case .valuesOtherThan(let column, let type, let constant):
      return otherValues(column, type, constant) ?? request(for: .values(column))
    case .condition(let condition):
      return outdated.contains(condition) ? nil : request(for: condition)
    case .changedSince(_, let rows): return rows.flatMap(changed)
    }
  }

  private func request(for condition: DataCondition) -> ProbeRequest? {
    switch condition {
    case .hasRows(let table): return name(of: table).map(ProbeRequest.rows)
    case .hasNulls(let table, let columns):
      guard let name = name(of: table), let columns = names(of: columns) else { return nil }
      return .nulls(name, columns: columns)
    case .hasDuplicates(let table, let key): return duplicates(table, key)
    case .hasOrphans(let probe):
      guard let link = link(probe) else { return nil }
      return .orphans(
        link.table, columns: link.columns, referenced: link.referenced,
        referencedColumns: link.referencedColumns)
    case .refers(let probe, let keys):
      guard let link = link(probe), let rows = self.condition(keys, of: probe.referenced) else {
        return nil
      }
      return .referring(
        link.table, columns: link.columns, referenced: link.referenced,
        referencedColumns: link.referencedColumns, .init(rows))
    case .violates(let table, let expression):
      return matching(table, [expression], columns(of: table)) { writer in
        writer.sql(expression)?.isFalse
      }
    case .violatesDomain(let column, let type, let expression):
      return matching(column.table, [expression], value(of: column, as: type)) { writer in
        writer.sql(expression)?.isFalse
      }
    case .hasDuplicatesAfter(let change): return duplicates(after: change)
    case .longerThan(let column, let characters):
      guard let (table, name) = place(of: column) else { return nil }
      return .longerThan(table, column: name, characters: characters)
    case .outOfRange(let column, let type): return outOfRange(column, type)
    case .notCastable(let column, let type, let using): return notCastable(column, type, using)
    case .changedByCast(let column, let type, let using):
      return changedByCast(column, type, using)
    case .usesEnumValues(let column, let values):
      guard let (table, name) = place(of: column), let values = labels(values, of: column) else {
        return nil
      }
      return .enumValues(table, column: name, values: values)
    case .exclusionConflict(let table, let exclusion): return conflicts(table, exclusion)
    case .rowsMatch(let table, let keys): return rows(of: table, keys)
    case .lacks(let column, let values):
      let columns = columns(of: column.table)
      guard let name = name(of: column.table),
        let (found, type) = columns(ColumnReference(column: column.name))
      else { return nil }
      let wanted = values.map { value($0, as: type) }
      guard !wanted.isEmpty, !wanted.contains(nil) else { return nil }
      return .lacking(name, column: found, values: wanted.compactMap(\.self))
    case .behindRows(let column, let sequence, let increment):
      return behindRows(column, sequence, increment)
    case .outsideBound(let table, let bound, let key):
      return inside(bound, key, of: table, isWanted: false)
    case .insideBound(let table, let bound, let key):
      return inside(bound, key, of: table, isWanted: true)
    case .unknown: return nil
    }
  }

  /// Asked only of a sequence that the downgrade neither moves nor renames.
  private func behindRows(
    _ column: ColumnReferent, _ sequence: QualifiedName, _ increment: Int64
  ) -> ProbeRequest? {
    let isMoved = downgradeEffects.contains { effect in
      if case .sequenceSet(let name, _) = effect {
        name == sequence || current.sequence(name) == nil
      } else {
        false
      }
    }
    guard !isMoved, current.sequence(sequence) != nil, let (table, name) = place(of: column) else {
      return nil
    }
    return .ahead(table, column: name, sequence: TableName(sequence), increment: increment)
  }

  /// Rows that have the number that a sequence gives next, or a higher one.
  func request(for numbered: NumberedColumn) -> ProbeRequest? {
    guard let (table, name) = place(of: numbered.column) else { return nil }
    switch numbered.position {
    case .live(let increment):
      return .ahead(
        table, column: name, sequence: TableName(numbered.sequence), increment: increment)
    case .beginning(let start):
      return SafeSQL.number(String(start))
        .flatMap { SafeSQL.operation(">=", .column(name), $0) }.map { .matching(table, .init($0)) }
    }
  }

  // MARK: - Conditions over columns

  /// - Parameter write: the condition that the rows meet; nil where it cannot be written.
  func matching(
    _ table: TableReference, _ expressions: [SQLExpression],
    _ columns: @escaping ValueWriter.Columns,
    _ write: (inout ValueWriter) -> SafeSQL?
  ) -> ProbeRequest? {
    guard let name = name(of: table),
      var writer = ValueWriter(expressions, isEnum: isEnum, columns: columns),
      let condition = write(&writer)
    else { return nil }
    return .matching(name, .init(condition, names: writer.names))
  }

  /// An enum whose labels the downgrade leaves as they are called.
  func isEnum(_ name: QualifiedName) -> Bool {
    current.type(name)?.labels != nil && renamedLabels.isEmpty
  }

  /// The labels that the downgrade renames, in order.
  var renamedLabels: [(from: String, to: String)] {
    downgradeEffects.compactMap { effect in
      if case .enumValueRenamed(_, let from, let to) = effect { (from, to) } else { nil }
    }
  }

  /// What labels that a statement of the downgrade names are called now; nil where that is not certain.
  private func labels(_ values: [String], of column: ColumnReferent) -> [String]? {
    let renamed = renamedLabels
    if renamed.isEmpty { return values }
    guard let type = currentColumn(column)?.type?.userType,
      let known = current.type(type)?.labels
    else { return nil }
    let names = values.map { value -> String? in
      let earlier = renamed.filter { $0.to == value }.map(\.from)
      if known.contains(value) {
        return renamed.contains { $0.from == value || $0.to == value } ? nil : value
      }
      return earlier.count == 1 && known.contains(earlier[0]) ? earlier[0] : nil
    }
    return names.contains(nil) ? nil : names.compactMap { $0 }
  }

  /// The columns of a table by the names that a statement of the downgrade has for them, where these are
  /// what they are called now and the types stay as well.
  func columns(of table: TableReference) -> ValueWriter.Columns {
    guard let known = current.table(id: table.id) else { return { _ in nil } }
    let moved = movedColumns(of: table)
    return { reference in
      guard !moved.contains(reference.column ?? ""),
        reference.qualifier.isEmpty || reference.qualifier == [table.name.name],
        let column = reference.column.flatMap(known.column), let type = column.type,
        typeChanges(of: column.id) == 0
      else { return nil }
      return (column.name, type)
    }
  }

  /// VALUE, of a column whose type is a domain.
  private func value(of column: ColumnReferent, as type: DataType) -> ValueWriter.Columns {
    guard let (_, name) = place(of: column), typeChanges(of: column.id) == 0 else {
      return { _ in nil }
    }
    return { $0 == ColumnReference(column: "value") ? (name, type) : nil }
  }

  /// The names of columns that may mean another one during the downgrade.
  func movedColumns(of table: TableReference) -> Set<String> {
    var names: Set<String> = []
    for effect in downgradeEffects {
      switch effect {
      case .renamed(let renaming) where renaming.kind == .column && renaming.table?.id == table.id:
        names.formUnion([renaming.from.name, renaming.to.name])
      case .columnAdded(let addition) where addition.table.id == table.id:
        names.insert(addition.column.name)
      default: break
      }
    }
    return names
  }

  func typeChanges(of column: ObjectID) -> Int {
    downgradeEffects.count { effect in
      if case .columnTypeChanged(let change) = effect { change.column.id == column } else { false }
    }
  }

  private var downgradeEffects: some Sequence<Effect> {
    trip.downgrades.lazy.flatMap(\.statements).flatMap(\.outcome.effects)
  }

  // MARK: - Values

  private func rows(
    of table: TableReference, _ keys: [SchemaModel.RowCondition.KeyComparison]
  ) -> ProbeRequest? {
    guard let name = name(of: table), !keys.isEmpty, let condition = condition(keys, of: table)
    else { return nil }
    return .matching(name, .init(condition))
  }

  /// Whether a row has one of the values in each of the columns.
  private func condition(
    _ keys: [SchemaModel.RowCondition.KeyComparison], of table: TableReference
  ) -> SafeSQL? {
    let columns = columns(of: table)
    var parts: [SafeSQL] = []
    for key in keys {
      guard let column = columns(ColumnReference(column: key.column)) else { return nil }
      let values = key.values.map { equals(column.name, column.type, $0) }
      guard !values.contains(nil) else { return nil }
      parts.append(.any(values.compactMap { $0 }))
    }
    return .all(parts)
  }

  /// The two ends of a foreign key, as they are called now.
  private func link(
    _ probe: DataCondition.ForeignKeyProbe
  ) -> (
    table: TableName, columns: [String], referenced: TableName, referencedColumns: [String]
  )? {
    guard let table = name(of: probe.table), let columns = names(of: probe.columns),
      let referenced = name(of: probe.referenced),
      let referencedColumns = names(of: probe.referencedColumns),
      columns.count == referencedColumns.count
    else { return nil }
    return (table, columns, referenced, referencedColumns)
  }

  func equals(_ column: String, _ type: DataType, _ constant: SQLConstant) -> SafeSQL? {
    if constant == .null { return .boolean(false) }
    return value(constant, as: type).flatMap { SafeSQL.operation("=", .column(column), $0) }
  }

  /// A literal as a value of a column.
  func value(_ constant: SQLConstant, as type: DataType) -> SafeSQL? {
    let text: String
    switch constant {
    case .null, .bits: return nil
    case .boolean(let value): text = String(value)
    case .integer(let value): text = String(value)
    case .number(let digits): text = digits
    case .string(let string): text = string
    }
    if let name = type.userType { return !type.isArray && isEnum(name) ? .literal(text) : nil }
    guard let builtin = type.builtin, type.isPlainBuiltin, !builtin.hasChangingText,
      !builtin.isTime || builtin.hasFixedMeaning(text)
    else { return nil }
    // Of a text that is longer a cast makes a shorter one.
    var unlimited = type
    if builtin == .varchar || builtin == .bpchar || builtin == .numeric {
      unlimited.modifiers = .none
    }
    return SafeSQL.literal(text).cast(to: unlimited.description)
  }

  /// Rows of a table that a bound takes, or that it does not.
  private func inside(
    _ bound: PartitionBound?, _ key: PartitionKey?, of table: TableReference, isWanted: Bool
  ) -> ProbeRequest? {
    guard let bound, let key, key.elements.count == 1,
      case .column(let name) = key.elements[0].key, key.elements[0].collation == nil,
      let column = columns(of: table)(ColumnReference(column: name)),
      let place = self.name(of: table)
    else { return nil }
    let value = SafeSQL.column(column.name)
    let condition: SafeSQL
    switch bound.values {
    case .list(let constants):
      let parts = constants.map {
        $0 == .null ? value.isNull : equals(column.name, column.type, $0)
      }
      guard !parts.contains(nil) else { return nil }
      condition = .any(parts.compactMap { $0 })
    case .range(let lower, let upper):
      var parts = [value.isNotNull]
      for (edge, comparison) in [(lower, ">="), (upper, "<")] {
        guard case .value(let constant) = edge else { continue }
        guard let limit = self.value(constant, as: column.type),
          let part = SafeSQL.operation(comparison, value, limit)
        else { return nil }
        parts.append(part)
      }
      condition = .all(parts)
    case nil: return nil
    }
    return .matching(place, .init(isWanted ? condition : condition.isNotTrue))
  }

  /// Values that the upgrade would not give the column again.
  private func otherValues(
    _ referent: ColumnReferent, _ type: DataType, _ constant: SQLConstant
  ) -> ProbeRequest? {
    guard let (table, name) = place(of: referent), currentColumn(referent)?.type == type,
      let differs = differs(name, type, from: constant)
    else { return nil }
    return values(of: referent, in: table, .all([SafeSQL.column(name).isNotNull, differs]))
  }

  /// Whether a column has another value than a literal put into it, or none; nil where it cannot be told.
  func differs(_ name: String, _ type: DataType, from constant: SQLConstant) -> SafeSQL? {
    let column = SafeSQL.column(name)
    if constant == .null { return column.isNotNull }
    guard let value = value(constant, as: type), type.builtin != .float4, type.builtin != .float8
    else { return nil }
    if let builtin = type.builtin, [.bool, .int2, .int4, .int8, .uuid, .date].contains(builtin) {
      return column.differs(from: value)
    }
    // Values that are equal may look different, such as 1.0 and 1.00, or letters of another case.
    let isEnum = type.userType != nil
    guard let here = column.cast(to: "text"),
      let there = isEnum ? value : value.cast(to: type.description)?.cast(to: "text")
    else { return nil }
    return here.byLetter.differs(from: there.byLetter)
  }

  private func values(
    of referent: ColumnReferent, in table: TableName, _ condition: SafeSQL
  ) -> ProbeRequest {
    guard let column = currentColumn(referent), column.isNullable != false else {
      return .matching(table, .init(condition))
    }
    let isByDefault = column.default.expression?.constant.map { $0 != .null } == true
    return .valuesBesideNulls(
      table, column: column.name, .init(condition), isByDefault: isByDefault)
  }

  // MARK: - Names

  private func currentTable(_ table: TableReference) -> Table? {
    current.table(id: table.id)
  }

  func name(of table: TableReference) -> TableName? {
    guard let found = currentTable(table) else { return nil }
    return TableName(schema: found.name.schema, name: found.name.name)
  }

  func currentColumn(_ column: ColumnReferent) -> Column? {
    currentTable(column.table)?.columns.first { $0.id == column.id }
  }

  func place(of column: ColumnReferent) -> (TableName, String)? {
    guard let table = name(of: column.table), let found = currentColumn(column) else { return nil }
    return (table, found.name)
  }

  func names(of columns: [ColumnReferent]) -> [String]? {
    var names: [String] = []
    for column in columns {
      guard let found = currentColumn(column) else { return nil }
      names.append(found.name)
    }
    return names.isEmpty ? nil : names
  }
}

extension DataType {
  /// A built-in type whose text is safe to put into a query.
  var isPlainBuiltin: Bool {
    guard builtin != nil else { return false }
    if case .text = modifiers { return false }
    return true
  }
}

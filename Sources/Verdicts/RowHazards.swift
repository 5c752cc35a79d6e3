// What may fail on a row although no question to the rows tells whether it does: expressions that are
// computed for each row, keys that are compared in another way, values too long for an index.

import PostgresSyntax
package import SafetyRules
package import SchemaModel

/// A way in which a statement of a downgrade fails on a row. Nothing is known of it but that it cannot
/// happen where every probe finds nothing.
package struct RowHazard: Sendable {
  package var probes: [LossProbe]
  package var text: String
  /// Whether it is only that nothing is known of a query: no reason to expect it.
  fileprivate var isRemote = false
  /// The place of the statement.
  fileprivate var statement: StatementRecord

  package var reason: Reason { Reason(.executes, .unknown, text, at: statement.location) }
}

/// What rows decide of a downgrade beside what its statements tell themselves.
func staticHazards(of trip: RoundTrip, beside reasons: [Reason]) -> [Reason] {
  let known = Set(reasons.filter { $0.verdict >= .depends }.map(\.location))
  return rowHazards(of: trip, current: trip.upgrades.last?.after ?? trip.before)
    .filter { !$0.isRemote && !known.contains($0.statement.location) }
    .map { Reason(.executes, .depends, $0.text, at: $0.statement.location) }
}

/// The hazards of a downgrade, in the order of its statements.
/// - Parameter current: the catalog that the history predicts for the database as it is.
package func rowHazards(of trip: RoundTrip, current: Catalog) -> [RowHazard] {
  var search = HazardSearch(current: current)
  for step in trip.downgrades {
    for statement in step.statements where !statement.outcome.failsForCertain {
      for effect in statement.outcome.effects { search.take(effect, statement, step.after) }
    }
  }
  return search.hazards
}

private struct HazardSearch {
  let current: Catalog
  var hazards: [RowHazard] = []
  /// Columns that the downgrade itself fills with what it computes, by their tables.
  private var filled: [ObjectID: Set<String>] = [:]

  init(current: Catalog) { self.current = current }

  mutating func take(_ effect: Effect, _ statement: StatementRecord, _ after: Catalog) {
    switch effect {
    case .indexCreated(let table, let index, _): take(index, on: table, statement, after)
    case .constraintAdded(let table, let constraint, nil):
      if constraint.key != nil, let index = after.table(table)?.index(constraint.name) {
        take(index, on: table, statement, after)
      }
    case .columnAdded(let addition): take(addition, statement, after)
    case .columnTypeChanged(let change): take(change, statement, after)
    case .rowsUpdated(let update):
      for assignment in update.columns where assignment.value?.constant == nil {
        filled[update.table.id, default: []].insert(assignment.column)
      }
    case .viewCreated(let view) where view.isMaterialized: refill(view, statement)
    case .viewRefreshed(let name, _):
      if let view = after.view(name) { refill(view, statement) }
    default: break
    }
  }

  private mutating func add(_ probes: [LossProbe], _ text: String, _ statement: StatementRecord) {
    hazards.append(RowHazard(probes: probes, text: text, statement: statement))
  }

  /// Nil for a table that the downgrade itself makes.
  private func rows(of table: TableReference) -> LossProbe? {
    current.table(table) == nil ? nil : .condition(.hasRows(table))
  }

  private mutating func take(
    _ index: Index, on table: TableReference, _ statement: StatementRecord, _ after: Catalog
  ) {
    guard let rows = rows(of: table) else {
      if index.isUnique, let view = after.view(table.name), !view.relations.isEmpty {
        add([], "the unique index \(index.name) may fail on the rows of \(view.name)", statement)
      }
      return
    }
    let expressions = index.elements.compactMap { element -> SQLExpression? in
      if case .expression(let expression) = element.key { expression } else { nil }
    }
    if (expressions + [index.predicate].compactMap { $0 }).contains(where: \.mayRaise) {
      add([rows], "an expression of index \(index.name) may fail on a row", statement)
    }
    guard index.method == "btree", !isCovered(index, table) else { return }
    tooLong(index, on: table, statement, after)
  }

  /// Whether another index over the same values holds every row as it is now.
  private func isCovered(_ index: Index, _ table: TableReference) -> Bool {
    guard filled[table.id] == nil, let known = current.table(table) else { return false }
    let keys = Set(index.elements.map(\.key))
    return known.indexes.contains { other in
      other.method == "btree" && other.isKnown
        && (other.predicate == nil || other.predicate == index.predicate)
        && Set(other.elements.map(\.key)).isSuperset(of: keys)
        && Set(other.including).isSuperset(of: index.including)
    }
  }

  /// A row of a B-tree holds 2704 bytes (manual 67.4.1, 54000); a character has up to four.
  private mutating func tooLong(
    _ index: Index, on table: TableReference, _ statement: StatementRecord, _ after: Catalog
  ) {
    guard let known = current.table(table), let later = after.table(table) else { return }
    var names = index.including
    for element in index.elements {
      switch element.key {
      case .column(let name): names.append(name)
      case .expression(let expression):
        if expression.mayBeLong { names += expression.columns.compactMap(\.column) }
      }
    }
    let columns = names.compactMap(later.column)
    let lengths = columns.map { $0.longest(in: after) }
    let sum = lengths.reduce(0) { $0 + ($1 ?? 0) }
    if !lengths.contains(nil), sum * 4 + 8 * columns.count + 16 <= 2704 { return }
    let limit = 600 / max(1, columns.count)
    for (column, length) in zip(columns, lengths) where length.map({ $0 > limit }) != false {
      let text =
        "values of \(displayed(table.name)).\(column.name) may be too long for index \(index.name)"
      if known.columns.contains(where: { $0.id == column.id }) {
        let referent = ColumnReferent(table: table, column: column)
        add([.condition(.longerThan(referent, characters: limit))], text, statement)
      } else if filled[table.id]?.contains(column.name) == true {
        add([.condition(.hasRows(table))], text, statement)
      }
    }
  }

  private mutating func take(
    _ addition: ColumnAddition, _ statement: StatementRecord, _ after: Catalog
  ) {
    guard let rows = rows(of: addition.table) else { return }
    let column = addition.column
    let name = "\(displayed(addition.table.name)).\(column.name)"
    switch column.default {
    case .generated(let expression):
      let isPlain = column.isNullable == true && column.type?.modifiers == TypeModifiers.none
      if expression.mayRaise || !isPlain {
        add([rows], "computing \(name) may fail on a row", statement)
      }
    case .expression(let expression) where expression.constant == nil && expression.mayRaise:
      add([rows], "computing the default of \(name) may fail on a row", statement)
    default: break
    }
    guard let type = column.type?.userType, let domain = after.type(type)?.domain else { return }
    if domain.isNotNull || !domain.constraints.isEmpty {
      add([rows], "a row may get a value of \(name) that its domain does not allow", statement)
    }
  }

  /// Indexes and checks over a column whose type changes are built and checked anew: expressions are
  /// computed again, and under a unique key values may become equal.
  private mutating func take(
    _ change: ColumnTypeChange, _ statement: StatementRecord, _ after: Catalog
  ) {
    guard let rows = rows(of: change.column.table) else { return }
    if let table = after.table(change.column.table) {
      for (user, expression) in table.expressions
      where expression.mayRaise
        && expression.columns.contains(where: { $0.column == change.column.name })
      {
        add([rows], "an expression of \(user) may fail on a row", statement)
      }
    }
    // Among these a failure of the statement itself tells; what strings are equal is for a collation to say.
    if change.to.isCaseInsensitive, change.using == nil, change.from?.isText == true { return }
    let isAsked = statement.outcome.failures.contains { failure in
      guard case .dependsOnData(.hasDuplicatesAfter(let key)) = failure.certainty else {
        return false
      }
      return key.changed.id == change.column.id
    }
    if isAsked, change.to.builtin != nil, !change.to.isString { return }
    guard !change.keepsEquality(from: current, to: after), !change.readsLetters(after) else {
      return
    }
    let isKey = [current, after].contains { catalog in
      guard let table = catalog.table(change.column.table),
        let name = table.columns.first(where: { $0.id == change.column.id })?.name
      else { return false }
      return table.indexes.contains { $0.isUnique && $0.columns.contains(name) }
    }
    if isKey {
      let name = "\(displayed(change.column.table.name)).\(change.column.name)"
      add(
        [rows],
        "values of \(name) that differ now may be equal as \(change.to.description), and "
          + "they are under a unique key", statement)
    }
  }

  private mutating func refill(_ view: View, _ statement: StatementRecord) {
    var probes: [LossProbe] = []
    for relation in view.relations {
      guard let table = current.table(relation) else {
        probes = []
        break
      }
      probes.append(.condition(.hasRows(table.reference)))
    }
    hazards.append(
      RowHazard(
        probes: probes, text: "the query of \(displayed(view.name)) may fail on a row",
        isRemote: true, statement: statement))
  }
}

extension Table {
  /// The expressions of its indexes and checks, with what they belong to.
  fileprivate var expressions: [(String, SQLExpression)] {
    var found: [(String, SQLExpression)] = []
    for index in indexes {
      for case .expression(let expression) in index.elements.map(\.key) {
        found.append(("index \(index.name)", expression))
      }
      if let predicate = index.predicate { found.append(("index \(index.name)", predicate)) }
    }
    for constraint in constraints {
      if case .check(let expression, _) = constraint.kind {
        found.append(("constraint \(constraint.name)", expression))
      }
    }
    return found
  }
}

extension ColumnTypeChange {
  /// Whether texts that were compared whatever their case are compared letter by letter from now on.
  fileprivate func readsLetters(_ after: Catalog) -> Bool {
    let later = after.table(id: column.table.id)?.columns.first { $0.id == column.id }
    return from?.isCaseInsensitive == true && to.isText && using == nil
      && [.unchanged, .kept].contains(change.values) && later?.collation == nil
  }

  /// Whether values that differ stay different, and are compared as before.
  package func keepsEquality(from earlier: Catalog, to later: Catalog) -> Bool {
    func collation(_ catalog: Catalog) -> QualifiedName?? {
      catalog.table(id: column.table.id)?.columns.first { $0.id == column.id }.map(\.collation)
    }
    guard using == nil, let from = from?.builtin, let to = to.builtin,
      let before = collation(earlier), collation(later) == before
    else { return false }
    let integers: Set<BuiltinType> = [.int2, .int4, .int8]
    if integers.contains(from), integers.contains(to) { return true }
    guard from != .bpchar, to != .bpchar else { return false }
    return change.values == .unchanged || change.values == .kept
  }
}

extension Column {
  /// The number of characters that a value has at most, with four bytes a character; nil without a limit.
  fileprivate func longest(in catalog: Catalog) -> Int? {
    guard let type, !type.isArray else { return nil }
    switch type.base {
    case .user(let name):
      guard let user = catalog.type(name) else { return nil }
      if let domain = user.domain {
        var column = self
        // A domain over itself cannot be; the base of one over another domain is not followed.
        guard domain.type.userType == nil else { return nil }
        column.type = domain.type
        return column.longest(in: catalog)
      }
      return user.labels == nil ? nil : 1
    case .other: return nil
    case .builtin(let builtin):
      switch builtin {
      case .text, .bytea, .json, .jsonb, .xml, .jsonpath, .tsvector, .tsquery, .path, .polygon,
        .numrange, .int4multirange, .int8multirange, .nummultirange, .tsmultirange,
        .tstzmultirange, .datemultirange:
        return nil
      case .varchar, .numeric, .bit, .varbit, .bpchar:
        switch type.modifiers {
        case .one(let length): return builtin == .numeric ? length / 8 + 2 : length
        case .two(let precision, _): return precision / 8 + 2
        case .none, .text: return nil
        }
      case .name: return 16
      default: return 8
      }
    }
  }
}

extension SQLExpression {
  /// Whether its value may be as long as a text.
  fileprivate var mayBeLong: Bool {
    let short: Set<String> = [
      "length", "char_length", "md5", "date_trunc", "octet_length", "strpos", "starts_with",
    ]
    return functions.isEmpty || !functions.allSatisfy { short.contains($0.name.name) }
  }
}

// Sequences against the columns that they number: whether the next number is one that a row has already.

import HashTreeCollections
package import PostgresSyntax
package import SafetyRules
package import SchemaModel
package import SourceText

/// A column that a sequence numbers, and where the sequence will stand.
package struct NumberedColumn: Sendable {
  package enum Position: Sendable {
    /// The downgrade makes it, and it begins there.
    case beginning(at: Int64)
    /// It is in the database now, and stays where it is.
    case live(increment: Int64)
  }
  package var column: ColumnReferent
  package var sequence: QualifiedName
  package var position: Position
  /// Whether no two rows may have the same number.
  package var isKey: Bool
  /// Of the statement of the downgrade that lets the sequence number the column; nil where it does so now.
  package var location: SourceLocation?

  /// - Parameter answer: whether there are rows that have the next number or a higher one.
  package func reason(_ answer: ProbeAnswer) -> Reason? {
    guard let location else { return nil }
    switch answer {
    case .none: return nil
    case .some: return Reason(.schema, .unsafe, words, at: location)
    case .unknown(let why, let sql):
      return Reason(
        .schema, .unknown, "not known whether \(name) stands behind \(place); \(why)", at: location,
        sql: sql)
    }
  }

  /// What is worth knowing of a sequence that the downgrade leaves alone.
  package func note(_ answer: ProbeAnswer) -> String? {
    if location == nil, case .some = answer { words } else { nil }
  }

  private var name: String { "sequence \(displayed(sequence))" }
  private var place: String { "\(displayed(column.table.name)).\(column.name)" }

  private var words: String {
    let position =
      switch position {
      case .beginning(let start): "\(name) begins at \(start), behind values of \(place)"
      case .live: "\(name) stands behind values of \(place)"
      }
    let effect =
      isKey
      ? "an INSERT fails (23505) until it has passed them" : "rows get numbers that others have"
    return "\(position): \(effect), or until setval moves it"
  }
}

/// The columns that sequences number after a downgrade, as far as rows decide whether they can: those that the
/// downgrade gives a sequence, and the others of the tables that it is about.
/// - Parameter current: the catalog that the history predicts for the database as it is.
package func numberedColumns(
  of trip: RoundTrip, current: Catalog, tables: [QualifiedName]
) -> [NumberedColumn] {
  var search = NumberSearch(current: current, after: trip.after)
  for step in trip.downgrades {
    // What is not understood may set any sequence.
    guard step.isUnderstood else { return [] }
    for statement in step.statements {
      for effect in statement.outcome.effects { search.take(effect, step, statement.location) }
    }
  }
  return search.given + tables.flatMap(search.others)
}

private struct NumberSearch {
  let current: Catalog
  let after: Catalog
  /// Where sequences begin that the downgrade makes; nil for those that it sets.
  private var positions: [QualifiedName: Int64?] = [:]
  private var isAnySet = false
  private var numbered: [(column: ColumnReferent, sequence: QualifiedName, SourceLocation)] = []

  init(current: Catalog, after: Catalog) {
    self.current = current
    self.after = after
  }

  mutating func take(_ effect: Effect, _ step: StepRecord, _ location: SourceLocation) {
    switch effect {
    case .sequenceCreated(let sequence): positions[sequence.name] = .some(sequence.start)
    case .sequenceSet(let name, _):
      positions[name] = .some(nil)
      if step.after.sequence(name) == nil { isAnySet = true }
    case .defaultChanged(let column, from: _, to: .expression(let expression)):
      guard let sequence = step.after.sequence(of: expression) else { return }
      numbered.append((column, sequence.name, location))
    case .identityChanged(let column, from: nil, to: .some):
      guard let sequence = step.after.identitySequence(of: column.name, of: column.table.name)
      else { return }
      positions[sequence.name] = .some(sequence.start)
      numbered.append((column, sequence.name, location))
    default: break
    }
  }

  var given: [NumberedColumn] {
    guard !isAnySet else { return [] }
    var found: [NumberedColumn] = []
    for (column, name, location) in numbered {
      switch positions[name] {
      case .some(.none): continue
      case .some(.some(let start)):
        add(column, name, .beginning(at: start), location, to: &found)
      case .none:
        guard let live = current.sequence(name), live.increment > 0 else { continue }
        add(column, name, .live(increment: live.increment), location, to: &found)
      }
    }
    return found
  }

  /// Those of a table that is there, and stays.
  func others(_ name: QualifiedName) -> [NumberedColumn] {
    guard let table = current.table(name), table.isComplete, after.table(id: table.id) != nil else {
      return []
    }
    var found: [NumberedColumn] = []
    for column in table.columns where !numbered.contains(where: { $0.column.id == column.id }) {
      guard let sequence = current.sequence(numbering: column, of: name), sequence.increment > 0
      else { continue }
      let referent = ColumnReferent(table: table.reference, column: column)
      add(referent, sequence.name, .live(increment: sequence.increment), nil, to: &found)
    }
    // An index answers at once.
    return found.filter(\.isKey)
  }

  private func add(
    _ referent: ColumnReferent, _ sequence: QualifiedName, _ position: NumberedColumn.Position,
    _ location: SourceLocation?, to found: inout [NumberedColumn]
  ) {
    guard let table = current.table(id: referent.table.id),
      let column = table.columns.first(where: { $0.id == referent.id }),
      let type = column.type?.builtin, [.int2, .int4, .int8].contains(type)
    else { return }
    let later = location == nil ? table : after.table(id: table.id)
    let name = later?.columns.first { $0.id == referent.id }?.name ?? column.name
    let isKey = later?.indexes.contains { index in
      index.isUnique && index.elements.count == 1 && index.elements[0].key == .column(name)
    }
    found.append(
      NumberedColumn(
        column: referent, sequence: sequence, position: position, isKey: isKey == true,
        location: location))
  }
}

extension SequenceObject {
  /// The first number; of a sequence that counts down nil.
  fileprivate var start: Int64? {
    guard increment > 0 else { return nil }
    if let start = options.start { return start }
    if case .value(let minimum)? = options.minValue { return minimum }
    return 1
  }
}

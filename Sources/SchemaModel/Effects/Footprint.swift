// What a step touches, finely enough to say of two steps that one does not notice the other.

import PostgresSyntax

/// The objects that statements change, and all that they name: a superset of what they use. Names
/// count without their schema and without the case of their letters.
package struct Footprint: Sendable {
  /// A part of an object.
  package enum Part: Hashable, Sendable {
    case whole
    case column(String)
    /// What others do not rest on: a comment, an owner, privileges, the rows as a whole.
    case aside(String)
  }

  /// Something may be touched that is not known.
  package private(set) var isOpen = false
  /// By the object's name.
  package private(set) var changed: [String: Set<Part>] = [:]
  /// What destroys or writes values.
  package private(set) var writesValues = false
  private var statements: [Mentions] = []

  fileprivate struct Mentions {
    /// The words of the text.
    var words: Set<String>
    /// What is known of the use of a name among them.
    var parts: [String: Set<Part>] = [:]
  }

  package init() {}

  package var isEmpty: Bool { statements.isEmpty && !isOpen }

  package mutating func addUnknown() { isOpen = true }

  package mutating func add(_ outcome: StatementOutcome, sql: String) {
    guard outcome.effects.isEmpty || outcome.effects.contains(where: \.isFollowed) else { return }
    statements.append(Mentions(words: wordsOf(sql)))
    for effect in outcome.effects {
      add(effect)
      if effect.writesValues { writesValues = true }
    }
  }

  /// What the statements name or change.
  package var names: Set<String> {
    statements.reduce(into: Set(changed.keys)) { $0.formUnion($1.words) }
  }

  /// The part of an object that `other` changes and a statement of this one uses.
  package func use(of name: String, changedBy other: Footprint) -> Part? {
    other.changed[name]?.sorted().first { part in statements.contains { $0.uses(name, part) } }
  }
}

extension Footprint.Part: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

  private var text: String {
    switch self {
    case .whole: ""
    case .column(let name): name
    case .aside(let what): "~" + what
    }
  }
}

extension Footprint.Mentions {
  fileprivate func uses(_ name: String, _ part: Footprint.Part) -> Bool {
    let own = parts[name]
    guard own != nil || words.contains(name) else { return false }
    switch part {
    case .whole: return true
    case .column: return own.map { $0.contains(.whole) || $0.contains(part) } ?? true
    case .aside: return own.map { $0.contains(.whole) || $0.contains(part) } ?? false
    }
  }
}

/// The runs of letters, digits and `_`.
private func wordsOf(_ text: String) -> Set<String> {
  Set(
    text.lowercased().utf8.split { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: false
      default: true
      }
    }.map { String(Substring($0)) })
}

// MARK: - Effects

extension Footprint {
  private mutating func change(_ name: String, _ part: Part = .whole) {
    guard let key = wordsOf(name).max(by: { ($0.count, $0) < ($1.count, $1) }) else {
      return addUnknown()
    }
    changed[key, default: []].insert(part)
    statements[statements.count - 1].parts[key, default: []].insert(part)
  }

  private mutating func use(_ name: String, _ columns: [String]) {
    guard let key = wordsOf(name).max(by: { ($0.count, $0) < ($1.count, $1) }) else { return }
    let parts: [Part] = columns.isEmpty ? [.whole] : columns.map { .column($0) }
    statements[statements.count - 1].parts[key, default: []].formUnion(parts)
  }

  private mutating func change(_ table: TableReference, column: String) {
    change(table.name.name, .column(column))
  }

  private mutating func add(_ effect: Effect) {
    switch effect {
    case .tableCreated(let table):
      change(table.name.name)
      for constraint in table.constraints { add(constraint, of: table.name.name) }
    case .tableDropped(let drop):
      change(drop.table.name.name)
      for constraint in drop.table.constraints { add(constraint, of: drop.table.name.name) }
    case .columnAdded(let addition):
      change(addition.table, column: addition.column.name)
      if case .generated(let expression) = addition.column.default {
        use(addition.table.name.name, expression.columns.compactMap(\.column))
      }
    case .columnDropped(let drop):
      change(drop.table, column: drop.column.name)
      if drop.cascade { change(drop.table.name.name) }
      for constraint in drop.constraints { add(constraint, of: drop.table.name.name) }
      for index in drop.indexes { add(index, of: drop.table.name.name) }
    case .columnTypeChanged(let change):
      self.change(change.column.table, column: change.column.name)
      let columns = change.using?.columns.compactMap(\.column) ?? []
      if !columns.isEmpty { use(change.column.table.name.name, columns) }
    case .nullabilityChanged(let column, _, _), .defaultChanged(let column, _, _),
      .identityChanged(let column, _, _), .columnSettingChanged(let column, _):
      change(column.table, column: column.name)
    case .constraintAdded(let table, let constraint, _),
      .constraintDropped(let table, let constraint, _),
      .constraintValidated(let table, let constraint),
      .constraintAltered(let table, let constraint):
      add(constraint, of: table.name.name)
    case .indexCreated(let table, let index, _), .indexDropped(let table, let index, _, _):
      add(index, of: table.name.name)
    case .renamed(let renaming) where renaming.kind == .column:
      let owner = renaming.owner?.name ?? ""
      change(owner, .column(renaming.from.name))
      change(owner, .column(renaming.to.name))
    case .renamed(let renaming):
      change(renaming.from.name)
      change(renaming.to.name)
    case .rowsInserted(let insertion):
      change(insertion.table.name.name, .aside("rows"))
      use(insertion.table.name.name, insertion.onConflict == nil ? insertion.columns : [])
    case .rowsUpdated(let update):
      for assignment in update.columns {
        change(update.table, column: assignment.column)
        use(
          update.table.name.name,
          [assignment.column] + (assignment.value?.columns.compactMap(\.column) ?? []))
      }
      switch update.condition {
      case .all: break
      case .keyed(let keys): use(update.table.name.name, keys.map(\.column))
      case .other: use(update.table.name.name, [])
      }
    case .rowsDeleted(let deletion): change(deletion.table.name.name)
    case .truncated(let tables, _, _): for table in tables { change(table.name.name) }
    case .commentChanged(let key, _, _):
      change((key.owner ?? key.name).name, .aside("comment of \(key.name.name)"))
    case .ownerChanged(_, let name): change(name.name, .aside("owner"))
    case .privilegesChanged(_, let names, _, _):
      for name in names { change(name.name, .aside("privileges")) }
    default: addObject(effect)
    }
  }

  /// What is touched as a whole.
  private mutating func addObject(_ effect: Effect) {
    switch effect {
    case .schemaCreated(let schema), .schemaDropped(let schema, _): change(schema.name)
    case .tableSettingChanged(let table, _): change(table.name.name)
    case .inheritanceChanged(let table, let parent, _), .partitionAttached(let table, let parent),
      .partitionDetached(let table, let parent, _):
      change(table.name.name)
      change(parent.name)
    case .movedToSchema(_, let from, let to):
      change(from.name)
      change(to.schema ?? "")
    case .typeCreated(let type), .typeDropped(let type, _), .domainChanged(let type, _):
      change(type.name.name)
    case .enumValueAdded(let addition): change(addition.type.name)
    case .enumValueRenamed(let type, _, _), .compositeChanged(let type): change(type.name)
    case .viewCreated(let view), .viewDropped(let view, _), .viewReplaced(_, let view):
      change(view.name.name)
    case .viewRefreshed(let name, _): change(name.name)
    case .sequenceCreated(let sequence), .sequenceDropped(let sequence, _),
      .sequenceChanged(let sequence):
      change(sequence.name.name)
    case .sequenceSet(let name, _): change(name.name)
    case .routineCreated(let routine, _), .routineDropped(let routine, _):
      change(routine.name.name)
    case .triggerCreated(let table, let trigger, _), .triggerDropped(let table, let trigger, _):
      change(table.name.name)
      change(trigger.name)
    case .triggerSwitched(let table, _, _): change(table.name.name)
    case .ruleCreated(let relation, _), .ruleDropped(let relation, _): change(relation.name)
    case .policyCreated(let table, _), .policyChanged(let table, _),
      .policyDropped(let table, _, _):
      change(table.name.name)
    case .otherCreated(let key), .otherChanged(let key), .otherDropped(let key, _):
      change(key.name.name)
    case .skipped(_, let name): change(name.name)
    case .settingChanged, .transactionControl, .maintenance: break
    // Nothing that was there is another after it.
    case .extensionCreated(let installed): change(installed.name)
    // What an extension brings has other names than its own.
    default: addUnknown()
    }
  }

  private mutating func add(_ constraint: Constraint, of table: String) {
    change(constraint.name)
    let columns = constraint.columns
    switch constraint.kind {
    case .unique, .primaryKey, .exclusion:
      for column in columns { change(table, .column(column)) }
    case .foreignKey(let reference):
      use(table, columns)
      use(reference.table.name, reference.referencedColumns)
    case .check, .unknown: use(table, columns)
    }
  }

  private mutating func add(_ index: Index, of table: String) {
    change(index.name)
    let columns = index.columns
    if index.isUnique {
      for column in columns { change(table, .column(column)) }
    }
    let isPlain = index.elements.allSatisfy { if case .column = $0.key { true } else { false } }
    use(table, isPlain ? columns : [])
  }
}

extension Effect {
  /// Whether it can matter to another step at all.
  fileprivate var isFollowed: Bool {
    switch self {
    case .settingChanged, .transactionControl, .maintenance: false
    default: true
    }
  }

  fileprivate var writesValues: Bool {
    switch self {
    case .tableDropped, .columnDropped, .columnTypeChanged, .rowsInserted, .rowsUpdated,
      .rowsDeleted, .truncated, .sequenceSet, .notUnderstood:
      true
    default: false
    }
  }
}

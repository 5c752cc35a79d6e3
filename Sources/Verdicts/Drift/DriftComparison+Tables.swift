// The tables that a downgrade is about, part by part, against those of the database.

import DatabaseFacts
import PostgresSyntax
import SchemaModel

extension DriftComparison {
  /// Tables that the history created and knows whole. What they hold beyond it goes along with a
  /// table that is dropped, and survives or is in the way otherwise.
  mutating func compareTables() {
    for name in plan.tables.sorted() {
      guard let table = plan.current.table(name), table.isComplete, table.origin != nil,
        let live = live(name), ["r", "p", "f"].contains(live.kind)
      else { continue }
      let isGone = plan.gone[.relation(name)] != nil
      compared = name
      compareColumns(table, live, isGone: isGone)
      compareConstraints(table, live, isGone: isGone)
      compareIndexes(table, live, isGone: isGone)
      compareTriggers(table, live, isGone: isGone)
      compareNames(
        known: table.policies.map(\.name), found: live.policies.sorted(), isGone: isGone
      ) { .policy(name, $0) }
      compareNames(
        known: table.rules.map(\.name), found: live.rules.sorted(), isGone: isGone
      ) { .rule(name, $0) }
      if live.hasRowSecurity != table.settings.rowSecurity {
        differs(
          "table \(displayed(name))",
          "has row-level security \(live.hasRowSecurity ? "on" : "off")", isGone: isGone)
      }
    }
  }

  /// What is otherwise at the table that is compared.
  private mutating func note(_ line: String) {
    drift.note(line)
    if let compared, changed[compared] == nil { changed[compared] = line }
  }

  private mutating func compareNames(
    known: [String], found: [String], isGone: Bool, of object: (String) -> NamedObject
  ) {
    for name in known where !found.contains(name) { isMissing(object(name), isGone: isGone) }
    for name in found where !known.contains(name) { isExtra(object(name), isGone: isGone) }
  }

  /// What a statement needs is told at the statement.
  private mutating func isMissing(_ object: NamedObject, isGone: Bool) {
    let text = "\(words(object)) is missing"
    note(text)
    guard !isGone, !plan.needs.contains(where: { $0.object == object }) else { return }
    add(.schema, .unknown, "\(text) in the database, where the files have it")
  }

  private mutating func isExtra(_ object: NamedObject, isGone: Bool, _ subject: String? = nil) {
    guard !plan.creates.contains(where: { $0.object == object }),
      !plan.skips.contains(where: { $0.object == object })
    else { return }
    let subject = subject ?? words(object)
    note("\(subject) is not in the files")
    let fate = isGone ? "goes along with its table" : "is on a table that the downgrade is about"
    add(.schema, .unknown, "\(subject), which is not in the files, \(fate)")
  }

  private mutating func differs(
    _ subject: String, _ what: String, isGone: Bool, executes: Bool = false
  ) {
    note("\(subject) \(what)")
    guard !isGone else { return }
    add(.schema, .unknown, "\(subject) \(what), unlike in the files")
    if executes { add(.executes, .unknown, "\(subject) \(what), unlike in the files") }
  }

  // MARK: Parts

  private mutating func compareColumns(_ table: Table, _ live: LiveRelation, isGone: Bool) {
    compareNames(
      known: table.columns.map(\.name), found: live.columns.map(\.name), isGone: isGone
    ) { .column(table.name, $0) }
    for column in live.columns {
      guard let known = table.column(column.name) else { continue }
      let object = NamedObject.column(table.name, column.name)
      let isTouched = plan.touched[object] != nil
      if let type = known.type, !isSame(type, column) {
        differs(
          words(object), "has the type \(column.type)", isGone: isGone, executes: isTouched)
      }
      if let isNullable = known.isNullable, isNullable == column.isNotNull {
        differs(
          words(object), column.isNotNull ? "is NOT NULL" : "is not NOT NULL", isGone: isGone)
      }
      if let filling = known.filling, filling != column.filling {
        differs(
          words(object), "has \(column.filling.words)", isGone: isGone, executes: isTouched)
      }
      if known.type?.userType == nil, known.collation?.name != column.collation,
        known.collation?.name != "default"
      {
        differs(
          words(object), "has the collation \(column.collation ?? "default")", isGone: isGone,
          executes: isTouched)
      }
    }
  }

  func isSame(_ type: DataType, _ column: LiveRelation.Column) -> Bool {
    switch type.base {
    case .builtin:
      let text = type.description
      // The fields of an interval are written in other ways.
      if type.builtin == .interval { return column.typeName == "interval" }
      return text == column.type || (text == "bpchar" && column.type == "character")
    // The schema of a type that the history did not create is not known.
    case .user(let name):
      return name.name == column.typeName && type.isArray == column.type.hasSuffix("[]")
    case .other(let name):
      return name == column.typeName || type.description == column.type
    }
  }

  private mutating func compareConstraints(_ table: Table, _ live: LiveRelation, isGone: Bool) {
    for known in table.constraints {
      let object = NamedObject.constraint(table.name, known.name)
      guard let found = live.constraints.first(where: { $0.name == known.name }) else {
        if !known.isInherited, known.kind != .unknown { isMissing(object, isGone: isGone) }
        continue
      }
      if let kind = known.kind.catalogKind, kind != found.kind {
        differs(words(object), "is of another kind", isGone: isGone, executes: true)
      } else if known.kind.hasOrderedColumns, known.kind.ownColumns != found.columns {
        differs(
          words(object), "is over \(found.columns.joined(separator: ", "))", isGone: isGone,
          executes: true)
      }
      if known.isValidated != found.isValidated {
        differs(
          words(object), found.isValidated ? "is validated" : "is not validated", isGone: isGone)
      }
    }
    for found in live.constraints where table.constraint(found.name) == nil {
      isExtra(.constraint(table.name, found.name), isGone: isGone)
    }
  }

  private mutating func compareIndexes(_ table: Table, _ live: LiveRelation, isGone: Bool) {
    let schema = table.name.schema
    for known in table.indexes {
      let name = QualifiedName(schema: schema, known.name)
      guard let found = live.indexes.first(where: { $0.name == known.name }) else {
        if known.parent == nil, known.isKnown, known.constraint == nil {
          isMissing(.relation(name), isGone: isGone)
        }
        continue
      }
      let subject = "index \(displayed(name))"
      if !found.isValid { differs(subject, "is not valid", isGone: isGone) }
      guard known.isKnown else { continue }
      if known.isUnique != found.isUnique {
        differs(subject, found.isUnique ? "is unique" : "is not unique", isGone: isGone)
      }
      if known.keyColumns != found.columns {
        differs(subject, "has other columns", isGone: isGone)
      }
    }
    for found in live.indexes
    where table.index(found.name) == nil && table.constraint(found.name) == nil {
      // That of a constraint that is not in the files either is told with it.
      if live.constraints.contains(where: { $0.name == found.name }) { continue }
      let name = QualifiedName(schema: schema, found.name)
      isExtra(.relation(name), isGone: isGone, "index \(displayed(name))")
    }
  }

  private mutating func compareTriggers(_ table: Table, _ live: LiveRelation, isGone: Bool) {
    let isPartition = table.partitionOf != nil
    for known in table.triggers {
      let object = NamedObject.trigger(table.name, known.name)
      guard let state = live.triggers[known.name] else {
        if !isPartition { isMissing(object, isGone: isGone) }
        continue
      }
      if state != known.state.catalogState {
        differs(words(object), state == "D" ? "is disabled" : "is enabled", isGone: isGone)
      }
    }
    for name in live.triggers.keys.sorted()
    where !table.triggers.contains(where: { $0.name == name }) {
      isExtra(.trigger(table.name, name), isGone: isGone)
    }
  }
}

extension Column {
  /// Nil where the history does not tell.
  fileprivate var filling: LiveRelation.Column.Filling? {
    if identity != nil { return .identity }
    switch self.default {
    case .none: return LiveRelation.Column.Filling.none
    case .expression(let expression): return expression.isNull ? nil : .default
    case .generated: return .generated
    case .unknown: return nil
    }
  }
}

extension LiveRelation.Column.Filling {
  fileprivate var words: String {
    switch self {
    case .none: "no default"
    case .default: "a default"
    case .generated: "a generated value"
    case .identity: "an identity"
    }
  }
}

extension Constraint.Kind {
  fileprivate var catalogKind: String? {
    switch self {
    case .check: "c"
    case .unique: "u"
    case .primaryKey: "p"
    case .foreignKey: "f"
    case .exclusion: "x"
    case .unknown: nil
    }
  }

  fileprivate var hasOrderedColumns: Bool {
    switch self {
    case .unique, .primaryKey, .foreignKey: true
    case .check, .exclusion, .unknown: false
    }
  }

  fileprivate var ownColumns: [String] {
    switch self {
    case .unique(let key), .primaryKey(let key): key.columns
    case .foreignKey(let reference): reference.columns
    case .check, .exclusion, .unknown: []
    }
  }
}

extension Index {
  /// The key columns as the catalogs have them: empty text for an expression.
  var keyColumns: [String] {
    elements.map { if case .column(let name) = $0.key { name } else { "" } }
  }
}

extension FiringState {
  /// `pg_trigger.tgenabled`
  fileprivate var catalogState: String {
    switch self {
    case .disabled: "D"
    case .enabled: "O"
    case .replica: "R"
    case .always: "A"
    }
  }
}

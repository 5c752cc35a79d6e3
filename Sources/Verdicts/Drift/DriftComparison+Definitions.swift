// Views, functions, indexes and referenced keys as the database has them, where a downgrade takes them for those of
// the files: it replaces them, or drops them and makes them anew.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SafetyRules
import SchemaModel

extension DriftComparison {
  mutating func compareDefinitions() {
    var replaced: Set<QualifiedName> = []
    for assumption in plan.assumptions {
      switch assumption.matter {
      case .replacedView(let name):
        replaced.insert(name)
        compareView(name, replacedAt: assumption.statement)
      case .replacedRoutine(let routine): compare(routine, assumption.statement, isReplaced: true)
      case .droppedRoutine(let routine):
        compare(routine, assumption.statement, isReplaced: false)
        compareOverloads(routine, assumption.statement)
      default: break
      }
    }
    for (object, statement) in plan.gone.sorted(by: { $0.value < $1.value }) {
      guard case .relation(let name) = object else { continue }
      if plan.current.index(name) != nil {
        compareIndexUse(name, statement)
      } else if !replaced.contains(name), plan.isMadeAnew(object) {
        compareView(name, replacedAt: nil)
      }
    }
  }

  /// - Parameter statement: of CREATE OR REPLACE; nil where the view is dropped and made anew.
  private mutating func compareView(_ name: QualifiedName, replacedAt statement: Int?) {
    guard let view = plan.current.view(name), view.isKnown, view.origin != nil,
      let live = live(name), ["v", "m"].contains(live.kind)
    else { return }
    let words = self.words(.relation(name))
    if let text = difference(view.columns, live) {
      differs("\(words) \(text)", statement, executes: statement != nil)
    }
    let known = Set(view.options.map { $0.name.lowercased() })
    for option in live.options where !known.contains(option.before("=")) {
      differs("\(words) has the option \(option)", nil)
    }
    guard statement == nil else { return }
    for column in live.columns
    where column.filling == .default
      && view.columns.first(where: { $0.name == column.name })?.default == ColumnDefault.none
    {
      differs("column \(displayed(name)).\(column.name) has a default", nil)
    }
  }

  /// How the columns of a relation are otherwise than in the files, by name, order and type.
  func difference(_ columns: [Column], _ live: LiveRelation) -> String? {
    guard columns.map(\.name) == live.columns.map(\.name) else {
      return "has the columns \(live.columns.map(\.name).joined(separator: ", "))"
    }
    for (known, column) in zip(columns, live.columns) {
      if let type = known.type, !isSame(type, column) {
        return "has the type \(column.type) in \(column.name)"
      }
    }
    return nil
  }

  private mutating func differs(_ text: String, _ statement: Int?, executes: Bool = false) {
    drift.note(text)
    if executes {
      add(
        .executes, .unknown, "\(text), unlike in the files, and may not be replaced (42P16, 42P13)",
        at: statement)
    }
    add(.schema, .unknown, "\(text), unlike in the files, which is lost", at: statement)
  }

  private mutating func compare(_ routine: Routine, _ statement: Int, isReplaced: Bool) {
    guard let definition = routine.definition, let arguments = routine.argumentTypeNames,
      let found = facts.routines[TableName(routine.name)]
    else { return }
    let words = "function \(displayed(routine.name))"
    guard let live = found.first(where: { $0.arguments == arguments }) else {
      if isReplaced { differs("\(words) has other arguments", statement) }
      return
    }
    if let text = live.difference(from: routine, definition) {
      differs("\(words) \(text)", statement, executes: isReplaced)
    }
    guard isReplaced || plan.target.has(.routine(routine.name)) else { return }
    if live.isSecurityDefiner != (definition.isSecurityDefiner ?? false) {
      differs("\(words) is SECURITY \(live.isSecurityDefiner ? "DEFINER" : "INVOKER")", statement)
    }
    for setting in live.settings
    where !definition.definition.lowercased().contains(setting.before("=")) {
      differs("\(words) sets \(setting.before("="))", statement)
    }
  }

  /// A name without arguments has to be that of one function.
  private mutating func compareOverloads(_ routine: Routine, _ statement: Int) {
    let known = plan.current.routines(routine.name).count
    guard let found = facts.routines[TableName(routine.name)], found.count > known,
      !plan.statements[statement].sql.contains("(")
    else { return }
    let text = "\(found.count) functions have the name \(displayed(routine.name))"
    drift.note(text)
    add(.executes, .unsafe, "fails (42725): \(text)", at: statement)
  }

  private mutating func compareIndexUse(_ name: QualifiedName, _ statement: Int) {
    guard let (owner, _) = plan.current.index(name), let use = live(name)?.indexed else { return }
    let words = "index \(displayed(name))"
    let table = QualifiedName(use.table)
    if owner != table {
      let text = "\(words) is on \(displayed(table)), in the files on \(displayed(owner))"
      drift.note(text)
      return add(.schema, .unknown, text, at: statement)
    }
    guard let known = plan.current.table(owner), plan.gone[.relation(owner)] == nil else { return }
    if use.isReplicaIdentity, known.settings.replicaIdentity != .index(name.name) {
      differs("\(words) is the replica identity of \(displayed(owner))", statement)
    }
    if use.isClustered, known.settings.clusteredOn != name.name {
      differs("\(words) is that by which \(displayed(owner)) is clustered", statement)
    }
  }

  // MARK: - Foreign keys

  /// A foreign key needs a unique index over just its columns (manual 5.4.5).
  mutating func compareReferences() {
    for assumption in plan.assumptions {
      guard case .referred(let name, let columns, let owner) = assumption.matter,
        let table = plan.current.table(name), let live = live(name),
        // Else the downgrade makes the key itself, or the columns have other names now.
        table.indexes.contains(where: { $0.isUnique && Set($0.keyColumns) == Set(columns) })
      else { continue }
      let key = "\(displayed(name)) (\(columns.joined(separator: ", ")))"
      let fitting = live.indexes.filter { $0.isReferable && Set($0.columns) == Set(columns) }
      if fitting.isEmpty {
        drift.note("\(key) has no unique index that a foreign key may refer to")
        add(
          .executes, .unsafe,
          "fails (42830, 42704): \(key) has no unique index that a foreign key may refer to",
          at: assumption.statement)
      } else if let primary = table.primaryKey, primary.key?.columns == columns,
        !live.constraints.contains(where: { constraint in
          constraint.kind == "p" && constraint.columns == columns
            && fitting.contains { $0.name == constraint.name }
        })
      {
        let text = "\(key) is not the primary key that a foreign key may refer to"
        drift.note(text)
        add(.executes, .unknown, text, at: assumption.statement)
      }
      let isPermanent =
        self.live(owner).map { !$0.isUnlogged }
        ?? (plan.target.table(owner)?.persistence == .permanent)
      if live.isUnlogged, table.persistence == .permanent, isPermanent {
        drift.note("table \(displayed(name)) is unlogged")
        add(
          .executes, .unsafe,
          "fails (42P16): table \(displayed(name)) is unlogged, and a permanent one refers to it",
          at: assumption.statement)
      }
    }
  }
}

extension LiveRoutine {
  /// What is otherwise and keeps the function from being replaced.
  fileprivate func difference(from routine: Routine, _ definition: CreateFunction) -> String? {
    let kinds: [String] =
      switch routine.kind {
      case .procedure: ["p"]
      case .aggregate: ["a"]
      default: definition.isProcedure ? ["p"] : ["f", "w"]
      }
    guard kinds.contains(kind) else { return "is another kind of routine" }
    let names = definition.parameters.map { $0.name ?? "" }
    if self.names != (names.allSatisfy(\.isEmpty) ? [] : names) { return "has other parameters" }
    if defaults != definition.parameters.count(where: { $0.default != nil }) {
      return "has other default arguments"
    }
    guard let returns = definition.returns else { return nil }
    let result = (returns.isArray ? "_" : "") + returns.qualifiedName.name
    if self.result != result || returnsSet != definition.returnsSet {
      return "returns \(returnsSet ? "SETOF " : "")\(self.result)"
    }
    return nil
  }
}

extension String {
  fileprivate func before(_ mark: Character) -> String {
    String(prefix { $0 != mark }).lowercased()
  }
}

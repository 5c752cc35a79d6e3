// The catalogs of a live database against what the history predicts for it: what is not as predicted,
// and what that means for a downgrade.

package import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
package import SafetyRules
package import SchemaModel

/// What to ask the catalogs before a downgrade, and what the answer means.
package struct DriftCheck: Sendable {
  let plan: DowngradePlan

  /// - Parameter current: the catalog that the history predicts for the database as it is.
  package init(_ trip: RoundTrip, current: Catalog) {
    plan = DowngradePlan(trip, current: current)
  }

  /// Nil where the downgrade has no statements.
  package var request: SchemaRequest? { plan.statements.isEmpty ? nil : plan.request }

  /// - Parameter role: that will run the downgrade; nil where it is not known, or may not run it.
  package func drift(_ facts: SchemaFacts, role: String?) -> Drift {
    var comparison = DriftComparison(plan: plan, facts: facts)
    comparison.compareSearchPath()
    comparison.compareNeeds()
    comparison.compareCreations()
    comparison.compareTables()
    comparison.compareTypes()
    comparison.compareDependents()
    comparison.compareCarried(role: role)
    comparison.compareNeighbours()
    comparison.compareReferences()
    comparison.compareDefinitions()
    comparison.compareUsed()
    comparison.compareWritten()
    return comparison.drift
  }
}

/// What is not as the history predicts.
package struct Drift: Sendable, Hashable {
  /// One line each: kind, name, and what is seen.
  package var lines: [String] = []
  private(set) package var reasons: [Reason] = []
  /// What stands in `lines` and `reasons`: a statement can name many things that are not there.
  private var noted: Set<String> = []
  private var given: [Reason.Question: Set<String>] = [:]

  package init() {}

  mutating func note(_ line: String) {
    if noted.insert(line).inserted { lines.append(line) }
  }

  /// Leaves out what has been said.
  mutating func give(_ reason: Reason) {
    if given[reason.question, default: []].insert(reason.text).inserted { reasons.append(reason) }
  }
}

extension Judgement {
  /// Takes up what decides beside the replay of the statements.
  package mutating func take(_ added: [Reason]) {
    var known = Set(reasons)
    for reason in added where known.insert(reason).inserted {
      reasons.append(reason)
      let isCertain = reason.verdict == .unsafe
      switch reason.question {
      case .executes:
        if isCertain { answers.executes = .no }
        if answers.executes != .no { answers.executes = .unknown }
      case .data:
        if isCertain { answers.data = .oldLost }
        if answers.data != .oldLost, answers.data != .newLost { answers.data = .unknown }
      case .schema:
        if isCertain {
          answers.schema = .differs
          schemaDifferences.append(reason.text)
        }
        if answers.schema != .differs { answers.schema = .unknown }
      case .now: break
      }
    }
  }
}

struct DriftComparison {
  let plan: DowngradePlan
  let facts: SchemaFacts
  var drift = Drift()
  /// The first thing that is otherwise at each table, as a line.
  var changed: [QualifiedName: String] = [:]
  /// The table whose parts are compared.
  var compared: QualifiedName?

  init(plan: DowngradePlan, facts: SchemaFacts) {
    self.plan = plan
    self.facts = facts
  }

  /// A reason at a statement; of a statement that may not run, or whose parts are not told apart,
  /// nothing is certain.
  mutating func add(
    _ question: Reason.Question, _ verdict: Verdict, _ text: String, at index: Int? = nil
  ) {
    var verdict = verdict
    let location = index.map { plan.statements[$0].location }
    if let index, plan.statements[index].isConditional || !plan.wordings[index].isPlain {
      verdict = .unknown
    }
    if hasOtherSearchPath { verdict = .unknown }
    drift.give(Reason(question, verdict, text, at: location))
  }

  // MARK: Names

  private var hasOtherSearchPath: Bool {
    plan.current.searchPath == ["public"] && facts.searchPath.first != "public"
  }

  mutating func compareSearchPath() {
    guard hasOtherSearchPath else { return }
    let path = facts.searchPath.isEmpty ? "empty" : facts.searchPath.joined(separator: ", ")
    drift.note("search path of the role: \(path)")
    add(
      .executes, .unknown,
      "the role's search path is \(path), and the files are read as if it were public: names without a "
        + "schema may mean other objects")
  }

  func exists(_ object: NamedObject) -> Bool {
    switch object {
    case .relation(let name): facts.relations[TableName(name)] != nil
    case .column(let table, let name):
      live(table)?.columns.contains { $0.name == name } == true || isView(table)
    case .constraint(let table, let name):
      live(table)?.constraints.contains { $0.name == name } == true
        || plan.current.type(table) != nil
    case .trigger(let table, let name): live(table)?.triggers[name] != nil
    case .policy(let table, let name): live(table)?.policies.contains(name) == true
    case .rule(let table, let name): live(table)?.rules.contains(name) == true
    case .type(let name): facts.types[TableName(name)] != nil
    case .routine(let name): facts.routines[TableName(name)] != nil
    case .schema(let name): facts.schemas.contains(name)
    case .extension(let name): facts.extensions.contains(name)
    case .other(let kind, let name):
      SchemaRequest.OtherObject(kind, name).map(facts.others.contains) ?? true
    }
  }

  func live(_ name: QualifiedName) -> LiveRelation? { facts.relations[TableName(name)] }

  private func isView(_ name: QualifiedName) -> Bool {
    ["v", "m"].contains(live(name)?.kind)
  }

  mutating func compareNeeds() {
    for use in plan.needs { expect(use) }
    for use in plan.skips where plan.isKnown(use.object) { expect(use) }
  }

  private mutating func expect(_ use: DowngradePlan.Use) {
    let object = use.object
    if let table = object.relation, live(table) == nil {
      return expect(DowngradePlan.Use(object: .relation(table), statement: use.statement))
    }
    guard !exists(object) else { return expectKind(use) }
    let words = self.words(object)
    drift.note("\(words) is missing")
    if plan.wordings[use.statement].ifExists {
      add(
        .executes, .unknown, "\(words) is missing in the database, where the files have it",
        at: use.statement)
    } else {
      add(
        .executes, .unsafe,
        "fails (\(missingState(object, use.statement))): the database has no \(words)",
        at: use.statement)
    }
  }

  private func missingState(_ object: NamedObject, _ statement: Int) -> String {
    if plan.wordings[statement].isDrop, case .relation(let name) = object,
      case .index? = plan.current.relations[name]
    {
      return "42704"
    }
    return object.missingState
  }

  /// Also of the relation that has the object as a part: ALTER TABLE takes no view (42809).
  private mutating func expectKind(_ use: DowngradePlan.Use) {
    let relation: QualifiedName? =
      if case .relation(let name) = use.object { name } else { use.object.relation }
    guard let name = relation, let kind = live(name)?.kind,
      let relation = plan.current.relations[name], !relation.allows(kind)
    else { return }
    let text = "\(name.description) is a \(relationWord(kind)) in the database"
    drift.note(text)
    add(.executes, .unknown, text + ", and another kind of object in the files", at: use.statement)
  }

  mutating func compareCreations() {
    for use in plan.creates where exists(use.object) {
      let wording = plan.wordings[use.statement]
      let words = self.words(use.object)
      drift.note("\(words) exists, which the files do not have")
      if case .routine = use.object {
        add(
          .executes, .unknown, "\(words) exists already, with these or other arguments",
          at: use.statement)
      } else if wording.ifNotExists {
        add(
          .schema, .unknown, "\(words) exists already, not made by these files", at: use.statement)
      } else {
        add(
          .executes, .unsafe, "fails (\(use.object.existsState)): \(words) exists already",
          at: use.statement)
      }
    }
    for use in plan.creates { compareTypeName(use) }
    for use in plan.skips where !plan.isKnown(use.object) && exists(use.object) {
      let words = self.words(use.object)
      drift.note("\(words) exists, which the files do not have")
      add(
        .schema, .unknown, "\(words) exists, not made by these files, and the statement acts on it",
        at: use.statement)
      if case .relation(let name) = use.object, live(name)?.kind != "r" { continue }
      add(
        .data, .unknown, "\(words) exists, not made by these files, and the statement acts on it",
        at: use.statement)
    }
  }

  // MARK: Types

  /// A table or view has a type of its own name.
  private mutating func compareTypeName(_ use: DowngradePlan.Use) {
    guard case .relation(let name) = use.object, !exists(use.object),
      let type = facts.types[TableName(name)], type.kind != "b", !plan.isKnown(.type(name))
    else { return }
    switch plan.target.relations[name] {
    case .index?, .sequence?: return
    case nil, .table?, .view?: break
    }
    let isThere = plan.target.relations[name] != nil
    drift.note("type \(displayed(name)) exists, which the files do not have")
    add(
      .executes, isThere ? .unsafe : .unknown,
      "fails (42710): type \(displayed(name)) exists already", at: use.statement)
  }

  mutating func compareTypes() {
    for use in plan.needs {
      guard case .type(let name) = use.object, let type = plan.current.type(name),
        let live = facts.types[TableName(name)], let labels = type.labels, live.labels != labels
      else { continue }
      let line = "type \(displayed(name)) has the labels \(live.labels.joined(separator: ", "))"
      drift.note(line)
      let text = line + ", in the files \(labels.joined(separator: ", "))"
      add(.executes, .unknown, text, at: use.statement)
      add(.schema, .unknown, text)
    }
  }
}

extension Relation {
  /// Whether a `relkind` is that of the relation.
  fileprivate func allows(_ kind: String) -> Bool {
    switch self {
    case .table: ["r", "p", "f"].contains(kind)
    case .view(let view): kind == (view.value.isMaterialized ? "m" : "v") || !view.value.isKnown
    case .sequence: kind == "S"
    case .index: ["i", "I"].contains(kind)
    }
  }
}

func relationWord(_ kind: String?) -> String {
  switch kind {
  case "r", "p": "table"
  case "f": "foreign table"
  case "v": "view"
  case "m": "materialized view"
  case "S": "sequence"
  case "i", "I": "index"
  default: "relation"
  }
}

extension DriftComparison {
  /// The kind and name of an object, as the lines of a report call it.
  func words(_ object: NamedObject) -> String {
    switch object {
    case .relation(let name):
      let kind: String =
        switch plan.current.relations[name] {
        case .table?: "table"
        case .view(let view)?: view.value.isMaterialized ? "materialized view" : "view"
        case .sequence?: "sequence"
        case .index?: "index"
        case nil: relationWord(live(name)?.kind)
        }
      return "\(kind) \(displayed(name))"
    case .column(let table, let name): return "column \(displayed(table)).\(name)"
    case .constraint(let table, let name): return "constraint \(name) on \(displayed(table))"
    case .trigger(let table, let name): return "trigger \(name) on \(displayed(table))"
    case .policy(let table, let name): return "policy \(name) on \(displayed(table))"
    case .rule(let table, let name): return "rule \(name) on \(displayed(table))"
    case .type(let name): return "type \(displayed(name))"
    case .routine(let name): return "function \(displayed(name))"
    case .schema(let name): return "schema \(name)"
    case .extension(let name): return "extension \(name)"
    case .other(let kind, let name): return "\(kind.rawValue) \(displayed(name))"
    }
  }
}

extension NamedObject {
  /// Of most statements.
  fileprivate var missingState: String {
    switch self {
    case .relation: "42P01"
    case .column: "42703"
    case .constraint, .trigger, .policy, .rule, .type, .extension, .other: "42704"
    case .routine: "42883"
    case .schema: "3F000"
    }
  }

  fileprivate var existsState: String {
    switch self {
    case .relation: "42P07"
    case .column: "42701"
    case .constraint, .trigger, .policy, .rule, .type, .extension, .other: "42710"
    case .routine: "42723"
    case .schema: "42P06"
    }
  }
}

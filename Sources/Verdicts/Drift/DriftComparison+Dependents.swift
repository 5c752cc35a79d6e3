// What depends on the objects that a downgrade removes, against what the history knows to depend on them.

import DatabaseFacts
import PostgresSyntax
import SchemaModel

extension DriftComparison {
  mutating func compareDependents() {
    for dependent in facts.dependents where plan.removals.indices.contains(dependent.removal) {
      let removal = plan.removals[dependent.removal]
      switch dependent.way {
      case .blocks: blocks(dependent, removal)
      case .goesAlong: goesAlong(dependent, removal)
      case .uses: uses(dependent, removal)
      case .requires: requires(dependent, removal)
      case .divided:
        divided(dependent, removal)
      case .owner, .granted, .revoked, .comment: break
      }
    }
  }

  /// Not in the way where an earlier statement, or this one, removes or changes it.
  private func isSettled(_ dependent: LiveDependent, by statement: Int) -> Bool {
    dependent.objects.contains { plan.isTouched($0, by: statement) }
  }

  private func isKnown(_ dependent: LiveDependent) -> Bool {
    dependent.objects.contains(where: plan.isKnown)
  }

  private mutating func blocks(_ dependent: LiveDependent, _ removal: DowngradePlan.Removal) {
    guard !isSettled(dependent, by: removal.use.statement),
      !dependent.objects.contains(where: { plan.isPlain($0, before: removal.use.statement) })
    else { return }
    let object = words(removal.use.object)
    drift.note("\(dependent.words) depends on \(object)")
    let verdict: Verdict = removal.request.mode == .cascade ? .unknown : .unsafe
    add(
      .executes, verdict, "fails (2BP01): \(dependent.words) depends on \(object)",
      at: removal.use.statement)
  }

  private mutating func goesAlong(_ dependent: LiveDependent, _ removal: DowngradePlan.Removal) {
    let isCascade = removal.request.mode == .cascade
    // Of a table its parts are compared one by one.
    let isPartOfView =
      dependent.objects.first?.relation.map { plan.current.view($0) != nil } == true
    guard dependent.isTold, isPartOfView || !isSettled(dependent, by: removal.use.statement),
      isCascade || !isKnown(dependent)
    else { return }
    let object = words(removal.use.object)
    drift.note("\(dependent.words) goes along with \(object)")
    let text = "\(dependent.words), which is not in the files, goes along with \(object)"
    // What goes along without CASCADE and holds rows is a partition, whose rows are counted with those
    // of its table.
    if isCascade, dependent.holdsRows { add(.data, .unsafe, text, at: removal.use.statement) }
    add(.schema, isCascade ? .unsafe : .unknown, text, at: removal.use.statement)
  }

  /// What stands against a change of a column's type (ALTER TABLE in tablecmds.c,
  /// `RememberAllDependentForRebuilding`).
  private mutating func uses(_ dependent: LiveDependent, _ removal: DowngradePlan.Removal) {
    guard !isSettled(dependent, by: removal.use.statement),
      dependent.objects.first != removal.use.object
    else { return }
    if case .relation(let name) = removal.use.object, plan.current.type(name) != nil {
      return usesAttributes(of: name, dependent, removal)
    }
    let object = words(removal.use.object)
    if removal.request.mode == .constrain {
      guard !isKnown(dependent) else { return }
      drift.note("\(dependent.words) uses \(object)")
      return add(
        .executes, .unknown,
        "\(dependent.words), which is not in the files, uses \(object): its values are checked too",
        at: removal.use.statement)
    }
    switch dependent.kind {
    case "rule", "trigger", "policy", "default value", "table column", "function", "procedure":
      drift.note("\(dependent.words) uses \(object)")
      add(
        .executes, .unsafe, "fails (0A000): \(dependent.words) uses \(object)",
        at: removal.use.statement)
    case "sequence": break
    default:
      guard !isKnown(dependent) else { return }
      drift.note("\(dependent.words) uses \(object)")
      add(
        .executes, .unknown,
        "\(dependent.words), which is not in the files, uses \(object) and is built anew",
        at: removal.use.statement)
    }
  }

  /// A table of a composite type, and a column of it, beside those of the files.
  private mutating func usesAttributes(
    of name: QualifiedName, _ dependent: LiveDependent, _ removal: DowngradePlan.Removal
  ) {
    guard !isKnown(dependent) else { return }
    let text = "\(dependent.words), which is not in the files, uses type \(displayed(name))"
    drift.note(text)
    add(.executes, .unknown, "\(text) (0A000, 2BP01)", at: removal.use.statement)
    add(.data, .unknown, text, at: removal.use.statement)
  }

  private mutating func divided(_ dependent: LiveDependent, _ removal: DowngradePlan.Removal) {
    let text = "\(dependent.words) may be partitioned by \(dependent.text ?? "a column")"
    drift.note(text)
    add(
      .executes, .unknown, "\(text), which then cannot change (42P16)", at: removal.use.statement)
  }

  private mutating func requires(_ dependent: LiveDependent, _ removal: DowngradePlan.Removal) {
    guard dependent.kind == "extension" || !isKnown(dependent),
      !isSettled(dependent, by: removal.use.statement)
    else { return }
    let object = words(removal.use.object)
    drift.note("\(dependent.words) requires \(object)")
    add(
      .executes, .unsafe, "fails (2BP01): \(dependent.words) requires \(object)",
      at: removal.use.statement)
  }
}

extension LiveDependent {
  private func part(_ make: (QualifiedName, String) -> NamedObject) -> NamedObject? {
    names.count > 2 ? make(QualifiedName(schema: names[0], names[1]), names[2]) : nil
  }

  /// The names under which the history would know it.
  var objects: [NamedObject] {
    guard let first = names.first else { return [] }
    let own = names.count > 1 ? QualifiedName(schema: first, names[1]) : QualifiedName(first)
    switch kind {
    case "table", "view", "materialized view", "sequence", "index", "foreign table":
      return [.relation(own)]
    case "table column", "view column", "materialized view column", "foreign table column",
      "default value":
      return part(NamedObject.column).map { [$0] } ?? []
    case "table constraint", "domain constraint":
      return part(NamedObject.constraint).map { [$0] } ?? []
    case "trigger": return part(NamedObject.trigger).map { [$0] } ?? []
    case "policy": return part(NamedObject.policy).map { [$0] } ?? []
    case "rule":
      return names.count > 2 && names[2] == "_RETURN"
        ? [.relation(own)] : part(NamedObject.rule).map { [$0] } ?? []
    case "type", "composite type": return [.type(own), .relation(own)]
    case "function", "procedure", "aggregate": return [.routine(own)]
    case "schema": return [.schema(first)]
    case "extension": return [.extension(first)]
    default: return []
    }
  }

  /// What is not told goes with what it is a part of: defaults, columns of views, …
  fileprivate var isTold: Bool {
    switch kind {
    case "default value", "view column", "materialized view column", "composite type": false
    case "rule": names.last != "_RETURN"
    default: true
    }
  }

  fileprivate var holdsRows: Bool {
    ["table", "table column", "materialized view", "foreign table"].contains(kind)
  }

  var words: String {
    guard let first = names.first else { return kind }
    let own = names.count > 1 ? QualifiedName(schema: first, names[1]) : QualifiedName(first)
    let name = displayed(own)
    guard names.count > 2 else { return "\(kind) \(name)" }
    switch kind {
    case "rule" where names[2] == "_RETURN": return "view \(name)"
    case "table column", "foreign table column", "view column": return "column \(name).\(names[2])"
    case "default value": return "the default or generated value of column \(name).\(names[2])"
    case "table constraint", "domain constraint": return "constraint \(names[2]) on \(name)"
    default: return "\(kind) \(names[2]) on \(name)"
    }
  }
}

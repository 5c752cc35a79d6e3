// Dependencies that are not followed one by one, found by the name in a definition's text.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Says that a DROP may fail where the name is in a definition whose dependencies are not followed:
  /// SQL bodies and defaults of functions, rules, policies, conditions, domains, statistics.
  /// - Parameter known: the dependents that are followed: they are told for certain.
  mutating func mayBeMentioned(_ name: QualifiedName, _ kind: ObjectKind, known: [Dependent]) {
    guard known.isEmpty, let dependent = mention(of: name, kind) else { return }
    mayFail("2BP01", .hasDependents(kind, name, dependents: [dependent]))
  }

  /// The function that names something outside of a body in a string: in a body that PostgreSQL reads
  /// when it creates the function (BEGIN ATOMIC), in a default, in its types.
  func routine(mentioning name: QualifiedName) -> Dependent? {
    for other in catalog.routines.keys.sorted() where other != name && !dropping.contains(other) {
      for routine in catalog.routines(other) {
        guard let definition = routine.definition else { continue }
        var text = definition.definition
        // Nothing depends on what a body in a string names.
        if let body = definition.body { text = text.replacing(body, with: "") }
        if text.mentions(name.name) { return Dependent(.function, other) }
      }
    }
    return nil
  }

  private func mention(of name: QualifiedName, _ kind: ObjectKind) -> Dependent? {
    if let routine = routine(mentioning: name) { return routine }
    let isForColumn = kind == .column || kind == .table || kind == .view
    if !isForColumn {
      for other in catalog.types.keys.sorted() where other != name {
        guard case .domain(let domain)? = catalog.type(other)?.kind else { continue }
        let texts = domain.constraints.compactMap(\.checkText) + [domain.default?.text ?? ""]
        if texts.contains(where: { $0.mentions(name.name) }) { return Dependent(.domain, other) }
      }
      for (key, other) in catalog.others where other.definition?.mentions(name.name) == true {
        return Dependent(key.kind, key.name)
      }
    }
    // Only rules and policies name columns and tables of others in a text.
    let relations =
      isForColumn ? Array(catalog.relations.withRulesOrPolicies) : Array(catalog.relations.names)
    for relation in relations.sorted() where !dropping.contains(relation) {
      switch catalog.relations[relation] {
      case .table(let owner):
        if kind == .table, owner.value.name == name { continue }
        if let part = owner.value.part(mentioning: name.name, isForColumn: isForColumn) {
          return part
        }
      case .view(let view):
        let names = view.value.rules.filter { "\($0.actions)".mentions(name.name) }
        if let rule = names.first {
          return Dependent(.rule, QualifiedName(rule.name), of: relation)
        }
        if kind == .function || kind == .sequence, view.value.query.mentions(name.name) {
          return Dependent(.view, relation)
        }
      case .sequence, .index, nil: continue
      }
    }
    return nil
  }
}

extension Table {
  /// A part of the table that names something; columns that its own parts name are followed elsewhere.
  fileprivate func part(mentioning name: String, isForColumn: Bool) -> Dependent? {
    for rule in rules
    where "\(rule.actions)".mentions(name) || rule.condition?.text.mentions(name) == true {
      return Dependent(.rule, QualifiedName(rule.name), of: self.name)
    }
    for policy in policies {
      for expression in [policy.using, policy.check].compactMap({ $0 })
      where expression.text.mentions(name) && (!isForColumn || expression.containsSubquery) {
        return Dependent(.policy, QualifiedName(policy.name), of: self.name)
      }
    }
    if isForColumn { return nil }
    for trigger in triggers where trigger.definition.condition?.text.mentions(name) == true {
      return Dependent(.trigger, QualifiedName(trigger.name), of: self.name)
    }
    for constraint in constraints where constraint.checkText?.mentions(name) == true {
      return Dependent(.tableConstraint, QualifiedName(constraint.name), of: self.name)
    }
    for index in indexes {
      let texts = index.elements.map { "\($0.key)" } + [index.predicate?.text ?? ""]
      if texts.contains(where: { $0.mentions(name) }) {
        return Dependent(.index, QualifiedName(index.name), of: self.name)
      }
    }
    return nil
  }
}

extension Constraint {
  fileprivate var checkText: String? {
    if case .check(let expression, _) = kind { expression.text } else { nil }
  }
}

extension String {
  /// Whether a name stands in the text as a word of its own.
  fileprivate func mentions(_ name: String) -> Bool {
    guard !name.isEmpty else { return false }
    var rest = self[...]
    while let found = rest.firstRange(of: name) {
      let before = rest[..<found.lowerBound].last
      let after = rest[found.upperBound...].first
      func isPart(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
      }
      if !isPart(before), !isPart(after) { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }
}

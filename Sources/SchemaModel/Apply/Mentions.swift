// Dependencies that are not followed one by one, found by the name in a definition's text.

import HashTreeCollections
import PostgresSyntax
import SourceText

extension Replay {
  /// Says that a DROP may fail where the name is in a definition whose dependencies are not followed:
  /// SQL bodies and defaults of functions, rules, policies, conditions, domains, statistics.
  /// - Parameters:
  ///   - known: the dependents that are followed: they are told for certain.
  ///   - former: names that the object had when texts were written.
  mutating func mayBeMentioned(
    _ name: QualifiedName, _ kind: ObjectKind, known: [Dependent], former: [String] = []
  ) {
    guard known.isEmpty else { return }
    let words = [name.name] + former.flatMap { writtenForms(of: $0, name.schema, kind) }
    if let dependent = mention(of: name, as: words, kind) {
      mayFail("2BP01", .hasDependents(kind, name, dependents: [dependent]))
    }
  }

  /// A column may be called like a type, which stands behind a colon.
  private func writtenForms(
    of name: String, _ schema: String?, _ kind: ObjectKind
  ) -> [String] {
    guard kind == .type else { return [name] }
    let type = quoteIdentifier(name)
    return ["::\(type)", "::\(quoteIdentifier(schema ?? "public")).\(type)"]
  }

  /// The function that names something outside of a body in a string: in a body that PostgreSQL reads
  /// when it creates the function (BEGIN ATOMIC), in a default, in its types.
  func routine(mentioning name: QualifiedName, as words: [String]? = nil) -> Dependent? {
    let words = words ?? [name.name]
    for other in catalog.routines.keys.sorted() where other != name && !dropping.contains(other) {
      for routine in catalog.routines(other) {
        guard let definition = routine.definition, definition.definition.mentions(words) else {
          continue
        }
        // Nothing depends on what a body in a string names.
        let text = definition.definition.replacing(definition.body ?? "", with: "")
        if text.mentions(words) { return Dependent(.function, other) }
      }
    }
    return nil
  }

  private func mention(
    of name: QualifiedName, as words: [String], _ kind: ObjectKind
  ) -> Dependent? {
    if let routine = routine(mentioning: name, as: words) { return routine }
    let isForColumn = kind == .column || kind == .table || kind == .view
    if !isForColumn {
      for other in catalog.types.keys.sorted() where other != name {
        guard case .domain(let domain)? = catalog.type(other)?.kind else { continue }
        let texts = domain.constraints.compactMap(\.checkText) + [domain.default?.text ?? ""]
        if texts.contains(where: { $0.mentions(words) }) { return Dependent(.domain, other) }
      }
      for (key, other) in catalog.others where other.definition?.mentions(words) == true {
        return Dependent(key.kind, key.name)
      }
    }
    // Only rules and policies name columns and tables of others in a text.
    let relations = catalog.relations
    let found =
      isForColumn
      ? relations.withRulesOrPolicies.compactMap {
        mention(of: name, as: words, kind, isForColumn, in: $0, relations[$0])
      }
      : relations.compactMap { mention(of: name, as: words, kind, isForColumn, in: $0, $1) }
    return found.min { $0.relation < $1.relation }?.dependent
  }

  private func mention(
    of name: QualifiedName, as words: [String], _ kind: ObjectKind, _ isForColumn: Bool,
    in relation: QualifiedName,
    _ value: Relation?
  ) -> (relation: QualifiedName, dependent: Dependent)? {
    guard !dropping.contains(relation) else { return nil }
    switch value {
    case .table(let owner):
      if kind == .table, owner.value.name == name { return nil }
      let part = owner.value.part(mentioning: words, isForColumn: isForColumn)
      return part.map { (relation, $0) }
    case .view(let view):
      if let rule = view.value.rules.first(where: { "\($0.actions)".mentions(words) }) {
        return (relation, Dependent(.rule, QualifiedName(rule.name), of: relation))
      }
      if kind == .function || kind == .sequence, view.value.query.mentions(words) {
        return (relation, Dependent(.view, relation))
      }
      return nil
    case .sequence, .index, nil: return nil
    }
  }
}

extension Table {
  /// A part of the table that names something; columns that its own parts name are followed elsewhere.
  fileprivate func part(mentioning names: [String], isForColumn: Bool) -> Dependent? {
    for rule in rules
    where "\(rule.actions)".mentions(names) || rule.condition?.text.mentions(names) == true {
      return Dependent(.rule, QualifiedName(rule.name), of: self.name)
    }
    for policy in policies {
      for expression in [policy.using, policy.check].compactMap({ $0 })
      where expression.text.mentions(names) && (!isForColumn || expression.containsSubquery) {
        return Dependent(.policy, QualifiedName(policy.name), of: self.name)
      }
    }
    if isForColumn { return nil }
    for trigger in triggers where trigger.definition.condition?.text.mentions(names) == true {
      return Dependent(.trigger, QualifiedName(trigger.name), of: self.name)
    }
    for constraint in constraints where constraint.checkText?.mentions(names) == true {
      return Dependent(.tableConstraint, QualifiedName(constraint.name), of: self.name)
    }
    for index in indexes {
      if index.elements.contains(where: { $0.key.expression?.text.mentions(names) == true })
        || index.predicate?.text.mentions(names) == true
      {
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

extension IndexElement.Key {
  /// Nil for a column, which names nothing else.
  fileprivate var expression: SQLExpression? {
    if case .expression(let expression) = self { expression } else { nil }
  }
}

extension String {
  fileprivate func mentions(_ names: [String]) -> Bool { names.contains { mentions($0) } }

  /// Whether a name, or `::` and a type, stands in the text as a word of its own; also where a letter beyond
  /// ASCII is its neighbour.
  fileprivate func mentions(_ name: String) -> Bool {
    var (text, name) = (self, name)
    return text.withUTF8 { text in
      func isPart(_ place: Int) -> Bool {
        switch text.indices.contains(place) ? text[place] : 0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
      }
      return name.withUTF8 { name in
        var place = 0
        while let found = text.firstPlace(of: name, from: place) {
          let begins = name.first == UInt8(ascii: ":") || !isPart(found - 1)
          if begins, !isPart(found + name.count) { return true }
          place = found + 1
        }
        return false
      }
    }
  }
}

// What objects have by hand and lose where a downgrade drops them and makes them anew: owner, privileges,
// comments.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SchemaModel

extension DriftComparison {
  /// - Parameter role: that makes objects anew, and so owns them; nil where it is not known.
  mutating func compareCarried(role: String?) {
    for dependent in facts.dependents where plan.removals.indices.contains(dependent.removal) {
      guard let text = dependent.text, let object = dependent.objects.first,
        plan.isMadeAnew(object)
      else { continue }
      let words = dependent.words
      let statement = plan.removals[dependent.removal].use.statement
      switch dependent.way {
      case .owner where role != nil && role != text && plan.target.owner(of: object) == nil:
        loses("\(words) belongs to \(text)", statement)
      case .granted where !plan.target.grants(on: object).contains(text.lowercased()):
        loses("\(words) grants \(text)", statement)
      case .revoked: loses("\(words) does not grant \(text)", statement)
      case .comment where isByHand(text, on: object):
        loses("\(words) has a comment that is not in the files", statement)
      default: break
      }
    }
  }

  private mutating func loses(_ what: String, _ statement: Int) {
    drift.note(what)
    add(.schema, .unknown, "\(what), which is lost: it is dropped and made anew", at: statement)
  }

  /// Comments that the history knows are compared with the rest of the schema.
  private func isByHand(_ comment: String, on object: NamedObject) -> Bool {
    plan.current.comment(on: object) != comment && plan.target.comment(on: object) != comment
  }
}

extension DowngradePlan {
  /// Whether the downgrade drops an object of the database, and there is one of its name in the end.
  func isMadeAnew(_ object: NamedObject) -> Bool {
    if case .extension = object { return false }
    let isGone = gone[object] != nil || object.relation.map { gone[.relation($0)] != nil } == true
    return isGone && target.has(object)
  }
}

extension Catalog {
  /// As the history sets it.
  fileprivate func owner(of object: NamedObject) -> String? {
    switch object {
    case .relation(let name):
      table(name)?.settings.owner ?? view(name)?.owner ?? sequence(name)?.owner
    case .type(let name): type(name)?.owner
    case .routine(let name): routines(name).first?.owner
    case .schema(let name): schemas[name]?.owner
    case .column, .constraint, .trigger, .policy, .rule, .extension, .other: nil
    }
  }

  /// In lower case, such as `select to app`.
  fileprivate func grants(on object: NamedObject) -> [String] {
    switch object {
    case .relation(let name): table(name)?.settings.grants.map { $0.lowercased() } ?? []
    case .column(let owner, let column):
      table(owner)?.settings.grants.map {
        $0.replacing(" (\(column)) TO ", with: " TO ").lowercased()
      } ?? []
    default: []
    }
  }

  fileprivate func comment(on object: NamedObject) -> String? {
    switch object {
    case .relation(let name):
      table(name)?.comment ?? view(name)?.comment ?? sequence(name)?.comment
        ?? index(name)?.index.comment
    case .column(let owner, let name):
      table(owner)?.column(name)?.comment
        ?? view(owner)?.columns.first { $0.name == name }?.comment
    case .constraint(let owner, let name):
      table(owner)?.constraint(name)?.comment
        ?? type(owner)?.domain?.constraints.first { $0.name == name }?.comment
    case .trigger(let owner, let name):
      table(owner)?.triggers.first { $0.name == name }?.comment
    case .policy(let owner, let name):
      table(owner)?.settings.partComments[ObjectKey(.policy, QualifiedName(name))]
    case .rule(let owner, let name):
      table(owner)?.settings.partComments[ObjectKey(.rule, QualifiedName(name))]
    case .type(let name): type(name)?.comment
    case .routine(let name): routines(name).first?.comment
    case .schema(let name): schemas[name]?.comment
    case .extension(let name): extensions[name]?.comment
    case .other: nil
    }
  }
}

// What a database was asked for and has, so that nothing fails for want of it.

package import DatabaseFacts
package import PostgresSyntax
import SafetyRules
import SchemaModel
package import SourceText

extension DriftCheck {
  /// What the database has, of what statements name and the history does not make, by the places of the
  /// statements.
  package func present(_ facts: SchemaFacts) -> [SourceLocation: Set<PresentObject>] {
    let found = Set(facts.used.filter(\.isFound).map(\.use))
    // What goes may take types along that the history knows nothing of.
    let first = plan.statements.firstIndex { statement in
      statement.outcome.effects.contains { effect in
        switch effect {
        case .extensionDropped, .schemaDropped, .typeDropped: true
        default: false
        }
      }
    }
    var present: [SourceLocation: Set<PresentObject>] = [:]
    for use in plan.uses
    where use.statement < first ?? .max && use.known == nil && use.isCertain
      && use.asked.contains(where: found.contains)
    {
      guard let kind = use.name.kind.objectKind else { continue }
      present[plan.statements[use.statement].location, default: []].insert(
        PresentObject(kind: kind, name: use.name.name.name))
    }
    return present
  }
}

/// What a database was asked for and has.
package struct PresentObject: Hashable, Sendable {
  package var kind: ObjectKind
  package var name: String
}

extension UsedName.Kind {
  /// Of what a statement may fail for want of, as far as the history does not tell.
  fileprivate var objectKind: ObjectKind? {
    switch self {
    case .type: .type
    case .tablespace: .tablespace
    case .operatorClass: .operatorClass
    case .accessMethod: .accessMethod
    case .language: .language
    default: nil
    }
  }
}

// Kinds of objects that a database is not asked about.

import PostgresSyntax
import SafetyRules
import SchemaModel

extension Effect {
  /// What the effect is about, where a database is not asked whether it has it as the history does.
  var unaskedObject: (ObjectKind, QualifiedName)? {
    let object: (kind: ObjectKind, name: QualifiedName) =
      switch self {
      case .otherCreated(let key), .otherChanged(let key), .otherDropped(let key, _),
        .commentChanged(let key, _, _):
        (key.kind, key.name)
      case .renamed(let renaming): (renaming.kind, renaming.from)
      case .movedToSchema(let kind, let from, _): (kind, from)
      case .ownerChanged(let kind, let name), .skipped(let kind, let name): (kind, name)
      default: (.other, QualifiedName(""))
      }
    return object.kind.isUnasked ? object : nil
  }
}

extension ObjectKind {
  fileprivate var isUnasked: Bool {
    switch self {
    case .collation, .operator, .operatorClass, .operatorFamily, .cast, .textSearchConfiguration,
      .textSearchDictionary, .textSearchParser, .textSearchTemplate, .foreignDataWrapper,
      .foreignServer, .userMapping, .role, .roleMember, .eventTrigger, .subscription, .conversion,
      .transform, .accessMethod, .language:
      true
    default: false
    }
  }
}

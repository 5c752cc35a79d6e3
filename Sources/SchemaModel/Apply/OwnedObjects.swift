// DROP OWNED and REASSIGN OWNED: all that belongs to a role in the database.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Of a role that the history made it is known what belongs to it; others may have been given anything.
  mutating func apply(_ statement: OwnedObjects) throws(Refused) {
    try requireRoles(statement.roles + [statement.newOwner].compactMap(\.self))
    let areMade = statement.roles.allSatisfy { isMade(.role, $0) }
    guard areMade, catalog.isComplete, catalog.lastOpaque == nil else {
      return effect(
        .notUnderstood(.statement(statement.newOwner == nil ? "DROP OWNED" : "REASSIGN OWNED")))
    }
    for role in statement.roles {
      if let owner = statement.newOwner {
        reassign(role, to: owner)
      } else if owns(role) {
        effect(.notUnderstood(.statement("DROP OWNED")))
      } else {
        revokeAll(from: role)
        breaks(.privilegesRevoked([QualifiedName(role)]))
        effect(
          .privilegesChanged(.role, [QualifiedName(role)], isGrant: false, roles: [role]))
      }
    }
  }

  /// Whether something belongs to a role, or a policy is for it, which goes with it.
  private func owns(_ role: String) -> Bool {
    charge(catalog.relations.values.count)
    let isOfRelation = catalog.relations.values.contains { relation in
      switch relation {
      case .table(let table):
        table.value.settings.owner == role
          || table.value.policies.contains { $0.roles.contains(role) }
      case .view(let view): view.value.owner == role
      case .sequence(let sequence): sequence.value.owner == role
      case .index: false
      }
    }
    return isOfRelation || catalog.schemas.values.contains { $0.owner == role }
      || catalog.types.values.contains { $0.value.owner == role }
      || catalog.routines.values.contains { $0.value.contains { $0.owner == role } }
      || catalog.others.contains { $0.value.owner == role || $0.key.isOf(role) }
  }

  private mutating func reassign(_ role: String, to owner: String) {
    for relation in Array(catalog.relations.values) {
      charge(1)
      switch relation {
      case .table(let shared) where shared.value.settings.owner == role:
        var table = shared.value
        table.settings.owner = owner
        lock(table, .accessExclusive)
        store(table)
        effect(.tableSettingChanged(table.reference, setting: .owner(owner)))
      case .view(let shared) where shared.value.owner == role:
        var view = shared.value
        view.owner = owner
        store(view)
        effect(.ownerChanged(.view, view.name))
      case .sequence(let shared) where shared.value.owner == role:
        var sequence = shared.value
        sequence.owner = owner
        store(sequence)
        effect(.ownerChanged(.sequence, sequence.name))
      default: continue
      }
    }
    for (name, schema) in catalog.schemas where schema.owner == role {
      catalog.schemas[name]?.owner = owner
      effect(.ownerChanged(.schema, QualifiedName(name)))
    }
    for type in catalog.types.values.map(\.value) where type.owner == role {
      var type = type
      type.owner = owner
      store(type)
      effect(.ownerChanged(.type, type.name))
    }
    for var routine in catalog.routines.values.flatMap(\.value) where routine.owner == role {
      routine.owner = owner
      replace(routine)
      effect(.ownerChanged(routine.kind, routine.name))
    }
    for (key, other) in catalog.others where other.owner == role {
      catalog.others[key]?.owner = owner
      effect(.ownerChanged(key.kind, key.name))
    }
  }

  /// DROP OWNED also takes the privileges that a role was granted (manual).
  private mutating func revokeAll(from role: String) {
    func rest(_ grants: [String]) -> [String] {
      grants.filter {
        !$0.hasSuffix(" TO \(role)") && !$0.hasSuffix(" TO \(role) WITH GRANT OPTION")
      }
    }
    for relation in Array(catalog.relations.values) {
      charge(1)
      switch relation {
      case .table(let shared):
        var table = shared.value
        table.settings.grants = rest(table.settings.grants)
        if table.settings.grants != shared.value.settings.grants { store(table) }
      case .view(let shared):
        var view = shared.value
        view.grants = rest(view.grants)
        if view.grants != shared.value.grants { store(view) }
      case .sequence(let shared):
        var sequence = shared.value
        sequence.grants = rest(sequence.grants)
        if sequence.grants != shared.value.grants { store(sequence) }
      case .index: continue
      }
    }
    for (name, schema) in catalog.schemas { catalog.schemas[name]?.grants = rest(schema.grants) }
    for var type in catalog.types.values.map(\.value) where rest(type.grants) != type.grants {
      type.grants = rest(type.grants)
      store(type)
    }
    for var routine in catalog.routines.values.flatMap(\.value)
    where rest(routine.grants) != routine.grants {
      routine.grants = rest(routine.grants)
      replace(routine)
    }
    for (key, other) in catalog.others where !other.grants.isEmpty {
      catalog.others[key]?.grants = rest(other.grants)
    }
    for (key, grants) in catalog.privileges where !key.kind.isShared {
      catalog.privileges[key] = rest(grants).isEmpty ? nil : rest(grants)
    }
  }
}

extension ObjectKey {
  /// Default privileges of a role, or its mapping to a server.
  fileprivate func isOf(_ role: String) -> Bool {
    switch kind {
    case .defaultPrivilege: true
    case .userMapping: name.name == role
    default: false
    }
  }
}

extension ObjectKind {
  /// Whether its objects are those of the whole server, of which DROP OWNED takes privileges on this database alone.
  fileprivate var isShared: Bool { self == .tablespace || self == .parameter }
}

// GRANT and REVOKE of roles: which roles are members of others.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func grantRoles(_ statement: GrantRoles) throws(Refused) {
    for membership in statement.memberships {
      try requireRoles([membership.role, membership.member])
      if statement.isGrant {
        try grant(membership, isAdmin: statement.hasAdminOption)
      } else {
        revoke(membership, onlyAdmin: statement.hasAdminOption)
      }
    }
  }

  mutating func grant(_ membership: RoleMembership, isAdmin: Bool) throws(Refused) {
    let key = ObjectKey(membership)
    if isMember(membership.role, of: membership.member) {
      try fail(
        "0LP01",
        .invalidDefinition("role \(membership.role) is a member of \(membership.member)"))
    }
    let words = isAdmin ? "WITH ADMIN OPTION" : ""
    if let present = catalog.others[key] {
      if isAdmin, present.definition != words { catalog.others[key]?.definition = words }
      return effect(.otherChanged(key))
    }
    if !isMade(.role, membership.role), !isMade(.role, membership.member) {
      // Roles are of all databases; somebody may have put one into the other.
      doubt(.schema, .mayHaveBeenThere(.roleMember, key.name))
    }
    catalog.others[key] = OtherObject(
      definition: words, relations: [], columns: [], origin: context.origin)
    effect(.otherCreated(key))
  }

  private mutating func revoke(_ membership: RoleMembership, onlyAdmin: Bool) {
    let key = ObjectKey(membership)
    breaks(.privilegesRevoked([QualifiedName(membership.role)]))
    guard catalog.others[key] != nil else {
      // It may have been there before the history.
      doubt(.schema, .privileges(QualifiedName(membership.role)))
      return effect(.otherChanged(key))
    }
    if onlyAdmin {
      catalog.others[key]?.definition = ""
      return effect(.otherChanged(key))
    }
    catalog.others[key] = nil
    effect(.otherDropped(key, isDirect: true))
  }

  /// What a role is in, and what is in it, goes with it (manual, DROP ROLE).
  mutating func dropMemberships(of role: QualifiedName) {
    for key in catalog.others.keys
    where key.kind == .roleMember && (key.name == role || key.owner == role) {
      catalog.others[key] = nil
    }
  }

  mutating func renameMemberships(of role: QualifiedName, to name: QualifiedName) {
    for (key, object) in catalog.others
    where key.kind == .roleMember && (key.name == role || key.owner == role) {
      let member = key.name == role ? name : key.name
      let owner = key.owner == role ? name : key.owner
      catalog.others[key] = nil
      catalog.others[ObjectKey(.roleMember, member, owner: owner)] = object
    }
  }

  /// Whether a role is another one, or in one that is.
  private func isMember(_ role: String, of other: String) -> Bool {
    var pending = [role]
    var seen: Set<String> = []
    while let next = pending.popLast() {
      if next == other { return true }
      guard seen.insert(next).inserted else { continue }
      charge(catalog.others.count)
      pending += catalog.others.keys.compactMap { key in
        key.kind == .roleMember && key.name.name == next ? key.owner?.name : nil
      }
    }
    return false
  }
}

extension ObjectKey {
  fileprivate init(_ membership: RoleMembership) {
    self.init(
      .roleMember, QualifiedName(membership.member), owner: QualifiedName(membership.role))
  }
}

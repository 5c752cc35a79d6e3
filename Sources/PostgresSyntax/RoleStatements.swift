// The statements about roles and what belongs to them, as values.

/// One role in another one.
package struct RoleMembership: Hashable, Sendable {
  package var role: String
  package var member: String
  /// Of a role that is made, for the other one.
  package var isAdmin = false
}

/// GRANT and REVOKE of roles.
package struct GrantRoles: Hashable, Sendable {
  /// GRANT, else REVOKE.
  package var isGrant: Bool
  package var memberships: [RoleMembership]
  /// `WITH ADMIN OPTION`, or `ADMIN OPTION FOR`, which takes nothing but that.
  package var hasAdminOption = false
}

/// DROP OWNED and REASSIGN OWNED.
package struct OwnedObjects: Hashable, Sendable {
  package var roles: [String]
  /// Nil for DROP OWNED.
  package var newOwner: String?
}

// One difference between two catalogs.

/// A difference of one object between a catalog and an earlier one.
package struct SchemaDifference: Sendable, Hashable {
  package var object: ObjectKey
  package var kind: Kind
  /// Of no meaning to code or data: what `pg_dump` would print differently and no query sees.
  package var isCosmetic: Bool
  /// Whether it is only possible, because one of the two catalogs does not tell.
  package var isUncertain: Bool

  package enum Kind: Sendable, Hashable {
    /// In the earlier catalog only.
    case missing
    /// In the later catalog only.
    case extra
    /// In both, with another value of an aspect; nil where there is none.
    case changed(Aspect, from: String?, to: String?)
  }

  package enum Aspect: String, Sendable, Hashable {
    /// The name is that of another object, which had another name before.
    case object
    case type
    case nullability
    case `default`
    case identity
    case collation
    case definition
    case labels
    case columnOrder = "column order"
    case kind
    case persistence
    case partition
    case inheritance
    case rowSecurity = "row-level security"
    case owner
    case privileges
    case comment
    case options
    case schema
    case validity
    case state
  }
}

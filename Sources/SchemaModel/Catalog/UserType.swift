// Types that a history creates: enums, domains, composite types and others.

package import PostgresSyntax

package struct UserType: Sendable, Hashable {
  package var id: ObjectID
  package var name: QualifiedName
  package var kind: Kind
  package var comment: String?
  package var owner: String?
  package var origin: Origin?
  /// By which texts may still know it.
  var formerNames: [String] = []
  /// The transaction that created the type: it may use labels that it adds.
  var transaction: Int?
  /// Privileges of others than the owner: everybody may use it until that is revoked.
  var grants = ["usage TO public"]

  package enum Kind: Sendable, Hashable {
    /// The labels in their order.
    case enumeration([String])
    case domain(Domain)
    case composite([Column])
    case range([Option])
    case base([Option])
    case shell
    /// Named by the history but created outside of it.
    case unknown
  }

  package struct Domain: Sendable, Hashable {
    package var type: DataType
    package var isNotNull: Bool
    package var `default`: SQLExpression?
    package var collation: QualifiedName?
    package var constraints: [Constraint]
  }

  /// The labels of an enum; nil for other types.
  package var labels: [String]? {
    if case .enumeration(let labels) = kind { labels } else { nil }
  }

  /// Composite types are relations too, and share their names.
  var isComposite: Bool { if case .composite = kind { true } else { false } }

  package var domain: Domain? { if case .domain(let domain) = kind { domain } else { nil } }
}

// A constraint of a table or domain, with its names resolved.

package import PostgresSyntax

package struct Constraint: Sendable, Hashable {
  package var name: String
  package var kind: Kind
  package var isDeferrable: Bool
  package var isInitiallyDeferred: Bool
  /// False after NOT VALID: rows from before it was added are not checked.
  package var isValidated: Bool
  /// Inherited from a parent table or partitioned table, and not defined here.
  package var isInherited: Bool
  /// Was inherited until ONLY the parent lost it.
  var isReleased = false
  package var comment: String?
  package var origin: Origin?

  package indirect enum Kind: Sendable, Hashable {
    case check(SQLExpression, noInherit: Bool)
    case unique(Key)
    case primaryKey(Key)
    case foreignKey(Reference)
    case exclusion(Exclusion)
    /// Named by the history but created outside of it.
    case unknown
  }

  package struct Key: Sendable, Hashable {
    package var columns: [String]
    package var including: [String]
    package var nullsNotDistinct: Bool
  }

  package struct Reference: Sendable, Hashable {
    package var columns: [String]
    package var table: QualifiedName
    /// Empty where the referenced table's primary key is not known.
    package var referencedColumns: [String]
    package var match: ForeignKey.Match
    package var onDelete: ForeignKey.Action
    package var onUpdate: ForeignKey.Action
    package var setColumns: [String]
  }

  package init(
    name: String, kind: Kind, isDeferrable: Bool = false, isInitiallyDeferred: Bool = false,
    isValidated: Bool = true, isInherited: Bool = false, origin: Origin? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isDeferrable = isDeferrable
    self.isInitiallyDeferred = isInitiallyDeferred
    self.isValidated = isValidated
    self.isInherited = isInherited
    self.origin = origin
  }

  /// The columns of the own table that the constraint is about, in order.
  package var columns: [String] {
    switch kind {
    case .check(let expression, _): expression.columns.compactMap(\.column)
    case .unique(let key), .primaryKey(let key): key.columns + key.including
    case .foreignKey(let reference): reference.columns
    case .exclusion(let exclusion): exclusion.elements.flatMap(\.columns) + exclusion.including
    case .unknown: []
    }
  }

  package var reference: Reference? { if case .foreignKey(let found) = kind { found } else { nil } }

  /// The key of a primary key or unique constraint.
  package var key: Key? {
    switch kind {
    case .unique(let key), .primaryKey(let key): key
    default: nil
    }
  }

  package var isPrimaryKey: Bool { if case .primaryKey = kind { true } else { false } }

  /// Whether an index of the same name belongs to the constraint.
  package var hasIndex: Bool {
    switch kind {
    case .unique, .primaryKey, .exclusion: true
    case .check, .foreignKey, .unknown: false
    }
  }
}

extension IndexElement {
  /// The columns that the element is computed from.
  package var columns: [String] {
    switch key {
    case .column(let name): [name]
    case .expression(let expression): expression.columns.compactMap(\.column)
    }
  }
}

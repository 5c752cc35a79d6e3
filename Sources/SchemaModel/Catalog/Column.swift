// A column of a table, with what is known of it.

package import PostgresSyntax

/// The step that created an object, by the ordinal that the caller gave; nil for what was there
/// before the known history.
package typealias Origin = Int

/// What stays the same when an object is renamed, as an oid does. Unique in one replay: two catalogs
/// that grew from one use the same number for the same object.
package typealias ObjectID = Int

package struct Column: Sendable, Hashable {
  package var id: ObjectID
  package var name: String
  /// Nil where the history does not tell.
  package var type: DataType?
  /// Nil where the history does not tell.
  package var isNullable: Bool?
  package var `default`: ColumnDefault
  package var identity: IdentityKind?
  package var collation: QualifiedName?
  package var comment: String?
  package var origin: Origin?
  /// How many parents of an inheritance tree or partition the column comes from.
  package var inheritedFrom: Int
  /// Whether the column is defined here, beside what is inherited.
  package var isLocal: Bool
  /// What is known of the values for the rest of a step.
  package var contents: Contents?
  /// SET STATISTICS, STORAGE and COMPRESSION and column options, as text by name.
  package var settings: [String: String]

  package init(
    id: ObjectID, name: String, type: DataType?, isNullable: Bool?,
    default defaultValue: ColumnDefault = .none, identity: IdentityKind? = nil,
    collation: QualifiedName? = nil, origin: Origin? = nil
  ) {
    self.id = id
    self.name = name
    self.type = type
    self.isNullable = isNullable
    self.default = defaultValue
    self.identity = identity
    self.collation = collation
    self.origin = origin
    self.inheritedFrom = 0
    self.isLocal = true
    self.contents = nil
    self.settings = [:]
  }

  /// What a step itself made of a column's values: known only within that step.
  package struct Contents: Sendable, Hashable {
    package var origin: Origin
    /// Added without a default and not written since.
    package var isOnlyNull = false
    /// Added with a default, or every NULL was replaced by an UPDATE.
    package var hasNoNull = false
    /// Values that an UPDATE or DELETE took away.
    package var gone: [SQLConstant] = []
    /// Written by the step in a way that leaves other things open.
    package var isChanged = false
  }

  package var isGenerated: Bool { if case .generated = self.default { true } else { false } }

  /// Whether an INSERT that does not name the column can succeed; nil where that is not known.
  package var mayBeOmitted: Bool? {
    if identity != nil { return true }
    switch self.default {
    case .expression, .generated: return true
    case .unknown: return isNullable == true ? true : nil
    case .none: return isNullable
    }
  }

}

package enum IdentityKind: String, Sendable, Hashable {
  case always
  case byDefault
}

package indirect enum ColumnDefault: Sendable, Hashable {
  case none
  case expression(SQLExpression)
  /// `GENERATED ALWAYS AS (…) STORED`
  case generated(SQLExpression)
  /// The history does not tell.
  case unknown

  package var expression: SQLExpression? {
    switch self {
    case .expression(let expression), .generated(let expression): expression
    case .none, .unknown: nil
    }
  }
}

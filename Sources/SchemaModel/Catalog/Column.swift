// A column of a table, with what is known of it.

package import PostgresSyntax

/// The step that created an object, by the ordinal that the caller gave; nil for what was there
/// before the known history.
package typealias Origin = Int

/// What stays the same when an object is renamed, as an oid does. Unique in one replay: two catalogs
/// that grew from one use the same number for the same object.
package typealias ObjectID = Int

package struct Column: Sendable, Hashable {
  /// One reference, as every change of a table copies its columns.
  private var fields: CopyOnWrite<Fields>

  private struct Fields: Sendable, Hashable {
    var id: ObjectID
    var name: String
    var type: DataType?
    var isNullable: Bool?
    var `default`: ColumnDefault
    var defaultType: DataType?
    var identity: IdentityKind?
    var collation: QualifiedName?
    var comment: String?
    var origin: Origin?
    var inheritedFrom = 0
    var isLocal = true
    var contents: Contents?
    var settings: [String: String] = [:]
  }

  package init(
    id: ObjectID, name: String, type: DataType?, isNullable: Bool?,
    default defaultValue: ColumnDefault = .none, identity: IdentityKind? = nil,
    collation: QualifiedName? = nil, origin: Origin? = nil
  ) {
    fields = CopyOnWrite(
      Fields(
        id: id, name: name, type: type, isNullable: isNullable, default: defaultValue,
        identity: identity, collation: collation, origin: origin))
  }

  /// Whether the two are one value in memory, so that there is nothing to compare.
  func isIdentical(to other: Column) -> Bool { fields.isIdentical(to: other.fields) }

  package var id: ObjectID {
    get { fields.value.id }
    _modify { yield &fields.value.id }
  }

  package var name: String {
    get { fields.value.name }
    _modify { yield &fields.value.name }
  }

  /// Nil where the history does not tell.
  package var type: DataType? {
    get { fields.value.type }
    _modify { yield &fields.value.type }
  }

  /// Nil where the history does not tell.
  package var isNullable: Bool? {
    get { fields.value.isNullable }
    _modify { yield &fields.value.isNullable }
  }

  package var `default`: ColumnDefault {
    get { fields.value.default }
    _modify { yield &fields.value.default }
  }

  /// The type that the column had when its default was set, where it has another one now.
  var defaultType: DataType? {
    get { fields.value.defaultType }
    _modify { yield &fields.value.defaultType }
  }

  package var identity: IdentityKind? {
    get { fields.value.identity }
    _modify { yield &fields.value.identity }
  }

  package var collation: QualifiedName? {
    get { fields.value.collation }
    _modify { yield &fields.value.collation }
  }

  package var comment: String? {
    get { fields.value.comment }
    _modify { yield &fields.value.comment }
  }

  package var origin: Origin? {
    get { fields.value.origin }
    _modify { yield &fields.value.origin }
  }

  /// How many parents of an inheritance tree or partition the column comes from.
  package var inheritedFrom: Int {
    get { fields.value.inheritedFrom }
    _modify { yield &fields.value.inheritedFrom }
  }

  /// Whether the column is defined here, beside what is inherited.
  package var isLocal: Bool {
    get { fields.value.isLocal }
    _modify { yield &fields.value.isLocal }
  }

  /// What is known of the values for the rest of a step.
  package var contents: Contents? {
    get { fields.value.contents }
    _modify { yield &fields.value.contents }
  }

  /// SET STATISTICS, STORAGE and COMPRESSION and column options, as text by name.
  package var settings: [String: String] {
    get { fields.value.settings }
    _modify { yield &fields.value.settings }
  }

  /// What a step itself made of a column's values: known only within that step.
  package struct Contents: Sendable, Hashable {
    package var origin: Origin
    /// Added without a default and not written since.
    package var isOnlyNull = false
    /// Added with a default, or every NULL was replaced by an UPDATE.
    package var hasNoNull = false
    /// Added with a default that gives each row another value.
    package var isDistinct = false
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

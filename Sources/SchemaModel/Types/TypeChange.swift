// What changing a column from one type to another does to its values.

/// The effect of ALTER COLUMN … TYPE on the values and the table.
package struct TypeChange: Sendable, Hashable {
  package var values: Values
  /// Whether the table and its indexes are written anew; nil where that is not known.
  package var rewritesTable: Bool?
  /// Whether rows are read although the table is not rewritten.
  package var scansTable: Bool
  /// Ways in which it can fail on a value.
  package var failures: [Hazard]
  /// Whether PostgreSQL refuses it without USING (42804).
  package var needsUsing: Bool

  package enum Values: Sendable, Hashable {
    /// The same type.
    case unchanged
    /// Every value of the old type is a value of the new one, and can be taken back.
    case kept
    /// Every value can be represented, but in another form: `integer` to `text`, `json` to `jsonb`.
    case converted
    /// The values that fit are kept; the others make the statement fail.
    case keptOrFails
    /// Texts are read as values: those that are none make the statement fail, and of the others only the
    /// value is kept: `007` becomes 7.
    case readOrFails
    /// Values may be changed without a word: rounded, cut.
    case mayChangeSilently
    /// Not known.
    case unknown
  }

  package enum Hazard: Sendable, Hashable {
    /// 22001
    case tooLong(Int)
    /// 22003
    case outOfRange
    /// 22P02, 22007
    case notCastable
  }

  /// Whether the new type cannot hold every value of the old one.
  package var isNarrowing: Bool {
    switch values {
    case .keptOrFails, .readOrFails, .mayChangeSilently: true
    case .unchanged, .kept, .converted, .unknown: false
    }
  }
}

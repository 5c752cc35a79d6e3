// What a statement does to running code that was written for the schema before it.

package import PostgresSyntax

/// A reason why code written for the schema before a statement may fail after it.
package enum CodeBreak: Sendable, Hashable {
  case relationGone(ObjectKind, TableReference)
  /// `to` is the new name where it was renamed.
  case relationRenamed(ObjectKind, TableReference, to: QualifiedName)
  case columnGone(ColumnReferent)
  case columnRenamed(ColumnReferent, to: String)
  /// Added NOT NULL without a default: INSERTs that do not name it fail (23502).
  case columnRequired(ColumnReferent)
  /// SET NOT NULL: writing NULL fails (23502).
  case nullRefused(ColumnReferent)
  /// DROP NOT NULL: readers may meet NULL.
  case nullAllowed(ColumnReferent)
  /// DROP DEFAULT of a column that is NOT NULL: INSERTs that do not name it fail.
  case defaultGone(ColumnReferent)
  case defaultChanged(ColumnReferent)
  case typeChanged(ColumnReferent, from: DataType?, to: DataType, TypeChange)
  /// Writes that the constraint does not allow fail.
  case constraintAdded(TableReference, Constraint)
  case uniqueIndexAdded(TableReference, Index)
  /// `ON CONFLICT` on it fails (42P10), and what it kept out may come in.
  case uniquenessGone(TableReference, name: String)
  case enumValueGone(type: QualifiedName, value: String)
  case enumValueRenamed(type: QualifiedName, from: String, to: String)
  /// Readers may meet a value that they do not know.
  case enumValueAdded(type: QualifiedName, value: String)
  case typeGone(QualifiedName)
  case typeRenamed(from: QualifiedName, to: QualifiedName)
  /// A composite type has other attributes, or calls them otherwise.
  case compositeChanged(QualifiedName)
  case routineGone(Routine)
  /// A collation, operator, text search object or the like.
  case objectGone(ObjectKind, QualifiedName)
  /// Another schema or name of what is neither a relation nor a type.
  case objectMoved(ObjectKind, QualifiedName, to: QualifiedName)
  case sequenceGone(QualifiedName)
  case viewChanged(QualifiedName)
  case schemaGone(String)
  case schemaRenamed(from: String, to: String)
  case extensionGone(String)
  case identityAlways(ColumnReferent)
  case triggerAdded(TableReference, name: String)
  /// INSTEAD: what is written goes another way.
  case ruleAdded(TableReference, name: String)
  case rowSecurityEnabled(TableReference)
  /// Policies let code see or write fewer rows than before, where row-level security is on.
  case policiesTightened(TableReference)
  /// UPDATE and DELETE are refused (55000).
  case publishedWithoutIdentity(TableReference)
  case privilegesRevoked([QualifiedName])
  /// Rows that code may rely on are gone or have other values.
  case domainTightened(QualifiedName)

  /// Whether code breaks for certain where it uses the object, and not only for some values.
  package var isCertain: Bool {
    switch self {
    case .relationGone, .relationRenamed, .columnGone, .columnRenamed, .columnRequired,
      .defaultGone, .enumValueGone, .enumValueRenamed, .typeGone, .typeRenamed, .routineGone,
      .sequenceGone, .schemaGone, .schemaRenamed, .extensionGone, .identityAlways, .objectMoved,
      .objectGone, .publishedWithoutIdentity:
      true
    case .nullRefused, .nullAllowed, .defaultChanged, .typeChanged, .constraintAdded,
      .uniqueIndexAdded, .uniquenessGone, .enumValueAdded, .viewChanged, .triggerAdded,
      .ruleAdded, .rowSecurityEnabled, .policiesTightened, .privilegesRevoked, .domainTightened,
      .compositeChanged:
      false
    }
  }
}

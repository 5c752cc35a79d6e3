// What a statement does to schema and rows, as typed facts.

package import PostgresSyntax

/// One thing that a statement does. Facts only: sentences are made of them later.
package enum Effect: Sendable {
  case schemaCreated(Schema)
  /// With everything that was in it, as effects of their own before this one.
  case schemaDropped(Schema, cascade: Bool)

  case tableCreated(Table)
  case tableDropped(TableDrop)
  case columnAdded(ColumnAddition)
  case columnDropped(ColumnDrop)
  case columnTypeChanged(ColumnTypeChange)
  /// SET NOT NULL and DROP NOT NULL; `was` nil where the history does not tell.
  case nullabilityChanged(ColumnReferent, isNullable: Bool, was: Bool?)
  case defaultChanged(ColumnReferent, from: ColumnDefault, to: ColumnDefault)
  case identityChanged(ColumnReferent, from: IdentityKind?, to: IdentityKind?)
  /// Statistics target, storage, compression and column options.
  case columnSettingChanged(ColumnReferent, setting: String)
  case tableSettingChanged(TableReference, setting: TableSetting)
  case inheritanceChanged(TableReference, parent: QualifiedName, inherits: Bool)
  case partitionAttached(TableReference, parent: QualifiedName)
  case partitionDetached(TableReference, parent: QualifiedName, concurrently: Bool)

  case constraintAdded(TableReference, Constraint, usingIndex: String?)
  /// `isDirect` is false where it goes along with a column or table.
  case constraintDropped(TableReference, Constraint, isDirect: Bool)
  case constraintValidated(TableReference, Constraint)
  case constraintAltered(TableReference, Constraint)
  case indexCreated(TableReference, Index, concurrently: Bool)
  case indexDropped(TableReference, Index, isDirect: Bool, concurrently: Bool)

  case renamed(Renaming)
  case movedToSchema(ObjectKind, from: QualifiedName, to: QualifiedName)
  case ownerChanged(ObjectKind, QualifiedName)

  case typeCreated(UserType)
  case typeDropped(UserType, cascade: Bool)
  case enumValueAdded(EnumValueAddition)
  case enumValueRenamed(type: QualifiedName, from: String, to: String)
  case domainChanged(UserType, DomainChange)
  case compositeChanged(QualifiedName)

  case viewCreated(View)
  case viewReplaced(from: View, to: View)
  case viewDropped(View, isDirect: Bool)
  case viewRefreshed(QualifiedName, concurrently: Bool)
  case sequenceCreated(SequenceObject)
  case sequenceDropped(SequenceObject, isDirect: Bool)
  case sequenceChanged(SequenceObject)
  /// `setval`, RESTART; the value if it is a literal.
  case sequenceSet(QualifiedName, to: Int64?)
  case routineCreated(Routine, replaces: Routine?)
  case routineDropped(Routine, isDirect: Bool)
  case triggerCreated(TableReference, Trigger, replaces: Bool)
  case triggerDropped(TableReference, Trigger, isDirect: Bool)
  /// Switched on or off; nil for all triggers of the table.
  case triggerSwitched(TableReference, name: String?, FiringState)
  case ruleCreated(relation: QualifiedName, CreateRule)
  case ruleDropped(relation: QualifiedName, name: String)
  case policyCreated(TableReference, Policy)
  case policyChanged(TableReference, name: String)
  case policyDropped(TableReference, Policy, isDirect: Bool)
  case extensionCreated(InstalledExtension)
  case extensionDropped(InstalledExtension, cascade: Bool)
  case extensionUpdated(name: String)
  case otherCreated(ObjectKey)
  case otherChanged(ObjectKey)
  case otherDropped(ObjectKey, isDirect: Bool)
  case commentChanged(ObjectKey, from: String?, to: String?)
  case privilegesChanged(ObjectKind, [QualifiedName], isGrant: Bool, roles: [String])

  case rowsInserted(RowsInserted)
  case rowsUpdated(RowsUpdated)
  case rowsDeleted(RowsDeleted)
  case truncated([TableReference], restartIdentity: Bool, cascade: Bool)

  /// A setting of the session or transaction; nil for RESET ALL.
  case settingChanged(name: String?, values: [SQLConstant], isLocal: Bool)
  /// BEGIN, COMMIT and the like, inside a migration.
  case transactionControl(TransactionCommand)
  /// LOCK, VACUUM, ANALYZE, REINDEX, CLUSTER: see the locks and rewrites.
  case maintenance(Maintenance)
  /// The object is there already, or is not there: IF [NOT] EXISTS made nothing of the statement.
  case skipped(ObjectKind, QualifiedName)
  /// What the statement does is not known.
  case notUnderstood(NotUnderstood)
}

/// A column of a table at the time of a statement.
package struct ColumnReferent: Sendable, Hashable {
  package var table: TableReference
  /// 0 where the column is not in the catalog.
  package var id: ObjectID
  package var name: String
  package var origin: Origin?

  package init(table: TableReference, column: Column) {
    self.table = table
    self.id = column.id
    self.name = column.name
    self.origin = column.origin
  }
}

package struct TableDrop: Sendable {
  /// With its columns, constraints and indexes, as it was.
  package var table: Table
  package var cascade: Bool
  /// False where it goes along with a schema, a parent or an extension.
  package var isDirect: Bool
}

package struct ColumnAddition: Sendable {
  package var table: TableReference
  package var column: Column
  /// Rows that are there get this: the default, an identity's number, or NULL.
  package var fill: Fill

  package enum Fill: Sendable, Hashable {
    case null
    /// A value that is computed once; the table is not rewritten.
    case constant
    /// A value for each row; the table is rewritten.
    case computed
  }
}

package struct ColumnDrop: Sendable {
  package var table: TableReference
  /// As it was; `type` is nil where the history does not tell.
  package var column: Column
  package var cascade: Bool
  /// False where it goes along with a type that was dropped with CASCADE.
  package var isDirect: Bool
  /// Indexes that go along, without a word from PostgreSQL.
  package var indexes: [Index]
  /// Constraints of the own table that go along, those over other columns too.
  package var constraints: [Constraint]
}

package struct ColumnTypeChange: Sendable {
  package var column: ColumnReferent
  package var from: DataType?
  package var to: DataType
  package var using: SQLExpression?
  package var change: TypeChange
  /// Indexes that are built anew although the rows stay as they are.
  package var rebuiltIndexes: [String]
}

package enum TableSetting: Sendable, Hashable {
  case owner(String)
  case rowSecurity(RowSecurity)
  case persistence(Persistence)
  case replicaIdentity
  case options([String])
  case tablespace
  case accessMethod
  case clusterIndex
  case ofType
  case rule(String)
}

package struct Renaming: Sendable, Hashable {
  package var kind: ObjectKind
  /// The relation, type or schema that a column, constraint or the like belongs to.
  package var owner: QualifiedName?
  package var from: QualifiedName
  package var to: QualifiedName
  /// The origin of the object.
  package var origin: Origin?
  /// The table, where a table or a part of one is renamed.
  package var table: TableReference?
}

package struct EnumValueAddition: Sendable, Hashable {
  package var type: QualifiedName
  package var value: String
  package var position: AlterEnum.Position
  /// The type's origin.
  package var origin: Origin?
}

package enum DomainChange: Sendable, Hashable {
  case defaultSet
  case defaultDropped
  case notNullSet
  case notNullDropped
  case constraintAdded(String)
  case constraintDropped(String)
  case constraintValidated(String)
}

package enum Maintenance: Sendable, Hashable {
  case lock
  case vacuum(full: Bool)
  case analyze
  case reindex(concurrently: Bool)
  case cluster
}

/// Why the effect of a statement is not known.
package enum NotUnderstood: Sendable, Hashable {
  /// A DO block in a language.
  case doBlock(String)
  /// A function or procedure whose effects are not known is called.
  case routineCall(QualifiedName)
  /// A statement that the vocabulary does not have, by its command tag.
  case statement(String)
  /// A subcommand of ALTER TABLE, by its name in PostgreSQL's source.
  case subcommand(String)
  /// A program or file takes part.
  case copy
  /// EXECUTE of a prepared statement that was not seen.
  case prepared(String)
  /// A trigger or rule runs what is not known, on a table.
  case trigger(QualifiedName)
}

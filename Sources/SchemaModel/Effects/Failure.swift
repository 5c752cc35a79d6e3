// Why a statement fails, or may fail, and what would settle it.

package import PostgresSyntax

/// A failure of a statement: certain, dependent on rows, or not to be known from the history.
package struct Failure: Sendable, Hashable {
  /// The five characters of PostgreSQL's SQLSTATE (manual, Appendix A); for what never reaches
  /// PostgreSQL, the class of the exception.
  package var sqlState: String
  package var reason: FailureReason
  package var certainty: Certainty

  package init(sqlState: String, reason: FailureReason, certainty: Certainty) {
    self.sqlState = sqlState
    self.reason = reason
    self.certainty = certainty
  }

  package enum Certainty: Sendable, Hashable {
    case certain
    /// Fails if the condition holds.
    case dependsOnData(DataCondition)
    /// Fails if the database is not as the known part of the history suggests.
    case uncertain
  }
}

package enum FailureReason: Sendable, Hashable {
  /// 42P01, 42703, 42704, 42883, 3F000
  case missing(ObjectKind, QualifiedName, of: QualifiedName?)
  /// 42P07, 42701, 42710, 42723, 42P06
  case alreadyExists(ObjectKind, QualifiedName, of: QualifiedName?)
  /// 2BP01: the dependents, as they are called in PostgreSQL's detail.
  case hasDependents(ObjectKind, QualifiedName, dependents: [Dependent])
  /// 42809: the name is that of another kind of object.
  case wrongKind(QualifiedName, expected: ObjectKind)
  /// 25001
  case notInTransaction(command: String)
  /// 25P01: needs a transaction block
  case needsTransaction(command: String)
  /// 55P04
  case enumValueNotUsableYet(type: QualifiedName, value: String)
  /// 42804
  case cannotCast(column: String, from: DataType, to: DataType)
  /// 42804
  case defaultCannotBeCast(column: String, to: DataType)
  /// 42804
  case foreignKeyTypes(constraint: String, from: DataType, to: DataType)
  /// 42830: the referenced columns have no unique key.
  case noUniqueKey(table: QualifiedName, columns: [String])
  /// 0A000: a view or rule, a generated column, a trigger or policy uses the column.
  case typeUsed(column: String, by: Dependent)
  /// 0A000
  case notSupported(String)
  /// 42P16
  case inPrimaryKey(column: String)
  /// 42P16
  case secondPrimaryKey(table: QualifiedName)
  /// 42P16, 42611 and others: the definition contradicts itself or its parent.
  case invalidDefinition(String)
  /// 55000
  case notIdentity(column: String)
  /// 428C9: a value for a column that is GENERATED ALWAYS.
  case generatedAlways(table: QualifiedName, column: String)
  /// 22P02 for a literal that the enum does not have.
  case noSuchEnumValue(type: QualifiedName, value: String)
  /// 42601
  case syntax(String)
  /// SQLAlchemy drops no constraint without a name.
  case constraintWithoutName(on: QualifiedName)
  /// What none of the drivers takes that may be at work, and which those are.
  case refusedByDriver(DriverRefusal, String)

  /// 55006, and why
  case inUse(QualifiedName, String)
  /// 57014: a statement that reads or writes rows, after the step itself has set statement_timeout.
  case takesTooLong
  case nullsExist(table: QualifiedName, column: String)
  case duplicatesExist(table: QualifiedName, key: [String])
  /// 23505: the sequence that numbers a key may stand behind rows that were given their numbers.
  case numberTaken(table: QualifiedName, column: String)
  case orphansExist(table: QualifiedName, constraint: String)
  case checkViolated(table: QualifiedName, constraint: String)
  case exclusionViolated(table: QualifiedName, constraint: String)
  case partitionBoundViolated(table: QualifiedName)
  case defaultPartitionHolds(table: QualifiedName)
  case valueTooLong(column: String, type: DataType)
  case valueOutOfRange(column: String, type: DataType)
  case valueNotCastable(column: String, type: DataType)
  case sequenceBehind(QualifiedName)
  /// Rows elsewhere refer to the rows that go.
  case referencedRows(table: QualifiedName, constraint: String)
}

/// An object that depends on another.
package struct Dependent: Sendable, Hashable {
  package var kind: ObjectKind
  package var name: QualifiedName
  /// The table, for a column, constraint, trigger and the like.
  package var owner: QualifiedName?

  package init(_ kind: ObjectKind, _ name: QualifiedName, of owner: QualifiedName? = nil) {
    self.kind = kind
    self.name = name
    self.owner = owner
  }
}

/// A question to the rows of a live database. Names are those at the time of the statement; the ids
/// find what the same table and column is called before it.
package enum DataCondition: Sendable, Hashable {
  case hasRows(TableReference)
  case hasNulls(TableReference, [ColumnReferent])
  /// Equal keys among the rows; `columns` is nil where the key is an expression, then `key` has it.
  case hasDuplicates(TableReference, key: DuplicateKey)
  case hasOrphans(ForeignKeyProbe)
  /// Rows that refer to rows of the other table with these values; to any of them where there are none.
  case refers(ForeignKeyProbe, to: [RowCondition.KeyComparison])
  /// Rows for which the expression is false.
  case violates(TableReference, expression: SQLExpression)
  case longerThan(ColumnReferent, characters: Int)
  case outOfRange(ColumnReferent, type: DataType)
  case notCastable(ColumnReferent, type: DataType, using: SQLExpression?)
  /// A value is not the same any more after it was cast.
  case changedByCast(ColumnReferent, type: DataType, using: SQLExpression?)
  case usesEnumValues(ColumnReferent, values: [String])
  case exclusionConflict(TableReference, Exclusion)
  /// Rows with these values in these columns.
  case rowsMatch(TableReference, [RowCondition.KeyComparison])
  /// Values that no row has in the column.
  case lacks(ColumnReferent, [SQLConstant])
  /// Rows that have the number which a sequence gives next, or a higher one.
  case behindRows(ColumnReferent, sequence: QualifiedName, increment: Int64)
  /// Values of a domain's base type for which the expression over VALUE is false.
  case violatesDomain(ColumnReferent, DataType, expression: SQLExpression)
  /// Equal keys among the rows once one column has another type.
  case hasDuplicatesAfter(TypeChangeOfKey)
  /// Rows outside of a partition's bound.
  case outsideBound(TableReference, PartitionBound?, PartitionKey?)
  /// Rows of a default partition that belong into another one.
  case insideBound(TableReference, PartitionBound?, PartitionKey?)
  /// A condition for which there is no probe.
  case unknown(TableReference)

  package struct DuplicateKey: Sendable, Hashable {
    package var columns: [ColumnReferent]?
    package var elements: [IndexElement]
    package var predicate: SQLExpression?
    package var nullsNotDistinct: Bool
  }

  package struct TypeChangeOfKey: Sendable, Hashable {
    package var table: TableReference
    /// Nil where more than plain columns makes the key.
    package var columns: [ColumnReferent]?
    package var changed: ColumnReferent
    package var type: DataType
    package var using: SQLExpression?
  }

  package struct ForeignKeyProbe: Sendable, Hashable {
    package var table: TableReference
    package var columns: [ColumnReferent]
    package var referenced: TableReference
    package var referencedColumns: [ColumnReferent]
    package var match: ForeignKey.Match
  }
}

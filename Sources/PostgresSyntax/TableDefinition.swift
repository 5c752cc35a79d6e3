// The parts of a table's definition: columns, constraints, index elements, partitions.

/// A column as CREATE TABLE and ADD COLUMN define it, and an attribute of a composite type.
package struct ColumnDefinition: Hashable, Sendable {
  package var name: String
  /// For `serial` and its like the integer type beneath; nil only in a typed table or partition.
  package var type: TypeName?
  /// `smallserial`, `serial` or `bigserial`: not null, with a default from an owned sequence
  /// (manual 8.1.4).
  package var isSerial = false
  /// Whether NOT NULL is written; a primary key or identity makes a column not null without it.
  package var isNotNull = false
  package var `default`: SQLExpression?
  /// `GENERATED ALWAYS AS (…) STORED`.
  package var generated: SQLExpression?
  package var identity: Identity?
  package var collation: QualifiedName?
  package var storage: String?
  package var compression: String?
  /// The constraints written at the column, with the column filled in.
  package var constraints: [TableConstraint] = []
}

package struct Identity: Hashable, Sendable {
  /// ALWAYS, else BY DEFAULT.
  package var isAlways: Bool
  package var options: SequenceOptions
}

/// A constraint of a table or domain.
package struct TableConstraint: Hashable, Sendable {
  /// Nil where PostgreSQL chooses the name.
  package var name: String?
  package var kind: Kind
  package var isDeferrable = false
  package var isInitiallyDeferred = false
  /// NOT VALID: existing rows are not checked.
  package var isNotValid = false

  package enum Kind: Hashable, Sendable {
    case check(SQLExpression, noInherit: Bool)
    case unique(KeyConstraint)
    case primaryKey(KeyConstraint)
    case foreignKey(ForeignKey)
    case exclusion(Exclusion)
  }
}

package struct KeyConstraint: Hashable, Sendable {
  /// Empty with `usingIndex`.
  package var columns: [String] = []
  package var including: [String] = []
  package var nullsNotDistinct = false
  /// The existing index that becomes the constraint's.
  package var usingIndex: String?
  /// Of the index.
  package var options: [Option] = []
  package var tablespace: String?
}

package struct ForeignKey: Hashable, Sendable {
  package var columns: [String]
  package var table: QualifiedName
  /// Empty for the primary key of `table`.
  package var referencedColumns: [String]
  package var match: Match
  package var onDelete: Action
  package var onUpdate: Action
  /// `ON DELETE SET NULL (columns)`.
  package var setColumns: [String] = []

  package enum Match: String, Hashable, Sendable {
    case simple
    case full
    case partial
  }

  package enum Action: String, Hashable, Sendable {
    case noAction = "NO ACTION"
    case restrict = "RESTRICT"
    case cascade = "CASCADE"
    case setNull = "SET NULL"
    case setDefault = "SET DEFAULT"
  }
}

package struct Exclusion: Hashable, Sendable {
  package var method: String
  package var elements: [IndexElement]
  /// One operator an element.
  package var operators: [QualifiedName]
  package var including: [String] = []
  package var predicate: SQLExpression?
  /// Of the index.
  package var options: [Option] = []
  package var tablespace: String?
}

/// A column or expression of an index, exclusion constraint, partition key or conflict target.
package struct IndexElement: Hashable, Sendable {
  package var key: Key
  package var operatorClass: QualifiedName?
  package var operatorClassOptions: [Option] = []
  package var collation: QualifiedName?
  package var isDescending = false
  /// As written; nil means last when ascending and first when descending.
  package var nullsFirst: Bool?
  /// What an expression is called where it is a key of an index that is made; nil for a column, and once it is
  /// made.
  package var impliedName: String?

  package enum Key: Hashable, Sendable {
    case column(String)
    case expression(SQLExpression)
  }
}

/// A storage parameter or other `name = value`; the value is printed as text.
package struct Option: Hashable, Sendable {
  package var name: String
  package var value: String?
}

/// `PARTITION BY strategy (elements)`.
package struct PartitionKey: Hashable, Sendable {
  /// `list`, `range` or `hash`.
  package var strategy: String
  package var elements: [IndexElement]
}

/// `FOR VALUES …` or `DEFAULT`.
package struct PartitionBound: Hashable, Sendable {
  package var isDefault: Bool
  /// Normalised text, for comparison.
  package var text: String
  /// What a partition of a list or range takes, where it is said in literals; nil for others.
  package var values: Values?

  package enum Values: Hashable, Sendable {
    case list([SQLConstant])
    /// From the lower edge on, up to the upper one without it; of a key with one column.
    case range(lower: Edge, upper: Edge)
  }

  package enum Edge: Hashable, Sendable {
    case value(SQLConstant)
    /// MINVALUE or MAXVALUE
    case open
  }
}

package enum Persistence: String, Hashable, Sendable {
  case permanent
  case unlogged
  case temporary
}

/// The options of CREATE SEQUENCE, ALTER SEQUENCE and identity columns; nil means not written.
package struct SequenceOptions: Hashable, Sendable {
  package var type: TypeName?
  package var increment: Int64?
  package var minValue: Bound?
  package var maxValue: Bound?
  package var start: Int64?
  package var restart: Restart?
  package var cache: Int64?
  package var cycles: Bool?
  package var ownedBy: Owner?

  package enum Bound: Hashable, Sendable {
    case value(Int64)
    /// `NO MINVALUE` or `NO MAXVALUE`.
    case none
  }

  package enum Restart: Hashable, Sendable {
    case atStart
    case at(Int64)
  }

  package enum Owner: Hashable, Sendable {
    case none
    case column(table: QualifiedName, column: String)
  }
}

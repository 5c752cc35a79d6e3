// The statements that read and write rows, as values.

/// What a SELECT, VALUES, TABLE or the query inside another statement reads and does.
package struct Query: Hashable, Sendable {
  /// Normalised text; empty in what an INSERT, UPDATE, DELETE or MERGE reads.
  package var text: String
  /// What the query returns, in order.
  package var output: [OutputColumn] = []
  /// The relations that are read, in order of appearance, each once, those of subqueries too; the
  /// names of WITH queries are not among them.
  package var relations: [RelationUse] = []
  /// What else columns are qualified by: queries of WITH, subqueries, functions and joins, by alias or name.
  package var derived: Set<String> = []
  package var columns: [ColumnReference] = []
  package var functions: [FunctionCall] = []
  package var operators: [QualifiedName] = []
  package var casts: [TypeName] = []
  /// The strings that are cast, each once with each type.
  package var typedLiterals: [TypedLiteral] = []
  /// The columns of JOIN … USING.
  package var joinColumns: [String] = []
  package var hasNaturalJoin = false
  /// What is taken of values in parentheses: `z` of `(t).z`.
  package var fields: [String] = []
  package var containsParameter = false
  /// The greatest number of a parameter `$n`; 0 where there is none.
  package var lastParameter = 0
  /// A subquery stands for a value, and may return more than one row.
  package var containsScalarSubquery = false
  /// INSERT, UPDATE, DELETE and MERGE inside WITH.
  package var dataModifying: [Statement] = []
  /// `FOR UPDATE` and its like.
  package var locksRows = false
  /// `DECLARE … CURSOR FOR`
  package var isCursor = false
  /// `WITH HOLD`
  package var isHeld = false
  /// Whether it is one SELECT, and the relations are those of its FROM: no WITH, subquery or function there,
  /// which would have columns of their own.
  package var isPlain = false
  /// Whether a column can be qualified by nothing but the target of the statement and `relations`: there is
  /// no WITH, subquery or function in FROM, nor any other subquery.
  package var isNamedByRelations = false
  package var isDistinct = false
  /// The WHERE of a plain query.
  package var predicate: SQLExpression?
  /// Of a SELECT that is a statement by itself.
  package var selection: Selection?
  /// Of a view, and of what writes rows; nil where it is of a kind that is not followed.
  package var typed: TypedParts?

  /// A SELECT that is made of nothing else than values, tables, conditions, ORDER BY columns and LIMIT with a
  /// number.
  package struct Selection: Hashable, Sendable {
    /// What it returns and sorts by; a column without a name for `*`.
    package var values: [ValueTree] = []
    package var conditions: [ValueTree] = []
  }
}

package struct OutputColumn: Hashable, Sendable {
  /// The name that PostgreSQL gives the column; nil for `*` and where it depends on the catalog.
  package var name: String?
  /// The column that is passed through unchanged, if the output is just that.
  package var source: ColumnReference?
}

package struct Insert: Hashable, Sendable {
  package var table: QualifiedName
  /// Empty where the statement names none: all columns, in the table's order.
  package var columns: [String] = []
  /// `a[1]` or `a.b`: a part of a column is given.
  package var hasParts = false
  package var source: Source
  /// What the query returns, in order; empty where there is none.
  package var output: [OutputColumn] = []
  /// `OVERRIDING SYSTEM VALUE` or `USER VALUE`: values for identity columns are taken or left out.
  package var overridesIdentity = false
  package var onConflict: OnConflict?
  /// What the whole statement reads beside its target.
  package var reads: Query

  package enum Source: Hashable, Sendable {
    /// The rows of VALUES; the value of each column is nil if it is not a literal, and
    /// `.default` where DEFAULT is written.
    case values([[Value]])
    case query
    case defaultValues
  }

  package enum Value: Hashable, Sendable {
    case constant(SQLConstant)
    case `default`
    /// An expression, or a literal under a cast.
    case expression(SQLExpression)

    /// The literal, under any number of casts.
    package var literal: SQLConstant? {
      switch self {
      case .constant(let constant): constant
      case .expression(let expression): expression.constant
      case .default: nil
      }
    }
  }

  /// The number of rows if it is known from the text.
  package var rowCount: Int? {
    switch source {
    case .values(let rows): rows.count
    case .defaultValues: 1
    case .query: nil
    }
  }
}

package struct OnConflict: Hashable, Sendable {
  /// The column or expression list; empty if none is written or a constraint is named.
  package var target: [IndexElement] = []
  package var constraint: String?
  package var action: Action

  package enum Action: Hashable, Sendable {
    case doNothing
    case doUpdate([Assignment], predicate: SQLExpression?)
  }
}

/// `column = value` of UPDATE.
package struct Assignment: Hashable, Sendable {
  package var column: String
  /// Nil for DEFAULT, and for a column of `(a, b) = (SELECT …)`.
  package var value: SQLExpression?
  package var isDefault = false
  /// `(1, 2)` for one column.
  package var isRow = false
  /// `column[1] = value` and `column.field = value`.
  package var isPart = false
}

package struct Update: Hashable, Sendable {
  package var table: QualifiedName
  package var alias: String?
  /// `ONLY`: not the rows of children.
  package var only = false
  /// `FROM`: only rows that meet one of those are written.
  package var isJoined = false
  package var assignments: [Assignment]
  /// Nil: every row.
  package var predicate: SQLExpression?
  package var reads: Query
}

package struct Delete: Hashable, Sendable {
  package var table: QualifiedName
  package var alias: String?
  /// `ONLY`: not the rows of children.
  package var only = false
  /// `USING`: only rows that meet one of those are deleted.
  package var isJoined = false
  /// Nil: every row.
  package var predicate: SQLExpression?
  package var reads: Query
}

package struct Merge: Hashable, Sendable {
  package var table: QualifiedName
  package var reads: Query
  package var inserts = false
  package var deletes = false
  /// The columns that are updated.
  package var updates: [String] = []
}

package struct Truncate: Hashable, Sendable {
  package var tables: [QualifiedName]
  package var restartIdentity = false
  package var cascade = false
}

package struct Copy: Hashable, Sendable {
  /// Nil for `COPY (query) TO`.
  package var table: QualifiedName?
  package var columns: [String] = []
  package var query: Query?
  /// FROM, else TO.
  package var isFrom: Bool
  package var isProgram = false
  /// Nil for STDIN and STDOUT.
  package var file: String?
}

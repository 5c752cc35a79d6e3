// The values and conditions of statements, with where the columns in them come from.

/// The parts of a query whose types PostgreSQL finds from the columns of what stands in its FROM.
package struct TypedParts: Hashable, Sendable {
  /// The queries of WITH, in order; each sees those before it.
  package var with: [Named] = []
  /// What FROM reads; the target of the statement is not among it.
  package var sources: [TypedSource] = []
  /// Whether joins make one column of two, by USING or NATURAL.
  package var mergesColumns = false
  /// What has to be true or false.
  package var conditions: [TypedForm] = []
  /// The columns of JOIN … USING.
  package var joined: [String] = []
  /// LIMIT and OFFSET.
  package var limits: [TypedForm] = []
  /// `DISTINCT` without ON.
  package var isDistinct = false
  /// What it returns.
  package var values: [TypedForm] = []
  /// The names of `values`, where they are known.
  package var names: [String?] = []
  /// `DISTINCT ON`
  package var distinctOn: [TypedForm] = []
  /// HAVING, which is among `conditions`, too.
  package var having: TypedForm?
  /// GROUP BY, in which a name may be one of `names`.
  package var grouped: [TypedForm] = []
  /// ORDER BY, in which a name is first one of `names`.
  package var ordered: [TypedForm] = []
  /// The rows of VALUES.
  package var rows: [[TypedForm]] = []
  package var assigned: [Assigned] = []
  /// `(a, b) = (SELECT …)`
  package var assignedRows: [AssignedRow] = []
  /// Of an INSERT from a query: the columns that take what it returns; empty where the statement names none.
  package var inserted: [String]?
  /// What the target of an INSERT is called.
  package var alias: String?
  /// RETURNING of an INSERT, which knows the columns of its target only.
  package var returned: [TypedForm] = []
  /// What ON CONFLICT sets, and on which condition: it knows the target, and the row that is refused.
  package var conflict: Conflict?
  /// The queries that UNION, INTERSECT or EXCEPT puts together; `values` is empty then.
  package var united: [TypedParts] = []

  package struct Named: Hashable, Sendable {
    package var name: String
    package var columnNames: [String]
    /// Nil where it is of a kind that is not followed.
    package var query: TypedParts?
    /// What a statement that writes rows writes to, whose columns RETURNING names.
    package var target: RelationUse?
    /// It may read itself.
    package var isRecursive = false
  }

  package struct Assigned: Hashable, Sendable {
    package var target: Target
    package var value: TypedForm
  }

  package struct AssignedRow: Hashable, Sendable {
    package var columns: [String]
    package var query: TypedParts
  }

  package struct Conflict: Hashable, Sendable {
    package var assigned: [Assigned] = []
    package var conditions: [TypedForm] = []
  }

  package enum Target: Hashable, Sendable {
    case column(String)
    /// Where the statement names no columns.
    case place(Int)
  }
}

/// One entry of FROM.
package struct TypedSource: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A table or view, or a query of WITH.
    case relation(QualifiedName)
    case query(TypedParts, isLateral: Bool)
    /// A call in FROM, with what its columns are told to be.
    case call(QualifiedName, [TypedForm], columns: [Column])
    /// What is not followed, made of values that are.
    case other
  }

  package struct Column: Hashable, Sendable {
    package var name: String
    package var type: TypeName
  }

  package var kind: Kind
  package var alias: String?
  /// `AS alias (a, b)`
  package var columnNames: [String] = []
}

// What a statement does to rows.

package import PostgresSyntax

package struct RowsInserted: Sendable {
  package var table: TableReference
  /// The columns that get a value; empty where every column of an unknown list does.
  package var columns: [String]
  /// The rows as far as they are literals; nil for the rows of a query.
  package var rows: [[Insert.Value]]?
  package var reads: [QualifiedName]
  package var onConflict: OnConflict?

  /// The number of rows if the text tells.
  package var count: Int? { rows?.count }
}

package struct RowsUpdated: Sendable {
  package var table: TableReference
  package var columns: [Assignment]
  package var condition: RowCondition
  package var reads: [QualifiedName]
  /// What must hold of each row, as far as it is told apart.
  package var conjuncts: [Conjunct] = []
  /// Of rows that an ON DELETE action reaches: which they are, as a database can be asked for them.
  package var referring: DataCondition?
}

package struct RowsDeleted: Sendable {
  package var table: TableReference
  package var condition: RowCondition
  package var reads: [QualifiedName]
  /// What must hold of each row, as far as it is told apart.
  package var conjuncts: [Conjunct] = []
  /// Of rows that an ON DELETE action reaches: which they are, as a database can be asked for them.
  package var referring: DataCondition?

  package init(
    table: TableReference, condition: RowCondition, reads: [QualifiedName],
    conjuncts: [Conjunct] = [], referring: DataCondition? = nil
  ) {
    self.table = table
    self.condition = condition
    self.reads = reads
    self.conjuncts = conjuncts
    self.referring = referring
  }
}

/// Which rows a statement takes.
package enum RowCondition: Sendable, Hashable {
  case all
  /// Every conjunct compares a column with literals.
  case keyed([KeyComparison])
  /// Normalised text.
  case other(String)

  package struct KeyComparison: Sendable, Hashable {
    package var column: String
    package var values: [SQLConstant]

    package init(column: String, values: [SQLConstant]) {
      self.column = column
      self.values = values
    }
  }

  /// - Parameter isJoined: whether FROM or USING leaves out rows that meet none of another relation.
  init(_ predicate: SQLExpression?, isJoined: Bool = false) {
    guard let predicate else {
      self = isJoined ? .other("rows that meet others") : .all
      return
    }
    var keys: [KeyComparison] = []
    for conjunct in predicate.conjuncts {
      guard case .equals(let reference, let values) = conjunct, let column = reference.column else {
        self = .other(predicate.text)
        return
      }
      keys.append(KeyComparison(column: column, values: values))
    }
    self = keys.isEmpty ? .other(predicate.text) : .keyed(keys)
  }
}

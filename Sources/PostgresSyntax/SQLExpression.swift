// What is known about a value expression without evaluating it.

/// A value expression: its normalised text and the facts that decide what it depends on.
package struct SQLExpression: Hashable, Sendable {
  /// The text as libpg_query prints it: equal for expressions that differ in spacing, case of
  /// keywords or redundant parentheses only.
  package var text: String
  /// The value if the expression is a literal, under any number of casts.
  package var constant: SQLConstant?
  /// The columns that are named, in order of appearance, each once; those of subqueries too.
  package var columns: [ColumnReference] = []
  /// The functions that are called, with `current_timestamp` and its like under these names in
  /// `pg_catalog`.
  package var functions: [FunctionCall] = []
  /// The operators that are applied, each once.
  package var operators: [QualifiedName] = []
  /// The types that are cast to, each once.
  package var casts: [TypeName] = []
  /// The strings that are cast, each once with each type.
  package var typedLiterals: [TypedLiteral] = []
  /// The relations that subqueries read.
  package var relations: [RelationUse] = []
  package var containsSubquery = false
  /// A subquery stands for a value, and may return more than one row.
  package var containsScalarSubquery = false
  /// Whether there is a parameter such as `$1`.
  package var containsParameter = false
  /// In a WHERE, CHECK, ON or index predicate: the conditions that all must hold. Empty elsewhere.
  package var conjuncts: [Conjunct] = []

  /// Whether the value is the literal NULL, under any number of casts.
  package var isNull: Bool { constant == .null }

  /// The sequence of `nextval('…')` if the expression is, or contains, just one such call.
  package var nextvalSequence: QualifiedName? {
    let calls = functions.filter { $0.name.name == "nextval" }
    guard calls.count == 1, case .string(let text)?? = calls[0].arguments.first else { return nil }
    return parseQualifiedName(text)
  }
}

/// `'2024-01-01'::date`: a string that PostgreSQL reads as a value of the type when it reads the statement.
package struct TypedLiteral: Hashable, Sendable {
  package var text: String
  package var type: TypeName
}

/// A literal. Numbers that do not fit `Int64` keep their text.
package enum SQLConstant: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(String)
  case string(String)
  /// `B'…'` or `X'…'`, with the letter in front.
  case bits(String)
}

/// One call of a function or procedure.
package struct FunctionCall: Hashable, Sendable {
  package var name: QualifiedName
  /// One entry an argument: its value if it is a literal, nil otherwise.
  package var arguments: [SQLConstant?]

  package init(name: QualifiedName, arguments: [SQLConstant?] = []) {
    self.name = name
    self.arguments = arguments
  }
}

/// One of several conditions that are joined by AND.
package enum Conjunct: Hashable, Sendable {
  /// `column = constant` or `column IN (constant, …)`.
  case equals(ColumnReference, [SQLConstant])
  case isNull(ColumnReference)
  case isNotNull(ColumnReference)
  /// A condition of another form, as normalised text.
  case other(String)
}

// A value expression as far as the types of its parts decide about each other.

/// The kinds of expressions in which the type of one part decides what PostgreSQL does with another.
package indirect enum TypedForm: Hashable, Sendable {
  case column(ColumnReference)
  case constant(SQLConstant)
  case cast(TypedForm, TypeName)
  case collated(TypedForm)
  /// Values that get one type: of COALESCE, GREATEST and LEAST.
  case shared([TypedForm])
  /// `ARRAY[…]`
  case array([TypedForm])
  /// `left` is nil before a prefix operator.
  case operation(QualifiedName, left: TypedForm?, right: TypedForm)
  /// `value operator ANY (array)`, or ALL.
  case anyOf(QualifiedName, TypedForm, array: TypedForm)
  /// `BETWEEN`: the value, and the two ends.
  case between(TypedForm, TypedForm, TypedForm)
  /// `IN` with a list of values.
  case among(TypedForm, [TypedForm])
  case call(QualifiedName, [TypedForm])
  /// `NULLIF`
  case nullIf(TypedForm, TypedForm)
  case isNull(TypedForm)
  /// What is true or false, of parts that are.
  case truth([TypedForm])
  /// `CASE value WHEN test THEN result`: the results with that of ELSE last. Without a value the tests are conditions.
  case choice(TypedForm?, tests: [TypedForm], results: [TypedForm])
  /// `ROW(…)` and `(a, b)`
  case row([TypedForm])
  case subquery(TypedSubquery)
  /// A call with what stands in it beside its arguments: ORDER BY, and the condition of FILTER.
  case beside(TypedForm, values: [TypedForm], conditions: [TypedForm])
  /// Of a kind that is not followed, made of values that are.
  case made(of: [TypedForm])
  /// Of a kind that is not followed; whether it is true or false.
  case other(isTruth: Bool)

  /// What it is made of, in the order of the text.
  private var parts: [TypedForm] {
    switch self {
    case .column, .constant, .other, .subquery: []
    case .cast(let part, _), .collated(let part), .isNull(let part): [part]
    case .shared(let parts), .array(let parts), .call(_, let parts), .truth(let parts),
      .row(let parts), .made(let parts):
      parts
    case .beside(let call, let values, let conditions): [call] + values + conditions
    case .operation(_, let left, let right): (left.map { [$0] } ?? []) + [right]
    case .anyOf(_, let left, let right), .nullIf(let left, let right): [left, right]
    case .between(let value, let low, let high): [value, low, high]
    case .among(let value, let values): [value] + values
    case .choice(let value, let tests, let results):
      (value.map { [$0] } ?? []) + tests + results
    }
  }

  /// Whether all of it is of kinds that are followed.
  fileprivate var isWhole: Bool {
    switch self {
    case .other, .made, .row, .subquery, .beside: false
    default: parts.allSatisfy(\.isWhole)
    }
  }

  /// Whether it is of a kind that is not followed, such as ROLLUP in GROUP BY.
  package var isUnseen: Bool { if case .other = self { true } else { false } }

  /// Whether a column may be part of it: a subquery may name one.
  package var mayHaveColumns: Bool {
    switch self {
    case .column, .other, .subquery: true
    default: parts.contains(where: \.mayHaveColumns)
    }
  }
}

/// A query that stands in an expression.
package struct TypedSubquery: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `EXISTS`
    case exists
    /// The one value that it returns.
    case value
    /// `ARRAY(SELECT …)`
    case array
    /// `value operator ANY (SELECT …)`, ALL, IN, and a row that is compared with the one that is returned.
    case compared(TypedForm, by: QualifiedName)
  }
  package var kind: Kind
  package var query: TypedParts
}

extension SQLExpression {
  /// Nil where the expression is large. See `tree`, which is the same for other purposes.
  package var typedForm: TypedForm? {
    unsafe parsedAgain { unsafe $0.typedForm($1) }
  }

  /// Nil where there are parts of other kinds too.
  package var wholeTypedForm: TypedForm? { typedForm.flatMap { $0.isWhole ? $0 : nil } }
}

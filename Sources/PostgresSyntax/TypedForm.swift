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
  /// Of a kind that is not followed; whether it is true or false.
  case other(isTruth: Bool)

  /// What it is made of, in the order of the text.
  private var parts: [TypedForm] {
    switch self {
    case .column, .constant, .other: []
    case .cast(let part, _), .collated(let part), .isNull(let part): [part]
    case .shared(let parts), .array(let parts), .call(_, let parts), .truth(let parts): parts
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
    if case .other = self { false } else { parts.allSatisfy(\.isWhole) }
  }

  /// Whether a column may be part of it: a subquery may name one.
  package var mayHaveColumns: Bool {
    switch self {
    case .column, .other: true
    default: parts.contains(where: \.mayHaveColumns)
    }
  }
}

extension SQLExpression {
  /// Nil where the expression is large. See `tree`, which is the same for other purposes.
  package var typedForm: TypedForm? {
    unsafe parsedAgain { unsafe $0.typedForm($1) }
  }

  /// Nil where there are parts of other kinds too.
  package var wholeTypedForm: TypedForm? { typedForm.flatMap { $0.isWhole ? $0 : nil } }
}

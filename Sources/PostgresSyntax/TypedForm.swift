// A value expression as far as the types of its parts decide about each other.

/// The kinds of expressions in which the type of one part decides what PostgreSQL does with another.
package indirect enum TypedForm: Hashable, Sendable {
  case column(ColumnReference)
  case constant(SQLConstant)
  case cast(TypedForm, TypeName)
  /// Values that get one type: of COALESCE, GREATEST and LEAST, `ARRAY[…]`, and the results of CASE.
  case shared([TypedForm])
  /// The operands; a list or array on the right is taken apart.
  case operation(QualifiedName, [TypedForm])
  case call(QualifiedName, [TypedForm])
  /// `NULLIF`
  case nullIf(TypedForm, TypedForm)
  case isNull(TypedForm)
  /// What is true or false, whatever the types of its parts are.
  case truth([TypedForm])
  /// The result of CASE, with what decides about it.
  case choice(TypedForm, by: [TypedForm])
}

extension SQLExpression {
  /// Nil where there are parts of other kinds, or the expression is large. See `tree`, which is the same for
  /// other purposes.
  package var typedForm: TypedForm? {
    unsafe parsedAgain { unsafe $0.typedForm($1, depth: 0) }
  }
}

// The expressions of Python as plain values in a flat array: a node names its parts by index.

package import SourceText

/// An expression of one `PythonModule`; meaningless in another.
package struct ExpressionID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

/// An interned name of one `PythonModule`; `module.text(of:)` spells it (NFKC is not applied).
package struct Identifier: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

/// A run of elements in one of the module's side arrays; `module[list]` gives them.
package struct NodeList<Element>: Hashable, Sendable {
  package let start: UInt32
  package let count: UInt32
  @inlinable package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
  @inlinable package var isEmpty: Bool { count == 0 }
}

/// A literal whose value is worked out from its text when asked for.
package struct StringID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

package enum Expression: Sendable {
  case name(Identifier)
  case none
  case `true`
  case `false`
  case ellipsis
  /// Decimal, hexadecimal, octal or binary; `module.integer(_:)` gives the value if it fits.
  case integer
  case float
  case imaginary
  /// A string literal after implicit concatenation; `module.string(_:)` decodes it.
  case string(StringID)
  case bytes(StringID)
  /// An f-string (after implicit concatenation with its neighbours).
  case formatted(NodeList<FormattedPart>)
  /// A t-string (PEP 750).
  case template(NodeList<FormattedPart>)
  case attribute(ExpressionID, Identifier)
  case `subscript`(ExpressionID, ExpressionID)
  case slice(lower: ExpressionID?, upper: ExpressionID?, step: ExpressionID?)
  case call(ExpressionID, NodeList<Argument>)
  case unary(UnaryOperator, ExpressionID)
  case binary(BinaryOperator, ExpressionID, ExpressionID)
  case boolean(BooleanOperator, NodeList<ExpressionID>)
  /// `a < b <= c`: the first operand and the rest with their operators.
  case comparison(ExpressionID, NodeList<Comparison>)
  case conditional(test: ExpressionID, body: ExpressionID, otherwise: ExpressionID)
  case lambda(ParametersID, body: ExpressionID)
  case list(NodeList<ExpressionID>)
  case tuple(NodeList<ExpressionID>)
  case set(NodeList<ExpressionID>)
  case dictionary(NodeList<DictionaryItem>)
  case listComprehension(ExpressionID, NodeList<ComprehensionClause>)
  case setComprehension(ExpressionID, NodeList<ComprehensionClause>)
  case generator(ExpressionID, NodeList<ComprehensionClause>)
  case dictionaryComprehension(
    key: ExpressionID, value: ExpressionID, NodeList<ComprehensionClause>)
  /// `name := value`.
  case assignment(ExpressionID, value: ExpressionID)
  case starred(ExpressionID)
  case await(ExpressionID)
  case yield(ExpressionID?)
  case yieldFrom(ExpressionID)
  /// Damaged source, with a diagnostic at the same place.
  case damaged
}

package enum UnaryOperator: UInt8, Sendable { case not, minus, plus, invert }

package enum BinaryOperator: UInt8, Sendable {
  case add, subtract, multiply, divide, floorDivide, modulo, power, matrixMultiply
  case leftShift, rightShift, bitAnd, bitOr, bitXor
}

package enum BooleanOperator: UInt8, Sendable { case and, or }

package enum ComparisonOperator: UInt8, Sendable {
  case equal, notEqual, less, lessEqual, greater, greaterEqual, `is`, isNot, `in`, notIn
}

package struct Comparison: Sendable {
  package var comparison: ComparisonOperator
  package var operand: ExpressionID
}

package struct Argument: Sendable {
  package enum Kind: Sendable {
    case positional
    /// `*value`
    case unpacked
    case keyword(Identifier)
    /// `**value`
    case unpackedMapping
  }
  package var kind: Kind
  package var value: ExpressionID
  /// With the keyword or the stars.
  package var range: SourceRange
}

package struct DictionaryItem: Sendable {
  /// Nil for `**value`.
  package var key: ExpressionID?
  package var value: ExpressionID
}

package struct ComprehensionClause: Sendable {
  package var isAsync: Bool
  package var target: ExpressionID
  package var iterable: ExpressionID
  package var conditions: NodeList<ExpressionID>
}

/// A part of an f-string or t-string, in source order.
package enum FormattedPart: Sendable {
  /// Text with its escapes; `module.string(_:)` decodes it.
  case literal(StringID)
  /// `{value!conversion:format}`; a `=` after the value is a literal part before it, as in CPython.
  case replacement(
    ExpressionID, conversion: Conversion, format: NodeList<FormattedPart>?)

  package enum Conversion: UInt8, Sendable { case none, string, representation, ascii }
}

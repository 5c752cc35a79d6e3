// The statements of Python as plain values in a flat array: a node names its parts by index.

package import SourceText

/// A statement of one `PythonModule`; meaningless in another.
package struct StatementID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

/// A parameter list of one `PythonModule`.
package struct ParametersID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

/// A function or class definition of one `PythonModule`.
package struct DefinitionID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

package typealias Block = NodeList<StatementID>

package enum Statement: Sendable {
  case expression(ExpressionID)
  /// `a = b = value`: the targets in order.
  case assign(NodeList<ExpressionID>, value: ExpressionID)
  case augmentedAssign(ExpressionID, BinaryOperator, value: ExpressionID)
  case annotatedAssign(ExpressionID, annotation: ExpressionID, value: ExpressionID?)
  case delete(NodeList<ExpressionID>)
  case pass
  case `break`
  case `continue`
  case `return`(ExpressionID?)
  case raise(ExpressionID?, cause: ExpressionID?)
  case assert(ExpressionID, message: ExpressionID?)
  case global(NodeList<Identifier>)
  case nonlocal(NodeList<Identifier>)
  case `import`(NodeList<ImportedName>)
  /// `from ..module import names`; `level` counts the dots. A star is a name spelled `*`.
  case importFrom(module: Identifier?, level: UInt32, NodeList<ImportedName>)
  case `if`(ExpressionID, body: Block, otherwise: Block)
  case `while`(ExpressionID, body: Block, otherwise: Block)
  case `for`(LoopID)
  case with(NodeList<WithItem>, body: Block, isAsync: Bool)
  case `try`(TryID)
  case match(ExpressionID, NodeList<MatchCase>)
  case function(DefinitionID)
  case `class`(DefinitionID)
  /// `type Name[parameters] = value` (PEP 695).
  case typeAlias(ExpressionID, NodeList<TypeParameter>, value: ExpressionID)
  /// Damaged source, with a diagnostic at the same place.
  case damaged
}

package struct LoopID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

package struct TryID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

package struct ForLoop: Sendable {
  package var isAsync: Bool
  package var target: ExpressionID
  package var iterable: ExpressionID
  package var body: Block
  package var otherwise: Block
}

package struct TryStatement: Sendable {
  package var body: Block
  package var handlers: NodeList<ExceptionHandler>
  package var otherwise: Block
  package var finally: Block
  /// `except*` (PEP 654).
  package var isGroup: Bool
}

package struct ExceptionHandler: Sendable {
  package var type: ExpressionID?
  package var name: Identifier?
  package var body: Block
  package var range: SourceRange
}

package struct WithItem: Sendable {
  package var context: ExpressionID
  package var target: ExpressionID?
}

package struct ImportedName: Sendable {
  /// The dotted name as one identifier, white space removed; `*` for a star.
  package var name: Identifier
  package var alias: Identifier?
  package var range: SourceRange
}

/// A function (also async) or a class.
package struct Definition: Sendable {
  package var name: Identifier
  package var nameRange: SourceRange
  package var decorators: NodeList<ExpressionID>
  package var typeParameters: NodeList<TypeParameter>
  package var isAsync: Bool
  /// A function's parameters; nil for a class.
  package var parameters: ParametersID?
  package var returns: ExpressionID?
  /// A class's bases and keywords; empty for a function.
  package var arguments: NodeList<Argument>
  package var body: Block
}

package struct Parameters: Sendable {
  package var positionalOnly: NodeList<Parameter>
  package var regular: NodeList<Parameter>
  /// `*args`
  package var variadic: Parameter?
  package var keywordOnly: NodeList<Parameter>
  /// `**kwargs`
  package var keywordVariadic: Parameter?
}

package struct Parameter: Sendable {
  package var name: Identifier
  package var annotation: ExpressionID?
  package var defaultValue: ExpressionID?
  package var range: SourceRange
}

package struct TypeParameter: Sendable {
  package enum Kind: UInt8, Sendable { case variable, tuple, parameterSpecification }
  package var kind: Kind
  package var name: Identifier
  package var bound: ExpressionID?
  package var defaultValue: ExpressionID?
  package var range: SourceRange
}

package struct MatchCase: Sendable {
  package var pattern: PatternID
  package var guardCondition: ExpressionID?
  package var body: Block
}

/// A pattern of one `PythonModule`.
package struct PatternID: Hashable, Sendable {
  package let index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
}

package enum Pattern: Sendable {
  /// A literal or dotted name, compared by value.
  case value(ExpressionID)
  /// `None`, `True`, `False`, compared by identity.
  case singleton(ExpressionID)
  case capture(Identifier)
  case wildcard
  case sequence(NodeList<PatternID>)
  /// `*rest`; nil for `*_`.
  case star(Identifier?)
  case mapping(NodeList<MappingPatternItem>, rest: Identifier?)
  case `class`(
    ExpressionID, NodeList<PatternID>, keywords: NodeList<KeywordPattern>)
  case alternatives(NodeList<PatternID>)
  case named(PatternID, Identifier)
  case damaged
}

package struct MappingPatternItem: Sendable {
  package var key: ExpressionID
  package var pattern: PatternID
}

package struct KeywordPattern: Sendable {
  package var name: Identifier
  package var pattern: PatternID
}

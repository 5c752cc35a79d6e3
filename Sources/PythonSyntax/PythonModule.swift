// One parsed Python file, as other modules read it.

package import SourceText

/// The syntax tree of one file. Nodes are plain values that refer to each other by index; the
/// subscripts give the node of an index, and the elements of a list. A reference, because a tree has
/// dozens of arrays, which a copy would have to count.
package final class PythonModule: Sendable {
  let tree: SyntaxTree

  init(_ tree: SyntaxTree) { self.tree = tree }

  package var source: SourceFile { tree.source }
  /// The statements of the module itself.
  package var body: Block { tree.body }
  /// Damage found while reading; the rest of the file is in the tree. At most 101: the last then
  /// says that there is more.
  package var diagnostics: [Diagnostic] { tree.diagnostics }
  /// Comments that begin with `backout:`, from `#` to the end of the line, in order.
  package var directives: [SourceRange] { tree.directives }
  /// Whether there is a `yield` anywhere; most files need no search for generators.
  package var holdsYield: Bool { tree.holdsYield }

  package subscript(id: ExpressionID) -> Expression { tree[id] }
  package subscript(id: StatementID) -> Statement { tree[id] }
  package subscript(id: PatternID) -> Pattern { tree[id] }
  package subscript(id: DefinitionID) -> Definition { tree[id] }
  package subscript(id: ParametersID) -> Parameters { tree[id] }
  package subscript(id: LoopID) -> ForLoop { tree[id] }
  package subscript(id: TryID) -> TryStatement { tree[id] }
  package func range(of id: ExpressionID) -> SourceRange { tree.range(of: id) }
  package func range(of id: StatementID) -> SourceRange { tree.range(of: id) }
  package func range(of id: PatternID) -> SourceRange { tree.range(of: id) }
  /// The literal tokens that a string is made of, in order.
  package func pieces(of id: StringID) -> ArraySlice<StringPiece> { tree.pieces(of: id) }
  /// The places of the parts of an f-string or t-string; empty ranges for literal parts.
  package func places(of parts: NodeList<FormattedPart>) -> ArraySlice<FormattedPlace> {
    tree.places(of: parts)
  }
  package func text(of name: Identifier) -> String { tree.text(of: name) }
  /// How many names the file has; identifiers run from 0.
  package var nameCount: Int { tree.nameCount }
  package subscript(list: NodeList<ExpressionID>) -> ArraySlice<ExpressionID> { tree[list] }
  package subscript(list: NodeList<StatementID>) -> ArraySlice<StatementID> { tree[list] }
  package subscript(list: NodeList<PatternID>) -> ArraySlice<PatternID> { tree[list] }
  package subscript(list: NodeList<Identifier>) -> ArraySlice<Identifier> { tree[list] }
  package subscript(list: NodeList<Argument>) -> ArraySlice<Argument> { tree[list] }
  package subscript(list: NodeList<Comparison>) -> ArraySlice<Comparison> { tree[list] }
  package subscript(list: NodeList<DictionaryItem>) -> ArraySlice<DictionaryItem> { tree[list] }
  package subscript(list: NodeList<ComprehensionClause>) -> ArraySlice<ComprehensionClause> {
    tree[list]
  }
  package subscript(list: NodeList<FormattedPart>) -> ArraySlice<FormattedPart> { tree[list] }
  package subscript(list: NodeList<ImportedName>) -> ArraySlice<ImportedName> { tree[list] }
  package subscript(list: NodeList<WithItem>) -> ArraySlice<WithItem> { tree[list] }
  package subscript(list: NodeList<ExceptionHandler>) -> ArraySlice<ExceptionHandler> { tree[list] }
  package subscript(list: NodeList<Parameter>) -> ArraySlice<Parameter> { tree[list] }
  package subscript(list: NodeList<TypeParameter>) -> ArraySlice<TypeParameter> { tree[list] }
  package subscript(list: NodeList<MatchCase>) -> ArraySlice<MatchCase> { tree[list] }
  package subscript(list: NodeList<MappingPatternItem>) -> ArraySlice<MappingPatternItem> {
    tree[list]
  }
  package subscript(list: NodeList<KeywordPattern>) -> ArraySlice<KeywordPattern> { tree[list] }

  /// The text of a string literal with its escapes worked out; nil if it cannot be told: an escape
  /// is malformed, names a character (`\N{…}`; there is no table of names) or yields a lone
  /// surrogate, which Swift's strings cannot hold.
  package func string(_ id: StringID) -> String? { tree.string(id) }
  /// The value of a bytes literal; nil if an escape is malformed.
  package func bytes(_ id: StringID) -> [UInt8]? { tree.bytes(id) }
  /// The value of an integer literal; nil where it does not fit in 64 bits, or for anything else.
  package func integer(_ id: ExpressionID) -> Int? { tree.integer(id) }
  /// The value of a float literal, or of an imaginary literal's imaginary part; infinite where it
  /// is too large, as in Python.
  package func float(_ id: ExpressionID) -> Double? { tree.float(id) }
  /// The branches of an `if` statement in order, and its last `else`; nothing for another
  /// statement. In the tree each `elif` is an `if` alone in the `otherwise` of the one before, as in
  /// CPython's, and a chain may be of any length: a walker that recurses into `otherwise` is not
  /// bounded, one that loops over this list is. An `else:` that holds one `if` counts as `elif`.
  package func branches(of id: StatementID) -> (branches: [Branch], otherwise: Block) {
    tree.branches(of: id)
  }
}

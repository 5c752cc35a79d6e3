// One parsed Python file: its nodes in flat arrays, the places of all of them, and what was odd.

package import SourceText

/// The syntax tree of one file. Nodes are trivial values in contiguous arrays and refer to each
/// other by index, so a tree is built and freed without an allocation per node.
struct SyntaxTree: Sendable {
  let source: SourceFile
  /// The statements of the module itself.
  var body = Block(start: 0, count: 0)
  /// Damage found while reading; the rest of the file is in the tree. At most 101: the last then
  /// says that there is more.
  var diagnostics: [Diagnostic] = []

  var expressions: [Expression] = []
  var expressionRanges: [SourceRange] = []
  var statements: [Statement] = []
  var statementRanges: [SourceRange] = []
  var patterns: [Pattern] = []
  var patternRanges: [SourceRange] = []
  var definitions: [Definition] = []
  var parameterLists: [Parameters] = []
  var loops: [ForLoop] = []
  var tries: [TryStatement] = []
  var names: [String] = []
  /// The pieces of each literal: several where literals stand side by side.
  var strings: [NodeList<StringPiece>] = []

  var expressionLists: [ExpressionID] = []
  var statementLists: [StatementID] = []
  var patternLists: [PatternID] = []
  var identifierLists: [Identifier] = []
  var arguments: [Argument] = []
  var comparisons: [Comparison] = []
  var dictionaryItems: [DictionaryItem] = []
  var comprehensionClauses: [ComprehensionClause] = []
  var formattedParts: [FormattedPart] = []
  /// Of each element of `formattedParts`; empty ranges for literals.
  var formattedPlaces: [FormattedPlace] = []
  var importedNames: [ImportedName] = []
  var withItems: [WithItem] = []
  var handlers: [ExceptionHandler] = []
  var parameters: [Parameter] = []
  var typeParameters: [TypeParameter] = []
  var matchCases: [MatchCase] = []
  var mappingPatternItems: [MappingPatternItem] = []
  var keywordPatterns: [KeywordPattern] = []
  var stringPieces: [StringPiece] = []

  init(source: SourceFile) { self.source = source }

  /// A file that is not Python at all would have one for each of its lines.
  static let maximumDiagnostics = 100

  mutating func report(_ message: String, _ place: SourceRange) {
    guard diagnostics.count <= Self.maximumDiagnostics else { return }
    let isLast = diagnostics.count == Self.maximumDiagnostics
    diagnostics.append(
      Diagnostic(
        location: source.location(of: place),
        message: isLast ? "further damage in this file is not listed" : message))
  }
}

/// The content of one literal token between its quotes, escapes not yet worked out.
package struct StringPiece: Sendable {
  package var range: SourceRange
  package var isRaw: Bool
  /// The length of prefix and opening quote before `range`, and of the closing quote behind it. Of
  /// text within an f-string or t-string: 0, and 1 where the second of two braces follows.
  package var openingLength: UInt8
  package var closingLength: UInt8
}

/// Where a replacement field stands: from `{` to `}`, and the `:` of its format specification.
package struct FormattedPlace: Sendable {
  package var range: SourceRange
  package var colon: UInt32
}

extension SyntaxTree {
  subscript(id: ExpressionID) -> Expression { expressions[Int(id.index)] }
  subscript(id: StatementID) -> Statement { statements[Int(id.index)] }
  subscript(id: PatternID) -> Pattern { patterns[Int(id.index)] }
  subscript(id: DefinitionID) -> Definition { definitions[Int(id.index)] }
  subscript(id: ParametersID) -> Parameters { parameterLists[Int(id.index)] }
  subscript(id: LoopID) -> ForLoop { loops[Int(id.index)] }
  subscript(id: TryID) -> TryStatement { tries[Int(id.index)] }

  func range(of id: ExpressionID) -> SourceRange { expressionRanges[Int(id.index)] }
  func range(of id: StatementID) -> SourceRange { statementRanges[Int(id.index)] }
  func range(of id: PatternID) -> SourceRange { patternRanges[Int(id.index)] }

  /// The literal tokens that a string is made of, in order.
  func pieces(of id: StringID) -> ArraySlice<StringPiece> {
    slice(stringPieces, strings[Int(id.index)])
  }

  /// The places of the parts of an f-string or t-string; empty ranges for literal parts.
  func places(of parts: NodeList<FormattedPart>) -> ArraySlice<FormattedPlace> {
    formattedPlaces[Int(parts.start)..<Int(parts.start + parts.count)]
  }

  func text(of name: Identifier) -> String { names[Int(name.index)] }
  /// How many names the file has; identifiers run from 0.
  var nameCount: Int { names.count }

  subscript(list: NodeList<ExpressionID>) -> ArraySlice<ExpressionID> {
    slice(expressionLists, list)
  }
  subscript(list: NodeList<StatementID>) -> ArraySlice<StatementID> {
    slice(statementLists, list)
  }
  subscript(list: NodeList<PatternID>) -> ArraySlice<PatternID> {
    slice(patternLists, list)
  }
  subscript(list: NodeList<Identifier>) -> ArraySlice<Identifier> {
    slice(identifierLists, list)
  }
  subscript(list: NodeList<Argument>) -> ArraySlice<Argument> { slice(arguments, list) }
  subscript(list: NodeList<Comparison>) -> ArraySlice<Comparison> {
    slice(comparisons, list)
  }
  subscript(list: NodeList<DictionaryItem>) -> ArraySlice<DictionaryItem> {
    slice(dictionaryItems, list)
  }
  subscript(list: NodeList<ComprehensionClause>) -> ArraySlice<ComprehensionClause> {
    slice(comprehensionClauses, list)
  }
  subscript(list: NodeList<FormattedPart>) -> ArraySlice<FormattedPart> {
    slice(formattedParts, list)
  }
  subscript(list: NodeList<ImportedName>) -> ArraySlice<ImportedName> {
    slice(importedNames, list)
  }
  subscript(list: NodeList<WithItem>) -> ArraySlice<WithItem> { slice(withItems, list) }
  subscript(list: NodeList<ExceptionHandler>) -> ArraySlice<ExceptionHandler> {
    slice(handlers, list)
  }
  subscript(list: NodeList<Parameter>) -> ArraySlice<Parameter> {
    slice(parameters, list)
  }
  subscript(list: NodeList<TypeParameter>) -> ArraySlice<TypeParameter> {
    slice(typeParameters, list)
  }
  subscript(list: NodeList<MatchCase>) -> ArraySlice<MatchCase> {
    slice(matchCases, list)
  }
  subscript(list: NodeList<MappingPatternItem>) -> ArraySlice<MappingPatternItem> {
    slice(mappingPatternItems, list)
  }
  subscript(list: NodeList<KeywordPattern>) -> ArraySlice<KeywordPattern> {
    slice(keywordPatterns, list)
  }

  private func slice<Element>(
    _ elements: [Element], _ list: NodeList<Element>
  ) -> ArraySlice<Element> {
    elements[Int(list.start)..<Int(list.start + list.count)]
  }
}

/// One parsed file. A reference: a tree has dozens of arrays, which a copy would have to count.
package final class PythonModule: Sendable {
  let tree: SyntaxTree

  init(_ tree: SyntaxTree) { self.tree = tree }

  package var source: SourceFile { tree.source }
  /// The statements of the module itself.
  package var body: Block { tree.body }
  /// Damage found while reading; the rest of the file is in the tree. At most 101: the last then
  /// says that there is more.
  package var diagnostics: [Diagnostic] { tree.diagnostics }

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

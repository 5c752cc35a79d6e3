// The nodes of one Python file in flat arrays, the places of all of them, and what was odd.

package import SourceText

/// What the parser builds. Nodes are trivial values in contiguous arrays and refer to each
/// other by index, so a tree is built and freed without an allocation per node.
struct SyntaxTree: Sendable {
  let source: SourceFile
  /// The statements of the module itself.
  var body = Block(start: 0, count: 0)
  /// Damage found while reading; the rest of the file is in the tree. At most 101: the last then
  /// says that there is more.
  var diagnostics: [Diagnostic] = []
  /// Comments that begin with `backout:`, from `#` to the end of the line.
  var directives: [SourceRange] = []
  /// Whether there is a `yield` anywhere.
  var holdsYield = false

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

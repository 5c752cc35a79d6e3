// Functions, classes, parameters, decorators, and type parameters (Language Reference 8.7 to 8.10).

import SourceText

extension Parser {
  mutating func decorated(start: inout UInt32) -> Statement {
    let mark = scratch.expressions.count
    while kind == .at, !failed {
      advance()
      let decorator = namedExpression()
      scratch.expressions.append(decorator)
      if kind == .newline, !failed {
        advanceLayout()
      } else {
        fail("unexpected \(describeToken()) behind a decorator")
      }
    }
    let decorators = scratch.expressions.move(from: mark, to: &module.expressionLists)
    start = tokenStart
    switch kind {
    case .def: return functionDefinition(decorators: decorators, isAsync: false)
    case .class: return classDefinition(decorators: decorators)
    case .async where nextKind == .def:
      advance()
      return functionDefinition(decorators: decorators, isAsync: true)
    default:
      fail("expected a function or a class behind the decorators")
      return .damaged
    }
  }

  mutating func functionDefinition(
    decorators: NodeList<ExpressionID>, isAsync: Bool
  ) -> Statement {
    advance()
    let nameRange = SourceRange(start: tokenStart, end: token.end)
    let name = identifier()
    let typeParameters = typeParameters()
    expect(.leftParenthesis, "'('")
    let parameters = parameters(until: .rightParenthesis, annotated: true)
    expect(.rightParenthesis, "',' or ')'")
    let returns = accept(.arrow) ? expression() : nil
    let body = suite()
    return .function(
      add(
        Definition(
          name: name, nameRange: nameRange, decorators: decorators,
          typeParameters: typeParameters, isAsync: isAsync, parameters: parameters,
          returns: returns, arguments: NodeList(start: 0, count: 0), body: body)))
  }

  mutating func classDefinition(decorators: NodeList<ExpressionID>) -> Statement {
    advance()
    let nameRange = SourceRange(start: tokenStart, end: token.end)
    let name = identifier()
    let typeParameters = typeParameters()
    let arguments =
      kind == .leftParenthesis ? arguments(ofClass: true) : NodeList(start: 0, count: 0)
    let body = suite()
    return .class(
      add(
        Definition(
          name: name, nameRange: nameRange, decorators: decorators,
          typeParameters: typeParameters, isAsync: false, parameters: nil, returns: nil,
          arguments: arguments, body: body)))
  }

  private mutating func add(_ definition: Definition) -> DefinitionID {
    module.definitions.append(definition)
    return DefinitionID(index: UInt32(module.definitions.count - 1))
  }

  // Parameters

  /// The parameters of a function or a lambda, up to the token that ends them.
  mutating func parameters(until end: TokenKind, annotated: Bool) -> ParametersID {
    let mark = scratch.parameters.count
    var slash: Int?
    var star: Int?
    var result = Parameters(
      positionalOnly: NodeList(start: 0, count: 0), regular: NodeList(start: 0, count: 0),
      variadic: nil, keywordOnly: NodeList(start: 0, count: 0), keywordVariadic: nil)
    var needsDefault = false
    while kind != end {
      switch kind {
      case .slash:
        if slash != nil || star != nil || scratch.parameters.count == mark {
          fail("'/' cannot stand here")
        } else {
          slash = scratch.parameters.count
        }
        advance()
      case .star:
        if star != nil { fail("'*' may stand only once among the parameters") }
        star = star ?? scratch.parameters.count
        needsDefault = false
        advance()
        if kind == .name {
          result.variadic = parameter(annotated: annotated, isVariadic: true)
        } else if kind != .comma || nextKind != .name {
          fail("expected a parameter behind '*'")
        }
      case .doubleStar:
        advance()
        result.keywordVariadic = parameter(annotated: annotated)
        if kind == .equal { fail("'**' parameters have no default") }
        if kind == .comma, nextKind != end { fail("a parameter behind '**'") }
      default:
        let next = parameter(annotated: annotated, hasDefault: true)
        let place = next.range
        if next.defaultValue == nil, needsDefault {
          fail(at: place, "a parameter without a default behind one with a default")
        }
        needsDefault = star == nil && next.defaultValue != nil
        scratch.parameters.append(next)
      }
      guard accept(.comma) else { break }
    }
    result.keywordOnly = scratch.parameters.move(
      from: star ?? scratch.parameters.count, to: &module.parameters)
    result.regular = scratch.parameters.move(from: slash ?? mark, to: &module.parameters)
    result.positionalOnly = scratch.parameters.move(from: mark, to: &module.parameters)
    module.parameterLists.append(result)
    return ParametersID(index: UInt32(module.parameterLists.count - 1))
  }

  private mutating func parameter(
    annotated: Bool, isVariadic: Bool = false, hasDefault: Bool = false
  ) -> Parameter {
    let start = tokenStart
    let name = identifier()
    var annotation: ExpressionID?
    if annotated, accept(.colon) {
      annotation = isVariadic && kind == .star ? starred() : expression()
    }
    let range = SourceRange(start: start, end: max(start, previousEnd))
    let value = hasDefault && accept(.equal) ? expression() : nil
    return Parameter(name: name, annotation: annotation, defaultValue: value, range: range)
  }

  // Types (PEP 695, PEP 696)

  /// `type Name[parameters] = value`.
  mutating func typeAlias() -> Statement {
    advance()
    let start = tokenStart
    let name = identifier()
    let target = add(.name(name), from: start)
    let parameters = typeParameters()
    expect(.equal, "'='")
    let value = expression()
    return .typeAlias(target, parameters, value: value)
  }

  /// Type parameters in brackets, if there are any.
  private mutating func typeParameters() -> NodeList<TypeParameter> {
    guard accept(.leftBracket) else { return NodeList(start: 0, count: 0) }
    var list: [TypeParameter] = []
    repeat {
      guard kind != .rightBracket || list.isEmpty else { break }
      list.append(typeParameter())
    } while accept(.comma)
    expect(.rightBracket, "',' or ']'")
    let first = module.typeParameters.count
    module.typeParameters += list
    return NodeList(start: UInt32(first), count: UInt32(list.count))
  }

  private mutating func typeParameter() -> TypeParameter {
    let start = tokenStart
    var parameterKind = TypeParameter.Kind.variable
    if accept(.star) {
      parameterKind = .tuple
    } else if accept(.doubleStar) {
      parameterKind = .parameterSpecification
    }
    let name = identifier()
    let bound = parameterKind == .variable && accept(.colon) ? expression() : nil
    var defaultValue: ExpressionID?
    if accept(.equal) {
      defaultValue = parameterKind == .tuple && kind == .star ? starred() : expression()
    }
    return TypeParameter(
      kind: parameterKind, name: name, bound: bound, defaultValue: defaultValue,
      range: SourceRange(start: start, end: max(start, previousEnd)))
  }
}

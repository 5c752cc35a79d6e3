// The `match` statement and its patterns (Language Reference 8.6).

import SourceText

extension Parser {
  /// Whether the name `match` begins a statement here. What follows decides; only where it could
  /// also be an operand or a call is the end of the line looked at, which is a colon for a
  /// statement and for nothing else.
  var startsMatch: Bool {
    mutating get {
      switch nextKind {
      case .name, .integer, .float, .imaginary, .string, .bytes, .formattedStart,
        .templateStart, .leftBrace, .tilde, .ellipsis, .nothing, .true, .false, .lambda, .await:
        return true
      case .not: return index + 2 < tokens.count && tokens[index + 2].kind != .in
      case .leftParenthesis, .leftBracket, .plus, .minus, .star:
        let end = lineEnd()
        return end > index + 2 && tokens[end - 1].kind == .colon
      default: return false
      }
    }
  }

  mutating func matchStatement() -> Statement {
    advance()
    let start = tokenStart
    var subject = element()
    if kind == .comma {
      subject = tuple(startingWith: subject, from: start) { $0.element() }
    } else if case .starred = node(subject) {
      fail("expected ',' behind the starred expression")
    }
    expect(.colon, "':'")
    if !failed, kind == .newline { advanceLayout() }
    guard !failed, kind == .indent else {
      failBefore("expected an indented block of 'case'")
      return .damaged
    }
    advanceLayout()
    guard enter() else {
      skipIndentedBlock()
      return .damaged
    }
    defer { leave() }
    let mark = scratch.matchCases.count
    while kind != .dedent, kind != .endOfFile, !failed { matchCase() }
    let cases = scratch.matchCases.move(from: mark, to: &module.matchCases)
    if failed { skipIndentedBlock() } else { advanceLayout() }
    return .match(subject, cases)
  }

  private mutating func matchCase() {
    guard spells("case", at: index) else { return fail("expected 'case'") }
    advance()
    let pattern = openPattern()
    let condition = accept(.if) ? namedExpression() : nil
    let body = suite()
    scratch.matchCases.append(MatchCase(pattern: pattern, guardCondition: condition, body: body))
  }

  @discardableResult
  private mutating func add(_ pattern: Pattern, from start: UInt32) -> PatternID {
    module.patterns.append(pattern)
    module.patternRanges.append(SourceRange(start: start, end: max(start, previousEnd)))
    return PatternID(index: UInt32(module.patterns.count - 1))
  }

  /// `patterns`: one pattern, or a sequence without brackets.
  private mutating func openPattern() -> PatternID {
    let start = tokenStart
    let isStar = kind == .star
    let first = sequenceElement()
    guard kind == .comma || isStar else { return first }
    if kind != .comma { fail("expected ',' behind the starred pattern") }
    let elements = sequenceElements(startingWith: first)
    return add(.sequence(elements), from: start)
  }

  private mutating func sequenceElements(
    startingWith first: PatternID
  ) -> NodeList<PatternID> {
    let mark = scratch.patterns.count
    scratch.patterns.append(first)
    while accept(.comma), kind.startsPattern {
      let next = sequenceElement()
      scratch.patterns.append(next)
    }
    return scratch.patterns.move(from: mark, to: &module.patternLists)
  }

  private mutating func sequenceElement() -> PatternID {
    guard kind == .star else { return pattern() }
    let start = tokenStart
    advance()
    let isWildcard = spells("_", at: index)
    let name = identifier()
    return add(.star(isWildcard ? nil : name), from: start)
  }

  /// `pattern`: alternatives, with `as`.
  private mutating func pattern() -> PatternID {
    guard enter() else { return add(.damaged, from: tokenStart) }
    defer { leave() }
    let start = tokenStart
    var result = closedPattern()
    if kind == .bar {
      let mark = scratch.patterns.count
      scratch.patterns.append(result)
      while accept(.bar) {
        let next = closedPattern()
        scratch.patterns.append(next)
      }
      let alternatives = scratch.patterns.move(from: mark, to: &module.patternLists)
      result = add(.alternatives(alternatives), from: start)
    }
    guard accept(.as) else { return result }
    if spells("_", at: index) { fail("'_' cannot be the name behind 'as'") }
    let name = identifier()
    return add(.named(result, name), from: start)
  }

  private mutating func closedPattern() -> PatternID {
    let start = tokenStart
    switch kind {
    case .nothing, .true, .false:
      let value = primaryConstant()
      return add(.singleton(value), from: start)
    case .integer, .float, .imaginary, .minus:
      let value = patternNumber()
      return add(.value(value), from: start)
    case .string, .bytes, .formattedStart:
      let value = strings()
      return add(.value(value), from: start)
    case .name: return namePattern()
    case .leftParenthesis: return groupPattern()
    case .leftBracket:
      advance()
      let elements = bracketedElements()
      expect(.rightBracket, "',' or ']'")
      return add(.sequence(elements), from: start)
    case .leftBrace: return mappingPattern()
    default:
      fail("expected a pattern, not \(describeToken())")
      return add(.damaged, from: start)
    }
  }

  private mutating func bracketedElements() -> NodeList<PatternID> {
    guard kind.startsPattern else { return NodeList(start: 0, count: 0) }
    return sequenceElements(startingWith: sequenceElement())
  }

  private mutating func groupPattern() -> PatternID {
    let start = tokenStart
    advance()
    let isStar = kind == .star
    if kind == .rightParenthesis {
      advance()
      return add(.sequence(NodeList(start: 0, count: 0)), from: start)
    }
    let first = sequenceElement()
    guard kind == .comma else {
      if isStar { fail("expected ',' behind the starred pattern") }
      expect(.rightParenthesis, "',' or ')'")
      return first
    }
    let elements = sequenceElements(startingWith: first)
    expect(.rightParenthesis, "',' or ')'")
    return add(.sequence(elements), from: start)
  }

  private mutating func primaryConstant() -> ExpressionID {
    let start = tokenStart
    let constant: Expression = kind == .nothing ? .none : kind == .true ? .true : .false
    advance()
    return add(constant, from: start)
  }

  /// A number with its sign, or a real and an imaginary number.
  private mutating func patternNumber() -> ExpressionID {
    let start = tokenStart
    let first = signedNumber()
    guard kind == .plus || kind == .minus, let joining = kind.binaryOperator else { return first }
    if tokens[index - 1].kind == .imaginary { fail("the imaginary part stands last") }
    advance()
    if kind != .imaginary { fail("expected an imaginary number") }
    let second = signedNumber()
    return add(.binary(joining, first, second), from: start)
  }

  private mutating func signedNumber() -> ExpressionID {
    let start = tokenStart
    let isNegative = accept(.minus)
    let numberStart = tokenStart
    let number: Expression
    switch kind {
    case .integer: number = .integer
    case .float: number = .float
    case .imaginary: number = .imaginary
    default:
      fail("expected a number")
      return damaged()
    }
    advance()
    let value = add(number, from: numberStart)
    return isNegative ? add(.unary(.minus, value), from: start) : value
  }

  /// A capture, the wildcard, a dotted name or a class.
  private mutating func namePattern() -> PatternID {
    let start = tokenStart
    let isWildcard = spells("_", at: index)
    let name = identifier()
    if kind != .dot, kind != .leftParenthesis {
      return add(isWildcard ? .wildcard : .capture(name), from: start)
    }
    let value = dottedValue(name, from: start)
    guard kind == .leftParenthesis else { return add(.value(value), from: start) }
    return classPattern(value, from: start)
  }

  private mutating func dottedValue(_ name: Identifier, from start: UInt32) -> ExpressionID {
    var value = add(.name(name), from: start)
    while accept(.dot) {
      let attribute = identifier()
      value = add(.attribute(value, attribute), from: start)
    }
    return value
  }

  private mutating func classPattern(
    _ type: ExpressionID, from start: UInt32
  ) -> PatternID {
    advance()
    let mark = scratch.patterns.count
    let keywordMark = scratch.keywordPatterns.count
    while kind != .rightParenthesis {
      if kind == .name, nextKind == .equal {
        let name = identifier()
        advance()
        let value = pattern()
        scratch.keywordPatterns.append(KeywordPattern(name: name, pattern: value))
      } else {
        if scratch.keywordPatterns.count > keywordMark {
          fail("a positional pattern behind a keyword pattern")
        }
        let value = pattern()
        scratch.patterns.append(value)
      }
      guard accept(.comma) else { break }
    }
    expect(.rightParenthesis, "',' or ')'")
    let positional = scratch.patterns.move(from: mark, to: &module.patternLists)
    let keywords = scratch.keywordPatterns.move(
      from: keywordMark, to: &module.keywordPatterns)
    return add(.class(type, positional, keywords: keywords), from: start)
  }

  private mutating func mappingPattern() -> PatternID {
    let start = tokenStart
    advance()
    let mark = scratch.mappingPatternItems.count
    var rest: Identifier?
    while kind != .rightBrace {
      if rest != nil { fail("a pattern behind '**'") }
      if accept(.doubleStar) {
        if spells("_", at: index) { fail("'_' cannot be the name behind '**'") }
        rest = identifier()
      } else {
        let key = mappingKey()
        expect(.colon, "':'")
        let value = pattern()
        scratch.mappingPatternItems.append(MappingPatternItem(key: key, pattern: value))
      }
      guard accept(.comma) else { break }
    }
    expect(.rightBrace, "',' or '}'")
    let items = scratch.mappingPatternItems.move(from: mark, to: &module.mappingPatternItems)
    return add(.mapping(items, rest: rest), from: start)
  }

  private mutating func mappingKey() -> ExpressionID {
    let start = tokenStart
    switch kind {
    case .nothing, .true, .false: return primaryConstant()
    case .integer, .float, .imaginary, .minus: return patternNumber()
    case .string, .bytes, .formattedStart: return strings()
    case .name where nextKind == .dot: return dottedValue(identifier(), from: start)
    default:
      fail("expected a literal or a dotted name as the key")
      return damaged()
    }
  }
}

extension TokenKind {
  fileprivate var startsPattern: Bool {
    switch self {
    case .name, .nothing, .true, .false, .integer, .float, .imaginary, .minus, .string, .bytes,
      .formattedStart, .leftParenthesis, .leftBracket, .leftBrace, .star, .error:
      true
    default: false
    }
  }
}

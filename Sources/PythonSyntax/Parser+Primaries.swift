// Atoms, and what follows them: attributes, calls and subscripts (Language Reference 6.2, 6.3).

import SourceText

extension Parser {
  /// An atom with its trailers.
  mutating func primary() -> ExpressionID {
    let start = tokenStart
    var value = atom()
    while true {
      switch kind {
      case .dot:
        advance()
        let name = identifier()
        value = add(.attribute(value, name), from: start)
      case .leftParenthesis:
        let arguments = arguments()
        value = add(.call(value, arguments), from: start)
      case .leftBracket:
        advance()
        let key = subscriptKey()
        expect(.rightBracket, "']'")
        value = add(.subscript(value, key), from: start)
      default:
        return value
      }
    }
  }

  private mutating func atom() -> ExpressionID {
    let start = tokenStart
    switch kind {
    case .name:
      let name = Identifier(index: token.value)
      advance()
      return add(.name(name), from: start)
    case .string, .bytes, .formattedStart, .templateStart: return strings()
    case .leftParenthesis: return parenthesised()
    case .leftBracket: return listDisplay()
    case .leftBrace: return braceDisplay()
    default: return constant()
    }
  }

  private mutating func constant() -> ExpressionID {
    let start = tokenStart
    let constant: Expression
    switch kind {
    case .integer: constant = .integer
    case .float: constant = .float
    case .imaginary: constant = .imaginary
    case .nothing: constant = .none
    case .true: constant = .true
    case .false: constant = .false
    case .ellipsis: constant = .ellipsis
    default:
      fail("expected an expression, not \(describeToken())")
      return damaged()
    }
    advance()
    return add(constant, from: start)
  }

  /// The current token in words.
  mutating func describeToken() -> String {
    switch kind {
    case .newline: "the end of the line"
    case .endOfFile: "the end of the file"
    case .indent, .dedent: "a change of the indentation"
    default: "'\(String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self))'"
    }
  }

  /// The arguments of a call or a class with their parentheses.
  mutating func arguments(ofClass: Bool = false) -> NodeList<Argument> {
    let opening = tokenStart
    advance()
    let mark = scratch.arguments.count
    var seen = Argument.Kind.positional
    while kind != .rightParenthesis {
      let start = tokenStart
      let (argumentKind, value) = argument()
      if kind == .for || kind == .async, case .positional = argumentKind {
        let isAlone = scratch.arguments.count == mark && !ofClass
        if let generator = soleGenerator(value, from: isAlone ? opening : nil) {
          scratch.arguments.append(
            Argument(
              kind: .positional, value: generator, range: range(of: generator)))
          return scratch.arguments.move(from: mark, to: &module.arguments)
        }
      }
      checkOrder(argumentKind, behind: &seen, at: start)
      scratch.arguments.append(
        Argument(
          kind: argumentKind, value: value, range: SourceRange(start: start, end: previousEnd)))
      guard accept(.comma) else { break }
    }
    expect(.rightParenthesis, "',' or ')'")
    return scratch.arguments.move(from: mark, to: &module.arguments)
  }

  private mutating func argument() -> (Argument.Kind, ExpressionID) {
    switch kind {
    case .star:
      advance()
      return (.unpacked, expression())
    case .doubleStar:
      advance()
      return (.unpackedMapping, expression())
    case .name where nextKind == .equal:
      let name = Identifier(index: token.value)
      advance()
      advance()
      return (.keyword(name), expression())
    default:
      return (.positional, namedExpression())
    }
  }

  /// A generator expression as the only argument shares the parentheses of the call.
  private mutating func soleGenerator(
    _ element: ExpressionID, from opening: UInt32?
  ) -> ExpressionID? {
    let clauses = comprehensionClauses()
    let place = SourceRange(start: range(of: element).start, end: previousEnd)
    guard let opening, kind == .rightParenthesis else {
      fail(at: place, "a generator expression beside other arguments needs parentheses")
      return nil
    }
    advance()
    return add(.generator(element, clauses), from: opening)
  }

  private mutating func checkOrder(
    _ next: Argument.Kind, behind seen: inout Argument.Kind, at start: UInt32
  ) {
    let place = SourceRange(start: start, end: previousEnd)
    switch (seen, next) {
    case (.keyword, .positional):
      fail(at: place, "a positional argument behind a keyword argument")
    case (.unpackedMapping, .positional), (.unpackedMapping, .unpacked):
      fail(at: place, "a positional argument behind '**'")
    case (.unpackedMapping, _), (.keyword, .unpacked), (_, .positional), (_, .unpacked): return
    default: seen = next
    }
  }

  /// What stands in the brackets of a subscript: a comma makes a tuple, and so does a star.
  private mutating func subscriptKey() -> ExpressionID {
    let start = tokenStart
    let isStarred = kind == .star
    let first = slice()
    guard kind == .comma || isStarred else { return first }
    let mark = scratch.expressions.count
    scratch.expressions.append(first)
    while accept(.comma), kind != .rightBracket {
      let next = slice()
      scratch.expressions.append(next)
    }
    let elements = scratch.expressions.move(from: mark, to: &module.expressionLists)
    return add(.tuple(elements), from: start)
  }

  private mutating func slice() -> ExpressionID {
    let start = tokenStart
    if kind == .star {
      advance()
      let value = expression()
      return add(.starred(value), from: start)
    }
    var lower: ExpressionID?
    if kind != .colon {
      let isNamed = nextKind == .colonEqual
      let first = namedExpression()
      guard kind == .colon, !isNamed else { return first }
      lower = first
    }
    advance()
    let upper = kind.startsExpression ? expression() : nil
    let step = accept(.colon) && kind.startsExpression ? expression() : nil
    return add(.slice(lower: lower, upper: upper, step: step), from: start)
  }
}

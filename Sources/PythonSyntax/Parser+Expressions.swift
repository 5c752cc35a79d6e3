// Operators, conditional expressions, lambdas and targets (Language Reference 6.3 to 6.17).

import SourceText

/// How tightly an operator binds: the grammar's rules from `disjunction` to `factor`.
private enum Precedence {
  static let or: UInt8 = 1
  static let and: UInt8 = 2
  static let not: UInt8 = 3
  static let comparison: UInt8 = 4
  static let bitOr: UInt8 = 5
  static let unary: UInt8 = 11
}

extension TokenKind {
  /// Whether an expression, a star before one included, may begin here; damage counts, so that
  /// it is met.
  var startsExpression: Bool {
    switch self {
    case .name, .integer, .float, .imaginary, .string, .bytes, .formattedStart, .templateStart,
      .leftParenthesis, .leftBracket, .leftBrace, .ellipsis, .minus, .plus, .tilde, .star, .not,
      .lambda, .await, .nothing, .true, .false, .error:
      true
    default: false
    }
  }

  /// The binding of a binary operator; 0 for anything else.
  fileprivate var precedence: UInt8 {
    switch self {
    case .or: Precedence.or
    case .and: Precedence.and
    case .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .in, .is, .not:
      Precedence.comparison
    case .bar: Precedence.bitOr
    case .caret: 6
    case .ampersand: 7
    case .leftShift, .rightShift: 8
    case .plus, .minus: 9
    case .star, .slash, .doubleSlash, .percent, .at: 10
    default: 0
    }
  }

  /// The operator of a token, also where `=` is joined to it.
  var binaryOperator: BinaryOperator? {
    switch self {
    case .plus, .plusEqual: .add
    case .minus, .minusEqual: .subtract
    case .star, .starEqual: .multiply
    case .slash, .slashEqual: .divide
    case .doubleSlash, .doubleSlashEqual: .floorDivide
    case .percent, .percentEqual: .modulo
    case .doubleStar, .doubleStarEqual: .power
    case .at, .atEqual: .matrixMultiply
    case .leftShift, .leftShiftEqual: .leftShift
    case .rightShift, .rightShiftEqual: .rightShift
    case .ampersand, .ampersandEqual: .bitAnd
    case .bar, .barEqual: .bitOr
    case .caret, .caretEqual: .bitXor
    default: nil
    }
  }
}

extension Parser {
  /// `expression`: a conditional expression, a disjunction or a lambda.
  mutating func expression() -> ExpressionID {
    guard enter() else { return damaged() }
    defer { leave() }
    if kind == .lambda { return lambda() }
    let start = tokenStart
    let body = operation(Precedence.or)
    guard kind == .if else { return body }
    advance()
    let test = operation(Precedence.or)
    expect(.else, "'else' of the conditional expression")
    let otherwise = expression()
    return add(.conditional(test: test, body: body, otherwise: otherwise), from: start)
  }

  /// `disjunction`, as after `in` and `if` of a comprehension.
  mutating func disjunction() -> ExpressionID { operation(Precedence.or) }

  /// `bitwise_or`, as behind a star and for targets.
  mutating func bitwiseOr() -> ExpressionID { operation(Precedence.bitOr) }

  /// `named_expression`: `name := value` or an expression.
  mutating func namedExpression() -> ExpressionID {
    guard kind == .name, nextKind == .colonEqual else { return expression() }
    let start = tokenStart
    let name = Identifier(index: token.value)
    advance()
    let target = add(.name(name), from: start)
    advance()
    let value = expression()
    return add(.assignment(target, value: value), from: start)
  }

  /// `star_named_expression`: an element of a display.
  mutating func element() -> ExpressionID {
    kind == .star ? starred() : namedExpression()
  }

  /// `*` and a `bitwise_or`.
  mutating func starred() -> ExpressionID {
    guard enter() else { return damaged() }
    defer { leave() }
    let start = tokenStart
    advance()
    let value = bitwiseOr()
    return add(.starred(value), from: start)
  }

  /// `star_expressions`: an expression, or a tuple without parentheses.
  mutating func expressions() -> ExpressionID {
    let start = tokenStart
    let first = kind == .star ? starred() : expression()
    guard kind == .comma else { return first }
    return tuple(startingWith: first, from: start) { parser in
      parser.kind == .star ? parser.starred() : parser.expression()
    }
  }

  /// The rest of a tuple without parentheses; the current token is its first comma.
  mutating func tuple(
    startingWith first: ExpressionID, from start: UInt32,
    element: (inout Parser) -> ExpressionID
  ) -> ExpressionID {
    let mark = scratch.expressions.count
    scratch.expressions.append(first)
    while accept(.comma), kind.startsExpression {
      let next = element(&self)
      scratch.expressions.append(next)
    }
    let elements = scratch.expressions.move(from: mark, to: &module.expressionLists)
    return add(.tuple(elements), from: start)
  }

  /// A `yield` expression or `star_expressions`: the right side of an assignment.
  mutating func assignedValue() -> ExpressionID {
    kind == .yield ? yieldExpression() : expressions()
  }

  mutating func yieldExpression() -> ExpressionID {
    let start = tokenStart
    module.holdsYield = true
    advance()
    if accept(.from) {
      let value = expression()
      return add(.yieldFrom(value), from: start)
    }
    guard kind.startsExpression else { return add(.yield(nil), from: start) }
    let value = expressions()
    return add(.yield(value), from: start)
  }

  private mutating func lambda() -> ExpressionID {
    let start = tokenStart
    advance()
    let parameters = parameters(until: .colon, annotated: false)
    expect(.colon, "':'")
    let body = expression()
    return add(.lambda(parameters, body: body), from: start)
  }

  /// Operators that bind at least as tightly as `minimum`.
  private mutating func operation(_ minimum: UInt8) -> ExpressionID {
    let start = tokenStart
    var left = operand(minimum)
    while true {
      let precedence = kind.precedence
      guard precedence >= minimum else { return left }
      switch precedence {
      case Precedence.or, Precedence.and: left = booleanOperation(left, from: start)
      case Precedence.comparison:
        guard kind != .not || nextKind == .in else { return left }
        left = comparison(left, from: start)
      default:
        guard let binaryOperator = kind.binaryOperator else { return left }
        advance()
        let right = operation(precedence + 1)
        left = add(.binary(binaryOperator, left, right), from: start)
      }
    }
  }

  /// `a and b and c` is one node, as in CPython's tree.
  private mutating func booleanOperation(
    _ first: ExpressionID, from start: UInt32
  ) -> ExpressionID {
    let joining = kind
    let mark = scratch.expressions.count
    scratch.expressions.append(first)
    while accept(joining) {
      let next = operation(joining.precedence + 1)
      scratch.expressions.append(next)
    }
    let operands = scratch.expressions.move(from: mark, to: &module.expressionLists)
    return add(.boolean(joining == .or ? .or : .and, operands), from: start)
  }

  private mutating func comparison(
    _ first: ExpressionID, from start: UInt32
  ) -> ExpressionID {
    let mark = scratch.comparisons.count
    while let comparison = acceptComparison() {
      let operand = operation(Precedence.bitOr)
      scratch.comparisons.append(Comparison(comparison: comparison, operand: operand))
    }
    let rest = scratch.comparisons.move(from: mark, to: &module.comparisons)
    return add(.comparison(first, rest), from: start)
  }

  private mutating func acceptComparison() -> ComparisonOperator? {
    let comparison: ComparisonOperator
    switch kind {
    case .equalEqual: comparison = .equal
    case .notEqual: comparison = .notEqual
    case .less: comparison = .less
    case .lessEqual: comparison = .lessEqual
    case .greater: comparison = .greater
    case .greaterEqual: comparison = .greaterEqual
    case .in: comparison = .in
    case .not:
      guard nextKind == .in else { return nil }
      advance()
      comparison = .notIn
    case .is:
      comparison = nextKind == .not ? .isNot : .is
      if comparison == .isNot { advance() }
    default: return nil
    }
    advance()
    return comparison
  }

  /// A prefix operator with its operand, or a power.
  private mutating func operand(_ minimum: UInt8) -> ExpressionID {
    switch kind {
    case .not where minimum <= Precedence.not: return prefixed(.not, Precedence.not)
    case .minus: return prefixed(.minus, Precedence.unary)
    case .plus: return prefixed(.plus, Precedence.unary)
    case .tilde: return prefixed(.invert, Precedence.unary)
    default: break
    }
    let start = tokenStart
    let base = kind == .await ? awaited() : primary()
    guard kind == .doubleStar else { return base }
    guard enter() else { return damaged() }
    defer { leave() }
    advance()
    let exponent = operand(Precedence.unary)
    return add(.binary(.power, base, exponent), from: start)
  }

  private mutating func prefixed(
    _ prefix: UnaryOperator, _ minimum: UInt8
  ) -> ExpressionID {
    guard enter() else { return damaged() }
    defer { leave() }
    let start = tokenStart
    advance()
    let value = minimum == Precedence.not ? operation(minimum) : operand(minimum)
    return add(.unary(prefix, value), from: start)
  }

  private mutating func awaited() -> ExpressionID {
    let start = tokenStart
    advance()
    let value = primary()
    return add(.await(value), from: start)
  }
}

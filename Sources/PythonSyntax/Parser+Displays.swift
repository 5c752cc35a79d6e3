// Parentheses, lists, sets, dictionaries and comprehensions (Language Reference 6.2.3 to 6.2.8).

import SourceText

extension Parser {
  var startsComprehension: Bool {
    mutating get { kind == .for || (kind == .async && nextKind == .for) }
  }

  /// A group, a tuple or a generator expression.
  mutating func parenthesised() -> ExpressionID {
    let start = tokenStart
    advance()
    if kind == .rightParenthesis {
      advance()
      return add(.tuple(NodeList(start: 0, count: 0)), from: start)
    }
    if kind == .yield {
      let value = yieldExpression()
      expect(.rightParenthesis, "')'")
      return value
    }
    let isStarred = kind == .star
    let first = element()
    if kind == .comma {
      let elements = elements(startingWith: first)
      expect(.rightParenthesis, "',' or ')'")
      return add(.tuple(elements), from: start)
    }
    if isStarred { fail(at: range(of: first), "a starred expression cannot stand here") }
    if startsComprehension {
      let clauses = comprehensionClauses()
      expect(.rightParenthesis, "')'")
      return add(.generator(first, clauses), from: start)
    }
    expect(.rightParenthesis, "',' or ')'")
    return first
  }

  mutating func listDisplay() -> ExpressionID {
    let start = tokenStart
    advance()
    if accept(.rightBracket) { return add(.list(NodeList(start: 0, count: 0)), from: start) }
    let isStarred = kind == .star
    let first = element()
    if startsComprehension, !isStarred {
      let clauses = comprehensionClauses()
      expect(.rightBracket, "']'")
      return add(.listComprehension(first, clauses), from: start)
    }
    let elements = elements(startingWith: first)
    expect(.rightBracket, "',' or ']'")
    return add(.list(elements), from: start)
  }

  /// A dictionary or a set, or a comprehension of either.
  mutating func braceDisplay() -> ExpressionID {
    let start = tokenStart
    advance()
    if accept(.rightBrace) {
      return add(.dictionary(NodeList(start: 0, count: 0)), from: start)
    }
    if kind == .doubleStar { return dictionary(from: start) }
    let isStarred = kind == .star
    let isNamed = nextKind == .colonEqual
    let first = element()
    if kind == .colon, !isStarred, !isNamed {
      return dictionary(from: start, firstKey: first)
    }
    if startsComprehension, !isStarred {
      let clauses = comprehensionClauses()
      expect(.rightBrace, "'}'")
      return add(.setComprehension(first, clauses), from: start)
    }
    let elements = elements(startingWith: first)
    expect(.rightBrace, "',' or '}'")
    return add(.set(elements), from: start)
  }

  private mutating func dictionary(
    from start: UInt32, firstKey: ExpressionID? = nil
  ) -> ExpressionID {
    let mark = scratch.dictionaryItems.count
    var key = firstKey
    repeat {
      guard key != nil || kind != .rightBrace else { break }
      if key == nil, kind == .doubleStar {
        advance()
        let value = unpackedMapping()
        scratch.dictionaryItems.append(DictionaryItem(key: nil, value: value))
        continue
      }
      let itemKey = key ?? expression()
      key = nil
      expect(.colon, "':' behind the dictionary's key")
      let value = expression()
      if startsComprehension, scratch.dictionaryItems.count == mark {
        let clauses = comprehensionClauses()
        expect(.rightBrace, "'}'")
        return add(
          .dictionaryComprehension(key: itemKey, value: value, clauses), from: start)
      }
      scratch.dictionaryItems.append(DictionaryItem(key: itemKey, value: value))
    } while accept(.comma)
    expect(.rightBrace, "',' or '}'")
    let items = scratch.dictionaryItems.move(from: mark, to: &module.dictionaryItems)
    return add(.dictionary(items), from: start)
  }

  private mutating func unpackedMapping() -> ExpressionID {
    guard enter() else { return damaged() }
    defer { leave() }
    return bitwiseOr()
  }

  /// The elements of a display up to its closing bracket.
  private mutating func elements(
    startingWith first: ExpressionID
  ) -> NodeList<ExpressionID> {
    let mark = scratch.expressions.count
    scratch.expressions.append(first)
    while accept(.comma), kind.startsExpression {
      let next = element()
      scratch.expressions.append(next)
    }
    return scratch.expressions.move(from: mark, to: &module.expressionLists)
  }

  /// `for target in iterable if condition …`, one or more times.
  mutating func comprehensionClauses() -> NodeList<ComprehensionClause> {
    let mark = scratch.comprehensionClauses.count
    while startsComprehension {
      let isAsync = accept(.async)
      advance()
      let target = targets()
      expect(.in, "'in'")
      let iterable = disjunction()
      let conditionMark = scratch.expressions.count
      while accept(.if) {
        let condition = disjunction()
        scratch.expressions.append(condition)
      }
      let conditions = scratch.expressions.move(
        from: conditionMark, to: &module.expressionLists)
      scratch.comprehensionClauses.append(
        ComprehensionClause(
          isAsync: isAsync, target: target, iterable: iterable, conditions: conditions))
    }
    return scratch.comprehensionClauses.move(from: mark, to: &module.comprehensionClauses)
  }
}

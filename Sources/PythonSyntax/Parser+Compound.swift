// Compound statements save definitions and `match` (Language Reference, chapter 8).

import SourceText

extension Parser {
  /// A compound statement if one begins here; its damage is left to the caller.
  /// `start` moves behind decorators, where CPython's nodes begin.
  mutating func compoundStatement(start: inout UInt32) -> Statement? {
    switch kind {
    case .if: return ifStatement()
    case .while: return whileStatement()
    case .for: return forStatement(isAsync: false)
    case .with: return withStatement(isAsync: false)
    case .try: return tryStatement()
    case .def: return functionDefinition(decorators: NodeList(start: 0, count: 0), isAsync: false)
    case .class: return classDefinition(decorators: NodeList(start: 0, count: 0))
    case .at: return decorated(start: &start)
    case .async: return asyncStatement()
    case .name where spells("match", at: index) && startsMatch: return matchStatement()
    case .elif, .else, .except, .finally:
      fail(
        at: SourceRange(start: start, end: token.end),
        "\(describeToken()) without the statement that it belongs to")
      return .damaged
    default: return nil
    }
  }

  private mutating func asyncStatement() -> Statement {
    advance()
    switch kind {
    case .def: return functionDefinition(decorators: NodeList(start: 0, count: 0), isAsync: true)
    case .for: return forStatement(isAsync: true)
    case .with: return withStatement(isAsync: true)
    default:
      fail("expected 'def', 'for' or 'with' behind 'async'")
      return .damaged
    }
  }

  /// `elif` nests in the tree but not on the stack: the chain is built from its end.
  private mutating func ifStatement() -> Statement {
    var branches: [(start: UInt32, test: ExpressionID, body: Block)] = []
    repeat {
      let start = tokenStart
      advance()
      let test = namedExpression()
      let body = suite()
      branches.append((start, test, body))
    } while kind == .elif && !failed
    var otherwise = elseBlock()
    for branch in branches.dropFirst().reversed() {
      let id = add(
        .if(branch.test, body: branch.body, otherwise: otherwise),
        SourceRange(start: branch.start, end: max(branch.start, previousEnd)))
      otherwise = Block(start: UInt32(module.statementLists.count), count: 1)
      module.statementLists.append(id)
    }
    return .if(branches[0].test, body: branches[0].body, otherwise: otherwise)
  }

  private mutating func elseBlock() -> Block {
    guard !failed, accept(.else) else { return Block(start: 0, count: 0) }
    return suite()
  }

  private mutating func whileStatement() -> Statement {
    advance()
    let test = namedExpression()
    let body = suite()
    return .while(test, body: body, otherwise: elseBlock())
  }

  private mutating func forStatement(isAsync: Bool) -> Statement {
    advance()
    let target = targets()
    expect(.in, "'in'")
    let iterable = expressions()
    let body = suite()
    let otherwise = elseBlock()
    module.loops.append(
      ForLoop(
        isAsync: isAsync, target: target, iterable: iterable, body: body, otherwise: otherwise))
    return .for(LoopID(index: UInt32(module.loops.count - 1)))
  }

  private mutating func tryStatement() -> Statement {
    advance()
    let body = suite()
    let mark = scratch.handlers.count
    var isGroup: Bool?
    while kind == .except, !failed { handler(isGroup: &isGroup) }
    let hasHandlers = scratch.handlers.count > mark
    let otherwise = hasHandlers ? elseBlock() : Block(start: 0, count: 0)
    var finally = Block(start: 0, count: 0)
    if !failed, accept(.finally) {
      finally = suite()
    } else if !hasHandlers {
      failBefore("expected 'except' or 'finally' behind the block of 'try'")
    }
    let handlers = scratch.handlers.move(from: mark, to: &module.handlers)
    module.tries.append(
      TryStatement(
        body: body, handlers: handlers, otherwise: otherwise, finally: finally,
        isGroup: isGroup ?? false))
    return .try(TryID(index: UInt32(module.tries.count - 1)))
  }

  private mutating func handler(isGroup: inout Bool?) {
    let start = tokenStart
    advance()
    let hasStar = kind == .star
    if let isGroup, isGroup != hasStar { fail("'except' and 'except*' in one statement") }
    isGroup = accept(.star)
    var type: ExpressionID?
    var name: Identifier?
    if kind != .colon || hasStar {
      let typeStart = tokenStart
      let first = expression()
      type = first
      if kind == .comma {
        type = tuple(startingWith: first, from: typeStart) { $0.expression() }
        if kind == .as { fail("several exceptions with 'as' need parentheses") }
      } else if accept(.as) {
        name = identifier()
      }
    }
    let body = suite()
    scratch.handlers.append(
      ExceptionHandler(
        type: type, name: name, body: body,
        range: SourceRange(start: start, end: max(start, previousEnd))))
  }

  private mutating func withStatement(isAsync: Bool) -> Statement {
    advance()
    let mark = scratch.withItems.count
    if isParenthesisedWith {
      parenthesisedItems()
    } else {
      repeat {
        let context = expression()
        let target = accept(.as) ? target() : nil
        scratch.withItems.append(WithItem(context: context, target: target))
      } while accept(.comma)
    }
    let items = scratch.withItems.move(from: mark, to: &module.withItems)
    return .with(items, body: suite(), isAsync: isAsync)
  }

  /// Whether the parentheses behind `with` reach to the colon.
  private var isParenthesisedWith: Bool {
    mutating get {
      guard kind == .leftParenthesis, token.value > 0 else { return false }
      let behind = Int(token.value) + 1
      return behind < tokens.count && tokens[behind].kind == .colon
    }
  }

  /// Parentheses up to the colon hold items, unless what they hold cannot be items: then they
  /// are a group, a tuple or a generator. Known only at their end, so both are kept till then.
  private mutating func parenthesisedItems() {
    let start = tokenStart
    if nextKind == .rightParenthesis || nextKind == .yield {
      let context = parenthesised()
      return scratch.withItems.append(WithItem(context: context, target: nil))
    }
    advance()
    let mark = scratch.withItems.count
    var areItems = true
    var hasTargets = false
    var hasComma = false
    repeat {
      guard kind != .rightParenthesis else { break }
      let elementStart = tokenStart
      let isItem = kind != .star && !(kind == .name && nextKind == .colonEqual)
      var context = element()
      areItems = areItems && isItem
      if startsComprehension, scratch.withItems.count == mark {
        let clauses = comprehensionClauses()
        expect(.rightParenthesis, "')'")
        context = add(.generator(context, clauses), from: start)
        return scratch.withItems.append(WithItem(context: context, target: nil))
      }
      var target: ExpressionID?
      if kind == .as {
        if !areItems {
          fail(
            at: SourceRange(start: elementStart, end: previousEnd), "not an item of 'with'")
        }
        advance()
        hasTargets = true
        target = self.target()
      }
      scratch.withItems.append(WithItem(context: context, target: target))
      hasComma = kind == .comma
    } while accept(.comma)
    let isTuple = scratch.withItems.count > mark + 1 || hasComma || previousIsComma
    expect(.rightParenthesis, "',' or ')'")
    guard !areItems else { return }
    if hasTargets { fail("not an item of 'with'") }
    groupItems(from: mark, isTuple: isTuple, start: start)
  }

  private var previousIsComma: Bool {
    mutating get { index > 0 && tokens[index - 1].kind == .comma }
  }

  /// Turns what was read as items into the one tuple or group that it is.
  private mutating func groupItems(from mark: Int, isTuple: Bool, start: UInt32) {
    let elements = scratch.withItems[mark...].map(\.context)
    scratch.withItems.removeSubrange(mark...)
    guard let first = elements.first else { return }
    var context = first
    if isTuple {
      let list = NodeList<ExpressionID>(
        start: UInt32(module.expressionLists.count), count: UInt32(elements.count))
      module.expressionLists.append(contentsOf: elements)
      context = add(.tuple(list), from: start)
    } else if case .starred = node(first) {
      fail(at: range(of: first), "a starred expression cannot stand here")
    }
    scratch.withItems.append(WithItem(context: context, target: nil))
  }
}

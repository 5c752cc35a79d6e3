// Blocks and simple statements (Language Reference, chapter 7), and what damage leaves of them.

import SourceText

extension Parser {
  mutating func parseModule() {
    module.body = block(isNested: false)
  }

  /// The block of a compound statement from its colon on.
  mutating func suite() -> Block {
    expect(.colon, "':'")
    guard !failed else { return Block(start: 0, count: 0) }
    if kind != .newline {
      let mark = scratch.statements.count
      simpleStatements()
      return scratch.statements.move(from: mark, to: &module.statementLists)
    }
    advanceLayout()
    guard kind == .indent else { return missingBlock() }
    return indentedBlock()
  }

  private mutating func missingBlock() -> Block {
    let place = SourceRange(start: previousEnd, end: previousEnd)
    report("expected an indented block", place)
    return damagedBlock(place)
  }

  private mutating func damagedBlock(_ place: SourceRange) -> Block {
    let mark = scratch.statements.count
    push(.damaged, place)
    return scratch.statements.move(from: mark, to: &module.statementLists)
  }

  /// The statements from an indent to its dedent.
  mutating func indentedBlock() -> Block {
    guard depth < Self.maximumDepth else {
      let place = SourceRange(start: tokenStart, end: tokenStart)
      report("nested too deeply: more than \(Self.maximumDepth) levels", place)
      skipIndentedBlock()
      return damagedBlock(place)
    }
    depth += 1
    defer { leave() }
    advanceLayout()
    return block(isNested: true)
  }

  /// Moves behind the dedent of the block whose indent is the current token or was passed.
  mutating func skipIndentedBlock() {
    var level = kind == .indent ? 0 : 1
    while kind != .endOfFile {
      if kind == .indent { level += 1 }
      if kind == .dedent { level -= 1 }
      if kind.isLayout { advanceLayout() } else { advance() }
      if level <= 0 { return }
    }
  }

  private mutating func block(isNested: Bool) -> Block {
    let mark = scratch.statements.count
    var unexpectedIndents = 0
    lastWasDamaged = false
    while kind != .endOfFile {
      switch kind {
      case .dedent:
        advanceLayout()
        if unexpectedIndents == 0, isNested {
          return scratch.statements.move(from: mark, to: &module.statementLists)
        }
        unexpectedIndents = max(0, unexpectedIndents - 1)
      case .indent:
        damagedLayout("unexpected indentation", at: SourceRange(start: tokenStart, end: tokenStart))
        unexpectedIndents += 1
      case .layoutError:
        let issue = issues[Int(token.value)]
        damagedLayout(issue.message, at: issue.range)
      case .newline: advanceLayout()
      default: statement()
      }
    }
    return scratch.statements.move(from: mark, to: &module.statementLists)
  }

  private mutating func damagedLayout(_ message: String, at place: SourceRange) {
    report(message, place)
    push(.damaged, place)
    advanceLayout()
  }

  mutating func push(_ statement: Statement, from start: UInt32) {
    push(statement, SourceRange(start: start, end: max(start, previousEnd)))
  }

  mutating func push(_ statement: Statement, _ range: SourceRange) {
    scratch.statements.append(add(statement, range))
  }

  mutating func add(_ statement: Statement, _ range: SourceRange) -> StatementID {
    module.statements.append(statement)
    module.statementRanges.append(range)
    if case .damaged = statement { lastWasDamaged = true } else { lastWasDamaged = false }
    return StatementID(index: UInt32(module.statements.count - 1))
  }

  private mutating func statement() {
    let mark = StatementMark(index: index, start: tokenStart, expressions: module.expressions.count)
    if kind.continuesCompound, lastWasDamaged {
      failed = true
      _ = skipToLineEnd()
      return recover(from: mark)
    }
    var start = mark.start
    if let compound = compoundStatement(start: &start) {
      if failed { return recover(from: mark) }
      push(compound, from: start)
    } else {
      simpleStatements()
    }
  }

  /// Leaves a damaged statement in place of what could not be read, and passes over the block
  /// that belongs to it: what it holds is not known to run. Damage in that block is told too,
  /// except in one of `case`, which means nothing without its `match`.
  private mutating func recover(from mark: StatementMark) {
    failed = false
    let place = SourceRange(start: mark.start, end: max(mark.start, previousEnd))
    if kind == .newline { advanceLayout() }
    if kind == .indent {
      if depth < Self.maximumDepth, !spells("match", at: mark.index) {
        _ = indentedBlock()
      } else {
        skipIndentedBlock()
      }
    }
    module.expressions.removeSubrange(mark.expressions...)
    module.expressionRanges.removeSubrange(mark.expressions...)
    push(.damaged, place)
  }

  /// The simple statements of one logical line.
  private mutating func simpleStatements() {
    while true {
      let mark = StatementMark(
        index: index, start: tokenStart, expressions: module.expressions.count)
      let statement = simpleStatement()
      if kind != .semicolon, kind != .newline { failBehind(statement) }
      if failed { return recover(from: mark) }
      push(statement, from: mark.start)
      let hasMore = accept(.semicolon) && kind != .newline
      if !hasMore { break }
    }
    advanceLayout()
  }

  /// Something stands behind a whole statement on its line.
  private mutating func failBehind(_ statement: Statement) {
    if case .expression(let id) = statement, case .name = node(id) {
      let start = range(of: id)
      let word = String(decoding: bytes[Int(start.start)..<Int(start.end)], as: UTF8.self)
      if word == "print" || word == "exec" {
        return fail(at: start, "'\(word)' is a function in Python 3: its parentheses are missing")
      }
    }
    fail("unexpected \(describeToken())")
  }

  private mutating func simpleStatement() -> Statement {
    switch kind {
    case .pass: return keyword(.pass)
    case .break: return keyword(.break)
    case .continue: return keyword(.continue)
    case .return:
      advance()
      return .return(kind.startsExpression ? expressions() : nil)
    case .raise: return raiseStatement()
    case .assert:
      advance()
      let condition = expression()
      return .assert(condition, message: accept(.comma) ? expression() : nil)
    case .del: return deleteStatement()
    case .global: return .global(declaredNames())
    case .nonlocal: return .nonlocal(declaredNames())
    case .import: return importStatement()
    case .from: return importFromStatement()
    case .name where nextKind == .name && spells("type", at: index): return typeAlias()
    case .yield: return assignmentOrExpression(yieldExpression(), from: nil)
    default:
      let start = tokenStart
      return assignmentOrExpression(expressions(), from: start)
    }
  }

  private mutating func keyword(_ statement: Statement) -> Statement {
    advance()
    return statement
  }

  private mutating func raiseStatement() -> Statement {
    advance()
    guard kind.startsExpression else { return .raise(nil, cause: nil) }
    let error = expression()
    return .raise(error, cause: accept(.from) ? expression() : nil)
  }

  private mutating func deleteStatement() -> Statement {
    advance()
    let mark = scratch.expressions.count
    repeat {
      guard kind.startsExpression || scratch.expressions.count == mark else { break }
      let target = bitwiseOr()
      checkDeletion(target)
      scratch.expressions.append(target)
    } while accept(.comma)
    return .delete(scratch.expressions.move(from: mark, to: &module.expressionLists))
  }

  private mutating func declaredNames() -> NodeList<Identifier> {
    advance()
    let mark = scratch.identifiers.count
    repeat {
      let name = identifier()
      scratch.identifiers.append(name)
    } while accept(.comma)
    return scratch.identifiers.move(from: mark, to: &module.identifierLists)
  }

  /// What follows a first expression; `start` is nil where it cannot be a target.
  private mutating func assignmentOrExpression(
    _ first: ExpressionID, from start: UInt32?
  ) -> Statement {
    switch kind {
    case .equal: return assignment(first)
    case .colon:
      guard start != nil else { break }
      checkSingleTarget(first)
      advance()
      let annotation = expression()
      let value = accept(.equal) ? assignedValue() : nil
      return .annotatedAssign(first, annotation: annotation, value: value)
    default:
      guard kind.isAugmentedAssignment, let joined = kind.binaryOperator else { break }
      checkSingleTarget(first)
      advance()
      return .augmentedAssign(first, joined, value: assignedValue())
    }
    return .expression(first)
  }

  private mutating func assignment(_ first: ExpressionID) -> Statement {
    let mark = scratch.expressions.count
    var value = first
    while kind == .equal {
      checkTarget(value)
      scratch.expressions.append(value)
      guard accept(.equal) else { break }
      value = assignedValue()
    }
    let targets = scratch.expressions.move(from: mark, to: &module.expressionLists)
    return .assign(targets, value: value)
  }
}

/// Where a statement begins: its first token and place, and the expressions before its own, which
/// belong to nothing once it is damaged.
private struct StatementMark {
  var index: Int
  var start: UInt32
  var expressions: Int
}

extension TokenKind {
  fileprivate var isLayout: Bool {
    self == .newline || self == .indent || self == .dedent || self == .layoutError
  }

  fileprivate var continuesCompound: Bool {
    self == .elif || self == .else || self == .except || self == .finally
  }

  fileprivate var isAugmentedAssignment: Bool {
    rawValue >= TokenKind.plusEqual.rawValue && rawValue <= TokenKind.caretEqual.rawValue
  }
}

// What may be assigned to, deleted or bound by a loop (the grammar's `star_targets`).

import SourceText

extension Parser {
  /// Targets up to `in` or `=`: one, or a tuple without parentheses.
  mutating func targets() -> ExpressionID {
    let start = tokenStart
    let first = target()
    guard kind == .comma else { return first }
    return tuple(startingWith: first, from: start) { $0.target() }
  }

  /// One target, a starred one included.
  mutating func target() -> ExpressionID {
    let target = kind == .star ? starred() : bitwiseOr()
    checkTarget(target)
    return target
  }

  mutating func checkTarget(_ id: ExpressionID) {
    guard !failed else { return }
    switch node(id) {
    case .name, .attribute, .subscript, .damaged: return
    case .starred(let value):
      if case .starred = node(value) { return refuse(value, "assign to") }
      checkTarget(value)
    case .tuple(let elements), .list(let elements):
      for offset in elements.start..<elements.start + elements.count {
        checkTarget(module.expressionLists[Int(offset)])
      }
    default: refuse(id, "assign to")
    }
  }

  /// A target of `+=` and of an annotation: nothing to unpack.
  mutating func checkSingleTarget(_ id: ExpressionID) {
    switch node(id) {
    case .name, .attribute, .subscript: return
    default: refuse(id, "assign to")
    }
  }

  mutating func checkDeletion(_ id: ExpressionID) {
    guard !failed else { return }
    switch node(id) {
    case .name, .attribute, .subscript: return
    case .tuple(let elements), .list(let elements):
      for offset in elements.start..<elements.start + elements.count {
        checkDeletion(module.expressionLists[Int(offset)])
      }
    default: refuse(id, "delete")
    }
  }

  private mutating func refuse(_ id: ExpressionID, _ verb: StaticString) {
    let place = range(of: id)
    fail(at: place, "cannot \(verb) \(Self.describe(node(id)))")
  }

  private static func describe(_ expression: Expression) -> StaticString {
    switch expression {
    case .none: "None"
    case .true: "True"
    case .false: "False"
    case .ellipsis: "'...'"
    case .call: "a function call"
    case .integer, .float, .imaginary, .string, .bytes: "a literal"
    case .formatted: "an f-string"
    case .template: "a t-string"
    case .comparison: "a comparison"
    case .conditional: "a conditional expression"
    case .lambda: "a lambda"
    case .assignment: "an assignment expression"
    case .listComprehension, .setComprehension, .dictionaryComprehension: "a comprehension"
    case .generator: "a generator expression"
    case .await: "an await expression"
    case .yield, .yieldFrom: "a yield expression"
    case .dictionary: "a dictionary"
    case .set: "a set"
    case .tuple: "a tuple"
    case .list: "a list"
    case .starred: "a starred expression"
    default: "an expression"
    }
  }
}

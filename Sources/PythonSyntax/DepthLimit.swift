// Bounds the depth of expression trees, so that whoever walks one may recurse.

import SourceText

extension SyntaxTree {
  /// The most levels of one expression; see `parsePython`.
  static let maximumHeight = 1_000

  /// Replaces each expression above that height by a damaged one, with a diagnostic.
  mutating func limitHeights() {
    var reportedStart: UInt32?
    for index in expressionsAboveLimit() {
      expressions[index] = .damaged
      let place = expressionRanges[index]
      guard place.start != reportedStart else { continue }
      reportedStart = place.start
      report("nested too deeply: an expression of more than \(Self.maximumHeight) levels", place)
    }
  }

  /// Operands stand before their operators in the array, so one pass over it knows all heights.
  /// What is above the limit counts as one level, since it is to be replaced.
  private func expressionsAboveLimit() -> [Int] {
    var result: [Int] = []
    var heights = [UInt16](repeating: 1, count: expressions.count)
    for index in expressions.indices {
      let height = 1 + heightOfOperands(expressions[index], heights)
      if height <= Self.maximumHeight {
        heights[index] = UInt16(height)
      } else {
        result.append(index)
      }
    }
    return result
  }

  private func heightOfOperands(_ expression: Expression, _ heights: [UInt16]) -> Int {
    var height = 0
    func see(_ operand: ExpressionID?) {
      if let operand { height = max(height, Int(heights[Int(operand.index)])) }
    }
    switch expression {
    case .name, .none, .true, .false, .ellipsis, .integer, .float, .imaginary, .string, .bytes,
      .damaged:
      break
    case .formatted(let parts), .template(let parts): visitOperands(of: parts, see)
    case .attribute(let value, _), .unary(_, let value), .starred(let value), .await(let value),
      .yieldFrom(let value):
      see(value)
    case .yield(let value): see(value)
    case .subscript(let left, let right), .binary(_, let left, let right),
      .assignment(let left, value: let right):
      see(left)
      see(right)
    case .slice(let lower, let upper, let step):
      see(lower)
      see(upper)
      see(step)
    case .conditional(let test, let body, let otherwise):
      see(test)
      see(body)
      see(otherwise)
    case .call(let function, let arguments):
      see(function)
      for argument in self[arguments] { see(argument.value) }
    case .boolean(_, let list), .list(let list), .tuple(let list), .set(let list):
      for operand in self[list] { see(operand) }
    case .comparison(let first, let rest):
      see(first)
      for next in self[rest] { see(next.operand) }
    case .lambda(let parameters, let body):
      visitOperands(of: parameters, see)
      see(body)
    case .dictionary(let items):
      for item in self[items] {
        see(item.key)
        see(item.value)
      }
    case .listComprehension(let element, let clauses), .setComprehension(let element, let clauses),
      .generator(let element, let clauses):
      see(element)
      visitOperands(of: clauses, see)
    case .dictionaryComprehension(let key, let value, let clauses):
      see(key)
      see(value)
      visitOperands(of: clauses, see)
    }
    return height
  }

  private func visitOperands(of parts: NodeList<FormattedPart>, _ visit: (ExpressionID?) -> Void) {
    for part in self[parts] {
      guard case .replacement(let value, _, let format) = part else { continue }
      visit(value)
      if let format { visitOperands(of: format, visit) }
    }
  }

  private func visitOperands(of id: ParametersID, _ visit: (ExpressionID?) -> Void) {
    let parameters = self[id]
    for list in [parameters.positionalOnly, parameters.regular, parameters.keywordOnly] {
      for parameter in self[list] { visit(parameter.defaultValue) }
    }
  }

  private func visitOperands(
    of clauses: NodeList<ComprehensionClause>, _ visit: (ExpressionID?) -> Void
  ) {
    for clause in self[clauses] {
      visit(clause.target)
      visit(clause.iterable)
      for condition in self[clause.conditions] { visit(condition) }
    }
  }
}

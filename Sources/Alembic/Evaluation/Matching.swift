// `match`: patterns against values, with a third answer where the value is not known.

import PythonSyntax
import SourceText

extension Interpreter {
  func executeMatch(
    _ subject: ExpressionID, _ cases: ArraySlice<MatchCase>, in scope: Scope
  ) throws(Interruption) -> Completion {
    let value = try evaluate(subject, in: scope)
    return try executeMatch(value, subject, cases, in: scope)
  }

  private func executeMatch(
    _ value: Value, _ subject: ExpressionID, _ cases: ArraySlice<MatchCase>, in scope: Scope
  ) throws(Interruption) -> Completion {
    var rest = cases
    while let matchCase = rest.popFirst() {
      switch try holds(matchCase, value, in: scope) {
      case .holds: return try execute(matchCase.body, in: scope)
      case .fails: continue
      case .unknown(let reason):
        guard budget.depth < Budget.maximumDepth else { throw .exhausted }
        budget.depth += 1
        defer { budget.depth -= 1 }
        let remaining = rest
        let code = scope.code
        return try alternatives(
          conditionReason(reason, subject, in: code), at: code.range(of: matchCase.pattern)
        ) { () throws(Interruption) in
          self.captureUnknown(matchCase.pattern, reason, in: scope)
          return try self.execute(matchCase.body, in: scope)
        } _: { () throws(Interruption) in
          try self.executeMatch(value, subject, remaining, in: scope)
        }
      }
    }
    return .normal
  }

  private func holds(
    _ matchCase: MatchCase, _ value: Value, in scope: Scope
  ) throws(Interruption) -> Truth {
    let matched = try matches(matchCase.pattern, value, in: scope)
    guard let condition = matchCase.guardCondition, case .holds = matched else { return matched }
    return try self.condition(condition, in: scope)
  }

  private func matches(
    _ id: PatternID, _ value: Value, in scope: Scope
  ) throws(Interruption) -> Truth {
    guard budget.depth < Budget.maximumDepth else { throw .exhausted }
    budget.depth += 1
    defer { budget.depth -= 1 }
    try charge()
    let code = scope.code
    let range = code.range(of: id)
    switch code[id] {
    case .wildcard: return .holds
    case .capture(let name):
      bind(name.index, to: value, in: scope)
      return .holds
    case .named(let pattern, let name):
      let result = try matches(pattern, value, in: scope)
      if case .holds = result { bind(name.index, to: value, in: scope) }
      return result
    case .value(let expression):
      let expected = try evaluate(expression, in: scope)
      return Truth(
        equal(value, expected), value.unknownReason ?? notKnown(value, "match", at: range))
    case .singleton(let expression):
      if let reason = value.unknownReason { return .unknown(reason) }
      let expected = try evaluate(expression, in: scope)
      return isSame(value, expected) ? .holds : .fails
    case .alternatives(let patterns):
      for pattern in code[patterns] {
        let result = try matches(pattern, value, in: scope)
        if case .fails = result { continue }
        return result
      }
      return .fails
    case .sequence(let patterns):
      return try matches(sequence: code[patterns], value, at: range, in: scope)
    case .star, .mapping, .class, .damaged:
      return .unknown(
        Unknown(OpaqueReason(.unsupportedSyntax, "match pattern"), range: range))
    }
  }

  private func matches(
    sequence patterns: ArraySlice<PatternID>, _ value: Value, at range: SourceRange,
    in scope: Scope
  ) throws(Interruption) -> Truth {
    let code = scope.code
    if let reason = value.unknownReason { return .unknown(reason) }
    let elements: [Value]
    switch value {
    case .list(let list): elements = list.elements
    case .tuple(let tuple): elements = tuple
    case .string, .bytes, .dictionary, .set, .none, .integer, .boolean, .float: return .fails
    default: return .unknown(notKnown(value, "match", at: range))
    }
    let star = patterns.firstIndex { if case .star = code[$0] { true } else { false } }
    guard let star else {
      guard elements.count == patterns.count else { return .fails }
      return try matches(all: zip(patterns, elements), in: scope)
    }
    let before = star - patterns.startIndex
    let after = patterns.endIndex - star - 1
    guard elements.count >= before + after else { return .fails }
    if case .star(let name?) = code[patterns[star]] {
      let middle = Array(elements[before..<(elements.count - after)])
      bind(name.index, to: .list(ListObject(middle)), in: scope)
    }
    let result = try matches(all: zip(patterns, elements.prefix(before)), in: scope)
    guard case .holds = result else { return result }
    return try matches(all: zip(patterns.suffix(after), elements.suffix(after)), in: scope)
  }

  private func matches(
    all pairs: some Sequence<(PatternID, Value)>, in scope: Scope
  ) throws(Interruption) -> Truth {
    for (pattern, element) in pairs {
      let result = try matches(pattern, element, in: scope)
      guard case .holds = result else { return result }
    }
    return .holds
  }

  /// The names that a pattern would bind if it matched.
  private func captureUnknown(_ id: PatternID, _ reason: Unknown, in scope: Scope) {
    let code = scope.code
    switch code[id] {
    case .capture(let name): bind(name.index, to: .unknown(reason), in: scope)
    case .named(let pattern, let name):
      bind(name.index, to: .unknown(reason), in: scope)
      captureUnknown(pattern, reason, in: scope)
    case .star(let name?): bind(name.index, to: .unknown(reason), in: scope)
    case .sequence(let patterns), .alternatives(let patterns):
      for pattern in code[patterns] { captureUnknown(pattern, reason, in: scope) }
    case .mapping(let items, let rest):
      for item in code[items] { captureUnknown(item.pattern, reason, in: scope) }
      if let rest { bind(rest.index, to: .unknown(reason), in: scope) }
    case .class(_, let patterns, let keywords):
      for pattern in code[patterns] { captureUnknown(pattern, reason, in: scope) }
      for keyword in code[keywords] { captureUnknown(keyword.pattern, reason, in: scope) }
    default: break
    }
  }
}

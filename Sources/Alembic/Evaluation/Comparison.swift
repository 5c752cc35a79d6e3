// Equality, order, identity and membership.

import PythonSyntax
import SourceText

extension Interpreter {
  func compare(
    _ first: ExpressionID, _ rest: ArraySlice<Comparison>, at range: SourceRange,
    in scope: Scope
  ) throws(Interruption) -> Value {
    var left = try evaluate(first, in: scope)
    var result = Value.boolean(true)
    var reason: Unknown?
    for (offset, comparison) in rest.enumerated() {
      let right = try evaluate(comparison.operand, in: scope)
      result = try compare(comparison.comparison, left, right, at: range)
      if offset == rest.count - 1, reason == nil { return result }
      switch truth(result) {
      case false?: return result
      case nil: reason = reason ?? result.unknownReason ?? notKnown(result, "truth of", at: range)
      case true?: break
      }
      left = right
    }
    if let reason { return unknown(reason) }
    return result
  }

  func compare(
    _ comparison: ComparisonOperator, _ left: Value, _ right: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    func answer(_ known: Bool?, not: Bool = false) -> Value {
      if let known { return .boolean(known != not) }
      return unknown(
        left.firstUnknown() ?? right.firstUnknown() ?? notKnown(left, "comparison of", at: range))
    }
    switch comparison {
    case .is: return answer(identical(left, right))
    case .isNot: return answer(identical(left, right), not: true)
    case .in, .notIn:
      let result = try contains(right, left, at: range)
      guard case .boolean(let known) = result else { return result }
      return .boolean(known != (comparison == .notIn))
    case .equal, .notEqual:
      let method = comparison == .equal ? "__eq__" : "__ne__"
      if case .model(let model) = left {
        return try callModel(model, method, CallArguments(positional: [right], range: range))
      }
      if case .model(let model) = right, left.unknownReason == nil {
        return try callModel(model, method, CallArguments(positional: [left], range: range))
      }
      if case .instance(let instance) = left, let own = instance.type.lookup("__eq__") {
        let result = try call(
          bind(own, to: left, owner: instance.type),
          CallArguments(positional: [right], range: range))
        guard comparison == .notEqual else { return result }
        return truth(result).map { .boolean(!$0) } ?? result
      }
      return answer(equal(left, right), not: comparison == .notEqual)
    case .less, .lessEqual, .greater, .greaterEqual:
      return try ordered(comparison, left, right, at: range)
    }
  }

  private func ordered(
    _ comparison: ComparisonOperator, _ left: Value, _ right: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let order = order(left, right) {
      switch comparison {
      case .less: return .boolean(order < 0)
      case .lessEqual: return .boolean(order <= 0)
      case .greater: return .boolean(order > 0)
      default: return .boolean(order >= 0)
      }
    }
    if case .set(let left) = left, case .set(let right) = right, left.taint == nil,
      right.taint == nil
    {
      try charge(for: [.set(left), .set(right)])
      switch comparison {
      case .less: return .boolean(left.keys.isStrictSubset(of: right.keys))
      case .lessEqual: return .boolean(left.keys.isSubset(of: right.keys))
      case .greater: return .boolean(left.keys.isStrictSuperset(of: right.keys))
      default: return .boolean(left.keys.isSuperset(of: right.keys))
      }
    }
    let (name, reflected) =
      switch comparison {
      case .less: ("__lt__", "__gt__")
      case .lessEqual: ("__le__", "__ge__")
      case .greater: ("__gt__", "__lt__")
      default: ("__ge__", "__le__")
      }
    if let result = try special(name, left, [right], at: range) { return result }
    if let result = try special(reflected, right, [left], at: range) { return result }
    if let reason = left.firstUnknown() ?? right.firstUnknown() { return unknown(reason) }
    return unknown(notKnown(left, "order of", at: range))
  }

  /// Negative, zero or positive as Python orders the values; nil if they have no known order.
  func order(_ left: Value, _ right: Value) -> Int? {
    guard !budget.isExhausted else { return nil }
    switch (left, right) {
    case (.string(let first), .string(let second)):
      spend(on: left)
      spend(on: right)
      // UTF-8 orders as code points do.
      if first.isIdentical(to: second) { return 0 }
      return first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
    case (.bytes(let first), .bytes(let second)):
      spend(on: left)
      spend(on: right)
      return first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
    case (.tuple(let left), .tuple(let right)): return order(left, right)
    case (.list(let left), .list(let right)):
      return left.taint == nil && right.taint == nil ? order(left.elements, right.elements) : nil
    case (.instance(let instance), _):
      if instance.type.flavor == .namedTuple { return order(.tuple(instance.fieldValues), right) }
      return instance.primitive.flatMap { order($0, right) }
    case (_, .instance(let instance)): return instance.primitive.flatMap { order(left, $0) }
    case (.model(let left as any ConstantObject), .model(let right as any ConstantObject)):
      return left.order(right)
    default:
      if case .integer(let left) = left, case .integer(let right) = right {
        return left < right ? -1 : left > right ? 1 : 0
      }
      guard let left = double(left), let right = double(right) else { return nil }
      return left < right ? -1 : left > right ? 1 : left == right ? 0 : nil
    }
  }

  private func order(_ left: [Value], _ right: [Value]) -> Int? {
    guard budget.depth < Budget.maximumDepth else { return nil }
    budget.depth += 1
    defer { budget.depth -= 1 }
    for (first, second) in zip(left, right) {
      switch equal(first, second) {
      case true?: continue
      case false?: return order(first, second)
      case nil: return nil
      }
    }
    return left.count - right.count
  }

  func double(_ value: Value) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .float(let value): value
    case .boolean(let value): value ? 1 : 0
    default: nil
    }
  }

  /// `left is right`; nil where CPython's answer is a matter of its implementation.
  func identical(_ left: Value, _ right: Value) -> Bool? {
    if let first = left.identity, let second = right.identity { return first == second }
    switch (left, right) {
    case (.unknown, _), (_, .unknown): return nil
    case (.none, .none), (.ellipsis, .ellipsis): return true
    case (.none, _), (_, .none), (.ellipsis, _), (_, .ellipsis): return false
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.boolean, _), (_, .boolean): return false
    case (.library(let left), .library(let right)): return left == right
    default: return left.identity != nil || right.identity != nil ? false : nil
    }
  }

  /// `left == right`; nil if it is not known.
  func equal(_ left: Value, _ right: Value) -> Bool? {
    guard budget.depth < Budget.maximumDepth, budget.charge(1) else { return nil }
    budget.depth += 1
    defer { budget.depth -= 1 }
    switch (left, right) {
    case (.string(let first), .string(let second)):
      spend(on: left)
      return first.isIdentical(to: second)
    case (.integer(let left), .integer(let right)): return left == right
    case (.none, .none), (.ellipsis, .ellipsis): return true
    case (.bytes(let first), .bytes(let second)):
      spend(on: left)
      return first == second
    case (.tuple(let left), .tuple(let right)): return equal(left, right)
    case (.list(let left), .list(let right)):
      guard left.taint == nil, right.taint == nil else { return nil }
      return equal(left.elements, right.elements)
    case (.set(let left), .set(let right)):
      spend(on: .set(left))
      return left.taint == nil && right.taint == nil ? left.keys == right.keys : nil
    case (.dictionary(let left), .dictionary(let right)): return equal(left, right)
    case (.instance(let left), .instance(let right)): return equal(left, right)
    case (.instance(let instance), let other), (let other, .instance(let instance)):
      if instance.type.flavor == .namedTuple { return equal(.tuple(instance.fieldValues), other) }
      if let value = instance.primitive { return equal(value, other) }
      return other.unknownReason == nil && instance.type.lookup("__eq__") == nil
        && instance.type.anyUnknownBase == nil ? false : nil
    case (.unknown, _), (_, .unknown), (.method, _), (_, .method): return nil
    case (.library(let left), .library(let right)): return left == right
    case (.range, .range): return left.key == right.key
    case (.model(let model), let other), (let other, .model(let model)):
      if case .model(let other) = other, other === model { return true }
      if let first = model.key, let second = other.key { return first == second }
      return nil
    default:
      if let left = double(left), let right = double(right) { return left == right }
      if let first = left.identity, let second = right.identity { return first == second }
      return false
    }
  }

  private func equal(_ left: [Value], _ right: [Value]) -> Bool? {
    guard left.count == right.count else { return false }
    var result: Bool? = true
    for (first, second) in zip(left, right) {
      switch equal(first, second) {
      case false?: return false
      case nil: result = nil
      case true?: break
      }
    }
    return result
  }

  private func equal(_ left: DictionaryObject, _ right: DictionaryObject) -> Bool? {
    guard left.taint == nil, right.taint == nil else { return nil }
    guard left.count == right.count else { return false }
    var result: Bool? = true
    for (key, value) in left.entries {
      guard let valueKey = self.key(of: key), let other = right[valueKey] else { return false }
      switch equal(value, other) {
      case false?: return false
      case nil: result = nil
      case true?: break
      }
    }
    return result
  }

  private func equal(_ left: InstanceObject, _ right: InstanceObject) -> Bool? {
    if left === right { return true }
    if let first = left.primitive, let second = right.primitive { return equal(first, second) }
    switch left.type.flavor {
    case .namedTuple: return equal(left.fieldValues, right.fieldValues)
    case .dataclass:
      return left.type === right.type ? equal(left.fieldValues, right.fieldValues) : false
    default: break
    }
    return left.type.lookup("__eq__") == nil && left.type.anyUnknownBase == nil ? false : nil
  }

  /// `element in container`.
  func contains(
    _ container: Value, _ element: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    switch container {
    case .unknown(let reason): return unknown(reason)
    case .string(let text):
      try charge(for: [container, element])
      switch element {
      case .string(let part): return .boolean(text.contains(text: part))
      case .instance(let instance):
        if case .string(let part)? = instance.primitive {
          return .boolean(text.contains(text: part))
        }
      case .unknown(let reason): return unknown(reason)
      default: break
      }
      throw raise("TypeError", "'in <string>' requires string as left operand", at: range)
    case .dictionary(let dictionary):
      if let reason = dictionary.taint { return unknown(reason) }
      if let key = self.key(of: element) { return .boolean(dictionary[key] != nil) }
      return unknown(try unhashable(element, at: range))
    case .set(let set):
      if let reason = set.taint { return unknown(reason) }
      if let key = self.key(of: element) { return .boolean(set.keys.contains(key)) }
      return unknown(try unhashable(element, at: range))
    case .range(let start, let end, let step):
      guard case .integer(let value) = element else { break }
      let (distance, overflow) = value.subtractingReportingOverflow(start)
      guard !overflow, step != 0 else { return outOfRange(at: range) }
      return .boolean(
        (step > 0 ? value >= start && value < end : value <= start && value > end)
          && distance % step == 0)
    case .model(let model) where !(model is IteratorObject):
      return try callModel(
        model, "__contains__", CallArguments(positional: [element], range: range))
    case .instance(let instance):
      if let method = instance.type.lookup("__contains__") {
        return try call(
          bind(method, to: container, owner: instance.type),
          CallArguments(positional: [element], range: range))
      }
      if let value = instance.primitive { return try contains(value, element, at: range) }
    default: break
    }
    guard let elements = try iterateAnyOrder(container, at: range) else {
      return unknown(container.unknownReason ?? notKnown(container, "in", at: range))
    }
    try charge(elements.count)
    var gap: Unknown?
    for candidate in elements {
      switch equal(candidate, element) {
      case true?: return .boolean(true)
      case nil:
        gap =
          gap ?? candidate.firstUnknown() ?? element.firstUnknown()
          ?? notKnown(candidate, "comparison of", at: range)
      case false?: break
      }
    }
    if let gap { return unknown(gap) }
    return .boolean(false)
  }
}

extension String {
  /// Whether a text occurs in the string, code point by code point.
  func contains(text: String) -> Bool {
    text.isEmpty || Text(self).find(Array(text.utf8), from: 0) != nil
  }
}

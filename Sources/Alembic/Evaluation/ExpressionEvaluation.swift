// Evaluates expressions to values.

import PythonSyntax
import SourceText

/// The answer to a condition.
enum Truth {
  case holds, fails
  case unknown(Unknown)

  init(_ known: Bool?, _ reason: @autoclosure () -> Unknown) {
    switch known {
    case true?: self = .holds
    case false?: self = .fails
    case nil: self = .unknown(reason())
    }
  }
}

extension Interpreter {
  func evaluate(_ id: ExpressionID, in scope: Scope) throws(Interruption) -> Value {
    try charge()
    guard budget.depth < Budget.maximumDepth else { throw .exhausted }
    budget.depth += 1
    defer { budget.depth -= 1 }
    let code = scope.code
    let expression = code[id]
    switch expression {
    case .list, .tuple, .set, .dictionary, .call, .lambda, .binary, .listComprehension,
      .setComprehension, .generator, .dictionaryComprehension:
      try charge(Budget.objectWork)
    default: break
    }
    switch expression {
    case .name(let name): return try lookUp(name, in: scope, at: code.range(of: id))
    case .none: return .none
    case .true: return .boolean(true)
    case .false: return .boolean(false)
    case .ellipsis: return .ellipsis
    case .string(let literal): return try string(literal, at: id, in: code)
    case .integer, .float, .imaginary, .bytes: return number(id, in: code)
    case .formatted(let parts): return try formatted(parts, at: code.range(of: id), in: scope)
    case .attribute(let base, let name):
      let object = try evaluate(base, in: scope)
      return try attribute(object, code.text(of: name), at: code.range(of: id))
    case .call(let callee, let arguments):
      return try evaluateCall(callee, arguments, at: code.range(of: id), in: scope)
    case .subscript(let base, let index):
      let object = try evaluate(base, in: scope)
      // `list[int]`, `TypeDecorator[UUID | str]`: what stands in the brackets changes nothing.
      if case .library(let name) = object, isGeneric(name) { return object }
      return try item(object, evaluateIndex(index, in: scope), at: code.range(of: id))
    case .list(let elements):
      return .list(ListObject(try evaluateElements(elements, in: scope)))
    case .tuple(let elements): return .tuple(try evaluateElements(elements, in: scope))
    case .set(let elements):
      return try makeSet(evaluateElements(elements, in: scope), at: code.range(of: id))
    case .dictionary(let items): return try evaluateDictionary(items, in: scope)
    case .unary(let operation, let operand):
      return try unary(operation, operand, at: code.range(of: id), in: scope)
    case .binary(let operation, let left, let right):
      let first = try evaluate(left, in: scope)
      return try binary(
        operation, first, evaluate(right, in: scope), at: code.range(of: id))
    case .boolean(let operation, let operands):
      return try boolean(operation, code[operands], in: scope)
    case .comparison(let first, let rest):
      return try compare(first, code[rest], at: code.range(of: id), in: scope)
    case .conditional(let test, let body, let otherwise):
      return try conditional(test, body, otherwise, in: scope)
    case .lambda(let parameters, let body):
      return .function(try makeLambda(parameters, body, in: scope))
    case .listComprehension, .setComprehension, .generator, .dictionaryComprehension:
      return try comprehension(id, in: scope)
    case .assignment(let target, let value):
      let result = try evaluate(value, in: scope)
      try assign(target, result, in: scope.assignmentScope)
      return result
    case .await(let value): return try finish(evaluate(value, in: scope))
    case .yield(let value): return try evaluateYield(value, at: code.range(of: id), in: scope)
    case .yieldFrom(let value):
      return try evaluateYieldFrom(value, at: code.range(of: id), in: scope)
    case .slice: return try evaluateIndex(id, in: scope)
    case .starred, .template:
      return unknown(.unsupportedSyntax, "expression", at: code.range(of: id))
    case .damaged:
      opaque(OpaqueReason(.damaged, "syntax error"), at: code.range(of: id))
      return unknown(.damaged, "syntax error", at: code.range(of: id))
    }
  }

  private func string(
    _ literal: StringID, at id: ExpressionID, in code: PythonModule
  ) throws(Interruption) -> Value {
    guard let text = code.string(literal) else {
      return unknown(.unsupportedSyntax, "characters outside of Unicode", at: code.range(of: id))
    }
    try charge(text.utf8.count >> 6)
    return .string(text)
  }

  private func number(_ id: ExpressionID, in code: PythonModule) -> Value {
    switch code[id] {
    case .integer: if let value = code.integer(id) { return .integer(value) }
    case .float: if let value = code.float(id) { return .float(value) }
    case .bytes(let literal): if let value = code.bytes(literal) { return .bytes(value) }
    default: break
    }
    return unknown(.unsupportedSyntax, "number out of range", at: code.range(of: id))
  }

  func evaluateElements(
    _ list: NodeList<ExpressionID>, in scope: Scope
  ) throws(Interruption) -> [Value] {
    let code = scope.code
    var values: [Value] = []
    values.reserveCapacity(Int(list.count))
    for id in code[list] {
      guard case .starred(let inner) = code[id] else {
        values.append(try evaluate(id, in: scope))
        continue
      }
      let value = try evaluate(inner, in: scope)
      if let elements = try iterate(value, at: code.range(of: id)) {
        try charge(elements.count)
        values += elements
      } else {
        // How many elements there are is not known: neither is any index after it.
        let reason = value.unknownReason ?? notKnown(value, "unpacking", at: code.range(of: id))
        return [unknown(reason)]
      }
    }
    try allocate(values.count * 32)
    return values
  }

  /// An index: a value, or a slice of values.
  func evaluateIndex(_ id: ExpressionID, in scope: Scope) throws(Interruption) -> Value {
    guard case .slice(let lower, let upper, let step) = scope.code[id] else {
      return try evaluate(id, in: scope)
    }
    let bounds: [Value] = [
      try lower.map { id throws(Interruption) in try evaluate(id, in: scope) } ?? .none,
      try upper.map { id throws(Interruption) in try evaluate(id, in: scope) } ?? .none,
      try step.map { id throws(Interruption) in try evaluate(id, in: scope) } ?? .none,
    ]
    return slice(bounds, at: scope.code.range(of: id))
  }

  func slice(_ bounds: [Value], at range: SourceRange) -> Value {
    var numbers: [Int?] = []
    for bound in bounds {
      switch bound {
      case .none: numbers.append(nil)
      case .integer(let value): numbers.append(value)
      case .boolean(let value): numbers.append(value ? 1 : 0)
      default: return unknown(bound.unknownReason ?? notKnown(bound, "slice", at: range))
      }
    }
    return .model(SliceObject(lower: numbers[0], upper: numbers[1], step: numbers[2]))
  }

  private func evaluateDictionary(
    _ items: NodeList<DictionaryItem>, in scope: Scope
  ) throws(Interruption) -> Value {
    let code = scope.code
    let dictionary = DictionaryObject()
    for item in code[items] {
      let range = code.range(of: item.value)
      guard let keyID = item.key else {
        let other = try evaluate(item.value, in: scope)
        guard case .dictionary(let source) = other, source.taint == nil else {
          dictionary.taint = other.unknownReason ?? notKnown(other, "unpacking", at: range)
          continue
        }
        for (key, value) in source.entries {
          if let valueKey = self.key(of: key) { dictionary.set(key, valueKey, value) }
        }
        try allocate(source.count * 64)
        continue
      }
      let key = try evaluate(keyID, in: scope)
      let value = try evaluate(item.value, in: scope)
      if let valueKey = self.key(of: key) {
        dictionary.set(key, valueKey, value)
      } else {
        dictionary.taint = try unhashable(key, at: range)
      }
    }
    try allocate(dictionary.count * 64)
    return .dictionary(dictionary)
  }

  func makeSet(_ elements: [Value], at range: SourceRange) throws(Interruption) -> Value {
    let set = SetObject([])
    for element in elements {
      if let key = self.key(of: element) {
        set.insert(element, key)
      } else {
        set.taint = try unhashable(element, at: range)
      }
    }
    return .set(set)
  }

  private func evaluateYield(
    _ value: ExpressionID?, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Value {
    let result: Value = if let value { try evaluate(value, in: scope) } else { .none }
    guard let handler = frame.yieldHandler else {
      return unknown(.unsupportedSyntax, "yield", at: range)
    }
    return try handler(result)
  }

  private func evaluateYieldFrom(
    _ value: ExpressionID, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Value {
    let result = try evaluate(value, in: scope)
    guard let handler = frame.yieldHandler, let elements = try iterate(result, at: range) else {
      let reason = result.unknownReason ?? notKnown(result, "yield from", at: range)
      opaque(reason, at: range)
      return unknown(reason)
    }
    for element in elements { _ = try handler(element) }
    return .none
  }

  private func unary(
    _ operation: UnaryOperator, _ operand: ExpressionID, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Value {
    if operation == .not {
      switch try condition(operand, in: scope) {
      case .holds: return .boolean(false)
      case .fails: return .boolean(true)
      case .unknown(let reason): return unknown(reason)
      }
    }
    return try unary(operation, evaluate(operand, in: scope), at: range)
  }

  /// The truth of an expression; `and`, `or` and `not` are decided where one side is enough.
  func condition(_ id: ExpressionID, in scope: Scope) throws(Interruption) -> Truth {
    let code = scope.code
    switch code[id] {
    case .unary(.not, let operand):
      switch try condition(operand, in: scope) {
      case .holds: return .fails
      case .fails: return .holds
      case .unknown(let reason): return .unknown(reason)
      }
    case .boolean(let operation, let operands):
      return try condition(operation, code[operands], in: scope)
    default:
      let value = try evaluate(id, in: scope)
      return Truth(
        truth(value), value.unknownReason ?? notKnown(value, "truth of", at: code.range(of: id)))
    }
  }

  private func condition(
    _ operation: BooleanOperator, _ operands: ArraySlice<ExpressionID>, in scope: Scope
  ) throws(Interruption) -> Truth {
    var firstUnknown: Unknown?
    for operand in operands {
      let result: Truth
      if firstUnknown == nil {
        result = try condition(operand, in: scope)
      } else {
        result = try maybe { () throws(Interruption) in try self.condition(operand, in: scope) }
      }
      switch (operation, result) {
      case (.and, .fails): return .fails
      case (.or, .holds): return .holds
      case (_, .unknown(let reason)): firstUnknown = firstUnknown ?? reason
      default: break
      }
    }
    if let firstUnknown { return .unknown(firstUnknown) }
    return operation == .and ? .holds : .fails
  }

  /// An operand that is evaluated only if a condition that is not known says so: an exception in it
  /// may not happen, what it emits is conditional.
  private func maybe(
    _ body: () throws(Interruption) -> Truth
  ) throws(Interruption) -> Truth {
    conditionDepth += 1
    defer { conditionDepth -= 1 }
    do {
      return try body()
    } catch .raised {
      let reason = Unknown(OpaqueReason(.condition, "an exception that may be raised"), range: nil)
      frame.mayHaveRaised = true
      return .unknown(reason)
    }
  }

  private func boolean(
    _ operation: BooleanOperator, _ operands: ArraySlice<ExpressionID>, in scope: Scope
  ) throws(Interruption) -> Value {
    var value = Value.none
    var rest = operands
    while let operand = rest.popFirst() {
      value = try evaluate(operand, in: scope)
      switch (truth(value), operation) {
      case (true?, .or), (false?, .and): return value
      case (nil, _):
        let range = scope.code.range(of: operand)
        let reason = value.unknownReason ?? notKnown(value, "truth of", at: range)
        if !rest.isEmpty {
          _ = try maybe { () throws(Interruption) in
            try self.condition(operation, rest, in: scope)
          }
        }
        return rest.isEmpty ? value : unknown(reason)
      default: break
      }
    }
    return value
  }

  private func conditional(
    _ test: ExpressionID, _ body: ExpressionID, _ otherwise: ExpressionID, in scope: Scope
  ) throws(Interruption) -> Value {
    switch try condition(test, in: scope) {
    case .holds: return try evaluate(body, in: scope)
    case .fails: return try evaluate(otherwise, in: scope)
    case .unknown(let unknownReason):
      let code = scope.code
      let reason = conditionReason(unknownReason, test, in: code)
      var first: Value?
      var second: Value?
      _ = try alternatives(reason, at: code.range(of: test)) { () throws(Interruption) in
        first = try self.evaluate(body, in: scope)
        return .normal
      } _: { () throws(Interruption) in
        second = try self.evaluate(otherwise, in: scope)
        return .normal
      }
      if let first, second == nil || isSame(first, second) { return first }
      if first == nil, let second { return second }
      return unknown(reason.standing(for: first, second))
    }
  }
}

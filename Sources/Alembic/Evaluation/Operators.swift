// Arithmetic and comparison by Python's rules.

import PythonSyntax
import SourceText

extension Interpreter {
  func unary(
    _ operation: UnaryOperator, _ value: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    switch (operation, value) {
    case (_, .unknown(let reason)): return unknown(reason)
    case (.plus, .integer), (.plus, .float): return value
    case (.plus, .boolean(let flag)): return .integer(flag ? 1 : 0)
    case (.minus, .integer(let number)):
      let (result, overflow) = (0).subtractingReportingOverflow(number)
      return overflow ? outOfRange(at: range) : .integer(result)
    case (.minus, .boolean(let flag)): return .integer(flag ? -1 : 0)
    case (.minus, .float(let number)): return .float(-number)
    case (.invert, .integer(let number)): return .integer(~number)
    case (.invert, .boolean(let flag)): return .integer(flag ? -2 : -1)
    default: break
    }
    let name =
      switch operation {
      case .minus: "__neg__"
      case .plus: "__pos__"
      case .invert, .not: "__invert__"
      }
    if let result = try special(name, value, [], at: range) { return result }
    throw raise("TypeError", "bad operand type for unary: '\(typeName(of: value))'", at: range)
  }

  func outOfRange(at range: SourceRange) -> Value {
    unknown(.unsupportedSyntax, "an integer of more than 64 bits", at: range)
  }

  func binary(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let result = try arithmetic(operation, left, right, at: range) { return result }
    try charge(for: [left, right])
    let before = budget.memory
    if let result = try containers(operation, left, right, at: range) {
      try charge(making: result, since: before)
      return result
    }
    if let result = try special(operation.method, left, [right], at: range) { return result }
    if let result = try special(operation.reflectedMethod, right, [left], at: range) {
      return result
    }
    if let reason = left.unknownReason ?? right.unknownReason { return unknown(reason) }
    if case .library = left { return unknown(notKnown(left, "operator on", at: range)) }
    if case .library = right { return unknown(notKnown(right, "operator on", at: range)) }
    throw raise(
      "TypeError",
      "unsupported operand type(s): '\(typeName(of: left))' and '\(typeName(of: right))'",
      at: range)
  }

  /// Calls a special method of a model or an instance; nil if there is none.
  func special(
    _ name: String, _ value: Value, _ arguments: [Value], at range: SourceRange
  ) throws(Interruption) -> Value? {
    let call = CallArguments(positional: arguments, range: range)
    switch value {
    case .model(let model):
      let result = try callModel(model, name, call)
      if case .library(let path) = result, path.path == "builtins.NotImplemented" { return nil }
      return result
    case .instance(let instance):
      guard let method = instance.type.lookup(name) else {
        if let value = instance.primitive { return try delegate(name, value, arguments, at: range) }
        if let reason = instance.type.anyUnknownBase { return unknown(reason) }
        return nil
      }
      return try self.call(bind(method, to: value, owner: instance.type), call)
    default: return nil
    }
  }

  /// An operator on the `str` or `int` that an enumeration's member stands for.
  private func delegate(
    _ name: String, _ value: Value, _ arguments: [Value], at range: SourceRange
  ) throws(Interruption) -> Value? {
    guard let argument = arguments.first else { return nil }
    for operation in BinaryOperator.allOperators {
      if operation.method == name { return try binary(operation, value, argument, at: range) }
      if operation.reflectedMethod == name {
        return try binary(operation, argument, value, at: range)
      }
    }
    return nil
  }

  private func number(_ value: Value) -> Value? {
    switch value {
    case .integer, .float: value
    case .boolean(let flag): .integer(flag ? 1 : 0)
    default: nil
    }
  }

  private func arithmetic(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, at range: SourceRange
  ) throws(Interruption) -> Value? {
    if case .boolean(let left) = left, case .boolean(let right) = right {
      switch operation {
      case .bitAnd: return .boolean(left && right)
      case .bitOr: return .boolean(left || right)
      case .bitXor: return .boolean(left != right)
      default: break
      }
    }
    guard let left = number(left), let right = number(right) else { return nil }
    switch (left, right) {
    case (.integer(let left), .integer(let right)):
      return try integers(operation, left, right, at: range)
    case (.integer(let left), .float(let right)):
      return try floats(operation, Double(left), right, at: range)
    case (.float(let left), .integer(let right)):
      return try floats(operation, left, Double(right), at: range)
    case (.float(let left), .float(let right)):
      return try floats(operation, left, right, at: range)
    default: return nil
    }
  }

  private func integers(
    _ operation: BinaryOperator, _ left: Int, _ right: Int, at range: SourceRange
  ) throws(Interruption) -> Value? {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide:
      if right == 0 { throw raise("ZeroDivisionError", "division by zero", at: range) }
      return .float(Double(left) / Double(right))
    case .floorDivide, .modulo:
      if right == 0 {
        throw raise("ZeroDivisionError", "integer division or modulo by zero", at: range)
      }
      if right == -1 {
        result = operation == .modulo ? (0, false) : (0).subtractingReportingOverflow(left)
        break
      }
      let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
      let isInexact = remainder != 0 && (remainder < 0) != (right < 0)
      if operation == .floorDivide { return .integer(isInexact ? quotient - 1 : quotient) }
      return .integer(isInexact ? remainder + right : remainder)
    case .power: return try power(left, right, at: range)
    case .leftShift:
      if right < 0 { throw raise("ValueError", "negative shift count", at: range) }
      guard left != 0 else { return .integer(0) }
      guard right < 63 else { return outOfRange(at: range) }
      result = left.multipliedReportingOverflow(by: 1 << right)
    case .rightShift:
      if right < 0 { throw raise("ValueError", "negative shift count", at: range) }
      return .integer(left >> min(right, 63))
    case .bitAnd: return .integer(left & right)
    case .bitOr: return .integer(left | right)
    case .bitXor: return .integer(left ^ right)
    case .matrixMultiply: return nil
    }
    return result.overflow ? outOfRange(at: range) : .integer(result.partialValue)
  }

  private func power(
    _ base: Int, _ exponent: Int, at range: SourceRange
  ) throws(Interruption) -> Value {
    if exponent < 0 {
      return unknown(.unsupportedSyntax, "a negative power", at: range)
    }
    if base == 0 || base == 1 { return .integer(exponent == 0 ? 1 : base) }
    if base == -1 { return .integer(exponent % 2 == 0 ? 1 : -1) }
    guard exponent < 64 else { return outOfRange(at: range) }
    var result = 1
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: base)
      if overflow { return outOfRange(at: range) }
      result = product
    }
    return .integer(result)
  }

  private func floats(
    _ operation: BinaryOperator, _ left: Double, _ right: Double, at range: SourceRange
  ) throws(Interruption) -> Value? {
    switch operation {
    case .add: return .float(left + right)
    case .subtract: return .float(left - right)
    case .multiply: return .float(left * right)
    case .divide, .floorDivide, .modulo:
      if right == 0 { throw raise("ZeroDivisionError", "float division by zero", at: range) }
      if operation == .divide { return .float(left / right) }
      if operation == .floorDivide { return .float((left / right).rounded(.down)) }
      let remainder = left.truncatingRemainder(dividingBy: right)
      return .float(
        remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder)
    default:
      return unknown(.unsupportedSyntax, "an operator on floats", at: range)
    }
  }

  private func containers(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, at range: SourceRange
  ) throws(Interruption) -> Value? {
    switch (operation, left, right) {
    case (.add, .string(let left), .string(let right)):
      try allocate(left.utf8.count &+ right.utf8.count)
      return .string(left + right)
    case (.add, .bytes(let left), .bytes(let right)):
      try allocate(left.count &+ right.count)
      return .bytes(left + right)
    case (.add, .tuple(let left), .tuple(let right)):
      try allocate((left.count &+ right.count) &* 32)
      return .tuple(left + right)
    case (.add, .list(let left), .list(let right)):
      if let reason = left.taint ?? right.taint { return unknown(reason) }
      try allocate((left.elements.count &+ right.elements.count) &* 32)
      return .list(ListObject(left.elements + right.elements))
    case (.multiply, .integer(let count), _): return try multiply(right, count)
    case (.multiply, _, .integer(let count)): return try multiply(left, count)
    case (.modulo, .string(let template), _):
      return try formatPercent(template, right, at: range)
    case (.bitOr, .dictionary(let left), .dictionary(let right)):
      if let reason = left.taint ?? right.taint { return unknown(reason) }
      let result = DictionaryObject(left.entries)
      for (key, value) in right.entries {
        if let valueKey = self.key(of: key) { result.set(key, valueKey, value) }
      }
      try allocate(result.count * 64)
      return .dictionary(result)
    case (_, .set(let left), .set(let right)): return setOperation(operation, left, right)
    default: return nil
    }
  }

  private func multiply(_ value: Value, _ count: Int) throws(Interruption) -> Value? {
    let count = max(0, count)
    func charge(_ size: Int) throws(Interruption) {
      let (total, overflow) = size.multipliedReportingOverflow(by: count)
      try allocate(overflow ? Int.max : total)
    }
    switch value {
    case .string(let text):
      try charge(text.utf8.count)
      return .string(Text.string(repeated(Array(text.utf8), count)))
    case .bytes(let bytes):
      try charge(bytes.count)
      return .bytes(repeated(bytes, count))
    case .tuple(let elements):
      try charge(elements.count &* 32)
      return .tuple(repeated(elements, count))
    case .list(let list):
      if let reason = list.taint { return unknown(reason) }
      try charge(list.elements.count &* 32)
      return .list(ListObject(repeated(list.elements, count)))
    default: return nil
    }
  }

  private func repeated<Element>(_ elements: [Element], _ count: Int) -> [Element] {
    if elements.isEmpty { return [] }
    if elements.count == 1 { return Array(repeating: elements[0], count: count) }
    var result: [Element] = []
    result.reserveCapacity(elements.count * count)
    for _ in 0..<count { result += elements }
    return result
  }

  func setOperation(
    _ operation: BinaryOperator, _ left: SetObject, _ right: SetObject
  ) -> Value? {
    if let reason = left.taint ?? right.taint { return unknown(reason) }
    _ = budget.charge(left.count + right.count)
    let result: [Value]
    switch operation {
    case .bitOr: result = left.elements + right.elements
    case .bitAnd:
      result = left.elements.filter { $0.key.map(right.keys.contains) ?? false }
    case .subtract:
      result = left.elements.filter { $0.key.map { !right.keys.contains($0) } ?? false }
    case .bitXor:
      result =
        left.elements.filter { $0.key.map { !right.keys.contains($0) } ?? false }
        + right.elements.filter { $0.key.map { !left.keys.contains($0) } ?? false }
    default: return nil
    }
    return .set(SetObject(result, isFrozen: left.isFrozen))
  }
}

extension BinaryOperator {
  static let allOperators: [BinaryOperator] = [
    .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .matrixMultiply,
    .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor,
  ]

  private var stem: String {
    switch self {
    case .add: "add"
    case .subtract: "sub"
    case .multiply: "mul"
    case .divide: "truediv"
    case .floorDivide: "floordiv"
    case .modulo: "mod"
    case .power: "pow"
    case .matrixMultiply: "matmul"
    case .leftShift: "lshift"
    case .rightShift: "rshift"
    case .bitAnd: "and"
    case .bitOr: "or"
    case .bitXor: "xor"
    }
  }
  var method: String { "__\(stem)__" }
  var reflectedMethod: String { "__r\(stem)__" }
}

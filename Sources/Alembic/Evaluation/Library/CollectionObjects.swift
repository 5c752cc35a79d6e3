// What functools, dataclasses and operator return: functions that are made of others.

import SourceText

/// `functools.partial(f, …)`
final class PartialObject: ModelObject {
  private let function: Value
  private let bound: CallArguments
  var typeName: String { "partial" }

  init(_ function: Value, _ bound: CallArguments) {
    self.function = function
    self.bound = bound
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "func": function
    case "args": .tuple(bound.positional)
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard name == "__call__" else {
      return interpreter.unknown(.unsupportedCall, "partial.\(name)", at: arguments.range)
    }
    var call = arguments
    call.positional = bound.positional + arguments.positional
    let own = bound.keywords.filter { keyword in
      !arguments.keywords.contains { $0.name == keyword.name }
    }
    call.keywords = own + arguments.keywords
    call.unknownRest = bound.unknownRest ?? arguments.unknownRest
    return try interpreter.call(function, call)
  }
}

/// `lru_cache(maxsize=…)`
final class CacheDecorator: ModelObject {
  var typeName: String { "function" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    Collections.cached(arguments) ?? arguments.positional.first ?? .none
  }
}

/// A decorator that leaves what it decorates as it is: `functools.wraps(f)`.
final class IdentityDecorator: ModelObject {
  var typeName: String { "function" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    name == "__call__" ? arguments.positional.first ?? .none : .none
  }
}

/// `@dataclass(…)`
final class DataclassDecorator: ModelObject {
  private let isFrozen: Bool
  var typeName: String { "function" }

  init(isFrozen: Bool?) { self.isFrozen = isFrozen ?? false }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    arguments.positional.first.map(apply) ?? .none
  }

  func apply(to target: Value) -> Value {
    guard case .class(let type) = target, type.flavor == .plain || type.flavor == .dataclass else {
      return target
    }
    type.flavor = .dataclass
    type.isFrozen = isFrozen
    type.setFields(type.annotations.map { ($0, type.attributes[$0]) })
    return target
  }
}

/// `operator.itemgetter(…)` and `attrgetter(…)`
final class GetterObject: ModelObject {
  typealias Read = @Sendable (Interpreter, Value, Value, SourceRange) throws(Interruption) -> Value
  private let keys: [Value]
  private let read: Read
  var typeName: String { "itemgetter" }

  init(_ keys: [Value], _ read: @escaping Read) {
    self.keys = keys
    self.read = read
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard name == "__call__", let value = arguments.positional.first else {
      return interpreter.unknown(.unsupportedCall, "itemgetter", at: arguments.range)
    }
    var results: [Value] = []
    for key in keys { results.append(try read(interpreter, value, key, arguments.range)) }
    return results.count == 1 ? results[0] : .tuple(results)
  }
}

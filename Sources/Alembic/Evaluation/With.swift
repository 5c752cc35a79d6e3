// `with`: the context managers of models, of classes in Python source, and generator functions.

import PythonSyntax
import SourceText

extension Interpreter {
  func executeWith(
    _ items: ArraySlice<WithItem>, _ body: Block, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Completion {
    guard let item = items.first else { return try execute(body, in: scope) }
    let place = scope.code.range(of: item.context)
    let context = try evaluate(item.context, in: scope)
    let inner: (Value) throws(Interruption) -> Completion = { entered throws(Interruption) in
      if let target = item.target { try self.assign(target, entered, in: scope) }
      return try self.executeWith(items.dropFirst(), body, at: range, in: scope)
    }
    switch context {
    case .model(let manager as GeneratorContext):
      return try enter(manager, inner)
    case .model(let suppress as SuppressContext):
      return try enter(suppress, at: place, inner)
    case .model(let model):
      return try enter(at: place, inner) { name, arguments throws(Interruption) in
        try self.callModel(model, name, arguments)
      }
    case .instance(let instance):
      guard instance.type.lookup("__exit__") != nil else { break }
      return try enter(at: place, inner) { name, arguments throws(Interruption) in
        let method = try self.attribute(context, name, at: place)
        return try self.call(method, arguments)
      }
    case .unknown(let reason):
      unknownCount += 1
      return try inner(.unknown(reason))
    default: break
    }
    opaque(
      OpaqueReason(.unsupportedCall, "with \(typeName(of: context))"), at: place)
    return try inner(unknown(.unsupportedCall, "with \(typeName(of: context))", at: place))
  }

  /// `__enter__`, the body, `__exit__` with or without an exception.
  private func enter(
    at range: SourceRange, _ body: (Value) throws(Interruption) -> Completion,
    _ method: (String, CallArguments) throws(Interruption) -> Value
  ) throws(Interruption) -> Completion {
    let entered = try method("__enter__", CallArguments(range: range))
    let completion: Completion
    do {
      completion = try body(entered)
    } catch .raised {
      guard let exception = raised else { throw .raised }
      let type = exceptionType(exception.value).map(Value.class) ?? .ellipsis
      let arguments = CallArguments(positional: [type, exception.value, .none], range: range)
      let swallowed = try method("__exit__", arguments)
      switch swallowed {
      case .none, .boolean(false): break
      default:
        if truth(swallowed) == true { return .normal }
      }
      raised = exception
      throw .raised
    }
    let value = frame.returnValue
    _ = try method(
      "__exit__", CallArguments(positional: [.none, .none, .none], range: range))
    frame.returnValue = value
    return completion
  }

  /// A function with `@contextmanager`: its body runs, and the body of the `with` at its `yield`.
  private func enter(
    _ manager: GeneratorContext, _ body: @escaping (Value) throws(Interruption) -> Completion
  ) throws(Interruption) -> Completion {
    let outer = frame
    var completion = Completion.normal
    var entered = false
    _ = try callFunction(manager.function, manager.arguments, receiver: manager.receiver) {
      value throws(Interruption) in
      guard !entered else { return .none }
      entered = true
      let inner = self.frame
      self.frame = outer
      defer { self.frame = inner }
      completion = try body(value)
      return .none
    }
    if !entered {
      throw raise("RuntimeError", "generator didn't yield", at: manager.arguments.range)
    }
    return completion
  }

  private func enter(
    _ suppress: SuppressContext, at range: SourceRange,
    _ body: (Value) throws(Interruption) -> Completion
  ) throws(Interruption) -> Completion {
    let start = elements.count
    let unknowns = unknownCount
    do {
      let completion = try body(.none)
      if elements.count > start {
        if unknownCount > unknowns {
          opaque(OpaqueReason(.condition, "an exception that may be raised"), at: range)
        } else {
          offlineOnly(OpaqueReason(.condition, "an error of the database is handled"), at: range)
        }
      }
      return completion
    } catch .raised {
      guard let exception = raised else { throw .raised }
      guard let type = exceptionType(exception.value),
        suppress.types.contains(where: {
          if case .class(let caught) = $0 { type.isSubclass(of: caught) } else { false }
        })
      else {
        raised = exception
        throw .raised
      }
      return .normal
    }
  }
}

/// A call of a function with `@contextmanager`, waiting for its `with`.
final class GeneratorContext: ModelObject {
  let function: FunctionObject
  let arguments: CallArguments
  let receiver: Value?
  var typeName: String { "_GeneratorContextManager" }

  init(_ function: FunctionObject, _ arguments: CallArguments, receiver: Value?) {
    self.function = function
    self.arguments = arguments
    self.receiver = receiver
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    let value = interpreter.unknown(
      .unsupportedCall, "\(function.name)(…).\(name)", at: arguments.range)
    if case .unknown(let reason) = value { interpreter.opaque(reason, at: arguments.range) }
    return value
  }
}

/// `contextlib.suppress(…)`.
final class SuppressContext: ModelObject {
  let types: [Value]
  var typeName: String { "suppress" }

  init(_ types: [Value]) { self.types = types }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value { .none }
}

/// A context that does nothing: `contextlib.nullcontext(x)`.
final class NullContext: ModelObject {
  let value: Value
  var typeName: String { "nullcontext" }

  init(_ value: Value) { self.value = value }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value { name == "__enter__" ? value : .none }
}

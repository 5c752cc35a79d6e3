// Calls of `async def`: they run nothing until what they give is awaited.

import PythonSyntax

/// What a call of an `async def` gives.
final class Coroutine: ModelObject {
  fileprivate let function: FunctionObject
  fileprivate let arguments: CallArguments
  fileprivate let receiver: Value?
  var typeName: String { "coroutine" }

  init(_ function: FunctionObject, _ arguments: CallArguments, receiver: Value?) {
    (self.function, self.arguments, self.receiver) = (function, arguments, receiver)
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.callUnknown(
      Unknown(
        OpaqueReason(.unsupportedCall, "\(function.name)().\(name)()"), range: arguments.range),
      arguments, isEffect: true)
  }
}

extension Interpreter {
  /// Calls a function of Python source; of an `async def` nothing runs yet.
  func start(
    _ function: FunctionObject, _ arguments: CallArguments, receiver: Value?
  ) throws(Interruption) -> Value {
    guard function.isAsync, function.kind == .plain, !isGenerator(function) else {
      return try callFunction(function, arguments, receiver: receiver)
    }
    return .model(Coroutine(function, arguments, receiver: receiver))
  }

  /// `await value`, and what `asyncio.run(value)` does.
  func finish(_ value: Value) throws(Interruption) -> Value {
    guard case .model(let model) = value, let coroutine = model as? Coroutine else { return value }
    return try callFunction(
      coroutine.function, coroutine.arguments, receiver: coroutine.receiver)
  }

  private func isGenerator(_ function: FunctionObject) -> Bool {
    guard case .definition(let id) = function.body, function.module.code.holdsYield else {
      return false
    }
    return function.module.facts(of: id).isGenerator
  }
}

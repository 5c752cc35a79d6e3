// `os.environ`: unknown, but for the variables that the project's settings tell.

import SourceText

final class EnvironmentVariables: ModelObject {
  var typeName: String { "_Environ" }
  func truth(_ interpreter: Interpreter) -> Bool? { nil }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    .method(receiver: Box(.model(self)), name: name)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    // What a migration sets here reaches no statement but through a look-up, which is not known.
    if name == "__setitem__" || name == "__delitem__" || name == "update" { return .none }
    guard case .string(let variable)? = arguments.argument(0, "key") else {
      return interpreter.unknown(.environment, "the environment", at: arguments.range)
    }
    if let told = interpreter.settings.project.variables[variable] {
      return name == "__contains__" ? .boolean(true) : .string(told)
    }
    let reason = OpaqueReason(.environment, "the environment: \(variable)")
    if name == "__getitem__" || name == "pop" && arguments.argument(1, "default") == nil {
      interpreter.mayRaise(reason, at: arguments.range, "KeyError")
    }
    return interpreter.unknown(Unknown(reason, range: arguments.range))
  }
}

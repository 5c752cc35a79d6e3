// Savepoints of a connection.

import SourceText

/// `connection.begin_nested()`: SAVEPOINT, and RELEASE at its end, between which statements are what they
/// are without.
final class SavepointBlock: ModelObject {
  var typeName: String { "NestedTransaction" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    .method(receiver: Box(.model(self)), name: name)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__enter__": return .model(self)
    case "commit": return .none
    case "__exit__":
      if case .none? = arguments.positional.first { return .none }
    default: break
    }
    // What was done since it began is undone.
    let reason = OpaqueReason(.unsupportedCall, "a savepoint's \(name)()")
    interpreter.opaque(reason, at: arguments.range)
    return name == "__exit__"
      ? .boolean(false) : interpreter.unknown(Unknown(reason, range: arguments.range))
  }
}

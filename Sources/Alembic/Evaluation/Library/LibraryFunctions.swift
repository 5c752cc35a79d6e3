// Functions of libraries that neither emit a statement nor change one, where only the library's code
// would show it: a table of facts. A line here is all that another function needs; the source is its code.

import SourceText

/// What a call of a function that cannot be followed does.
enum FunctionFact: String {
  /// It returns None.
  case nothing
  /// It returns its only argument, as a decorator that keeps a list of what it was put on.
  case argument
  /// It returns what depends on the machine.
  case environment

  /// By the dotted path from which it is imported.
  static let libraries: [String: FunctionFact] = [
    // Joins the session to the transaction, which then commits it.
    "zope.sqlalchemy.mark_changed": .nothing,
    // They add a name to `__all__` of its module, or take it away.
    "public.public": .argument,
    "public.private": .argument,
    // They read a file into the environment variables, none of which counts as known.
    "dotenv.load_dotenv": .environment,
    "dotenv.find_dotenv": .environment,
    "dotenv.main.load_dotenv": .environment,
  ]

  /// The packages and modules in which such functions lie.
  static let modules: Set<String> = Set(
    libraries.keys.flatMap { path in
      let parts = path.parts
      return (1..<parts.count).map { parts[..<$0].joined(separator: ".") }
    })
}

/// A function of which no more than a fact is known.
final class FactFunction: ModelObject {
  private let path: String
  private let fact: FunctionFact
  var typeName: String { path }

  init(_ path: String, _ fact: FunctionFact) {
    self.path = path
    self.fact = fact
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "__name__" ? .string(path.lastComponent) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard name == "__call__" else {
      return interpreter.unknown(.unsupportedCall, "\(path).\(name)", at: arguments.range)
    }
    switch fact {
    case .nothing: return .none
    case .argument:
      if arguments.positional.count == 1, arguments.keywords.isEmpty {
        return arguments.positional[0]
      }
      // Values by name become names of the module.
      return interpreter.callUnknown(
        Unknown(OpaqueReason(.unknownModule, path), range: arguments.range), arguments,
        isEffect: true)
    case .environment: return interpreter.unknown(.environment, "\(path)()", at: arguments.range)
    }
  }
}

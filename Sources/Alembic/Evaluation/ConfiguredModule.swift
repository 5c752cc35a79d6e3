// What the project's own settings, and the table of libraries' functions, tell of names that cannot be
// followed.

import SourceText

extension ProjectSettings {
  /// The value, type or function that the settings give to a dotted path.
  func value(of path: String) -> Value? {
    if values.isEmpty, types.isEmpty, functions.isEmpty { return nil }
    if let text = types[path] {
      return .model(ConfiguredType(path.lastComponent, text))
    }
    if let fact = functions[path] { return .model(FactFunction(path, fact)) }
    return values[path].map(Value.init)
  }

  /// Whether they tell anything of a module's names.
  fileprivate func tell(of module: String) -> Bool {
    let prefix = module + "."
    return values.keys.contains { $0.hasPrefix(prefix) }
      || types.keys.contains { $0.hasPrefix(prefix) }
      || functions.keys.contains { $0.hasPrefix(prefix) }
  }
}

extension Value {
  init(_ constant: ConstantValue) {
    switch constant {
    case .none: self = .none
    case .boolean(let flag): self = .boolean(flag)
    case .integer(let number): self = .integer(number)
    case .string(let text): self = .string(text)
    case .sequence(let elements): self = .list(ListObject(elements.map(Value.init)))
    case .dictionary(let entries):
      let sorted = entries.sorted { $0.key < $1.key }
      self = .dictionary(DictionaryObject(strings: sorted.map { ($0.key, Value($0.value)) }))
    case .unknown(let reason):
      self = .unknown(Unknown(OpaqueReason(.environment, reason), range: nil))
    }
  }
}

/// A module that is not in the project, of which the settings or `FunctionFact.libraries` tell some names.
final class ConfiguredModule: InertObject {
  private let path: String
  private let settings: ProjectSettings
  var typeName: String { "module" }

  /// Nil where nothing is told of it.
  init?(_ path: String, _ settings: ProjectSettings) {
    guard FunctionFact.modules.contains(path) || settings.tell(of: path) else { return nil }
    self.path = path
    self.settings = settings
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    let inner = "\(path).\(name)"
    if let told = settings.value(of: inner) { return told }
    if let fact = FunctionFact.libraries[inner] { return .model(FactFunction(inner, fact)) }
    return ConfiguredModule(inner, settings).map { .model($0) }
      ?? interpreter.unknown(.unknownModule, inner, at: interpreter.revisionPlace)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unknownModule, path, at: arguments.range)
  }
}

/// A class of which the settings tell what it is on PostgreSQL.
final class ConfiguredType: ModelObject {
  let type: SQLType
  var typeName: String { "type" }

  init(_ className: String, _ text: String) {
    var type = SQLType(className, text, .other)
    type.bind = { value throws(NotRenderable) in
      if case .none = value { return value }
      throw NotRenderable("a literal of \(className)")
    }
    self.type = type
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    name == "__call__"
      ? .model(TypeModel(type))
      : interpreter.unknown(.unsupportedCall, "\(type.className).\(name)", at: arguments.range)
  }
}

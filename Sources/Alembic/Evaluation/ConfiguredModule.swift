// What the project's own settings tell of names that cannot be followed.

import SourceText

extension ProjectSettings {
  /// The value or type that the settings give to a dotted path.
  func value(of path: String) -> Value? {
    if values.isEmpty, types.isEmpty { return nil }
    if let text = types[path] {
      return .model(ConfiguredType(path.lastComponent, text))
    }
    return values[path].map(Value.init)
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

/// A module that is not in the project, of which the settings tell some names.
final class ConfiguredModule: ModelObject {
  private let path: String
  private let settings: ProjectSettings
  var typeName: String { "module" }

  /// Nil where the settings tell nothing of it.
  init?(_ path: String, _ settings: ProjectSettings) {
    let prefix = path + "."
    guard
      settings.values.keys.contains(where: { $0.hasPrefix(prefix) })
        || settings.types.keys.contains(where: { $0.hasPrefix(prefix) })
    else { return nil }
    self.path = path
    self.settings = settings
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    let inner = "\(path).\(name)"
    return settings.value(of: inner) ?? ConfiguredModule(inner, settings).map { .model($0) }
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

// Alembic's `Config`, as `context.config` and `op.get_context().config` hand it out.

import SourceText

/// The options of alembic.ini. What env.py sets on it while it runs is not known; the places that
/// read an option which the file does not have are noted.
final class ConfigurationModel: ModelObject {
  var typeName: String { "Config" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "get_main_option", "get_section", "get_section_option", "get_alembic_option":
      .method(receiver: Box(.model(self)), name: name)
    case "config_ini_section": .string("alembic")
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    let position = name == "get_section_option" ? 1 : 0
    guard name != "get_section", let key = arguments.argument(position, "name") else {
      return interpreter.unknown(.environment, "config.\(name)()", at: arguments.range)
    }
    if let reason = key.unknownReason { return interpreter.unknown(reason) }
    guard case .string(let option) = key else {
      return interpreter.unknown(.environment, "config.\(name)()", at: arguments.range)
    }
    if let value = interpreter.settings.options[option.lowercased()] { return .string(value) }
    interpreter.offlineOnly(
      OpaqueReason(.environment, "the option \(option)"), at: arguments.range)
    return arguments.argument(position + 1, "default") ?? .none
  }

  /// `version_table` and `version_table_schema` of the migration context.
  static func versionTable(_ name: String, _ interpreter: Interpreter) -> Value {
    if name == "version_table" { return .string(interpreter.settings.versionTable) }
    interpreter.offlineOnly(
      OpaqueReason(.environment, "version_table_schema"), at: interpreter.revisionPlace)
    return interpreter.settings.versionTableSchema.map(Value.string) ?? .none
  }
}

// Sequences, schemas, and statements such as `CreateSequence(…)` that are executed.

import SourceText

/// `Sequence("name", start=1)`.
final class SequenceModel: ModelObject {
  let qualifiedName: String
  let isOptional: Bool
  private let options: String

  init(_ call: CallArguments) throws(NotRenderable) {
    var reader = try ArgumentReader(call, "Sequence", ["name", "start", "increment"])
    let name = try reader.required("name")
    let schema = try reader.string("schema")
    qualifiedName = Identifiers.qualified(name, schema: schema)
    isOptional = try reader.flag("optional") ?? false
    options = try SchemaReader.sequenceOptions(&reader).map(\.text).joined(separator: " ")
    reader.ignore("metadata", "quote", "for_update")
    try reader.finish()
  }

  var typeName: String { "Sequence" }
  var creation: String {
    "CREATE SEQUENCE \(qualifiedName)" + (options.isEmpty ? "" : " \(options)")
  }
  var removal: String { "DROP SEQUENCE \(qualifiedName)" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    ["create", "drop", "next_value"].contains(name)
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "create", "drop":
      interpreter.emit(
        name == "create" ? creation : removal, at: arguments.range,
        checksFirst: TypeModel.isChecked(arguments))
      return .none
    case "next_value":
      return .model(
        TextElement("nextval('\(qualifiedName.doubling("'"))')", typeName: "next_value"))
    default:
      return interpreter.unknown(.unsupportedCall, "Sequence.\(name)()", at: arguments.range)
    }
  }
}

/// The DDL elements of SQLAlchemy that are executed as statements.
enum SchemaStatements {
  /// `CreateSequence(sequence)`, `DropSchema("name", cascade=True)`…; nil for another name.
  static func call(
    _ name: String, _ arguments: CallArguments
  ) throws(NotRenderable) -> Value? {
    let text: String
    switch name {
    case "CreateSequence", "DropSequence":
      var reader = try ArgumentReader(arguments, name, ["element"])
      guard case .model(let sequence as SequenceModel)? = reader.value("element") else {
        return nil
      }
      let isGuarded = try reader.flag(name.hasPrefix("C") ? "if_not_exists" : "if_exists") == true
      try reader.finish()
      text = guarded(name.hasPrefix("C") ? sequence.creation : sequence.removal, isGuarded)
    case "CreateSchema", "DropSchema":
      var reader = try ArgumentReader(arguments, name, ["name"])
      let schema = Identifiers.quoted(try reader.required("name"))
      let isCreation = name.hasPrefix("C")
      let isGuarded = try reader.flag(isCreation ? "if_not_exists" : "if_exists") == true
      let cascades = isCreation ? false : try reader.flag("cascade") == true
      try reader.finish()
      text =
        guarded((isCreation ? "CREATE SCHEMA " : "DROP SCHEMA ") + schema, isGuarded)
        + (cascades ? " CASCADE" : "")
    default: return nil
    }
    return .model(TextElement(text, typeName: name))
  }

  /// With IF [NOT] EXISTS behind the kind of object.
  private static func guarded(_ text: String, _ isGuarded: Bool) -> String {
    guard isGuarded else { return text }
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    words.insert(words[0] == "CREATE" ? "IF NOT EXISTS" : "IF EXISTS", at: 2)
    return words.joined(separator: " ")
  }
}

/// `Session(bind=…)`: what it executes goes to the connection; what it asks or keeps is not known.
final class SessionModel: ModelObject {
  var typeName: String { "Session" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "bind": .model(ConnectionModel())
    default: .method(receiver: Box(.model(self)), name: name)
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__enter__", "begin", "__call__": return .model(self)
    case "__exit__", "commit", "flush", "close", "expire_all", "expunge_all", "remove": return .none
    case "connection", "get_bind": return .model(ConnectionModel())
    case "execute":
      interpreter.offlineFails(
        OpaqueReason(.databaseRead, "session.execute()"), at: arguments.range)
      return try ConnectionModel().call(name, arguments, interpreter)
    default:
      let reason = OpaqueReason(.databaseRead, "session.\(name)()")
      interpreter.opaque(reason, at: arguments.range)
      return interpreter.unknown(Unknown(reason, range: arguments.range))
    }
  }
}

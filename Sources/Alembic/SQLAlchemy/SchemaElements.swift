// Sequences, schemas, and statements such as `CreateSequence(…)` that are executed.

import SourceText

/// `Sequence("name", start=1)`.
final class SequenceModel: ModelObject {
  let qualifiedName: String
  let isOptional: Bool
  private let options: String
  private static let signature = Signature(
    "name, start=, increment=, minvalue=, maxvalue=, nominvalue=, nomaxvalue=, cycle=, schema=, "
      + "cache=, order=, data_type=, optional=, quote=, metadata=, quote_schema=, for_update=")

  init(_ call: CallArguments) throws(NotRenderable) {
    try Self.signature.check(call, of: "Sequence.__init__")
    var reader = try ArgumentReader(call, "Sequence", Self.signature.positional)
    let name = try reader.required("name")
    let schema = try reader.string("schema")
    qualifiedName = Identifiers.qualified(name, schema: schema)
    isOptional = try reader.flag("optional") ?? false
    var parts = try SchemaReader.sequenceOptions(&reader).map(\.text)
    if let type = reader.value("data_type"), !type.isNone {
      parts.insert("AS " + (try TypeTable.type(of: type).text()), at: 0)
    }
    options = parts.joined(separator: " ")
    try reader.refuse("quote")
    try reader.refuse("quote_schema")
    reader.ignore("metadata", "order", "for_update")
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
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value? {
    let text: String
    switch name {
    case "DDL":
      var reader = try ArgumentReader(arguments, name, ["statement", "context"])
      let statement = try reader.required("statement")
      let context = reader.value("context") ?? .none
      try reader.finish()
      let values = context.isNone ? Value.dictionary(DictionaryObject([])) : context
      guard
        case .string(let formatted)? = try? interpreter.formatPercent(
          statement, values, at: arguments.range)
      else { throw NotRenderable("DDL() with %") }
      text = formatted
    case "CreateTable", "DropTable":
      var reader = try ArgumentReader(arguments, name, ["element"])
      guard case .model(let table as TableModel)? = reader.value("element"), table.isFull else {
        return nil
      }
      let isCreation = name == "CreateTable"
      let isGuarded = try reader.flag(isCreation ? "if_not_exists" : "if_exists") == true
      try reader.finish()
      if isCreation {
        text = try table.definition(interpreter).creation(
          ifNotExists: isGuarded, suffix: table.suffix, prefixes: table.prefixes)
      } else {
        try interpreter.hooks.refuseCompiled(name)
        text = "DROP TABLE \(isGuarded ? "IF EXISTS " : "")\(table.qualifiedName)"
      }
    case "CreateIndex", "DropIndex":
      var reader = try ArgumentReader(arguments, name, ["element"])
      guard case .model(let index as IndexModel)? = reader.value("element"),
        let table = index.table
      else { return nil }
      let isCreation = name == "CreateIndex"
      let isGuarded = try reader.flag(isCreation ? "if_not_exists" : "if_exists") == true
      try reader.finish()
      text =
        try isCreation
        ? index.creation(
          on: table.name, schema: table.schema, ifNotExists: isGuarded,
          convention: interpreter.namingConvention)
        : index.removal(from: table, ifExists: isGuarded, interpreter.namingConvention)
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

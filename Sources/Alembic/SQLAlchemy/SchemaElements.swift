// Sequences, schemas, and statements such as `CreateSequence(…)` that are executed.

import SourceText

/// `Sequence("name", start=1)`.
final class SequenceModel: ModelObject {
  let qualifiedName: String
  let isOptional: Bool
  private let options: String

  init(_ call: CallArguments) throws(NotRenderable) {
    var reader = try ArgumentReader(call, of: "Sequence")
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
    guard Signature.constructor(name) != nil else { return nil }
    var reader = try ArgumentReader(arguments, of: name)
    guard let text = try text(name, &reader, interpreter) else { return nil }
    try reader.finish()
    return .model(TextElement(text, typeName: name))
  }

  private static func text(
    _ name: String, _ reader: inout ArgumentReader, _ interpreter: Interpreter
  ) throws(NotRenderable) -> String? {
    if name == "DDL" { return try formatted(&reader, interpreter) }
    let isCreation = name.hasPrefix("Create")
    let isGuarded = try reader.flag(isCreation ? "if_not_exists" : "if_exists") == true
    if name.hasSuffix("Schema") {
      let schema = Identifiers.quoted(try reader.required("name"))
      let cascades = isCreation ? false : try reader.flag("cascade") == true
      return guarded((isCreation ? "CREATE SCHEMA " : "DROP SCHEMA ") + schema, isGuarded)
        + (cascades ? " CASCADE" : "")
    }
    guard case .model(let element)? = reader.value("element") else { return nil }
    switch (name, element) {
    case ("CreateSequence", let sequence as SequenceModel):
      return guarded(sequence.creation, isGuarded)
    case ("DropSequence", let sequence as SequenceModel):
      return guarded(sequence.removal, isGuarded)
    case ("CreateTable", let table as TableModel) where table.isFull:
      return try table.definition(interpreter).creation(
        ifNotExists: isGuarded, suffix: table.suffix, prefixes: table.prefixes)
    case ("DropTable", let table as TableModel) where table.isFull:
      try interpreter.hooks.refuseCompiled(name)
      return guarded("DROP TABLE \(table.qualifiedName)", isGuarded)
    case ("CreateIndex", let index as IndexModel):
      return try index.table.map { table throws(NotRenderable) in
        try index.creation(
          on: table.name, schema: table.schema, ifNotExists: isGuarded,
          convention: interpreter.namingConvention)
      }
    case ("DropIndex", let index as IndexModel):
      return try index.table.map { table throws(NotRenderable) in
        try index.removal(from: table, ifExists: isGuarded, interpreter.namingConvention)
      }
    default: return nil
    }
  }

  /// The text of `DDL("…")`, which is formatted with its context.
  private static func formatted(
    _ reader: inout ArgumentReader, _ interpreter: Interpreter
  ) throws(NotRenderable) -> String {
    let statement = try reader.required("statement")
    var context = reader.value("context") ?? .none
    if context.isNone { context = .dictionary(DictionaryObject([])) }
    guard
      case .string(let text)? = try? interpreter.formatPercent(
        statement, context, at: reader.call.range)
    else { throw NotRenderable("DDL() with %") }
    return text
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
  /// What reads rows, and what has the next flush write some.
  private static let ofRows: Set<String> = [
    "query", "get", "get_one", "add", "add_all", "delete", "merge", "refresh", "expire", "expunge",
    "bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings",
  ]

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
    case "execute", "scalar", "scalars":
      interpreter.offlineFails(
        OpaqueReason(.databaseRead, "session.\(name)()"), at: arguments.range)
      return try ConnectionModel().call(name, arguments, interpreter)
    default:
      let reason = OpaqueReason(.databaseRead, "session.\(name)()")
      interpreter.opaque(
        reason, at: arguments.range, reach: Self.ofRows.contains(name) ? .rows : .everything)
      return interpreter.unknown(Unknown(reason, range: arguments.range))
    }
  }
}

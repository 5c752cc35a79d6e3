// What `op` hands out: the batch, the connection, the migration context.

import SourceText

/// `op.batch_alter_table(…)`: on PostgreSQL its operations are those of the table, emitted when the
/// `with` ends; what is executed inside of it comes before them (`BatchOperationsImpl.flush`).
final class BatchModel: ModelObject {
  let table: String
  let schema: String?
  private var deferred: [StepElement] = []
  /// How many alternatives were open when it was entered: what is emitted inside of another one stays
  /// where it is, with its condition.
  private var depth = -1

  init(_ call: CallArguments) throws(NotRenderable) {
    var reader = try ArgumentReader(call, operation: "batch_alter_table")
    table = try reader.required("table_name")
    schema = try reader.string("schema")
    if case .string("always")? = reader.value("recreate") {
      throw NotRenderable("batch_alter_table(recreate='always')")
    }
    reader.ignore(
      "partial_reordering", "copy_from", "table_args", "table_kwargs", "reflect_args",
      "reflect_kwargs", "recreate", "naming_convention")
    try reader.finish()
  }

  var typeName: String { "BatchOperations" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "migration_context": .model(MigrationContextModel())
    case "impl": .model(ImplementationModel())
    default: .method(receiver: Box(.model(self)), name: name)
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__enter__":
      depth = interpreter.journals.count
      return .model(self)
    case "__exit__":
      if case .none? = arguments.positional.first { interpreter.elements += deferred }
      deferred = []
      return .none
    case "f", "execute", "get_bind", "get_context", "inline_literal":
      if let value = try Operations.call(name, arguments, interpreter) { return value }
    default: break
    }
    let start = interpreter.elements.count
    defer {
      if interpreter.journals.count == depth {
        deferred += interpreter.elements[start...]
        interpreter.elements.removeSubrange(start...)
      }
    }
    do {
      try Signature.checkOperation(name, arguments, isBatch: true)
      try Operations.schemaOperation(name, arguments, interpreter, batch: self)
      return .none
    } catch {
      return try interpreter.refuse(error, at: arguments.range)
    }
  }
}

/// `op.get_bind()`: in offline mode a connection that prints.
final class ConnectionModel: ModelObject {
  var typeName: String { "MockConnection" }
  /// Online an engine has other connections, which do not see what the step has done.
  let isEngine: Bool

  init(isEngine: Bool = false) { self.isEngine = isEngine }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "dialect": .model(DialectModel())
    case "engine": .model(ConnectionModel(isEngine: true))
    case "connection": .model(self)
    case "execute", "exec_driver_sql", "scalar", "scalars", "execution_options", "begin",
      "commit", "rollback", "begin_nested", "__enter__", "__exit__":
      .method(receiver: Box(.model(self)), name: name)
    case "name": .string("postgresql")
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "execute": return try execute(arguments, interpreter)
    case "scalar", "scalars": return try read(name, arguments, interpreter)
    case "exec_driver_sql": return try executeAsWritten(arguments, interpreter)
    case "execution_options", "__enter__": return .model(self)
    case "__exit__": return .none
    // Outside of a transaction a savepoint is refused.
    case "begin_nested" where interpreter.autocommitDepth == 0:
      interpreter.offlineFails(
        OpaqueReason(.databaseRead, "connection.begin_nested()"), at: arguments.range)
      return .model(SavepointBlock())
    default:
      return try interpreter.refuse(
        NotRenderable(OpaqueReason(.databaseRead, "connection.\(name)()")), at: arguments.range)
    }
  }

  /// `connection.scalar(…)` is `connection.execute(…).scalar()`; that which prints has neither.
  private func read(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.offlineFails(
      OpaqueReason(.databaseRead, "connection.\(name)()"), at: arguments.range)
    let result = try execute(arguments, interpreter)
    guard case .model(let rows as QueryResult) = result else { return result }
    return try rows.call(name, CallArguments(range: arguments.range), interpreter)
  }

  /// `connection.exec_driver_sql("…")`: the text goes to the driver, which reads `%` in it as a
  /// parameter; what prints has no such method.
  private func executeAsWritten(
    _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    let reason = OpaqueReason(.databaseRead, "connection.exec_driver_sql()")
    guard arguments.unknownRest == nil, arguments.positional.count + arguments.keywords.count == 1,
      case .string(let text)? = arguments.argument(0, "statement"), !text.contains("%")
    else { return try interpreter.refuse(NotRenderable(reason), at: arguments.range) }
    interpreter.offlineFails(reason, at: arguments.range)
    let start = interpreter.elements.count
    interpreter.emit(text, at: arguments.range)
    return .model(QueryResult(of: interpreter.elements[start...]))
  }

  /// Prints the statement; what it returns could only be known from a database.
  private func execute(
    _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do throws(NotRenderable) {
      if let rest = arguments.unknownRest { throw NotRenderable(rest.reason) }
      guard let statement = arguments.argument(0, "statement") else {
        throw NotRenderable("execute()")
      }
      for keyword in arguments.keywords
      where !["statement", "parameters", "params", "execution_options"].contains(keyword.name) {
        throw NotRenderable("execute(\(keyword.name)=…)")
      }
      let start = interpreter.elements.count
      try Operations.emit(
        statement, parameters: arguments.argument(1, "parameters") ?? arguments.keyword("params"),
        at: arguments.range, interpreter)
      if case .string = statement { interpreter.noteBareText(from: start) }
      return .model(QueryResult(of: interpreter.elements[start...]))
    } catch {
      return try interpreter.refuse(error, at: arguments.range)
    }
  }
}

/// `bind.dialect`.
final class DialectModel: ModelObject {
  var typeName: String { "PGDialect_psycopg2" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "name": .string("postgresql")
    case "driver": byDriver("psycopg2", name, interpreter)
    case "dialect_description": byDriver("postgresql+psycopg2", name, interpreter)
    case "supports_sequences", "supports_native_enum", "supports_native_boolean",
      "supports_native_uuid", "supports_alter", "supports_comments", "supports_schemas",
      "sequences_optional", "supports_identity_columns":
      .boolean(true)
    case "max_identifier_length": .integer(63)
    case "identifier_preparer": .model(IdentifierPreparerModel())
    case "server_version_info": serverVersion(interpreter)
    case "type_descriptor", "has_table", "has_schema", "has_sequence":
      .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }

  /// Offline that of psycopg2; against a database that of the driver at work.
  private func byDriver(_ value: String, _ name: String, _ interpreter: Interpreter) -> Value {
    interpreter.offlineOnly(
      OpaqueReason(.environment, "dialect.\(name)"), at: interpreter.revisionPlace)
    return .string(value)
  }

  /// Offline None; against a database, what its server says.
  private func serverVersion(_ interpreter: Interpreter) -> Value {
    switch interpreter.settings.mode {
    case .offline: .none
    case .online:
      interpreter.unknown(
        .environment, "dialect.server_version_info", at: interpreter.revisionPlace)
    }
  }

  /// A dialect of another database is another class.
  func isInstance(of name: LibraryName) -> Bool? {
    let last = name.path.lastComponent
    switch last {
    case "PGDialect_psycopg2", "PGDialect", "DefaultDialect", "Dialect": return true
    case "dialect": return name.path.contains("postgresql")
    default: return last.contains("Dialect") ? false : nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if name.hasPrefix("has_"), interpreter.settings.mode == .online {
      return try InspectorModel.ask(name, arguments, interpreter)
    }
    if name == "type_descriptor", let type = arguments.positional.first {
      return (try? TypeTable.type(of: type)).map { .model(TypeModel($0)) } ?? type
    }
    return interpreter.unknown(.databaseRead, "dialect.\(name)()", at: arguments.range)
  }
}

/// `dialect.identifier_preparer`.
final class IdentifierPreparerModel: ModelObject {
  var typeName: String { "PGIdentifierPreparer_psycopg2" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    ["quote", "quote_identifier", "quote_schema"].contains(name)
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard arguments.keywords.isEmpty, arguments.unknownRest == nil,
      arguments.positional.count == 1, let value = arguments.positional.first,
      case .string(let text) = value
    else {
      return interpreter.unknown(
        .unsupportedCall, "identifier_preparer.\(name)()", at: arguments.range)
    }
    return .string(
      name == "quote_identifier" ? "\"\(text.doubling("\""))\"" : Identifiers.quoted(text))
  }
}

/// `context.impl`: what of Alembic writes for PostgreSQL.
final class ImplementationModel: ModelObject {
  var typeName: String { "PostgresqlImpl" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "dialect": .model(DialectModel())
    case "bind", "connection": .model(ConnectionModel())
    case "__dialect__": .string("postgresql")
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "impl.\(name)()", at: arguments.range)
  }
}

/// `op.get_context()`.
final class MigrationContextModel: ModelObject {
  var typeName: String { "MigrationContext" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "dialect": .model(DialectModel())
    case "bind", "connection": .model(ConnectionModel())
    case "impl": .model(ImplementationModel())
    case "as_sql": isOffline("context.as_sql", at: interpreter.revisionPlace, interpreter)
    case "config": .model(ConfigurationModel())
    case "script": .model(ScriptModel(nil))
    case "version_table_schema", "version_table": ConfigurationModel.versionTable(name, interpreter)
    case "autocommit_block", "execute": .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "autocommit_block": return .model(AutocommitBlock())
    case "execute": return try execute(arguments, interpreter)
    default:
      return interpreter.unknown(.unsupportedCall, "get_context().\(name)()", at: arguments.range)
    }
  }
}

extension MigrationContextModel {
  /// `context.execute(sql, execution_options)`: a second argument may stand without its name.
  fileprivate func execute(
    _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    var arguments = arguments
    if arguments.positional.count == 2 { arguments.positional.removeLast() }
    return try Operations.call("execute", arguments, interpreter) ?? .none
  }
}

/// Whether statements are printed.
private func isOffline(
  _ question: String, at range: SourceRange, _ interpreter: Interpreter
) -> Value {
  interpreter.noteAsked(OpaqueReason(.environment, question), at: range)
  return .boolean(interpreter.settings.mode == .offline)
}

/// `op.get_context().script`, and a revision that it was asked for.
final class ScriptModel: ModelObject {
  private let module: ModuleObject?
  var typeName: String { module == nil ? "ScriptDirectory" : "Script" }

  init(_ module: ModuleObject?) { self.module = module }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    guard let module else {
      return name == "get_revision" ? .method(receiver: Box(.model(self)), name: name) : nil
    }
    return name == "module" ? .module(module) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if name == "get_revision", case .string(let id)? = arguments.argument(0, "id_"),
      let path = interpreter.settings.revisionFiles.value[id],
      let module = interpreter.locateModule(ofFile: path)
    {
      return .model(ScriptModel(module))
    }
    return interpreter.unknown(.unsupportedCall, "script.\(name)()", at: arguments.range)
  }
}

/// `autocommit_block()`: offline it prints COMMIT before and BEGIN after its statements.
final class AutocommitBlock: ModelObject {
  var typeName: String { "autocommit_block" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__enter__":
      interpreter.emit("COMMIT", at: arguments.range)
      interpreter.autocommitDepth += 1
    case "__exit__":
      interpreter.autocommitDepth = max(0, interpreter.autocommitDepth - 1)
      interpreter.emit("BEGIN", at: arguments.range)
    default:
      return interpreter.unknown(.unsupportedCall, "autocommit_block.\(name)", at: arguments.range)
    }
    return .none
  }
}

/// `alembic.context`.
final class EnvironmentContextModel: ModelObject {
  var typeName: String { "EnvironmentContext" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "config": .model(ConfigurationModel())
    case "is_offline_mode", "get_context", "get_bind", "get_impl", "execute":
      .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "is_offline_mode":
      return isOffline("context.is_offline_mode()", at: arguments.range, interpreter)
    case "get_context", "get_bind":
      return try Operations.call(name, arguments, interpreter) ?? .none
    case "get_impl": return .model(ImplementationModel())
    case "execute": return try MigrationContextModel().call(name, arguments, interpreter)
    default:
      return interpreter.unknown(.environment, "context.\(name)()", at: arguments.range)
    }
  }
}

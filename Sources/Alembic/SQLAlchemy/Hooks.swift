// What a project registers with SQLAlchemy and Alembic: listeners of `event` on classes, functions of
// `@compiles` for classes that are not its own, and operations of its own.

import PythonSyntax
import SourceText

/// The functions that the project's files register, by the class of SQLAlchemy that they are for.
struct Hooks {
  private struct Hook {
    let className: String
    /// Nil for what is no function of the project, such as `DDL("…")`.
    let function: FunctionObject?
  }
  private var listeners: [String: [Hook]] = [:]
  private var compilers: [String: FunctionObject?] = [:]
  /// The class of an operation, and the method that `op.name(…)` calls.
  private var operations: [String: (type: ClassObject, method: String)] = [:]
  private var implementations: [(type: ClassObject, function: FunctionObject)] = []

  /// Reads the registrations of files (absolute paths), in their order.
  init(_ files: [String], _ interpreter: Interpreter) {
    for file in files {
      guard let module = interpreter.locateModule(ofFile: file) else { continue }
      for registration in Registration.all(in: module.code) {
        add(registration, module, interpreter)
      }
    }
  }

  private mutating func add(
    _ registration: Registration, _ module: ModuleObject, _ interpreter: Interpreter
  ) {
    let names = registration.arguments.compactMap { module.code.plainString($0) }
    let value = registration.name.flatMap { try? interpreter.value(of: $0, in: module) }
    if registration.kind == .operation {
      guard case .class(let type)? = value, let name = module.code.plainString(registration.target)
      else { return }
      operations[name] = (type, names.first ?? name)
      return
    }
    guard let target = try? interpreter.evaluate(registration.target, in: module.globals)
    else { return }
    let function: FunctionObject? = if case .function(let known)? = value { known } else { nil }
    if registration.kind == .implementation {
      switch target {
      case .class(let type): if let function { implementations.append((type, function)) }
      case .library(let name) where name.path.hasPrefix("alembic."):
        replacing = replacing ?? Path.name(module.path)
      default: break
      }
      return
    }
    guard case .library(let name) = target, SQLAlchemyLibrary.owns(name.path) else {
      // `sqlalchemy.sql.functions.now`, or what of SQLAlchemy is not modelled.
      let isOfSQLAlchemy =
        switch target {
        case .model(is FunctionNamespace): true
        case .unknown(let unknown): unknown.reason.detail.hasPrefix("sqlalchemy.")
        default: false
        }
      if isOfSQLAlchemy, registration.kind == .compiles,
        names.isEmpty || names.contains("postgresql")
      {
        replacing = replacing ?? Path.name(module.path)
      }
      if registration.kind == .listens, let event = names.first,
        Self.tableEvents.contains(where: { $0.description == event })
      {
        listensToTables = true
      }
      return
    }
    let className = name.path.lastComponent
    switch registration.kind {
    case .compiles:
      guard names.isEmpty || names.contains("postgresql") else { return }
      compilers.updateValue(function, forKey: className)
      // Others are not asked one by one.
      if !Self.asked.contains(className) && !TypeTable.isType(name) {
        replacing = replacing ?? Path.name(module.path)
      }
    case .listens:
      guard let event = names.first else { return }
      if ListenerSearch.isOfConnections(event),
        !ListenerSearch.isHarmless(registration.name, event, in: module.code)
      {
        replacing = replacing ?? Path.name(module.path)
      }
      if event.hasSuffix("_parent_attach"), className == "Column" {
        replacing = replacing ?? Path.name(module.path)
      }
      listeners[event, default: []].append(Hook(className: className, function: function))
    case .operation, .implementation: break
    }
  }

  /// `op.name(…)` of an operation that the project registers, or `operations.invoke(…)` of one; nil
  /// where it registers none.
  func operation(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    var arguments = arguments
    if name == "invoke", case .instance(let operation)? = arguments.positional.first {
      let order = operation.type.resolutionOrder
      for type in order {
        guard let found = implementations.last(where: { $0.type === type }) else { continue }
        arguments.positional.insert(Self.operationsProxy, at: 0)
        return try interpreter.callFunction(found.function, arguments, receiver: nil)
      }
      return nil
    }
    guard let (type, method) = operations[name] else { return nil }
    arguments.positional.insert(Self.operationsProxy, at: 0)
    let function = try interpreter.attribute(.class(type), method, at: arguments.range)
    return try interpreter.call(function, arguments)
  }

  /// `Operations`: its methods are the functions of `alembic.op`.
  private static var operationsProxy: Value { .library(LibraryName("alembic.op")) }

  /// The classes of which each use asks whether the project compiles them by itself.
  private static let asked: Set<String> = [
    "CreateTable", "CreateColumn", "DropTable", "AddConstraint", "DropConstraint",
    "PrimaryKeyConstraint", "UniqueConstraint", "CheckConstraint", "ForeignKeyConstraint",
    "ExcludeConstraint",
  ]

  /// The file that replaces operations of Alembic's, or changes columns as they are made: from then on
  /// no operation is what it says.
  private(set) var replacing: String?
  /// Something listens to a table or metadata of the project, not to all of them.
  private(set) var listensToTables = false
  /// The events whose listeners are run or doubted; those of the ORM concern no migration.
  static let events: [StaticString] = ["after_parent_attach"] + tableEvents
  private static let tableEvents: [StaticString] = [
    "before_create", "after_create", "before_drop", "after_drop",
  ]

  var isEmpty: Bool { listeners.isEmpty && compilers.isEmpty }

  /// Whether the project compiles a class of SQLAlchemy by itself.
  func refuseCompiled(_ classNames: String...) throws(NotRenderable) {
    if compilers.isEmpty { return }
    for name in classNames where compilers.keys.contains(name) {
      throw NotRenderable("@compiles(\(name))")
    }
  }

  /// The function of `@compiles` for a class; throws for what is no function of the project.
  private func compiler(of className: String) throws(NotRenderable) -> FunctionObject? {
    guard let known = compilers[className] else { return nil }
    guard let known else { throw NotRenderable("@compiles(\(className))") }
    return known
  }

  /// What `@compiles` makes of a constraint; nil where the project has no such function.
  func text(
    of constraint: ConstraintModel, _ interpreter: Interpreter,
    otherwise: @escaping () throws(NotRenderable) -> String
  ) throws(NotRenderable) -> String? {
    guard let function = try compiler(of: constraint.typeName) else { return nil }
    let compiler = ConstraintCompiler(otherwise)
    let result = try? interpreter.callFunction(
      function,
      CallArguments(
        positional: [.model(constraint), .model(compiler)], range: interpreter.revisionPlace),
      receiver: nil)
    if let failure = compiler.failure { throw failure }
    guard case .string(let text)? = result else {
      throw NotRenderable("@compiles(\(constraint.typeName))")
    }
    return text
  }

  /// What `@compiles(CreateTable)` makes of CREATE TABLE; as it is where the project has no such function.
  func creation(
    _ plain: String, of table: TableDefinition, _ interpreter: Interpreter
  ) throws(NotRenderable) -> String {
    guard let function = try compiler(of: "CreateTable") else { return plain }
    // SQLAlchemy's own text, of which Alembic then makes the plain one.
    let raw =
      "\n"
      + plain.split(separator: "\n    ", omittingEmptySubsequences: false)
      .joined(separator: "\n\t") + "\n\n"
    let call = CallArguments(
      positional: [
        .model(CreateTableElement(table.model(interpreter))), .model(CreateTableCompiler(raw)),
      ], range: interpreter.revisionPlace)
    let start = interpreter.elements.count
    guard case .string(let text)? = try? interpreter.callFunction(function, call, receiver: nil),
      interpreter.elements.count == start
    else { throw NotRenderable("@compiles(CreateTable)") }
    return Operations.normalized(text)
  }

  /// Tells the listeners that a constraint belongs to a table now; they may name it.
  func attached(_ constraint: ConstraintModel, to table: TableModel, _ interpreter: Interpreter) {
    for hook in listeners["after_parent_attach"] ?? []
    where hook.className == constraint.typeName || hook.className == "Constraint" {
      let unknowns = interpreter.unknownCount
      let call = CallArguments(
        positional: [.model(constraint), .model(table)], range: interpreter.revisionPlace)
      let done = hook.function.flatMap {
        try? interpreter.callFunction($0, call, receiver: nil)
      }
      if done == nil || interpreter.unknownCount > unknowns {
        constraint.doubt = NotRenderable("a listener of \(hook.className)")
      }
    }
  }

  /// Runs the listeners of `before_create`, `after_create`, `before_drop` or `after_drop` of tables.
  func run(
    _ event: String, of table: TableModel, at range: SourceRange, _ interpreter: Interpreter
  ) {
    for hook in listeners[event] ?? [] where hook.className == "Table" {
      let call = CallArguments(
        positional: [.model(table), .model(ConnectionModel())], range: range)
      let done = hook.function.flatMap { try? interpreter.callFunction($0, call, receiver: nil) }
      if done == nil {
        interpreter.opaque(
          OpaqueReason(.unsupportedCall, "a listener of Table.\(event)"), at: range)
      }
    }
  }
}

extension Interpreter {
  /// Decorators at the top of a file are found there (`Registration`). What a function registers changes what
  /// comes after it in ways that are not followed, except for a class of the project or another dialect.
  func noteRegistration(_ decorator: String, _ arguments: CallArguments) {
    if case .model(let metadata as MetadataModel)? = arguments.positional.first {
      metadata.doubt = NotRenderable("a listener of a MetaData")
    }
    guard budget.calls > 0, !isImporting else { return }
    if decorator == "compiles" {
      if case .class? = arguments.positional.first { return }
      let dialects = arguments.positional.dropFirst()
      let isOther = dialects.allSatisfy {
        if case .string(let name) = $0 { name != "postgresql" } else { false }
      }
      if !dialects.isEmpty, isOther { return }
    }
    opaque(
      OpaqueReason(.unsupportedCall, "@\(decorator) inside of a function"), at: arguments.range)
  }

  var hooks: Hooks {
    if let knownHooks { return knownHooks }
    let files = settings.hooks.value.files
    // While they are read, there are none.
    knownHooks = Hooks([], self)
    let unknowns = unknownCount
    let made = Hooks(files, self)
    unknownCount = unknowns
    knownHooks = made
    return made
  }
}

/// The compiler that a function of `@compiles` for a constraint is given.
private final class ConstraintCompiler: ModelObject {
  private let text: () throws(NotRenderable) -> String
  private(set) var failure: NotRenderable?
  init(_ text: @escaping () throws(NotRenderable) -> String) { self.text = text }
  var typeName: String { "DDLCompiler" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    if name == "dialect" { return .model(DialectModel()) }
    return name.hasPrefix("visit_") && name.hasSuffix("_constraint")
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do {
      return .string(try text())
    } catch {
      failure = error
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }
}

/// `CreateTable(table)`, as a function of `@compiles` is given it.
private final class CreateTableElement: InertObject {
  private let table: TableModel
  init(_ table: TableModel) { self.table = table }
  var typeName: String { "CreateTable" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "element" || name == "target" ? .model(table) : nil
  }
}

/// The compiler that such a function is given.
private final class CreateTableCompiler: InertObject {
  private let text: String
  init(_ text: String) { self.text = text }
  var typeName: String { "DDLCompiler" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "dialect": .model(DialectModel())
    case "visit_create_table": .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard name == "visit_create_table",
      case .model(is CreateTableElement)? = arguments.positional.first
    else { return interpreter.unknown(.unsupportedCall, "compiler.\(name)()", at: arguments.range) }
    return .string(text)
  }
}

/// An element of a foreign key, as listeners see it.
final class ForeignKeyElement: ModelObject {
  private let column: String
  private let target: String
  init(column: String, target: String) {
    self.column = column
    self.target = target
  }
  var typeName: String { "ForeignKey" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "target_fullname": .string(target)
    case "parent":
      .model(ColumnModel(name: column, type: SQLType("NullType", nil, .inferred)))
    default: nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "ForeignKey.\(name)()", at: arguments.range)
  }
}

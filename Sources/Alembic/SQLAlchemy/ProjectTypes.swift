// Types that the project defines: TypeDecorator, UserDefinedType, and classes derived from a type of
// SQLAlchemy. Their Python is evaluated for what it says of PostgreSQL.

import PythonSyntax
import SourceText

enum ProjectTypes {
  /// Classes that are types without a text of their own.
  private static let abstract: Set<String> = [
    "TypeDecorator", "UserDefinedType", "TypeEngine", "ExternalType", "NativeForEmulated",
  ]

  /// Whether a class of the project is a type of SQLAlchemy.
  static func isType(_ type: ClassObject) -> Bool {
    type.allLibraryBases.contains { base in
      SQLAlchemyLibrary.owns(base.path) && isAbstract(base) || TypeTable.isType(base)
    }
  }

  private static func isAbstract(_ name: LibraryName) -> Bool {
    abstract.contains(name.path.lastComponent)
  }

  /// An instance as a type: `__init__` is evaluated, then what the type is on PostgreSQL.
  static func instantiate(
    _ type: ClassObject, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if let reason = type.anyUnknownBase { return interpreter.unknown(reason) }
    // A type can name itself as its `impl`.
    guard interpreter.budget.depth < Budget.maximumDepth else { throw .exhausted }
    interpreter.budget.depth += 1
    defer { interpreter.budget.depth -= 1 }
    let instance = InstanceObject(type)
    if let initializer = type.lookup("__init__") {
      _ = try interpreter.call(
        interpreter.bind(initializer, to: .instance(instance), owner: type), arguments)
    } else {
      try initialize(instance, arguments, interpreter)
    }
    do {
      let known = try resolve(instance, at: arguments.range, interpreter)
      return .model(TypeModel(known, instance: instance))
    } catch {
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }

  /// `__init__` of the library's class: a TypeDecorator makes its `impl`, another type itself.
  static func initialize(
    _ instance: InstanceObject, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) {
    interpreter.willChange(instance)
    if let implementation = instance.type.lookup("impl") {
      let made: Value
      switch implementation {
      case .library, .class: made = try interpreter.call(implementation, arguments)
      default: made = implementation
      }
      instance.attributes["impl"] = made
      instance.attributes["impl_instance"] = made
      return
    }
    guard let base = instance.type.allLibraryBases.first(where: TypeTable.isType) else { return }
    instance.attributes[ownType] = try interpreter.call(.library(base), arguments)
  }

  /// Where an instance keeps what the library's class made of it.
  private static let ownType = "__sqltype__"

  private static func resolve(
    _ instance: InstanceObject, at range: SourceRange, _ interpreter: Interpreter
  ) throws(NotRenderable) -> SQLType {
    let type = instance.type
    if type.lookup("__visit_name__") != nil {
      throw NotRenderable("\(type.name) with a __visit_name__")
    }
    var found = try plain(instance, at: range, interpreter)
    let compiler = CompilerModel(type: found)
    if let text = try Compilation.text(of: instance, compiler, at: range, interpreter) {
      found.ddl = text
    }
    found.className = type.name
    found.bind = binding(of: instance, range, interpreter) ?? found.bind
    return found
  }

  /// What it is without a function of `@compiles`.
  private static func plain(
    _ instance: InstanceObject, at range: SourceRange, _ interpreter: Interpreter
  ) throws(NotRenderable) -> SQLType {
    let type = instance.type
    let found: SQLType
    if type.lookup("load_dialect_impl") != nil {
      found = try TypeTable.type(
        of: result(of: "load_dialect_impl", [.model(DialectModel())], instance, range, interpreter))
    } else if let implementation = instance.attributes["impl"] ?? type.lookup("impl") {
      found = try TypeTable.type(of: implementation)
    } else if type.lookup("get_col_spec") != nil {
      let text = try result(of: "get_col_spec", [], instance, range, interpreter)
      found = SQLType(type.name, try ArgumentReader.string(text, "\(type.name)()"), .other)
    } else if let own = instance.attributes[ownType] {
      found = try TypeTable.type(of: own)
    } else {
      throw NotRenderable("\(type.name)()")
    }
    return found
  }

  /// A method of the instance that must not emit anything.
  private static func result(
    of name: String, _ arguments: [Value], _ instance: InstanceObject, _ range: SourceRange,
    _ interpreter: Interpreter
  ) throws(NotRenderable) -> Value {
    let call = CallArguments(positional: arguments, range: range)
    do {
      let method = try interpreter.attribute(.instance(instance), name, at: range)
      let value = try interpreter.call(method, call)
      if case .unknown(let unknown) = value { throw NotRenderable(unknown.reason) }
      return value
    } catch let error as NotRenderable {
      throw error
    } catch {
      throw NotRenderable("\(instance.type.name).\(name)()")
    }
  }

  /// What becomes of a value before it is written as a literal (`TypeDecorator.literal_processor`).
  private static func binding(
    of instance: InstanceObject, _ range: SourceRange, _ interpreter: Interpreter
  ) -> SQLType.Binding? {
    let type = instance.type
    for name in ["literal_processor", "bind_processor", "bind_expression"]
    where type.lookup(name) != nil {
      return { _ throws(NotRenderable) in throw NotRenderable("\(type.name).\(name)()") }
    }
    for name in ["process_literal_param", "process_bind_param"] where type.lookup(name) != nil {
      return { value throws(NotRenderable) in
        try result(
          of: name, [value, .model(DialectModel())], instance, range, interpreter)
      }
    }
    return nil
  }
}

/// Functions that `@compiles(Class, "postgresql")` registers for a class of the project.
enum Compilation {
  /// The text that such a function gives an instance; nil where there is none.
  static func text(
    of instance: InstanceObject, _ compiler: CompilerModel = CompilerModel(), at range: SourceRange,
    _ interpreter: Interpreter
  ) throws(NotRenderable) -> String? {
    guard let module = interpreter.module(named: instance.type.moduleName),
      let name = Self.compiler(of: instance.type, in: module)
    else { return nil }
    let what = "@compiles(\(instance.type.name))"
    guard let found = try? interpreter.value(of: name, in: module),
      case .function(let function) = found,
      let value = try? interpreter.callFunction(
        function,
        CallArguments(
          positional: [.instance(instance), .model(compiler)], range: range),
        receiver: nil)
    else { throw NotRenderable(what) }
    return try ArgumentReader.string(value, what)
  }

  /// The function for PostgreSQL, else the one for any database.
  private static func compiler(of type: ClassObject, in module: ModuleObject) -> UInt32? {
    let code = module.code
    guard code.source.bytes.contains("compiles") else { return nil }
    var general: UInt32?
    for registration in Registration.all(in: code)
    where registration.kind == .compiles && code.lastName(of: registration.target) == type.name {
      let dialects = registration.arguments.compactMap { code.plainString($0) }
      if dialects.contains("postgresql") { return registration.name }
      if registration.arguments.isEmpty { general = registration.name }
    }
    return general
  }
}

/// The compiler that such a function is given.
final class CompilerModel: ModelObject {
  /// Of the type that is compiled, without that function.
  private let type: SQLType?
  var typeName: String { "SQLCompiler" }

  init(type: SQLType? = nil) { self.type = type }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "dialect": .model(DialectModel())
    case "process": .method(receiver: Box(.model(self)), name: name)
    case _ where visits(name): .method(receiver: Box(.model(self)), name: name)
    default: nil
    }
  }

  /// Whether it is the method that writes the type as it is: `visit_unicode_text` for UnicodeText.
  private func visits(_ name: String) -> Bool {
    guard let type, name.hasPrefix("visit_") else { return false }
    let visited = name.dropFirst("visit_".count).filter { $0 != "_" }
    return visited == type.className.lowercased()
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if name == "process", case .model(let element as any SQLElement)? = arguments.positional.first,
      let text = try? element.sql(Rendering())
    {
      return .string(text)
    }
    if visits(name), let text = try? type?.text() { return .string(text) }
    return interpreter.unknown(.unsupportedCall, "compiler.\(name)()", at: arguments.range)
  }
}

/// An instance of a project's class derived from an element of SQLAlchemy, such as `FunctionElement`,
/// with a function that compiles it.
final class CompiledElement: ModelObject, SQLElement {
  private let instance: InstanceObject
  private let text: String

  init(_ instance: InstanceObject, _ text: String) {
    self.instance = instance
    self.text = text
  }

  var typeName: String { instance.type.name }
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String { text }
}

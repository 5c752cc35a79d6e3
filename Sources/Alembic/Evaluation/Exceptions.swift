// Python's exceptions: their classes, raising them, and `try`.

import PythonSyntax
import SourceText

extension Interpreter {
  /// The interruption that raises a Python exception: `throw interpreter.raise("ValueError", …)`.
  func raise(_ type: String, _ message: String, at range: SourceRange) -> Interruption {
    raise(type, [.string(message)], at: range)
  }

  func raise(_ type: String, _ arguments: [Value], at range: SourceRange) -> Interruption {
    let instance = InstanceObject(exceptionClass(type))
    instance.attributes["args"] = .tuple(arguments)
    raised = RaisedException(
      value: .instance(instance), place: place(range), origin: .operation, spelling: nil)
    return .raised
  }

  /// The same for what Python is certain to raise, whatever else may be misunderstood.
  func raiseCertainly(_ type: String, _ message: String, at range: SourceRange) -> Interruption {
    let interruption = raise(type, message, at: range)
    raised?.origin = .source
    return interruption
  }

  /// What becomes of an operation that is not rendered: what SQLAlchemy raises, or an opaque place.
  func refuse(_ error: NotRenderable, at range: SourceRange) throws(Interruption) -> Value {
    if let raised = raise(error, at: range) { throw raised }
    opaque(error, at: range)
    return unknown(Unknown(error.reason, range: range))
  }

  /// The interruption for what SQLAlchemy raises; nil where it raises nothing that is known, and in an upgrade
  /// what it always raises: databases are past it, so something is not what it is taken for.
  func raise(_ error: NotRenderable, at range: SourceRange) -> Interruption? {
    guard let (type, message) = error.exception, isDowngrade || !error.isCertain else {
      return nil
    }
    let interruption = raise(type, message, at: range)
    if error.isCertain { raised?.origin = .source }
    if let (schema, table) = error.unnamedOn {
      raised?.origin = .unnamedDrop(schema: schema, table: table)
    }
    return interruption
  }

  /// The class of a built-in exception; `Exception` for a name that is none.
  func exceptionClass(_ name: String) -> ClassObject {
    if let known = exceptionClasses[name] { return known }
    let base = Self.exceptionBases[name] ?? (name == "BaseException" ? nil : "Exception")
    let made = ClassObject(
      name: name, moduleName: "builtins", bases: base.map { [exceptionClass($0)] } ?? [],
      libraryBases: Self.sqlalchemyErrors[name]?.map { LibraryName("sqlalchemy.exc.\($0)") } ?? [],
      flavor: .exception)
    exceptionClasses[name] = made
    return made
  }

  /// Exceptions of SQLAlchemy that constructing or compiling raises, with their bases.
  private static let sqlalchemyErrors = [
    "CompileError": ["CompileError", "SQLAlchemyError"],
    "StatementError": ["StatementError", "SQLAlchemyError"],
    "DuplicateColumnError": ["DuplicateColumnError", "ArgumentError", "SQLAlchemyError"],
  ]

  /// Python Library Reference, "Exception hierarchy".
  static let exceptionBases: [String: String] = {
    let hierarchy: [(String, [String])] = [
      ("BaseException", ["Exception", "GeneratorExit", "KeyboardInterrupt", "SystemExit"]),
      (
        "Exception",
        [
          "ArithmeticError", "AssertionError", "AttributeError", "BufferError", "EOFError",
          "ImportError", "LookupError", "MemoryError", "NameError", "OSError", "ReferenceError",
          "RuntimeError", "StopAsyncIteration", "StopIteration", "SyntaxError", "SystemError",
          "TypeError", "ValueError", "Warning",
        ]
      ),
      ("ArithmeticError", ["FloatingPointError", "OverflowError", "ZeroDivisionError"]),
      ("ImportError", ["ModuleNotFoundError"]),
      ("LookupError", ["IndexError", "KeyError"]),
      ("NameError", ["UnboundLocalError"]),
      (
        "OSError",
        [
          "BlockingIOError", "ChildProcessError", "ConnectionError", "FileExistsError",
          "FileNotFoundError", "InterruptedError", "IsADirectoryError", "NotADirectoryError",
          "PermissionError", "ProcessLookupError", "TimeoutError",
        ]
      ),
      ("RuntimeError", ["NotImplementedError", "RecursionError"]),
      ("SyntaxError", ["IndentationError"]),
      ("ValueError", ["UnicodeError"]),
      ("UnicodeError", ["UnicodeDecodeError", "UnicodeEncodeError"]),
      (
        "Warning",
        [
          "BytesWarning", "DeprecationWarning", "FutureWarning", "ImportWarning",
          "PendingDeprecationWarning", "ResourceWarning", "RuntimeWarning", "SyntaxWarning",
          "UnicodeWarning", "UserWarning",
        ]
      ),
    ]
    var bases: [String: String] = [:]
    for (base, names) in hierarchy {
      for name in names { bases[name] = base }
    }
    return bases
  }()

  /// The class of an exception's value, where it is known.
  func exceptionType(_ value: Value) -> ClassObject? {
    switch value {
    case .instance(let instance): instance.type
    case .class(let type): type
    default: nil
    }
  }

  /// What the report says of an exception that ends a step.
  func describe(_ exception: RaisedException) -> RaisedError {
    guard case .instance(let instance) = exception.value else {
      return RaisedError(
        range: exception.place, type: exception.spelling ?? "Exception", message: nil)
    }
    return RaisedError(
      range: exception.place, type: instance.type.name, message: text(exception.value))
  }

  /// Whether an `except` clause catches an exception; nil if that is not known.
  private func catches(_ handler: Value, _ exception: Value) -> Bool? {
    switch handler {
    case .tuple(let alternatives):
      guard budget.depth < Budget.maximumDepth, budget.charge(alternatives.count) else {
        return nil
      }
      budget.depth += 1
      defer { budget.depth -= 1 }
      var result: Bool? = false
      for alternative in alternatives {
        switch catches(alternative, exception) {
        case true?: return true
        case nil: result = nil
        case false?: break
        }
      }
      return result
    case .class(let type):
      guard let raised = exceptionType(exception) else {
        return type.name == "Exception" || type.name == "BaseException" ? true : nil
      }
      return raised.isSubclass(of: type) ? true : raised.anyUnknownBase == nil ? false : nil
    case .library(let name):
      guard let raised = exceptionType(exception) else { return nil }
      if raised.allLibraryBases.contains(name) { return true }
      return raised.allLibraryBases.isEmpty && raised.anyUnknownBase == nil ? false : nil
    default: return nil
    }
  }

  func executeTry(
    _ statement: TryStatement, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Completion {
    var completion: Completion
    do {
      completion = try executeHandled(statement, at: range, in: scope)
    } catch .raised {
      let pending = raised
      let finally = try execute(statement.finally, in: scope)
      if finally != .normal { return finally }
      raised = pending
      throw .raised
    }
    let value = frame.returnValue
    let finally = try execute(statement.finally, in: scope)
    if finally != .normal {
      completion = finally
    } else {
      frame.returnValue = value
    }
    return completion
  }

  private func executeHandled(
    _ statement: TryStatement, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Completion {
    guard !statement.handlers.isEmpty else { return try execute(statement.body, in: scope) }
    let unknowns = unknownCount
    let start = elements.count
    let mayHaveRaised = frame.mayHaveRaised
    frame.mayHaveRaised = false
    frame.handlers.append(statement.handlers)
    do {
      let completion = try execute(statement.body, in: scope)
      frame.handlers.removeLast()
      let mayRaise = unknownCount > unknowns || frame.mayHaveRaised
      frame.mayHaveRaised = mayHaveRaised
      guard completion == .normal else {
        if mayRaise { noteHandlers(at: range) }
        return completion
      }
      return try executeSuccess(
        statement, mayRaise: mayRaise, emitted: elements.count > start, at: range, in: scope)
    } catch .raised {
      frame.handlers.removeLast()
      frame.mayHaveRaised = mayHaveRaised
      guard let exception = raised else { throw .raised }
      return try handle(exception, statement.handlers, at: range, in: scope)
    }
  }

  private func noteHandlers(at range: SourceRange) {
    opaque(OpaqueReason(.condition, "an exception that may be raised"), at: range)
  }

  /// The body ended without an exception; one that it may have raised leads to the handlers too.
  private func executeSuccess(
    _ statement: TryStatement, mayRaise: Bool, emitted: Bool, at range: SourceRange,
    in scope: Scope
  ) throws(Interruption) -> Completion {
    let code = scope.code
    if !mayRaise {
      if emitted, handlersMatter(statement, in: code) {
        offlineOnly(OpaqueReason(.condition, "an error of the database is handled"), at: range)
      }
      return try execute(statement.otherwise, in: scope)
    }
    if emitted { noteHandlers(at: range) }
    let reason = Unknown(
      OpaqueReason(.condition, "an exception that may be raised"), range: range)
    var completion = Completion.normal
    for handler in code[statement.handlers] {
      completion = try alternatives(reason, at: handler.range) { () throws(Interruption) in
        if let name = handler.name {
          self.bind(name.index, to: self.unknown(reason), in: scope)
        }
        self.frame.handled.append(
          RaisedException(
            value: .unknown(reason), place: self.place(handler.range), origin: .operation,
            spelling: nil))
        defer { self.frame.handled.removeLast() }
        return try self.execute(handler.body, in: scope)
      } _: { () throws(Interruption) in
        .normal
      }
      if completion != .normal { return completion }
    }
    return try execute(statement.otherwise, in: scope)
  }

  /// Whether a handler does more than pass over, so that an error of the database changes the step.
  private func handlersMatter(_ statement: TryStatement, in code: PythonModule) -> Bool {
    code[statement.handlers].contains { handler in
      code[handler.body].contains { id in
        switch code[id] {
        case .raise: false
        default: true
        }
      }
    }
  }

  private func handle(
    _ exception: RaisedException, _ handlers: NodeList<ExceptionHandler>, at range: SourceRange,
    in scope: Scope
  ) throws(Interruption) -> Completion {
    for handler in scope.code[handlers] {
      let caught: Bool?
      if let type = handler.type {
        caught = try catches(evaluate(type, in: scope), exception.value)
      } else {
        caught = true
      }
      switch caught {
      case true?: return try run(handler, exception, in: scope)
      case false?: continue
      case nil:
        let reason = Unknown(
          OpaqueReason(.condition, "the class of an exception"), range: handler.range)
        return try alternatives(reason, at: handler.range) { () throws(Interruption) in
          try self.run(handler, exception, in: scope)
        } _: { () throws(Interruption) in
          self.raised = exception
          throw .raised
        }
      }
    }
    raised = exception
    throw .raised
  }

  private func run(
    _ handler: ExceptionHandler, _ exception: RaisedException, in scope: Scope
  ) throws(Interruption) -> Completion {
    if let name = handler.name { bind(name.index, to: exception.value, in: scope) }
    frame.handled.append(exception)
    defer { frame.handled.removeLast() }
    let completion = try execute(handler.body, in: scope)
    if let name = handler.name { _ = unbind(name.index, in: scope) }
    return completion
  }
}

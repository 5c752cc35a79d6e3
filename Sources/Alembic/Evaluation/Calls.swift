// Calls: their arguments, and what is called.

import PythonSyntax
import SourceText

extension Interpreter {
  func evaluateCall(
    _ callee: ExpressionID, _ arguments: NodeList<Argument>, at range: SourceRange,
    in scope: Scope
  ) throws(Interruption) -> Value {
    let isEffect = isEffectOnly
    isEffectOnly = false
    let code = scope.code
    let outer = revisionPlace
    if scope.module === revisionModule { revisionPlace = range }
    defer { revisionPlace = outer }
    if case .attribute(let base, let name) = code[callee] {
      let receiver = try evaluate(base, in: scope)
      let method = code.text(of: name)
      switch receiver {
      case .string, .list, .dictionary, .set, .tuple, .bytes:
        if Methods.exists(method, on: receiver) {
          let call = try evaluateArguments(arguments, at: range, in: scope)
          return try callMethod(receiver, method, call)
        }
      case .unknown(let reason):
        let call = try evaluateArguments(arguments, at: range, in: scope)
        return callUnknown(
          reason, call, isEffect: isEffect || Self.emittingMethods.contains(method))
      default: break
      }
      let function = try attribute(receiver, method, at: code.range(of: callee))
      let call = try evaluateArguments(arguments, at: range, in: scope)
      if case .unknown(let reason) = function {
        var reaches = isEffect || Self.emittingMethods.contains(method)
        if case .model(let model) = receiver, !(model is any ConstantObject),
          !(model is any InertObject)
        {
          reaches = true
        }
        return callUnknown(reason, call, isEffect: reaches)
      }
      return try self.call(function, call, isEffect: isEffect, in: scope)
    }
    let function = try evaluate(callee, in: scope)
    let call = try evaluateArguments(arguments, at: range, in: scope)
    return try self.call(function, call, isEffect: isEffect, in: scope)
  }

  /// Methods of SQLAlchemy's connections, sessions and types that have an effect on a database.
  private static let emittingMethods: Set<String> = [
    "execute", "executemany", "exec_driver_sql", "scalar", "scalars", "add", "add_all",
    "bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "commit", "flush",
    "create", "drop", "create_all", "drop_all", "run_sync", "save", "write", "upgrade",
    "downgrade", "merge", "truncate",
  ]

  private func evaluateArguments(
    _ list: NodeList<Argument>, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> CallArguments {
    let code = scope.code
    var result = CallArguments(range: range)
    let arguments = code[list]
    let positional = arguments.count { if case .positional = $0.kind { true } else { false } }
    result.positional.reserveCapacity(positional)
    result.keywords.reserveCapacity(arguments.count - positional)
    for argument in arguments {
      switch argument.kind {
      case .positional:
        result.positional.append(try evaluate(argument.value, in: scope))
      case .keyword(let name):
        result.keywords.append(
          (code.text(of: name), try evaluate(argument.value, in: scope)))
      case .unpacked:
        let value = try evaluate(argument.value, in: scope)
        let place = code.range(of: argument.value)
        if let elements = try iterate(value, at: place) {
          try allocate(elements.count * 32)
          result.positional += elements
        } else {
          result.unknownRest = value.unknownReason ?? notKnown(value, "unpacking", at: place)
        }
      case .unpackedMapping:
        try unpackMapping(argument.value, into: &result, in: scope)
      }
    }
    return result
  }

  private func unpackMapping(
    _ id: ExpressionID, into arguments: inout CallArguments, in scope: Scope
  ) throws(Interruption) {
    let value = try evaluate(id, in: scope)
    guard case .dictionary(let dictionary) = value, dictionary.taint == nil else {
      arguments.unknownRest =
        value.unknownReason
        ?? notKnown(value, "unpacking", at: scope.code.range(of: id))
      return
    }
    try charge(dictionary.count)
    for (key, value) in dictionary.entries {
      guard case .string(let name) = key else {
        throw raise("TypeError", "keywords must be strings", at: arguments.range)
      }
      arguments.keywords.append((name, value))
    }
  }

  /// Calls anything callable.
  func call(_ function: Value, _ arguments: CallArguments) throws(Interruption) -> Value {
    try call(function, arguments, isEffect: false, in: nil)
  }

  private func call(
    _ function: Value, _ arguments: CallArguments, isEffect: Bool, in scope: Scope?
  ) throws(Interruption) -> Value {
    switch function {
    case .library(let name):
      return try callLibrary(name, arguments, isEffect: isEffect, in: scope)
    case .function(let function):
      return try start(function, arguments, receiver: nil)
    case .bound(let bound):
      return try start(bound.function, arguments, receiver: bound.receiver)
    case .class(let type): return try instantiate(type, arguments)
    case .method(let receiver, let name):
      return try callMethod(receiver.value, name, arguments)
    case .model(let model): return try callModel(model, "__call__", arguments)
    case .instance(let instance):
      if let method = instance.type.lookup("__call__") {
        return try call(bind(method, to: function, owner: instance.type), arguments)
      }
      let reason =
        instance.type.anyUnknownBase ?? notKnown(function, "call of", at: arguments.range)
      return callUnknown(reason, arguments, isEffect: true)
    case .unknown(let reason): return callUnknown(reason, arguments, isEffect: isEffect)
    default:
      throw raise(
        "TypeError", "'\(typeName(of: function))' object is not callable", at: arguments.range)
    }
  }

  /// A call of something that is not known: opaque where it may have an effect on the database, by
  /// being called for its effect, by being given something that has, or by being the project's own.
  func callUnknown(
    _ reason: Unknown, _ arguments: CallArguments, isEffect: Bool,
    reach: OpaquePlace.Reach = .everything
  ) -> Value {
    unknownCount += 1
    let reaches =
      isEffect || reason.mayEmit || arguments.positional.contains(where: mayEmit)
      || arguments.keywords.contains { mayEmit($0.value) }
    if reaches {
      opaque(reason.reason, at: arguments.range, reach: reach)
    } else if Self.kindsThatMayRaise.contains(reason.reason.kind) {
      mayRaise(reason.reason, at: arguments.range)
    }
    for value in arguments.values {
      guard case .model(let model) = value else {
        // It may change what it is given.
        taint(value, reason)
        continue
      }
      (model as? MetadataModel)?.doubt = NotRenderable(reason.reason)
      (model as? TextBuffer)?.spoil(reason)
    }
    return .unknown(
      reason.mayEmit
        ? Unknown(reason.reason, range: reason.range) : reason)
  }

  /// Whether what is given a value could emit statements through it.
  private func mayEmit(_ value: Value) -> Bool {
    switch value {
    case .model(let model): SQLAlchemyLibrary.mayEmit(model)
    case .library(let name): name.path.utf8.starts(with: "alembic.".utf8)
    case .function, .bound: true
    default: false
    }
  }

  private func callLibrary(
    _ name: LibraryName, _ arguments: CallArguments, isEffect: Bool, in scope: Scope?
  ) throws(Interruption) -> Value {
    try charge()
    let isOwned = name.isMain
    if isOwned {
      try charge(for: arguments)
    } else {
      try charge(for: Cost.operands(of: name.path, arguments))
    }
    let before = budget.memory
    let result =
      isOwned
      ? try callOwned(name, arguments, isEffect: isEffect)
      : try dispatch(name, arguments, isEffect: isEffect, in: scope)
    if isOwned || !Cost.isDirect(name.path) { try charge(making: result, since: before) }
    return result
  }

  private func dispatch(
    _ name: LibraryName, _ arguments: CallArguments, isEffect: Bool, in scope: Scope?
  ) throws(Interruption) -> Value {
    if let function = StandardLibrary.functions[name.path] {
      return try function(self, arguments)
    }
    if StandardLibrary.isHarmless(name) { return .model(HarmlessObject(name.path)) }
    if StandardLibrary.owns(name) {
      switch name.path {
      case "builtins.super": return superObject(arguments, in: scope)
      case "builtins.locals", "builtins.globals", "builtins.vars":
        return try namespace(name.path, arguments, in: scope)
      default: break
      }
      return callUnknown(
        Unknown(OpaqueReason(.unsupportedCall, name.path), range: arguments.range), arguments,
        isEffect: isEffect)
    }
    return try callOwned(name, arguments, isEffect: isEffect)
  }

  /// Calls something of SQLAlchemy, Alembic or a library around them.
  private func callOwned(
    _ name: LibraryName, _ arguments: CallArguments, isEffect: Bool
  ) throws(Interruption) -> Value {
    if let value = try SQLAlchemyLibrary.call(name, arguments, self) { return value }
    let reason = Unknown(OpaqueReason(.unsupportedCall, name.path), range: arguments.range)
    return callUnknown(
      reason, arguments, isEffect: isEffect,
      reach: SQLAlchemyLibrary.inspectors.contains(name.path) ? .rows : .everything)
  }

  private func superObject(_ arguments: CallArguments, in scope: Scope?) -> Value {
    var current = scope
    while let candidate = current {
      if let owner = candidate.function?.owner, let receiver = candidate.receiver {
        return .model(SuperObject(owner: owner, receiver: receiver))
      }
      current = candidate.parent
    }
    return unknown(.unsupportedCall, "super()", at: arguments.range)
  }

  private func namespace(
    _ name: String, _ arguments: CallArguments, in scope: Scope?
  ) throws(Interruption) -> Value {
    if name == "builtins.vars", let object = arguments.positional.first {
      return try attribute(object, "__dict__", at: arguments.range)
    }
    if name == "builtins.globals", let module = scope?.module {
      return .model(GlobalsObject(module))
    }
    return unknown(.unsupportedCall, name, at: arguments.range)
  }
}

/// `globals()`: the names of a module.
final class GlobalsObject: ModelObject {
  private let module: ModuleObject
  var typeName: String { "dict" }

  init(_ module: ModuleObject) { self.module = module }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "get" ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard case .string(let key)? = arguments.positional.first else {
      return interpreter.unknown(.unsupportedCall, "globals().\(name)", at: arguments.range)
    }
    let value = try module.identifier(key).flatMap { id throws(Interruption) in
      try interpreter.value(of: id, in: module)
    }
    switch name {
    case "__getitem__":
      if let value { return value }
      throw interpreter.raise("KeyError", [.string(key)], at: arguments.range)
    case "get": return value ?? arguments.argument(1, "default") ?? .none
    case "__contains__": return .boolean(value != nil)
    case "__setitem__":
      if let id = module.identifier(key), arguments.positional.count > 1 {
        interpreter.bind(id, to: arguments.positional[1], in: module.globals)
        return .none
      }
    default: break
    }
    return interpreter.unknown(.unsupportedCall, "globals().\(name)", at: arguments.range)
  }
}

/// `super()` inside a method.
final class SuperObject: ModelObject {
  private let owner: ClassObject
  private let receiver: Value
  var typeName: String { "super" }

  init(owner: ClassObject, receiver: Value) {
    self.owner = owner
    self.receiver = receiver
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    let type: ClassObject
    switch receiver {
    case .instance(let instance): type = instance.type
    case .class(let itself): type = itself
    default: return nil
    }
    let order = type.resolutionOrder
    guard let start = order.firstIndex(where: { $0 === owner }) else { return nil }
    for candidate in order[(start + 1)...] {
      if let value = candidate.attributes[name] {
        if case .function(let function) = value, function.kind == .property {
          return .unknown(
            Unknown(OpaqueReason(.unsupportedCall, "super().\(name)"), range: nil))
        }
        return interpreter.bind(value, to: receiver, owner: type)
      }
    }
    if let reason = type.anyUnknownBase { return .unknown(reason) }
    if name == "load_dialect_impl", ProjectTypes.isType(type) {
      return .method(receiver: Box(.model(self)), name: name)
    }
    return ["__init__", "__init_subclass__", "__setattr__"].contains(name)
      ? .method(receiver: Box(.model(self)), name: name) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__init__":
      if case .instance(let instance) = receiver, instance.type.flavor == .exception {
        instance.attributes["args"] = .tuple(arguments.positional)
      } else if case .instance(let instance) = receiver, ProjectTypes.isType(instance.type) {
        try ProjectTypes.initialize(instance, arguments, interpreter)
      }
      return .none
    case "__setattr__":
      if case .instance(let instance) = receiver,
        case .string(let name)? = arguments.positional.first, arguments.positional.count == 2
      {
        interpreter.willChange(instance)
        instance.attributes[name] = arguments.positional[1]
      }
      return .none
    case "__init_subclass__": return .none
    case "load_dialect_impl":
      if case .instance(let instance) = receiver, let made = instance.attributes["impl"] {
        return made
      }
      return interpreter.unknown(.unsupportedCall, "super().\(name)", at: arguments.range)
    default:
      return interpreter.unknown(.unsupportedCall, "super().\(name)", at: arguments.range)
    }
  }
}

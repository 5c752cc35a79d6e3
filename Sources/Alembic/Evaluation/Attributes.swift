// `value.name` for every kind of value.

import PythonSyntax
import SourceText

extension Interpreter {
  /// `value.name`; raises AttributeError where the value is known not to have it.
  func attribute(
    _ value: Value, _ name: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    switch value {
    case .unknown(let reason): return unknown(reason)
    case .library(let library): return try attribute(library, name, at: range)
    case .model(let model):
      if let result = model.attribute(name, self) { return result }
      if name == "__class__" { return .library(LibraryName("builtins.type")) }
      return unknown(.unsupportedCall, "\(model.typeName).\(name)", at: range)
    case .module(let module): return try attribute(module, name, at: range)
    case .class(let type): return try attribute(type, name, at: range)
    case .instance(let instance): return try attribute(instance, name, at: range)
    case .function(let function): return try attribute(function, name, at: range)
    case .bound(let bound):
      if name == "__self__" { return bound.receiver }
      return try attribute(bound.function, name, at: range)
    case .method(_, let method):
      if name == "__name__" { return .string(method) }
    case .integer, .boolean:
      if name == "real" || name == "numerator" { return value }
      if name == "imag" { return .integer(0) }
      if name == "denominator" { return .integer(1) }
    case .range(let start, let end, let step):
      switch name {
      case "start": return .integer(start)
      case "stop": return .integer(end)
      case "step": return .integer(step)
      default: break
      }
    default: break
    }
    if Methods.exists(name, on: value) { return .method(receiver: Box(value), name: name) }
    if name == "__class__" { return .library(LibraryName("builtins.\(typeName(of: value))")) }
    if name.utf8.starts(with: "__".utf8) {
      return unknown(.unsupportedCall, "\(typeName(of: value)).\(name)", at: range)
    }
    if case .method(_, let method) = value {
      return unknown(.unsupportedCall, "\(method).\(name)", at: range)
    }
    throw raise(
      "AttributeError", "'\(typeName(of: value))' object has no attribute '\(name)'", at: range)
  }

  private func attribute(
    _ library: LibraryName, _ name: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    if !library.isMain, StandardLibrary.owns(library) {
      if let value = StandardLibrary.attribute(library, name, self) { return value }
    } else {
      if let value = SQLAlchemyLibrary.attribute(library, name, self) { return value }
      if let canonical = canonical(name, of: library) {
        if isDowngrade, library.family == .sqlalchemy, !KnownNames.holds(canonical) {
          let path = "\(library.path).\(name)"
          mayRaise(OpaqueReason(.unknownName, path), at: range, "AttributeError")
        }
        return SQLAlchemyLibrary.value(of: canonical) ?? .library(canonical)
      }
    }
    if StandardLibrary.isHarmless(library) {
      return .model(HarmlessObject("\(library.path).\(name)"))
    }
    return unknown(.unsupportedCall, "\(library.path).\(name)", at: range)
  }

  /// As `SQLAlchemyLibrary.canonical`, each worked out once: revisions use the same few.
  private func canonical(_ name: String, of library: LibraryName) -> LibraryName? {
    let key = QualifiedKey(library: library, name: name)
    if let known = canonicalNames[key] { return known }
    let found = SQLAlchemyLibrary.canonical("\(library.path).\(name)")
    canonicalNames.updateValue(found, forKey: key)
    return found
  }

  private func attribute(
    _ module: ModuleObject, _ name: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let identifier = module.identifier(name), let value = try value(of: identifier, in: module) {
      return value
    }
    if let value = moduleAttribute(name, of: module) { return value }
    if module.isPackage, let submodule = locateModule("\(module.name).\(name)") {
      return .module(submodule)
    }
    if let value = try starImport(name, in: module, at: range) { return value }
    if let identifier = module.identifier("__getattr__"),
      let value = try value(of: identifier, in: module)
    {
      return try call(value, CallArguments(positional: [.string(name)], range: range))
    }
    if name == "__dict__" || !module.code.diagnostics.isEmpty {
      return unknown(.unknownName, "\(module.name).\(name)", at: range)
    }
    let reason = OpaqueReason(.unknownName, "\(module.name).\(name)")
    mayRaise(reason, at: range, "AttributeError")
    return .unknown(Unknown(reason, range: range, mayEmit: true))
  }

  private func attribute(
    _ type: ClassObject, _ name: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let value = type.mapping?.attribute(name) { return value }
    if let value = type.lookup(name) {
      if case .function(let function) = value, function.kind == .classMethod {
        return .bound(BoundFunction(function, .class(type)))
      }
      return value
    }
    switch name {
    case "__name__", "__qualname__": return .string(type.name)
    case "__module__": return .string(type.moduleName)
    case "__members__":
      guard type.flavor == .enumeration else { break }
      let entries = type.attributes.entries.compactMap {
        entry -> (key: Value, value: Value)? in
        guard case .instance(let member)? = entry.value, member.type === type else { return nil }
        return (.string(entry.name), .instance(member))
      }
      return .dictionary(DictionaryObject(entries))
    case "__doc__":
      // What it is of a class without a docstring, its bases and kind tell.
      return unknown(.unsupportedCall, "\(type.name).__doc__", at: range)
    case "__bases__": return .tuple(type.bases.map(Value.class))
    case "__mro__": return .tuple(type.resolutionOrder.map(Value.class))
    case "__class__": return .library(LibraryName("builtins.type"))
    case "_fields":
      if type.flavor == .namedTuple { return .tuple(type.allFields.map { .string($0.name) }) }
    case "__init__", "__new__", "__setattr__":
      return .method(receiver: Box(.class(type)), name: name)
    default: break
    }
    if let value = SQLAlchemyLibrary.classAttribute(type, name, self) { return value }
    if let reason = type.anyUnknownBase { return unknown(reason) }
    if !type.allLibraryBases.isEmpty || name.utf8.starts(with: "__".utf8) {
      return unknown(.unsupportedCall, "\(type.name).\(name)", at: range)
    }
    throw raise(
      "AttributeError", "type object '\(type.name)' has no attribute '\(name)'", at: range)
  }

  private func attribute(
    _ instance: InstanceObject, _ name: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let reason = instance.taint { return unknown(reason) }
    if case .function(let function)? = instance.type.lookup(name), function.kind == .property {
      return try callFunction(
        function, CallArguments(range: range), receiver: .instance(instance))
    }
    if let value = instance.attributes[name] { return value }
    if let value = instance.type.lookup(name) {
      return bind(value, to: .instance(instance), owner: instance.type)
    }
    switch name {
    case "__class__": return .class(instance.type)
    case "__dict__":
      return .dictionary(
        DictionaryObject(
          instance.attributes.entries.compactMap { entry in
            entry.value.map { (key: .string(entry.name), value: $0) }
          }))
    case "with_traceback", "add_note":
      if instance.type.flavor == .exception {
        return .method(receiver: Box(.instance(instance)), name: name)
      }
    case "_asdict", "_replace":
      if instance.type.flavor == .namedTuple {
        return .method(receiver: Box(.instance(instance)), name: name)
      }
    default: break
    }
    if let value = instance.primitive, Methods.exists(name, on: value) {
      return .method(receiver: Box(value), name: name)
    }
    if case .function(let function)? = instance.type.lookup("__getattr__") {
      return try callFunction(
        function, CallArguments(positional: [.string(name)], range: range),
        receiver: .instance(instance))
    }
    if let reason = instance.type.anyUnknownBase { return unknown(reason) }
    if !instance.type.allLibraryBases.isEmpty || name.utf8.starts(with: "__".utf8) {
      return unknown(.unsupportedCall, "\(instance.type.name).\(name)", at: range)
    }
    throw raise(
      "AttributeError", "'\(instance.type.name)' object has no attribute '\(name)'", at: range)
  }

  /// The docstring that a body begins with; Python 3.13 takes the margin out of one of several lines.
  func documentation(
    _ body: Block, in code: PythonModule, _ name: String, at range: SourceRange
  ) -> Value {
    guard let first = code[body].first, case .expression(let id) = code[first],
      let text = code.plainString(id)
    else { return .none }
    return text.contains(byte: 0x0A) ? unknown(.environment, name, at: range) : .string(text)
  }

  /// A class attribute as an instance sees it.
  func bind(_ value: Value, to receiver: Value, owner: ClassObject) -> Value {
    guard case .function(let function) = value else { return value }
    switch function.kind {
    case .staticMethod: return value
    case .classMethod: return .bound(BoundFunction(function, .class(owner)))
    default: return .bound(BoundFunction(function, receiver))
    }
  }

  private func attribute(
    _ function: FunctionObject, _ name: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let value = function.attributes[name] { return value }
    switch name {
    case "__name__", "__qualname__": return .string(function.name)
    case "__module__": return .string(function.module.name)
    case "__doc__":
      guard case .definition(let id) = function.body else { return .none }
      let code = function.module.code
      return documentation(code[id].body, in: code, "\(function.name).__doc__", at: range)
    case "__wrapped__": return .function(function)
    case "setter", "getter", "deleter", "cache_clear", "cache_info":
      return .method(receiver: Box(.function(function)), name: name)
    default: return unknown(.unsupportedCall, "\(function.name).\(name)", at: range)
    }
  }
}

/// `library.name`
struct QualifiedKey: Hashable {
  let library: LibraryName
  let name: String
}

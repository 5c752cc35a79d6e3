// Classes of Python source: definition, instances, enumerations, dataclasses, named tuples.

import PythonSyntax
import SourceText

extension Interpreter {
  func define(class id: DefinitionID, in scope: Scope) throws(Interruption) {
    let code = scope.code
    let definition = code[id]
    let type = try makeClass(definition, in: scope)
    let body = Scope(.class, module: scope.module, parent: scope)
    if try execute(definition.body, in: body) != .normal { return }
    if type.flavor == .enumeration {
      try makeMembers(of: type, from: body)
    } else {
      for (name, value) in body.bindings {
        define(code.text(of: Identifier(index: name)), value, on: type)
      }
    }
    if type.flavor == .namedTuple || type.flavor == .dataclass {
      collectFields(of: type, from: body)
    }
    type.annotations = body.annotations.map { code.text(of: $0.0) }
    if !body.annotations.isEmpty { type.annotationScope = body }
    checkAnnotations(of: type, definition, in: scope.module)
    try notifyBases(of: type, definition, in: scope)
    DeclarativeMapping.define(type, at: definition.nameRange, self)
    let value = try decorate(.class(type), definition.decorators, in: scope)
    bind(definition.name.index, to: value, in: scope)
  }

  /// `__init_subclass__` of the nearest base that has one.
  private func notifyBases(
    of type: ClassObject, _ definition: Definition, in scope: Scope
  ) throws(Interruption) {
    let code = scope.code
    for base in type.resolutionOrder.dropFirst() {
      guard case .function(let function)? = base.attributes["__init_subclass__"] else { continue }
      var arguments = CallArguments(range: definition.nameRange)
      for argument in code[definition.arguments] {
        guard case .keyword(let name) = argument.kind, code.text(of: name) != "metaclass" else {
          continue
        }
        arguments.keywords.append((code.text(of: name), try evaluate(argument.value, in: scope)))
      }
      _ = try callFunction(function, arguments, receiver: .class(type))
      return
    }
  }

  private func define(_ name: String, _ value: Value, on type: ClassObject) {
    if case .function(let function) = value, function.owner == nil { function.owner = type }
    type.attributes[name] = value
  }

  private func makeClass(
    _ definition: Definition, in scope: Scope
  ) throws(Interruption) -> ClassObject {
    let code = scope.code
    var bases: [ClassObject] = []
    var libraryBases: [LibraryName] = []
    var unknownBase: Unknown?
    for argument in code[definition.arguments] {
      guard case .positional = argument.kind else {
        let reason = try unknownMaker(argument, in: scope)
        unknownBase = unknownBase ?? reason
        continue
      }
      switch try evaluate(argument.value, in: scope) {
      case .class(let base): bases.append(base)
      case .library(let name): libraryBases.append(name)
      case .unknown(let reason): unknownBase = unknownBase ?? reason
      case let other:
        unknownBase =
          unknownBase
          ?? notKnown(other, "class derived from", at: code.range(of: argument.value))
      }
    }
    let own = libraryBases.compactMap { StandardLibrary.flavor(of: $0) }.first
    libraryBases.removeAll {
      StandardLibrary.isTransparentBase($0) || SQLAlchemyLibrary.isTransparentBase($0)
    }
    let inherited = bases.map(\.flavor).first { $0 != .plain } ?? .plain
    return ClassObject(
      name: code.text(of: definition.name), moduleName: scope.module.name, bases: bases,
      libraryBases: libraryBases, flavor: own ?? inherited, unknownBase: unknownBase)
  }

  /// Why what a keyword of a class definition makes of the class is not known: a metaclass other than Python's own
  /// may give it any attributes.
  private func unknownMaker(
    _ argument: Argument, in scope: Scope
  ) throws(Interruption) -> Unknown? {
    guard case .keyword(let name) = argument.kind, scope.code.text(of: name) == "metaclass" else {
      return nil
    }
    let range = scope.code.range(of: argument.value)
    switch try evaluate(argument.value, in: scope) {
    case .library(let name) where Self.plainMetaclasses.contains(name.path): return nil
    case .unknown(let reason): return reason
    default: return Unknown(OpaqueReason(.unsupportedCall, "a metaclass"), range: range)
    }
  }

  private static let plainMetaclasses: Set<String> = [
    "abc.ABCMeta", "builtins.type", "enum.EnumMeta", "enum.EnumType",
  ]

  /// The fields of a named tuple or dataclass: its annotated names, those of its base first.
  func collectFields(of type: ClassObject, from body: Scope) {
    let code = body.module.code
    type.setFields(body.annotations.map { (code.text(of: $0.0), body[$0.0.index]) })
  }

  private func makeMembers(
    of type: ClassObject, from body: Scope
  ) throws(Interruption) {
    let code = body.module.code
    var automatic = 0
    // Methods first: a member's `__init__` may be among them.
    var candidates: [(String, Value)] = []
    for (name, value) in body.bindings {
      let spelling = code.text(of: Identifier(index: name))
      switch value {
      case .function, .class, .bound: define(spelling, value, on: type)
      case .library where spelling.isDunder: define(spelling, value, on: type)
      case _ where spelling.isDunder || spelling.isSunder: define(spelling, value, on: type)
      default: candidates.append((spelling, value))
      }
    }
    for (name, value) in candidates {
      var value = value
      if case .model(let model as AutoValue) = value {
        _ = model
        value = automaticValue(name, after: &automatic, of: type)
      } else if case .integer(let number) = value {
        automatic = max(automatic, number)
      }
      if let alias = type.members.first(where: {
        equal($0.attributes["_value_"] ?? .none, value) == true
      }) {
        type.attributes[name] = .instance(alias)
        continue
      }
      let member = try makeMember(name, value, of: type)
      type.members.append(member)
      type.attributes[name] = .instance(member)
    }
  }

  private func automaticValue(
    _ name: String, after last: inout Int, of type: ClassObject
  ) -> Value {
    if type.lookup("_generate_next_value_") != nil {
      return .unknown(
        Unknown(OpaqueReason(.unsupportedCall, "_generate_next_value_"), range: nil))
    }
    if type.allLibraryBases.contains(LibraryName("enum.StrEnum")) {
      return .string(Text.lowercased(name))
    }
    let isFlag = type.allLibraryBases.contains {
      $0.path.utf8.starts(with: "enum.".utf8) && $0.path != "enum.Enum" && $0.path != "enum.IntEnum"
    }
    last = isFlag ? max(1, last &* 2) : last &+ 1
    return .integer(last)
  }

  private func makeMember(
    _ name: String, _ value: Value, of type: ClassObject
  ) throws(Interruption) -> InstanceObject {
    let member = InstanceObject(type)
    member.attributes["_name_"] = .string(name)
    member.attributes["name"] = .string(name)
    member.attributes["_value_"] = value
    member.attributes["value"] = value
    for base in type.allLibraryBases {
      switch base.path {
      case "builtins.str", "enum.StrEnum":
        if case .string = value { member.attributes["__value__"] = value }
      case "builtins.int", "enum.IntEnum", "enum.IntFlag", "builtins.float":
        if double(value) != nil { member.attributes["__value__"] = value }
      default: break
      }
    }
    if case .function(let initializer)? = type.lookup("__init__") {
      let arguments: [Value] = if case .tuple(let elements) = value { elements } else { [value] }
      _ = try callFunction(
        initializer, CallArguments(positional: arguments, range: revisionPlace),
        receiver: .instance(member))
    }
    if type.lookup("__new__") != nil {
      let reason = Unknown(OpaqueReason(.unsupportedCall, "\(type.name).__new__"), range: nil)
      member.attributes["_value_"] = .unknown(reason)
      member.attributes["value"] = .unknown(reason)
    }
    return member
  }

  func instantiate(
    _ type: ClassObject, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    switch type.flavor {
    case .enumeration: return try member(of: type, arguments)
    case .exception:
      let instance = InstanceObject(type)
      instance.attributes["args"] = .tuple(arguments.positional)
      try initialize(instance, arguments)
      return .instance(instance)
    case .namedTuple, .dataclass:
      let instance = InstanceObject(type)
      if type.lookup("__init__") != nil {
        try initialize(instance, arguments)
      } else {
        try fill(instance, arguments)
      }
      return .instance(instance)
    case .plain: break
    }
    if let value = try SQLAlchemyLibrary.instantiate(type, arguments, self) { return value }
    if let reason = type.anyUnknownBase {
      return callUnknown(reason, arguments, isEffect: false)
    }
    if type.lookup("__new__") != nil {
      let reason = Unknown(
        OpaqueReason(.unsupportedCall, "\(type.name).__new__"), range: arguments.range)
      return callUnknown(reason, arguments, isEffect: false)
    }
    let instance = InstanceObject(type)
    for base in type.allLibraryBases {
      guard let function = StandardLibrary.functions[base.path], StandardLibrary.isPrimitive(base)
      else {
        let reason = Unknown(
          OpaqueReason(.unsupportedCall, "\(type.name), derived from \(base.path)"),
          range: arguments.range)
        return callUnknown(reason, arguments, isEffect: false)
      }
      instance.attributes["__value__"] = try function(self, arguments)
    }
    try initialize(instance, arguments)
    return .instance(instance)
  }

  private func initialize(
    _ instance: InstanceObject, _ arguments: CallArguments
  ) throws(Interruption) {
    guard let initializer = instance.type.lookup("__init__") else {
      let isPlain = instance.type.flavor == .plain && instance.type.allLibraryBases.isEmpty
      if isPlain, !arguments.positional.isEmpty || !arguments.keywords.isEmpty {
        throw raise("TypeError", "\(instance.type.name)() takes no arguments", at: arguments.range)
      }
      return
    }
    _ = try call(bind(initializer, to: .instance(instance), owner: instance.type), arguments)
  }

  /// `Color("red")`
  private func member(
    of type: ClassObject, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    guard let value = arguments.argument(0, "value"), arguments.positional.count <= 1 else {
      return unknown(.unsupportedCall, "\(type.name)(…)", at: arguments.range)
    }
    if let reason = value.unknownReason { return unknown(reason) }
    for member in type.members {
      if case .instance(let instance) = value, instance === member { return value }
      switch equal(member.attributes["_value_"] ?? .none, value) {
      case true?: return .instance(member)
      case nil: return unknown(notKnown(value, "member for", at: arguments.range))
      case false?: break
      }
    }
    if type.lookup("_missing_") != nil || type.anyUnknownBase != nil {
      return unknown(.unsupportedCall, "\(type.name)._missing_", at: arguments.range)
    }
    let shown = representation(value) ?? "…"
    throw raise("ValueError", "\(shown) is not a valid \(type.name)", at: arguments.range)
  }

  /// The generated `__init__` of a dataclass or named tuple.
  private func fill(
    _ instance: InstanceObject, _ arguments: CallArguments
  ) throws(Interruption) {
    let fields = instance.type.allFields
    for (position, field) in fields.enumerated() {
      if let value = arguments.argument(position, field.name) {
        instance.attributes[field.name] = value
      } else if let reason = arguments.unknownRest {
        instance.attributes[field.name] = unknown(reason)
      } else if case .model(let made as FieldDefault)? = field.defaultValue {
        instance.attributes[field.name] = try made.value(self, at: arguments.range)
      } else if let value = field.defaultValue {
        instance.attributes[field.name] = value
      } else {
        throw raise(
          "TypeError", "\(instance.type.name)() missing a required argument: '\(field.name)'",
          at: arguments.range)
      }
    }
    let isKnown = arguments.keywords.allSatisfy { keyword in
      fields.contains { $0.name == keyword.name }
    }
    guard arguments.positional.count <= fields.count, isKnown else {
      throw raise(
        "TypeError", "\(instance.type.name)() got an unexpected argument", at: arguments.range)
    }
    if case .function(let function)? = instance.type.lookup("__post_init__") {
      _ = try callFunction(
        function, CallArguments(range: arguments.range), receiver: .instance(instance))
    }
  }
}

extension String {
  fileprivate var isDunder: Bool { hasSpan("__") }
  fileprivate var isSunder: Bool { hasSpan("_") }

  private func hasSpan(_ mark: String) -> Bool {
    let bytes = Array(utf8)
    let mark = Array(mark.utf8)
    return bytes.count > mark.count * 2 && bytes.starts(with: mark)
      && bytes.suffix(mark.count).elementsEqual(mark)
  }
}

/// `enum.auto()`
final class AutoValue: ModelObject {
  var typeName: String { "auto" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "auto().\(name)", at: arguments.range)
  }
}

/// `dataclasses.field(…)`
final class FieldDefault: ModelObject {
  private let arguments: CallArguments
  var typeName: String { "Field" }

  init(_ arguments: CallArguments) { self.arguments = arguments }

  func value(
    _ interpreter: Interpreter, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let value = arguments.keyword("default") { return value }
    if let factory = arguments.keyword("default_factory") {
      return try interpreter.call(factory, CallArguments(range: range))
    }
    throw interpreter.raise("TypeError", "missing a required argument", at: range)
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "field().\(name)", at: arguments.range)
  }
}

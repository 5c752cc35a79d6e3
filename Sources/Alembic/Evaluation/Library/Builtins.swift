// The built-in functions and types of Python.

import PythonSyntax
import SourceText

enum Builtins {
  /// The value of a built-in name; nil if there is none.
  static func value(of name: String, _ interpreter: Interpreter) -> Value? {
    if let library = libraries[name] { return .library(library) }
    switch name {
    case "__debug__": return .boolean(true)
    case "Ellipsis": return .ellipsis
    case "IOError", "EnvironmentError": return .class(interpreter.exceptionClass("OSError"))
    default: break
    }
    return name == "BaseException" || Interpreter.exceptionBases[name] != nil
      ? .class(interpreter.exceptionClass(name)) : nil
  }

  /// The built-in functions and types by their bare names, also those that are only known by name.
  private static let libraries: [String: LibraryName] = {
    let named = [
      "NotImplemented", "locals", "globals", "vars", "super", "object", "type", "complex",
      "bytearray", "memoryview", "__import__", "eval", "exec", "compile", "input", "dir",
    ]
    /// Those of Python 2.
    let gone: Set = ["unicode", "basestring", "long", "xrange", "unichr", "reduce"]
    let modelled = StandardLibrary.functions.keys.filter { $0.hasPrefix("builtins.") }
      .map { $0.dropping("builtins.") }.filter { !gone.contains($0) }
    return Dictionary(
      (named + modelled).map { ($0, LibraryName("builtins.\($0)")) }, uniquingKeysWith: { $1 })
  }()

  static let functions: [String: NativeFunction] = [
    "builtins.len": length,
    "builtins.isinstance": isInstance,
    "builtins.issubclass": isSubclass,
    "builtins.type": typeOf,
    "builtins.getattr": getAttribute,
    "builtins.hasattr": hasAttribute,
    "builtins.setattr": setAttribute,
    "builtins.print": { _, arguments throws(Interruption) in
      if case .model(let buffer as TextBuffer)? = arguments.keyword("file") {
        buffer.spoil(
          Unknown(OpaqueReason(.unsupportedCall, "print(file=…)"), range: arguments.range))
      }
      return .none
    },
    "builtins.repr": { interpreter, arguments throws(Interruption) in
      try text(arguments, interpreter) { interpreter.representation($0) }
    },
    "builtins.ascii": { interpreter, arguments throws(Interruption) in
      try text(arguments, interpreter) {
        interpreter.representation($0).map(Interpreter.escapingNonASCII)
      }
    },
    "builtins.format": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .string("") }
      var specification = ""
      if case .string(let text)? = arguments.argument(1, "format_spec") { specification = text }
      if let text = try interpreter.format(value, specification, at: arguments.range) {
        return .string(text)
      }
      return interpreter.unknown(
        value.firstUnknown() ?? interpreter.notKnown(value, "text of", at: arguments.range))
    },
    "builtins.abs": { interpreter, arguments throws(Interruption) in
      switch arguments.positional.first {
      case .integer(let number)?:
        return number == Int.min
          ? interpreter.outOfRange(at: arguments.range) : .integer(abs(number))
      case .float(let number)?: return .float(abs(number))
      default: return notKnown(arguments, "abs", interpreter)
      }
    },
    "builtins.round": round,
    "builtins.divmod": { interpreter, arguments throws(Interruption) in
      guard arguments.positional.count == 2 else {
        return notKnown(arguments, "divmod", interpreter)
      }
      let (left, right) = (arguments.positional[0], arguments.positional[1])
      return .tuple([
        try interpreter.binary(.floorDivide, left, right, at: arguments.range),
        try interpreter.binary(.modulo, left, right, at: arguments.range),
      ])
    },
    "builtins.pow": { interpreter, arguments throws(Interruption) in
      guard arguments.positional.count == 2 else { return notKnown(arguments, "pow", interpreter) }
      return try interpreter.binary(
        .power, arguments.positional[0], arguments.positional[1], at: arguments.range)
    },
    "builtins.chr": { interpreter, arguments throws(Interruption) in
      guard case .integer(let number)? = arguments.positional.first,
        let value = UInt32(exactly: number), let scalar = Unicode.Scalar(value)
      else { return notKnown(arguments, "chr", interpreter) }
      return .string(String(scalar))
    },
    "builtins.ord": { interpreter, arguments throws(Interruption) in
      guard case .string(let text)? = arguments.positional.first,
        text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first
      else { return notKnown(arguments, "ord", interpreter) }
      return .integer(Int(scalar.value))
    },
    "builtins.hex": { interpreter, arguments throws(Interruption) in
      try radix(16, "0x", arguments, interpreter)
    },
    "builtins.oct": { interpreter, arguments throws(Interruption) in
      try radix(8, "0o", arguments, interpreter)
    },
    "builtins.bin": { interpreter, arguments throws(Interruption) in
      try radix(2, "0b", arguments, interpreter)
    },
    "builtins.callable": { interpreter, arguments throws(Interruption) in
      switch arguments.positional.first {
      case .function?, .class?, .bound?, .method?: return .boolean(true)
      case .unknown?, .library?, .model?, .instance?:
        return notKnown(arguments, "callable", interpreter)
      default: return .boolean(false)
      }
    },
    "builtins.id": { interpreter, arguments throws(Interruption) in
      interpreter.unknown(.time, "id()", at: arguments.range)
    },
    "builtins.hash": { interpreter, arguments throws(Interruption) in
      interpreter.unknown(.time, "hash()", at: arguments.range)
    },
    "builtins.open": PathLibrary.open,
    "builtins.staticmethod": { interpreter, arguments throws(Interruption) in
      mark(arguments, .staticMethod)
    },
    "builtins.classmethod": { interpreter, arguments throws(Interruption) in
      mark(arguments, .classMethod)
    },
    "builtins.property": { interpreter, arguments throws(Interruption) in
      mark(arguments, .property)
    },
    "builtins.slice": { interpreter, arguments throws(Interruption) in
      let given = arguments.positional
      let bounds: [Value] =
        given.count == 1
        ? [.none, given[0], .none] : Array((given + [.none, .none, .none]).prefix(3))
      return interpreter.slice(bounds, at: arguments.range)
    },
  ]

  static func mark(_ arguments: CallArguments, _ kind: FunctionObject.Kind) -> Value {
    guard let value = arguments.positional.first else { return .none }
    if case .function(let function) = value { function.kind = kind }
    return value
  }

  static func notKnown(
    _ arguments: CallArguments, _ name: String, _ interpreter: Interpreter
  ) -> Value {
    if let reason = arguments.unknownRest
      ?? arguments.positional.lazy.compactMap({ $0.firstUnknown() }).first
    {
      return interpreter.unknown(reason)
    }
    return interpreter.unknown(.unsupportedCall, name, at: arguments.range)
  }

  private static func text(
    _ arguments: CallArguments, _ interpreter: Interpreter, _ make: (Value) -> String?
  ) throws(Interruption) -> Value {
    guard let value = arguments.positional.first else { return .string("") }
    if let text = make(value) {
      try interpreter.allocate(text.utf8.count)
      return .string(text)
    }
    return interpreter.unknown(
      value.firstUnknown() ?? interpreter.notKnown(value, "text of", at: arguments.range))
  }

  private static func radix(
    _ base: Int, _ prefix: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard case .integer(let number)? = arguments.positional.first else {
      return notKnown(arguments, "hex", interpreter)
    }
    return .string((number < 0 ? "-" : "") + prefix + String(number.magnitude, radix: base))
  }

  private static let length: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard let value = arguments.positional.first else {
      return notKnown(arguments, "len", interpreter)
    }
    if let reason = value.unknownReason { return interpreter.unknown(reason) }
    switch value {
    case .string(let text):
      try interpreter.charge(text.utf8.count / (Budget.bytesPerWork * 8))
      return .integer(text.scalarCount)
    case .bytes(let bytes): return .integer(bytes.count)
    case .tuple(let elements): return .integer(elements.count)
    case .list(let list): return .integer(list.elements.count)
    case .set(let set): return .integer(set.count)
    case .dictionary(let dictionary): return .integer(dictionary.count)
    case .range(let start, let end, let step):
      return interpreter.rangeCount(start, end, step).map(Value.integer)
        ?? interpreter.outOfRange(at: arguments.range)
    case .class(let type) where type.flavor == .enumeration: return .integer(type.members.count)
    case .instance(let instance) where instance.type.flavor == .namedTuple:
      return .integer(instance.fieldValues.count)
    case .instance(let instance):
      if let value = instance.primitive {
        return try interpreter.call(
          .library(LibraryName("builtins.len")),
          CallArguments(positional: [value], range: arguments.range))
      }
    default: break
    }
    if let result = try interpreter.special("__len__", value, [], at: arguments.range) {
      return result
    }
    if case .library = value { return notKnown(arguments, "len", interpreter) }
    throw interpreter.raise(
      "TypeError", "object of type '\(interpreter.typeName(of: value))' has no len()",
      at: arguments.range)
  }

  private static let round: NativeFunction = { interpreter, arguments throws(Interruption) in
    switch (arguments.positional.first, arguments.argument(1, "ndigits")) {
    case (.integer(let number)?, nil), (.integer(let number)?, Value.none?):
      return .integer(number)
    case (.float(let number)?, nil), (.float(let number)?, Value.none?):
      if let whole = Int(exactly: number.rounded(.toNearestOrEven)) { return .integer(whole) }
    case (.float(let number)?, .integer(let digits)?):
      // Correct rounding of the decimal text, as CPython does it.
      if (0...300).contains(digits),
        let result = Double(Numbers.format(number, "f", precision: digits))
      {
        return .float(result)
      }
    default: break
    }
    return notKnown(arguments, "round", interpreter)
  }

  private static let typeOf: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard arguments.positional.count == 1, let value = arguments.positional.first else {
      return try makeType(arguments, interpreter)
    }
    switch value {
    case .unknown(let reason): return interpreter.unknown(reason)
    case .instance(let instance): return .class(instance.type)
    case .model(let model):
      return interpreter.attributeOrUnknown(model, "__class__", arguments.range)
    case .function, .bound, .library, .class, .module, .method:
      return notKnown(arguments, "type", interpreter)
    default: return .library(LibraryName("builtins.\(interpreter.typeName(of: value))"))
    }
  }

  /// `type("Name", (bases), {attributes})`
  private static func makeType(
    _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard arguments.positional.count == 3, case .string(let name) = arguments.positional[0],
      case .tuple(let bases) = arguments.positional[1],
      case .dictionary(let attributes) = arguments.positional[2], attributes.taint == nil
    else { return notKnown(arguments, "type", interpreter) }
    var classes: [ClassObject] = []
    var libraries: [LibraryName] = []
    for base in bases {
      switch base {
      case .class(let type): classes.append(type)
      case .library(let name): libraries.append(name)
      default: return notKnown(arguments, "type", interpreter)
      }
    }
    libraries.removeAll { StandardLibrary.isTransparentBase($0) }
    let type = ClassObject(name: name, moduleName: "", bases: classes, libraryBases: libraries)
    for (key, value) in attributes.entries {
      if case .string(let name) = key { type.attributes[name] = value }
    }
    return .class(type)
  }

  private static let getAttribute: NativeFunction = {
    interpreter, arguments throws(Interruption) in
    guard arguments.positional.count >= 2, case .string(let name) = arguments.positional[1] else {
      return notKnown(arguments, "getattr", interpreter)
    }
    guard arguments.positional.count > 2 else {
      return try interpreter.attribute(arguments.positional[0], name, at: arguments.range)
    }
    do throws(Interruption) {
      return try interpreter.probing { () throws(Interruption) in
        try interpreter.attribute(arguments.positional[0], name, at: arguments.range)
      }
    } catch {
      guard error == .raised else { throw error }
      guard case .instance(let exception)? = interpreter.raised?.value,
        exception.type.name == "AttributeError"
      else { throw .raised }
      return arguments.positional[2]
    }
  }

  private static let hasAttribute: NativeFunction = {
    interpreter, arguments throws(Interruption) in
    guard arguments.positional.count == 2, case .string(let name) = arguments.positional[1] else {
      return notKnown(arguments, "hasattr", interpreter)
    }
    do throws(Interruption) {
      let value = try interpreter.probing { () throws(Interruption) in
        try interpreter.attribute(arguments.positional[0], name, at: arguments.range)
      }
      if case .unknown(let reason) = value { return interpreter.unknown(reason) }
      return .boolean(true)
    } catch {
      guard error == .raised else { throw error }
      return .boolean(false)
    }
  }

  private static let setAttribute: NativeFunction = {
    interpreter, arguments throws(Interruption) in
    guard arguments.positional.count == 3, case .string(let name) = arguments.positional[1] else {
      return notKnown(arguments, "setattr", interpreter)
    }
    try interpreter.setAttribute(
      arguments.positional[0], name, arguments.positional[2], at: arguments.range)
    return .none
  }

  private static let isInstance: NativeFunction = {
    interpreter, arguments throws(Interruption) in
    guard arguments.positional.count == 2 else {
      return notKnown(arguments, "isinstance", interpreter)
    }
    let (value, type) = (arguments.positional[0], arguments.positional[1])
    if let known = interpreter.isInstance(value, of: type) { return .boolean(known) }
    return notKnown(arguments, "isinstance", interpreter)
  }

  private static let isSubclass: NativeFunction = {
    interpreter, arguments throws(Interruption) in
    guard arguments.positional.count == 2, case .class(let type) = arguments.positional[0] else {
      return notKnown(arguments, "issubclass", interpreter)
    }
    var candidates = [arguments.positional[1]]
    if case .tuple(let elements) = arguments.positional[1] { candidates = elements }
    var isKnown = type.anyUnknownBase == nil
    for candidate in candidates {
      switch candidate {
      case .class(let other):
        if type.isSubclass(of: other) { return .boolean(true) }
      case .library(let name):
        if type.allLibraryBases.contains(name) || name.path == "builtins.object" {
          return .boolean(true)
        }
        if !type.allLibraryBases.isEmpty { isKnown = false }
      default: isKnown = false
      }
    }
    return isKnown ? .boolean(false) : notKnown(arguments, "issubclass", interpreter)
  }
}

extension Interpreter {
  func attributeOrUnknown(_ model: any ModelObject, _ name: String, _ range: SourceRange) -> Value {
    model.attribute(name, self) ?? unknown(.unsupportedCall, "\(model.typeName).\(name)", at: range)
  }

  /// `isinstance(value, type)`; nil if it is not known.
  func isInstance(_ value: Value, of type: Value) -> Bool? {
    switch (value, type) {
    case (.unknown, _), (_, .unknown): return nil
    case (_, .tuple(let types)):
      guard budget.depth < Budget.maximumDepth, budget.charge(types.count) else { return nil }
      budget.depth += 1
      defer { budget.depth -= 1 }
      var result: Bool? = false
      for type in types {
        switch isInstance(value, of: type) {
        case true?: return true
        case nil: result = nil
        case false?: break
        }
      }
      return result
    case (.instance(let instance), .class(let type)):
      if instance.type.isSubclass(of: type) { return true }
      return instance.type.anyUnknownBase == nil ? false : nil
    case (.instance(let instance), .library(let name)):
      if instance.type.allLibraryBases.contains(name) || name.path == "builtins.object" {
        return true
      }
      if name.path == "enum.Enum" { return instance.type.flavor == .enumeration }
      if name.path == "builtins.tuple" { return instance.type.flavor == .namedTuple }
      return instance.type.allLibraryBases.isEmpty && instance.type.anyUnknownBase == nil
        ? false : nil
    case (.model(let model), .library(let name)):
      if name.path == "builtins.object" { return true }
      if name.path.utf8.starts(with: "builtins.".utf8) { return false }
      return model.isInstance(of: name)
    // No table that SQLAlchemy or Alembic makes is one of a class of the project.
    case (.model(is TableModel), .class): return false
    case (.model, .class): return nil
    case (.class, .library(let name)):
      return name.path == "builtins.type" || name.path == "builtins.object"
    case (.function, .library(let name)), (.bound, .library(let name)):
      return name.path == "builtins.object"
        ? true : name.path.utf8.starts(with: "builtins.".utf8) ? false : nil
    case (.library, _), (.method, _): return nil
    case (_, .class): return false
    case (_, .library(let name)):
      return isBuiltIn(value, name.path)
    default: return nil
    }
  }

  private func isBuiltIn(_ value: Value, _ path: String) -> Bool? {
    if path == "builtins.object" || path == "builtins.\(typeName(of: value))" { return true }
    switch (value, path) {
    case (.boolean, "builtins.int"), (.dictionary, "builtins.dict"),
      (.integer, "numbers.Number"), (.float, "numbers.Number"),
      (.dictionary, "typing.Mapping"), (.dictionary, "typing.MutableMapping"),
      (.list, "typing.Sequence"), (.tuple, "typing.Sequence"), (.list, "typing.Iterable"),
      (.tuple, "typing.Iterable"), (.string, "typing.Sequence"), (.string, "typing.Iterable"),
      (.dictionary, "typing.Iterable"), (.set, "typing.Iterable"):
      return true
    default: break
    }
    if path.utf8.starts(with: "typing.".utf8) || path.utf8.starts(with: "collections.".utf8) {
      return nil
    }
    return false
  }
}

// What Python source defines: functions, classes, their instances, and the modules that hold them.

import PythonSyntax
import SourceText

/// A function, lambda or method of Python source, with the scope that it closes over.
final class FunctionObject {
  enum Body {
    case definition(DefinitionID)
    case lambda(ExpressionID)
  }
  /// How the function is reached through a class or called.
  enum Kind {
    case plain, staticMethod, classMethod, property, contextManager, cached
  }
  let name: String
  let module: ModuleObject
  let body: Body
  let parameters: Parameters
  /// The values of default expressions, worked out where the function is defined.
  let defaults: [UInt32: Value]
  let closure: Scope
  var kind = Kind.plain
  let isAsync: Bool
  /// The class whose body holds it, for `super()`.
  weak var owner: ClassObject?
  var attributes: [String: Value] = [:]
  /// Of a property with a setter.
  var setter: FunctionObject?

  init(
    name: String, module: ModuleObject, body: Body, parameters: Parameters,
    defaults: [UInt32: Value], closure: Scope, isAsync: Bool
  ) {
    self.name = name
    self.module = module
    self.body = body
    self.parameters = parameters
    self.defaults = defaults
    self.closure = closure
    self.isAsync = isAsync
  }
}

/// A function with its first argument, as `instance.method` yields it.
final class BoundFunction {
  let function: FunctionObject
  let receiver: Value
  init(_ function: FunctionObject, _ receiver: Value) {
    self.function = function
    self.receiver = receiver
  }
}

/// A class of Python source, or an exception class of Python itself.
final class ClassObject {
  /// What a class of the standard library makes of the classes that derive from it.
  enum Flavor { case plain, enumeration, exception, namedTuple, dataclass }
  let name: String
  /// The dotted name of its module.
  let moduleName: String
  let bases: [ClassObject]
  /// Bases that lie in libraries: `sqlalchemy.types.TypeDecorator`, `builtins.str`, `enum.Enum`.
  var libraryBases: [LibraryName]
  /// A base that is not known: what the class does not define itself is not known either.
  var unknownBase: Unknown?
  var flavor: Flavor
  /// The attributes of the class body in the order of definition.
  var attributes = AttributeTable()
  /// Method resolution order, the class itself first; library bases are not in it.
  private(set) var resolutionOrder: [ClassObject] = []
  /// The members of an enumeration, aliases left out.
  var members: [InstanceObject] = []
  /// The fields of a named tuple or dataclass in order, with their defaults.
  var fields: [(name: String, defaultValue: Value?)] = []
  /// The annotated names of its body.
  var annotations: [String] = []
  /// A method that SQLAlchemy maps to an attribute and whose annotation it refuses.
  var unmappedAttribute: String?

  init(
    name: String, moduleName: String, bases: [ClassObject] = [], libraryBases: [LibraryName] = [],
    flavor: Flavor = .plain, unknownBase: Unknown? = nil
  ) {
    self.name = name
    self.moduleName = moduleName
    self.bases = bases
    self.libraryBases = libraryBases
    self.flavor = flavor
    self.unknownBase = unknownBase
    resolutionOrder = [self] + Self.linearize(bases)
  }

  /// The attribute as the class finds it in itself and its bases.
  func lookup(_ name: String) -> Value? {
    for candidate in resolutionOrder {
      if let value = candidate.attributes[name] { return value }
    }
    return nil
  }

  func isSubclass(of other: ClassObject) -> Bool {
    resolutionOrder.contains { $0 === other }
  }

  /// The fields of the nearest class that has some.
  var allFields: [(name: String, defaultValue: Value?)] {
    resolutionOrder.first { !$0.fields.isEmpty }?.fields ?? []
  }

  /// All library bases, nearest first.
  var allLibraryBases: [LibraryName] { resolutionOrder.flatMap(\.libraryBases) }

  /// A base that is not known, of the class or of one that it derives from.
  var anyUnknownBase: Unknown? {
    resolutionOrder.lazy.compactMap(\.unknownBase).first
  }

  /// Each class after all that derive from it: what C3 yields for the hierarchies that it accepts.
  private static func linearize(_ bases: [ClassObject]) -> [ClassObject] {
    var result: [ClassObject] = []
    for base in bases {
      for candidate in base.resolutionOrder {
        result.removeAll { $0 === candidate }
        result.append(candidate)
      }
    }
    return result
  }
}

/// Attributes by name, in the order in which they were first set.
struct AttributeTable {
  private var positions: [String: Int] = [:]
  private(set) var entries: [(name: String, value: Value?)] = []

  subscript(name: String) -> Value? {
    get {
      guard let position = positions[name] else { return nil }
      return entries[position].value
    }
    set {
      if let position = positions[name] {
        entries[position].value = newValue
      } else if newValue != nil {
        positions[name] = entries.count
        entries.append((name, newValue))
      }
    }
  }
}

final class InstanceObject {
  let type: ClassObject
  var attributes = AttributeTable()
  /// What was not known to it: any attribute may have been set.
  var taint: Unknown?
  init(_ type: ClassObject) { self.type = type }

  /// Identity, unless the class says what is equal: mixed-in `str` and `int` by value, tuples and
  /// frozen dataclasses by their fields.
  var key: ValueKey? {
    if let value = primitive { return value.key }
    switch type.flavor {
    case .namedTuple: return Value.keys(of: fieldValues).map(ValueKey.tuple)
    case .plain, .dataclass:
      return type.lookup("__eq__") == nil && type.flavor == .plain
        ? .object(ObjectIdentifier(self)) : nil
    case .enumeration, .exception: return .object(ObjectIdentifier(self))
    }
  }

  /// The value that an instance of a class derived from `str` or `int` stands for.
  var primitive: Value? { attributes["__value__"] }

  /// The values of a named tuple's or dataclass's fields.
  var fieldValues: [Value] { type.allFields.map { attributes[$0.name] ?? .none } }
}

// What Python source defines: functions, classes, their instances, and the modules that hold them.

import PythonSyntax
import SourceText

/// A function, lambda or method of Python source, with the scope that it closes over.
final class FunctionObject {
  enum Body: Equatable {
    case definition(DefinitionID)
    case lambda(ExpressionID)
  }
  /// How the function is reached through a class or called.
  enum Kind {
    case plain, staticMethod, classMethod, property, contextManager
  }
  let name: String
  let module: ModuleObject
  let body: Body
  let parameters: Parameters
  /// The values of default expressions, worked out where the function is defined.
  let defaults: [UInt32: Value]
  let closure: Scope
  var kind = Kind.plain
  /// It runs once for the same arguments (`functools.cache`, `cached_property`).
  var isCached = false
  let isAsync: Bool
  /// The class whose body holds it, for `super()`.
  weak var owner: ClassObject?
  var attributes: [String: Value] = [:]
  /// Of a property with a setter.
  var setter: FunctionObject?
  /// It belongs to an imported module, which other steps see too.
  var isImported = false

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
  /// Its instances refuse to be changed (`dataclass(frozen=True)`).
  var isFrozen = false
  /// A method that SQLAlchemy maps to an attribute and whose annotation it refuses.
  var unmappedAttribute: String?
  /// The body, where it has annotations.
  var annotationScope: Scope?
  /// It belongs to an imported module, which other steps see too.
  var isImported = false
  /// Of a class that SQLAlchemy maps to a table.
  var mapping: DeclarativeMapping?

  /// From more classes than this no class of a project derives; every look-up walks all of them.
  private static let orderLimit = 200

  init(
    name: String, moduleName: String, bases: [ClassObject] = [], libraryBases: [LibraryName] = [],
    flavor: Flavor = .plain, unknownBase: Unknown? = nil
  ) {
    let order = Self.linearize(bases)
    let isTooDeep = order.count > Self.orderLimit
    self.name = name
    self.moduleName = moduleName
    self.bases = isTooDeep ? [] : bases
    self.libraryBases = libraryBases
    self.flavor = flavor
    self.unknownBase =
      isTooDeep
      ? Unknown(OpaqueReason(.budget, "\(name), derived from very many classes"), range: nil)
      : unknownBase
    resolutionOrder = [self] + (isTooDeep ? [] : order)
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

  /// The fields are those of the bases, each once, and then its own.
  func setFields(_ own: [(name: String, defaultValue: Value?)]) {
    let all = bases.flatMap(\.allFields) + own
    var seen: Set<String> = []
    let last = all.indices.reversed().filter { seen.insert(all[$0].name).inserted }
    fields = last.reversed().map { all[$0] }
  }

  /// All library bases, nearest first.
  var allLibraryBases: [LibraryName] { resolutionOrder.flatMap(\.libraryBases) }

  /// A base that is not known, of the class or of one that it derives from.
  var anyUnknownBase: Unknown? {
    resolutionOrder.lazy.compactMap(\.unknownBase).first
  }

  /// Each class after all that derive from it: what C3 yields for the hierarchies that it accepts.
  private static func linearize(_ bases: [ClassObject]) -> [ClassObject] {
    var seen: Set<ObjectIdentifier> = []
    let last = bases.flatMap(\.resolutionOrder).reversed().filter {
      seen.insert(ObjectIdentifier($0)).inserted
    }
    return last.reversed()
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
  /// It belongs to an imported module, which other steps see too.
  var isImported = false
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

// collections, itertools, functools, operator, enum, dataclasses, contextlib, copy.

import SourceText

enum Collections {
  static let functions: [String: NativeFunction] = [
    "collections.OrderedDict": { interpreter, arguments throws(Interruption) in
      let dictionary = DictionaryObject()
      try interpreter.update(dictionary, arguments)
      return .dictionary(dictionary)
    },
    "collections.defaultdict": { interpreter, arguments throws(Interruption) in
      let dictionary = DictionaryObject()
      var rest = arguments
      if !rest.positional.isEmpty { rest.positional.removeFirst() }
      try interpreter.update(dictionary, rest)
      if let factory = arguments.positional.first, case .none = factory {
      } else {
        dictionary.defaultFactory = arguments.positional.first
      }
      return .dictionary(dictionary)
    },
    "collections.deque": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .list(ListObject([])) }
      guard let elements = try interpreter.iterate(value, at: arguments.range),
        arguments.positional.count == 1, arguments.keywords.isEmpty
      else { return Builtins.notKnown(arguments, "deque", interpreter) }
      return .list(ListObject(elements))
    },
    "collections.namedtuple": namedTuple,
    "collections.Counter": { interpreter, arguments throws(Interruption) in
      let counts = DictionaryObject()
      if let value = arguments.positional.first {
        guard let elements = try interpreter.iterateAnyOrder(value, at: arguments.range) else {
          return Builtins.notKnown(arguments, "Counter", interpreter)
        }
        for element in elements {
          guard let key = element.key else {
            return Builtins.notKnown(arguments, "Counter", interpreter)
          }
          var count = 0
          if case .integer(let old)? = counts[key] { count = old }
          counts.set(element, key, .integer(count &+ 1))
        }
      }
      return .dictionary(counts)
    },
    "itertools.chain": { interpreter, arguments throws(Interruption) in
      try chain(arguments.positional, arguments, interpreter)
    },
    "itertools.chain.from_iterable": { interpreter, arguments throws(Interruption) in
      guard let outer = arguments.positional.first,
        let iterables = try interpreter.iterate(outer, at: arguments.range)
      else { return Builtins.notKnown(arguments, "chain", interpreter) }
      return try chain(iterables, arguments, interpreter)
    },
    "itertools.product": product,
    "itertools.combinations": combinations,
    "itertools.count": { interpreter, arguments throws(Interruption) in
      guard case .integer(let start) = arguments.argument(0, "start") ?? .integer(0),
        case .integer(let step) = arguments.argument(1, "step") ?? .integer(1)
      else { return Builtins.notKnown(arguments, "count", interpreter) }
      return .model(IteratorObject(endless: { .integer(start &+ $0 &* step) }))
    },
    "itertools.repeat": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else {
        return Builtins.notKnown(arguments, "repeat", interpreter)
      }
      guard let times = arguments.argument(1, "times") else {
        return .model(IteratorObject(endless: { _ in value }))
      }
      guard case .integer(let count) = times else {
        return Builtins.notKnown(arguments, "repeat", interpreter)
      }
      try interpreter.allocate(max(0, min(count, Int.max / 32)) * 32)
      return .model(IteratorObject([Value](repeating: value, count: max(0, count))))
    },
    "itertools.islice": { interpreter, arguments throws(Interruption) in
      guard arguments.positional.count == 2, case .integer(let count) = arguments.positional[1],
        count >= 0,
        case .model(let iterator as IteratorObject) = try interpreter.call(
          .library(LibraryName("builtins.iter")),
          CallArguments(positional: [arguments.positional[0]], range: arguments.range))
      else { return Builtins.notKnown(arguments, "islice", interpreter) }
      var elements: [Value] = []
      while elements.count < count, let value = try iterator.next(interpreter) {
        elements.append(value)
      }
      return .model(IteratorObject(elements))
    },
    "functools.partial": { interpreter, arguments throws(Interruption) in
      guard let function = arguments.positional.first else {
        return Builtins.notKnown(arguments, "partial", interpreter)
      }
      var bound = arguments
      bound.positional.removeFirst()
      return .model(PartialObject(function, bound))
    },
    "functools.reduce": { interpreter, arguments throws(Interruption) in
      guard arguments.positional.count >= 2,
        let elements = try interpreter.iterate(arguments.positional[1], at: arguments.range)
      else { return Builtins.notKnown(arguments, "reduce", interpreter) }
      var rest = elements[...]
      guard var result = arguments.argument(2, "initial") ?? rest.popFirst() else {
        throw interpreter.raise("TypeError", "reduce() of empty iterable", at: arguments.range)
      }
      for element in rest {
        result = try interpreter.call(
          arguments.positional[0],
          CallArguments(positional: [result, element], range: arguments.range))
      }
      return result
    },
    "functools.wraps": { interpreter, arguments throws(Interruption) in
      .model(IdentityDecorator())
    },
    "functools.lru_cache": cache,
    "functools.cache": cache,
    "functools.cached_property": { interpreter, arguments throws(Interruption) in
      _ = cached(arguments)
      return Builtins.mark(arguments, .property)
    },
    "functools.total_ordering": identity,
    "operator.itemgetter": getter { interpreter, value, key, range throws(Interruption) in
      try interpreter.item(value, key, at: range)
    },
    "operator.attrgetter": getter { interpreter, value, key, range throws(Interruption) in
      guard case .string(let name) = key else {
        return interpreter.unknown(interpreter.notKnown(key, "attribute", at: range))
      }
      return try interpreter.attribute(value, name, at: range)
    },
    "enum.auto": { _, _ throws(Interruption) in .model(AutoValue()) },
    "enum.unique": identity,
    "enum.member": identity,
    "enum.nonmember": identity,
    "enum.property": { _, arguments throws(Interruption) in Builtins.mark(arguments, .property) },
    "types.DynamicClassAttribute": { _, arguments throws(Interruption) in
      Builtins.mark(arguments, .property)
    },
    "enum.Enum": functionalEnumeration,
    "dataclasses.dataclass": { interpreter, arguments throws(Interruption) in
      let decorator = DataclassDecorator(
        isFrozen: arguments.keyword("frozen").flatMap(interpreter.truth))
      guard let target = arguments.positional.first else { return .model(decorator) }
      return decorator.apply(to: target)
    },
    "dataclasses.field": { _, arguments throws(Interruption) in .model(FieldDefault(arguments)) },
    "dataclasses.asdict": { interpreter, arguments throws(Interruption) in
      guard case .instance(let instance)? = arguments.positional.first,
        instance.type.flavor == .dataclass
      else { return Builtins.notKnown(arguments, "asdict", interpreter) }
      let fields = Swift.zip(instance.type.allFields, instance.fieldValues)
      return .dictionary(DictionaryObject(strings: fields.map { ($0.name, $1) }))
    },
    "contextlib.contextmanager": { _, arguments throws(Interruption) in
      Builtins.mark(arguments, .contextManager)
    },
    "contextlib.suppress": { _, arguments throws(Interruption) in
      .model(SuppressContext(arguments.positional))
    },
    "contextlib.nullcontext": { _, arguments throws(Interruption) in
      .model(NullContext(arguments.positional.first ?? .none))
    },
    "copy.copy": { interpreter, arguments throws(Interruption) in
      try copy(arguments, interpreter, isDeep: false)
    },
    "copy.deepcopy": { interpreter, arguments throws(Interruption) in
      try copy(arguments, interpreter, isDeep: true)
    },
    "typing.cast": { interpreter, arguments throws(Interruption) in
      arguments.argument(1, "val") ?? .none
    },
    "typing.TypeVar": { interpreter, arguments throws(Interruption) in
      .library(LibraryName("typing.Any"))
    },
    "typing.NewType": { interpreter, arguments throws(Interruption) in
      .model(IdentityDecorator())
    },
    "abc.abstractmethod": identity,
    "typing.overload": identity,
    "typing.final": identity,
    "typing.override": identity,
    "typing.no_type_check": identity,
    "typing.runtime_checkable": identity,
    "types.SimpleNamespace": { interpreter, arguments throws(Interruption) in
      let instance = InstanceObject(ClassObject(name: "SimpleNamespace", moduleName: "types"))
      for (name, value) in arguments.keywords { instance.attributes[name] = value }
      return .instance(instance)
    },
    "types.MappingProxyType": identity,
    "asyncio.run": { interpreter, arguments throws(Interruption) in
      try interpreter.finish(arguments.positional.first ?? .none)
    },
  ]

  static let identity: NativeFunction = { interpreter, arguments throws(Interruption) in
    arguments.positional.first ?? .none
  }

  private static let cache: NativeFunction = { interpreter, arguments throws(Interruption) in
    cached(arguments) ?? .model(CacheDecorator())
  }

  /// The function that is decorated; nil where it is none of Python source.
  static func cached(_ arguments: CallArguments) -> Value? {
    guard case .function(let function)? = arguments.positional.first else { return nil }
    function.isCached = true
    return .function(function)
  }

  private static func chain(
    _ iterables: [Value], _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if let reason = arguments.unknownRest { return interpreter.unknown(reason) }
    var result: [Value] = []
    for iterable in iterables {
      guard let elements = try interpreter.iterate(iterable, at: arguments.range) else {
        return interpreter.unknown(
          iterable.unknownReason
            ?? interpreter.notKnown(iterable, "iteration over", at: arguments.range))
      }
      try interpreter.allocate(elements.count * 32)
      result += elements
    }
    return .model(IteratorObject(result))
  }

  private static func lists(
    _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> [[Value]]? {
    guard arguments.unknownRest == nil else { return nil }
    var lists: [[Value]] = []
    for argument in arguments.positional {
      guard let elements = try interpreter.iterate(argument, at: arguments.range) else {
        return nil
      }
      lists.append(elements)
    }
    return lists
  }

  private static let product: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard var lists = try lists(arguments, interpreter) else {
      return Builtins.notKnown(arguments, "product", interpreter)
    }
    if let times = arguments.keyword("repeat") {
      guard case .integer(let count) = times, (0...20).contains(count) else { throw .exhausted }
      lists = Array([[[Value]]](repeating: lists, count: count).joined())
    }
    var rows: [[Value]] = [[]]
    for (position, list) in lists.enumerated() {
      let (size, overflow) = rows.count.multipliedReportingOverflow(by: list.count)
      let row = 64 + 32 * (position + 1)
      try interpreter.allocate(overflow || size > 1 << 40 ? Int.max : size &* row)
      try interpreter.charge(overflow ? Int.max / 2 : size)
      rows = rows.flatMap { row in list.map { row + [$0] } }
    }
    return .model(IteratorObject(rows.map(Value.tuple)))
  }

  private static let combinations: NativeFunction = {
    interpreter, arguments throws(Interruption) in
    guard arguments.positional.count == 2, case .integer(let size) = arguments.positional[1],
      let elements = try interpreter.iterate(arguments.positional[0], at: arguments.range),
      size >= 0
    else { return Builtins.notKnown(arguments, "combinations", interpreter) }
    var rows: [[Int]] = [[]]
    for _ in 0..<min(size, elements.count + 1) {
      var longer: [[Int]] = []
      for row in rows {
        for next in ((row.last ?? -1) + 1)..<max(elements.count, (row.last ?? -1) + 1) {
          try interpreter.charge()
          try interpreter.allocate(64 + 40 * (row.count + 1))
          longer.append(row + [next])
        }
      }
      rows = longer
    }
    return .model(IteratorObject(rows.map { row in .tuple(row.map { elements[$0] }) }))
  }

  private static let namedTuple: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard case .string(let name)? = arguments.argument(0, "typename"),
      let given = arguments.argument(1, "field_names")
    else { return Builtins.notKnown(arguments, "namedtuple", interpreter) }
    var names: [String] = []
    if case .string(let text) = given {
      names = text.split { $0 == "," || $0.isWhitespace }.map { String($0) }
    } else if let elements = try interpreter.iterate(given, at: arguments.range) {
      for case .string(let name) in elements { names.append(name) }
      if names.count != elements.count {
        return Builtins.notKnown(arguments, "namedtuple", interpreter)
      }
    } else {
      return Builtins.notKnown(arguments, "namedtuple", interpreter)
    }
    if arguments.keyword("rename") != nil {
      return Builtins.notKnown(arguments, "namedtuple", interpreter)
    }
    if let message = NamedTupleNames.refusal(name, fields: names) {
      throw interpreter.raise("ValueError", message, at: arguments.range)
    }
    var defaults: [Value] = []
    if let value = arguments.keyword("defaults") {
      defaults = try interpreter.iterate(value, at: arguments.range) ?? []
    }
    if defaults.count > names.count {
      throw interpreter.raise(
        "TypeError", "Got more default values than field names", at: arguments.range)
    }
    let type = ClassObject(name: name, moduleName: "", flavor: .namedTuple)
    let offset = names.count - defaults.count
    type.fields = names.enumerated().map { index, name in
      (name, index >= offset ? defaults[index - offset] : nil)
    }
    return .class(type)
  }

  /// `Enum("Color", "RED GREEN")` and `Enum("Color", {"RED": 1})`
  private static let functionalEnumeration: NativeFunction = {
    interpreter, arguments throws(Interruption) in
    guard case .string(let name)? = arguments.argument(0, "value"),
      let given = arguments.argument(1, "names")
    else { return Builtins.notKnown(arguments, "Enum", interpreter) }
    var pairs: [(String, Value)] = []
    switch given {
    case .string(let text):
      let names = text.split { $0 == " " || $0 == "," }
      pairs = names.enumerated().map { (String($1), .integer($0 + 1)) }
    case .dictionary(let dictionary) where dictionary.taint == nil:
      for case (.string(let name), let value) in dictionary.entries { pairs.append((name, value)) }
    default:
      guard let elements = try interpreter.iterate(given, at: arguments.range) else {
        return Builtins.notKnown(arguments, "Enum", interpreter)
      }
      for (index, element) in elements.enumerated() {
        switch element {
        case .string(let name): pairs.append((name, .integer(index + 1)))
        case .tuple(let pair):
          if pair.count == 2, case .string(let name) = pair[0] { pairs.append((name, pair[1])) }
        default: return Builtins.notKnown(arguments, "Enum", interpreter)
        }
      }
    }
    let type = ClassObject(
      name: name, moduleName: "", libraryBases: [LibraryName("enum.Enum")], flavor: .enumeration)
    for (name, value) in pairs {
      let member = InstanceObject(type)
      for key in ["_name_", "name"] { member.attributes[key] = .string(name) }
      for key in ["_value_", "value"] { member.attributes[key] = value }
      type.members.append(member)
      type.attributes[name] = .instance(member)
    }
    return .class(type)
  }

  private static func getter(
    _ read:
      @escaping @Sendable (
        Interpreter, Value, Value, SourceRange
      ) throws(Interruption) -> Value
  ) -> NativeFunction {
    { interpreter, arguments throws(Interruption) in
      .model(GetterObject(arguments.positional, read))
    }
  }

  private static func copy(
    _ arguments: CallArguments, _ interpreter: Interpreter, isDeep: Bool
  ) throws(Interruption) -> Value {
    guard let value = arguments.positional.first else { return .none }
    return try copy(value, arguments, interpreter, isDeep: isDeep, depth: 0)
  }

  private static func copy(
    _ value: Value, _ arguments: CallArguments, _ interpreter: Interpreter, isDeep: Bool,
    depth: Int
  ) throws(Interruption) -> Value {
    guard depth < 50 else { throw .exhausted }
    try interpreter.charge()
    func inner(_ values: [Value]) throws(Interruption) -> [Value] {
      guard isDeep else { return values }
      var result: [Value] = []
      for value in values {
        result.append(
          try copy(value, arguments, interpreter, isDeep: true, depth: depth + 1))
      }
      return result
    }
    switch value {
    case .list(let list):
      try interpreter.allocate(list.elements.count * 32)
      let copy = ListObject(try inner(list.elements))
      copy.taint = list.taint
      copy.isUnordered = list.isUnordered
      return .list(copy)
    case .dictionary(let dictionary):
      try interpreter.allocate(dictionary.count * 64)
      let values = try inner(dictionary.entries.map(\.value))
      let copy = DictionaryObject(
        Swift.zip(dictionary.entries, values).map { (key: $0.key, value: $1) })
      copy.taint = dictionary.taint
      copy.defaultFactory = dictionary.defaultFactory
      return .dictionary(copy)
    case .set(let set):
      let copy = SetObject(set.elements, isFrozen: set.isFrozen)
      copy.taint = set.taint
      return .set(copy)
    case .tuple(let elements): return .tuple(try inner(elements))
    case .instance(let instance):
      if instance.type.flavor == .enumeration { return value }
      let copy = InstanceObject(instance.type)
      copy.attributes = instance.attributes
      copy.taint = instance.taint
      return .instance(copy)
    case .model(let model):
      if model is any ConstantObject { return value }
      return try model.call("__copy__", CallArguments(range: arguments.range), interpreter)
    default: return value
    }
  }
}

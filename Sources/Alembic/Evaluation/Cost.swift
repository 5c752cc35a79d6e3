// What operations cost: by the size of what they look at and of what they make, whichever they are.

/// How large a value is, counted in bytes as far as an operation walks through them.
struct Extent {
  /// What an element of a container counts for, beside what it holds.
  private static let element = 16
  /// Deeper than this only operations go that charge for each level themselves.
  private static let depthLimit = 64
  private(set) var bytes = 0
  /// Counting stops behind it: values that hold each other twice are endless in effect.
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func add(_ value: Value, depth: Int = 0) {
    switch value {
    case .none, .boolean, .integer, .float, .ellipsis, .range, .function, .class, .module, .bound,
      .library, .method, .unknown:
      break
    case .string(let text): bytes += text.utf8.count
    case .bytes(let content): bytes += content.count
    case .tuple(let elements): add(elements, depth: depth)
    case .list(let list): add(list.elements, depth: depth)
    case .set(let set): add(set.elements, depth: depth)
    case .dictionary(let dictionary):
      bytes += dictionary.count * Self.element * 2
      guard depth < Self.depthLimit else { return }
      for entry in dictionary.entries {
        guard bytes < limit else { return }
        add(entry.key, depth: depth + 1)
        add(entry.value, depth: depth + 1)
      }
    case .instance(let instance):
      if let value = instance.primitive { add(value, depth: depth + 1) }
      if instance.type.flavor == .namedTuple { add(instance.fieldValues, depth: depth) }
    case .model(let model): bytes += model.extent
    }
  }

  private mutating func add(_ elements: [Value], depth: Int) {
    bytes += elements.count * Self.element
    guard depth < Self.depthLimit else { return }
    for element in elements {
      guard bytes < limit else { return }
      add(element, depth: depth + 1)
    }
  }

  /// The bytes of memory that a value takes by itself, without what its elements hold.
  static func memory(_ value: Value) -> Int {
    switch value {
    case .string(let text): text.utf8.count
    case .bytes(let content): content.count
    case .tuple(let elements): elements.count * 32
    case .list(let list): list.elements.count * 32
    case .set(let set): set.count * 64
    case .dictionary(let dictionary): dictionary.count * 64
    case .model(let path as PathObject): path.string.utf8.count
    default: 0
    }
  }
}

extension Interpreter {
  /// Charges for values that an operation may walk through.
  func charge(for values: [Value]) throws(Interruption) {
    for value in values { spend(on: value) }
    if budget.isExhausted { throw .exhausted }
  }

  /// Charges for all that is passed to an operation.
  func charge(for arguments: CallArguments) throws(Interruption) {
    try charge(for: arguments.positional)
    for keyword in arguments.keywords { spend(on: keyword.value) }
    if budget.isExhausted { throw .exhausted }
  }

  /// As `charge(for:)`, where nothing can be thrown: what is evaluated next throws.
  func spend(on value: Value) {
    switch value {
    case .none, .boolean, .integer, .float: return
    case .string(let text) where text.utf8.count < Budget.bytesPerWork: return
    default: break
    }
    var extent = Extent(limit: Budget.maximumWork * Budget.bytesPerWork)
    extent.add(value)
    _ = budget.charge(extent.bytes / Budget.bytesPerWork)
  }

  /// A value as a key: to hash it is to walk through it.
  func key(of value: Value) -> ValueKey? {
    spend(on: value)
    return budget.isExhausted ? nil : value.key
  }

  /// Charges for the memory of what an operation made, where it has not counted that itself since
  /// the budget stood at `before`.
  func charge(making result: Value, since before: Int) throws(Interruption) {
    let made = Extent.memory(result) - (budget.memory - before)
    if made > 0 { try allocate(made) }
  }

  /// Calls a method or operator of a model.
  func callModel(
    _ model: any ModelObject, _ name: String, _ arguments: CallArguments
  ) throws(Interruption) -> Value {
    try charge(for: [.model(model)])
    try charge(for: arguments)
    let before = budget.memory
    let result = try model.call(name, arguments, self)
    try charge(making: result, since: before)
    return result
  }
}

/// Which operations look at less than all of their operands; what is not named here is charged for
/// all of them.
enum Cost {
  /// Methods that reach an element without walking through the others, and hand out what is there.
  private static let direct: [String: Set<String>] = [
    "list": ["append", "extend", "insert", "pop", "clear"],
    "dict": ["get", "setdefault", "pop", "popitem", "update", "clear", "move_to_end"],
    "set": ["add", "discard", "remove", "update", "clear", "pop"],
  ]

  static func isDirect(_ receiver: Value, _ name: String) -> Bool {
    switch receiver {
    case .list: direct["list"]?.contains(name) == true
    case .dictionary: direct["dict"]?.contains(name) == true
    case .set: direct["set"]?.contains(name) == true
    default: false
    }
  }

  /// Whether a method stores its argument as it is.
  static func isStoring(_ receiver: Value, _ name: String) -> Bool {
    if case .list = receiver { name == "append" || name == "insert" } else { false }
  }

  /// Functions that look into none of their arguments.
  private static let blind: Set<String> = [
    "builtins.len", "builtins.type", "builtins.id", "builtins.callable", "builtins.print",
    "builtins.next", "builtins.iter", "builtins.object", "builtins.bool", "typing.cast",
  ]

  /// Functions that look into their second argument only.
  private static let lookingAtSecond: Set<String> = [
    "builtins.getattr", "builtins.hasattr", "builtins.setattr", "builtins.isinstance",
  ]

  /// Whether a function makes nothing of its own.
  static func isDirect(_ path: String) -> Bool {
    blind.contains(path) || lookingAtSecond.contains(path)
  }

  /// The arguments that a function of a library may walk through.
  static func operands(of path: String, _ arguments: CallArguments) -> [Value] {
    if blind.contains(path) { return [] }
    if lookingAtSecond.contains(path) { return Array(arguments.positional.dropFirst().prefix(1)) }
    return arguments.values
  }
}

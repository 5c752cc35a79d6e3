// Where names live while code is evaluated: modules, functions, classes, comprehensions.

import PythonSyntax

/// The names of one module, function call, class body or comprehension.
///
/// Looking up names is what an evaluation does most. Nothing is called while one of these properties is being
/// changed, so that there is no overlap for the runtime to look for.
final class Scope {
  enum Kind { case module, function, `class`, comprehension }
  let kind: Kind
  unowned let module: ModuleObject
  /// That of `module`, which is asked for far more often.
  let code: PythonModule
  /// The scope around it in which names are looked up next; nil for a module.
  let parent: Scope?
  /// How many journals had been opened when it was made; 0 for what outlives them.
  let birth: Int
  /// The names of a function, class or comprehension; a module has `slots`.
  @exclusivity(unchecked) private var values = Bindings()
  /// What the function being called binds, once somebody asked.
  @exclusivity(unchecked) private var locals: NameSet?
  /// The names of a module by identifier.
  @exclusivity(unchecked) private var slots: [Value?] = []
  /// The names of a class body as they were bound; one that was unbound in between is in it twice.
  @exclusivity(unchecked) private var order: [UInt32] = []
  /// Names that `global` or `nonlocal` direct elsewhere.
  @exclusivity(unchecked) var redirected: [UInt32: Scope] = [:]
  /// The function being called and its first argument, for `super()`.
  var function: FunctionObject?
  var receiver: Value?
  /// The annotated names of a class body, for dataclasses and named tuples.
  var annotations: [(Identifier, ExpressionID)] = []

  init(_ kind: Kind, module: ModuleObject, parent: Scope?, birth: Int = 0) {
    self.kind = kind
    self.birth = birth
    self.module = module
    code = module.code
    self.parent = parent
  }

  subscript(name: UInt32) -> Value? {
    get {
      guard kind == .module else { return values[name] }
      return name < slots.count ? slots[Int(name)] : nil
    }
    set {
      guard kind == .module else {
        if kind == .class, values[name] == nil { order.append(name) }
        values[name] = newValue
        return
      }
      if slots.isEmpty { slots = [Value?](repeating: nil, count: code.nameCount) }
      if name < slots.count { slots[Int(name)] = newValue }
    }
  }

  /// Whether the function being called binds a name, at whichever place: no name outside of it is meant.
  func isLocal(_ name: UInt32) -> Bool {
    if let locals { return locals.contains(name) }
    guard case .definition(let definition)? = function?.body else { return false }
    let found = module.facts(of: definition).names
    locals = found
    return found.contains(name)
  }

  /// The names of a class body with their values, in the order of their first binding.
  var bindings: [(name: UInt32, value: Value)] {
    var seen: Set<UInt32> = []
    return order.compactMap { name in
      seen.insert(name).inserted ? values[name].map { (name, $0) } : nil
    }
  }

  /// The values of a module's names.
  var moduleValues: [Value] { slots.compactMap(\.self) }

  /// The values of a function's names.
  var heldValues: [Value] { values.held }

  /// The scope that a name is bound in when it is assigned here.
  func bindingScope(_ name: UInt32) -> Scope { redirected[name] ?? self }

  /// The scope that `name := value` binds in: comprehensions have no names of their own for it.
  var assignmentScope: Scope {
    var scope = self
    while scope.kind == .comprehension, let parent = scope.parent { scope = parent }
    return scope
  }

  var moduleScope: Scope {
    var scope = self
    while let parent = scope.parent { scope = parent }
    return scope
  }
}

/// Values by name. Of few names one after the other is looked at, which costs less than a hash.
private struct Bindings {
  private static let few = 12

  private var entries: [(name: UInt32, value: Value?)] = []
  /// Where each name is, of more than a few.
  private var places: [UInt32: Int] = [:]

  subscript(name: UInt32) -> Value? {
    get { place(of: name).flatMap { entries[$0].value } }
    set {
      if let place = place(of: name) {
        entries[place].value = newValue
      } else if let newValue {
        entries.append((name, newValue))
        if entries.count == Self.few + 1 {
          for (place, entry) in entries.enumerated() { places[entry.name] = place }
        } else if entries.count > Self.few {
          places[name] = entries.count - 1
        }
      }
    }
  }

  var held: [Value] { entries.compactMap(\.value) }

  private func place(of name: UInt32) -> Int? {
    entries.count > Self.few ? places[name] : entries.firstIndex { $0.name == name }
  }
}

/// Names of one module, a bit each.
struct NameSet {
  private var words: [UInt64]

  /// - Parameter count: how many names the module has.
  init(_ names: Set<UInt32>, of count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for name in names where name < count { words[Int(name >> 6)] |= 1 << (name & 63) }
  }

  func contains(_ name: UInt32) -> Bool {
    let word = Int(name >> 6)
    return word < words.count && words[word] & 1 << (name & 63) != 0
  }
}

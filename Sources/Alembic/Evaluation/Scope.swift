// Where names live while code is evaluated: modules, functions, classes, comprehensions.

import PythonSyntax

/// The names of one module, function call, class body or comprehension.
final class Scope {
  enum Kind { case module, function, `class`, comprehension }
  let kind: Kind
  unowned let module: ModuleObject
  /// The scope around it in which names are looked up next; nil for a module.
  let parent: Scope?
  /// How many journals had been opened when it was made; 0 for what outlives them.
  let birth: Int
  /// The names of a function, class or comprehension; a module has `slots`.
  private var values: [UInt32: Value] = [:]
  /// The names of a module by identifier.
  private var slots: [Value?] = []
  /// The names of a class body as they were bound; one that was unbound in between is in it twice.
  private var order: [UInt32] = []
  /// Names that `global` or `nonlocal` direct elsewhere.
  var redirected: [UInt32: Scope] = [:]
  /// The function being called and its first argument, for `super()`.
  var function: FunctionObject?
  var receiver: Value?
  /// The annotated names of a class body, for dataclasses and named tuples.
  var annotations: [(Identifier, ExpressionID)] = []

  init(_ kind: Kind, module: ModuleObject, parent: Scope?, birth: Int = 0) {
    self.kind = kind
    self.birth = birth
    self.module = module
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
      if slots.isEmpty { slots = [Value?](repeating: nil, count: module.code.nameCount) }
      if name < slots.count { slots[Int(name)] = newValue }
    }
  }

  /// The names of a class body with their values, in the order of their first binding.
  var bindings: [(name: UInt32, value: Value)] {
    var seen: Set<UInt32> = []
    return order.compactMap { name in
      seen.insert(name).inserted ? values[name].map { (name, $0) } : nil
    }
  }

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

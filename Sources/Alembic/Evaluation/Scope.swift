// Where names live while code is evaluated: modules, functions, classes, comprehensions.

import PythonSyntax

/// The names of one function call, class body or comprehension; those of a module are in
/// `ModuleObject`.
final class Scope {
  enum Kind { case module, function, `class`, comprehension }
  let kind: Kind
  let module: ModuleObject
  /// The scope around it in which names are looked up next; nil for a module.
  let parent: Scope?
  var values: [UInt32: Value] = [:]
  /// Names that `global` or `nonlocal` direct elsewhere.
  var redirected: [UInt32: Scope] = [:]
  /// The function's own names, by its definition; reading one before it is bound is an error.
  var definition: DefinitionID?
  /// The function being called and its first argument, for `super()`.
  var function: FunctionObject?
  var receiver: Value?

  init(_ kind: Kind, module: ModuleObject, parent: Scope?) {
    self.kind = kind
    self.module = module
    self.parent = parent
  }
}

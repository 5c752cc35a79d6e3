// Looking up and binding names, by Python's rules of scope.

import PythonSyntax
import SourceText

extension Interpreter {
  /// The value of a name where it is used; raises NameError where nothing binds it.
  func lookUp(
    _ name: Identifier, in scope: Scope, at range: SourceRange
  ) throws(Interruption) -> Value {
    var current = scope
    while true {
      if current.kind != .class || current === scope {
        if let other = current.redirected[name.index] {
          if let value = other[name.index] { return value }
          if other.kind == .module { return try lookUpGlobal(name, other, at: range) }
        } else if let value = current[name.index] {
          return value
        } else if current.kind == .function, current.isLocal(name.index) {
          let spelling = current.code.text(of: name)
          throw raise(
            "UnboundLocalError", "cannot access local variable '\(spelling)'", at: range)
        }
      }
      guard let parent = current.parent else { break }
      current = parent
    }
    return try lookUpGlobal(name, current, at: range)
  }

  private func lookUpGlobal(
    _ name: Identifier, _ scope: Scope, at range: SourceRange
  ) throws(Interruption) -> Value {
    let module = scope.module
    if let value = try value(of: name.index, in: module) { return value }
    let spelling = module.code.text(of: name)
    if let value = Builtins.value(of: spelling, self) { return value }
    if let value = moduleAttribute(spelling, of: module) { return value }
    if let value = try starImport(spelling, in: module, at: range) { return value }
    if module.code.diagnostics.isEmpty {
      throw raise("NameError", "name '\(spelling)' is not defined", at: range)
    }
    return unknown(.damaged, "'\(spelling)' in a damaged file", at: range)
  }

  /// A name of a module that its source binds, evaluated on demand where the module is an import.
  func value(of name: UInt32, in module: ModuleObject) throws(Interruption) -> Value? {
    if module.progress != nil { try advance(module, to: name) }
    return module.globals[name]
  }

  /// Names that every module has.
  func moduleAttribute(_ spelling: String, of module: ModuleObject) -> Value? {
    if let value = module.extra[spelling] { return value }
    switch spelling {
    case "__name__": return .string(module.name)
    case "__file__": return .string(module.path)
    case "__package__": return .string(module.package)
    case "__doc__":
      return documentation(module.code.body, in: module.code, "__doc__", at: revisionPlace)
    case "__builtins__": return .library(LibraryName("builtins"))
    default: return nil
    }
  }

  /// Binds a name, and notes the change where it may have to be undone.
  func bind(_ name: UInt32, to value: Value, in scope: Scope) {
    let target = scope.bindingScope(name)
    willBind(in: target)
    if !journals.isEmpty { record(.variable(target, name, old: target[name])) }
    target[name] = value
  }

  private func willBind(in scope: Scope) {
    if scope.kind == .module { noteChange(of: scope.module) }
  }

  func unbind(_ name: UInt32, in scope: Scope) -> Bool {
    let target = scope.bindingScope(name)
    guard let old = target[name] else { return false }
    willBind(in: target)
    if !journals.isEmpty { record(.variable(target, name, old: old)) }
    target[name] = nil
    return true
  }

  /// `global` and `nonlocal`.
  func redirect(_ names: NodeList<Identifier>, isGlobal: Bool, in scope: Scope) {
    for name in scope.code[names] {
      if isGlobal {
        scope.redirected[name.index] = scope.moduleScope
        continue
      }
      var outer = scope.parent
      while let candidate = outer, candidate.kind != .module {
        if candidate.kind == .function,
          candidate[name.index] != nil || candidate.isLocal(name.index)
        {
          scope.redirected[name.index] = candidate
          break
        }
        outer = candidate.parent
      }
    }
  }
}

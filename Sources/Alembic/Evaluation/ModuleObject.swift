// A Python file of the project as a module object: its tree, its names, and how far it is evaluated.

import PythonSyntax

/// A module of the project: a revision file, or one that it imports.
final class ModuleObject {
  /// The dotted name, as `__name__`.
  let name: String
  /// The file it was read from; nil for a namespace package.
  let path: String?
  let isPackage: Bool
  let code: PythonModule?
  /// The values of its names, by identifier of `code`.
  let globals: Scope?

  init(name: String, path: String?, isPackage: Bool, code: PythonModule?) {
    self.name = name
    self.path = path
    self.isPackage = isPackage
    self.code = code
    self.globals = nil
  }
}

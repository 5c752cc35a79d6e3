// A Python file of the project as a module object: its tree, its names, and how far it is evaluated.

import PythonSyntax
import SourceText

/// A module of the project: a revision file, or one that it imports.
final class ModuleObject {
  /// The dotted name, as `__name__`.
  let name: String
  /// The file it was read from; for a package without `__init__.py` its directory.
  let path: String
  let isPackage: Bool
  let code: PythonModule
  /// Names that the source does not spell, such as submodules.
  var extra: [String: Value] = [:]
  /// How far an imported module is evaluated; nil for one that is evaluated from top to bottom.
  var progress: ModuleProgress?
  /// What `from … import *` imports from.
  var starImports: [Value] = []
  var starImportsDone = false
  /// Of a revision whose top level is as it was when it had been evaluated: the budget at that point.
  var loaded: Budget?
  private var scope: Scope?
  private var identifiers: [String: UInt32]?
  private var lookups = 0
  private var facts: [UInt32: FunctionFacts] = [:]
  private var resultUses: [UInt32: ResultUses] = [:]

  init(name: String, path: String, isPackage: Bool, code: PythonModule) {
    self.name = name
    self.path = path
    self.isPackage = isPackage
    self.code = code
  }

  var globals: Scope {
    if let scope { return scope }
    let made = Scope(.module, module: self, parent: nil)
    scope = made
    return made
  }

  /// The identifier of a spelling; nil if the file does not hold it.
  func identifier(_ spelling: String) -> UInt32? {
    if let identifiers { return identifiers[spelling] }
    // Most files are asked for one or two names, for which the dictionary would cost more.
    if lookups < 4, code.nameCount < 1_000 {
      lookups += 1
      return (0..<UInt32(code.nameCount)).last {
        code.text(of: Identifier(index: $0)) == spelling
      }
    }
    var built: [String: UInt32] = [:]
    built.reserveCapacity(code.nameCount)
    for index in 0..<UInt32(code.nameCount) {
      built[code.text(of: Identifier(index: index))] = index
    }
    identifiers = built
    return built[spelling]
  }

  /// The package that relative imports start from.
  var package: String {
    if isPackage { return name }
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return String(name[..<dot])
  }

  func facts(of definition: DefinitionID) -> FunctionFacts {
    if let known = facts[definition.index] { return known }
    let found = FunctionFacts(of: code[definition], in: self)
    facts[definition.index] = found
    return found
  }

  func resultUses(of definition: DefinitionID) -> ResultUses {
    if let known = resultUses[definition.index] { return known }
    let found = ResultUses(code[definition].body, in: code)
    resultUses[definition.index] = found
    return found
  }
}

/// What is known of a function from its body alone.
struct FunctionFacts {
  /// The names that it binds: reading one before that is an error.
  let names: NameSet
  let isGenerator: Bool

  init(of definition: Definition, in module: ModuleObject) {
    var walk = BindingWalk(module.code)
    walk.visit(definition.body)
    names = NameSet(walk.names.subtracting(walk.declared), of: module.code.nameCount)
    isGenerator =
      module.code.holdsYield && YieldSearch.isFound(in: definition.body, of: module.code)
  }
}

// `import`: the standard library and SQLAlchemy as they are modelled, the project's modules read
// statically, the rest unknown.

import PythonSyntax
import SourceText

extension Interpreter {
  func importModules(_ names: NodeList<ImportedName>, in scope: Scope) throws(Interruption) {
    let code = scope.code
    for imported in code[names] {
      let path = code.text(of: imported.name)
      if let alias = imported.alias {
        bind(alias.index, to: importModule(path, at: imported.range), in: scope)
        continue
      }
      guard let dot = path.utf8.firstIndex(of: UInt8(ascii: ".")) else {
        bind(imported.name.index, to: importModule(path, at: imported.range), in: scope)
        continue
      }
      // `import a.b` binds `a`.
      let top = String(path[..<dot])
      let value = importModule(top, at: imported.range)
      if let identifier = scope.module.identifier(top) {
        if case .unknown? = scope[identifier] { continue }
        bind(identifier, to: value, in: scope)
      } else {
        scope.module.loaded = nil
        scope.module.extra[top] = value
      }
    }
  }

  /// The module of a dotted name, as far as it can be known.
  func importModule(_ path: String, at range: SourceRange) -> Value {
    if StandardLibrary.owns(LibraryName(path)) { return .library(LibraryName(path)) }
    if SQLAlchemyLibrary.owns(path) {
      if let canonical = SQLAlchemyLibrary.canonical(path) { return .library(canonical) }
      return locateModule(path).map(Value.module) ?? .library(LibraryName(path))
    }
    if let module = locateModule(path) { return .module(module) }
    if let module = ConfiguredModule(path, settings.project) { return .model(module) }
    if StandardLibrary.isHarmless(LibraryName(path)) { return .library(LibraryName(path)) }
    unknownCount += 1
    let top = String(path.firstPart)
    mayRaise(OpaqueReason(.unknownModule, path), at: range, "ModuleNotFoundError")
    return .unknown(
      Unknown(
        OpaqueReason(.unknownModule, path), range: range,
        mayEmit: top != path && locateModule(top) != nil))
  }

  func importNames(
    _ names: NodeList<ImportedName>, from module: Identifier?, level: UInt32,
    at range: SourceRange, in scope: Scope
  ) throws(Interruption) {
    let code = scope.code
    let path = try absolutePath(module, level, at: range, in: scope)
    if path == "__future__" { return }
    let source = importModule(path, at: range)
    for imported in code[names] {
      let name = code.text(of: imported.name)
      if name == "*" {
        scope.module.starImports.append(source)
        continue
      }
      let value = try importedValue(name, from: source, path, at: imported.range)
      bind((imported.alias ?? imported.name).index, to: value, in: scope)
    }
  }

  private func absolutePath(
    _ module: Identifier?, _ level: UInt32, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> String {
    let name = module.map { scope.code.text(of: $0) } ?? ""
    guard level > 0 else { return name }
    var parts = scope.module.package.parts
    guard parts.count >= Int(level), scope.module !== revisionModule else {
      throw raise(
        "ImportError", "attempted relative import with no known parent package", at: range)
    }
    parts.removeLast(Int(level) - 1)
    if !name.isEmpty { parts.append(Substring(name)) }
    return parts.joined(separator: ".")
  }

  private func importedValue(
    _ name: String, from source: Value, _ path: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    if let told = settings.project.value(of: "\(path).\(name)") { return told }
    switch source {
    case .unknown(let reason):
      unknownCount += 1
      if let module = locateModule("\(path).\(name)") { return .module(module) }
      return .unknown(
        Unknown(
          OpaqueReason(.unknownModule, "\(path).\(name)"), range: range, mayEmit: reason.mayEmit))
    case .library(let library):
      let value = try probing { () throws(Interruption) in
        try self.attribute(source, name, at: range)
      }
      if case .unknown(let reason) = value {
        if let module = locateModule("\(library.path).\(name)") { return .module(module) }
        mayRaise(reason.reason, at: range, "ImportError")
      } else if library.family == .sqlalchemy, case .library(let found) = value,
        !KnownNames.holds(found)
      {
        mayRaise(OpaqueReason(.unknownName, "\(path).\(name)"), at: range, "ImportError")
      }
      return value
    default:
      let value = try probing { () throws(Interruption) in
        try self.attribute(source, name, at: range)
      }
      if case .unknown(let reason) = value, reason.mayEmit {
        mayRaise(reason.reason, at: range, "ImportError")
      }
      return value
    }
  }

  /// A name that `from module import *` brought.
  func starImport(
    _ name: String, in module: ModuleObject, at range: SourceRange
  ) throws(Interruption) -> Value? {
    var seen: Set<ObjectIdentifier> = []
    return try starImport(name, in: module, at: range, &seen)
  }

  /// `seen`: modules that were looked through; many may import all of one another.
  private func starImport(
    _ name: String, in module: ModuleObject, at range: SourceRange,
    _ seen: inout Set<ObjectIdentifier>
  ) throws(Interruption) -> Value? {
    try charge()
    guard seen.insert(ObjectIdentifier(module)).inserted else { return nil }
    if module.progress != nil, !module.starImportsDone {
      module.starImportsDone = true
      for position in module.progress?.starImports ?? [] { try runTopLevel(position, of: module) }
    }
    for source in module.starImports {
      switch source {
      case .module(let other):
        guard budget.depth < Budget.maximumDepth, other !== module else { continue }
        budget.depth += 1
        defer { budget.depth -= 1 }
        if let identifier = other.identifier(name),
          let value = try value(of: identifier, in: other)
        {
          return value
        }
        if let value = try starImport(name, in: other, at: range, &seen) { return value }
      case .library:
        let count = unknownCount
        let value = try probing { () throws(Interruption) in
          try self.attribute(source, name, at: range)
        }
        if case .unknown = value {
          unknownCount = count
          continue
        }
        return value
      case .unknown(let reason): return unknown(reason)
      default: continue
      }
    }
    return nil
  }

  /// The project's module of a dotted name; each is read once.
  func locateModule(_ path: String) -> ModuleObject? {
    if let known = modules[path] { return known }
    guard !budget.isExhausted else { return nil }
    _ = budget.charge(Budget.fileWork)
    let importer = revisionModule?.path ?? ""
    guard let located = project.locate(path, importer: importer) else {
      modules[path] = .some(nil)
      return nil
    }
    let code = located.module ?? parsePython(SourceFile(path: located.path, bytes: []))
    let module = ModuleObject(
      name: path, path: located.path, isPackage: located.isPackage, code: code)
    module.progress = ModuleProgress(module)
    modules[path] = module
    return module
  }

  /// A module that has been imported, or the revision itself, by its dotted name.
  func module(named name: String) -> ModuleObject? {
    if let revisionModule, revisionModule.name == name { return revisionModule }
    return modules[name] ?? nil
  }

  /// A file of the project. To ask for it costs whether or not there is one.
  func contents(of path: String) -> [UInt8]? {
    guard !budget.isExhausted else { return nil }
    _ = budget.charge(Budget.fileWork)
    let bytes = project.contents(of: path)
    _ = budget.charge((bytes?.count ?? 0) / Budget.bytesPerWork)
    return bytes
  }

  /// The names in a directory of the project.
  func entries(of path: String) -> [String]? {
    guard !budget.isExhausted else { return nil }
    _ = budget.charge(Budget.fileWork)
    let names = project.entries(of: path)
    _ = budget.charge(names?.count ?? 0)
    return names
  }

  /// The project's module of a file (absolute path).
  func locateModule(ofFile path: String) -> ModuleObject? {
    for known in modules.values { if let known, known.path == path { return known } }
    guard !budget.isExhausted else { return nil }
    _ = budget.charge(Budget.fileWork)
    guard let code = project.module(at: path) else { return nil }
    _ = budget.charge(code.source.bytes.count / Budget.bytesPerWork)
    let name = PathLibrary.splitSuffix(PathLibrary.split(path).1).stem
    let module = ModuleObject(name: name, path: path, isPackage: false, code: code)
    module.progress = ModuleProgress(module)
    return module
  }
}

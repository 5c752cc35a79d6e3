// Follows `target_metadata` to the `MetaData(naming_convention=…)` that it is.

import PythonSyntax
import SourceText

/// Follows an expression through names, imports of the project and declarative bases.
struct MetadataReader {
  private static let depthLimit = 16

  let project: ProjectModules

  struct Found {
    /// The module that the expression's first name is imported from.
    var module: String?
    var namingConvention: [String: String]?
  }

  /// A module's names with what is needed to go on from them.
  private struct Place {
    var module: PythonModule
    var names: ModuleNames
    var path: String
  }

  func follow(
    _ expression: ExpressionID, in module: PythonModule, names: ModuleNames, path: String
  ) -> Found {
    let place = Place(module: module, names: names, path: path)
    return Found(
      module: origin(of: expression, in: place, depth: 0),
      namingConvention: convention(expression, in: place, depth: 0))
  }

  private func origin(of id: ExpressionID, in place: Place, depth: Int) -> String? {
    if depth > Self.depthLimit { return nil }
    switch place.module[id] {
    case .attribute(let base, _), .call(let base, _), .subscript(let base, _):
      return origin(of: base, in: place, depth: depth + 1)
    case .name(let name):
      switch place.names.bindings[place.module.text(of: name)] {
      case .imported(let module, _, _): return module
      case .value(_, let expression?, _): return origin(of: expression, in: place, depth: depth + 1)
      default: return nil
      }
    default: return nil
    }
  }

  /// The convention of a `MetaData`, or of what has one as its `metadata`.
  private func convention(
    _ id: ExpressionID, in place: Place, depth: Int
  ) -> [String: String]? {
    if depth > Self.depthLimit { return nil }
    let module = place.module
    switch module[id] {
    case .call(_, let arguments):
      for argument in module[arguments] {
        guard case .keyword(let key) = argument.kind else { continue }
        switch module.text(of: key) {
        case "naming_convention": return texts(place.names.value(argument.value))
        case "metadata": return convention(argument.value, in: place, depth: depth + 1)
        default: break
        }
      }
      return nil
    case .attribute(let base, let name):
      return attribute(module.text(of: name), of: base, in: place, depth: depth + 1)
    case .name(let name):
      return convention(named: module.text(of: name), in: place, depth: depth + 1)
    default: return nil
    }
  }

  /// `Base.metadata`, `db.metadata`, `models.metadata`, `models.Base.metadata`.
  private func attribute(
    _ name: String, of base: ExpressionID, in place: Place, depth: Int
  ) -> [String: String]? {
    if let module = self.module(base, in: place), let found = names(of: module) {
      return convention(named: name, in: found, depth: depth)
    }
    return convention(base, in: place, depth: depth)
  }

  /// The project's module that an expression names: `models`, `app.models`.
  private func module(_ id: ExpressionID, in place: Place) -> LocatedModule? {
    let dotted = place.module.source.text(in: place.module.range(of: id))
    guard let first = dotted.split(separator: ".").first,
      case .imported(let source, let name, _) = place.names.bindings[String(first)]
    else { return nil }
    let rest = dotted.dropFirst(first.count)
    guard dotted.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }) else {
      return nil
    }
    let separator = source.hasSuffix(".") ? "" : "."
    let path = (name.map { "\(source)\(separator)\($0)" } ?? source) + rest
    let located = project.locate(path, importer: place.path)
    return located?.module == nil ? nil : located
  }

  private func names(of located: LocatedModule) -> Place? {
    guard let module = located.module else { return nil }
    let names = ModuleNames(module) { project.constant($0, importer: located.path) }
    return Place(module: module, names: names, path: located.path)
  }

  private func convention(
    named name: String, in place: Place, depth: Int
  ) -> [String: String]? {
    if depth > Self.depthLimit { return nil }
    switch place.names.bindings[name] {
    case .value(_, let expression?, _): return convention(expression, in: place, depth: depth + 1)
    case .class(let definition, _): return convention(of: definition, in: place, depth: depth + 1)
    case .imported(let source, let original?, _):
      guard let located = project.locate(source, importer: place.path),
        let next = names(of: located)
      else { return nil }
      return convention(named: original, in: next, depth: depth + 1)
    default: return nil
    }
  }

  /// The `metadata` of a declarative base, else of the classes it derives from.
  private func convention(
    of definition: DefinitionID, in place: Place, depth: Int
  ) -> [String: String]? {
    let module = place.module
    for statement in module[module[definition].body] {
      let pair: (ExpressionID?, ExpressionID)
      switch module[statement] {
      case .assign(let targets, let value): pair = (module[targets].first, value)
      case .annotatedAssign(let target, _, let value?): pair = (target, value)
      default: continue
      }
      guard let target = pair.0, case .name(let name) = module[target],
        module.text(of: name) == "metadata"
      else { continue }
      return convention(pair.1, in: place, depth: depth)
    }
    for base in module[module[definition].arguments] {
      guard case .positional = base.kind else { continue }
      if let found = convention(base.value, in: place, depth: depth) { return found }
    }
    return nil
  }

  private func texts(_ value: ConstantValue) -> [String: String]? {
    guard case .dictionary(let entries) = value else { return nil }
    var result: [String: String] = [:]
    for (key, value) in entries {
      guard case .string(let text) = value else { return nil }
      result[key] = text
    }
    return result
  }
}

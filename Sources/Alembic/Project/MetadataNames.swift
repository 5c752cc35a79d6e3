// What names stand for where a metadata is looked for: in functions, class bodies, modules, imports.

import PythonSyntax
import SourceText

extension MetadataReader.Place {
  /// What a name stands for; several where branches or callers differ.
  func targets(named name: String, depth: Int) -> [Target] {
    if isTooFar(depth) { return [notKnown(name)] }
    var current: Int? = scope
    while let index = current, index != 0 {
      let scope = outline.scopes[index]
      if let assigned = scope.locals[name] {
        return assigned.map { value in
          value.map { .expression(inside(index), $0) } ?? notKnown(name)
        }
      }
      if let parameter = outline.parameter(name, of: index) {
        let given = outline.arguments(for: name, at: parameter, of: index)
        return given.isEmpty
          ? [.unknown("'\(name)' is a parameter")]
          : given.map { argument in
            argument.map { .expression(inside($0.scope), $0.value) } ?? notKnown(name)
          }
      }
      current = scope.parent
    }
    if let owner, name != bound, let own = ownMember(name, of: owner) { return [own] }
    if outline.isBoundByCall(name) { return [notKnown(name)] }
    switch names.bindings[name] {
    case .uncertain?:
      let alternatives = alternatives(name, depth: depth + 1)
      return alternatives.isEmpty ? [notKnown(name)] : alternatives
    case let binding?: return target(binding, depth: depth).map { [$0] } ?? [notKnown(name)]
    case nil:
      if let binding = localImport(name) {
        return target(binding, depth: depth).map { [$0] } ?? [notKnown(name)]
      }
      return starImport(name, depth: depth + 1)
    }
  }

  private func notKnown(_ name: String) -> Target {
    .unknown("'\(name)' is known only when it runs")
  }

  private func target(_ binding: ModuleBinding, depth: Int) -> Target? {
    switch binding {
    case .value(_, let expression?, _): return .expression(inside(0), expression)
    case .class(let definition, _), .function(let definition, _):
      return .definition(inside(0), definition)
    case .imported(let source, let original?, _):
      guard let next = reader.place(importing: source, from: path) else {
        return .library("\(source).\(original)")
      }
      guard depth < MetadataReader.Trail.depthLimit else { return nil }
      let found = next.targets(named: original, depth: depth + 1)
      return found.count == 1 ? found[0] : nil
    case .imported(let source, nil, _):
      return reader.project.locate(source, importer: path) == nil ? .library(source) : nil
    case .value, .uncertain: return nil
    }
  }

  /// All that the module's own statements bind a name to, where branches or later changes make it
  /// uncertain which; empty if it is bound in other ways.
  private func alternatives(_ name: String, depth: Int) -> [Target] {
    var found: [Target] = []
    for statement in module[module.body] {
      var isOpen = false
      let own = bound(name, by: statement, &isOpen, depth: depth)
      if let own { found = [own] }
      for inner in nested(in: statement) {
        if let next = bound(name, by: inner, &isOpen, depth: depth) { found.append(next) }
      }
      if isOpen { return [] }
    }
    return found
  }

  /// The statements in a statement's blocks that may run when the module is loaded.
  private func nested(in statement: StatementID) -> [StatementID] {
    switch module[statement] {
    case .function, .class: return []
    case .if(let test, let body, let otherwise):
      let blocks = names.value(test).truth.map { $0 ? [body] : [otherwise] } ?? [body, otherwise]
      return blocks.flatMap { module.statements(in: $0) }
    default: return module.blocks(of: statement).flatMap { module.statements(in: $0) }
    }
  }

  /// What a statement binds a name to; `isOpen` where it binds it to something that is not followed.
  private func bound(
    _ name: String, by statement: StatementID, _ isOpen: inout Bool, depth: Int
  ) -> Target? {
    func isBound(_ target: ExpressionID) -> Bool {
      module.names(boundBy: target).contains(name)
    }
    switch module[statement] {
    case .assign(let targets, let value):
      for target in module[targets] where isBound(target) {
        if case .name = module[target] { return .expression(inside(0), value) }
        isOpen = true
      }
    case .annotatedAssign(let target, _, let value?):
      return isBound(target) ? .expression(inside(0), value) : nil
    case .function(let definition), .class(let definition):
      let isNamed = module.text(of: module[definition].name) == name
      return isNamed ? .definition(inside(0), definition) : nil
    case .importFrom(let source, let level, let names):
      for item in module[names] where module.text(of: item.alias ?? item.name) == name {
        let original = module.text(of: item.name)
        let binding = ModuleBinding.imported(
          module: module.dottedName(of: source, level), name: original, item.range)
        if let target = target(binding, depth: depth) { return target }
        isOpen = true
      }
    case .augmentedAssign(let target, _, _): isOpen = isOpen || isBound(target)
    case .for(let loop): isOpen = isOpen || isBound(module[loop].target)
    case .delete(let targets): isOpen = isOpen || module[targets].contains(where: isBound)
    default: break
    }
    return nil
  }

  /// An import in the body of a function, as env.py has it to avoid a circle.
  private func localImport(_ name: String) -> ModuleBinding? {
    var found: [ModuleBinding] = []
    var todo = [module.body]
    while let block = todo.popLast() {
      for statement in module[block] {
        todo += module.blocks(of: statement)
        guard case .importFrom(let source, let level, let names) = module[statement] else {
          continue
        }
        for item in module[names] where module.text(of: item.alias ?? item.name) == name {
          let original = module.text(of: item.name)
          found.append(
            .imported(
              module: module.dottedName(of: source, level), name: original,
              module.range(of: statement)))
        }
      }
    }
    return found.count == 1 ? found[0] : nil
  }

  /// `from app.models import *`
  private func starImport(_ name: String, depth: Int) -> [Target] {
    guard depth < MetadataReader.Trail.depthLimit, !name.hasPrefix("_"),
      case .imported? = names.bindings["*"]
    else { return [notKnown(name)] }
    for statement in module[module.body].reversed() {
      guard case .importFrom(let source, let level, let names) = module[statement],
        module[names].contains(where: { module.text(of: $0.name) == "*" }),
        let next = reader.place(importing: module.dottedName(of: source, level), from: path)
      else { continue }
      if next.names.bindings[name] != nil || next.names.bindings["*"] != nil {
        return next.targets(named: name, depth: depth + 1)
      }
    }
    return [notKnown(name)]
  }

  /// The project's module that an expression names: `models`, `app.models`.
  func imported(_ id: ExpressionID) -> MetadataReader.Place? {
    guard let (source, rest) = dotted(id) else { return nil }
    return reader.place(importing: source + rest, from: path)
  }

  /// The dotted name of something in a library.
  func library(_ id: ExpressionID) -> String? {
    guard let (source, rest) = dotted(id), source.first != ".",
      reader.isForeign(source, from: path)
    else { return nil }
    return source + rest
  }

  private func dotted(_ id: ExpressionID) -> (source: String, rest: Substring)? {
    let text = module.source.text(in: module.range(of: id))
    guard text.utf8.count < 200,
      text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }),
      let first = text.split(separator: ".").first,
      case .imported(let source, let name, _) = names.bindings[String(first)]
    else { return nil }
    let separator = source.hasSuffix(".") ? "" : "."
    let path = name.map { "\(source)\(separator)\($0)" } ?? source
    return (path, text.dropFirst(first.count))
  }
}

extension PythonModule {
  /// The names that a target of an assignment binds; attributes and elements bind none.
  func names(boundBy target: ExpressionID) -> [String] {
    var found: [String] = []
    var todo = [target]
    while let next = todo.popLast() {
      switch self[next] {
      case .name(let name): found.append(text(of: name))
      case .tuple(let elements), .list(let elements): todo += self[elements]
      case .starred(let inner): todo.append(inner)
      default: break
      }
    }
    return found
  }

  /// The statements of a block and of the blocks in it, without those of functions and classes.
  func statements(in block: Block) -> [StatementID] {
    var found: [StatementID] = []
    var todo = [block]
    while let next = todo.popLast() {
      for statement in self[next] {
        found.append(statement)
        switch self[statement] {
        case .function, .class: continue
        default: todo += blocks(of: statement)
        }
      }
    }
    return found
  }
}

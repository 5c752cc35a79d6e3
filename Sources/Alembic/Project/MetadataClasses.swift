// The metadata of classes, and of what calls make: as SQLAlchemy and Flask-SQLAlchemy choose it.

import PythonSyntax
import SourceText

/// An argument of a call with the place that it is seen from.
private struct PlacedArgument {
  var kind: Argument.Kind
  /// The keyword.
  var name: String?
  var value: ExpressionID
  var place: MetadataReader.Place

  var isPositional: Bool { if case .positional = kind { true } else { false } }
  var isUnpacked: Bool {
    switch kind {
    case .unpacked, .unpackedMapping: true
    case .positional, .keyword: false
    }
  }
}

// MARK: - Classes

extension MetadataReader.Place {
  /// A class without bases that could have brought it: what it holds is made elsewhere.
  private static let without = "a class has no metadata of its own"

  /// The `metadata` of a class.
  func metadata(ofClass id: DefinitionID, depth: Int) -> FollowedMetadata {
    guard depth < MetadataReader.Trail.depthLimit else { return .unknown(Self.without) }
    if let decorated = metadata(decorating: id, depth: depth + 1) { return decorated }
    if let own = ownMember("metadata", of: id) { return metadata(ofMember: own, depth: depth + 1) }
    let bases = bases(of: id, depth: depth + 1)
    let maker = FollowedMetadata.Maker.definition(path: path, id)
    // SQLAlchemy looks into the class itself only, not into mixins beside the declarative base.
    if bases.contains(where: isDeclarative) {
      if let registry = ownMember("registry", of: id) {
        return metadata(ofMember: registry, depth: depth + 1)
      }
      return FollowedMetadata(convention: .standard, maker: maker)
    }
    var isOfLibrary = false
    for base in bases {
      switch base {
      case .library(let library):
        if MetadataLibraries.isPlain(library) { continue }
        let found = FollowedMetadata.library(library)
        guard found.convention == .standard,
          !["SQLModel", "Model", "Base"].contains(MetadataLibraries.name(of: library))
        else { return found }
        isOfLibrary = true
      case .definition(let place, let definition):
        let found = place.metadata(ofClass: definition, depth: depth + 1)
        if found.convention != .unknown(Self.without) { return found }
      case .expression(let place, let value): return place.metadata(value, depth: depth + 1)
      case .unknown(let reason): return .unknown(reason)
      }
    }
    if isOfLibrary { return FollowedMetadata(convention: .standard, maker: maker) }
    if let assigned = members("metadata", of: id, depth: depth + 1).first {
      return metadata(ofMember: assigned, depth: depth + 1)
    }
    return .unknown(Self.without)
  }

  private func metadata(ofMember target: Target, depth: Int) -> FollowedMetadata {
    switch target {
    case .library(let path): .library(path)
    case .definition(let place, let id): place.metadata(returnedBy: id, depth: depth)
    case .expression(let place, let value): place.metadata(value, depth: depth)
    case .unknown(let reason): .unknown(reason)
    }
  }

  /// `@as_declarative(metadata=…)` and `@registry.as_declarative_base()` make a base of their own.
  private func metadata(decorating id: DefinitionID, depth: Int) -> FollowedMetadata? {
    for decorator in module[module[id].decorators] {
      guard case .call(let function, let list) = module[decorator] else { continue }
      switch module[function] {
      case .name(let name), .attribute(_, let name):
        guard module.text(of: name) == "as_declarative" else { break }
        return metadata(
          ofKeyword: "metadata", arguments(list), otherwise: .definition(path: path, id), depth)
      default: break
      }
      if case .attribute(let base, let name) = module[function],
        module.text(of: name) == "as_declarative_base"
      {
        return metadata(base, depth: depth)
      }
    }
    return nil
  }

  private func bases(of id: DefinitionID, depth: Int) -> [Target] {
    module[module[id].arguments].flatMap { argument -> [Target] in
      guard case .positional = argument.kind else { return [] }
      if case .name(let name) = module[argument.value], module.text(of: name) == "object" {
        return []
      }
      // `Generic[T]` is no class with a metadata; others in brackets are what they are without.
      if case .subscript(let base, _) = module[argument.value] {
        return resolved(base, depth: depth)
      }
      return resolved(argument.value, depth: depth)
    }
  }

  private func isDeclarative(_ base: Target) -> Bool {
    guard case .library(let path) = base, path.hasPrefix("sqlalchemy.") else { return false }
    return MetadataLibraries.declarativeBases.contains(MetadataLibraries.name(of: path))
  }

  /// Whether Flask-SQLAlchemy takes a class for a declarative base of SQLAlchemy 2.
  private func isDeclarative(_ id: DefinitionID, depth: Int) -> Bool {
    guard depth < MetadataReader.Trail.depthLimit else { return false }
    return bases(of: id, depth: depth + 1).contains { base in
      if case .definition(let place, let id) = base {
        return place.isDeclarative(id, depth: depth + 1)
      }
      return isDeclarative(base)
    }
  }

  /// What the body of a class binds a name to.
  func ownMember(_ name: String, of id: DefinitionID) -> Target? {
    var found: Target?
    for statement in module.statements(in: module[id].body) {
      switch module[statement] {
      case .assign(let targets, let value):
        for target in module[targets] where module.names(boundBy: target).contains(name) {
          // Unpacked, it is only a part of the value.
          if case .name = module[target] {
            found = .expression(inside(id, binding: name), value)
          } else {
            found = .unknown("'\(name)' is unpacked from a value")
          }
        }
      case .annotatedAssign(let target, _, let value?):
        if module.names(boundBy: target).contains(name) {
          found = .expression(inside(id, binding: name), value)
        }
      case .function(let definition), .class(let definition):
        if module.text(of: module[definition].name) == name {
          found = .definition(inside(0), definition)
        }
      default: break
      }
    }
    return found
  }

  /// What an attribute of a class of the project, or of its instances, is bound to.
  func members(_ name: String, of id: DefinitionID, depth: Int) -> [Target] {
    guard depth < MetadataReader.Trail.depthLimit else { return [] }
    if let own = ownMember(name, of: id) { return [own] }
    let initializer = initializer(of: id)
    let assigned = outline.attributeAssignments(name).filter { assignment in
      guard assignment.scope == initializer, case .name(let base) = module[assignment.base] else {
        return false
      }
      return module.text(of: base) == "self"
    }
    if !assigned.isEmpty { return assigned.map { .expression(inside($0.scope), $0.value) } }
    for case .definition(let place, let base) in bases(of: id, depth: depth + 1) {
      let found = place.members(name, of: base, depth: depth + 1)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The scope of `__init__`.
  private func initializer(of id: DefinitionID) -> Int? {
    guard case .definition(_, let function)? = ownMember("__init__", of: id) else { return nil }
    return outline.scopes.firstIndex { $0.definition == function }
  }
}

// MARK: - Calls

extension MetadataReader.Place {
  private func arguments(_ list: NodeList<Argument>) -> [PlacedArgument] {
    module[list].map { argument in
      var name: String?
      if case .keyword(let key) = argument.kind { name = module.text(of: key) }
      return PlacedArgument(
        kind: argument.kind, name: name, value: argument.value, place: self)
    }
  }

  func metadata(
    called function: ExpressionID, _ list: NodeList<Argument>, _ id: ExpressionID, depth: Int
  ) -> FollowedMetadata {
    let maker = FollowedMetadata.Maker.call(path: path, id)
    let callees = resolved(function, depth: depth)
    return .agreed(
      callees.map { callee in
        switch callee {
        case .library(let path): metadata(made: path, arguments(list), maker, depth)
        case .definition(let place, let definition):
          place.module[definition].parameters == nil
            ? place.metadata(ofInstance: definition, arguments(list), maker, depth: depth + 1)
            : place.metadata(returnedBy: definition, depth: depth + 1)
        case .expression, .unknown: metadata(calledMethod: function, depth: depth + 1)
        }
      })
  }

  /// `registry().generate_base()`
  private func metadata(calledMethod function: ExpressionID, depth: Int) -> FollowedMetadata {
    guard case .attribute(let base, let name) = module[function],
      module.text(of: name) == "generate_base"
    else { return unknown(function) }
    return metadata(base, depth: depth)
  }

  /// The metadata of an instance: what its `__init__` hands on to the library's, else the class's.
  private func metadata(
    ofInstance id: DefinitionID, _ arguments: [PlacedArgument],
    _ maker: FollowedMetadata.Maker, depth: Int
  ) -> FollowedMetadata {
    guard depth < MetadataReader.Trail.depthLimit else { return .unknown(Self.without) }
    if let own = members("metadata", of: id, depth: depth).first {
      return metadata(ofMember: own, depth: depth + 1)
    }
    // A MetaData that names itself.
    if case .expression(let place, let names)? = members("naming_convention", of: id, depth: depth)
      .first
    {
      return FollowedMetadata(convention: place.entries(names, depth: depth + 1), maker: maker)
    }
    var handed = arguments
    if let scope = initializer(of: id) {
      guard let call = superCall(in: scope),
        let passed = self.handed(by: call, from: arguments, in: scope)
      else { return .unknown("what '__init__' makes is known only when it runs") }
      handed = passed
    }
    for base in bases(of: id, depth: depth + 1) {
      switch base {
      case .library(let path) where !MetadataLibraries.isPlain(path):
        return metadata(made: path, handed, maker, depth)
      case .definition(let place, let definition):
        let found = place.metadata(ofInstance: definition, handed, maker, depth: depth + 1)
        if found.convention != .unknown(Self.without) { return found }
      case .library: continue
      case .expression, .unknown: return metadata(ofClass: id, depth: depth + 1)
      }
    }
    return .unknown(Self.without)
  }

  /// `super().__init__(…)`
  private func superCall(in scope: Int) -> CallSite? {
    let calls = outline.calls.filter { call in
      guard call.scope == scope, case .attribute(let base, let name) = module[call.function],
        module.text(of: name) == "__init__", case .call(let function, _) = module[base],
        case .name(let callee) = module[function]
      else { return false }
      return module.text(of: callee) == "super"
    }
    return calls.count == 1 ? calls[0] : nil
  }

  /// The arguments of a call in `__init__`, its parameters replaced by what the object is made with;
  /// nil where that cannot be told.
  private func handed(
    by call: CallSite, from given: [PlacedArgument], in scope: Int
  ) -> [PlacedArgument]? {
    guard let id = outline.scopes[scope].definition, let list = module[id].parameters else {
      return nil
    }
    let parameters = module[list]
    let named = Array(module[parameters.regular]) + module[parameters.keywordOnly]
    let names = Set(named.map { module.text(of: $0.name) })
    let rest = given.filter { $0.name.map { !names.contains($0) } ?? false }
    if given.contains(where: \.isUnpacked) { return nil }
    var result: [PlacedArgument] = []
    for argument in inside(scope).arguments(call.arguments) {
      guard case .name(let identifier) = module[argument.value] else {
        if argument.isUnpacked { return nil }
        result.append(argument)
        continue
      }
      let name = module.text(of: identifier)
      switch argument.kind {
      case .unpackedMapping
      where name == parameters.keywordVariadic.map { module.text(of: $0.name) }:
        result += rest
      case .unpacked where name == parameters.variadic.map { module.text(of: $0.name) }:
        result += given.filter(\.isPositional)
      case .unpacked, .unpackedMapping: return nil
      case .positional, .keyword:
        guard let parameter = named.first(where: { module.text(of: $0.name) == name }) else {
          result.append(argument)
          continue
        }
        var handed = argument
        if let outer = given.last(where: { $0.name == name }) {
          (handed.value, handed.place) = (outer.value, outer.place)
        } else if let standard = parameter.defaultValue, !given.contains(where: \.isPositional) {
          (handed.value, handed.place) = (standard, inside(0))
        } else {
          return nil
        }
        result.append(handed)
      }
    }
    return result
  }

  /// What a class or function of a library makes.
  private func metadata(
    made path: String, _ arguments: [PlacedArgument], _ maker: FollowedMetadata.Maker, _ depth: Int
  ) -> FollowedMetadata {
    let fact = FollowedMetadata.library(path)
    guard fact.convention == .standard else { return fact }
    switch MetadataLibraries.name(of: path) {
    case "MetaData":
      if let open = arguments.first(where: \.isUnpacked) {
        let value = open.place.names.value(open.value)
        guard case .unpackedMapping = open.kind, case .dictionary(let entries) = value,
          entries["naming_convention"] == nil
        else { return open.place.convention(unpacking: open.value, maker) }
      }
      let position = arguments.count > 2 && arguments[...2].allSatisfy(\.isPositional)
      let given =
        arguments.last { $0.name == "naming_convention" } ?? (position ? arguments[2] : nil)
      return FollowedMetadata(
        convention: given.map { $0.place.entries($0.value, depth: depth + 1) } ?? .standard,
        maker: maker)
    case "SQLAlchemy", "SQLA":
      if let model = arguments.last(where: { $0.name == "model_class" }) {
        let classes = model.place.resolved(model.value, depth: depth)
        if case .definition(let place, let id)? = classes.first, classes.count == 1 {
          // The metadata of a declarative class wins over `metadata=`.
          if place.isDeclarative(id, depth: depth + 1) {
            return place.metadata(ofClass: id, depth: depth + 1)
          }
        } else if !arguments.contains(where: { $0.name == "metadata" }) {
          return model.place.metadata(model.value, depth: depth + 1)
        }
      }
      return metadata(ofKeyword: "metadata", arguments, otherwise: maker, depth)
    case "automap_base":
      if let base = arguments.first, base.isPositional {
        return base.place.metadata(base.value, depth: depth + 1)
      }
      return metadata(ofKeyword: "metadata", arguments, otherwise: maker, depth)
    default: return metadata(ofKeyword: "metadata", arguments, otherwise: maker, depth)
    }
  }

  private func metadata(
    ofKeyword name: String, _ arguments: [PlacedArgument],
    otherwise maker: FollowedMetadata.Maker, _ depth: Int
  ) -> FollowedMetadata {
    if let given = arguments.last(where: { $0.name == name }) {
      if case .none = given.place.module[given.value] {
        return FollowedMetadata(convention: .standard, maker: maker)
      }
      return given.place.metadata(given.value, depth: depth + 1)
    }
    if let open = arguments.first(where: \.isUnpacked) {
      guard case .dictionary(let entries) = open.place.names.value(open.value),
        entries[name] == nil
      else { return open.place.unknown(open.value) }
    }
    return FollowedMetadata(convention: .standard, maker: maker)
  }

  /// `MetaData(**options)`
  private func convention(
    unpacking value: ExpressionID, _ maker: FollowedMetadata.Maker
  ) -> FollowedMetadata {
    guard case .dictionary(let entries) = names.value(value),
      case .dictionary(let templates)? = entries["naming_convention"]
    else { return unknown(value) }
    return FollowedMetadata(convention: MetadataConvention(templates), maker: maker)
  }
}

// What a naming convention says, and all that a module gives to a metadata.

import PythonSyntax
import SourceText

extension MetadataReader.Place {
  /// The entries of a naming convention.
  func entries(_ id: ExpressionID, depth: Int) -> MetadataConvention {
    guard depth < MetadataReader.Trail.depthLimit else { return unknown(id).convention }
    switch module[id] {
    case .none: return .standard
    case .attribute(let base, let name) where module.text(of: name) == "naming_convention":
      let target = resolved(id, depth: depth)
      if case .unknown? = target.first { return metadata(base, depth: depth + 1).convention }
      return entries(of: target, id, depth: depth)
    case .name, .attribute: return entries(of: resolved(id, depth: depth), id, depth: depth)
    case .dictionary(let items):
      var result: [String: MetadataConvention.Entry] = [:]
      for item in module[items] {
        guard let key = item.key else {
          let others = entries(item.value, depth: depth + 1)
          guard let entries = others.entries else { return others }
          result.merge(entries) { _, new in new }
          continue
        }
        guard case .string(let text) = names.value(key) else { return unknown(id).convention }
        result[text] = entry(item.value)
      }
      return MetadataConvention(entries: result)
    default:
      if case .dictionary(let values) = names.value(id) { return MetadataConvention(values) }
      return merged(id, depth: depth) ?? unknown(id).convention
    }
  }

  /// `dict(others, **more)`
  private func merged(_ id: ExpressionID, depth: Int) -> MetadataConvention? {
    guard case .call(let function, let arguments) = module[id],
      case .name(let name) = module[function], module.text(of: name) == "dict"
    else { return nil }
    var result: [String: MetadataConvention.Entry] = [:]
    for argument in module[arguments] {
      switch argument.kind {
      case .keyword(let key): result[module.text(of: key)] = entry(argument.value)
      case .positional, .unpackedMapping:
        guard let others = entries(argument.value, depth: depth + 1).entries else { return nil }
        result.merge(others) { _, new in new }
      case .unpacked: return nil
      }
    }
    return MetadataConvention(entries: result)
  }

  private func entries(
    of targets: [Target], _ id: ExpressionID, depth: Int
  ) -> MetadataConvention {
    let found = targets.map { target -> MetadataConvention in
      switch target {
      case .expression(let place, let value):
        let isKnown = !(place.path == path && value == id) && !place.isChanged(value)
        return isKnown ? place.entries(value, depth: depth + 1) : unknown(id).convention
      case .library(let path):
        return MetadataLibraries.convention(of: path).flatMap { $0 == .standard ? nil : $0 }
          ?? .unknown("'\(path)' comes from a library that is not known")
      case .definition: return unknown(id).convention
      case .unknown(let reason): return .unknown(reason)
      }
    }
    guard let first = found.first else { return unknown(id).convention }
    return found.allSatisfy { $0 == first } ? first : unknown(id).convention
  }

  /// Whether a name that an expression is assigned to is changed in place afterwards.
  private func isChanged(_ value: ExpressionID) -> Bool {
    outline.scopes.contains { scope in
      outline.changed.contains { scope.locals[$0]?.contains(value) ?? false }
    }
  }

  private func entry(_ id: ExpressionID) -> MetadataConvention.Entry {
    if case .string(let text) = names.value(id) { return .template(text) }
    if case .name(let name) = module[id], case .function? = names.bindings[module.text(of: name)] {
      return .function(path: path, name: module.text(of: name))
    }
    return .other
  }
}

// MARK: - Conventions in a module

extension MetadataReader.Place {
  /// All conventions that the module gives to a metadata; the standard one where a metadata that other
  /// modules can import is given none.
  var conventions: [MetadataConvention] {
    let keywords = outline.calls.compactMap { call -> MetadataConvention? in
      let value = call.keyword("naming_convention", in: module) ?? thirdOfMetaData(call)
      return value.map { inside(call.scope).entries($0, depth: 0) }
    }
    let assignments = namingAssignments
    let given =
      keywords + assignments.map { inside($0.scope).entries($0.value, depth: 0) }
    let isPlain = assignments.isEmpty && outline.calls.contains(where: makesPlainMetadata)
    return isPlain || hasPlainBase ? given + [.standard] : given
  }

  /// What is assigned to the `naming_convention` of something that may be a metadata: of others, as of
  /// an object itself, the name says nothing.
  var namingAssignments: [AttributeAssignment] {
    (outline.attributeAssignments("naming_convention") + setByFunction).filter { assignment in
      guard case .name(let name) = module[assignment.base] else { return true }
      return !["self", "cls"].contains(module.text(of: name))
    }
  }

  /// `setattr(metadata, "naming_convention", names)`
  private var setByFunction: [AttributeAssignment] {
    outline.calls.compactMap { call in
      let arguments = Array(module[call.arguments])
      guard call.name(in: module) == "setattr", arguments.count == 3,
        case .string("naming_convention") = names.value(arguments[1].value)
      else { return nil }
      return AttributeAssignment(
        base: arguments[0].value, value: arguments[2].value, scope: call.scope)
    }
  }

  /// `MetaData(None, None, names)`
  private func thirdOfMetaData(_ call: CallSite) -> ExpressionID? {
    let arguments = Array(module[call.arguments].prefix(3))
    guard call.name(in: module) == "MetaData", arguments.count == 3,
      arguments.allSatisfy({ if case .positional = $0.kind { true } else { false } })
    else { return nil }
    return arguments[2].value
  }

  private func makesPlainMetadata(_ call: CallSite) -> Bool {
    guard call.scope == 0, let library = library(call.function),
      MetadataLibraries.convention(of: library) == .standard,
      MetadataLibraries.makers.contains(where: { library.hasSuffix(".\($0)") }),
      thirdOfMetaData(call) == nil
    else { return false }
    return !module[call.arguments].contains { argument in
      switch argument.kind {
      case .keyword(let key):
        ["naming_convention", "metadata", "model_class"].contains(module.text(of: key))
      case .unpackedMapping: true
      default: false
      }
    }
  }

  /// `class Base(DeclarativeBase)` without a metadata of its own.
  private var hasPlainBase: Bool {
    module[module.body].contains { statement in
      guard case .class(let id) = module[statement], ownMember("metadata", of: id) == nil,
        ownMember("registry", of: id) == nil
      else { return false }
      return module[module[id].arguments].contains { base in
        guard let library = library(base.value), library.hasPrefix("sqlalchemy.") else {
          return false
        }
        return MetadataLibraries.declarativeBases.contains(MetadataLibraries.name(of: library))
      }
    }
  }
}

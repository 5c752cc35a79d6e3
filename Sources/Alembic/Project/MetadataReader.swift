// Follows `target_metadata` to the naming convention of the `MetaData` that it is.

import PythonSyntax
import SourceText

/// Follows an expression through names, functions and classes of the project to the metadata that
/// SQLAlchemy or a library around it makes.
struct MetadataReader {
  let project: ProjectModules
  let trail = Trail()

  /// What has been looked at on the way.
  final class Trail {
    /// Branches multiply: so many expressions are followed for one question.
    static let stepLimit = 4_000
    static let depthLimit = 40

    fileprivate(set) var steps = 0
    fileprivate var places: [String: Place] = [:]
    fileprivate var outlines: [String: EnvironmentOutline] = [:]

    /// The files that were looked at.
    var paths: Set<String> { Set(places.keys) }
  }

  /// A module of the project with its names, seen from a function or class of it.
  struct Place {
    let module: PythonModule
    let names: ModuleNames
    let path: String
    let reader: MetadataReader
    /// The function, as numbered by the outline.
    var scope = 0
    /// The class whose body the expression stands in.
    var owner: DefinitionID?
    /// What the expression is bound to there: `registry = registry()` means the module's.
    var bound: String?

    init(module: PythonModule, names: ModuleNames, path: String, reader: MetadataReader) {
      self.module = module
      self.names = names
      self.path = path
      self.reader = reader
    }
  }

  /// The convention of `context.configure(target_metadata=…)`. Where the expression leads to something
  /// that only running would tell, such as Flask's `current_app`, the project is searched for all
  /// conventions in it.
  ///
  /// - Parameters:
  ///   - path: of env.py, absolute.
  ///   - migrations: the directories of revision files.
  static func convention(
    of target: TargetMetadata, in module: PythonModule, path: String, migrations: [String],
    project: ProjectModules
  ) -> MetadataConvention {
    let reader = MetadataReader(project: project)
    let place = reader.place(module, path)
    let found: FollowedMetadata
    switch target {
    case .absent: return .standard
    case .given(let expressions):
      found = FollowedMetadata.agreed(
        expressions.map { place.inside($0.scope).metadata($0.value, depth: 0) })
    case .uncertain(let reason):
      let isNamed = place.names.bindings["target_metadata"] != nil
      found = isNamed ? place.metadata(named: "target_metadata", depth: 0) : .unknown(reason)
    }
    func files() -> ConventionFiles {
      ConventionFiles(sourceRoot(of: path, project), without: migrations, project: project)
    }
    guard case .unknown(let reason) = found.convention else {
      return NamingAssignments(reader: reader, environment: path, files).convention(after: found)
    }
    if reason == FollowedMetadata.foreign { return found.convention }
    // That of Flask's application is the project's own; any other may be that of somebody else.
    let isOfFlask = place.names.bindings["current_app"] != nil
    return ConventionSearch(files(), project: project).convention(
      otherwise: reason, orIfNone: isOfFlask ? .standard : .unknown(reason))
  }

  /// The convention of a package whose migrations have no env.py, as with Flask-Alembic: all of the
  /// package agrees on it.
  static func convention(
    ofPackageAround migrations: [String], project: ProjectModules
  ) -> MetadataConvention {
    guard let first = migrations.first,
      let root = outermostPackage(around: first, project)
    else { return .standard }
    let files = ConventionFiles(root, without: migrations, project: project)
    return ConventionSearch(files, project: project).convention(otherwise: "there is no env.py")
  }

  func place(_ path: String) -> Place? {
    if let known = trail.places[path] { return known }
    return project.module(at: path).map { place($0, path) }
  }

  func place(_ module: PythonModule, _ path: String) -> Place {
    if let known = trail.places[path] { return known }
    let names = ModuleNames(module) { project.constant($0, importer: path) }
    let place = Place(module: module, names: names, path: path, reader: self)
    trail.places[path] = place
    return place
  }

  func place(importing source: String, from path: String) -> Place? {
    guard !SQLAlchemyLibrary.holds(source),
      let located = project.locate(source, importer: path), let module = located.module
    else { return nil }
    return place(module, located.path)
  }

  /// Whether a module comes from outside of the project; what a directory of it that bears SQLAlchemy's or
  /// Alembic's name holds is not imported by that name.
  func isForeign(_ source: String, from path: String) -> Bool {
    SQLAlchemyLibrary.holds(source)
      || project.locate(String(source.firstPart), importer: path) == nil
  }

  func outline(of place: Place) -> EnvironmentOutline {
    if let known = trail.outlines[place.path] { return known }
    let outline = EnvironmentOutline(place.module)
    trail.outlines[place.path] = outline
    return outline
  }

  /// Where the project's own code lies: the outermost package around env.py, else the directory
  /// above its own, unless that is the project's already.
  private static func sourceRoot(of path: String, _ project: ProjectModules) -> String {
    let directory = Path.parent(path) ?? "/"
    if let package = outermostPackage(around: directory, project) { return package }
    let isTop = ["alembic.ini", ".git"].contains {
      project.fileSystem.kind(Path.join(directory, $0)) != .missing
    }
    let ancestors = Path.ancestors(directory)
    return ancestors.count > 2 && !isTop ? ancestors[1] : ancestors[0]
  }

  private static func outermostPackage(
    around directory: String, _ project: ProjectModules
  ) -> String? {
    let ancestors = Path.ancestors(directory)
    let isPackage = { project.fileSystem.isFile(Path.join($0, "__init__.py")) }
    guard let start = ancestors.prefix(4).lastIndex(where: isPackage) else { return nil }
    return ancestors[start...].prefix(while: isPackage).last
  }
}

// MARK: - Following

extension MetadataReader.Place {
  /// What an expression stands for before it is a metadata.
  enum Target {
    /// A dotted name outside the project.
    case library(String)
    /// A class or function of the project.
    case definition(MetadataReader.Place, DefinitionID)
    case expression(MetadataReader.Place, ExpressionID)
    case unknown(String)
  }

  var outline: EnvironmentOutline { reader.outline(of: self) }

  /// The same module, seen from one of its functions.
  func inside(_ scope: Int) -> Self {
    var place = self
    place.scope = scope
    place.owner = nil
    place.bound = nil
    return place
  }

  /// The same module, seen from the body of one of its classes.
  func inside(_ definition: DefinitionID, binding name: String) -> Self {
    var place = inside(0)
    place.owner = definition
    place.bound = name
    return place
  }

  func isTooFar(_ depth: Int) -> Bool {
    reader.trail.steps += 1
    return depth > MetadataReader.Trail.depthLimit
      || reader.trail.steps > MetadataReader.Trail.stepLimit
  }

  func unknown(_ id: ExpressionID) -> FollowedMetadata {
    .unknown("'\(module.excerpt(of: id))' is known only when it runs")
  }

  /// The metadata that an expression is, or that it has as its `metadata`.
  func metadata(_ id: ExpressionID, depth: Int) -> FollowedMetadata {
    if isTooFar(depth) { return unknown(id) }
    switch module[id] {
    case .none, .list, .tuple, .set:
      // What is no MetaData has no convention for Alembic.
      return FollowedMetadata(convention: .standard)
    case .call(let function, let arguments):
      return metadata(called: function, arguments, id, depth: depth + 1)
    case .conditional(let test, let body, let otherwise):
      let truth = names.value(test).truth
      let branches = truth.map { $0 ? [body] : [otherwise] } ?? [body, otherwise]
      return .agreed(branches.map { metadata($0, depth: depth + 1) })
    case .attribute(let base, let name) where module.text(of: name) == "metadata":
      if let next = imported(base) { return next.metadata(named: "metadata", depth: depth + 1) }
      if let library = library(id) { return .library(library) }
      return metadata(base, depth: depth + 1)
    case .name(let name): return metadata(named: module.text(of: name), depth: depth + 1)
    case .attribute(let base, let name):
      if let next = imported(base) {
        return next.metadata(named: module.text(of: name), depth: depth + 1)
      }
      return .agreed(targets(id, depth: depth + 1).map { metadata(of: $0, depth: depth + 1) })
    default: return unknown(id)
    }
  }

  func metadata(named name: String, depth: Int) -> FollowedMetadata {
    if isTooFar(depth) { return .unknown("'\(name)' is known only when it runs") }
    // `Base.metadata = …` behind the class.
    let replaced = outline.attributeAssignments("metadata").filter {
      if case .name(let base) = module[$0.base] { module.text(of: base) == name } else { false }
    }
    if let last = replaced.last {
      guard replaced.allSatisfy({ isAlwaysRun($0.value) }) else {
        return .unknown("'\(name).metadata' is assigned while it runs")
      }
      return inside(0).metadata(last.value, depth: depth + 1)
    }
    if scope == 0, owner == nil,
      case .imported(let source, let original?, _)? = names.bindings[name],
      let next = reader.place(importing: source, from: path)
    {
      return next.metadata(named: original, depth: depth + 1)
    }
    return .agreed(targets(named: name, depth: depth).map { metadata(of: $0, depth: depth + 1) })
  }

  private func metadata(of target: Target, depth: Int) -> FollowedMetadata {
    switch target {
    case .library(let path): .library(path)
    case .definition(let place, let id):
      place.module[id].parameters == nil
        ? place.metadata(ofClass: id, depth: depth)
        : place.isProperty(id)
          ? place.metadata(returnedBy: id, depth: depth)
          : .unknown("a function is no metadata")
    case .expression(let place, let id): place.metadata(id, depth: depth)
    case .unknown(let reason): .unknown(reason)
    }
  }

  /// Whether what is assigned is assigned whenever the module is loaded.
  func isAlwaysRun(_ value: ExpressionID) -> Bool {
    module[module.body].contains { statement in
      if case .assign(_, let assigned) = module[statement] { assigned == value } else { false }
    }
  }

  private func isProperty(_ id: DefinitionID) -> Bool {
    module[module[id].decorators].contains { decorator in
      switch module[decorator] {
      case .name(let name), .attribute(_, let name):
        ["property", "cached_property"].contains(module.text(of: name))
      default: false
      }
    }
  }

  /// What a function returns, where all of its returns agree.
  func metadata(returnedBy id: DefinitionID, depth: Int) -> FollowedMetadata {
    guard let scope = outline.scopes.firstIndex(where: { $0.definition == id }) else {
      return .unknown("what a function returns is known only when it runs")
    }
    var values: [ExpressionID] = []
    for statement in module.statements(in: module[id].body) {
      if case .return(let value?) = module[statement] { values.append(value) }
    }
    if values.isEmpty { return .unknown("what a function returns is known only when it runs") }
    return .agreed(values.map { inside(scope).metadata($0, depth: depth + 1) })
  }

  /// What a name or attribute is after all names that stand for it.
  func resolved(_ id: ExpressionID, depth: Int) -> [Target] {
    if isTooFar(depth) { return [.unknown("it leads through too many names")] }
    switch module[id] {
    case .name, .attribute: break
    default: return [.expression(self, id)]
    }
    return targets(id, depth: depth).flatMap { target -> [Target] in
      guard case .expression(let place, let next) = target else { return [target] }
      // An attribute that is none of a module or class stands for itself.
      return place.path == path && next == id ? [target] : place.resolved(next, depth: depth + 1)
    }
  }

  private func targets(_ id: ExpressionID, depth: Int) -> [Target] {
    switch module[id] {
    case .name(let name): return targets(named: module.text(of: name), depth: depth)
    case .attribute(let base, let name):
      let name = module.text(of: name)
      if let next = imported(base) { return next.targets(named: name, depth: depth + 1) }
      if let library = library(id) { return [.library(library)] }
      return targets(attribute: name, of: base, id, depth: depth + 1)
    default: return [.expression(self, id)]
    }
  }

  /// Attributes of a library's objects that have the same metadata: `db.Model`, `Base.registry`, and
  /// the `db` of Flask-Migrate.
  private static let passed: Set<String> = ["Model", "registry", "db"]

  private func targets(
    attribute name: String, of base: ExpressionID, _ id: ExpressionID, depth: Int
  ) -> [Target] {
    let found = resolved(base, depth: depth).flatMap { target -> [Target] in
      switch target {
      case .definition(let place, let definition):
        return place.members(name, of: definition, depth: depth + 1)
      case .library(let path): return [.library("\(path).\(name)")]
      case .expression(let place, let value):
        guard case .call(let function, _) = place.module[value] else { return [] }
        return place.resolved(function, depth: depth + 1).flatMap { callee -> [Target] in
          guard case .definition(let place, let definition) = callee else { return [] }
          return place.members(name, of: definition, depth: depth + 1)
        }
      case .unknown: return []
      }
    }
    if !found.isEmpty { return found }
    return Self.passed.contains(name)
      ? [.expression(self, base)]
      : [.unknown("'\(module.excerpt(of: id))' is known only when it runs")]
  }
}

// Follows `target_metadata` to the naming convention of the `MetaData` that it is.

import PythonSyntax
import SourceText

/// Follows an expression through names, functions and classes of the project to the metadata that
/// SQLAlchemy or a library around it makes.
struct MetadataReader {
  let project: ProjectModules

  /// A module of the project with its names.
  struct Place {
    let module: PythonModule
    let names: ModuleNames
    let path: String
    fileprivate let reader: MetadataReader
  }

  /// The convention of `context.configure(target_metadata=…)`. Where the expression leads to something
  /// that only running would tell, such as Flask's `current_app`, the project is searched for all
  /// conventions in it.
  ///
  /// - Parameters:
  ///   - path: of env.py, absolute.
  ///   - migrations: the directories of revision files.
  static func convention(
    of expression: ExpressionID?, in module: PythonModule, path: String, migrations: [String],
    project: ProjectModules
  ) -> MetadataConvention {
    let reader = MetadataReader(project: project)
    let place = reader.place(module, path)
    var start = expression
    if start == nil, case .value(_, let assigned?, _)? = place.names.bindings["target_metadata"] {
      start = assigned
    }
    guard let start else { return .standard }
    let found = place.convention(start, depth: 0)
    guard case .unknown(let reason) = found, reason != Self.foreign else { return found }
    let root = reader.sourceRoot(of: path)
    return ConventionSearch(root, without: migrations, project: project)
      .convention(otherwise: reason)
  }

  func place(_ path: String) -> Place? {
    project.module(at: path).map { place($0, path) }
  }

  private func place(_ module: PythonModule, _ path: String) -> Place {
    let names = ModuleNames(module) { project.constant($0, importer: path) }
    return Place(module: module, names: names, path: path, reader: self)
  }

  fileprivate func place(importing source: String, from path: String) -> Place? {
    guard let located = project.locate(source, importer: path), let module = located.module else {
      return nil
    }
    return place(module, located.path)
  }

  /// Where the project's own code lies: the outermost package around env.py, else the directory
  /// above its own.
  private func sourceRoot(of path: String) -> String {
    let ancestors = Path.ancestors(Path.parent(path) ?? "/")
    let isPackage = { project.fileSystem.isFile(Path.join($0, "__init__.py")) }
    guard let start = ancestors.prefix(4).lastIndex(where: isPackage) else {
      return ancestors.count > 2 ? ancestors[1] : ancestors[0]
    }
    return ancestors[start...].prefix(while: isPackage).last ?? ancestors[start]
  }

  /// What makes a metadata, where it is given none.
  static let makers: Set<String> = ["MetaData", "SQLAlchemy", "declarative_base"]

  /// A reason that no file of the project can settle.
  fileprivate static let foreign = "the metadata comes from a library that is not known"

  /// What libraries give to the metadata that they make: SQLAlchemy's default, as their sources have
  /// it, unless they are told otherwise.
  fileprivate static func isStandard(library path: String) -> Bool {
    let standard: Set<Substring> = [
      "sqlalchemy", "sqlmodel", "flask_sqlalchemy", "flask_appbuilder", "oslo_db", "neutron_lib",
      "sqlalchemy_utils", "geoalchemy2", "fastapi_users_db_sqlalchemy", "fastapi_users", "gino",
      "flask_sqlalchemy_lite", "sqlalchemy_mixins", "databases", "ormar", "encode", "neutron",
    ]
    return standard.contains(path.prefix { $0 != "." })
  }
}

// MARK: - Following

extension MetadataReader.Place {
  private static let depthLimit = 24

  private func unknown(_ id: ExpressionID) -> MetadataConvention {
    .unknown("'\(module.excerpt(of: id))' is known only when it runs")
  }

  /// The convention of a metadata, or of what has one as its `metadata`.
  fileprivate func convention(_ id: ExpressionID, depth: Int) -> MetadataConvention {
    guard depth < Self.depthLimit else { return unknown(id) }
    switch module[id] {
    case .none, .list, .tuple, .set:
      // What is no MetaData has no convention for Alembic.
      return .standard
    case .call(let function, let arguments):
      return convention(called: function, arguments, depth: depth + 1)
    case .attribute(let base, let name):
      if let next = imported(base) {
        return next.convention(named: module.text(of: name), depth: depth + 1)
      }
      if let library = library(id) { return convention(ofLibrary: library) }
      return convention(base, depth: depth + 1)
    case .name(let name): return convention(named: module.text(of: name), depth: depth + 1)
    default: return unknown(id)
    }
  }

  fileprivate func convention(named name: String, depth: Int) -> MetadataConvention {
    let reason = MetadataConvention.unknown("'\(name)' is known only when it runs")
    guard depth < Self.depthLimit else { return reason }
    switch names.bindings[name] ?? localImport(name) {
    case .value(_, let expression?, _): return convention(expression, depth: depth + 1)
    case .class(let definition, _): return convention(ofClass: definition, depth: depth + 1)
    case .function(let definition, _):
      return convention(ofBody: module[definition].body, depth: depth + 1)
    case .imported(let source, let original?, _):
      if let next = reader.place(importing: source, from: path) {
        return next.convention(named: original, depth: depth + 1)
      }
      return convention(ofLibrary: source)
    default: return reason
    }
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
          let dots = String(repeating: ".", count: Int(min(level, 64)))
          let path = dots + (source.map { module.text(of: $0) } ?? "")
          let original = module.text(of: item.name)
          found.append(.imported(module: path, name: original, module.range(of: statement)))
        }
      }
    }
    return found.count == 1 ? found[0] : nil
  }

  private func convention(
    called function: ExpressionID, _ arguments: NodeList<Argument>, depth: Int
  ) -> MetadataConvention {
    for argument in module[arguments] {
      switch argument.kind {
      case .keyword(let key) where module.text(of: key) == "naming_convention":
        return entries(argument.value, depth: depth)
      case .keyword(let key) where module.text(of: key) == "metadata":
        return convention(argument.value, depth: depth)
      case .unpackedMapping, .unpacked: return unknown(argument.value)
      default: continue
      }
    }
    return convention(function, depth: depth)
  }

  private func convention(ofLibrary path: String) -> MetadataConvention {
    if MetadataReader.isStandard(library: path) { return assigned ?? .standard }
    // What an application makes while it runs has its metadata from the project.
    let isApplication = path.hasPrefix("flask.") || path.hasPrefix("quart.")
    return .unknown(
      isApplication ? "the application is made while it runs" : MetadataReader.foreign)
  }

  /// The `metadata` of a declarative base, else of the classes it derives from.
  private func convention(ofClass definition: DefinitionID, depth: Int) -> MetadataConvention {
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
      return convention(pair.1, depth: depth)
    }
    var result = Self.without
    for base in module[module[definition].arguments] {
      guard case .positional = base.kind else { continue }
      if isPlain(base.value) { continue }
      let found = convention(base.value, depth: depth)
      if found == Self.without { continue }
      if found != .standard { return found }
      result = found
    }
    return result
  }

  /// A class without bases that could have brought it: what it holds is made elsewhere.
  private static let without = MetadataConvention.unknown("a class has no metadata of its own")

  /// Bases that have no metadata.
  private func isPlain(_ id: ExpressionID) -> Bool {
    guard case .name(let name) = module[id] else { return false }
    return ["object", "Generic", "ABC", "Protocol"].contains(module.text(of: name))
  }

  /// A function that makes a base: what it returns, and what it sets on it.
  private func convention(ofBody body: Block, depth: Int) -> MetadataConvention {
    if let assigned { return assigned }
    var locals: [String: ExpressionID] = [:]
    for statement in module[body] {
      switch module[statement] {
      case .assign(let targets, let value):
        for target in module[targets] {
          if case .name(let name) = module[target] { locals[module.text(of: name)] = value }
        }
      case .return(let value?):
        var value = value
        for _ in 0..<Self.depthLimit {
          guard case .name(let name) = module[value], let next = locals[module.text(of: name)]
          else { break }
          value = next
        }
        return convention(value, depth: depth)
      default: continue
      }
    }
    return .unknown("what a function returns is known only when it runs")
  }

  /// The project's module that an expression names: `models`, `app.models`.
  private func imported(_ id: ExpressionID) -> MetadataReader.Place? {
    guard let (source, rest) = dotted(id) else { return nil }
    return reader.place(importing: source + rest, from: path)
  }

  /// The dotted name of something in a library.
  private func library(_ id: ExpressionID) -> String? {
    guard let (source, rest) = dotted(id), source.first != ".",
      reader.project.locate(String(source.prefix { $0 != "." }), importer: path) == nil
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

// MARK: - Conventions in a module

extension MetadataReader.Place {
  /// What the module sets as `….naming_convention = …`; nil where it does not, and where several
  /// differ not known.
  private var assigned: MetadataConvention? {
    guard module.source.bytes.contains("naming_convention") else { return nil }
    let found = EnvironmentOutline(module).assignments("naming_convention")
      .map { entries($0, depth: 0) }
    guard let first = found.first else { return nil }
    return found.allSatisfy { $0 == first }
      ? first : .unknown("'naming_convention' is set in several ways")
  }

  /// All conventions that the module gives to a metadata; the standard one where a metadata that other
  /// modules can import is given none.
  var conventions: [MetadataConvention] {
    let outline = EnvironmentOutline(module)
    let keywords = outline.calls.compactMap { $0.keyword("naming_convention", in: module) }
    let assignments = outline.assignments("naming_convention")
    let given = (keywords + assignments).map { entries($0, depth: 0) }
    let isPlain = assignments.isEmpty && outline.calls.contains(where: makesPlainMetadata)
    return isPlain ? given + [.standard] : given
  }

  private func makesPlainMetadata(_ call: CallSite) -> Bool {
    guard call.scope == 0, let library = library(call.function),
      MetadataReader.isStandard(library: library),
      MetadataReader.makers.contains(where: { library.hasSuffix(".\($0)") })
    else { return false }
    return !module[call.arguments].contains { argument in
      switch argument.kind {
      case .keyword(let key):
        ["naming_convention", "metadata"].contains(module.text(of: key))
      case .unpackedMapping: true
      default: false
      }
    }
  }

  private func entries(_ id: ExpressionID, depth: Int) -> MetadataConvention {
    guard depth < Self.depthLimit else { return unknown(id) }
    switch module[id] {
    case .none: return .standard
    case .name(let name): return entries(named: module.text(of: name), id, depth: depth + 1)
    case .attribute(let base, let name):
      guard let next = imported(base) else { return unknown(id) }
      return next.entries(named: module.text(of: name), nil, depth: depth + 1)
    case .dictionary(let items):
      var result: [String: MetadataConvention.Entry] = [:]
      for item in module[items] {
        guard let key = item.key, case .string(let text) = names.value(key) else {
          return unknown(id)
        }
        result[text] = entry(item.value)
      }
      return .known(result)
    default:
      guard case .dictionary(let values) = names.value(id) else { return unknown(id) }
      return .known(
        values.mapValues { value in
          if case .string(let text) = value { .template(text) } else { .other }
        })
    }
  }

  private func entries(
    named name: String, _ id: ExpressionID?, depth: Int
  ) -> MetadataConvention {
    switch names.bindings[name] {
    case .value(_, let expression?, _): return entries(expression, depth: depth)
    case .imported(let source, let original?, _):
      guard let next = reader.place(importing: source, from: path) else { break }
      return next.entries(named: original, nil, depth: depth + 1)
    default: break
    }
    return .unknown("'\(name)' is known only when it runs")
  }

  private func entry(_ id: ExpressionID) -> MetadataConvention.Entry {
    if case .string(let text) = names.value(id) { return .template(text) }
    if case .name(let name) = module[id], case .function? = names.bindings[module.text(of: name)] {
      return .function(path: path, name: module.text(of: name))
    }
    return .other
  }
}

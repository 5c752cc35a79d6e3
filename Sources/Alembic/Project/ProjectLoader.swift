// Finds, reads and joins everything that an AlembicProject holds.

import PythonSyntax
import SourceText

extension AlembicProject {
  /// Whether paths belong to projects of their own, which `load` refuses; relative ones are seen from the
  /// process's working directory.
  package static func areSeveral(_ paths: [String], tree: FileTree? = nil) -> Bool {
    ProjectLocator(
      working: Path.normalized(FileSystem.workingDirectory), fileSystem: FileSystem(tree: tree)
    ).areSeveral(paths)
  }

  /// Reads the project that the paths name.
  /// - Parameters:
  ///   - paths: directories of migration files, an Alembic environment, an `alembic.ini` or
  ///     `pyproject.toml`, a project's directory, or single migration files; empty: found from the
  ///     working directory as `alembic` does, then in the usual places.
  ///   - section: the main section of alembic.ini (`alembic --name`).
  ///   - settings: the file of our own settings; nil: found beside the project.
  ///   - workingDirectory: what relative paths are seen from; nil: the process's.
  ///   - tree: files that stand in the place of those on disk; nil: the disk alone.
  ///   - shared: what other projects know of the same files.
  /// - Throws: where there is no project, or its configuration cannot be read.
  package static func load(
    paths: [String] = [], section: String = "alembic", settings: String? = nil,
    workingDirectory: String? = nil, tree: FileTree? = nil, shared: SharedModules? = nil
  ) throws(ProjectFailure) -> AlembicProject {
    let working = Path.normalized(workingDirectory ?? FileSystem.workingDirectory)
    let fileSystem = FileSystem(tree: tree)
    let located = try ProjectLocator(working: working, fileSystem: fileSystem).locate(paths)
    var loader = ProjectLoader(
      located, section: section, settings: settings, working: working, fileSystem: fileSystem,
      shared: shared)
    return try loader.load()
  }
}

private struct ProjectLoader {
  private let located: LocatedProject
  private let section: String
  private let settings: String?
  private let working: String
  private let fileSystem: FileSystem
  private let shared: SharedModules?
  private var diagnostics: [Diagnostic] = []

  init(
    _ located: LocatedProject, section: String, settings: String?, working: String,
    fileSystem: FileSystem, shared: SharedModules?
  ) {
    self.shared = shared
    self.located = located
    self.section = section
    self.settings = settings
    self.working = working
    self.fileSystem = fileSystem
  }

  mutating func load() throws(ProjectFailure) -> AlembicProject {
    let configuration = try configuration()
    let roots = ModuleRoots(
      configuration, located: located, working: working, fileSystem: fileSystem)
    let modules = ProjectModules(
      roots: roots.roots, bounds: roots.bounds, working: working, fileSystem: fileSystem,
      cache: shared?.cache(of: roots) ?? ModuleCache())
    let directories = versionDirectories(configuration)
    let settings = try ProjectSettings(
      settings, in: settingDirectories(configuration), working: working, fileSystem: fileSystem)
    var environment = environment(configuration, modules, directories)
    if let convention = settings.namingConvention {
      environment.naming = ConventionSource(
        MetadataConvention(entries: convention.mapValues(MetadataConvention.Entry.template)))
    }
    let files =
      located.files.isEmpty
      ? RevisionFiles(
        directories: directories, isRecursive: configuration.isRecursive,
        isSourceless: configuration.isSourceless, working: working, fileSystem: fileSystem)
      : RevisionFiles(files: located.files, working: working, fileSystem: fileSystem)
    diagnostics += files.diagnostics
    let isNew = files.isEmpty && isNew(configuration, directories)
    if files.paths.isEmpty, files.compiled.isEmpty, !isNew {
      throw files.gap.map { ProjectFailure($0) } ?? noFiles(directories)
    }
    var reading = RevisionReading(
      files.paths + extraSelection(files.paths), working: working, modules: modules)
    if reading.hasNoMigrations, files.compiled.isEmpty, !isNew { throw noFiles(directories) }
    if located.files.isEmpty, configuration.scriptLocation != nil { reading.refuseOtherFiles() }
    if let compiled = files.compiled.first {
      reading.refuseIncomplete("\(shown(compiled)) is compiled")
    }
    if let gap = files.gap { reading.refuseIncomplete(gap) }
    diagnostics += reading.diagnostics
    var project = AlembicProject(
      configuration: configuration, settings: settings, environment: environment,
      versionDirectories: directories,
      revisions: reading.revisions, graph: reading.graph, modules: modules,
      selection: selection(reading.revisions),
      diagnostics: diagnostics)
    if isNew { project.emptyPlace = places(directories) }
    return project
  }

  /// Whether an environment without files is what `alembic init` leaves behind: the directory of the
  /// versions is there, or will be made by `alembic revision`. Git keeps no empty directory, so that a
  /// checkout has none.
  private func isNew(_ configuration: ProjectConfiguration, _ directories: [String]) -> Bool {
    guard let script = configuration.scriptLocation, located.selection.isEmpty else { return false }
    if fileSystem.isReplaced { return !directories.contains(where: fileSystem.isDirectory) }
    guard fileSystem.isFile(Path.join(script, "env.py")) else { return false }
    let named = configuration.versionLocations
    let known = named.isEmpty ? [Path.join(script, "versions")] : named
    return directories.allSatisfy { directory in
      known.contains { isSame($0, directory) }
        && (fileSystem.isDirectory(directory) ? hasNoDirectories(directory) : named.isEmpty)
    }
  }

  /// Files may lie below, where the settings do not look.
  private func hasNoDirectories(_ directory: String) -> Bool {
    (try? fileSystem.subdirectories(of: directory, shown(directory)))?.isEmpty == true
  }

  /// Where our own settings may lie: beside Alembic's configuration, or above the migrations up to the
  /// root of the repository.
  private func settingDirectories(_ configuration: ProjectConfiguration) -> [String] {
    let configured = [located.ini, located.toml].compactMap { $0.flatMap(Path.parent) }
    let start =
      configuration.scriptLocation ?? located.directories.first
      ?? located.files.first.flatMap(Path.parent)
    var result = configured
    for ancestor in start.map(Path.ancestors) ?? [] where ancestor != "/" {
      result.append(ancestor)
      if fileSystem.isRepository(ancestor) { break }
    }
    return result.withoutRepetition()
  }

  private func shown(_ path: String) -> String { Path.shown(path, from: working) }

  private func noFiles(_ directories: [String]) -> ProjectFailure {
    let missing = directories.filter { !fileSystem.isDirectory($0) }
    return missing.count == directories.count
      ? ProjectFailure("the directory of the migrations does not exist: \(places(directories))")
      : ProjectFailure("there are no migration files in \(places(directories))")
  }

  private func places(_ directories: [String]) -> String {
    directories.map { "'\(shown($0))'" }.joined(separator: ", ")
  }

  // MARK: - Configuration

  private mutating func configuration() throws(ProjectFailure) -> ProjectConfiguration {
    var result = ProjectConfiguration(
      origin: origin, choice: located.choice, scriptLocation: located.environment,
      versionLocations: [], isRecursive: false, isSourceless: false, prependSysPath: [],
      options: [:])
    guard located.ini != nil || located.toml != nil else { return result }
    var reader = try ConfigurationReader(
      ini: located.ini, toml: located.toml, section: section, working: working,
      fileSystem: fileSystem)
    result.options = reader.options()
    result.prependSysPath = try reader.paths(
      "prepend_sys_path", separators: ["path_separator"]
    ) { $0 == " " || $0 == "," || $0 == ":" }.map { resolve($0, reader) }
    try readLocations(reader, into: &result)
    diagnostics += reader.diagnostics
    return result
  }

  /// `script_location` and what belongs to it. An environment that was named itself takes them only
  /// from a configuration that is its own.
  private func readLocations(
    _ reader: ConfigurationReader, into result: inout ProjectConfiguration
  ) throws(ProjectFailure) {
    if let named = located.environment {
      let own = try? scriptLocation(reader, result.prependSysPath)
      if let own, !isSame(own, named) { return }
    } else {
      guard let configured = try scriptLocation(reader, result.prependSysPath) else {
        throw noScriptLocation(reader)
      }
      guard fileSystem.isDirectory(configured) else {
        throw ProjectFailure(
          "script_location '\(shown(configured))' does not exist",
          at: reader.location(of: "script_location"))
      }
      result.scriptLocation = configured
    }
    result.isRecursive = try reader.flag("recursive_version_locations")
    result.isSourceless = try reader.flag("sourceless")
    // Directories that were named themselves take their place.
    guard located.directories.isEmpty else { return }
    let locations = try reader.paths(
      "version_locations", separators: ["path_separator", "version_path_separator"]
    ) { $0 == " " || $0 == "," }
    for text in locations {
      result.versionLocations.append(
        try location(text, "version_locations", reader, result.prependSysPath))
    }
  }

  private func scriptLocation(
    _ reader: ConfigurationReader, _ sysPath: [String]
  ) throws(ProjectFailure) -> String? {
    guard let text = try reader.text("script_location") else { return nil }
    return try location(text, "script_location", reader, sysPath)
  }

  private func noScriptLocation(_ reader: ConfigurationReader) -> ProjectFailure {
    let file = located.ini ?? located.toml ?? working
    if located.ini != nil, !reader.hasMainSection, !reader.hasTomlTable {
      return ProjectFailure(
        "there is no section [\(section)]", at: SourceLocation(file: shown(file)))
    }
    return ProjectFailure(
      "no 'script_location' in the configuration", at: SourceLocation(file: shown(file)))
  }

  private var origin: ProjectConfiguration.Origin {
    if let file = located.ini ?? located.toml, located.environment == nil {
      return .file(shown(file))
    }
    if let environment = located.environment { return .environment(shown(environment)) }
    return .files((located.directories + located.files).map(shown).joined(separator: ", "))
  }

  private func isSame(_ left: String, _ right: String) -> Bool {
    (fileSystem.resolved(left) ?? left) == (fileSystem.resolved(right) ?? right)
  }

  /// A path, or `package:directory` found among the project's modules.
  private func location(
    _ text: String, _ option: String, _ reader: ConfigurationReader, _ sysPath: [String]
  ) throws(ProjectFailure) -> String {
    guard !Path.isAbsolute(text), text.contains(":") else { return resolve(text, reader) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let package = parts[0].split(separator: ".").joined(separator: "/")
    let roots = (sysPath + [reader.directory, working]).flatMap { [$0, Path.join($0, "src")] }
    for root in roots where !package.isEmpty {
      let directory = Path.join(root, package)
      if fileSystem.isDirectory(directory) {
        return parts.dropFirst().reduce(directory, Path.join)
      }
    }
    // The configuration may lie in the package itself.
    for root in Path.ancestors(reader.directory) where !package.isEmpty {
      let directory = Path.join(root, package)
      if Path.contains(directory, reader.directory), fileSystem.isDirectory(directory) {
        return parts.dropFirst().reduce(directory, Path.join)
      }
    }
    throw ProjectFailure(
      "the package '\(parts[0])' of \(option) is not in the project",
      at: reader.location(of: option))
  }

  /// Alembic sees relative paths from the working directory. A configuration that was found by its
  /// directory is meant from there.
  private func resolve(_ text: String, _ reader: ConfigurationReader) -> String {
    let places = [Path.join(working, text), Path.join(reader.directory, text)]
    let ordered = located.isFromDirectory ? places.reversed() : places
    return ordered.first { fileSystem.kind($0) != .missing } ?? ordered[0]
  }

  // MARK: - Files

  private func versionDirectories(_ configuration: ProjectConfiguration) -> [String] {
    if !located.directories.isEmpty { return located.directories }
    if !located.files.isEmpty { return located.files.compactMap(Path.parent).withoutRepetition() }
    if !configuration.versionLocations.isEmpty { return configuration.versionLocations }
    return configuration.scriptLocation.map { [Path.join($0, "versions")] } ?? []
  }

  /// Named files that the version directories do not hold.
  private func extraSelection(_ paths: [String]) -> [String] {
    if located.selection.isEmpty { return [] }
    let known = Set(paths.map { fileSystem.resolved($0) ?? $0 })
    return located.selection.withoutRepetition().filter {
      !known.contains(fileSystem.resolved($0) ?? $0)
    }
  }

  private func selection(_ revisions: [Revision]) -> Set<String>? {
    if located.selection.isEmpty { return nil }
    let chosen = Set(located.selection.map { fileSystem.resolved($0) ?? $0 })
    return Set(
      revisions.filter { chosen.contains(fileSystem.resolved($0.path) ?? $0.path) }.map(\.id))
  }

  private mutating func environment(
    _ configuration: ProjectConfiguration, _ modules: ProjectModules, _ migrations: [String]
  ) -> EnvironmentSettings {
    guard let location = configuration.scriptLocation else {
      var settings = EnvironmentSettings()
      settings.naming = ConventionSource {
        MetadataReader.convention(ofPackageAround: migrations, project: modules)
      }
      return settings
    }
    let path = Path.join(location, "env.py")
    let place = SourceLocation(file: shown(path))
    do {
      let source = try decodePython(try fileSystem.read(path), path: shown(path))
      let module = parsePython(source)
      // One is enough, and its words would show what a link leads to.
      diagnostics += module.diagnostics.prefix(1).map {
        Diagnostic(location: $0.location, message: "env.py: this is not Python")
      }
      let reader = EnvironmentReader(
        module, path: path, options: configuration.options, project: modules)
      var settings = reader.settings
      settings.naming = ConventionSource { [target = reader.targetMetadata] in
        MetadataReader.convention(
          of: target, in: module, path: path, migrations: migrations, project: modules)
      }
      return settings
    } catch let error as DecodingFailure {
      diagnostics.append(Diagnostic(location: place, message: error.message))
    } catch let error as ReadFailure {
      diagnostics.append(Diagnostic(location: place, message: "env.py: \(error.reason)"))
    } catch {}
    return .unreadable(place)
  }
}

extension EnvironmentSettings {
  /// Nothing is known: env.py is there, or should be, and cannot be read.
  fileprivate static func unreadable(_ place: SourceLocation) -> EnvironmentSettings {
    func unknown<Value>() -> Setting<Value> { .unknown(reason: "env.py cannot be read", place) }
    var context = ContextSettings()
    context.versionTable = unknown()
    context.versionTableSchema = unknown()
    context.versionTablePrimaryKey = unknown()
    context.transactionPerMigration = unknown()
    context.transactionalDDL = unknown()
    context.includeSchemas = unknown()
    context.renderAsBatch = unknown()
    context.literalBinds = unknown()
    var settings = EnvironmentSettings()
    settings.naming = ConventionSource(.unknown("env.py cannot be read"))
    settings.online = context
    settings.offline = context
    return settings
  }
}

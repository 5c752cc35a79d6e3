// The directories that the project's imports start from.

/// What Alembic would have on `sys.path` of the project itself: `prepend_sys_path`, the directories
/// of configuration and environment, and the usual `src` beside them.
struct ModuleRoots {
  private(set) var roots: [String] = []
  /// The directories in which files are read. Modules are looked for above them, too, so that a package finds
  /// itself by its name; what else is there is not the project's, whatever its migrations ask for.
  private(set) var bounds: [String] = []
  private let fileSystem: FileSystem

  init(
    _ configuration: ProjectConfiguration, located: LocatedProject, working: String,
    fileSystem: FileSystem
  ) {
    self.fileSystem = fileSystem
    let configured = [located.ini, located.toml].compactMap { $0.flatMap(Path.parent) }
    let configuredBounds = bounds(configured.first)
    bounds = configuredBounds.map { [$0] } ?? []
    for directory in configuration.prependSysPath
    where bounds.contains(where: { Path.contains($0, Path.normalized(directory)) }) {
      add(directory)
    }
    for directory in configured { add(directory) }
    let start =
      configuration.scriptLocation ?? located.directories.first
      ?? located.files.first.flatMap(Path.parent)
    guard let start else { return }
    // The directory above the outermost package is where its name can be imported from.
    var top = start
    while fileSystem.isFile(Path.join(top, "__init__.py")), let parent = Path.parent(top) {
      top = parent
    }
    add(top)
    let ancestors = Path.ancestors(start).dropFirst().prefix(10)
    let outermost = outermostPackage(ancestors)
    bounds += bounds(of: start, outermost, working).filter { !bounds.contains($0) }
    for ancestor in ancestors {
      guard ancestor != "/" else { break }
      add(ancestor)
      // Inside a package: what it is imported by lies further up.
      if let outermost, Path.contains(outermost, ancestor) { continue }
      // The root of a repository, or the directory of the configuration, is the end of the project.
      if configured.contains(ancestor) || ancestor == working { break }
      if fileSystem.isRepository(ancestor) { break }
    }
  }

  /// The outermost package around the migrations: a directory in it need not be one, as the one of an
  /// alembic.ini beside them.
  private func outermostPackage(_ ancestors: ArraySlice<String>) -> String? {
    let isPackage = { fileSystem.isFile(Path.join($0, "__init__.py")) }
    guard let start = ancestors.prefix(4).firstIndex(where: isPackage) else { return nil }
    return ancestors[start...].prefix(while: isPackage).last
  }

  /// Of migrations: their repository, else the working directory and the directory that their outermost package
  /// is imported from.
  private func bounds(of start: String, _ outermost: String?, _ working: String) -> [String] {
    if let repository = repository(of: start) { return [repository] }
    let packages = Path.parent(outermost ?? start).flatMap { $0 == "/" ? nil : $0 } ?? start
    return working != "/" && Path.contains(working, start) ? [working, packages] : [packages]
  }

  private func repository(of directory: String) -> String? {
    ([directory] + Path.ancestors(directory)).first(where: fileSystem.isRepository)
      .flatMap { $0 == "/" ? nil : $0 }
  }

  /// Where `prepend_sys_path` may point to: the repository of the configuration, or else the directory
  /// above it. Files elsewhere are none of the project's, and what they hold is not to be printed.
  private func bounds(_ configured: String?) -> String? {
    guard let configured = configured.map(Path.normalized) else { return nil }
    let bounds = repository(of: configured) ?? Path.parent(configured) ?? configured
    return bounds == "/" ? configured : bounds
  }

  private mutating func add(_ directory: String) {
    for root in [directory, Path.join(directory, "src")]
    where !roots.contains(root) && fileSystem.isDirectory(root) {
      roots.append(root)
    }
  }
}

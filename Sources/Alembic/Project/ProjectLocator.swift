// A path that a person gives, or nothing, into the files that make up the project.

import SourceText

/// What was found: configuration files, an environment, directories or files of migrations.
struct LocatedProject {
  /// Absolute paths; nil where there is none.
  var ini: String?
  var toml: String?
  /// The directory of env.py where it is known without the configuration.
  var environment: String?
  /// Directories of migration files where they are known without the configuration.
  var directories: [String] = []
  /// Single files, where nothing else belongs to them.
  var files: [String] = []
  /// The files that were named; empty: the whole project.
  var selection: [String] = []
  /// What was chosen where more was possible.
  var choice: String?
  /// Relative paths of the configuration are seen from its directory first: it was found there.
  var isFromDirectory = true

  /// More than directories and files of migrations.
  var isConfigured: Bool { ini != nil || toml != nil || environment != nil }
}

struct ProjectLocator {
  /// Where projects keep their migrations when no configuration says so.
  private static let usualPlaces = [
    "migrations", "alembic", "db/migrations", "db/alembic", "db", "database/migrations",
    "database", "app/migrations", "app/alembic", "src/migrations", "src/alembic",
  ]
  /// Directories above the working directory in which a configuration is looked for.
  private static let climbLimit = 12

  let working: String
  let fileSystem: FileSystem

  /// Whether paths belong to projects of their own, so that they cannot be read as one.
  func areSeveral(_ paths: [String]) -> Bool {
    let places = paths.map { Path.join(working, $0) }.filter { !isFile($0) }
    return places.count > 1
      && places.contains { (try? project(at: $0)).map(\.isConfigured) ?? false }
  }

  func locate(_ paths: [String]) throws(ProjectFailure) -> LocatedProject {
    let absolute = paths.map { Path.join(working, $0) }
    for (path, given) in zip(absolute, paths) where fileSystem.kind(path) == .missing {
      throw ProjectFailure(
        fileSystem.obstacle(path).map { "'\(given)' cannot be reached: \($0)" }
          ?? "there is no file or directory '\(given)'")
    }
    let files = absolute.filter(isFile)
    let others = absolute.filter { !files.contains($0) }
    if others.isEmpty {
      return files.isEmpty ? try locateFromWorkingDirectory() : try project(of: files)
    }
    var result = try project(of: others)
    result.selection = files
    return result
  }

  // MARK: - A path

  private func project(of paths: [String]) throws(ProjectFailure) -> LocatedProject {
    if paths.count == 1 { return try project(at: paths[0]) }
    let all = try paths.map { path throws(ProjectFailure) in
      isFile(path) ? LocatedProject(files: [path], selection: [path]) : try project(at: path)
    }
    if paths.allSatisfy(isFile) { return project(ofFiles: paths) }
    guard !all.contains(where: \.isConfigured) else {
      throw ProjectFailure(
        "these are several projects; give one at a time: "
          + paths.map { Path.shown($0, from: working) }.joined(separator: ", "))
    }
    return LocatedProject(directories: all.flatMap(\.directories).withoutRepetition())
  }

  private func isFile(_ path: String) -> Bool {
    !fileSystem.isDirectory(path) && path.hasSuffix(".py")
  }

  private func project(at path: String) throws(ProjectFailure) -> LocatedProject {
    if fileSystem.isDirectory(path) { return try project(in: path) }
    if isFile(path) { return project(ofFiles: [path]) }
    guard fileSystem.isFile(path) else {
      throw ProjectFailure("'\(shown(path))' is neither a file nor a directory")
    }
    if Path.name(path) == "pyproject.toml" {
      return LocatedProject(toml: path, isFromDirectory: false)
    }
    let toml = Path.join(Path.parent(path) ?? "/", "pyproject.toml")
    return LocatedProject(
      ini: path, toml: fileSystem.isFile(toml) ? toml : nil, isFromDirectory: false)
  }

  /// The environment around the files, where there is one; else the files alone.
  private func project(ofFiles files: [String]) -> LocatedProject {
    let directories = files.compactMap(Path.parent).withoutRepetition()
    let environments = directories.map(environmentDirectory)
    guard let environment = environments.first ?? nil,
      environments.allSatisfy({ $0 == environment })
    else { return LocatedProject(files: files, selection: files) }
    var result = self.environment(environment)
    result.selection = files
    return result
  }

  private func project(in directory: String) throws(ProjectFailure) -> LocatedProject {
    // The directory's own entry cannot be reached where entering it is not allowed.
    if let reason = fileSystem.obstacle(directory + "/.") {
      throw .unreadable(directory: shown(directory), reason)
    }
    if let found = configured(directory) { return found }
    if fileSystem.isFile(Path.join(directory, "env.py")) { return environment(directory) }
    if holdsRevisions(directory) || isVersions(directory) { return bare(directory) }
    if let found = usual(directory) { return found }
    let nested = try fileSystem.subdirectories(of: directory, shown(directory))
    let withFiles = nested.filter(holdsRevisions)
    if let first = withFiles.first {
      return LocatedProject(
        directories: withFiles,
        choice: "\(shown(first)): migration files are only in directories below the one given")
    }
    throw ProjectFailure("there are no migration files in '\(shown(directory))'")
  }

  /// A directory with a configuration that says where the migrations are.
  private func configured(_ directory: String) -> LocatedProject? {
    let ini = Path.join(directory, "alembic.ini")
    let toml = Path.join(directory, "pyproject.toml")
    let hasIni = fileSystem.isFile(ini)
    let hasToml = fileSystem.isFile(toml) && mentions(toml, "tool.alembic")
    guard hasIni || hasToml else { return nil }
    // Flask-Migrate keeps an alembic.ini without a script location beside env.py.
    if hasIni, !hasToml, !mentions(ini, "script_location"),
      fileSystem.isFile(Path.join(directory, "env.py"))
    {
      return nil
    }
    return LocatedProject(
      ini: hasIni ? ini : nil, toml: fileSystem.isFile(toml) ? toml : nil)
  }

  private func mentions(_ path: String, _ text: String) -> Bool {
    guard let bytes = try? fileSystem.read(path) else { return true }
    return String(decoding: bytes, as: UTF8.self).contains(text)
  }

  /// An environment directory: its own alembic.ini, else the one above it, for the options.
  private func environment(_ directory: String) -> LocatedProject {
    var result = LocatedProject(environment: directory)
    for ancestor in Path.ancestors(directory).prefix(5) {
      let ini = Path.join(ancestor, "alembic.ini")
      let toml = Path.join(ancestor, "pyproject.toml")
      if fileSystem.isFile(ini) { result.ini = ini }
      if fileSystem.isFile(toml), mentions(toml, "tool.alembic") { result.toml = toml }
      if result.ini != nil || result.toml != nil { break }
    }
    return result
  }

  /// The directory with the env.py that migration files in a directory belong to: of `versions`, or of
  /// one below it.
  private func environmentDirectory(around directory: String) -> String? {
    Path.ancestors(directory).prefix(4).first { fileSystem.isFile(Path.join($0, "env.py")) }
  }

  /// A directory of migration files, with the environment around it.
  private func bare(_ directory: String) -> LocatedProject {
    guard let parent = environmentDirectory(around: directory) else {
      return LocatedProject(directories: [directory])
    }
    var result = environment(parent)
    result.directories = [directory]
    return result
  }

  /// Whether `alembic init` made the directory for migrations, whatever it holds.
  private func isVersions(_ directory: String) -> Bool {
    Path.name(directory) == "versions"
      && Path.parent(directory).map { fileSystem.isFile(Path.join($0, "env.py")) } == true
  }

  private func usual(_ directory: String) -> LocatedProject? {
    let found = Self.usualPlaces.map { Path.join(directory, $0) }.filter {
      fileSystem.isFile(Path.join($0, "env.py")) || fileSystem.isFile(Path.join($0, "alembic.ini"))
    }
    guard let first = found.first else { return nil }
    var result = configured(first) ?? environment(first)
    let rest = found.dropFirst().map(shown).joined(separator: ", ")
    result.choice =
      "\(shown(first)): there is no alembic.ini in \(shown(directory))"
      + (rest.isEmpty ? "" : "; not taken: \(rest)")
    return result
  }

  /// Whether a Python file in the directory has a line that begins with a revision's names; told
  /// from the bytes, so that a file that cannot be decoded counts too.
  private func holdsRevisions(_ directory: String) -> Bool {
    let names = (try? fileSystem.entries(of: directory).names) ?? []
    return names.contains { name in
      guard RevisionFileName.isSource(name),
        let bytes = try? fileSystem.read(Path.join(directory, name))
      else { return false }
      return ["revision", "down_revision"].contains { Self.hasLine(bytes, beginning: $0) }
    }
  }

  private static func hasLine(_ bytes: [UInt8], beginning word: String) -> Bool {
    let word = Array(word.utf8)
    var start = 0
    while true {
      let rest = bytes[start...]
      if rest.starts(with: word) { return true }
      guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
      start = end + 1
    }
  }

  // MARK: - No path

  private func locateFromWorkingDirectory() throws(ProjectFailure) -> LocatedProject {
    if let found = configured(working) { return found }
    if fileSystem.isFile(Path.join(working, "env.py")) { return environment(working) }
    if let found = usual(working) { return found }
    for (depth, directory) in Path.ancestors(working).enumerated().prefix(Self.climbLimit) {
      if depth > 0, var found = configured(directory) {
        found.choice = "\(shown(directory)): the nearest directory above with a configuration"
        return found
      }
      // The root of a repository is the end of the project.
      if fileSystem.isRepository(directory) { break }
    }
    if holdsRevisions(working) { return bare(working) }
    throw ProjectFailure(
      "no Alembic project here: there is no alembic.ini, no [tool.alembic] in pyproject.toml, and "
        + "no env.py in the usual places; name one with --path")
  }

  private func shown(_ path: String) -> String { Path.shown(path, from: working) }
}

extension FileSystem {
  /// The directories below one, links not followed, in order; at most so many.
  func subdirectories(
    of directory: String, _ shown: String
  ) throws(ProjectFailure) -> [String] {
    var result: [String] = []
    var todo = [directory]
    while let next = todo.popLast(), result.count < 2_000 {
      let names: [String]
      do throws(ReadFailure) {
        names = try entries(of: next).names
      } catch {
        guard next == directory else { continue }
        throw .unreadable(directory: shown, error.reason)
      }
      let inside = names.filter {
        !$0.hasPrefix(".") && $0 != "__pycache__" && $0 != "node_modules"
      }
      .map { Path.join(next, $0) }.filter(isPlainDirectory)
      result += inside
      todo += inside.reversed()
    }
    return result.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension ProjectFailure {
  fileprivate static func unreadable(directory: String, _ reason: String) -> ProjectFailure {
    ProjectFailure(
      "the directory '\(directory)' cannot be read: \(reason); let the user that runs backout list and "
        + "enter it")
  }
}

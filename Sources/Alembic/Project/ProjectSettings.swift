// backout.toml, or [tool.backout] of pyproject.toml: what a project tells of itself that only running
// it would show.

package import SourceText
import TOMLKit

/// What a project says of itself, and how strictly it wants to be judged.
package struct ProjectSettings: Sendable {
  /// Values of names by their dotted path, as `"app.config.settings" = { schema = "main" }`.
  var values: [String: ConstantValue] = [:]
  /// What a type of the project or of a library is on PostgreSQL, by the dotted path of its class.
  var types: [String: String] = [:]
  /// What functions do that cannot be followed, by their dotted paths.
  var functions: [String: FunctionFact] = [:]
  /// Values of environment variables.
  var variables: [String: String] = [:]
  /// The templates of `MetaData(naming_convention=…)`; nil: followed through env.py.
  var namingConvention: [String: String]?
  /// The driver that migrations run by; nil: as env.py and alembic.ini say.
  private(set) var driver: Drivers?
  /// The one of several databases that is asked about: what env.py passes to `upgrade(engine_name)`.
  private(set) var engine: String?
  /// Absolute; what `--path` names otherwise.
  package private(set) var paths: [String] = []
  package private(set) var policy = PolicySettings()
  package private(set) var runbook = RunbookSettings()
  /// Where settings may lie, and from where paths are shown.
  private var directories: [String] = []
  private var working = "/"
  private var fileSystem = FileSystem()

  package init() {}

  /// The settings in a file, or those that are found from directories, the first that has some.
  /// - Parameters:
  ///   - file: what the user named; nil: looked for.
  ///   - directories: absolute paths in which a file may lie.
  init(
    _ file: String?, in directories: [String], working: String, fileSystem: FileSystem
  ) throws(ProjectFailure) {
    self.directories = directories
    self.working = working
    self.fileSystem = fileSystem
    if let file {
      let path = Path.join(working, file)
      guard fileSystem.isFile(path) else {
        throw ProjectFailure("there is no configuration '\(file)'")
      }
      try read(path, isOwn: Path.name(path) != "pyproject.toml", working)
      return
    }
    for directory in directories {
      let own = Path.join(directory, "backout.toml")
      if fileSystem.isFile(own) {
        try read(own, isOwn: true, working)
        return
      }
      let shared = Path.join(directory, "pyproject.toml")
      if fileSystem.isFile(shared), try read(shared, isOwn: false, working) { return }
    }
  }

  /// The settings for what belongs to no Alembic project.
  /// - Parameter file: what the user named; nil: looked for in the current directory and above it.
  package init(found file: String?) throws(ProjectFailure) {
    let working = FileSystem.workingDirectory
    try self.init(
      file, in: Path.ancestors(working), working: working, fileSystem: FileSystem())
  }

  private static let mostOwnRules = 500

  /// The pages of the project's own rules, read for those who apply them: `backout/rules/*.md` of the
  /// first directory that has some.
  package func ownRules() throws(ProjectFailure) -> [SourceFile] {
    let places = directories.map { Path.join($0, "backout/rules") }
    guard let place = places.first(where: fileSystem.isDirectory) else { return [] }
    let shown = Path.shown(place, from: working)
    do {
      let names = try fileSystem.entries(of: place).names.filter { $0.hasSuffix(".md") }
      guard names.count <= Self.mostOwnRules else {
        throw ProjectFailure("\(shown) has more than \(Self.mostOwnRules) rules")
      }
      var pages: [SourceFile] = []
      for name in names {
        let path = Path.join(place, name)
        pages.append(
          SourceFile(
            path: Path.shown(path, from: working),
            bytes: try fileSystem.read(path, limit: 256 << 10)))
      }
      return pages
    } catch let failure as ProjectFailure {
      throw failure
    } catch {
      throw ProjectFailure("the rules in \(shown) cannot be read")
    }
  }

  /// Whether the file has settings; those of pyproject.toml are a table among others.
  @discardableResult
  private mutating func read(
    _ path: String, isOwn: Bool, _ working: String
  ) throws(ProjectFailure) -> Bool {
    let source = try TomlFile.source(path, working, fileSystem)
    if !isOwn, !source.bytes.contains("tool.backout") { return false }
    let file = try TomlFile(source)
    return try withExtendedLifetime(file) { () throws(ProjectFailure) -> Bool in
      let table = isOwn ? file.root : file.root["tool"]?.table?["backout"]?.table
      guard let table else { return false }
      for key in table.keys.sorted() { try read(key, table[key], file.location) }
      policy.placeWaivers(file.headers(of: isOwn ? "waivers" : "tool.backout.waivers"))
      return true
    }
  }

  private mutating func read(
    _ key: String, _ value: (any TOMLValueConvertible)?, _ place: SourceLocation
  ) throws(ProjectFailure) {
    guard ProjectSetting.names().contains(key) else {
      let near = Spelling.nearest(key, among: ProjectSetting.names().sorted())
      throw ProjectFailure(
        "there is no setting '\(key)'\(near.map { "; perhaps '\($0)'" } ?? "")", at: place)
    }
    if try policy.read(key, value, place) { return }
    if try runbook.read(key, value, place) { return }
    if key == "paths" {
      guard let list = value?.array, list.allSatisfy({ $0.string?.isEmpty == false }) else {
        throw ProjectFailure("a list of paths is expected for the setting 'paths'", at: place)
      }
      let directory = Path.parent(Path.join(working, place.file)) ?? working
      paths = list.compactMap { $0.string.map { Path.join(directory, $0) } }
      return
    }
    if key == "driver" {
      guard let driver = value?.string.flatMap({ Drivers(name: $0) }) else {
        throw ProjectFailure(
          "one of \(Drivers.all.names) is expected for the setting 'driver'", at: place)
      }
      self.driver = driver
      return
    }
    if key == "engine" {
      guard let engine = value?.string else {
        throw ProjectFailure("a text is expected for the setting 'engine'", at: place)
      }
      self.engine = engine
      return
    }
    guard let table = value?.table else {
      throw ProjectFailure("a table is expected for the setting '\(key)'", at: place)
    }
    if key == "values" {
      for name in table.keys { values[name] = Self.constant(table[name]) }
      return
    }
    var texts: [String: String] = [:]
    for name in table.keys {
      guard let text = table[name]?.string else {
        throw ProjectFailure("a text is expected for '\(name)' of the setting '\(key)'", at: place)
      }
      texts[name] = text
    }
    switch key {
    case "types": types = texts
    case "functions":
      for (name, text) in texts {
        guard let fact = FunctionFact(rawValue: text), fact != .environment else {
          throw ProjectFailure(
            "'nothing' or 'argument' is expected for '\(name)' of the setting '\(key)'", at: place)
        }
        functions[name] = fact
      }
    case "environment": variables = texts
    case "naming-convention": namingConvention = texts
    default: throw ProjectFailure("the setting '\(key)' is not read", at: place)
    }
  }

  private static func constant(_ value: (any TOMLValueConvertible)?) -> ConstantValue {
    guard let value else { return .none }
    if let text = value.string { return .string(text) }
    if let flag = value.bool { return .boolean(flag) }
    if let number = value.int { return .integer(number) }
    if let array = value.array { return .collection(array.map(constant)) }
    if let table = value.table {
      var entries: [String: ConstantValue] = [:]
      for key in table.keys { entries[key] = constant(table[key]) }
      return .collection(entries)
    }
    return .unknown("the configuration gives no text, number, flag, list or table")
  }
}

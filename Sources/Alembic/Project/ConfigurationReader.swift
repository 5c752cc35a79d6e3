// alembic.ini and pyproject.toml into the options that matter for reading the migrations.

import SourceText
import TOMLKit

/// The options of a project's configuration files: alembic.ini first, then `[tool.alembic]` of
/// pyproject.toml, as `alembic.config.Config.get_alembic_option`.
struct ConfigurationReader {
  private(set) var diagnostics: [Diagnostic] = []
  /// The directory that relative paths of the configuration are seen from.
  let directory: String
  private let ini: IniFile?
  private let section: String
  private let toml: TomlOptions?

  /// - Parameters:
  ///   - ini: absolute path of alembic.ini; nil if there is none.
  ///   - toml: absolute path of pyproject.toml; nil if there is none.
  ///   - section: the main section of alembic.ini.
  init(
    ini: String?, toml: String?, section: String, working: String, fileSystem: FileSystem
  ) throws(ProjectFailure) {
    self.section = section
    directory = (ini ?? toml).flatMap(Path.parent) ?? working
    self.ini = try ini.map { path throws(ProjectFailure) in
      let source = try TomlFile.source(path, working, fileSystem)
      return try IniFile(source, defaults: ["here": Path.parent(path) ?? "/"])
    }
    self.toml = try toml.map { path throws(ProjectFailure) in
      TomlOptions(
        file: try TomlFile(try TomlFile.source(path, working, fileSystem)),
        here: Path.parent(path) ?? "/")
    }
  }

  var hasMainSection: Bool { ini?.hasSection(section) ?? false }
  var hasTomlTable: Bool { toml?.isPresent ?? false }

  func text(_ name: String) throws(ProjectFailure) -> String? {
    if let value = try ini?.value(name, in: section) { return value }
    return try toml?.texts(name)?.first
  }

  /// `"true"` in alembic.ini, a boolean in pyproject.toml.
  func flag(_ name: String) throws(ProjectFailure) -> Bool {
    if let value = try ini?.value(name, in: section) { return value == "true" }
    return try toml?.flag(name) ?? false
  }

  /// Several paths; `legacy` divides them where no separator is configured.
  func paths(
    _ name: String, separators: [String], legacy: (Character) -> Bool
  ) throws(ProjectFailure) -> [String] {
    guard let value = try ini?.value(name, in: section), !value.isEmpty else {
      return try toml?.texts(name) ?? []
    }
    guard let separator = try separator(separators) else {
      return value.split(whereSeparator: legacy).map { $0.trimmingSpace() }
        .filter { !$0.isEmpty }
    }
    return value.split(separator: separator).map { $0.trimmingSpace() }.filter { !$0.isEmpty }
  }

  private func separator(_ names: [String]) throws(ProjectFailure) -> Character? {
    for name in names {
      guard let value = try ini?.value(name, in: section) else { continue }
      switch value {
      case "space": return " "
      case "newline": return "\n"
      case "os", ":": return ":"
      case ";": return ";"
      default:
        throw ProjectFailure(
          "'\(value)' is not a valid value for \(name); expected 'space', 'newline', 'os', ':', ';'",
          at: ini?.option(name, in: section)?.location)
      }
    }
    return nil
  }

  /// All options of the main section; one that cannot be worked out is reported and left out.
  mutating func options() -> [String: String] {
    guard let ini else { return [:] }
    var result: [String: String] = [:]
    var room = IniInterpolation.Room()
    for name in ini.names(in: section) {
      do {
        result[name] = try ini.value(name, in: section, &room)
      } catch {
        guard let location = error.location else { continue }
        diagnostics.append(
          Diagnostic(location: location, message: error.message, isRemark: true))
      }
    }
    return result
  }

  /// The place of an option, for a failure that concerns its value.
  func location(of name: String) -> SourceLocation? {
    ini?.option(name, in: section)?.location ?? toml?.location
  }
}

/// `[tool.alembic]` of a pyproject.toml.
private struct TomlOptions {
  let file: TomlFile
  let here: String

  var location: SourceLocation { file.location }
  private var root: TOMLTable { file.root }
  private var table: TOMLTable? { root["tool"]?.table?["alembic"]?.table }

  var isPresent: Bool { withExtendedLifetime(root) { table != nil } }

  func flag(_ name: String) throws(ProjectFailure) -> Bool? {
    guard let value = table?[name] else { return nil }
    guard let flag = value.bool else {
      throw ProjectFailure("boolean value expected for TOML parameter '\(name)'", at: location)
    }
    return flag
  }

  /// A text or a list of texts, `%(here)s` and `%%` worked out.
  func texts(_ name: String) throws(ProjectFailure) -> [String]? {
    try withExtendedLifetime(root) { () throws(ProjectFailure) -> [String]? in
      guard let value = table?[name] else { return nil }
      if let text = value.string { return [try formatted(text, name)] }
      guard let array = value.array else {
        throw ProjectFailure("text expected for TOML parameter '\(name)'", at: location)
      }
      var result: [String] = []
      for element in array {
        guard let text = element.string else {
          throw ProjectFailure("texts expected for TOML parameter '\(name)'", at: location)
        }
        result.append(try formatted(text, name))
      }
      return result
    }
  }

  /// `text % {"here": …}` as Python's formatting of a mapping.
  private func formatted(_ text: String, _ name: String) throws(ProjectFailure) -> String {
    var result = ""
    var rest = text[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[percent...]
      if rest.hasPrefix("%%") {
        result += "%"
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("%(here)s") {
        result += here
        rest = rest.dropFirst("%(here)s".count)
      } else {
        throw ProjectFailure(
          "the value of '\(name)' holds a '%' that is neither '%(here)s' nor '%%'", at: location)
      }
    }
    return result + rest
  }
}

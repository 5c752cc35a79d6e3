// What alembic.ini or pyproject.toml say that matters for reading the migrations.

/// The project's configuration with all paths absolute.
package struct ProjectConfiguration: Sendable {
  /// What the project was found by.
  package enum Origin: Sendable, Hashable {
    /// alembic.ini, or pyproject.toml; the path as it is shown.
    case file(String)
    /// A directory with env.py, without a configuration file.
    case environment(String)
    /// A directory of migration files, or the files themselves.
    case files(String)
  }
  package var origin: Origin
  /// One sentence for a person: what was taken for the project, where more was possible.
  package var choice: String?
  /// The directory of env.py (`script_location`); nil for bare files.
  package var scriptLocation: String?
  /// As configured; empty: `versions` in the script location.
  package var versionLocations: [String]
  package var isRecursive: Bool
  package var isSourceless: Bool
  package var prependSysPath: [String]
  /// Options of the main section of alembic.ini with their values interpolated, keys in lower case;
  /// an option whose interpolation fails is absent.
  package var options: [String: String]
}

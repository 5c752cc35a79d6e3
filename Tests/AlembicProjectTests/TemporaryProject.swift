// A directory of files for one test, removed with it.

import Alembic
import Foundation

/// Files written into a new temporary directory.
final class TemporaryProject {
  let path: String

  init(_ files: [String: String]) throws {
    let root = FileManager.default.temporaryDirectory
      .appending(path: "backout-\(UUID().uuidString)").resolvingSymlinksInPath()
    path = root.path(percentEncoded: false)
    for (name, text) in files { try write(name, Data(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ data: Data) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: target)
  }

  /// The project as seen from the directory, or from one below it.
  func load(
    _ paths: String..., from directory: String = "", section: String = "alembic"
  ) throws(ProjectFailure) -> AlembicProject {
    try AlembicProject.load(
      paths: paths, section: section,
      workingDirectory: directory.isEmpty ? path : path + "/" + directory)
  }

  /// An environment `migrations` with one revision and this env.py.
  static func environment(_ env: String, ini: String = "") throws -> EnvironmentSettings {
    try TemporaryProject([
      "alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n" + ini,
      "migrations/env.py": env, "migrations/versions/a.py": migration("aaaa"),
    ]).load().environment
  }
}

/// A plain migration file.
func migration(_ id: String, after down: String? = nil, _ more: String = "") -> String {
  """
  \"\"\"\(id)\"\"\"
  revision = "\(id)"
  down_revision = \(down.map { "\"\($0)\"" } ?? "None")
  \(more)

  def upgrade():
      pass


  def downgrade():
      pass

  """
}

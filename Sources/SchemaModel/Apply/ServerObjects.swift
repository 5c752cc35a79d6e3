// What statements need of the server beside the database: roles, tablespaces, and extensions that are installed with it.
// A history does not tell whether they are there, unless a statement of it named them before.

import HashTreeCollections
import PostgresSyntax

/// Roles that PostgreSQL has by itself (manual 22.5).
private let predefinedRoles: Set<String> = [
  "pg_monitor", "pg_read_all_settings", "pg_read_all_stats", "pg_stat_scan_tables",
  "pg_signal_backend", "pg_read_server_files", "pg_write_server_files",
  "pg_execute_server_program", "pg_read_all_data", "pg_write_all_data", "pg_database_owner",
  "pg_checkpoint",
]

/// What stands for the role that runs the statement.
let ownRoles: Set<String> = ["current_user", "current_role", "session_user"]

extension Replay {
  /// Says of roles that they may not be there. What stands against a statement that names them comes first.
  /// - Parameter takesPublic: whether the statement may name all roles as one.
  mutating func requireRoles(_ names: [String], takesPublic: Bool = false) throws(Refused) {
    for name in names where !ownRoles.contains(name) && !predefinedRoles.contains(name) {
      if name == "public" {
        if takesPublic { continue }
        try fail("42704", .missing(.role, QualifiedName(name), of: nil))
      }
      requireOfServer(ObjectKey(.role, QualifiedName(name)), "42704")
    }
  }

  /// Refuses a tablespace that takes no tables, and says of others that they may not be there.
  mutating func requireTablespace(_ name: String?) throws(Refused) {
    guard let name, name != "pg_default" else { return }
    if name == "pg_global" { try fail("22023", .invalidDefinition("a table in pg_global")) }
    requireOfServer(ObjectKey(.tablespace, QualifiedName(name)), "42704")
  }

  /// Says of an extension that it may not be one of those which can be made; those that come with PostgreSQL and the
  /// usual ones are taken to be.
  mutating func requireAvailable(_ name: String, version: String? = nil) {
    let isUsual = isExtension(name)
    if !isUsual { requireOfServer(ObjectKey(.extension, QualifiedName(name)), "0A000") }
    // Which versions there are is known of none.
    guard let version else { return }
    requireOfServer(ObjectKey(.extension, QualifiedName(name), detail: version), "22023")
  }

  mutating func requireOfServer(_ key: ObjectKey, _ sqlState: String) {
    guard catalog.others[key] == nil, !catalog.ofServer.contains(key) else { return }
    mayFail(sqlState, .missing(key.kind, key.name, of: nil))
    // A statement that succeeds proves it.
    catalog.ofServer.insert(key)
  }
}

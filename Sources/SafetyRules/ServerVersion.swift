// The version of the server that a migration runs on.

/// The settings tell the major version; a live server tells the minor one too.
package struct ServerVersion: Sendable, Hashable {
  package let major: Int
  /// Nil where no server was asked.
  package let minor: Int?

  package init(major: Int) {
    self.major = major
    minor = nil
  }

  /// - Parameter number: `server_version_num`: 140003 is 14.3.
  package init(number: Int) {
    major = number / 10_000
    minor = number % 10_000
  }
}

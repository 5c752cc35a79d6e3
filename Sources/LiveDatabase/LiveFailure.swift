// Why a database could not be asked.

/// One line with host and database, never with a password.
package struct LiveFailure: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The connection string cannot be read.
    case badTarget
    case connection
    case timeout
    /// The server refused a statement: its SQLSTATE.
    case refused(String)
  }
  package var kind: Kind
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var sqlState: String? { if case .refused(let state) = kind { state } else { nil } }
}

// What does not reach the server, or not in the form that it has in a script.

/// Why a driver does not take a statement that `psql` would.
package enum DriverRefusal: Sendable, Hashable {
  /// 42601: every text is prepared, and there can be one statement in it only.
  case severalStatements
  /// There is no statement in the text.
  case emptyText
  /// 25001: after a COMMIT in a text, another transaction is begun before the next.
  case afterCommit
  /// 25001: a transaction is begun before `autocommit_block()`, and stays.
  case inBlock
  /// 42804, 42883 and others: the server is told that a string is VARCHAR.
  case typedValue
  /// 42601: the server takes no values beside a statement of this kind.
  case valueInCommand
  /// A value is not what the driver wants for the type that it is told, or that the server finds.
  case otherValue
}

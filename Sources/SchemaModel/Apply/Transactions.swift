// BEGIN, COMMIT and savepoints inside a migration.

import PostgresSyntax

extension Replay {
  mutating func control(_ command: TransactionCommand) throws(Refused) {
    switch command {
    case .begin, .commit: break
    case .savepoint(let name):
      try requireBlock(command)
      catalog.savepoints = savepoints + [Savepoint(name: name, transaction: context.transaction)]
    case .release(let name):
      try requireBlock(command)
      guard let place = savepoints.lastIndex(where: { $0.name == name }) else {
        // What is not known may have set it.
        try fail(
          "3B001", .invalidDefinition("there is no savepoint \(name)"),
          ifCertain: catalog.lastOpaque != context.origin)
        break
      }
      // Those that were set after it go with it (manual, RELEASE SAVEPOINT).
      catalog.savepoints = Array(savepoints[..<place])
    default:
      return effect(.notUnderstood(.statement("\(command.word) inside a migration")))
    }
    effect(.transactionControl(command))
  }

  /// Those of the running transaction.
  private var savepoints: [Savepoint] {
    catalog.savepoints.filter { $0.transaction == context.transaction }
  }

  private mutating func requireBlock(_ command: TransactionCommand) throws(Refused) {
    if !context.isInBlock { try fail("25P01", .needsTransaction(command: command.word)) }
  }
}

/// A savepoint that was set and not yet released.
struct Savepoint: Sendable, Hashable {
  var name: String
  var transaction: Int
}

extension TransactionCommand {
  fileprivate var word: String {
    switch self {
    case .begin: "BEGIN"
    case .commit: "COMMIT"
    case .rollback: "ROLLBACK"
    case .savepoint: "SAVEPOINT"
    case .release: "RELEASE"
    case .rollbackTo: "ROLLBACK TO"
    case .prepare: "PREPARE TRANSACTION"
    case .commitPrepared: "COMMIT PREPARED"
    case .rollbackPrepared: "ROLLBACK PREPARED"
    }
  }
}

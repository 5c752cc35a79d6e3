// BEGIN, COMMIT and savepoints inside a migration.

import PostgresSyntax

extension Replay {
  mutating func control(_ command: TransactionCommand) throws(Refused) {
    switch command {
    case .begin, .commit: break
    case .savepoint(let name):
      try requireBlock(command)
      var now = catalog
      now.savepoints = []
      catalog.savepoints =
        savepoints + [Savepoint(name: name, transaction: context.transaction, catalog: now)]
    case .release(let name):
      try requireBlock(command)
      guard let place = try place(ofSavepoint: name) else { break }
      // Those that were set after it go with it (manual, RELEASE SAVEPOINT).
      catalog.savepoints = Array(savepoints[..<place])
    case .rollbackTo(let name):
      try requireBlock(command)
      guard let place = try place(ofSavepoint: name) else {
        return effect(.notUnderstood(.statement("ROLLBACK TO inside a migration")))
      }
      rollBack(to: place)
    default:
      return effect(.notUnderstood(.statement("\(command.word) inside a migration")))
    }
    effect(.transactionControl(command))
  }

  /// The last one of a name; nil where what is not known may have set one.
  private mutating func place(ofSavepoint name: String) throws(Refused) -> Int? {
    if let place = savepoints.lastIndex(where: { $0.name == name }) { return place }
    try fail(
      "3B001", .invalidDefinition("there is no savepoint \(name)"),
      ifCertain: catalog.lastOpaque != context.origin)
    return nil
  }

  /// Undoes all that was done since; the savepoint stays (manual, ROLLBACK TO SAVEPOINT).
  private mutating func rollBack(to place: Int) {
    let kept = Array(savepoints[...place])
    let (lastID, opaque, opaqueID) = (catalog.lastID, catalog.lastOpaque, catalog.lastOpaqueID)
    let isComplete = catalog.isComplete && kept[place].catalog.isComplete
    if opaque != kept[place].catalog.lastOpaque || opaque == context.origin {
      // It may have ended the transaction, which nothing is undone of.
      effect(.notUnderstood(.statement("ROLLBACK TO after what is not known")))
    }
    catalog = kept[place].catalog
    catalog.savepoints = kept
    catalog.isComplete = isComplete
    // No two objects have one number, and what is not known is not known to be undone.
    (catalog.lastID, catalog.lastOpaque, catalog.lastOpaqueID) = (lastID, opaque, opaqueID)
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
struct Savepoint: Sendable {
  var name: String
  var transaction: Int
  /// As it was then, without the savepoints.
  var catalog: Catalog
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

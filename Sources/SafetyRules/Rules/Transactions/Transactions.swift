// The transactions of a step, and what is held in them.

import PostgresSyntax
import SchemaModel

extension StepRecord {
  /// See `RoundTripContext.transactions(of:)`.
  func findTransactions() -> [[Int]] {
    var all: [[Int]] = []
    var current: [Int] = []
    for (position, statement) in statements.enumerated() {
      if statement.isInTransaction { current.append(position) }
      guard !statement.isInTransaction || statement.endsTransaction, !current.isEmpty else {
        continue
      }
      all.append(current)
      current = []
    }
    return current.isEmpty ? all : all + [current]
  }
}

extension StepRecord {
  /// Whether a statement ends the transaction by hand: `autocommit_block()` ends it for the statement
  /// that follows, or writes BEGIN at the same place.
  func endsTransactionByHand(at position: Int) -> Bool {
    let statement = statements[position]
    guard statement.isInTransaction, statement.endsTransaction else { return false }
    guard position + 1 < statements.count else { return true }
    let next = statements[position + 1]
    return next.isInTransaction && !(next.beginsTransaction && next.location == statement.location)
  }
}

extension StatementRecord {
  var beginsTransaction: Bool {
    outcome.effects.contains { if case .transactionControl(.begin) = $0 { true } else { false } }
  }

  /// COMMIT, ROLLBACK and PREPARE TRANSACTION; not those of savepoints.
  var endsTransaction: Bool {
    outcome.effects.contains { effect in
      guard case .transactionControl(let command) = effect else { return false }
      switch command {
      case .commit, .rollback, .prepare: return true
      default: return false
      }
    }
  }

  /// Whether it leaves something behind in schema or rows.
  var isLasting: Bool { outcome.effects.contains(where: \.isLasting) }

  /// The value that it gives to a setting; nil if it does not set it.
  func value(ofSetting wanted: String) -> [SQLConstant]? {
    for case .settingChanged(let name, let values, _) in outcome.effects where name == wanted {
      return values
    }
    return nil
  }

  /// Whether it sets a limit for waiting on locks: `SET lock_timeout` to anything but 0.
  var setsLockTimeout: Bool {
    guard let value = value(ofSetting: "lock_timeout")?.first else { return false }
    return ![.integer(0), .string("0"), .string("0s"), .string("0ms")].contains(value)
  }
}

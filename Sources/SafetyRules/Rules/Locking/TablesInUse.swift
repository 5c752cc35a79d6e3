// Which tables others use while a statement runs, and what a lock makes them wait for.

import PostgresSyntax
import SchemaModel

extension RoundTripContext {
  /// Whether others read and write the table while the step runs: it was there before the step, it is
  /// not temporary, and the step does not drop it.
  func isInUse(_ table: TableReference, in step: StepRecord) -> Bool {
    table.origin != step.origin && table.name.schema != "pg_temp" && !isDropped(table.id, by: step)
  }

  /// The first lock of such a mode that a statement takes on a table in use.
  func lock(
    by statement: StatementRecord, in step: StepRecord, where isSuch: (LockMode) -> Bool
  ) -> TableLock? {
    guard !statement.outcome.failsForCertain else { return nil }
    return statement.outcome.locks.first { isSuch($0.mode) && isInUse($0.relation, in: step) }
  }

  /// The first table in use that a statement writes anew for such a cause, and what `cause` makes of it.
  func rewrite<Cause>(
    by statement: StatementRecord, in step: StepRecord,
    _ cause: (TableRewrite.Cause) -> Cause?
  ) -> (table: TableReference, cause: Cause)? {
    guard !statement.outcome.failsForCertain else { return nil }
    for rewrite in statement.outcome.rewrites where isInUse(rewrite.table, in: step) {
      if let found = cause(rewrite.cause) { return (rewrite.table, found) }
    }
    return nil
  }

  /// The first table in use that a statement reads as a whole for such a cause.
  func scan<Cause>(
    by statement: StatementRecord, in step: StepRecord, _ cause: (TableScan.Cause) -> Cause?
  ) -> (table: TableReference, cause: Cause)? {
    guard !statement.outcome.failsForCertain else { return nil }
    for scan in statement.outcome.scans where isInUse(scan.table, in: step) {
      if let found = cause(scan.cause) { return (scan.table, found) }
    }
    return nil
  }
}

extension StatementRecord {
  /// Who waits for a lock of a statement, and for how long.
  func waiting(under mode: LockMode) -> String {
    "\(mode), so that \(mode.delays) wait until \(end)"
  }

  /// When a lock of the statement ends.
  var end: String { isInTransaction ? "the transaction ends" : "it is done" }
}

extension LockMode {
  /// What waits for a session that holds it.
  var delays: String {
    if blocksReads { return "reads and writes" }
    return blocksWrites ? "writes" : "other schema changes and VACUUM"
  }
}

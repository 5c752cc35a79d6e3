// The rules about what shares a transaction, and what does not.

enum TransactionRules {
  static let statements: [any StatementRule.Type] = [
    EnumValueUsedInSameTransaction.self, IfNotExistsHidesInvalidIndex.self,
  ]

  static let steps: [any StepRule.Type] = [
    AdvisoryLockReleased.self, AlterTableCouldBeCombined.self, BulkRowsInTransaction.self,
    CommitSplitsRevision.self,
    ConcurrentlyInTransaction.self, LongWorkBehindLock.self, ManyLocksInOneTransaction.self,
    TransactionControlInMigration.self, ValidateInSameTransaction.self,
  ]
}

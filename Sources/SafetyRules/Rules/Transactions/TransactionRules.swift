// The rules about what shares a transaction, and what does not.

enum TransactionRules {
  static let statements: [any StatementRule] = [
    ConcurrentlyInTransaction(), EnumValueUsedInSameTransaction(), IfNotExistsHidesInvalidIndex(),
    TransactionControlInMigration(),
  ]

  static let steps: [any StepRule] = [
    AlterTableCouldBeCombined(), BulkRowsInTransaction(), CommitSplitsRevision(),
    LongWorkBehindLock(), ManyLocksInOneTransaction(), ValidateInSameTransaction(),
  ]
}

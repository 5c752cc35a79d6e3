// The rules about what shares a transaction, and what does not.

enum TransactionRules {
  static let statements: [any StatementRule] = [
    EnumValueUsedInSameTransaction(), IfNotExistsHidesInvalidIndex(),
  ]

  static let steps: [any StepRule] = [
    AlterTableCouldBeCombined(), BulkRowsInTransaction(), CommitSplitsRevision(),
    ConcurrentlyInTransaction(), LongWorkBehindLock(), ManyLocksInOneTransaction(),
    TransactionControlInMigration(), ValidateInSameTransaction(),
  ]
}

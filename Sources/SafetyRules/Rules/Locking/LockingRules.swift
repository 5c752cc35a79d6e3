// The rules about locks that others wait for.

enum LockingRules {
  static let statements: [any StatementRule] = [
    AddCheckWithoutNotValid(), AddColumnVolatileDefault(), AddColumnWithConstraint(),
    AddExclusionConstraint(), AddForeignKeyWithoutNotValid(), AddGeneratedColumn(),
    AddIdentityColumn(), AddPrimaryKeyWithoutIndex(), AddSerialColumn(), AddUniqueWithoutIndex(),
    AlterDomainScan(), AttachPartitionScan(), ChangeTypeRewrite(), ChangeTypeScan(), ClusterTable(),
    CreatePartitionLocksParent(), CreateTableLocksParent(), CreateTriggerLock(),
    DetachPartitionNotConcurrent(), DisableTrigger(), DropForeignKeyLocksParent(),
    DropIndexNotConcurrent(), ForeignKeyWithoutIndex(), IndexNotConcurrent(), LockTable(),
    PrimaryKeyUsingIndexSetsNotNull(), RefreshViewNotConcurrent(), ReindexNotConcurrent(),
    SetAccessMethod(), SetLogged(), SetNotNullScan(), SetTablespace(), VacuumFull(),
  ]

  static let steps: [any StepRule] = [
    LockTimeoutTooLate(), MissingLockTimeout(),
  ]
}

// The rules about locks that others wait for.

enum LockingRules {
  static let statements: [any StatementRule.Type] = [
    AddCheckWithoutNotValid.self, AddColumnVolatileDefault.self, AddColumnWithConstraint.self,
    AddExclusionConstraint.self, AddForeignKeyWithoutNotValid.self, AddGeneratedColumn.self,
    AddIdentityColumn.self, AddPrimaryKeyWithoutIndex.self, AddSerialColumn.self,
    AddUniqueWithoutIndex.self,
    AlterDomainScan.self, AttachPartitionScan.self, ChangeTypeRewrite.self, ChangeTypeScan.self,
    ClusterTable.self,
    CreatePartitionLocksParent.self, CreateTableLocksParent.self, CreateTriggerLock.self,
    DetachPartitionNotConcurrent.self, DisableTrigger.self, DropForeignKeyLocksParent.self,
    DropIndexNotConcurrent.self, ForeignKeyWithoutIndex.self, IndexNotConcurrent.self,
    LockTable.self, PolicyLock.self,
    PrimaryKeyUsingIndexSetsNotNull.self, RefreshViewNotConcurrent.self, ReindexNotConcurrent.self,
    SetAccessMethod.self, SetLogged.self, SetNotNullScan.self, SetTablespace.self, VacuumFull.self,
  ]

  static let steps: [any StepRule.Type] = [
    LockTimeoutTooLate.self, LockTimeoutTooLong.self, MissingLockTimeout.self, ReplaceIndex.self,
  ]
}

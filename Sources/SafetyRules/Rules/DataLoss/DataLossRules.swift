// The rules about rows, values and guarantees that are lost.

enum DataLossRules {
  static let effects: [any EffectRule.Type] = [
    DataMigrationIrreversible.self, DeleteRows.self, DropColumn.self,
    DropColumnDropsConstraint.self,
    DropSequence.self, DropTable.self, DropType.self, NarrowingTypeChange.self,
    OnConflictOverwrites.self,
    Truncate.self, TruncateCascade.self, UpdateRows.self,
  ]
  static let statements: [any StatementRule.Type] = [
    ConcurrentIndexCorruption.self, DropExtensionCascade.self, DropFunctionCascade.self,
    DropSchema.self, DropTableCascade.self, DropTypeCascade.self, DropViewCascade.self,
  ]
  static let histories: [any HistoryRule.Type] = [DataHole.self]
}

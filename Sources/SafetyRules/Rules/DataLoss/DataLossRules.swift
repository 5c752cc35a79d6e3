// The rules about rows, values and guarantees that are lost.

enum DataLossRules {
  static let effects: [any EffectRule] = [
    DataMigrationIrreversible(), DeleteRows(), DropColumn(), DropColumnDropsConstraint(),
    DropSequence(), DropTable(), DropType(), NarrowingTypeChange(), OnConflictOverwrites(),
    Truncate(), TruncateCascade(), UpdateRows(),
  ]
  static let statements: [any StatementRule] = [
    DropExtensionCascade(), DropFunctionCascade(), DropSchema(), DropTableCascade(),
    DropTypeCascade(), DropViewCascade(),
  ]
  static let histories: [any HistoryRule.Type] = [DataHole.self]
}

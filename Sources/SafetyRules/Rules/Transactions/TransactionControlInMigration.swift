// transaction-control-in-migration: a migration ends the transaction that Alembic opened.

import SchemaModel

enum TransactionControlInMigration: StepRule {
  static let name = "transaction-control-in-migration"

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    for position in step.statements.indices where step.endsTransactionByHand(at: position) {
      let remark = Remark(
        .warning,
        "this ends Alembic's transaction: what came before stays even if a later statement fails, and "
          + "alembic_version does not say so",
        help:
          "leave transactions to Alembic; `with op.get_context().autocommit_block():` is for commands "
          + "that cannot run in one")
      return [(remark, at: position)]
    }
    return []
  }
}

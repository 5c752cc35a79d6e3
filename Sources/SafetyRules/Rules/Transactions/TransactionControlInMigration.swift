// transaction-control-in-migration: a migration ends the transaction that Alembic opened.

import SchemaModel

struct TransactionControlInMigration: StatementRule {
  static let name = "transaction-control-in-migration"

  func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard statement.isInTransaction, statement.endsTransaction else { return nil }
    return Remark(
      .warning,
      "this ends Alembic's transaction: what came before stays even if a later statement fails, and "
        + "alembic_version does not say so",
      help:
        "leave transactions to Alembic; `with op.get_context().autocommit_block():` is for commands "
        + "that cannot run in one")
  }
}

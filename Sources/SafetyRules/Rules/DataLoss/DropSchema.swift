// drop-schema: a schema goes, with CASCADE all that is in it.

import PostgresSyntax
import SchemaModel

enum DropSchema: StatementRule {
  static let name = "drop-schema"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .schemaDropped(let schema, let cascade) in statement.outcome.effects {
      let along = Cascade(statement, context)
      guard along.isEmpty else {
        return Remark(
          along.losesData ? .error : .warning,
          "DROP SCHEMA \(schema.name) CASCADE drops all that is in it: \(list(along.names))",
          help: "drop what must go one by one, and the schema without CASCADE")
      }
      if context.isOld(schema.origin) {
        return Remark(
          .warning,
          cascade
            ? "schema \(schema.name) goes, with whatever the known history does not put into it"
            : "schema \(schema.name), which was there before, goes; it fails (2BP01) unless empty",
          help: "make sure that nothing names the schema any more; drop it in a later release")
      }
      let tables = statement.outcome.effects.count {
        if case .tableDropped = $0 { true } else { false }
      }
      guard step.direction == .downgrade, tables > 0 else { return nil }
      return Remark(
        .info, "all rows written since the upgrade to the tables of schema \(schema.name) are lost",
        question: "whether the tables hold rows")
    }
    return nil
  }
}

// select-star: which columns `*` stands for is settled when the statement runs.

import PostgresSyntax
import SchemaModel

enum SelectStar: StatementRule {
  static let name = "select-star"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    if statement.outcome.failsForCertain { return nil }
    switch statement.statement {
    case .createView(let view)? where returnsAll(view.query):
      return frozen("the view \(displayed(view.name))")
    case .createMaterializedView(let view)? where returnsAll(view.query):
      return frozen("the materialized view \(displayed(view.name))")
    case .createTableAs(let table)? where returnsAll(table.query):
      return Remark(
        .info,
        "the columns of \(displayed(table.name)) are those that the query has now, which the file does "
          + "not tell; a later INSERT … SELECT * from it goes by their order", help: Self.help)
    case .insert(let insert)? where returnsAll(insert.output, beside: insert.reads.derived):
      if context.keptValues.bringsBackRows(by: statement) { return nil }
      return Remark(
        .warning,
        "values go into \(displayed(insert.table)) by the order of the columns: a column that was "
          + "dropped and added again stands last, so that values of one type change places without "
          + "an error", help: Self.help)
    default: return nil
    }
  }

  private static func frozen(_ view: String) -> Remark {
    Remark(
      .info,
      "\(view) keeps the columns that the query has now: one that is added later is not in it, and none of "
        + "them can be dropped while it is there (2BP01)", help: Self.help)
  }

  private static let help = "name the columns"

  private static func returnsAll(_ query: Query) -> Bool {
    returnsAll(query.output, beside: query.derived)
  }

  /// Whether all columns of a relation are returned, whatever they are. What is derived from others, as a
  /// subquery or a query of WITH, has names of its own.
  private static func returnsAll(
    _ output: [OutputColumn], beside derived: Set<String>
  ) -> Bool {
    output.contains { column in
      guard let source = column.source, source.column == nil else { return false }
      guard let qualifier = source.qualifier.last else { return derived.isEmpty }
      return !derived.contains(qualifier)
    }
  }
}

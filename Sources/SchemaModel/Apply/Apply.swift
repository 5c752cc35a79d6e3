// One statement applied to a catalog: what it does, and the catalog after it.

package import PostgresSyntax

extension Catalog {
  /// Applies a statement as PostgreSQL would: the catalog becomes the one after it, or stays as it
  /// is where the statement fails for certain.
  package mutating func apply(
    _ statement: Statement, context: ApplyContext
  ) -> StatementOutcome {
    var outcome = StatementOutcome()
    outcome.effects.append(.notUnderstood(.statement("not built yet")))
    return outcome
  }

  /// Takes over what an operation says of a column, where the history does not tell it.
  package mutating func note(_ note: ColumnNote) {}

  /// Says that something happened whose effect is not known: from now on nothing is certain of
  /// objects of an earlier origin, or only of the named tables if there are any.
  package mutating func noteOpaque(origin: Origin, tables: [QualifiedName]? = nil) {}

  /// Adds what a later statement had to take as given, so that a catalog from before it can be
  /// compared with one from after it.
  package mutating func assume(_ assumptions: [Assumption]) {}
}

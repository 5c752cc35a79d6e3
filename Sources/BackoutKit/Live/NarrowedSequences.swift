// Identity columns that get a smaller type: their sequences do, too, and may stand beyond it.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

/// The sequence of an identity column, whose type a downgrade makes smaller.
struct NarrowedSequence: Sendable {
  let request: ProbeRequest
  private let name: QualifiedName
  private let location: SourceLocation

  /// - Parameter current: the catalog that the history predicts for the database as it is.
  static func all(of trip: RoundTrip, current: Catalog) -> [NarrowedSequence] {
    trip.downgrades.flatMap(\.statements).flatMap { statement in
      statement.outcome.effects.compactMap { effect in
        guard case .columnTypeChanged(let change) = effect,
          change.from?.builtin != change.to.builtin,
          let (low, high) = change.to.integerRange,
          let table = current.table(id: change.column.table.id),
          let column = table.columns.first(where: { $0.id == change.column.id }),
          column.identity != nil, let name = current.sequence(of: column.name, table.name)
        else { return nil }
        return NarrowedSequence(
          request: .outside(TableName(name), column: "last_value", lowest: low, highest: high),
          name: name, location: statement.location)
      }
    }
  }

  func reason(_ answer: ProbeResult?) -> Reason? {
    switch answer {
    case ProbeResult.none?: nil
    case .some?:
      Reason(
        .executes, .unsafe, "fails (22023): sequence \(displayed(name)) stands beyond the new type",
        at: location)
    case .unknown(let why)?:
      Reason(
        .executes, .unknown,
        "not known whether sequence \(displayed(name)) stands beyond the new type; \(why)",
        at: location)
    case nil:
      Reason(
        .executes, .unknown,
        "not known whether sequence \(displayed(name)) stands beyond the new type", at: location)
    }
  }
}

extension Catalog {
  /// That of an identity column.
  fileprivate func sequence(of column: String, _ table: QualifiedName) -> QualifiedName? {
    for case .sequence(let sequence) in relations.values
    where sequence.value.isIdentity && sequence.value.ownedBy?.table == table
      && sequence.value.ownedBy?.column == column
    {
      return sequence.value.name
    }
    return nil
  }
}

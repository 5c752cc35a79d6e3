// replace-index: an index is dropped before the one that takes its place is there.

import PostgresSyntax
import SchemaModel

enum ReplaceIndex: StepRule {
  static let name = "replace-index"
  static let speaksFor: Set<String> = [DropIndexNotConcurrent.name]

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    var dropped: [Dropped] = []
    var found: [(Remark, at: Int)] = []
    for (position, statement) in step.statements.enumerated()
    where !statement.outcome.failsForCertain {
      for effect in statement.outcome.effects {
        switch effect {
        case .indexDropped(let table, let index, isDirect: true, _)
        where context.isInUse(table, in: step):
          dropped.append(Dropped(table: table.id, index: index, position: position))
        case .indexCreated(let table, let index, _):
          guard let place = dropped.firstIndex(where: { $0.isReplaced(by: index, of: table.id) })
          else { continue }
          let old = dropped.remove(at: place)
          found.append(
            (remark(old.index, index, table, isTogether: statement.isInTransaction), old.position))
        default: continue
        }
      }
    }
    return found
  }

  private struct Dropped {
    var table: ObjectID
    var index: Index
    var position: Int

    /// Queries that used the one find the other.
    func isReplaced(by other: Index, of table: ObjectID) -> Bool {
      self.table == table
        && (index.name == other.name || index.elements.first?.key == other.elements.first?.key)
    }
  }

  private static func remark(
    _ old: Index, _ new: Index, _ table: TableReference, isTogether: Bool
  ) -> Remark {
    let names = (displayed(QualifiedName(old.name)), displayed(QualifiedName(new.name)))
    return Remark(
      .warning,
      isTogether
        ? "\(displayed(table.name)) stays locked from dropping \(names.0) until \(names.1) is built: "
          + "\(LockMode.accessExclusive.delays) wait"
        : "from dropping \(names.0) until \(names.1) is built queries of \(displayed(table.name)) have "
          + "neither",
      help: "build the new index CONCURRENTLY under another name first, then drop the old one and "
        + "rename the new one")
  }
}

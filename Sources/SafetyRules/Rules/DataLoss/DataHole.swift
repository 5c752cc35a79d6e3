// data-hole: a column or table that an earlier revision dropped comes back, empty.

import PostgresSyntax
import SchemaModel

struct DataHole: HistoryRule {
  static let name = "data-hole"

  private struct Dropped: Hashable {
    var table: QualifiedName
    var column: String?
  }
  private var dropped: [Dropped: String] = [:]

  mutating func remarks(on upgrade: StepRecord) -> [(Remark, at: Int)] {
    var remarks: [(Remark, at: Int)] = []
    for (position, statement) in upgrade.statements.enumerated() {
      for effect in statement.outcome.effects {
        switch effect {
        case .tableDropped(let drop) where drop.table.persistence != .temporary:
          dropped[Dropped(table: drop.table.name)] = upgrade.revision
        case .columnDropped(let drop) where !drop.column.isGenerated:
          let key = Dropped(table: drop.table.name, column: drop.column.name)
          dropped[key] = upgrade.revision
        case .tableCreated(let table) where table.persistence != .temporary:
          let key = Dropped(table: table.name)
          guard let revision = taken(key, upgrade) else { continue }
          remarks.append((remark("table \(displayed(table.name))", revision), position))
        case .columnAdded(let addition):
          let key = Dropped(table: addition.table.name, column: addition.column.name)
          guard let revision = taken(key, upgrade) else { continue }
          let name = "column \(displayed(addition.table.name)).\(addition.column.name)"
          remarks.append((remark(name, revision), position))
        default: break
        }
      }
    }
    return remarks
  }

  /// The revision that dropped it, if that was an earlier one.
  private mutating func taken(_ key: Dropped, _ upgrade: StepRecord) -> String? {
    guard let revision = dropped.removeValue(forKey: key) else { return nil }
    return revision == upgrade.revision ? nil : revision
  }

  private func remark(_ subject: String, _ revision: String) -> Remark {
    Remark(
      .info,
      "\(subject) was dropped in \(revision) and comes back empty: what it held before is not in it",
      help: "fill it from a backup, or make sure that nobody expects values from before \(revision)"
    )
  }
}

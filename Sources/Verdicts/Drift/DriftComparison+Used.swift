// What the new objects of a downgrade rest on, as the database has it: the relations that views and policies read, and
// the functions that they and triggers call.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SafetyRules
import SchemaModel

extension DriftComparison {
  mutating func compareUsed() {
    var seen: Set<QualifiedName> = []
    for assumption in plan.assumptions {
      switch assumption.matter {
      case .read(let name) where seen.insert(name).inserted:
        if let text = differenceOfUsed(name) { usedDiffers(text, assumption.statement) }
      case .called(let name):
        guard facts.routines[TableName(name)]?.isEmpty != false else { continue }
        usedDiffers("function \(displayed(name)) is not there", assumption.statement)
      default: continue
      }
    }
  }

  private mutating func usedDiffers(_ text: String, _ statement: Int) {
    drift.note(text)
    add(
      .executes, .unknown, "\(text), unlike in the files, and what is made of it may be refused",
      at: statement)
    add(
      .schema, .unknown, "\(text), unlike in the files, and is part of what is made", at: statement)
  }

  /// How a relation differs from that of the files, as far as a query notices.
  private func differenceOfUsed(_ name: QualifiedName) -> String? {
    let words = words(.relation(name))
    let columns: [Column]
    var hasKey = false
    if let table = plan.current.table(name) {
      guard table.isComplete, table.origin != nil else { return nil }
      columns = table.columns
      hasKey = table.primaryKey != nil
    } else if let view = plan.current.view(name) {
      guard view.isKnown, view.origin != nil else { return nil }
      columns = view.columns
    } else {
      return nil
    }
    guard let live = live(name) else { return "\(words) is not there" }
    if let text = difference(columns, live) { return "\(words) \(text)" }
    let isKeyed = live.constraints.contains { $0.kind == "p" }
    return hasKey && !isKeyed ? "\(words) has no primary key" : nil
  }
}

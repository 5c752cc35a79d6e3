// What changed between two commits, as lines and as JSON.

import Verdicts

extension RevisionChanges {
  /// The changes with a heading.
  func lines(_ style: TerminalStyle) -> [String] {
    if let gap {
      return style.paragraph(
        "changed since \(base.harmless): all revisions count as new, because the earlier files cannot be "
          + "read: \(gap.harmless)", indent: 0)
    }
    if isEmpty { return ["changed since \(base.harmless): no revision"] }
    return ["changed since \(base.harmless):"] + changeLines(style)
  }

  func changeLines(_ style: TerminalStyle) -> [String] {
    added.map { line("added", $0, style) } + edited.map { line("edited", $0, style) }
      + moved.map { line("moved", $0, style) } + deleted.map { line("deleted", $0, style) }
  }

  private func line(_ word: String, _ change: Change, _ style: TerminalStyle) -> String {
    let padded = word + String(repeating: " ", count: max(0, 8 - word.count))
    var line = "  \(padded) \(style.paint(change.revision.harmless, .strong))  "
    if let origin = change.origin { line += "\(origin.harmless) -> " }
    line += change.file.harmless
    if word == "edited", change.isSame { return line + "  (the same SQL)" }
    return change.isIndirect ? line + "  (by a file that it reads or imports)" : line
  }
}

extension JSONWriter {
  mutating func write(_ changes: RevisionChanges) {
    key("changes")
    object { json in
      json.field("since", changes.base)
      json.field("commit", changes.commit)
      if let gap = changes.gap { json.field("gap", gap) }
      for (name, list) in [
        ("added", changes.added), ("edited", changes.edited), ("moved", changes.moved),
        ("deleted", changes.deleted),
      ] {
        json.key(name)
        json.array { json in
          for change in list {
            json.object { json in
              json.field("revision", change.revision)
              json.field("file", change.file)
              if name == "edited" {
                json.field("same_sql", change.isSame)
                json.field("indirect", change.isIndirect)
              }
              if let origin = change.origin { json.field("from", origin) }
            }
          }
        }
      }
    }
  }
}

// A database and its migration lock as lines of a report.

import DatabaseFacts
import Verdicts

func serverLines(_ server: ServerFacts) -> [String] {
  let role = server.isInRecovery ? "in recovery (standby)" : "primary"
  return ["database  \(server.host.harmless), PostgreSQL \(server.version.harmless), \(role)"]
}

func lockLines(_ lock: AdvisoryLockFacts) -> [String] {
  var lines = ["lock      \(lock.key.text) \(lock.words.harmless)"]
  for session in lock.sessions.dropFirst() {
    lines.append("          \(session.isGranted ? "held" : "awaited") by \(session.words.harmless)")
  }
  if let gap = lock.gap { lines.append("          \(gap.harmless)") }
  return lines
}

/// Lines under one word.
func listed(_ word: String, _ texts: [String]) -> [String] {
  texts.enumerated().map { index, text in
    let head = index == 0 ? word : ""
    return head + String(repeating: " ", count: max(1, 10 - head.count)) + text.harmless
  }
}

extension TableSize {
  /// `orders, about 1200 rows, 96 kB`
  var words: String {
    var words = (table.schema.map { $0 == "public" ? "" : $0 + "." } ?? "") + table.name
    if let rows { words += ", about \(rows) rows" }
    if let bytes { words += ", \(bytes < 10 << 20 ? "\(bytes >> 10) kB" : "\(bytes >> 20) MB")" }
    return words
  }
}

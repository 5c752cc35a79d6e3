// The revision graph in a terminal, heads first, with a line for each way down.

package import DatabaseFacts
package import SourceText
package import Verdicts

/// One revision of the graph.
package struct GraphLine: Sendable {
  package var revision: String
  package var parents: [String]
  package var dependsOn: [String]
  package var labels: [String]
  package var message: String
  package var file: String
  package var isHead: Bool
  package var isBranchPoint: Bool
  /// Nil where it was not judged.
  package var verdict: Verdict?
  /// Whether the database that was asked is here.
  package var isCurrent: Bool

  package init(
    revision: String, parents: [String], dependsOn: [String], labels: [String], message: String,
    file: String, isHead: Bool, isBranchPoint: Bool, verdict: Verdict? = nil,
    isCurrent: Bool = false
  ) {
    self.revision = revision
    self.parents = parents
    self.dependsOn = dependsOn
    self.labels = labels
    self.message = message
    self.file = file
    self.isHead = isHead
    self.isBranchPoint = isBranchPoint
    self.verdict = verdict
    self.isCurrent = isCurrent
  }

  /// What stands in a node, a line each.
  var title: [String] {
    [revision, message, verdict?.rawValue ?? "", isCurrent ? "the database is here" : ""]
      .filter { !$0.isEmpty }
  }
}

/// Where a database is, by the rows of its version table.
package struct GraphDatabase: Sendable {
  package var server: ServerFacts
  /// Nil where they could not be read.
  package var current: [String]?

  package init(server: ServerFacts, current: [String]?) {
    self.server = server
    self.current = current
  }

  fileprivate var lines: [String] {
    let place =
      current.map { $0.isEmpty ? "base" : $0.map(\.harmless).joined(separator: ", ") }
      ?? "not known"
    return serverLines(server) + ["revision  \(place)"]
  }
}

/// The lines of a graph with their layout.
struct GraphPlan {
  let lines: [GraphLine]
  let layout: GraphLayout
  /// By row, what is said beside the revision: head, base, branch point, merge, labels that begin here.
  let marks: [[String]]

  /// - Parameter limit: see `GraphLayout`.
  init(_ lines: [GraphLine], limit: Int) {
    self.lines = lines
    let rows = Dictionary(
      lines.enumerated().map { ($1.revision, $0) }, uniquingKeysWith: { first, _ in first })
    layout = GraphLayout(parents: lines.map { $0.parents.compactMap { rows[$0] } }, limit: limit)
    marks = lines.indices.map { row in
      let line = lines[row]
      var marks: [String] = []
      if line.isCurrent { marks.append("the database is here") }
      if line.isHead { marks.append("head") }
      if line.parents.isEmpty { marks.append("base") }
      if line.isBranchPoint { marks.append("branch point") }
      if line.parents.count > 1 { marks.append("merge") }
      if !line.labels.isEmpty {
        let inherited = Set(line.parents.compactMap { rows[$0] }.flatMap { lines[$0].labels })
        marks += line.labels.filter { line.isHead || !inherited.contains($0) }
      }
      // What no line shows: a parent that no file has, or that stands above in a circle.
      marks += line.parents.filter { (rows[$0] ?? -1) <= row }.map { "follows \($0)" }
      marks += line.dependsOn.map { "needs \($0)" }
      return marks
    }
  }
}

extension Verdict {
  /// One letter for a verdict, as a legend tells; colour is never alone.
  package var letter: String {
    switch self {
    case .safe: "S"
    case .depends: "D"
    case .wait: "W"
    case .unknown: "?"
    case .unsafe: "U"
    }
  }

  /// The verdicts of a static analysis, best first.
  static var legend: [Verdict] { [.safe, .depends, .unknown, .unsafe] }
}

package func graphText(
  _ lines: [GraphLine], database: GraphDatabase? = nil, diagnostics: [Diagnostic],
  style: TerminalStyle
) -> String {
  // Lanes that do not fit are cut; two columns each.
  let limit = max(4, style.width / 3)
  let plan = GraphPlan(lines, limit: limit + 1)
  var text: [String] = []
  for (row, line) in lines.enumerated() {
    let place = plan.layout.rows[row]
    let drawing = GraphDrawing(row: place, limit: limit)
    if let joining = drawing.joining { text.append(style.paint(joining, .quiet)) }
    let (before, after) = drawing.node
    let symbol = line.verdict.map { style.paint("●", style.tone(of: $0)) } ?? "○"
    let letter = line.verdict.map { style.paint($0.letter, style.tone(of: $0), .strong) } ?? "-"
    let marks = plan.marks[row]
    let mark =
      marks.isEmpty ? "" : style.paint(" (\(marks.joined(separator: ", ").harmless))", .link)
    let message = line.message.isEmpty ? "" : "  " + line.message.harmless
    text.append(
      style.paint(before, .quiet) + symbol + style.paint(after, .quiet) + " " + letter + " "
        + style.paint(line.revision.harmless, .strong) + mark + message)
    if let leaving = drawing.leaving { text.append(style.paint(leaving, .quiet)) }
  }
  if lines.contains(where: { $0.verdict != nil }) {
    let legend = Verdict.legend.map {
      style.paint($0.letter, style.tone(of: $0), .strong) + " " + $0.rawValue
    }
    text += ["", legend.joined(separator: " · ")]
  }
  if let database { text += [""] + database.lines }
  text += diagnostics.map(style.line(of:))
  return text.joined(separator: "\n") + "\n"
}

/// The characters of one row of the graph.
private struct GraphDrawing {
  let row: GraphLayout.Row
  /// How many lanes are drawn.
  let limit: Int

  /// The lines left and right of the revision.
  var node: (before: String, after: String) {
    let between = lanes(row.lanesAbove, without: row.joining)
    let before = between.prefix(min(row.lane, limit)).map { $0 ? "│ " : "  " }.joined()
    let rest = between.dropFirst(row.lane + 1)
    let after = rest.map { $0 ? " │" : "  " }.joined()
    return (row.lane > limit ? before + "…" : before, trimmed(after))
  }

  /// The lines that end at the revision: they turn to it from the right.
  var joining: String? {
    guard !row.joining.isEmpty else { return nil }
    return connector(to: row.joining, through: row.lanesAbove) { isLast, _ in isLast ? "╯" : "┴" }
  }

  /// The lines that begin at the revision beside its own.
  var leaving: String? {
    guard !row.leaving.isEmpty else { return nil }
    let open = lanes(row.lanesAbove, without: row.joining)
    return connector(to: row.leaving, through: open) { isLast, lane in
      let isOpen = lane < open.count && open[lane]
      if !isLast { return isOpen ? "┼" : "┬" }
      if lane < row.lane { return isOpen ? "├" : "╭" }
      return isOpen ? "┤" : "╮"
    }
  }

  private func connector(
    to targets: [Int], through lanes: [Bool], _ symbol: (_ isLast: Bool, _ lane: Int) -> String
  ) -> String {
    let low = min(row.lane, targets.first ?? row.lane)
    let high = max(row.lane, targets.last ?? row.lane)
    let ends = Set(targets)
    var text = ""
    for lane in 0..<min(limit, max(lanes.count, high + 1)) {
      if lane == row.lane {
        text += low < lane ? high > lane ? "┼" : "┤" : "├"
      } else if ends.contains(lane) {
        text += symbol(lane == low || lane == high, lane)
      } else if lane < lanes.count, lanes[lane] {
        text += "│"
      } else {
        text += lane > low && lane < high ? "─" : " "
      }
      text += lane >= low && lane < high ? "─" : " "
    }
    return trimmed(text)
  }

  private func lanes(_ lanes: [Bool], without ended: [Int]) -> [Bool] {
    var lanes = Array(lanes.prefix(limit))
    for lane in ended where lane < lanes.count { lanes[lane] = false }
    return lanes
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// - Parameter database: its revisions; nil where none was asked, or they could not be read.
package func graphJSON(_ lines: [GraphLine], database: [String]? = nil) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.key("database")
    if let database {
      json.array { json in for revision in database { json.value(revision) } }
    } else {
      json.null()
    }
    json.key("revisions")
    json.array { json in
      for line in lines {
        json.object { json in
          json.field("revision", line.revision)
          json.field("down_revisions", line.parents)
          json.field("depends_on", line.dependsOn)
          json.field("labels", line.labels)
          json.field("message", line.message)
          json.field("file", line.file)
          json.field("head", line.isHead)
          json.field("verdict", line.verdict?.rawValue)
        }
      }
    }
  }
  return json.line
}
